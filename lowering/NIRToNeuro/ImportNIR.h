// NIR networks into the dialect 'neuro'.
#pragma once

#include "lowering/NIRToNeuro/Conventions.h"
#include "lowering/NIRToNeuro/NIRGraph.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include <memory>

namespace engram::nir {

struct ImportOptions {
  double dt = 1e-4;           ///< length of a step, in `timeUnit`
  std::string timeUnit = "s"; ///< unit of the file's times, which the format does not hold
  std::string convention = "nir";
  std::optional<Reset> reset;          ///< instead of the convention's
  std::optional<neuro::Method> method; ///< instead of the convention's
  std::string networkName;             ///< default: the file's name without its ending
  bool singlePrecision = false;        ///< sums in f32
};

/// Reads and checks the file and builds a module that holds the network and, before it, the models
/// of the convention that are not in the library. Diagnostics are at the file and name node and
/// field. The module is verified; library models (I, LI, ..., Relay) are named, not brought in.
///
/// Each op remembers in the discardable attributes `nir.node`, `nir.graph` and `nir.added_delay`
/// what the IR has no use for, so that exportNIR gives the same file. Arrays of more than 16
/// numbers are resource blobs that share the memory of the graph.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
importNIR(const std::string &path, mlir::MLIRContext *context, const ImportOptions &options = {});

/// The same of a graph in memory; `file` stands for the path in messages.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>> importNIR(std::shared_ptr<const Graph> graph,
                                                             const std::string &file,
                                                             mlir::MLIRContext *context,
                                                             const ImportOptions &options = {});

} // namespace engram::nir
