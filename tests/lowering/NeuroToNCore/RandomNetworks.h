// Small networks for the tests of mapping algorithms.
#pragma once

#include "lowering/NeuroToNCore/SpikeGraph.h"

#include <algorithm>
#include <random>
#include <vector>

namespace engram::ncore::testing {

using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

inline Rows rowsOf(int64_t sources, Pairs pairs) {
  std::sort(pairs.begin(), pairs.end());
  Rows rows;
  rows.starts.assign(sources + 1, 0);
  for (auto [j, i] : pairs) {
    ++rows.starts[j + 1];
    rows.targets.push_back(i);
  }
  for (int64_t j = 0; j < sources; ++j)
    rows.starts[j + 1] += rows.starts[j];
  return rows;
}

inline int addGroup(SpikeNetwork &network, int64_t size, bool isSource = false, double rate = 10) {
  Group group;
  group.name = "g" + std::to_string(network.groups.size());
  group.size = size;
  group.isSource = isSource;
  group.rates = {rate};
  group.program = isSource ? -1 : static_cast<int>(network.groups.size());
  group.programLength = 5;
  network.groups.push_back(group);
  return static_cast<int>(network.groups.size()) - 1;
}

inline Relation &addRelation(SpikeNetwork &network, int source, int target, Relation::Kind kind) {
  Relation relation;
  relation.source = source;
  relation.target = target;
  relation.kind = kind;
  relation.weightBits = 8;
  network.relations.push_back(relation);
  return network.relations.back();
}

inline Relation &addListed(SpikeNetwork &network, int source, int target, const Pairs &pairs) {
  Relation &relation = addRelation(network, source, target, Relation::Kind::Explicit);
  relation.rows = std::make_shared<Rows>(rowsOf(network.groups[source].size, pairs));
  return relation;
}

inline Pairs randomPairs(std::mt19937 &random, int64_t sources, int64_t targets,
                         double probability) {
  std::bernoulli_distribution coin(probability);
  Pairs pairs;
  for (uint32_t j = 0; j < sources; ++j)
    for (uint32_t i = 0; i < targets; ++i)
      if (coin(random))
        pairs.push_back({j, i});
  return pairs;
}

/// Sources and populations of random sizes, joined by listed synapses and by laws.
inline SpikeNetwork randomNetwork(unsigned seed) {
  std::mt19937 random(seed);
  auto upTo = [&](int most) { return static_cast<int>(random() % (most + 1)); };
  SpikeNetwork network;
  int groups = 2 + upTo(3);
  for (int g = 0; g < groups; ++g)
    addGroup(network, 1 + upTo(60), g == 0 && upTo(1), 1 + upTo(40));
  for (int g = 0; g < groups; ++g)
    for (int h = 0; h < groups; ++h) {
      if (network.groups[h].isSource)
        continue;
      switch (upTo(6)) {
      case 0:
        addRelation(network, g, h, Relation::Kind::AllToAll).allowSelf = upTo(1);
        break;
      case 1:
        addRelation(network, g, h, Relation::Kind::Probability).probability = 0.01 * upTo(50);
        break;
      case 2:
        addRelation(network, g, h, Relation::Kind::Indegree).indegree = upTo(20);
        break;
      case 3:
      case 4:
        addListed(
            network, g, h,
            randomPairs(random, network.groups[g].size, network.groups[h].size, 0.01 * upTo(30)));
        break;
      default:
        break;
      }
    }
  return network;
}

/// Whatever core, at random.
inline Assignment randomAssignment(const SpikeNetwork &network, int cores, unsigned seed) {
  std::mt19937 random(seed);
  Assignment assignment;
  assignment.cores = cores;
  for (const Group &group : network.groups) {
    auto &coreOf = assignment.coreOf.emplace_back(group.isSource ? 0 : group.size);
    for (int32_t &core : coreOf)
      core = static_cast<int32_t>(random() % cores);
  }
  return assignment;
}

} // namespace engram::ncore::testing
