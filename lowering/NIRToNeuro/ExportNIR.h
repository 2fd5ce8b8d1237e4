// Networks of the dialect 'neuro' into NIR files.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "lowering/NIRToNeuro/NIRGraph.h"

namespace engram::nir {

/// The network as a NIR graph. What importNIR remembered gives back names, element types, nesting
/// and metadata, as far as they still agree with the IR. What NIR cannot say (other sources,
/// models, random connectors, states that are probed, initial values) is refused with a diagnostic
/// at the op; all-to-all and CSR become Linear nodes, a delay becomes a Delay node. Relays vanish.
mlir::FailureOr<Graph> exportNIR(neuro::NetworkOp network);

/// The same into a file, which appears whole or not at all.
llvm::LogicalResult exportNIR(neuro::NetworkOp network, const std::string &path);

} // namespace engram::nir
