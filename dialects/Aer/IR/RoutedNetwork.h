// All that a module says of one network on a machine of cores: target, mapping, keys and routes.
#pragma once

#include "dialects/Aer/IR/AerOps.h"
#include "dialects/NCore/IR/NCoreOps.h"

namespace engram::aer {

/// Blocks of keys by population or source, and the core of the slice, null for a source.
using KeyBlocks = llvm::DenseMap<std::pair<mlir::StringAttr, mlir::StringAttr>, KeyBlockOp>;
KeyBlocks keyBlocksOf(KeysOp keys);

class RoutedNetwork {
public:
  /// Failure with a diagnostic if the module has no target, or no mapping of the network with
  /// places, keys and routes; it says which pass is missing.
  static mlir::FailureOr<RoutedNetwork> find(neuro::NetworkOp network);

  ncore::TargetAttr target;
  ncore::MappingOp mapping;
  KeysOp keys;
  RoutesOp routes;

  /// The block of keys of a population's slice on a core, or of a source, which has no core. Null
  /// if there is none.
  KeyBlockOp blockOf(mlir::StringAttr population, mlir::StringAttr core = {}) const {
    return blocks.lookup({population, core});
  }

private:
  KeyBlocks blocks;
};

} // namespace engram::aer
