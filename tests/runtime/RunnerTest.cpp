// The loop over samples and steps, on a machine that echoes its input.
#include "tests/runtime/RunnerMachine.h"

#include "tests/runtime/TestFiles.h"

#include <cmath>

using namespace engram;
using namespace engram::test;

namespace {

TEST(Runner, CountsSpikesOfSpikingPopulationsOverAllSamples) {
  EchoMachine machine;
  auto result = runSamples(machine, feed({2, 2, 2}, {1, 0, 1, 1, 0, 0, 0, 3}), {});
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->spikes, (std::vector<int64_t>{4, 0}));
  EXPECT_EQ(result->steps, 4);
  EXPECT_EQ(machine.resets, 2);
}

TEST(Runner, PredictsTheLargestSumAndTheLowestIndexOnTies) {
  EchoMachine machine;
  RunOptions options;
  options.readout = 0;
  auto result = runSamples(machine, feed({3, 2, 2}, {0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0}), options);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->samples[0].counts, (std::vector<double>{1, 2}));
  EXPECT_EQ(result->samples[0].predicted, 1);
  EXPECT_EQ(result->samples[1].predicted, 0);
  EXPECT_EQ(result->samples[2].predicted, 0);
}

TEST(Runner, PredictsNothingFromASumThatIsNotANumber) {
  EXPECT_EQ(classOf({1, std::nan(""), 0}), std::nullopt);
  EXPECT_EQ(classOf({}), std::nullopt);
  EXPECT_EQ(classOf({-2, -1, -1}), 1);
}

TEST(Runner, HoldsAFrameForTheGivenSteps) {
  EchoMachine machine;
  RunOptions options;
  options.steps = 3;
  options.recorded = {2};
  auto result = runSamples(machine, feed({2}, {0, 0.5}), options);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->recordings[0].values, (std::vector<double>{0.5, 0.5, 0.5}));
}

TEST(Runner, FeedsZerosAfterTheEndAndCutsWhatIsLonger) {
  EchoMachine machine;
  RunOptions options;
  options.recorded = {2};
  InputOptions steps;
  steps.layout = Layout::Steps;
  options.steps = 3;
  auto longer = runSamples(machine, feed({2, 2}, {0, 1, 0, 2}, steps), options);
  ASSERT_TRUE(longer.has_value());
  EXPECT_EQ(longer->recordings[0].values, (std::vector<double>{1, 2, 0}));
  options.steps = 1;
  auto shorter = runSamples(machine, feed({2, 2}, {0, 1, 0, 2}, steps), options);
  ASSERT_TRUE(shorter.has_value());
  EXPECT_EQ(shorter->recordings[0].values, (std::vector<double>{1}));
}

TEST(Runner, RecordsEveryNthStepFromTheFirstOn) {
  EchoMachine machine;
  RunOptions options;
  options.recorded = {1};
  auto result = runSamples(machine, feed({3, 2}, {1, 10, 2, 20, 3, 30}), options);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->recordings[0].records, (std::vector<int64_t>{2}));
  EXPECT_EQ(result->recordings[0].values, (std::vector<double>{1, 10, 6, 60}));
}

TEST(Runner, RunsTheSamplesOfARangeUnderTheirOwnNumbers) {
  EchoMachine machine;
  RunOptions options;
  options.firstSample = 1;
  options.endSample = 3;
  options.readout = 0;
  auto result = runSamples(machine, feed({4, 1, 2}, {1, 1, 0, 1, 1, 0, 1, 1}), options);
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->samples.size(), 2u);
  EXPECT_EQ(result->samples[0].index, 1);
  EXPECT_EQ(result->samples[0].predicted, 1);
  EXPECT_EQ(result->samples[1].index, 2);
  EXPECT_EQ(result->samples[1].predicted, 0);
}

TEST(Runner, KeepsTheSpikesOfTheFirstSampleAlone) {
  EchoMachine machine;
  RunOptions options;
  options.keepSpikes = true;
  auto result = runSamples(machine, feed({2, 2, 2}, {0, 1, 1, 1, 1, 1, 1, 1}), options);
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->firstSpikes.size(), 1u);
  EXPECT_EQ(result->firstSpikes[0].name, "cell");
  EXPECT_EQ(result->firstSpikes[0].steps, (std::vector<int64_t>{0, 1, 1}));
  EXPECT_EQ(result->firstSpikes[0].neurons, (std::vector<int64_t>{1, 0, 1}));
}

TEST(Runner, RunsANetworkWithoutInputForTheGivenSteps) {
  EchoMachine machine;
  machine.network.inputs.clear();
  RunOptions options;
  EXPECT_EQ(messageOf(runSamples(machine, {}, options)),
            "sample 0: no input says how many steps to run; '--steps' does");
  options.steps = 5;
  ASSERT_TRUE(runSamples(machine, {}, options).has_value());
  EXPECT_EQ(machine.allSteps, 5);
}

TEST(Runner, RefusesSamplesOutOfRange) {
  EchoMachine machine;
  RunOptions options;
  options.endSample = 3;
  EXPECT_EQ(messageOf(runSamples(machine, feed({2, 1, 2}, {1, 1, 1, 1}), options)),
            "expected samples within 0:2, got 0:3");
  options.firstSample = 3;
  EXPECT_EQ(messageOf(runSamples(machine, feed({2, 1, 2}, {1, 1, 1, 1}), options)),
            "expected samples within 0:2, got 3:3");
}

TEST(Runner, RefusesInputsWithDifferentNumbersOfSamples) {
  EchoMachine machine;
  machine.network.inputs.push_back({"other", {2}, 2});
  auto inputs = feed({2, 1, 2}, {1, 1, 1, 1});
  inputs.push_back(std::move(feed({3, 1, 2}, {1, 1, 1, 1, 1, 1})[0]));
  EXPECT_EQ(messageOf(runSamples(machine, inputs, {})),
            "expected as many samples for source 'other' as for 'in', got 3 and 2");
}

TEST(Runner, RefusesToKeepMoreThanTheLimitBeforeItRuns) {
  EchoMachine machine;
  RunOptions options;
  options.steps = int64_t(1) << 60;
  options.recorded = {2};
  std::string message = messageOf(runSamples(machine, feed({2}, {0, 1}), options));
  EXPECT_NE(message.find("recording probe 'value' for 1152921504606846976 steps more needs"),
            std::string::npos)
      << message;
  EXPECT_EQ(machine.allSteps, 0);
}

TEST(Runner, TellsItsProgressBeforeEachStep) {
  EchoMachine machine;
  RunOptions options;
  std::vector<std::array<int64_t, 4>> calls;
  options.progress = [&](int64_t done, int64_t total, int64_t step, int64_t steps) {
    calls.push_back({done, total, step, steps});
  };
  ASSERT_TRUE(runSamples(machine, feed({2, 2, 2}, {1, 1, 1, 1, 1, 1, 1, 1}), options).has_value());
  ASSERT_EQ(calls.size(), 4u);
  EXPECT_EQ(calls[0], (std::array<int64_t, 4>{0, 2, 0, 2}));
  EXPECT_EQ(calls[3], (std::array<int64_t, 4>{1, 2, 1, 2}));
}

} // namespace
