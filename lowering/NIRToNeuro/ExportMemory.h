// What the attribute 'nir.node' remembers of the file that a network came from.
#pragma once

#include "lowering/NIRToNeuro/NIRGraph.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"
#include <optional>

namespace engram::nir {

/// More weights than this are not made out of a symbolic connector.
constexpr int64_t mostWeights = int64_t(1) << 28;

/// The fields that are kept word for word or in type; empty if there are none.
mlir::DictionaryAttr rememberedFields(mlir::Operation *op);

/// The type of node; empty if it follows from the op.
llvm::StringRef rememberedType(mlir::Operation *op);

/// True if the file left out the field.
bool wasAbsent(mlir::Operation *op, llvm::StringRef name);

/// The element type and shape that a field had in the file.
std::optional<std::pair<DType, std::vector<int64_t>>> rememberedForm(mlir::DictionaryAttr fields,
                                                                     llvm::StringRef name);

/// Numbers in the form of the file if they fit into it, else as float64.
Array formed(llvm::ArrayRef<double> values, mlir::DictionaryAttr fields, llvm::StringRef name,
             const std::vector<int64_t> &shape);

/// A row of whole numbers, as the fields of NIR hold shapes and windows.
Array integers(llvm::ArrayRef<int64_t> values);

} // namespace engram::nir
