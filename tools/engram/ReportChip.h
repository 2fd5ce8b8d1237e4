// The part of a report that comes from a run on a model of the accelerator.
#pragma once

#include "tools/engram/Inputs.h"
#include "tools/engram/Machines.h"

#include "dialects/NCore/IR/Target.h"

#include <nlohmann/json.hpp>

namespace engram::tool {

/// Runs the mapped network on the golden model of the chip, and on its RTL if the arguments say so:
/// cycles, synaptic operations, stalls, traffic on links, energy by the target's numbers. An object
/// with `not_run` alone, a sentence, if it cannot run; null if the target is no such chip or the
/// network is not in fixed point. The exit code is another than 'done' if the inputs that were
/// given are at fault.
int reportChip(neuro::NetworkOp network, const ncore::Target &target,
               const MachineArguments &arguments, const InputArguments &input,
               nlohmann::ordered_json &report);

} // namespace engram::tool
