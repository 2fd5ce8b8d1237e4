// Tables against a search entry by entry, and the waits of the control register against the data
// sheet's list.
#include "runtime/spinnaker/Router.h"
#include <gtest/gtest.h>
#include <random>

using namespace engram::spinnaker;

TEST(RouterTable, TakesTheFirstEntryThatMatches) {
  std::mt19937 random(2);
  for (int round = 0; round < 50; ++round) {
    std::vector<RouteEntry> entries;
    for (int k = 0; k < 200; ++k) {
      RouteEntry entry;
      entry.mask = 0xfff & random() & random();
      entry.key = random() & entry.mask;
      entry.route = random() & 0xffffff;
      entries.push_back(entry);
    }
    RouterTable table(entries);
    for (uint32_t key = 0; key < 0x1000; key += 1 + random() % 3) {
      int first = -1;
      for (int k = 199; k >= 0; --k)
        if (((key ^ entries[k].key) & entries[k].mask) == 0)
          first = k;
      EXPECT_EQ(table.match(key), first);
      EXPECT_EQ(table.match(key), first);
    }
  }
}

TEST(RouterTable, OutputsAreLinksThenProcessors) {
  RouteEntry entry;
  entry.route = 1u << 2 | 1u << 6 | 1u << 23;
  entry.addCore(100);
  RouterTable table({entry});
  std::vector<int> outputs;
  table[0].each([&](int output) { outputs.push_back(output); });
  EXPECT_EQ(outputs, (std::vector<int>{2, 6, 23, 107}));
}

TEST(RouterTable, WaitOfTheControlRegisterHasFourBitsOfMantissaAndExponent) {
  EXPECT_EQ(waitOfRegister(0x40), 240); // what the system software sets
  EXPECT_EQ(waitOfRegister(0x4f), 480); // what the reinjecting monitor sets
  EXPECT_EQ(waitOfRegister(0x00), 0);
  EXPECT_EQ(waitOfRegister(0x01), 1);
  EXPECT_EQ(waitOfRegister(0x0f), 15);
  EXPECT_EQ(waitOfRegister(0x50), 512);
}
