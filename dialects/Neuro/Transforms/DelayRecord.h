// What 'neuro-map-delays' did, as the attribute 'neuro.delay_map' of the network.
#pragma once

#include "dialects/Neuro/Transforms/DelayLines.h"

namespace engram::neuro {

/// All synapses of an edge that have one delay: what stays together in the order of sums.
struct DelayStrand {
  size_t edge;       ///< of the network that was given
  int64_t before;    ///< its delay there
  ProjectionOp last; ///< the projection that delivers it now
  int64_t after;     ///< the delay of that
};

/// A projection with long delays.
struct LongDelay {
  std::string projection;
  DelayLineKind by;
  int64_t longest, relays; ///< steps, and how many relays in a row are on its way
  DelayPlan plan;
};

struct DelayRecord {
  std::vector<DelayStrand> strands;
  std::vector<LongDelay> longDelays;
  int64_t relays = 0, relayNeurons = 0;

  /// The order of the nodes in the schedule of the network that was given, and their names.
  std::vector<size_t> rank;
  /// For each edge that was given, its source.
  std::vector<size_t> sources;

  /// Adds to what an earlier run recorded.
  mlir::LogicalResult write(const DelayGraph &graph, const DelayLimits &limits) const;

private:
  llvm::SmallVector<mlir::Attribute> reorderedPorts(NetworkOp network) const;
};

/// Positions of sources and populations in the schedule of a network.
mlir::FailureOr<std::map<std::string, size_t>> schedulePositions(NetworkOp network);

} // namespace engram::neuro
