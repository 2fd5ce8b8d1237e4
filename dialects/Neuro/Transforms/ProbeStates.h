// Probes of all that a network holds, for those who compare machines.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"

namespace engram::neuro {

/// Adds a probe "population:state" of each state of each population, and "population:output" of
/// what puts out something else than its spikes, where no probe shows them in full. The models must
/// be in the module. Probed relays are not folded: to see what a fold does, fold first.
void probeStates(NetworkOp network);

} // namespace engram::neuro
