// engram compile --check: whether a network fits a machine.
#pragma once

#include "tools/engram/LoadNetwork.h"
#include "tools/engram/Lowering.h"

namespace engram::tool {

/// Prints whether the network fits the machine (a name or a file), and if not, each need above its
/// limit and what would help. Exit codes: done if it fits, inputFault if not.
int checkNetworkOn(const std::string &target, Session &session, LoadedNetwork &loaded,
                   const LoweringArguments &arguments, bool json);

} // namespace engram::tool
