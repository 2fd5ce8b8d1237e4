// The sources of a neuron under a fixed in-degree, as drawn: for who does not need their order.
#pragma once

#include "dialects/Neuro/IR/NeuroDialect.h"

namespace engram::neuro {

/// The sources of target neuron `target`, `sources.size()` of `count`, in the order in which they
/// are drawn (neuro_r4).
void drawIndegree(RandomKey key, uint64_t count, uint64_t target,
                  llvm::MutableArrayRef<int64_t> sources);

} // namespace engram::neuro
