// What reaches the weights of a projection, as the Hessian that Optimal Brain Compression needs.
#pragma once

#include "dialects/Neuro/IR/NeuroDialect.h"
#include "dialects/Neuro/Quantize/Layer.h"

namespace engram::neuro {

/// The attribute of projections that `HessianSum::result` makes.
inline constexpr llvm::StringLiteral hessianAttrName = "neuro.hessian";

/// Sums x x^T over vectors x that reach the matrices of weights of a connector: `dense` (x: the
/// sources), `conv` (x: the inputs of one output position of one group, in the layout of a filter,
/// so that each position counts), and both within a composition, where x went through the maps
/// before. Padding counts as zeros. Other connectors have no matrix, and nothing is summed.
class HessianSum {
public:
  HessianSum(ConnectorInterface connector, llvm::ArrayRef<int64_t> sourceShape);
  HessianSum(HessianSum &&) noexcept;
  ~HessianSum();

  /// True if there is a matrix of weights to sum for.
  bool hasMatrices() const;
  /// Numbers that the sums take: callers may refuse what is too large.
  int64_t size() const;

  /// One vector of (filtered) outputs of the source.
  void add(llvm::ArrayRef<double> outputs);

  /// The means, f64 [inputs, inputs], resources under `name`. Of a composition an array with an
  /// entry a map, a unit attribute where there is no matrix. Null without matrices.
  mlir::Attribute result(llvm::StringRef name) const;

private:
  struct Map;
  std::vector<Map> maps;
  bool isComposition = false;
};

/// The Hessian of map number `map` of a projection's connector from the attribute, or an empty
/// matrix.
quantize::Matrix readHessian(mlir::Attribute attr, size_t map);

} // namespace engram::neuro
