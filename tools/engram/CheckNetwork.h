// engram compile --check: whether a network fits a machine.
#pragma once

#include "tools/engram/LoadNetwork.h"
#include "tools/engram/Lowering.h"
#include "tools/engram/Machines.h"

namespace engram::tool {

/// Prints whether the network fits the machine of 'arguments' as it would be compiled for it, and
/// if not, each need above its limit and what would help. Exit codes: done if it fits, inputFault
/// if not.
int checkNetworkOn(const MachineArguments &arguments, Session &session, LoadedNetwork &loaded,
                   const LoweringArguments &lowering, bool json);

} // namespace engram::tool
