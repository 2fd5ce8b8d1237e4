// What a network consists of, counted without expanding a connector.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/Error.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace engram::tool {

/// Synapses of a connector between two shapes; the expected number where it is random. Empty if the
/// maps of a composition do not fit each other.
std::optional<double> countSynapses(neuro::ConnectorInterface connector,
                                    llvm::ArrayRef<int64_t> source, llvm::ArrayRef<int64_t> target);

/// Fails, with a diagnostic at the projection, where a random connector would be expanded to more
/// synapses than a table of them can have.
llvm::LogicalResult checkSynapseCounts(neuro::NetworkOp network);

/// The summary as JSON: name, dt, seed, precision, sources, populations (model, shape, parameters),
/// projections (connector, synapses, weights, delay), probes, totals. Models and shapes must be
/// known. Empty after a diagnostic.
std::optional<nlohmann::ordered_json> summaryOf(neuro::NetworkOp network);

/// The same for a person.
std::string textOfNetwork(const nlohmann::ordered_json &description);

} // namespace engram::tool
