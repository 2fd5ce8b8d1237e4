// The key map of a core: entries that lead the keys of its senders to axons. Plain C++.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engram::ncore {

/// A block of keys that comes to a core: neuron n of the sender has key + n, of 2^bits keys.
struct KeysOfSender {
  uint32_t key = 0;
  int bits = 0;
  std::vector<bool> needed; ///< of each neuron, whether the core has something to do for it
};

/// Keys with key & mask == `key` lead to the axons from `firstAxon` on, the lowest entry first.
struct KeyEntry {
  uint32_t key = 0, mask = 0, firstAxon = 0;
};

struct KeyCover {
  struct Axon {
    int sender = -1; ///< -1: an axon for keys that need none, never valid
    int64_t neuron = 0;
  };
  std::vector<KeyEntry> entries;
  std::vector<Axon> axons;
};

/// A cover of all keys of neurons: each that is needed leads to an axon of its own, the others lead
/// to axons that are not valid, of which they may share some. One entry a sender where that is
/// within the limits, else as few as the number of axons allows; if no cover is within the limits,
/// one with the fewest axons for as many entries as there may be, or with an entry a sender.
KeyCover coverKeys(const std::vector<KeysOfSender> &senders, size_t mostEntries, size_t mostAxons);

} // namespace engram::ncore
