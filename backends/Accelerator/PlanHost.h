// What a host has to know of a compiled network, as the image's file keeps it.
#pragma once

#include "backends/Accelerator/CompileImage.h"
#include "runtime/accelerator/HostPlan.h"

namespace engram::a1 {

/// Failure with a diagnostic if the network has a probe of what is not kept on the chip.
mlir::FailureOr<HostPlan> planHost(neuro::NetworkOp network, const CompiledNetwork &compiled);

/// The network with the sources of a plan that was read from a file, in a module of its own; what
/// it says of them has to agree with the plan. An error that says what is wrong.
Expected<mlir::OwningOpRef<mlir::ModuleOp>> parseSources(const HostPlan &plan,
                                                         mlir::MLIRContext &context);

} // namespace engram::a1
