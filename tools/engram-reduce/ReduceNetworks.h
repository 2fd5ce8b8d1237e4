// The pass 'neuro-reduce'.
#pragma once

namespace engram::reduce {

/// Registers `neuro-reduce{test=SCRIPT test-arg=... max-tests=N}`. MLIR's `reduction-tree` chooses
/// which operations of a region to keep and applies patterns to all of a range; a network is made
/// of few large operations that name each other, so this takes one part of them after another.
void registerReduceNetworks();

} // namespace engram::reduce
