// Random operands of 33 bits that find the corners: powers of two, their neighbours, numbers of all
// lengths.
#pragma once

#include <cstdint>
#include <random>

namespace engram::a1::test {

class Numbers {
public:
  explicit Numbers(uint64_t seed) : engine(seed) {}

  uint64_t bits() { return engine(); }
  /// 0 to below `count`.
  uint32_t below(uint32_t count) { return static_cast<uint32_t>(engine() % count); }
  bool oneIn(uint32_t count) { return below(count) == 0; }

  /// A number of 33 bits, two's complement.
  int64_t operand() {
    int64_t x = 0;
    switch (below(4)) {
    case 0: // near a power of two
      x = (int64_t(1) << below(33)) + static_cast<int64_t>(below(3)) - 1;
      break;
    case 1: // few bits, many zeros below
      x = static_cast<int64_t>(engine() & 0xf) << below(30);
      break;
    default: // all lengths alike
      x = static_cast<int64_t>(engine() >> (31 + below(33)));
    }
    if (oneIn(2))
      x = -x;
    return static_cast<int64_t>(static_cast<uint64_t>(x) << 31) >> 31;
  }

private:
  std::mt19937_64 engine;
};

} // namespace engram::a1::test
