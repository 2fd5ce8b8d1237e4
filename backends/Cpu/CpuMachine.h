// Networks compiled just in time and run in this process.
#pragma once

#include "backends/Cpu/Target.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/Machine.h"

namespace engram::cpu {

/// Compiles a discrete network (what `neuro-verify-discrete` accepts) for this machine. The module
/// is left as it is. Failure comes with a diagnostic.
mlir::FailureOr<std::unique_ptr<Machine>>
createMachine(neuro::NetworkOp network, const TargetOptions &options = {"native", 3});

} // namespace engram::cpu
