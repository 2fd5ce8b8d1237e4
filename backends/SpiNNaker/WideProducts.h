// Products that take more than 64 bits, one function for all of them.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace engram::spinnaker {

/// fx.mul and fx.mul_add to the nearest become calls of `core_multiply_add`
/// (runtime/spinnaker/core/ core.h) where the exact result needs more than 64 bits. Written out,
/// each is a few hundred instructions of a machine of 32 bits.
void shareWideProducts(mlir::ModuleOp module, mlir::func::FuncOp function);

} // namespace engram::spinnaker
