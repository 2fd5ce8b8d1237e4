// Units and nets of a network.
#include "lowering/NeuroToNCore/SpikeGraph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

using namespace engram::ncore;

int64_t SpikeNetwork::numNeurons() const {
  int64_t count = 0;
  for (const Group &group : groups)
    count += group.isSource ? 0 : group.size;
  return count;
}

int64_t SpikeNetwork::numCountedNeurons() const {
  int64_t count = 0;
  std::map<int, int64_t> largest;
  for (const Group &group : groups)
    if (group.extension >= 0)
      largest[group.extension] = std::max(largest[group.extension], group.size);
    else
      count += group.isSource ? 0 : group.size;
  for (auto [extension, size] : largest)
    count += size;
  return count;
}

double SpikeNetwork::numSynapses() const {
  double count = 0;
  for (const Relation &relation : relations) {
    double pairs = double(groups[relation.source].size) * double(groups[relation.target].size);
    if (relation.kind == Relation::Kind::Explicit)
      count += double(relation.rows->targets.size());
    else
      count += synapsesOfPair(*this, relation) * pairs;
    // Without a neuron's synapse onto itself there is one less for each index that both have.
    if (!relation.allowSelf &&
        (relation.kind == Relation::Kind::AllToAll || relation.kind == Relation::Kind::Probability))
      count -= synapsesOfPair(*this, relation) *
               double(std::min(groups[relation.source].size, groups[relation.target].size));
  }
  return count;
}

double engram::ncore::drawCost(const SpikeNetwork &network, const Relation &relation) {
  auto targets = double(network.groups[relation.target].size);
  if (relation.kind == Relation::Kind::Probability)
    return targets * double(network.groups[relation.source].size);
  return relation.kind == Relation::Kind::Indegree ? targets * double(relation.indegree) : 0;
}

double engram::ncore::logOfNoSynapse(const SpikeNetwork &network, const Relation &relation,
                                     double targets) {
  auto sources = double(network.groups[relation.source].size);
  if (targets <= 0)
    return 0;
  switch (relation.kind) {
  case Relation::Kind::AllToAll:
    return -std::numeric_limits<double>::infinity();
  case Relation::Kind::Probability:
    return relation.probability <= 0 ? 0 : targets * std::log1p(-relation.probability);
  case Relation::Kind::Indegree:
    return relation.indegree == 0 ? 0
                                  : targets * double(relation.indegree) * std::log1p(-1 / sources);
  case Relation::Kind::Explicit:
    break;
  }
  return 0;
}

double engram::ncore::synapsesOfPair(const SpikeNetwork &network, const Relation &relation) {
  switch (relation.kind) {
  case Relation::Kind::AllToAll:
    return 1;
  case Relation::Kind::Probability:
    return relation.probability;
  case Relation::Kind::Indegree: {
    int64_t sources = network.groups[relation.source].size;
    return sources ? double(relation.indegree) / double(sources) : 0;
  }
  case Relation::Kind::Explicit:
    break;
  }
  return 0;
}

std::vector<int64_t> engram::ncore::tilesOfBlocks(const SpikeNetwork &network) {
  std::vector<int64_t> tiles(network.groups.size(), 0);
  for (const Relation &relation : network.relations)
    if (relation.isOnCrossbars())
      tiles[relation.target] += (network.groups[relation.source].size + relation.crossbarRows - 1) /
                                relation.crossbarRows;
  return tiles;
}

std::vector<std::vector<bool>> engram::ncore::conflictsOfGroups(const SpikeNetwork &network) {
  std::vector<std::vector<bool>> conflicts;
  for (const Relation &crossbars : network.relations) {
    if (!crossbars.isOnCrossbars())
      continue;
    for (const Relation &rows : network.relations) {
      if (rows.isOnCrossbars() || rows.source != crossbars.source)
        continue;
      conflicts.resize(network.groups.size(), std::vector<bool>(network.groups.size(), false));
      conflicts[crossbars.target][rows.target] = conflicts[rows.target][crossbars.target] = true;
    }
  }
  return conflicts;
}

SpikeGraph::SpikeGraph(const SpikeNetwork &network, int64_t maxUnits) : network(network) {
  int64_t neurons = 0;
  for (const Group &group : network.groups)
    neurons += group.size;
  // A group ends with a shorter block, so each may have one more than its share.
  int64_t room = std::max<int64_t>(1, maxUnits - int64_t(network.groups.size()));
  int64_t block = neurons <= maxUnits ? 1 : (neurons + room - 1) / room;

  size_t numGroups = network.groups.size();
  std::vector<int64_t> firstUnit(numGroups), blockSize(numGroups, block);
  for (size_t g = 0; g < numGroups; ++g)
    if (network.groups[g].block > 0)
      blockSize[g] = network.groups[g].block;
  for (bool sources : {false, true}) {
    for (size_t g = 0; g < numGroups; ++g) {
      const Group &group = network.groups[g];
      if (group.isSource != sources)
        continue;
      firstUnit[g] = numUnits();
      for (int64_t first = 0; first < group.size; first += blockSize[g]) {
        int64_t size = std::min(blockSize[g], group.size - first);
        units.push_back({static_cast<int32_t>(g), static_cast<int32_t>(size), first});
        double rate = 0;
        for (int64_t i = 0; i < size; ++i)
          rate += group.rate(first + i);
        rates.push_back(rate);
      }
    }
    if (!sources)
      numPlaced = numUnits();
  }

  lawsFrom.resize(numGroups);
  lawsInto.resize(numGroups);
  for (size_t r = 0; r < network.relations.size(); ++r) {
    const Relation &relation = network.relations[r];
    if (relation.kind == Relation::Kind::Explicit)
      continue;
    lawsFrom[relation.source].push_back(static_cast<int>(r));
    lawsInto[relation.target].push_back(static_cast<int>(r));
  }
  for (std::vector<int> &laws : lawsInto)
    std::sort(laws.begin(), laws.end(), [&](int a, int b) {
      return std::make_pair(network.relations[a].source, a) <
             std::make_pair(network.relations[b].source, b);
    });
  buildNets(firstUnit, blockSize);
}

void SpikeGraph::buildNets(const std::vector<int64_t> &firstUnit,
                           const std::vector<int64_t> &blockSize) {
  std::vector<std::vector<const Relation *>> from(network.groups.size());
  for (const Relation &relation : network.relations)
    if (relation.kind == Relation::Kind::Explicit)
      from[relation.source].push_back(&relation);

  netStart.assign(1, 0);
  std::vector<int32_t> count(units.size(), 0);
  std::vector<int32_t> touched;
  for (int32_t u = 0; u < numUnits(); ++u) {
    const Unit &unit = units[u];
    for (const Relation *relation : from[unit.group]) {
      const Rows &rows = *relation->rows;
      for (int64_t k = rows.starts[unit.first]; k < rows.starts[unit.first + unit.size]; ++k) {
        auto target = static_cast<int32_t>(firstUnit[relation->target] +
                                           rows.targets[k] / blockSize[relation->target]);
        if (count[target]++ == 0)
          touched.push_back(target);
      }
    }
    std::sort(touched.begin(), touched.end());
    for (int32_t target : touched) {
      pins.push_back({target, count[target]});
      count[target] = 0;
    }
    touched.clear();
    netStart.push_back(static_cast<int64_t>(pins.size()));
  }

  incidenceStart.assign(units.size() + 1, 0);
  for (const Pin &pin : pins)
    ++incidenceStart[pin.unit + 1];
  for (size_t v = 0; v < units.size(); ++v)
    incidenceStart[v + 1] += incidenceStart[v];
  incidence.resize(pins.size());
  std::vector<int64_t> next(incidenceStart.begin(), incidenceStart.end() - 1);
  for (int32_t u = 0; u < numUnits(); ++u)
    for (int64_t k = netStart[u]; k < netStart[u + 1]; ++k)
      incidence[next[pins[k].unit]++] = {u, pins[k].synapses};
}

Assignment SpikeGraph::assignmentOf(const std::vector<int32_t> &coreOfUnit, int cores) const {
  Assignment assignment;
  assignment.cores = cores;
  assignment.coreOf.resize(network.groups.size());
  for (size_t g = 0; g < network.groups.size(); ++g)
    if (!network.groups[g].isSource)
      assignment.coreOf[g].resize(network.groups[g].size);
  for (int32_t u = 0; u < numPlaced; ++u)
    std::fill_n(assignment.coreOf[units[u].group].begin() + units[u].first, units[u].size,
                coreOfUnit[u]);
  return assignment;
}

void engram::ncore::renumberCores(Assignment &assignment) {
  std::vector<int32_t> number(assignment.cores, -1);
  int32_t next = 0;
  for (std::vector<int32_t> &cores : assignment.coreOf)
    for (int32_t &core : cores) {
      if (number[core] < 0)
        number[core] = next++;
      core = number[core];
    }
  assignment.cores = next;
}
