// Blocks of keys: powers of two, aligned, disjoint, side by side within a population.
#include "lowering/NCoreToAer/KeyAllocation.h"
#include "tests/lowering/NCoreToAer/TableWalker.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::aer;

static uint64_t sizeOf(const KeyBlock &block, int bits) {
  return ((uint64_t(1) << bits) - 1 & ~block.mask) + 1;
}

TEST(KeyAllocation, BlocksAreAlignedPowersOfTwoThatHoldTheSlicesAndAreDisjoint) {
  test::Random random{7};
  for (int round = 0; round < 200; ++round) {
    std::vector<KeyRequest> requests;
    for (size_t k = 0, n = 1 + random.next(40); k < n; ++k)
      requests.push_back({size_t(random.next(5)), int64_t(1 + random.next(300)), random.next(9)});
    auto blocks = allocateKeys(requests, {24, 4, 9});
    ASSERT_TRUE(blocks) << blocks.error().message;
    std::set<uint64_t> taken;
    for (size_t k = 0; k < requests.size(); ++k) {
      const KeyBlock &block = (*blocks)[k];
      uint64_t size = sizeOf(block, 24);
      EXPECT_EQ(size & (size - 1), 0u);
      EXPECT_EQ(block.key % size, 0u);
      EXPECT_GE(size, uint64_t(requests[k].neurons));
      EXPECT_LT(size, 2 * uint64_t(requests[k].neurons));
      EXPECT_EQ(block.key >> 20, 9u);
      for (uint64_t key = block.key; key < block.key + size; ++key)
        EXPECT_TRUE(taken.insert(key).second) << key;
    }
  }
}

// 3 slices of 5 neurons need 3 blocks of 8, so 32 keys from a multiple of 32; the slice of 2 lies
// behind its larger sister.
TEST(KeyAllocation, PopulationsStartAtPowersOfTwo) {
  auto blocks = allocateKeys({{1, 2, 0}, {0, 5, 2}, {0, 5, 1}, {0, 5, 0}, {1, 4, 1}}, {8, 0, 0});
  ASSERT_TRUE(blocks);
  std::vector<std::pair<uint64_t, uint64_t>> expected{
      {36, 0xfe}, {16, 0xf8}, {8, 0xf8}, {0, 0xf8}, {32, 0xfc}};
  for (size_t k = 0; k < expected.size(); ++k) {
    EXPECT_EQ((*blocks)[k].key, expected[k].first) << k;
    EXPECT_EQ((*blocks)[k].mask, expected[k].second) << k;
  }
}

// 8 + 8 + 8 and 4 + 2 + 2 are 32 keys, but aligned populations would need 32 + 8.
TEST(KeyAllocation, PacksWithoutGapsWhereKeysAreScarce) {
  std::vector<KeyRequest> requests{{0, 8, 0}, {0, 8, 1}, {0, 8, 2},
                                   {1, 4, 0}, {1, 2, 1}, {1, 2, 2}};
  auto blocks = allocateKeys(requests, {5, 0, 0});
  ASSERT_TRUE(blocks) << blocks.error().message;
  std::set<uint64_t> taken;
  for (const KeyBlock &block : *blocks)
    for (uint64_t k = 0; k < sizeOf(block, 5); ++k)
      taken.insert(block.key + k);
  EXPECT_EQ(taken.size(), 32u);
  EXPECT_EQ(*taken.rbegin(), 31u);
}

TEST(KeyAllocation, RefusesWithNeedAndLimit) {
  auto blocks = allocateKeys({{0, 200, 0}, {0, 57, 1}}, {8, 0, 0});
  ASSERT_FALSE(blocks);
  EXPECT_EQ(blocks.error().message, "keys of 2 slices need 9 bits, limit is 8");
  auto application = allocateKeys({{0, 1, 0}}, {8, 2, 5});
  ASSERT_FALSE(application);
  EXPECT_EQ(application.error().message, "application 5 needs 3 bits of the key, limit is 2");
}
