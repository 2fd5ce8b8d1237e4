// Reading numbers out of attributes, whatever their storage.
#pragma once

#include "dialects/Neuro/IR/NeuroDialect.h"
#include <vector>

namespace engram::neuro {

/// No array of a network has more numbers than this.
inline constexpr int64_t maxNumbers = int64_t(1) << 31;

/// True for a float, an integer, or a dense (possibly resource) elements attribute of these with at
/// most 'maxNumbers' elements.
bool isNumeric(mlir::Attribute attr);

/// False for a resource whose bytes are missing (elided) or are not those of its type. Requires
/// isNumeric. While a file is being read no resource has data yet: attributes cannot check this,
/// operations can.
bool hasData(mlir::Attribute attr);

/// Number of elements: 1 for a scalar.
int64_t numNumbers(mlir::Attribute attr);

/// All numbers as double, row-major. Requires isNumeric. An elided resource reads as an empty
/// vector.
std::vector<double> readNumbers(mlir::Attribute attr);

/// All numbers as int64, row-major. Requires integers.
std::vector<int64_t> readIntegers(mlir::Attribute attr);

/// The element type of an elements attribute, or the type of the scalar.
mlir::Type numberType(mlir::Attribute attr);

/// An elements attribute of `type` from doubles: inline when short, a resource blob named `name`
/// else.
mlir::ElementsAttr makeElements(mlir::ShapedType type, llvm::ArrayRef<double> values,
                                llvm::StringRef name);
mlir::ElementsAttr makeElements(mlir::ShapedType type, llvm::ArrayRef<int64_t> values,
                                llvm::StringRef name);

/// The value that a named number of a population takes in each neuron: a scalar or an elements
/// attribute, a quantity (converted to `unit`), or a distribution drawn on the stream of
/// "population/name" (`neuro_r2`). Returns one value (uniform) or `count`; a diagnostic through
/// `emitError` and failure otherwise.
mlir::FailureOr<std::vector<double>>
valuesOf(mlir::Attribute attr, int64_t count, llvm::StringRef unit, RandomKey key,
         llvm::function_ref<mlir::InFlightDiagnostic()> emitError);

} // namespace engram::neuro
