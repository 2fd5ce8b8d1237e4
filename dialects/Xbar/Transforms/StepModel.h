// How long a step of a network takes with some projections on crossbars: what the choice of
// projections goes by. Numbers alone, no IR.
#pragma once

#include "dialects/NCore/IR/Target.h"

#include <set>
#include <vector>

namespace engram::xbar {

/// A source or population.
struct StepNode {
  int64_t size = 0;
  bool isSource = false; ///< on the host
  double updateCycles = 0;
  double mean = 0; ///< events a step of a neuron
  Outputs outputs;
};

/// A projection. Those that can lie on crossbars have a group, which all that join the same source
/// and target share.
struct StepEdge {
  int source = 0, target = 0;
  double targetsOfSource = 0; ///< synapses of a source neuron, on average
  bool dense = false;
  int64_t weightBits = 8;
  int group = -1;
  int64_t rows = 128, columns = 128, slices = 1; ///< of its tiles, if it has a group
  bool noisy = false;
};

/// Less is better: cores beyond those of the target, then cycles.
struct StepCost {
  int64_t missingCores = 0;
  double cycles = 0;
  bool operator<(const StepCost &o) const {
    return missingCores != o.missingCores ? missingCores < o.missingCores : cycles < o.cycles;
  }
};

class StepModel {
public:
  StepModel(const ncore::Target &target) : target(target), timing(target.timing()) {}

  std::vector<StepNode> nodes;
  std::vector<StepEdge> edges;

  /// With the edges of these groups on crossbars, and populations cut in their order: each block
  /// goes onto the core of the last one if it has room for it, else onto another.
  StepCost cost(const std::set<int> &onCrossbars) const;

private:
  struct Block {
    int node;
    int64_t neurons;
  };
  struct Core {
    std::vector<Block> blocks;
    int64_t neurons = 0, tiles = 0, words = 0;
    std::set<int> byRows, byTiles; ///< sources
  };
  const ncore::Target &target;
  StepTiming timing;

  std::vector<Core> cut(const std::set<int> &onCrossbars) const;
  bool joins(const Core &core, int node, const std::set<int> &onCrossbars) const;
  int64_t wordsOf(int node, int64_t neurons, const std::set<int> &onCrossbars) const;
  int64_t tilesOf(int node, const std::set<int> &onCrossbars) const;
  CoreWork workOf(const Core &core, const std::set<int> &onCrossbars) const;
  void addRow(CoreWork::Arrivals &arrivals, const StepEdge &edge, int64_t neurons) const;
  void addTile(CoreWork &work, CoreWork::Arrivals &arrivals, const StepEdge &edge,
               int64_t neurons) const;
};

} // namespace engram::xbar
