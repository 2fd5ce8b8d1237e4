// The model of a step by closed forms: numbers of Poisson processes, rows, conversions, what
// overlaps.
#include "runtime/StepTime.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace engram;

namespace {

StepTiming timing() {
  StepTiming t;
  t.step = 10;
  t.spike = 1;
  t.latency = 5;
  t.lanes = 4;
  t.hop = 3;
  t.conversion = 20;
  t.conversionsPerCycle = 8;
  return t;
}

CoreWork busy(double programs, double host, double cores) {
  CoreWork work;
  work.programs = programs;
  work.host.spikes = host > 0 ? 1 : 0;
  work.host.busy = host;
  work.cores.spikes = cores > 0 ? 1 : 0;
  work.cores.busy = cores;
  return work;
}

} // namespace

TEST(StepTime, BitsOfCountsAreThoseOfPoissonNumbers) {
  for (double mean : {0.01, 0.5, 3.0}) {
    Outputs counts{Outputs::Counts, 8};
    EXPECT_NEAR(counts.chance(mean), 1 - std::exp(-mean), 1e-12);
    // A Poisson number is odd with (1 - exp(-2 mean)) / 2.
    EXPECT_NEAR(counts.bitChances(mean)[0], (1 - std::exp(-2 * mean)) / 2, 1e-9);
    // Bits times what they are worth add up to the mean.
    double sum = 0;
    for (size_t bit = 0; bit < 8; ++bit)
      sum += std::ldexp(counts.bitChances(mean)[bit], static_cast<int>(bit));
    EXPECT_NEAR(sum, mean, 1e-9);
  }
  // Of one bit, more than one event is one.
  EXPECT_NEAR((Outputs{Outputs::Counts, 1}.bitChances(2)[0]), 1 - std::exp(-2.0), 1e-12);
  EXPECT_EQ((Outputs{Outputs::Levels, 3}.bitChances(1)), std::vector<double>(3, 0.5));
  EXPECT_EQ((Outputs{Outputs::Spikes, 1}.bitChances(0.25)), std::vector<double>(1, 0.25));
}

TEST(StepTime, LanesTakeAWordUntilOneIsTaken) {
  const uint32_t neurons[] = {0, 1, 4, 5, 8, 3};
  EXPECT_EQ(cyclesOfLanes(neurons, 2, 4), 1);
  EXPECT_EQ(cyclesOfLanes(neurons, 3, 4), 2); // 4 comes to the lane of 0
  EXPECT_EQ(cyclesOfLanes(neurons, 6, 4), 3); // {0, 1}, {4, 5}, {8, 3}
  EXPECT_EQ(cyclesOfLanes(neurons, 6, 8), 2); // {0, 1, 4, 5}, {8, 3}
}

TEST(StepTime, RowsAreFetchedAWordACycle) {
  EXPECT_EQ(cyclesOfRow(timing(), 1, 2, 8), 9);
  EXPECT_EQ(cyclesOfRow(timing(), 1, 10, 8), 11);
}

TEST(StepTime, UpdatesAndDeliveryOverlap) {
  EXPECT_EQ(cyclesOfStep({busy(100, 0, 0)}, timing(), 2).sum(), 110);
  // The host's spikes come before, over the links.
  EXPECT_EQ(cyclesOfStep({busy(100, 30, 0)}, timing(), 2).sum(), 10 + 30 + 5 + 6 + 100);
  // A core's spike comes in the middle of the update: the step ends when its row is done.
  StepCycles late = cyclesOfStep({busy(100, 0, 70)}, timing(), 0);
  EXPECT_EQ(late.sum(), 10 + 100 + 70 + 5);
  // Of cores the slowest counts.
  StepCycles two = cyclesOfStep({busy(100, 0, 0), busy(300, 0, 0)}, timing(), 0);
  EXPECT_EQ(two.sum(), 310);
  EXPECT_EQ(two.slowest, 1);
}

TEST(StepTime, OneAfterTheOtherWhereNothingOverlaps) {
  StepTiming apart = timing();
  apart.overlaps = false;
  apart.latency = 0;
  EXPECT_EQ(cyclesOfStep({busy(100, 30, 70)}, apart, 0).sum(), 10 + 30 + 100 + 70);
}

TEST(StepTime, ConversionComesBeforeTheUpdate) {
  EXPECT_EQ(cyclesOfConversion(timing(), 2, 3, 4, 17), 2 * 20 + 3 * 4 * 3);
  CoreWork work = busy(100, 0, 0);
  work.conversion = 50;
  EXPECT_EQ(cyclesOfStep({work}, timing(), 0).sum(), 160);
}
