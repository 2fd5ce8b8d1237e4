// Partitions: limits always hold, the cost is what it says, small ones are as good as the best.
#include "lowering/NeuroToNCore/Partition.h"
#include "RandomNetworks.h"
#include "lowering/NeuroToNCore/CoreState.h"
#include "lowering/NeuroToNCore/Traffic.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

using namespace engram::ncore;
using namespace engram::ncore::testing;

namespace {

constexpr PartitionMethod allMethods[] = {PartitionMethod::Engram, PartitionMethod::Metis,
                                          PartitionMethod::FirstFit, PartitionMethod::Random};

Target coresOf(int64_t neurons, int side = 16) {
  Target target;
  target.gridX = target.gridY = side;
  target.neurons = neurons;
  target.synapseOverheadBits = 8;
  target.weightBits = {8};
  return target;
}

double crossing(const SpikeNetwork &network, const Assignment &assignment) {
  Traffic traffic = Reach(network, assignment).traffic();
  return traffic.betweenCores() + traffic.fromHost();
}

/// The least cost of all partitions into at most `cores` parts of at most `most` neurons, of one
/// group of listed synapses, each part and neuron tried.
double bestCost(const SpikeNetwork &network, int cores, int most) {
  const Rows &rows = *network.relations[0].rows;
  auto neurons = static_cast<int>(network.groups[0].size);
  std::vector<int> coreOf(neurons, 0), count(cores, 0);
  double best = INFINITY;
  std::function<void(int, int)> put = [&](int neuron, int used) {
    if (neuron == neurons) {
      double cost = 0;
      for (int j = 0; j < neurons; ++j) {
        std::set<int> reached;
        for (int64_t k = rows.starts[j]; k < rows.starts[j + 1]; ++k)
          reached.insert(coreOf[rows.targets[k]]);
        reached.erase(coreOf[j]);
        cost += network.groups[0].rate(j) * double(reached.size());
      }
      best = std::min(best, cost);
      return;
    }
    // Cores are alike: a new one is always the next.
    for (int core = 0; core < std::min(cores, used + 1); ++core) {
      if (count[core] == most)
        continue;
      coreOf[neuron] = core;
      ++count[core];
      put(neuron + 1, std::max(used, core + 1));
      --count[core];
    }
  };
  put(0, 0);
  return best;
}

} // namespace

TEST(Partition, LimitsHoldInEveryMethod) {
  for (unsigned seed = 0; seed < 80; ++seed) {
    SpikeNetwork network = randomNetwork(seed);
    std::mt19937 random(seed);
    Target target = coresOf(5 + random() % 40);
    target.populations = random() % 3;
    target.fanIn = random() % 2 ? 0 : 200 + random() % 100;
    target.synapseWords = random() % 2 ? 0 : 900 + random() % 2000;
    // Where single neurons do not fit there is nothing to hold.
    if (!checkNeurons(network, target).empty())
      continue;
    SpikeGraph graph(network);
    CountOptions laws;
    laws.maxDraws = -1;
    for (PartitionMethod method : allMethods) {
      Assignment assignment = partition(graph, target, {method, seed});
      std::vector<CoreUsage> usage = countUsage(network, assignment, target, laws);
      int64_t neurons = 0;
      for (size_t core = 0; core < usage.size(); ++core) {
        EXPECT_GT(usage[core].neurons, 0);
        neurons += usage[core].neurons;
        // A neuron that has its core for itself may need more than the bound of its laws.
        if (usage[core].neurons == 1)
          continue;
        std::vector<CoreUsage> one = {usage[core]};
        for (const Excess &excess : checkUsage(one, target))
          ADD_FAILURE() << "seed " << seed << " method " << int(method) << ": " << excess.message();
      }
      EXPECT_EQ(neurons, network.numNeurons());
    }
  }
}

TEST(Partition, FanOutHoldsForListedSynapses) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    SpikeNetwork network;
    int a = addGroup(network, 60);
    addListed(network, a, a, randomPairs(random, 60, 60, 0.05));
    Target target = coresOf(16);
    target.fanOut = 4;
    SpikeGraph graph(network);
    Assignment assignment = partition(graph, target);
    for (const CoreUsage &core : countUsage(network, assignment, target))
      EXPECT_LE(core.fanOut, 4);
  }
}

TEST(Partition, TheCostIsTheTrafficBetweenCores) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    // Listed synapses or laws; where one group has both, the cost is a sum and not the traffic.
    SpikeNetwork network = randomNetwork(seed);
    std::vector<int> kinds(network.groups.size(), 0);
    for (const Relation &relation : network.relations)
      kinds[relation.source] |= relation.kind == Relation::Kind::Explicit ? 1 : 2;
    if (std::count(kinds.begin(), kinds.end(), 3))
      continue;
    Target target = coresOf(1000);
    SpikeGraph graph(network);
    Assignment assignment = randomAssignment(network, 4, seed);
    CoreState state(graph, target);
    for (int core = 0; core < 4; ++core)
      state.addCore();
    for (int32_t unit = 0; unit < graph.numPlaced; ++unit)
      state.put(unit, assignment.coreOf[graph.units[unit].group][graph.units[unit].first]);
    EXPECT_NEAR(state.cost(), crossing(network, assignment), 1e-6 * state.cost()) << seed;
  }
}

TEST(Partition, AGainIsTheDifferenceOfCosts) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    SpikeNetwork network = randomNetwork(seed);
    // A population that is joined to itself by a law changes both factors of its cost at once.
    bool recurrentLaw = false;
    for (const Relation &relation : network.relations)
      recurrentLaw |=
          relation.kind != Relation::Kind::Explicit && relation.source == relation.target;
    if (recurrentLaw)
      continue;
    Target target = coresOf(1000);
    SpikeGraph graph(network);
    CoreState state(graph, target);
    std::mt19937 random(seed);
    for (int core = 0; core < 4; ++core)
      state.addCore();
    for (int32_t unit = 0; unit < graph.numPlaced; ++unit)
      state.put(unit, static_cast<int32_t>(random() % 4));
    for (int k = 0; k < 100; ++k) {
      auto unit = static_cast<int32_t>(random() % graph.numPlaced);
      auto core = static_cast<int32_t>(random() % 4);
      if (core == state.coreOf(unit))
        continue;
      double before = state.cost(), gain = state.gain(unit, core);
      for (const CoreState::Candidate &candidate : state.candidates(unit, 8))
        EXPECT_NEAR(candidate.gain, state.gain(unit, candidate.core), 1e-6 * (1 + before));
      state.move(unit, core);
      EXPECT_NEAR(gain, before - state.cost(), 1e-6 * (1 + before)) << "seed " << seed;
    }
  }
}

TEST(Partition, SmallNetworksAreNearTheBestOfAllPartitions) {
  double ours = 0, best = 0;
  int optimal = 0, cases = 0;
  for (unsigned seed = 0; seed < 24; ++seed) {
    std::mt19937 random(seed);
    SpikeNetwork network;
    int neurons = 9 + static_cast<int>(seed % 2);
    int a = addGroup(network, neurons);
    network.groups[a].rates.clear();
    for (int i = 0; i < neurons; ++i)
      network.groups[a].rates.push_back(1 + random() % 20);
    addListed(network, a, a, randomPairs(random, neurons, neurons, 0.2));
    int most = 3 + static_cast<int>(seed % 3);
    int cores = (neurons + most - 1) / most;
    SpikeGraph graph(network);
    Assignment assignment = partition(graph, coresOf(most));
    double cost = crossing(network, assignment), least = bestCost(network, assignment.cores, most);
    EXPECT_GE(cost, least - 1e-9);
    EXPECT_EQ(assignment.cores, cores);
    ours += cost;
    best += least;
    ++cases;
    optimal += cost <= least + 1e-9;
  }
  EXPECT_LE(ours, 1.03 * best);
  EXPECT_GE(optimal, cases * 2 / 3);
}

// Three cliques with their neurons interleaved: no other partition into three is free.
TEST(Partition, CliquesComeApart) {
  SpikeNetwork network;
  int a = addGroup(network, 24);
  Pairs pairs;
  for (uint32_t j = 0; j < 24; ++j)
    for (uint32_t i = 0; i < 24; ++i)
      if (i != j && i % 3 == j % 3)
        pairs.push_back({j, i});
  addListed(network, a, a, pairs);
  SpikeGraph graph(network);
  Assignment assignment = partition(graph, coresOf(8));
  EXPECT_EQ(assignment.cores, 3);
  EXPECT_EQ(crossing(network, assignment), 0);
}

TEST(Partition, TheSameSeedGivesTheSamePartition) {
  SpikeNetwork network = randomNetwork(5);
  SpikeGraph graph(network);
  for (PartitionMethod method : allMethods) {
    Assignment first = partition(graph, coresOf(20), {method, 7});
    EXPECT_EQ(first.coreOf, partition(graph, coresOf(20), {method, 7}).coreOf);
  }
}

TEST(Partition, RandomPartitionsDiffer) {
  SpikeNetwork network = randomNetwork(5);
  SpikeGraph graph(network);
  std::set<std::vector<std::vector<int32_t>>> seen;
  for (uint64_t seed = 0; seed < 10; ++seed)
    seen.insert(partition(graph, coresOf(20), {PartitionMethod::Random, seed}).coreOf);
  EXPECT_EQ(seen.size(), 10u);
}

TEST(Partition, BlocksKeepTheNumberOfUnitsBounded) {
  SpikeNetwork network;
  int a = addGroup(network, 1000), b = addGroup(network, 300);
  addRelation(network, a, b, Relation::Kind::AllToAll);
  Pairs pairs;
  for (uint32_t j = 0; j < 1000; ++j)
    pairs.push_back({j, j % 300});
  addListed(network, a, b, pairs);
  SpikeGraph graph(network, 100);
  EXPECT_LE(graph.numUnits(), 100);
  Assignment assignment = partition(graph, coresOf(128));
  for (const CoreUsage &core : countUsage(network, assignment, coresOf(128)))
    EXPECT_LE(core.neurons, 128);
  EXPECT_LE(assignment.cores, 12);
}

TEST(Partition, WhatHasNoNeuronsOrNoSynapsesIsFine) {
  SpikeNetwork empty;
  SpikeGraph none(empty);
  SpikeNetwork alone;
  addGroup(alone, 10);
  SpikeGraph graph(alone);
  for (PartitionMethod method : allMethods) {
    EXPECT_EQ(partition(none, coresOf(4), {method, 1}).cores, 0);
    EXPECT_GE(partition(graph, coresOf(4), {method, 1}).cores, 3);
  }
}
