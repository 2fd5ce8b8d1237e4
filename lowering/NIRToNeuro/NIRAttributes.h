// What NIR holds as attributes of the IR: arrays that share the file's memory, metadata, fields
// that are remembered for export.
#pragma once

#include "lowering/NIRToNeuro/NIRGraph.h"
#include "runtime/Error.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include <memory>

namespace engram::nir {

/// The name of the discardable attribute on each op that a node became, and its keys.
inline constexpr llvm::StringLiteral nodeAttrName = "nir.node";
/// On the network: version, metadata, order of nodes, nesting.
inline constexpr llvm::StringLiteral graphAttrName = "nir.graph";
/// On a projection: steps of delay that the file does not hold (a cycle closed, a convention).
inline constexpr llvm::StringLiteral addedDelayAttrName = "nir.added_delay";

/// The element type of the IR for a type of the file.
mlir::Type elementType(DType dtype, mlir::MLIRContext *context);

/// The array as an elements attribute of `shape` (the array's own if absent). More than 16 numbers
/// become a resource blob that refers to the array's memory and keeps `owner` alive.
mlir::ElementsAttr toElements(const Array &array, const std::shared_ptr<const Graph> &owner,
                              llvm::StringRef name, mlir::MLIRContext *context,
                              std::optional<llvm::ArrayRef<int64_t>> shape = std::nullopt);

/// A field kept word for word: an elements attribute, a string, or an array of strings.
mlir::Attribute toAttribute(const Field &field, const std::shared_ptr<const Graph> &owner,
                            llvm::StringRef name, mlir::MLIRContext *context);

mlir::DictionaryAttr toAttribute(const Metadata &metadata,
                                 const std::shared_ptr<const Graph> &owner, llvm::StringRef name,
                                 mlir::MLIRContext *context);

/// The inverse of the above; an error if the attribute is not of that form or its blob is elided.
Expected<Field> toField(mlir::Attribute attr);
Expected<Array> toArray(mlir::Attribute attr);
Expected<Metadata> toMetadata(mlir::Attribute attr);

/// Numbers as an array of a dtype and shape: all of them, or one spread over the shape. An error
/// if the dtype cannot hold one of them exactly.
Expected<Array> makeArray(llvm::ArrayRef<double> values, DType dtype, std::vector<int64_t> shape);

/// The type that stands for an array of equal numbers, "tensor<40xf32>", and back.
mlir::RankedTensorType typeOf(const Array &array, mlir::MLIRContext *context);
std::optional<DType> dtypeOf(mlir::Type type);

/// The one number that all elements are, bit for bit; empty if they differ.
std::optional<double> uniformValue(const Array &array);

} // namespace engram::nir
