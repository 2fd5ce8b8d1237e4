// The dialect 'fx' with its type and attributes.
#pragma once

#include "dialects/Fx/IR/FixedPoint.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectImplementation.h"

namespace engram::fx {

/// The number as text: decimal with a point where a double holds it, else 'raw' and its whole
/// number.
std::string formatNumber(int64_t raw, Format format);

} // namespace engram::fx

#include "dialects/Fx/IR/FxDialect.h.inc"
#define GET_TYPEDEF_CLASSES
#include "dialects/Fx/IR/FxTypes.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Fx/IR/FxAttrs.h.inc"

namespace engram::fx {

/// What stands in front of the type of a constant: a decimal number, or 'raw' and a whole one.
struct Literal {
  llvm::SMLoc loc;
  bool isRaw = false;
  int64_t raw = 0;
  double value = 0;
};
mlir::ParseResult parseLiteral(mlir::AsmParser &parser, Literal &literal);

/// The constant, or null with a diagnostic if the type does not have the number (fx_c3).
FixedAttr resolveLiteral(mlir::AsmParser &parser, const Literal &literal, mlir::Type type);

} // namespace engram::fx
