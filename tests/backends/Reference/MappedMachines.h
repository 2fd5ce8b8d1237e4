// Random machines and mappings, an independent reader of routing tables in the IR, and the two runs
// that have to be equal.
#pragma once

#include "backends/Reference/CoreMachine.h"
#include "dialects/Aer/IR/AerOps.h"
#include "mlir/IR/OwningOpRef.h"
#include <set>

namespace engram::test {

/// Numbers from a seed, the same everywhere.
struct Random {
  uint64_t state;
  uint64_t next(uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
  }
};

/// A context with all dialects of ours.
std::unique_ptr<mlir::MLIRContext> createContext();

/// A machine of any topology with room for any small network, often with dead links.
ncore::Target randomTarget(Random &random);

/// Gives the module a target, and its network a placed mapping: each population cut into contiguous
/// or scattered pieces on random cores.
ncore::MappingOp addRandomMapping(neuro::NetworkOp network, const ncore::Target &target,
                                  Random &random);

/// The same by ncore-partition, with a random partition of this seed, and ncore-place.
mlir::LogicalResult addPartition(neuro::NetworkOp network, ncore::Target target, uint64_t seed);

/// Keys and routes with random options, by the passes.
mlir::LogicalResult addRandomRoutes(mlir::ModuleOp module, Random &random);

/// Every key of every slice and source, followed through the tables: the cores that it reaches have
/// to be those that hold a target of the slice, each once. Returns what is wrong, or nothing.
std::string checkRoutes(neuro::NetworkOp network);

} // namespace engram::test
