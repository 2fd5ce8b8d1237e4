// What the optimizer cannot see: that the arrays in a network's block of state do not overlap.
#pragma once

#include "llvm/IR/Module.h"

namespace engram::cpu {

/// Marks loads and stores at `argument + constant + ...` of each function with one pointer argument
/// as accesses of the array that starts at that constant, and as free of overlap with those of
/// other arrays. Holds for what NeuroToLinalg emits, where an access stays in the array whose view
/// it uses. Without it, loops over arrays of several widths do not become vector code.
void addAliasScopes(llvm::Module &module);

} // namespace engram::cpu
