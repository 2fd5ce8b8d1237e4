// A network as a graph of delays: nodes with lags, projections with the delays of their synapses.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include <vector>

namespace engram::neuro {

/// A source or population.
struct DelayNode {
  mlir::Operation *op = nullptr;
  std::string name;
  int64_t size = 0;
  int64_t lag = 0;
  bool spikes = false;  ///< a population that fires
  bool events = false;  ///< what it puts out are spikes or their counts, few of the numbers not 0
  fx::FixedType format; ///< in which relays pass on what it puts out; null for floats
  bool isRelay = false; ///< of sums, made on the way
};

/// A projection.
struct DelayEdge {
  ProjectionOp op;
  size_t from = 0, to = 0;
  size_t origin = 0;                  ///< the edge of the network that was given
  std::vector<int64_t> before, after; ///< retiming; one, or one a synapse as the weights lie

  /// All synapses have one delay, by what the text says.
  bool isUniform();
};

struct DelaySynapse {
  int64_t source, target;
  double weight;
  size_t entry; ///< of the arrays of delays
};

struct DelayGraph {
  NetworkOp network;
  std::vector<DelayNode> nodes;
  std::vector<DelayEdge> edges; ///< in the order of the text

  explicit DelayGraph(NetworkOp network);

  /// Retimes: sets lags, starts of populations and the delays `after`. A diagnostic if a cycle has
  /// too little delay.
  mlir::LogicalResult assignLags(int64_t minDelay);

  llvm::SmallVector<size_t> edgesFrom(size_t node) const;

  /// In the order of the source neurons, as sums are formed. Requires a connector that is no
  /// composition.
  std::vector<DelaySynapse> synapsesOf(DelayEdge &edge);
};

} // namespace engram::neuro
