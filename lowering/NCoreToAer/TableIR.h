// What the passes that make and change tables share: keys of senders, limits of the target.
#pragma once

#include "dialects/Aer/IR/AerOps.h"
#include "lowering/NCoreToAer/KeyAllocation.h"
#include "lowering/NCoreToAer/MappedNetwork.h"

namespace engram::aer {

/// The block of keys of each sender.
std::vector<KeyBlock> blocksOf(KeysOp keys, const MappedNetwork &network);

/// The attribute of `aer.routes` with the random numbers that a connector might take, if that is
/// not the default.
inline constexpr llvm::StringLiteral drawsAttrName = "aer.draws";
inline constexpr int64_t defaultDraws = 10000000;

/// What `MappedNetwork::destinations` has to be given to know where packets go on these routes.
int64_t drawsOf(RoutesOp routes);

/// All tables that are too large: the first in the error, the others in notes.
mlir::LogicalResult checkTables(RoutesOp routes, const ncore::Target &target);

} // namespace engram::aer
