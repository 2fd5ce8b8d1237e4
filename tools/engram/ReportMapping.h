// The parts of a report that a mapping to cores has: occupancy, keys, tables, traffic, prediction.
#pragma once

#include "dialects/NCore/IR/NCoreOps.h"
#include "lowering/NeuroToNCore/SpikeGraph.h"

#include <nlohmann/json.hpp>

namespace engram::tool {

/// Spikes a second that stand for rates that nobody knows: those that the routes of the mapping
/// were made with, else 10.
double assumedRateOf(ncore::MappingOp mapping);

/// Adds all that is known of the mapping to the report: "mapping", "resources", "cores", "hosts",
/// "excess", "keys", "tables", "traffic", "prediction" (docs/report.md). `known`: the groups and
/// relations of its network. Failure after a diagnostic.
llvm::LogicalResult reportMapping(ncore::MappingOp mapping, const ncore::Target &target,
                                  const ncore::SpikeNetwork &known, nlohmann::ordered_json &report);

} // namespace engram::tool
