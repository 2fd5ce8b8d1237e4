// Whether and how derivatives depend on states: symbolically, on the operations of a region.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"

namespace engram::neuro {

/// True if the value is computed from one of the states.
bool dependsOn(mlir::Value value, llvm::ArrayRef<mlir::Value> states);

/// True if the value is an affine function of the states, as a term of +, -, *, / and select.
bool isAffine(mlir::Value value, llvm::ArrayRef<mlir::Value> states);

/// The factor of a state in a value that is affine in it, built before the insertion point; null
/// for a value that does not depend on the state. `map` gives the values of the copied region.
mlir::Value coefficientOf(mlir::Value value, mlir::Value state, mlir::OpBuilder &builder,
                          mlir::IRMapping &map);

} // namespace engram::neuro
