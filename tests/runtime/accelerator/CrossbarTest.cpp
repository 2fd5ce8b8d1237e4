// The arithmetic of crossbar tiles against an independent script, and its corners.
#include "runtime/accelerator/Crossbar.h"
#include "runtime/reference/GoldenChip.h"
#include "tests/runtime/accelerator/CrossbarCases.h"
#include <gtest/gtest.h>
#include <map>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::test;

namespace {

TEST(Crossbar, EqualsTheScriptOnRandomTilesRowsAndSpikes) {
  std::vector<uint32_t> noise;
  std::map<uint32_t, std::vector<uint32_t>> rows;
  CrossbarTile tile;
  CrossbarSums sums;
  int conversions = 0, drives = 0;
  for (const CrossbarLine &line : readCrossbarCases(CROSSBAR_CASES)) {
    const std::vector<uint32_t> &words = line.words;
    if (line.command == "noise") {
      noise = words;
    } else if (line.command == "tile") {
      tile = CrossbarTile::decode(words.data());
      auto parts = tile.encode();
      EXPECT_EQ(std::vector<uint32_t>(parts.begin(), parts.end()), words);
    } else if (line.command == "row") {
      rows[words[0]].assign(words.begin() + 1, words.end());
    } else if (line.command == "drive") {
      ReadNoise selected{noise.data(), noiseSelector(tile, words[3] | uint64_t(words[4]) << 32,
                                                     words[0], words[2])};
      drives += sums.drive(tile, rows[words[0]].data(), payloadOf(words[1]),
                           tile.noisy ? &selected : nullptr);
    } else {
      ASSERT_EQ(line.command, "convert");
      std::vector<uint32_t> expected(words.begin() + 1, words.end()), got;
      uint32_t codes = 0;
      for (int64_t value : sums.convert(tile, codes))
        got.push_back(static_cast<uint32_t>(value) & 0xffffff);
      // What was not driven gives nothing.
      if (codes == 0)
        EXPECT_EQ(words[0], 0u);
      ASSERT_EQ(got, expected) << "conversion " << conversions;
      EXPECT_EQ(codes, words[0]) << "conversion " << conversions;
      ++conversions;
    }
  }
  EXPECT_EQ(conversions, 60);
  EXPECT_GT(drives, 200);
}

TEST(Crossbar, TakesPayloadsBelow256AndDrivesNothingForOthers) {
  CrossbarSums sums;
  CrossbarTile tile;
  std::vector<uint32_t> row(CrossbarSizes::cellParts, 0x01010101);
  for (int32_t payload : {256, -256, 1 << 23, -(1 << 23), 0}) {
    EXPECT_EQ(sums.drive(tile, row.data(), payload, nullptr), 0);
    EXPECT_EQ(sums.driven(), 0u);
  }
  EXPECT_TRUE(CrossbarSums::takes(255));
  EXPECT_TRUE(CrossbarSums::takes(-255));
  EXPECT_FALSE(CrossbarSums::takes(256));
  EXPECT_FALSE(CrossbarSums::takes(-256));
}

// 257 drives by currents of at most 510 cannot wrap, one more than rows and spikes are for.
TEST(Crossbar, SumsHoldAllRowsAtFullScaleTwice) {
  CrossbarSums sums;
  CrossbarTile tile;
  tile.noisy = true;
  tile.sigma.fill(255);
  std::vector<uint32_t> row(CrossbarSizes::cellParts), noise(2048, 0x7f7f7f7f);
  for (int slice = 0; slice < 4; ++slice)
    for (int column = 0; column < 128; ++column)
      setCellCode(row.data(), slice, false, column, 255);
  ReadNoise selected{noise.data(), 99};
  for (int k = 0; k < 256; ++k)
    sums.drive(tile, row.data(), -128, &selected);
  EXPECT_EQ(sums.sum(7, 3, 127), -256 * (255 + 253));
  EXPECT_EQ(sums.sum(6, 3, 127), 0);
}

// A tile with two populations' worth of weights: differential pairs of two slices of 4 bits, whose
// converters are as fine as a cell step, add up the weights exactly.
TEST(Crossbar, GivesTheExactSumWithFineConverters) {
  CrossbarTile tile;
  tile.enabled = true;
  tile.converterBits = 13;
  tile.low = {-4096 * 17, -4096 * 17, 0, 0};
  tile.gain.fill((1 << 24) / 17 + 1); // a code a step of 17 = 255 / 15
  tile.zero = {4096, 4096, 0, 0};
  tile.scale = {256, 4096, 0, 0};
  CrossbarSums sums;
  std::vector<int64_t> expected(128);
  uint32_t state = 1;
  for (int r = 0; r < 100; ++r) {
    std::vector<uint32_t> row(CrossbarSizes::cellParts);
    int payload = r % 2 ? -r : 2 * r;
    for (int column = 0; column < 128; ++column) {
      state = state * 1664525 + 1013904223;
      int weight = static_cast<int>(state >> 24) - 128;
      auto magnitude = static_cast<uint32_t>(std::abs(weight));
      setCellCode(row.data(), 0, weight < 0, column, magnitude % 16 * 17);
      setCellCode(row.data(), 1, weight < 0, column, magnitude / 16 * 17);
      expected[static_cast<size_t>(column)] += int64_t(weight) * payload;
    }
    sums.drive(tile, row.data(), payload, nullptr);
  }
  uint32_t codes = 0;
  EXPECT_EQ(sums.convert(tile, codes), expected);
  EXPECT_EQ(codes, 128u * 8 * 2);
}

//===-- in the golden core ----------------------------------------------------------------===//

struct Bed {
  ChipParameters parameters;
  GoldenCore core{parameters};
  CrossbarTile tile;

  Bed() {
    core.write(Memory::KeyMap, 0, 0x100);
    core.write(Memory::KeyMap, 1, ~0xffu);
    core.write(Memory::KeyMap, 2, 1u << 31);
    tile.enabled = true;
    tile.converterBits = 16;
    tile.gain[0] = (1 << 24) - 1;
    tile.scale[0] = 256;
    tile.first = 250;
    tile.port = 2;
    tile.delay = 3;
  }
  void configure(uint32_t number) {
    auto parts = tile.encode();
    for (uint32_t k = 0; k < parts.size(); ++k)
      core.write(Memory::Tile, 32 * number + k, parts[k]);
  }
  uint32_t ring(uint32_t slot, uint32_t neuron, uint32_t port) {
    return core.read(Memory::Ring, (slot * 256 + neuron) * 4 + port);
  }
};

TEST(CrossbarCore, ConvertsAtTheStartOfTheNextUpdateAndForgets) {
  Bed bed;
  bed.configure(1);
  bed.configure(3);
  bed.core.write(Memory::Cell, (1 * 128 + 5) * 256 + 1, 9 << 8); // column 5
  bed.core.write(Memory::Cell, (3 * 128 + 5) * 256 + 2, 20);     // column 8
  bed.core.write(Memory::Axon, 0, 1u << 31 | 1u << 30 | 0xa << 7 | 5);
  bed.core.deliver({0x100, 3}, 14);
  std::vector<Spike> sent;
  EXPECT_EQ(bed.ring(1, 255, 2), 0u);
  bed.core.update(14, sent);
  EXPECT_EQ(bed.ring(1, 255, 2), 27u);
  EXPECT_EQ(bed.ring(1, 2, 2), 60u);
  bed.core.update(15, sent);
  EXPECT_EQ(bed.ring(2, 255, 2), 0u);
  auto reg = [&](Register r) { return bed.core.read(Memory::Register, static_cast<uint32_t>(r)); };
  EXPECT_EQ(reg(Register::Drives), 4u);
  EXPECT_EQ(reg(Register::Conversions), 2u * 2 * 128);
  EXPECT_EQ(reg(Register::Rows), 0u);
  EXPECT_EQ(reg(Register::Sops), 0u);
  EXPECT_EQ(reg(Register::SpikesIn), 1u);
  EXPECT_EQ(reg(Register::FirstErrorCause), 0u);
}

TEST(CrossbarCore, ReportsPayloadsAndTilesThatItDoesNotTake) {
  for (uint32_t number : {0u, 2u})
    for (int32_t payload : {255, 256, -256}) {
      Bed bed;
      bed.configure(2);
      bed.core.write(Memory::Axon, 7, 1u << 31 | 1u << 30 | 1u << (7 + number));
      bed.core.deliver({0x107, payload}, 0);
      bool right = number == 2 && payload == 255;
      EXPECT_EQ(bed.core.read(Memory::Register, 9), right ? 0u : 9u);
      EXPECT_EQ(bed.core.read(Memory::Register, 10), right ? 0u : 4u << 20 | 7);
      EXPECT_EQ(bed.core.counters.drives, right ? 8u : 0u);
    }
}

} // namespace
