// What 'neuro-map-delays' recorded, for those who show a mapped network as the one before.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/AlignedMachine.h"

namespace engram::neuro {

/// Lags and relays of a network; empty if its delays were not mapped. Failure, after a diagnostic,
/// if the record is none that the pass writes.
mlir::FailureOr<Alignment> alignmentOf(NetworkOp network);

/// The machine of a network, aligned if its delays were mapped. Failure, after a diagnostic, if
/// that would take too much memory.
mlir::FailureOr<std::unique_ptr<Machine>> alignMachine(NetworkOp network,
                                                       std::unique_ptr<Machine> machine);

} // namespace engram::neuro
