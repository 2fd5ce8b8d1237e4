// Delays within the limits of a machine, as a function: for passes that know the machine.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"

namespace engram::neuro {

/// What a machine can do about delays, and what long ones cost it.
struct DelayLimits {
  int64_t minDelay = 1, maxDelay = 15; ///< steps a hop
  double relayNeuronCost = 1;
  double extensionCoreCost = 0; ///< of a core that holds back spikes for others; 0: there are none
  int64_t extensionNeurons = 256; ///< whose spikes one such core holds back
  int64_t extensionStages = 8;    ///< and for how many times `maxDelay`
};

/// No ring has more slots.
inline constexpr int64_t maxDelaySlots = int64_t(1) << 24;

/// The least `maxDelay` with which each delay that is too long for one hop is some hops in a row.
inline int64_t leastMaxDelay(int64_t minDelay) { return std::max<int64_t>(1, 2 * minDelay - 1); }

/// Retimes a discrete network and brings its long delays within the limits, as `neuro-map-delays`
/// describes it. Requires 0 <= minDelay <= maxDelaySlots and leastMaxDelay(minDelay) <= maxDelay <=
/// maxDelaySlots. Failure, after a diagnostic, leaves the network half changed.
mlir::LogicalResult mapDelays(NetworkOp network, const DelayLimits &limits);

/// Attributes that it leaves. The network's record; on each relay, whose outputs or sums it passes
/// on (a source, population or projection); on relays of an extension core, the first relay that
/// is on it.
inline constexpr llvm::StringLiteral delayMapAttrName = "neuro.delay_map";
inline constexpr llvm::StringLiteral relayOfAttrName = "neuro.relay_of";
inline constexpr llvm::StringLiteral extensionAttrName = "neuro.extension";

} // namespace engram::neuro
