// Device models against their published formulas, by closed forms of the statistics of many cells.
#include "dialects/Xbar/Transforms/Devices.h"
#include "runtime/Philox.h"
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

using namespace engram;
using namespace engram::xbar;

static constexpr int cells = 20000;

struct Moments {
  double mean = 0, sigma = 0;
};

static Moments momentsOf(const std::vector<double> &values) {
  Moments m;
  for (double value : values)
    m.mean += value / double(values.size());
  for (double value : values)
    m.sigma += (value - m.mean) * (value - m.mean) / double(values.size() - 1);
  m.sigma = std::sqrt(m.sigma);
  return m;
}

/// Conductances of many cells in microsiemens.
static std::vector<double> conductances(Device device, double x, double seconds, bool drifts) {
  std::vector<double> g;
  for (int k = 0; k < cells; ++k) {
    auto words = randomWords(7, 1, static_cast<uint64_t>(k), 0);
    g.push_back(greatestConductance(device) *
                conductanceOf(device, x, seconds, normalOf(words[0], words[1]),
                              drifts ? normalOf(words[2], words[3]) : 0));
  }
  return g;
}

/// Five standard errors of a mean and of a standard deviation.
static void expectMoments(const std::vector<double> &values, double mean, double sigma) {
  Moments m = momentsOf(values);
  EXPECT_NEAR(m.mean, mean, 5 * sigma / std::sqrt(double(cells)) + 1e-12);
  EXPECT_NEAR(m.sigma, sigma, 5 * sigma / std::sqrt(2.0 * cells) + 1e-12);
}

// 0.26348 + 1.965 x - 1.1731 x^2 by hand: 0.5 -> 0.952705, 1 -> 1.05538.
TEST(Devices, ProgrammedPhaseChangeCellsHaveThePublishedSpread) {
  expectMoments(conductances(Device::PCM, 0.5, 20, false), 12.5, 0.952705);
  expectMoments(conductances(Device::PCM, 1, 20, false), 25, 1.05538);
}

// 0.348 + 16.03 x - 43.853 x^2 + 45.393 x^3 - 16.815 x^4 at 0.5: 2.0229375; at 1: 1.103.
TEST(Devices, ProgrammedResistiveCellsOfWanHaveThePublishedSpread) {
  expectMoments(conductances(Device::RRAMWan, 0.5, 20, false), 20, 2.0229375);
  expectMoments(conductances(Device::RRAMWan, 1, 1e6, true), 40, 1.103);
}

// 4.782 - 0.0091 G: 225 -> 2.7345, 112.5 -> 3.75825; 50 is the least that was fitted.
TEST(Devices, ProgrammedResistiveCellsOfMiloHaveThePublishedSpread) {
  expectMoments(conductances(Device::RRAMMilo, 1, 20, false), 225, 2.7345);
  expectMoments(conductances(Device::RRAMMilo, 0.5, 20, false), 112.5, 3.75825);
  EXPECT_DOUBLE_EQ(programmingSigma(Device::RRAMMilo, 0.1), 4.782 - 0.0091 * 50);
  EXPECT_DOUBLE_EQ(usualOnOffRatio(Device::RRAMMilo), 4.5);
}

// log(g / g_20) = -nu log(t / 20): at x = 0.1 the mean exponent is 0.0244 + 0.0155 ln 10 = 0.06009,
// its standard deviation 0.0125 ln 10 - 0.0059 = 0.022882.
TEST(Devices, DriftIsAPowerOfTimeWithThePublishedExponents) {
  double seconds = 20 * std::exp(8.0);
  std::vector<double> exponents;
  for (int k = 0; k < cells; ++k) {
    auto words = randomWords(7, 2, static_cast<uint64_t>(k), 0);
    double drifted = normalOf(words[2], words[3]);
    double ratio = conductanceOf(Device::PCM, 0.1, seconds, 0, drifted) /
                   conductanceOf(Device::PCM, 0.1, 20, 0, drifted);
    // The few below zero are taken with the other sign.
    if (drifted > -0.06009 / 0.022882)
      exponents.push_back(-std::log(ratio) / 8);
  }
  Moments m = momentsOf(exponents);
  EXPECT_NEAR(m.mean, 0.06009, 0.0008);
  EXPECT_NEAR(m.sigma, 0.022882, 0.0008);
  // The bounds of both.
  EXPECT_DOUBLE_EQ(driftOf(Device::PCM, 1).mean, 0.049);
  EXPECT_DOUBLE_EQ(driftOf(Device::PCM, 1).sigma, 0.008);
  EXPECT_DOUBLE_EQ(driftOf(Device::PCM, 1e-6).mean, 0.1);
  EXPECT_DOUBLE_EQ(driftOf(Device::PCM, 1e-6).sigma, 0.045);
  // No drift before the first read, none of other devices.
  EXPECT_DOUBLE_EQ(conductanceOf(Device::PCM, 0.5, 1, 0, 1), 0.5);
  EXPECT_DOUBLE_EQ(conductanceOf(Device::RRAMWan, 0.5, 1e9, 0, 1), 0.5);
}

// At x = 1 a relative 0.0088, times sqrt(ln((t + 250 ns) / 500 ns)): at 20 s ln is 17.5044.
TEST(Devices, ReadNoiseGrowsWithTheLogarithmOfTime) {
  EXPECT_NEAR(readSigma(Device::PCM, 1, 20), 25 * 0.0088 * std::sqrt(17.50439), 1e-5);
  // Low conductances are bounded at a fifth.
  EXPECT_NEAR(readSigma(Device::PCM, 0.001, 20), 25 * 0.001 * 0.2 * std::sqrt(17.50439), 1e-6);
  EXPECT_EQ(readSigma(Device::RRAMWan, 1, 20), 0);
}

TEST(Devices, NormalNumbersHaveUnitVarianceAndNoMean) {
  std::vector<double> values;
  for (uint32_t k = 0; k < cells; ++k) {
    auto words = randomWords(3, 4, k, 0);
    values.push_back(normalOf(words[0], words[1]));
  }
  expectMoments(values, 0, 1);
}
