// Blocks of cubes are compared at once, and looked at one by one only where there is something.
#include "lowering/NCoreToAer/CubeScan.h"

using namespace engram::aer;

#if defined(__x86_64__) && defined(__ELF__)
#define ENGRAM_VECTOR_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define ENGRAM_VECTOR_CLONES
#endif

ENGRAM_VECTOR_CLONES
static size_t scan(const uint64_t *keys, const uint64_t *masks, uint64_t key, uint64_t mask,
                   size_t from, size_t end) {
  constexpr size_t block = 16;
  for (; from + block <= end; from += block) {
    uint64_t any = 0;
    for (size_t k = from; k < from + block; ++k)
      any |= ((keys[k] ^ key) & masks[k] & mask) == 0 ? ~uint64_t(0) : 0;
    if (any == 0)
      continue;
    for (size_t k = from;; ++k)
      if (((keys[k] ^ key) & masks[k] & mask) == 0)
        return k;
  }
  for (; from < end; ++from)
    if (((keys[from] ^ key) & masks[from] & mask) == 0)
      return from;
  return end;
}

size_t CubeList::firstMeeting(Cube cube, size_t from, size_t end) const {
  return scan(keys.data(), masks.data(), cube.key, cube.mask, from, end);
}
