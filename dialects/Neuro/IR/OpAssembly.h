// Assembly of operations: what 'custom' directives of the dialects call, by the name of the
// directive.
#pragma once

#include "dialects/Neuro/IR/NeuroDialect.h"
#include "mlir/IR/OpImplementation.h"

namespace engram::neuro::assembly {

mlir::ParseResult parseQuantity(mlir::OpAsmParser &parser, QuantityAttr &attr);
void printQuantity(mlir::OpAsmPrinter &printer, mlir::Operation *, QuantityAttr attr);
mlir::ParseResult parseSeed(mlir::OpAsmParser &parser, mlir::IntegerAttr &attr);
void printSeed(mlir::OpAsmPrinter &printer, mlir::Operation *, mlir::IntegerAttr attr);
mlir::ParseResult parsePrecision(mlir::OpAsmParser &parser, mlir::TypeAttr &attr);
void printPrecision(mlir::OpAsmPrinter &printer, mlir::Operation *, mlir::TypeAttr attr);
mlir::ParseResult parseInts(mlir::OpAsmParser &parser, mlir::DenseI64ArrayAttr &attr);
void printInts(mlir::OpAsmPrinter &printer, mlir::Operation *, mlir::DenseI64ArrayAttr attr);
mlir::ParseResult parseShape(mlir::OpAsmParser &parser, mlir::DenseI64ArrayAttr &attr);
mlir::ParseResult parseOptionalShape(mlir::OpAsmParser &parser, mlir::DenseI64ArrayAttr &attr);
void printShape(mlir::OpAsmPrinter &printer, mlir::Operation *op, mlir::DenseI64ArrayAttr attr);
void printOptionalShape(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                        mlir::DenseI64ArrayAttr attr);
mlir::ParseResult parseValues(mlir::OpAsmParser &parser, mlir::DictionaryAttr &attr);
void printValues(mlir::OpAsmPrinter &printer, mlir::Operation *op, mlir::DictionaryAttr attr);
mlir::ParseResult parseMethod(mlir::OpAsmParser &parser, MethodAttr &attr);
void printMethod(mlir::OpAsmPrinter &printer, mlir::Operation *, MethodAttr attr);
mlir::ParseResult parseUnit(mlir::OpAsmParser &parser, mlir::StringAttr &attr);
void printUnit(mlir::OpAsmPrinter &printer, mlir::Operation *, mlir::StringAttr attr);
mlir::ParseResult parseDelay(mlir::OpAsmParser &parser, mlir::Attribute &attr);
void printDelay(mlir::OpAsmPrinter &printer, mlir::Operation *op, mlir::Attribute attr);
mlir::ParseResult parseEvery(mlir::OpAsmParser &parser, mlir::IntegerAttr &attr);
void printEvery(mlir::OpAsmPrinter &printer, mlir::Operation *, mlir::IntegerAttr attr);

} // namespace engram::neuro::assembly
