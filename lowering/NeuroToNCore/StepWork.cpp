// Sums over relations, a source neuron at a time where synapses are listed.
#include "lowering/NeuroToNCore/StepWork.h"
#include "lowering/NeuroToNCore/Resources.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace engram;
using namespace engram::ncore;

namespace {

/// A row as far as it is known.
struct RowShape {
  double segments = 0, words = 0, lanes = 0, synapses = 0;

  void add(const RowShape &o) {
    segments += o.segments;
    words += o.words;
    lanes += o.lanes;
    synapses += o.synapses;
  }
};

class WorkCounter {
public:
  WorkCounter(const SpikeNetwork &network, const Assignment &assignment, const Target &target,
              double dt)
      : network(network), assignment(assignment), target(target), timing(target.timing()), dt(dt),
        work(assignment.cores), from(network.groups.size()), neuronsOn(network.groups.size()),
        local(network.groups.size()) {}

  std::vector<CoreWork> run();

private:
  const SpikeNetwork &network;
  const Assignment &assignment;
  const Target &target;
  StepTiming timing;
  double dt;
  std::vector<CoreWork> work;
  std::vector<std::vector<const Relation *>> from;   ///< by source
  std::vector<std::map<int32_t, int64_t>> neuronsOn; ///< of a group, by core
  std::vector<std::vector<uint32_t>> local;          ///< numbers of neurons on their cores

  void addUpdates();
  void addRows(size_t source);
  void addTiles(const Relation &relation);
  void addArrivals(size_t source, int32_t core, double spikes, const RowShape &row);
  RowShape lawRow(const Relation &relation, int64_t neurons) const;
  RowShape listedRow(const Relation &relation, std::vector<uint32_t> &neurons) const;
  /// Packets a step.
  double spikesOf(size_t group, int64_t neuron) const {
    return network.groups[group].outputs.chance(network.groups[group].rate(neuron) * dt);
  }
  bool isSpread(const Relation &relation) const {
    return relation.leastDelay != relation.mostDelay;
  }
};

} // namespace

void WorkCounter::addUpdates() {
  std::vector<uint32_t> next(work.size(), 0);
  for (size_t g = 0; g < network.groups.size(); ++g) {
    const Group &group = network.groups[g];
    local[g].resize(assignment.coreOf[g].size());
    for (size_t n = 0; n < assignment.coreOf[g].size(); ++n) {
      int32_t core = assignment.coreOf[g][n];
      local[g][n] = next[core]++;
      ++neuronsOn[g][core];
    }
    for (auto [core, neurons] : neuronsOn[g]) {
      work[core].neurons += double(neurons);
      work[core].programs += double(neurons) * cyclesOfUpdate(timing, group.update);
      work[core].after += timing.population;
    }
  }
  for (CoreWork &core : work)
    core.after += timing.stepEnd;
}

// A row of a source of a law: all its targets on a core, or as many as are expected.
RowShape WorkCounter::lawRow(const Relation &relation, int64_t neurons) const {
  RowShape row;
  int64_t bits = storedWeightBits(relation, target);
  double count = synapsesOfPair(network, relation) * double(neurons);
  row.segments = 1;
  row.synapses = count;
  double perWord = double(target.synapsesPerWord(bits, false));
  row.words = double(target.rowHeaderWords) + std::ceil(count / perWord);
  row.lanes = count * timing.synapse;
  if (relation.kind != Relation::Kind::AllToAll || timing.lanes == 0)
    return row;
  double perDense = double(target.synapsesPerWord(bits, true));
  double dense = double(target.rowHeaderWords) + std::ceil(count / perDense);
  if (target.denseRows && dense <= row.words) {
    row.words = dense;
    row.lanes = std::ceil(count / double(timing.lanes));
  }
  return row;
}

// As the synapses lie in words: dense where that takes no more of them, else in order.
RowShape WorkCounter::listedRow(const Relation &relation, std::vector<uint32_t> &neurons) const {
  RowShape row;
  auto count = static_cast<int64_t>(neurons.size());
  row.segments = 1;
  row.synapses = double(count);
  row.lanes = double(count) * timing.synapse;
  int64_t bits = storedWeightBits(relation, target);
  int64_t perWord = target.synapsesPerWord(bits, false);
  int64_t words = (count + perWord - 1) / perWord;
  row.words = double(target.rowHeaderWords + words);
  // Synapses that differ in delay are sorted by it, and so by chance.
  if (timing.lanes == 0 || isSpread(relation))
    return row;
  std::sort(neurons.begin(), neurons.end());
  int64_t span = neurons.back() - neurons.front() + 1;
  int64_t perDense = target.synapsesPerWord(bits, true);
  int64_t dense = (span + perDense - 1) / perDense;
  bool distinct = std::adjacent_find(neurons.begin(), neurons.end()) == neurons.end();
  if (target.denseRows && distinct && target.rowHeaderWords + dense <= words) {
    row.words = double(target.rowHeaderWords + dense);
    row.lanes = double((span + timing.lanes - 1) / timing.lanes);
    return row;
  }
  int64_t cycles = 0;
  for (int64_t first = 0; first < count; first += perWord)
    cycles += cyclesOfLanes(&neurons[first], std::min(perWord, count - first), timing.lanes);
  row.lanes = double(cycles);
  return row;
}

void WorkCounter::addArrivals(size_t source, int32_t core, double spikes, const RowShape &row) {
  CoreWork::Arrivals &arrivals =
      network.groups[source].isSource ? work[core].host : work[core].cores;
  double cycles = timing.lanes ? cyclesOfRow(timing, row.segments, row.words, row.lanes)
                               : timing.spike + row.synapses * timing.synapse;
  arrivals.addMean(timing, spikes, cycles, row.synapses, 0);
}

void WorkCounter::addRows(size_t source) {
  const Group &group = network.groups[source];
  std::map<int32_t, RowShape> byLaw;
  std::vector<const Relation *> lists;
  for (const Relation *relation : from[source]) {
    if (relation->isOnCrossbars())
      continue;
    if (relation->kind == Relation::Kind::Explicit)
      lists.push_back(relation);
    else
      for (auto [core, neurons] : neuronsOn[relation->target])
        byLaw[core].add(lawRow(*relation, neurons));
  }
  double all = 0;
  for (int64_t j = 0; j < group.size; ++j)
    all += spikesOf(source, j);
  if (lists.empty()) {
    for (auto &[core, row] : byLaw)
      addArrivals(source, core, all, row);
    return;
  }
  std::map<int32_t, double> found; // spikes with a row
  std::vector<std::vector<uint32_t>> on(work.size());
  std::vector<int32_t> touched;
  for (int64_t j = 0; j < group.size; ++j) {
    std::map<int32_t, RowShape> rows = byLaw;
    for (const Relation *relation : lists) {
      const Rows &targets = *relation->rows;
      touched.clear();
      for (int64_t k = targets.starts[j]; k < targets.starts[j + 1]; ++k) {
        uint32_t neuron = targets.targets[k];
        int32_t core = assignment.coreOf[relation->target][neuron];
        if (on[core].empty())
          touched.push_back(core);
        on[core].push_back(local[relation->target][neuron]);
      }
      for (int32_t core : touched) {
        rows[core].add(listedRow(*relation, on[core]));
        on[core].clear();
      }
    }
    for (auto &[core, row] : rows) {
      found[core] += spikesOf(source, j);
      addArrivals(source, core, spikesOf(source, j), row);
    }
  }
  // Blocks of keys go to a core as a whole, so spikes come that have no row there.
  for (auto [core, spikes] : found) {
    CoreWork::Arrivals &arrivals = group.isSource ? work[core].host : work[core].cores;
    arrivals.addMean(timing, all - spikes, 0, 0, 0);
  }
}

void WorkCounter::addTiles(const Relation &relation) {
  const Group &source = network.groups[relation.source];
  const Group &group = network.groups[relation.target];
  // Of the tiles of a column of blocks: how often any row is driven, and each bit of a payload.
  double driven = 0, planes = 0, all = 0, bits = 0;
  for (int64_t first = 0; first < source.size; first += relation.crossbarRows) {
    double quiet = 1;
    std::vector<double> bitQuiet;
    for (int64_t j = first; j < std::min(source.size, first + relation.crossbarRows); ++j) {
      double spikes = spikesOf(relation.source, j);
      std::vector<double> chances = source.outputs.bitChances(source.rate(j) * dt);
      bitQuiet.resize(chances.size(), 1);
      for (size_t bit = 0; bit < chances.size(); ++bit) {
        bits += chances[bit];
        bitQuiet[bit] *= 1 - chances[bit];
      }
      all += spikes;
      quiet *= 1 - spikes;
    }
    driven += 1 - quiet;
    for (double chance : bitQuiet)
      planes += 1 - chance;
  }
  if (all == 0)
    return;
  double drives = bits / all * timing.drive + (relation.noisy ? timing.noise : 0);
  // A spike arrives at a core once, and drives its row in each tile there.
  std::map<int32_t, int> tiles;
  const std::vector<int32_t> &coreOf = assignment.coreOf[relation.target];
  for (int64_t first = 0; first < group.size; first += group.block) {
    ++tiles[coreOf[first]];
    work[coreOf[first]].conversion += cyclesOfConversion(timing, driven, planes, relation.slices,
                                                         std::min(group.block, group.size - first));
  }
  for (auto [core, count] : tiles)
    (source.isSource ? work[core].host : work[core].cores)
        .addMean(timing, all, 0, 0, drives * count);
}

std::vector<CoreWork> WorkCounter::run() {
  for (const Relation &relation : network.relations)
    from[relation.source].push_back(&relation);
  addUpdates();
  for (size_t g = 0; g < network.groups.size(); ++g)
    addRows(g);
  for (const Relation &relation : network.relations)
    if (relation.isOnCrossbars())
      addTiles(relation);
  return std::move(work);
}

std::vector<CoreWork> engram::ncore::expectedWork(const SpikeNetwork &network,
                                                  const Assignment &assignment,
                                                  const Target &target, double dt) {
  return WorkCounter(network, assignment, target, dt).run();
}

StepCycles engram::ncore::expectedCycles(const SpikeNetwork &network, const Assignment &assignment,
                                         const Target &target, double dt, double links) {
  return cyclesOfStep(expectedWork(network, assignment, target, dt), target.timing(), links);
}
