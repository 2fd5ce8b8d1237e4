// The parts of a report that a network has by itself: its graph, its delays, what quantization did
// to it.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "lowering/NeuroToNCore/SpikeGraph.h"
#include "runtime/Error.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace engram::tool {

/// Nodes with their rates, projections, totals. Rates only where `known` has them: the network with
/// rates. Empty after a diagnostic.
std::optional<nlohmann::ordered_json> reportNetwork(neuro::NetworkOp network,
                                                    const ncore::SpikeNetwork *known);

/// Delays in steps, the slots that they take, and what mapping them added. `slots`: those of the
/// target, 0 for no limit. Null where delays are not steps yet.
nlohmann::ordered_json reportDelays(neuro::NetworkOp network, int64_t slots);

/// What the passes of quantization recorded: weights, states, saturations. Null without a record.
nlohmann::ordered_json reportQuantization(neuro::NetworkOp network);

/// True if nothing but a default says how often a node of the network spikes.
bool rateIsAssumed(neuro::NetworkOp network, const ncore::Group &group);

/// False before discretization.
bool isDiscrete(neuro::NetworkOp network);

/// Seconds of the network's time in a step.
double stepSecondsOf(neuro::NetworkOp network);

} // namespace engram::tool
