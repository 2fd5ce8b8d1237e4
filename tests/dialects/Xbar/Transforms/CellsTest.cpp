// Digits, cells, converters: numbers by hand.
#include "dialects/Xbar/Transforms/Cells.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::xbar;

static Slicing sliced(std::vector<int64_t> weights, int64_t targets, int64_t sources,
                      CellOptions options = {}) {
  Expected<Slicing> slicing = slice(std::move(weights), targets, sources, options);
  EXPECT_TRUE(slicing) << (slicing ? "" : slicing.error().message);
  return *slicing;
}

// 107 = 1 * 64 + 2 * 16 + 2 * 4 + 3, 255 / 3 = 85.
TEST(Cells, WeightsBecomeDigitsLeastSignificantFirst) {
  Slicing slicing = sliced({107, -5}, 1, 2);
  EXPECT_EQ(slicing.slices, 4);
  EXPECT_EQ(slicing.step, 85);
  std::vector<uint8_t> codes = programCells(slicing, {}, 0);
  std::vector<uint8_t> expected = {255, 0, 170, 0, 170, 0, 85, 0, 0, 85, 0, 85, 0, 0, 0, 0};
  EXPECT_EQ(codes, expected);
}

TEST(Cells, CommonZerosAtTheEndTakeNoDigit) {
  Slicing slicing = sliced({48, -16, 32}, 1, 3);
  EXPECT_EQ(slicing.shift, 4);
  EXPECT_EQ(slicing.slices, 1);
}

TEST(Cells, AnOnOffRatioLiftsBothCellsOfAPair) {
  CellOptions options;
  options.onOffRatio = 10; // g_min is 25.5, to even 26; (255 - 26) / 3 = 76
  Slicing slicing = sliced({3, -2}, 1, 2, options);
  std::vector<uint8_t> expected = {26 + 3 * 76, 26, 26, 26 + 2 * 76};
  EXPECT_EQ(programCells(slicing, options, 0), expected);
}

TEST(Cells, WhatNeedsMoreThanFourSlicesIsRefused) {
  CellOptions options;
  options.cellBits = 1;
  Expected<Slicing> slicing = slice({31}, 1, 1, options);
  ASSERT_FALSE(slicing);
  EXPECT_EQ(slicing.error().message, "weights of 5 bits beside the sign need 5 slices of 1 bits, "
                                     "limit is 4 slices of at most 8");
  options.cellBits = 4;
  options.onOffRatio = 1.05;
  slicing = slice({31}, 1, 1, options);
  ASSERT_FALSE(slicing);
  EXPECT_EQ(slicing.error().message, "an on-off ratio of 1.05 leaves no room for cells of 4 bits");
}

TEST(Cells, AsManyCellsAreStuckAsAskedForHalfOfThemOpen) {
  CellOptions options;
  options.stuck = 0.1;
  options.seed = 5;
  Slicing slicing = sliced(std::vector<int64_t>(10000, 2), 100, 100, options);
  std::vector<uint8_t> codes = programCells(slicing, options, 9);
  int full = 0, nothing = 0;
  for (int64_t j = 0; j < 100; ++j)
    for (int64_t i = 0; i < 100; ++i) {
      full += codes[slicing.cell(j, 0, 0, i)] == 255;
      nothing += codes[slicing.cell(j, 0, 0, i)] == 0;
    }
  // 500 each, with a standard deviation of 22.
  EXPECT_NEAR(full, 500, 110);
  EXPECT_NEAR(nothing, 500, 110);
}

TEST(Cells, TheFallOfVoltageScalesSegmentsOfRows) {
  CellOptions options;
  options.rows = 4;
  options.lineScales = {1.0, 0.5};
  Slicing slicing = sliced({3, 3, 3, 3, 3}, 1, 5, options);
  std::vector<uint8_t> expected = {255, 0, 255, 0, 128, 0, 128, 0, 255, 0};
  EXPECT_EQ(programCells(slicing, options, 0), expected);
}

// All that drifts to 3/4 is made good for by a factor of 4/3.
TEST(Cells, GainsAreTheLeastSquaresFactorOfWhatCellsBecame) {
  Slicing slicing = sliced({1, -2, 3}, 1, 3);
  std::vector<uint8_t> codes = {64, 0, 0, 128, 191, 0};
  std::vector<double> gains = meanGains(slicing, codes);
  ASSERT_EQ(gains.size(), 1u);
  EXPECT_NEAR(gains[0], (85.0 * 64 + 170 * 128 + 255 * 191) / (85.0 * 85 + 170 * 170 + 255 * 255),
              1e-12);
}

TEST(Cells, RangesOfSlicesDifferByPowersOfTwoAndHoldWhatIsAskedFor) {
  Slicing slicing = sliced({0x7f, -0x15}, 1, 2);
  std::vector<CurrentRange> ranges = {{-1000, 3000}, {-100, 900}, {-300, 0}, {0, 50}};
  Converters converters = convertersFor(slicing, ranges, 8, {1, 1, 1, 1});
  std::vector<double> widths;
  for (size_t s = 0; s < 4; ++s) {
    double unit = 0x1p24 / double(converters.gain[s]);
    widths.push_back(unit);
    double low = double(converters.low[s]), high = low + 255 * unit;
    EXPECT_LE(low, ranges[s].low + unit) << s;
    EXPECT_GE(high, ranges[s].high - unit) << s;
    // No current is the code 'zero', to half a unit of current.
    EXPECT_NEAR(-low / unit, double(converters.zero[s]), 0.5);
    // A code is worth as much as its current: digits of slice s count 4^s.
    EXPECT_NEAR(double(converters.scale[s]) * std::ldexp(1.0, converters.shift),
                256 * unit / 85 * std::pow(4.0, double(s)), 1.0 * (1 << converters.shift));
  }
  // 4000 units of current on 255 codes; slices of a quarter, an eighth, and one unit a code at
  // least.
  EXPECT_NEAR(widths[0], 4000.0 / 255, 1e-3);
  EXPECT_NEAR(widths[1], 1000.0 / 255, 1e-3);
  EXPECT_NEAR(widths[2], 500.0 / 255, 1e-3);
  EXPECT_NEAR(widths[3], 1, 1e-3);
}

TEST(Cells, ScalesThatAreTooLargeMoveIntoTheShift) {
  CellOptions options;
  options.cellBits = 8;
  Slicing slicing = sliced({255}, 1, 1, options);
  Converters converters = convertersFor(slicing, {{-32640, 32640}}, 8, {1});
  EXPECT_EQ(converters.shift, 1);
  EXPECT_EQ(converters.scale[0], 32768);
}

TEST(Cells, TheTableOfNoiseHasAStandardDeviationOf32) {
  std::vector<int64_t> table = noiseTable(1);
  ASSERT_EQ(table.size(), 64u * 128);
  double mean = 0, squares = 0;
  for (int64_t number : table) {
    mean += double(number) / 8192;
    squares += double(number * number) / 8192;
  }
  EXPECT_NEAR(mean, 0, 5 * 32 / std::sqrt(8192.0));
  EXPECT_NEAR(std::sqrt(squares - mean * mean), 32, 5 * 32 / std::sqrt(2 * 8192.0));
  // A part of 0.1 of the conductance in the middle of the eighth step: 4 * 0.1 * 119.5 codes.
  EXPECT_EQ(noiseSigmas(0.1)[7], 48);
}
