// Blocks of populations on cores, and the work that reaches them.
#include "dialects/Xbar/Transforms/StepModel.h"

#include <algorithm>
#include <cmath>

using namespace engram;
using namespace engram::xbar;

/// Beyond this many cores, more make no difference.
static constexpr size_t mostCores = 1 << 16;

int64_t StepModel::tilesOf(int node, const std::set<int> &onCrossbars) const {
  int64_t tiles = 0;
  for (const StepEdge &edge : edges)
    if (edge.target == node && onCrossbars.count(edge.group))
      tiles += (nodes[edge.source].size + edge.rows - 1) / edge.rows;
  return tiles;
}

// Words of a row, header included, of the synapses of a source neuron onto some of the targets.
static double rowWords(const StepEdge &edge, double synapses, const ncore::Target &target) {
  int64_t bits = target.weightWidth(edge.weightBits).value_or(edge.weightBits);
  int64_t perWord = target.synapsesPerWord(bits, edge.dense && target.denseRows);
  return double(target.rowHeaderWords) + std::ceil(synapses / double(perWord));
}

int64_t StepModel::wordsOf(int node, int64_t neurons, const std::set<int> &onCrossbars) const {
  double words = 0;
  for (const StepEdge &edge : edges)
    if (edge.target == node && !onCrossbars.count(edge.group)) {
      double synapses =
          edge.targetsOfSource * double(neurons) / double(std::max<int64_t>(nodes[node].size, 1));
      words += double(nodes[edge.source].size) * std::min(1.0, synapses) *
               rowWords(edge, std::max(1.0, synapses), target);
    }
  return static_cast<int64_t>(std::ceil(words));
}

// The spikes of a neuron find either rows or tiles in a core.
bool StepModel::joins(const Core &core, int node, const std::set<int> &onCrossbars) const {
  return std::none_of(edges.begin(), edges.end(), [&](const StepEdge &edge) {
    return edge.target == node &&
           (onCrossbars.count(edge.group) ? core.byRows : core.byTiles).count(edge.source);
  });
}

std::vector<StepModel::Core> StepModel::cut(const std::set<int> &onCrossbars) const {
  std::vector<Core> cores;
  auto room = [](int64_t used, int64_t more, int64_t limit) {
    return limit == 0 || used + more <= limit;
  };
  for (int node = 0; node < static_cast<int>(nodes.size()); ++node) {
    if (nodes[node].isSource)
      continue;
    int64_t tiles = tilesOf(node, onCrossbars), most = nodes[node].size;
    for (const StepEdge &edge : edges)
      if (edge.target == node && onCrossbars.count(edge.group))
        most = std::min(most, edge.columns);
    if (target.neurons > 0)
      most = std::min(most, target.neurons);
    for (int64_t left = nodes[node].size; left > 0 && cores.size() < mostCores;) {
      int64_t block = std::min(left, most);
      bool isNew = cores.empty() || !joins(cores.back(), node, onCrossbars);
      if (!isNew && tiles > 0)
        isNew = !room(cores.back().neurons, block, target.neurons) ||
                cores.back().tiles + tiles > target.crossbars;
      if (isNew)
        cores.emplace_back();
      Core &core = cores.back();
      if (target.neurons > 0)
        block = std::min(block, target.neurons - core.neurons);
      while (block > 1 && !room(core.words, wordsOf(node, block, onCrossbars), target.synapseWords))
        block = block / 2;
      bool fits = block > 0 &&
                  room(core.words, wordsOf(node, block, onCrossbars), target.synapseWords) &&
                  (tiles == 0 || core.tiles + tiles <= target.crossbars);
      if (!fits && !core.blocks.empty()) {
        cores.emplace_back();
        continue;
      }
      // What no core can hold counts as a core that is not there.
      if (!fits)
        cores.resize(std::max(cores.size() + 1, static_cast<size_t>(target.numCores()) + 1));
      Core &chosen = fits ? core : cores.back();
      block = std::max<int64_t>(block, 1);
      chosen.blocks.push_back({node, block});
      chosen.neurons += block;
      chosen.tiles += tiles;
      chosen.words += wordsOf(node, block, onCrossbars);
      for (const StepEdge &edge : edges)
        if (edge.target == node)
          (onCrossbars.count(edge.group) ? chosen.byTiles : chosen.byRows).insert(edge.source);
      left -= block;
      if (!fits)
        break;
    }
  }
  return cores;
}

void StepModel::addRow(CoreWork::Arrivals &arrivals, const StepEdge &edge, int64_t neurons) const {
  const StepNode &source = nodes[edge.source];
  double synapses = edge.targetsOfSource * double(neurons) /
                    double(std::max<int64_t>(nodes[edge.target].size, 1));
  // Of sparse ones not each source neuron has a synapse here.
  double reached = std::min(1.0, synapses), each = std::max(1.0, synapses);
  double cycles = timing.spike + each * timing.synapse;
  if (timing.lanes > 0)
    cycles =
        cyclesOfRow(timing, 1, rowWords(edge, each, target),
                    edge.dense ? std::ceil(each / double(timing.lanes)) : each * timing.synapse);
  double spikes = double(source.size) * source.outputs.chance(source.mean);
  arrivals.addMean(timing, spikes * reached, cycles, each, 0);
}

void StepModel::addTile(CoreWork &work, CoreWork::Arrivals &arrivals, const StepEdge &edge,
                        int64_t neurons) const {
  const StepNode &source = nodes[edge.source];
  double chance = source.outputs.chance(source.mean), bits = 0;
  if (chance == 0)
    return;
  std::vector<double> bitChances = source.outputs.bitChances(source.mean);
  for (double each : bitChances)
    bits += each;
  double drives = bits / chance * timing.drive + (edge.noisy ? timing.noise : 0);
  arrivals.addMean(timing, double(source.size) * chance, 0, 0, drives);
  // A tile converts in a step in which one of its rows was driven, of each bit that was.
  double driven = 0, planes = 0;
  for (int64_t first = 0; first < source.size; first += edge.rows) {
    auto rows = double(std::min(edge.rows, source.size - first));
    driven += 1 - std::pow(1 - chance, rows);
    for (double each : bitChances)
      planes += 1 - std::pow(1 - each, rows);
  }
  work.conversion += cyclesOfConversion(timing, driven, planes, edge.slices, neurons);
}

CoreWork StepModel::workOf(const Core &core, const std::set<int> &onCrossbars) const {
  CoreWork work;
  work.after = timing.stepEnd;
  for (const Block &block : core.blocks) {
    work.neurons += double(block.neurons);
    work.programs += double(block.neurons) * nodes[block.node].updateCycles;
    work.after += timing.population;
    for (const StepEdge &edge : edges) {
      if (edge.target != block.node)
        continue;
      CoreWork::Arrivals &arrivals = nodes[edge.source].isSource ? work.host : work.cores;
      if (onCrossbars.count(edge.group))
        addTile(work, arrivals, edge, block.neurons);
      else
        addRow(arrivals, edge, block.neurons);
    }
  }
  return work;
}

StepCost StepModel::cost(const std::set<int> &onCrossbars) const {
  std::vector<Core> cores = cut(onCrossbars);
  std::vector<CoreWork> work;
  for (const Core &core : cores)
    work.push_back(workOf(core, onCrossbars));
  auto used = static_cast<int64_t>(cores.size());
  double side = std::ceil(std::sqrt(double(used)));
  return {std::max<int64_t>(0, used - target.numCores()),
          cyclesOfStep(work, timing, 2 * std::max(0.0, side - 1)).sum()};
}
