// What each scalar operation of arith and math means, on numbers.
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

} // namespace engram::neuro
