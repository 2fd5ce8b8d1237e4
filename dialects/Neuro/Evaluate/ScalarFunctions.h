// What each scalar operation of arith, math and fx means, on numbers.
#pragma once

#include "mlir/IR/Operation.h"
#include <functional>

namespace engram::neuro {

/// A function of up to three numbers. Integers and booleans are exact in a double; results are
/// already rounded to the operation's type.
using ScalarFunction = std::function<double(double, double, double)>;

/// The meaning of an operation, chosen by its name, its predicate and its types; empty if there is
/// none.
ScalarFunction scalarFunction(mlir::Operation *op);

/// What an operation has at most: 'fx.mul_add' with stochastic rounding.
inline constexpr unsigned maxOperands = 4;

/// A function of the numbers that fixed-point values stand for; it refers to the operation.
using FixedPointFunction = std::function<double(const double *operands)>;

/// The meaning of an operation of fx; empty for others.
FixedPointFunction fixedPointFunction(mlir::Operation *op);

} // namespace engram::neuro
