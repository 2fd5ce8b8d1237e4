// Operations of 'fx'.
#pragma once

#include "dialects/Fx/IR/FxDialect.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include <optional>

#include "dialects/Fx/IR/FxInterfaces.h.inc"
#define GET_OP_CLASSES
#include "dialects/Fx/IR/FxOps.h.inc"

namespace engram::fx {

/// A constant as EvaluateInterface takes it; nothing if the attribute is none.
std::optional<int64_t> toRaw(mlir::Attribute attr);

/// The constant of a type that EvaluateInterface's number means.
mlir::Attribute fromRaw(int64_t raw, mlir::Type type);

} // namespace engram::fx
