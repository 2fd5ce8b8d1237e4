// Projections on crossbars.
#pragma once

#include "dialects/Xbar/IR/XbarDialect.h"
#include "lowering/NeuroToLinalg/Emitter.h"

namespace engram {

/// Emits what a projection on crossbars adds in this step to `sums`, a row of its port's ring.
/// `forEvents` emits the loop over the source's events: number of the neuron, and its output, null
/// where that is 1.
void emitCrossbar(
    Emitter &e, xbar::CrossbarAttr crossbar, neuro::ProjectionOp projection, mlir::Value sums,
    llvm::function_ref<void(llvm::function_ref<void(mlir::Value, mlir::Value)>)> forEvents);

} // namespace engram
