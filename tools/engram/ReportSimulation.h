// What happened on the simulated SpiNNaker machine, for a report.
#pragma once

#include "tools/engram/Inputs.h"
#include "tools/engram/Machines.h"

#include <nlohmann/json.hpp>

namespace engram::tool {

/// Runs a mapped network on its input on the machine that '--model fast' or 'arm' means: the time
/// of each core, packets of each link over time, what waited and what was lost. Null where another
/// model is meant. An exit code, after a message if it is not 'done'; a fault of the machine is
/// part of the report.
int reportSimulation(neuro::NetworkOp network, const MachineArguments &arguments,
                     const InputArguments &input, nlohmann::ordered_json &simulation);

} // namespace engram::tool
