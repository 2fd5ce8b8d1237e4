// Philox4x32-10: random numbers as a pure function of where they are used, the same on every
// target.
#pragma once

#include <array>
#include <cstdint>

namespace engram {

/// The Philox4x32 generator with 10 rounds: four random words of a counter and a key.
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
///
/// One round, on (c0, c1, c2, c3) with round key (k0, k1), where hi and lo are the halves of the
/// 64-bit product: (hi(M1*c2) ^ c1 ^ k0, lo(M1*c2), hi(M0*c0) ^ c3 ^ k1, lo(M0*c0)). After each
/// round but the last the key grows by the Weyl constants.
constexpr std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> counter,
                                             std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    uint64_t product0 = uint64_t(0xD2511F53) * counter[0];
    uint64_t product1 = uint64_t(0xCD9E8D57) * counter[2];
    counter = {uint32_t(product1 >> 32) ^ counter[1] ^ key[0], uint32_t(product1),
               uint32_t(product0 >> 32) ^ counter[3] ^ key[1], uint32_t(product0)};
    key = {key[0] + 0x9E3779B9u, key[1] + 0xBB67AE85u};
  }
  return counter;
}

/// Four words for one use. The layout is part of the specification, since compiled code and the
/// hardware compute the same: key = (seed low, seed high); counter = (index low, index high, step,
/// stream). 'stream' tells uses apart (one number per random quantity of the network), 'index' is
/// the neuron or synapse, 'step' the time step.
constexpr std::array<uint32_t, 4> randomWords(uint64_t seed, uint32_t stream, uint64_t index,
                                              uint32_t step) {
  return philox4x32({uint32_t(index), uint32_t(index >> 32), step, stream},
                    {uint32_t(seed), uint32_t(seed >> 32)});
}

/// Word 'word' (0 to 3) of randomWords: uniform in [0, 2^32).
constexpr uint32_t uniform32(uint64_t seed, uint32_t stream, uint64_t index, uint32_t step,
                             uint32_t word = 0) {
  return randomWords(seed, stream, index, step)[word & 3];
}

/// (bits + 0.5) * 2^-32: exact in double, never 0 and never 1, symmetric about one half.
constexpr double uniform01(uint32_t bits) { return (double(bits) + 0.5) * 0x1p-32; }

} // namespace engram
