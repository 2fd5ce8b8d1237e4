// Chains of choices between constants become tables that are searched.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace engram::spinnaker {

/// A function by pieces is `x >= c_n ? v_n : ... x >= c_1 ? v_1 : v_0` in fixed point, one chain of
/// arith.select for each coefficient (dialects/Neuro/Quantize). Where the c ascend and there are
/// four or more, they become a constant array that `core_piece` (runtime/spinnaker/core/core.h)
/// searches once for all chains, and the v arrays that are read at the place that it finds. Smaller
/// by a factor of five than compares and moves, which a core without caches would also take longer
/// for.
void tabulatePieces(mlir::ModuleOp module, mlir::func::FuncOp function);

} // namespace engram::spinnaker
