// What compiled update programs call, beside the compiler's own numbers of 128 bits and a search
// from the left.
#include "runtime/spinnaker/core/core.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <vector>

using Wide = __int128;

/// round(x / 2^right), of two nearest the even one.
static Wide rounded(Wide x, int right) {
  if (right == 0)
    return x;
  Wide floor = x >> right;
  auto rest = static_cast<unsigned __int128>(x - floor * (Wide(1) << right));
  auto half = static_cast<unsigned __int128>(1) << (right - 1);
  return floor + (rest > half || (rest == half && (floor & 1)));
}

static int64_t expected(const core_product &how, int64_t a, int64_t b, int64_t c) {
  Wide exact = Wide(a) * b * (Wide(1) << how.product) + Wide(c) * (Wide(1) << how.addend);
  Wide x = rounded(exact, how.right);
  return x < how.low ? how.low : x > how.high ? how.high : static_cast<int64_t>(x);
}

TEST(CoreArithmetic, ProductsAreExactRoundToEvenAndSaturate) {
  std::mt19937_64 random(7);
  for (int k = 0; k < 200000; ++k) {
    auto below = [&](uint64_t end) { return static_cast<int>(random() % end); };
    int bitsOfA = 1 + below(62), bitsOfB = 1 + below(62), bitsOfC = 1 + below(62);
    auto number = [&](int bits) { return static_cast<int64_t>(random()) >> (63 - bits); };
    int64_t a = number(bitsOfA), b = number(bitsOfB), c = number(bitsOfC);
    // Many zeros at the end, so that halves are met.
    if (below(3) == 0) {
      a &= ~int64_t(0xfff);
      b &= ~int64_t(0xff);
      c = 0;
    }
    core_product how = {};
    how.product = below(static_cast<uint64_t>(124 - bitsOfA - bitsOfB) / 2 + 1);
    how.addend = below(60);
    how.right = below(100);
    how.high = (int64_t(1) << below(63)) - 1;
    how.low = below(2) ? 0 : -how.high - 1;
    ASSERT_EQ(core_multiply_add(&how, a, b, c), expected(how, a, b, c))
        << a << " * " << b << " << " << how.product << " + " << c << " << " << how.addend << " >> "
        << how.right;
  }
}

TEST(CoreArithmetic, HalvesGoToTheEvenNumber) {
  core_product how = {-100, 100, 0, 0, 1, 0};
  EXPECT_EQ(core_multiply_add(&how, 3, 1, 0), 2);   // 1.5
  EXPECT_EQ(core_multiply_add(&how, 5, 1, 0), 2);   // 2.5
  EXPECT_EQ(core_multiply_add(&how, -3, 1, 0), -2); // -1.5
  EXPECT_EQ(core_multiply_add(&how, -5, 1, 0), -2); // -2.5
  EXPECT_EQ(core_multiply_add(&how, 2, 150, 0), 100);
}

TEST(CoreArithmetic, APieceIsTheLastThatHasBegun) {
  std::mt19937 random(5);
  for (uint32_t count = 0; count < 40; ++count) {
    std::vector<int32_t> starts(count);
    for (int32_t &start : starts)
      start = static_cast<int32_t>(random() % 200) - 100;
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    for (int32_t x = -120; x <= 120; ++x) {
      auto begun = std::count_if(starts.begin(), starts.end(), [&](int32_t s) { return s <= x; });
      ASSERT_EQ(core_piece(starts.data(), static_cast<uint32_t>(starts.size()), x), begun);
    }
  }
}
