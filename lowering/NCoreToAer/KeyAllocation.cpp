// Buddy allocation of keys (aer_k2): blocks in descending size are aligned by themselves.
#include "lowering/NCoreToAer/KeyAllocation.h"
#include <algorithm>
#include <map>
#include <tuple>

using namespace engram;
using namespace engram::aer;

int engram::aer::bitsFor(uint64_t count) {
  int bits = 0;
  while (bits < 63 && (uint64_t(1) << bits) < count)
    ++bits;
  return bits;
}

namespace {

/// Requests and where their blocks begin, before the application's bits.
struct Layout {
  std::vector<uint64_t> start;
  uint64_t end = 0;
};

} // namespace

/// Indices of the requests of each population, in the order of their blocks.
static std::vector<std::vector<size_t>> byPopulation(const std::vector<KeyRequest> &requests) {
  std::map<size_t, std::vector<size_t>> groups;
  for (size_t k = 0; k < requests.size(); ++k)
    groups[requests[k].population].push_back(k);
  std::vector<std::vector<size_t>> result;
  for (auto &[population, members] : groups) {
    auto rank = [&](size_t k) {
      return std::tuple(-bitsFor(requests[k].neurons), requests[k].place, k);
    };
    std::sort(members.begin(), members.end(),
              [&](size_t a, size_t b) { return rank(a) < rank(b); });
    result.push_back(std::move(members));
  }
  return result;
}

static Layout packed(const std::vector<KeyRequest> &requests) {
  std::map<int, std::vector<size_t>, std::greater<>> bySize;
  for (auto &members : byPopulation(requests))
    for (size_t k : members)
      bySize[bitsFor(requests[k].neurons)].push_back(k);
  Layout layout{std::vector<uint64_t>(requests.size()), 0};
  for (auto &[bits, members] : bySize)
    for (size_t k : members) {
      layout.start[k] = layout.end;
      layout.end += uint64_t(1) << bits;
    }
  return layout;
}

static Layout alignedByPopulation(const std::vector<KeyRequest> &requests) {
  std::map<int, std::vector<std::vector<size_t>>, std::greater<>> bySize;
  for (auto &members : byPopulation(requests)) {
    uint64_t size = 0;
    for (size_t k : members)
      size += uint64_t(1) << bitsFor(requests[k].neurons);
    bySize[bitsFor(size)].push_back(std::move(members));
  }
  Layout layout{std::vector<uint64_t>(requests.size()), 0};
  for (auto &[bits, populations] : bySize)
    for (auto &members : populations) {
      uint64_t next = layout.end;
      for (size_t k : members) {
        layout.start[k] = next;
        next += uint64_t(1) << bitsFor(requests[k].neurons);
      }
      layout.end += uint64_t(1) << bits;
    }
  return layout;
}

Expected<std::vector<KeyBlock>> engram::aer::allocateKeys(const std::vector<KeyRequest> &requests,
                                                          const KeySpace &space) {
  if (space.applicationBits < 0 || space.applicationBits > space.bits ||
      (space.application >> space.applicationBits) != 0)
    return fail("application " + std::to_string(space.application) + " needs " +
                std::to_string(bitsFor(space.application + 1)) + " bits of the key, limit is " +
                std::to_string(std::min(space.applicationBits, space.bits)));
  int room = space.bits - space.applicationBits;
  Layout layout = alignedByPopulation(requests);
  if (bitsFor(layout.end) > room)
    layout = packed(requests);
  if (bitsFor(layout.end) > room)
    return fail("keys of " + std::to_string(requests.size()) + " slices need " +
                std::to_string(bitsFor(layout.end) + space.applicationBits) + " bits, limit is " +
                std::to_string(space.bits));
  uint64_t all = (uint64_t(1) << space.bits) - 1;
  std::vector<KeyBlock> blocks;
  for (size_t k = 0; k < requests.size(); ++k)
    blocks.push_back({space.application << room | layout.start[k],
                      all & ~((uint64_t(1) << bitsFor(requests[k].neurons)) - 1)});
  return blocks;
}
