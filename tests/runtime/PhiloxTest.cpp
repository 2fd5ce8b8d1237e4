// Philox4x32-10 against the known answers of its authors.
#include "runtime/Philox.h"

#include <gtest/gtest.h>

using namespace engram;
using Words = std::array<uint32_t, 4>;

// Lines "philox4x32 10" of tests/kat_vectors in https://github.com/DEShawResearch/random123.
TEST(Philox, GivesTheKnownAnswersOfRandom123) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// The third known answer again, through the layout: its digits of pi as index, step, stream, seed.
TEST(Philox, LaysOutSeedIndexStepAndStreamAsSpecified) {
  constexpr uint64_t seed = 0x299f31d0a4093822, index = 0x85a308d3243f6a88;
  constexpr uint32_t step = 0x13198a2e, stream = 0x03707344;
  EXPECT_EQ(uniform32(seed, stream, index, step), 0xd16cfe09u);
  EXPECT_EQ(uniform32(seed, stream, index, step, 1), 0x94fdccebu);
  EXPECT_EQ(uniform32(seed, stream, index, step, 2), 0x5001e420u);
  EXPECT_EQ(uniform32(seed, stream, index, step, 3), 0x24126ea1u);
}

TEST(Philox, Uniform01IsNeitherZeroNorOne) {
  static_assert(uniform01(0) == 0x1p-33);
  static_assert(uniform01(UINT32_MAX) == 1 - 0x1p-33);
  static_assert(uniform01(0x80000000u) == 0.5 + 0x1p-33);
}
