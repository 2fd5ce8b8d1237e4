// Blocks of routing keys, one a slice: powers of two, aligned, those of a population side by side.
#pragma once

#include "runtime/Error.h"
#include <cstdint>
#include <vector>

namespace engram::aer {

/// A slice (or source) that needs a key for each of its neurons.
struct KeyRequest {
  size_t population = 0; ///< slices with the same number lie side by side
  int64_t neurons = 0;
  uint64_t place = 0; ///< within a population, slices that are near have near numbers
};

/// The keys `key` ... `key + ~mask`; local neuron n has `key + n`.
struct KeyBlock {
  uint64_t key = 0, mask = 0;
};

/// The topmost `applicationBits` of `bits` are the same for all keys of a network.
struct KeySpace {
  int bits = 32;
  int applicationBits = 0;
  uint64_t application = 0;
};

/// Bits that number `count` things.
int bitsFor(uint64_t count);

/// A block for each request: application | population | core | atom. Within a population larger
/// blocks come first, which needs no gaps; then in the order of `place`. Populations are aligned to
/// powers of two, largest first, so that one entry can cover one; where the keys do not suffice for
/// that, they are packed without gaps. The error says need and limit.
Expected<std::vector<KeyBlock>> allocateKeys(const std::vector<KeyRequest> &requests,
                                             const KeySpace &space);

} // namespace engram::aer
