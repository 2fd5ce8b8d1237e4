// The boundary below 'neuro', for passes that rely on it.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"

namespace engram::neuro {

/// Success if a network is discrete and complete (neuro_d1 to neuro_d6); a diagnostic on what is
/// not, which names the pass to run, otherwise.
mlir::LogicalResult verifyDiscrete(NetworkOp network);

} // namespace engram::neuro
