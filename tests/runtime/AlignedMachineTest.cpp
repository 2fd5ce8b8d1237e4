// What an aligned machine shows and when, on machines that echo their input with known lags.
#include "runtime/AlignedMachine.h"
#include "runtime/Compare.h"
#include "tests/runtime/RunnerMachine.h"

#include <deque>

using namespace engram;
using namespace engram::test;

namespace {

/// An EchoMachine of which "smooth" (a relay, spiking here) and the probe "value" show at once what
/// all else shows three steps late.
class LateMachine : public EchoMachine {
public:
  LateMachine() {
    network.populations[1] = {"smooth", {2}, 2, true};
    network.populations.push_back({"early", {2}, 2, true});
    network.probes[2] = {"value", "early", "v", {1}, {2}, 1, 1};
  }
  void reset() override {
    EchoMachine::reset();
    past.clear();
  }
  void step(const std::vector<const double *> &inputs) override {
    EchoMachine::step(inputs);
    past.push_back(*this);
    if (past.size() > 4)
      past.pop_front();
  }
  void readSpikes(size_t population, double *out) const override {
    if (population != 0)
      return EchoMachine::readSpikes(0, out);
    out[0] = out[1] = 0;
    if (past.size() == 4)
      past.front().EchoMachine::readSpikes(0, out);
  }
  void readProbe(size_t probe, double *out) const override {
    if (probe == 2)
      return EchoMachine::readProbe(2, out);
    out[0] = out[1] = 0;
    if (past.size() == 4)
      past.front().EchoMachine::readProbe(probe, out);
  }

private:
  std::deque<EchoMachine> past;
};

const Alignment threeLate{{{"cell", 3}}, {"smooth"}};

std::unique_ptr<Machine> aligned() {
  auto machine = AlignedMachine::create(std::make_unique<LateMachine>(), threeLate);
  EXPECT_TRUE(machine.has_value());
  (*machine)->reset();
  return std::move(*machine);
}

TEST(AlignedMachine, HasTheLongestLagAndHidesWhatTheNetworkDidNotHave) {
  auto machine = aligned();
  EXPECT_EQ(machine->latency(), 3);
  ASSERT_EQ(machine->info().populations.size(), 2u);
  EXPECT_EQ(machine->info().populations[0].name, "cell");
  EXPECT_EQ(machine->info().populations[1].name, "early");
  EXPECT_EQ(machine->info().probes.size(), 3u);
}

TEST(AlignedMachine, ShowsAllPartsOfOneStepTogether) {
  auto machine = aligned();
  for (int run = 0; run < 2; ++run) { // a reset forgets what was held back
    for (int step = 0; step < 10; ++step) {
      double input[2] = {double(step % 2), double(step + 1)};
      machine->step({input});
      EXPECT_EQ(machine->stepsDone(), step + 1);
      double cell[2], early[2], sum[2], value;
      machine->readSpikes(0, cell);
      machine->readSpikes(1, early);
      machine->readProbe(1, sum);
      machine->readProbe(2, &value);
      int shown = step - 3;
      EXPECT_EQ(cell[0], shown >= 0 && shown % 2);
      EXPECT_EQ(cell[1], shown >= 0);
      EXPECT_EQ(early[0], cell[0]);
      EXPECT_EQ(early[1], cell[1]);
      EXPECT_EQ(sum[1], shown >= 0 ? (shown + 1) * (shown + 2) / 2 : 0);
      EXPECT_EQ(value, shown >= 0 ? shown + 1 : 0);
    }
    machine->reset();
  }
}

TEST(AlignedMachine, RunnerSeesTheMachineThatIsNotLate) {
  // The same populations on a machine without any lag.
  EchoMachine straight;
  straight.network.populations[1] = {"early", {2}, 2, true};
  straight.network.probes[2] = {"value", "early", "v", {1}, {2}, 1, 1};
  struct Straight : Machine {
    EchoMachine &echo;
    explicit Straight(EchoMachine &echo) : echo(echo) {}
    const NetworkInfo &info() const override { return echo.info(); }
    void reset() override { echo.reset(); }
    void step(const std::vector<const double *> &inputs) override { echo.step(inputs); }
    int64_t stepsDone() const override { return echo.stepsDone(); }
    void readSpikes(size_t, double *out) const override { echo.readSpikes(0, out); }
    void readProbe(size_t probe, double *out) const override { echo.readProbe(probe, out); }
  } expected(straight);
  auto machine = aligned();
  RunOptions options;
  options.recorded = {0, 1, 2};
  options.readout = 1;
  options.keepSpikes = true;
  std::vector<double> values = {1, 0, 0, 2, 3, 3, 0, 0, 1, 4, /**/ 0, 1, 0, 1, 5, 0, 0, 0, 7, 2};
  auto want = runSamples(expected, feed({2, 5, 2}, values), options);
  auto got = runSamples(*machine, feed({2, 5, 2}, values), options);
  ASSERT_TRUE(want.has_value() && got.has_value());
  EXPECT_EQ(got->spikes, want->spikes);
  EXPECT_EQ(got->steps, want->steps);
  for (size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(got->recordings[k].values, want->recordings[k].values) << k;
    EXPECT_EQ(got->recordings[k].records, want->recordings[k].records) << k;
  }
  for (size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(got->samples[k].counts, want->samples[k].counts);
    EXPECT_EQ(got->firstSpikes[k].steps, want->firstSpikes[k].steps);
    EXPECT_EQ(got->firstSpikes[k].neurons, want->firstSpikes[k].neurons);
  }
}

TEST(AlignedMachine, ComparisonKnowsThatItIsLate) {
  EchoMachine straight;
  auto machine = aligned();
  CompareOptions options;
  options.steps = 5;
  auto inputs = feed({1, 5, 2}, {1, 0, 0, 2, 3, 3, 0, 0, 1, 4});
  auto result = compareMachines({{"straight", &straight, {}}, {"aligned", machine.get(), {}}},
                                {{0, 1}}, {"in"}, inputs, options);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ((*result)[0].differing, 0);
  EXPECT_GT((*result)[0].numbers, 10);
}

TEST(AlignedMachine, TooMuchToHoldBackIsRefused) {
  auto machine =
      AlignedMachine::create(std::make_unique<LateMachine>(), {{{"cell", 1 << 30}}, {}}, 1 << 20);
  ASSERT_FALSE(machine.has_value());
  // The spikes of "smooth" and "early" and the one number of "value" are held back: 5 numbers.
  EXPECT_EQ(machine.error().message,
            "aligning a network of which one part lags by 1073741824 steps "
            "needs 4.29e+04 MB, limit is 1.05 MB");
}

} // namespace
