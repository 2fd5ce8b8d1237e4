// Geometry of machines against closed forms.
#include "runtime/spinnaker/Boards.h"
#include <gtest/gtest.h>
#include <set>

using namespace engram::spinnaker;

// The chips of a board lie between two pairs of lines: 0 <= x, y <= 7 and -3 <= x - y <= 4.
TEST(Boards, AreHexagonsOf48ChipsThatTileThePlane) {
  std::map<std::pair<int, int>, int> chipsOfBoard;
  for (int y = -24; y < 48; ++y)
    for (int x = -24; x < 48; ++x) {
      auto [ex, ey] = boardOf(x, y);
      EXPECT_TRUE(isEthernetChip(ex, ey));
      int dx = x - ex, dy = y - ey;
      EXPECT_TRUE(dx >= 0 && dx <= 7 && dy >= 0 && dy <= 7 && dx - dy >= -3 && dx - dy <= 4);
      ++chipsOfBoard[{ex, ey}];
    }
  for (auto &[place, chips] : chipsOfBoard)
    if (place.first >= -16 && place.first < 40 && place.second >= -16 && place.second < 40)
      EXPECT_EQ(chips, 48);
}

// 3 x n boards in rows of 12 chips wrap around: 12 * 12 n chips, six links each. A hexagon's rim
// has 8 links of each of three lines twice: 48 links lead out of a board.
TEST(Boards, OfATorusHaveSixLinksAChipAndFortyEightToOthersABoard) {
  for (int boards = 3; boards <= 24; boards += 3) {
    MachineShape machine;
    machine.width = 12;
    machine.height = 4 * boards;
    machine.wraps = true;
    auto chips = chipsOf(machine);
    EXPECT_EQ(chips.size(), 48u * boards);
    int links = 0, across = 0;
    for (auto &chip : chips)
      for (int l = 0; l < numLinks; ++l) {
        ASSERT_GE(chip.neighbours[l], 0);
        EXPECT_EQ(chips[chip.neighbours[l]].neighbours[opposite(l)], &chip - chips.data());
        EXPECT_EQ(chips[chip.neighbours[l]].toOtherBoard[opposite(l)], chip.toOtherBoard[l]);
        ++links;
        across += chip.toOtherBoard[l];
      }
    EXPECT_EQ(links, 6 * 48 * boards);
    EXPECT_EQ(across, 48 * boards);
  }
}

TEST(Boards, OneAloneHas240LinksAndNoneToOthers) {
  MachineShape machine;
  machine.width = machine.height = 8;
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x)
      if (x - y > 4 || x - y < -3)
        machine.absent.push_back({x, y});
  auto chips = chipsOf(machine);
  ASSERT_EQ(chips.size(), 48u);
  int links = 0;
  for (auto &chip : chips)
    for (int l = 0; l < numLinks; ++l) {
      links += chip.neighbours[l] >= 0;
      EXPECT_FALSE(chip.toOtherBoard[l]);
    }
  // 6 * 48 ends less the 48 of the rim.
  EXPECT_EQ(links, 240);
}

TEST(Boards, DeadLinksAreDeadFromBothEnds) {
  MachineShape machine;
  machine.width = machine.height = 2;
  machine.wraps = true;
  machine.deadLinks = {{0, 0, 3}, {0, 1, 4}};
  auto chips = chipsOf(machine);
  EXPECT_EQ(chips[0].neighbours[3], -1);
  EXPECT_EQ(chips[1].neighbours[0], -1);
  EXPECT_EQ(chips[2].neighbours[4], -1);
  EXPECT_EQ(chips[1].neighbours[1], -1);
  EXPECT_EQ(chips[0].neighbours[0], 1);
}
