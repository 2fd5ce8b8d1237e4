// Places of constants and states.
#include "lowering/NeuroToMicrocode/Steps.h"
#include <gtest/gtest.h>

using namespace engram::a1;

TEST(ConstantTable, KeepsRunsOnceAlsoWhereTheyOverlap) {
  ConstantTable table(8);
  EXPECT_EQ(table.indexOfRun({1, 2, 3, 4}), 0);
  EXPECT_EQ(table.indexOfRun({2, 3}), 1);
  EXPECT_EQ(table.indexOf(4), 3);
  EXPECT_EQ(table.indexOfRun({3, 4, 5}), 2);
  EXPECT_EQ(table.indexOfRun({4, 3}), 5);
  EXPECT_EQ(table.words(), (std::vector<uint32_t>{1, 2, 3, 4, 5, 4, 3}));
  EXPECT_TRUE(table.fits());
  table.indexOfRun({9, 9});
  EXPECT_FALSE(table.fits());
}

TEST(PlaceStates, PacksPairsOfHalvesInOrderAndLeavesWideOnesAlone) {
  std::vector<StateWord> words(5);
  const int widths[] = {16, 32, 12, 1, 16};
  for (int k = 0; k < 5; ++k)
    words[k].width = widths[k];
  std::vector<ValueInfo> values;
  for (int k = 0; k < 5; ++k)
    values.push_back({ValueInfo::State, k});
  std::vector<Step> steps(1);
  steps[0].instruction.opcode = Opcode::STS;
  steps[0].instruction.imm = 2;
  auto unpacked = words;
  auto alone = values;
  auto whole = steps;
  EXPECT_EQ(placeStates(whole, alone, unpacked, false), 5);
  EXPECT_EQ(whole[0].instruction.text(), "sts state[2], r0");
  EXPECT_EQ(placeStates(steps, values, words, true), 3);
  const std::pair<int, int> places[] = {{0, 0}, {1, 0}, {0, 16}, {2, 0}, {2, 16}};
  for (int k = 0; k < 5; ++k)
    EXPECT_EQ(std::pair(values[k].index, values[k].bit), places[k]) << k;
  EXPECT_EQ(steps[0].instruction.text(), "sts state[0].hi, r0");
  EXPECT_EQ(words[2].inWord(0xfffff001), 0xf0010000u);
}

TEST(DropUnused, LeavesOutChainsThatNothingUsesButKeepsPorts) {
  auto step = [](Opcode opcode, std::vector<int> operands, int result) {
    Step made;
    made.instruction.opcode = opcode;
    made.operands.assign(operands.begin(), operands.end());
    made.result = result;
    return made;
  };
  std::vector<Step> steps{step(Opcode::LDP, {}, 0), step(Opcode::ADD, {0, 0}, 1),
                          step(Opcode::NEG, {1}, 2), step(Opcode::ABS, {0}, 3),
                          step(Opcode::STS, {3}, -1)};
  dropUnused(steps, 4);
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_EQ(steps[0].instruction.opcode, Opcode::LDP);
  EXPECT_EQ(steps[1].instruction.opcode, Opcode::ABS);
}
