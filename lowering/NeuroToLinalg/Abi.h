// Where the arrays of a compiled network lie in its block of state: the attribute 'engram.abi'.
#pragma once

#include "dialects/Fx/IR/FixedPoint.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

namespace engram {

/// One array in the block of state. `name` is "population.variable": a state, "output", "spikes"
/// (bytes), or a port's sums; for an external source "source.input".
struct AbiArray {
  std::string name;
  int64_t offset = 0; ///< bytes
  llvm::SmallVector<int64_t> shape;
  mlir::Type type; ///< of what is stored
  /// Of fixed-point numbers: what is stored is the whole number of this format.
  std::optional<fx::Format> format;

  int64_t count() const;
  int64_t bytes() const;
};

/// The layout of one network.
struct Abi {
  std::string network;
  int64_t bytes = 0;
  std::vector<AbiArray> arrays;

  const AbiArray *find(llvm::StringRef name) const;
  mlir::DictionaryAttr toAttr(mlir::MLIRContext *context) const;
  /// The layout of a network from the attribute of a lowered module; failure if it has none of that
  /// name.
  static mlir::FailureOr<Abi> fromModule(mlir::Operation *module, llvm::StringRef network);
};

inline constexpr llvm::StringLiteral abiAttrName = "engram.abi";

} // namespace engram
