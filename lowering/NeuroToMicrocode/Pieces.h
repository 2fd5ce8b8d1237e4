// Functions of one number that are pieces: a constant a piece, chosen by comparisons.
#pragma once

#include "dialects/Fx/IR/FxOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

namespace engram::a1 {

/// What `select(x >= starts[n-1], choices[n], ... select(x >= starts[0], choices[1], choices[0]))`
/// chooses: the choice by the number of starts that x is not below, which ascend.
struct Pieces {
  mlir::Value x;
  std::vector<int64_t> starts, choices; ///< raw; one choice more than starts
};

/// The pieces of the last selection of a chain of at least two; nothing of others.
std::optional<Pieces> piecesOf(mlir::arith::SelectOp last);

} // namespace engram::a1
