// Mappings in the dialect 'ncore' and the plain data of the algorithms.
#pragma once

#include "dialects/NCore/IR/NCoreOps.h"
#include "lowering/NeuroToNCore/SpikeGraph.h"

namespace engram::ncore {

/// Writes an assignment as an 'ncore.mapping' behind the network: one host for all sources, a core
/// @c<k> a core. Not placed yet.
MappingOp buildMapping(neuro::NetworkOp network, llvm::StringRef name,
                       const SpikeNetwork &spikeNetwork, const Assignment &assignment);

/// The cores of a mapping, in its order, as an assignment of the groups of `spikeNetwork`, which is
/// that of the mapping's network. The mapping has been verified.
Assignment assignmentOf(MappingOp mapping, const SpikeNetwork &spikeNetwork);

/// The mapping of a module: the named one, or the only one; a diagnostic otherwise.
mlir::FailureOr<MappingOp> findMapping(mlir::ModuleOp module, llvm::StringRef name = "");

} // namespace engram::ncore
