// Networks in fixed point on machines that need them so, held against the interpreter.
#pragma once

#include "tests/conformance/Conformance.h"

namespace engram::conformance {

/// One of 'networks()' with weights of 8 bits, calibrated on so many steps of noise; null where it
/// cannot be quantized.
mlir::OwningOpRef<mlir::ModuleOp> fixedNetwork(const std::string &name, mlir::MLIRContext *context,
                                               int64_t steps);

/// A random network with weights of 8 or 4 bits, likewise, with probes of all that it holds.
mlir::OwningOpRef<mlir::ModuleOp> fixedRandomNetwork(uint64_t seed, mlir::MLIRContext *context,
                                                     int64_t steps);

/// How a machine does beside the interpreter.
struct Outcome {
  std::string refusal;    ///< why the network cannot be on the machine; the rest is empty then
  std::string difference; ///< the first one in bits
  std::string fault;      ///< of the machine, after the run
};

/// Maps a network onto a target, has a machine made of it, and runs both for some steps.
Outcome
compare(mlir::ModuleOp fixed, const std::string &target, const std::string &partition,
        int64_t steps, uint64_t seed,
        llvm::function_ref<mlir::FailureOr<std::unique_ptr<Machine>>(neuro::NetworkOp)> create);

} // namespace engram::conformance
