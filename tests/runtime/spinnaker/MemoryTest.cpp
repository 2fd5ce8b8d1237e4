// Memory of a chip: what a run changes is undone, and cores share its rate.
#include "runtime/spinnaker/Memory.h"
#include <gtest/gtest.h>

using namespace engram::spinnaker;

TEST(Memory, RestoresWhatWasWritten) {
  Memory memory;
  std::vector<uint32_t> words(1000);
  for (uint32_t k = 0; k < 1000; ++k)
    words[k] = k;
  memory.addRegion(sdramBase + 4096, words, 5000);
  for (uint32_t k = 0; k < 1250; k += 7)
    memory.setWord(sdramBase + 4096 + 4 * k, ~k);
  EXPECT_EQ(memory.word(sdramBase + 4096 + 28), ~7u);
  memory.restore();
  for (uint32_t k = 0; k < 1250; ++k)
    EXPECT_EQ(memory.word(sdramBase + 4096 + 4 * k), k < 1000 ? k : 0);
}

TEST(Memory, RefusesWhatBelongsToNoRegion) {
  Memory memory;
  memory.addRegion(sdramBase, {1, 2, 3}, 12);
  memory.addRegion(sdramBase + 16, {4}, 4);
  uint32_t words[2];
  EXPECT_TRUE(memory.read(sdramBase + 4, words, 8));
  EXPECT_FALSE(memory.read(sdramBase + 8, words, 8));
  EXPECT_FALSE(memory.write(sdramBase + 12, words, 4));
  EXPECT_TRUE(memory.write(sdramBase + 16, words, 4));
  EXPECT_FALSE(memory.read(sdramBase - 4, words, 4));
  EXPECT_FALSE(memory.read(sdramBase + 0x7fffffff, words, 4));
}

TEST(Memory, TransfersOfAChipTakeTurns) {
  Memory memory;
  Timing timing;
  timing.sdramBytesPerSecond = 500000000;
  timing.dmaSetup = 100 * nanosecond;
  EXPECT_EQ(memory.transfer(0, 1000, timing), 2100 * nanosecond);
  EXPECT_EQ(memory.transfer(0, 500, timing), 3100 * nanosecond);
  EXPECT_EQ(memory.transfer(10 * microsecond, 500, timing), 11100 * nanosecond);
}
