// Machines side by side: an echo, one that is wrong in one place, one that comes later.
#include "runtime/Compare.h"
#include "tests/runtime/RunnerMachine.h"

#include "runtime/NoiseInput.h"

#include <cmath>
#include <deque>

using namespace engram;
using namespace engram::test;

namespace {

/// Adds 'error' to what neuron 1 of the probe "sum" shows after some step of each run.
class WrongMachine : public EchoMachine {
public:
  WrongMachine(int64_t step, double error) : step(step), error(error) {}
  void readProbe(size_t probe, double *out) const override {
    EchoMachine::readProbe(probe, out);
    if (probe == 1 && done == step + 1)
      out[1] += error;
  }
  int64_t step;
  double error;
};

/// Gets its input some steps later.
class LateMachine : public EchoMachine {
public:
  explicit LateMachine(size_t lag) : lag(lag) {}
  void reset() override {
    EchoMachine::reset();
    waiting.assign(lag, {0, 0});
  }
  void step(const std::vector<const double *> &inputs) override {
    waiting.push_back({inputs[0][0], inputs[0][1]});
    std::vector<double> now = waiting.front();
    waiting.pop_front();
    EchoMachine::step({now.data()});
  }
  size_t lag;
  std::deque<std::vector<double>> waiting;
};

Expected<std::vector<Comparison>> compare(Machine &a, Machine &b, CompareOptions options,
                                          std::map<std::string, int64_t> lags = {}) {
  std::vector<std::unique_ptr<SampleInput>> inputs;
  inputs.push_back(noiseInput(pairSource, options.endSample));
  return compareMachines({{"a", &a, {}}, {"b", &b, lags}}, {{0, 1}}, {"in"}, inputs, options);
}

CompareOptions steps(int64_t steps, int64_t samples = 1) {
  CompareOptions options;
  options.steps = steps;
  options.endSample = samples;
  return options;
}

TEST(Compare, EqualMachinesAreEqualInEachNumber) {
  EchoMachine a, b;
  auto result = compare(a, b, steps(10));
  ASSERT_TRUE(result.has_value());
  // Two spikes a step, the probe of them, two sums each second step, one value.
  EXPECT_EQ(result->front().numbers, 10 * (2 + 2 + 1) + 5 * 2);
  EXPECT_EQ(result->front().differing, 0);
  EXPECT_FALSE(result->front().first);
  EXPECT_GT(result->front().variables[0].spikesA, 0);
  EXPECT_EQ(result->front().variables[0].spikesA, result->front().variables[0].spikesB);
}

TEST(Compare, NamesTheFirstDifferenceAndCountsAll) {
  EchoMachine a;
  WrongMachine b(6, 0.25);
  auto result = compare(a, b, steps(10, 2));
  ASSERT_TRUE(result.has_value());
  const Comparison &found = result->front();
  EXPECT_EQ(found.differing, 2) << "one a sample";
  ASSERT_TRUE(found.first);
  EXPECT_EQ(found.first->sample, 0);
  EXPECT_EQ(found.first->step, 6);
  EXPECT_EQ(found.first->target, "cell");
  EXPECT_EQ(found.first->variable, "v");
  EXPECT_EQ(found.first->neuron, 1);
  EXPECT_EQ(found.first->b - found.first->a, 0.25);
  const VariableDistance &sum = found.variables[2];
  EXPECT_EQ(sum.probe, "sum");
  EXPECT_EQ(sum.differing, 2);
  EXPECT_EQ(sum.most, 0.25);
  // 20 numbers, two of which are 1/4 apart.
  EXPECT_DOUBLE_EQ(sum.rms, std::sqrt(2 * 0.0625 / 20));
}

TEST(Compare, StepsInWhichAProbeDoesNotRecordDoNotCount) {
  EchoMachine a;
  WrongMachine b(5, 0.25);
  auto result = compare(a, b, steps(10));
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->front().differing, 0);
}

TEST(Compare, AlignsWhatComesLater) {
  EchoMachine a;
  LateMachine b(4);
  auto aligned = compare(a, b, steps(20, 2), {{"cell", 4}, {"smooth", 4}});
  ASSERT_TRUE(aligned.has_value());
  EXPECT_EQ(aligned->front().differing, 0);
  EXPECT_EQ(aligned->front().numbers, 2 * (20 * (2 + 2 + 1) + 10 * 2));
  EXPECT_GT(compare(a, b, steps(20))->front().differing, 0);
  EXPECT_GT(compare(a, b, steps(20), {{"cell", 2}})->front().differing, 0);
}

TEST(Compare, SaysWhatOnlyOneShows) {
  EchoMachine a, b;
  b.network.probes[2].name = "other";
  auto result = compare(a, b, steps(3));
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->front().onlyA, std::vector<std::string>{"probe 'value'"});
  EXPECT_EQ(result->front().onlyB, std::vector<std::string>{"probe 'other'"});
}

TEST(Compare, RefusesToKeepMoreThanTheLimit) {
  EchoMachine a, b;
  CompareOptions options = steps(3);
  options.maxBytes = 1000;
  auto result = compare(a, b, options, {{"cell", 10}});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message,
            "comparing machines of which one lags by 10 steps needs 0.00123 "
            "MB, limit is 0.001 MB");
}

TEST(Compare, BitsDifferWhereTheSignOfZeroDoes) {
  EXPECT_TRUE(sameBits(0.5, 0.5));
  EXPECT_FALSE(sameBits(0.0, -0.0));
  EXPECT_TRUE(sameBits(NAN, -NAN));
  EXPECT_FALSE(sameBits(NAN, 1));
}

TEST(Compare, DistanceIsInUnitsOfTheLastPlace) {
  EXPECT_EQ(ulpDistance(1, 1 + 0x1p-52, false), 1);
  EXPECT_EQ(ulpDistance(1, 1 + 0x1p-23, true), 1);
  EXPECT_EQ(ulpDistance(2, 2 + 0x1p-50, false), 2);
  EXPECT_EQ(ulpDistance(0.0, -0.0, false), 1);
  EXPECT_EQ(ulpDistance(1, INFINITY, false), INFINITY);
}

TEST(NoiseInput, DependsOnSourceSampleStepAndNeuronAndIsMostlyQuiet) {
  EXPECT_EQ(noiseAt("a", 1, 2, 3), noiseAt("a", 1, 2, 3));
  int64_t zeros = 0, ones = 0, changed = 0;
  for (int64_t k = 0; k < 4000; ++k) {
    zeros += noiseAt("a", 0, k, 5) == 0;
    ones += noiseAt("a", 0, k, 5) == 1;
    changed += noiseAt("a", 0, k, 5) != noiseAt("b", 0, k, 5);
    changed += noiseAt("a", 0, k, 5) != noiseAt("a", 1, k, 5);
    changed += noiseAt("a", 0, k, 5) != noiseAt("a", 0, k, 6);
  }
  // Means 9/16 and 5/16 of 4000, four standard deviations either side.
  EXPECT_NEAR(zeros, 2250, 126);
  EXPECT_NEAR(ones, 1250, 118);
  EXPECT_GT(changed, 5000);
}

} // namespace
