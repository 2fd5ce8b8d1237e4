// The dialect 'neuro' with its attributes and interfaces.
#pragma once

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpImplementation.h"
#include <optional>

namespace engram::neuro {

/// Where a random connector or value draws from: Philox4x32-10 with key `seed`, counter word 3
/// `stream`.
struct RandomKey {
  uint64_t seed = 0;
  uint32_t stream = 0;
};

/// The stream of a named part of a network: the 32-bit FNV-1a hash of its name (`neuro_r1`).
uint32_t streamOf(llvm::StringRef name);

/// Product of a shape's dimensions.
int64_t numElements(llvm::ArrayRef<int64_t> shape);

namespace assembly {
// Numbers in attributes: '0.5' is an f64, '3' in an integer place an i64, everything else an
// attribute.
mlir::FailureOr<mlir::Attribute> parseNumberAttr(mlir::AsmParser &parser);
void printNumberAttr(mlir::AsmPrinter &printer, mlir::Attribute attr);
mlir::FailureOr<llvm::APFloat> parseAPFloat(mlir::AsmParser &parser);
void printDouble(mlir::AsmPrinter &printer, double value);
mlir::FailureOr<bool> parseBool(mlir::AsmParser &parser);
void printBool(mlir::AsmPrinter &printer, bool value);
mlir::FailureOr<llvm::SmallVector<int64_t>> parseInts(mlir::AsmParser &parser);
void printInts(mlir::AsmPrinter &printer, llvm::ArrayRef<int64_t> values);
/// A unit is a keyword ('mV', see unitKeywords) or a string ("mS/cm^2").
mlir::ParseResult parseUnitSymbol(mlir::AsmParser &parser, std::string &unit);
mlir::OptionalParseResult parseOptionalUnitSymbol(mlir::AsmParser &parser, std::string &unit);
void printUnitSymbol(mlir::AsmPrinter &printer, llvm::StringRef unit);
} // namespace assembly

} // namespace engram::neuro

#include "dialects/Neuro/IR/NeuroDialect.h.inc"
#include "dialects/Neuro/IR/NeuroEnums.h.inc"
#include "dialects/Neuro/IR/NeuroInterfaces.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Neuro/IR/NeuroAttrs.h.inc"
