// Philox4x32-10 as IR.
#pragma once

#include "mlir/IR/ImplicitLocOpBuilder.h"
#include <array>

namespace engram {

/// `randomWords(seed, stream, index, step)` of runtime/Philox.h as operations of arith: i64, i32,
/// i64 and i32 to four i32.
std::array<mlir::Value, 4> emitPhilox(mlir::ImplicitLocOpBuilder &b, mlir::Value seed,
                                      mlir::Value stream, mlir::Value index, mlir::Value step);

} // namespace engram
