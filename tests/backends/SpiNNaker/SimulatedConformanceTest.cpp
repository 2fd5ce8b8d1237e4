// Fixed-point networks give the interpreter's bits on the simulated machine, with programs as host
// code and as ARM binaries.
#include "backends/SpiNNaker/SpiNNakerMachine.h"
#include "tests/conformance/FixedPoint.h"
#include <gtest/gtest.h>
#include <map>

using namespace engram;
using namespace engram::spinnaker;
using namespace mlir;

static conformance::Outcome compare(ModuleOp fixed, const std::string &target,
                                    const std::string &partition, const SimulatorOptions &options,
                                    int64_t steps, uint64_t seed) {
  return conformance::compare(fixed, target, partition, steps, seed,
                              [&](neuro::NetworkOp network) -> FailureOr<std::unique_ptr<Machine>> {
                                auto made = createMachine(network, options);
                                if (failed(made))
                                  return failure();
                                return std::unique_ptr<Machine>(std::move(*made));
                              });
}

class SimulatedConformanceTest
    : public testing::TestWithParam<std::tuple<std::string, const char *>> {
protected:
  void expectEqualBits(Execution execution, int64_t steps) {
    auto [name, target] = GetParam();
    auto context = conformance::createContext();
    auto module = conformance::fixedNetwork(name, context.get(), 200);
    if (!module)
      GTEST_SKIP() << "it cannot be quantized";
    SimulatorOptions options;
    options.execution = execution;
    conformance::Outcome outcome = compare(*module, target, "engram", options, steps, 1);
    EXPECT_EQ(outcome.refusal, "");
    EXPECT_EQ(outcome.difference, "");
    EXPECT_EQ(outcome.fault, "");
  }
};

TEST_P(SimulatedConformanceTest, FastModeEqualsInterpreter) {
  expectEqualBits(Execution::Fast, 100);
}

TEST_P(SimulatedConformanceTest, ArmBinariesEqualInterpreter) {
  expectEqualBits(Execution::Arm, 40);
}

INSTANTIATE_TEST_SUITE_P(Networks, SimulatedConformanceTest,
                         testing::Combine(testing::ValuesIn(conformance::networks()),
                                          testing::Values("spinnaker-1-48", "spinnaker-2")),
                         [](auto &info) {
                           return conformance::testName(std::get<0>(info.param) + "_" +
                                                        std::get<1>(info.param));
                         });

TEST(SimulatedMachine, RandomNetworksKeepTheirBitsInBothModels) {
  int compared = 0, onArm = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    auto context = conformance::createContext();
    auto module = conformance::fixedRandomNetwork(seed, context.get(), 100);
    if (!module)
      continue;
    for (Execution execution : {Execution::Fast, Execution::Arm}) {
      if (execution == Execution::Arm && seed % 4)
        continue;
      SimulatorOptions simulator;
      simulator.execution = execution;
      // Small slices at random would take longer than a tick; here it is about bits.
      simulator.slowDown = 10;
      conformance::Outcome outcome =
          compare(*module, "spinnaker-1-48", seed % 3 ? "engram" : "random", simulator,
                  execution == Execution::Arm ? 30 : 100, seed);
      if (!outcome.refusal.empty())
        break;
      ++compared;
      onArm += execution == Execution::Arm;
      EXPECT_EQ(outcome.difference, "") << "seed " << seed;
      EXPECT_EQ(outcome.fault, "") << "seed " << seed;
    }
  }
  EXPECT_GE(compared, 20);
  EXPECT_GE(onArm, 5);
}

//===-- time ------------------------------------------------------------------------------===//

namespace {

/// A random network whose neurons spike now and then, driven by Poisson sources, on a board.
class TimedMachine : public testing::Test {
protected:
  std::unique_ptr<MLIRContext> context = conformance::createContext();
  OwningOpRef<ModuleOp> fixed, mapped;

  void SetUp() override {
    auto complete = conformance::parseComplete(R"(
      neuro.network @timed dt = 1.0 ms seed = 3 {
        source @noise [300] is #neuro.poisson<rate = 25.0>
        population @a [400] of @LIF_delta
        population @b [200] of @LIF_delta
        projection @na from @noise to @a port "spikes"
            via #neuro.fixed_probability<probability = 0.2, weight = 2.0> delay 1.0 ms
        projection @ab from @a to @b port "spikes"
            via #neuro.fixed_probability<probability = 0.15, weight = 1.0> delay 2.0 ms
        projection @ba from @b to @a port "spikes"
            via #neuro.fixed_probability<probability = 0.1, weight = -1.0> delay 1.0 ms
      })",
                                               context.get());
    ASSERT_TRUE(complete);
    auto discrete = conformance::discretized(*complete);
    ASSERT_TRUE(discrete);
    fixed = conformance::quantized(*discrete, 8, 100);
    ASSERT_TRUE(fixed);
    mapped = conformance::mapped(*fixed, "spinnaker-1-48", "engram", 1);
    ASSERT_TRUE(mapped);
  }
  std::unique_ptr<SpiNNakerMachine> make(const SimulatorOptions &options) {
    auto made = createMachine(*mapped->getOps<neuro::NetworkOp>().begin(), options);
    return failed(made) ? nullptr : std::move(*made);
  }
};

} // namespace

// The cost model is measured on the binaries alone; here whole cores are compared, with
// back-pressure, recording and rows of their own.
TEST_F(TimedMachine, FastModeTakesTheTimeOfTheArmBinaries) {
  SimulatorOptions options;
  auto fast = make(options);
  options.execution = Execution::Arm;
  auto arm = make(options);
  ASSERT_TRUE(fast && arm);
  auto expected = conformance::run(*arm, 60), got = conformance::run(*fast, 60);
  EXPECT_EQ(conformance::firstDifference(expected, got, 0), "");
  EXPECT_EQ(arm->fault(), "");
  EXPECT_EQ(fast->fault(), "");
  for (size_t k = 0; k < arm->simulator().package().cores.size(); ++k) {
    double a = static_cast<double>(arm->simulator().load(k).busy),
           f = static_cast<double>(fast->simulator().load(k).busy);
    EXPECT_NEAR(f / a, 1, 0.12) << arm->simulator().package().cores[k].name;
  }
}

TEST_F(TimedMachine, RunsAreRepeatedExactly) {
  auto first = make({}), second = make({});
  ASSERT_TRUE(first && second);
  auto once = conformance::run(*first, 40), again = conformance::run(*second, 40);
  EXPECT_EQ(conformance::firstDifference(once, again, 0), "");
  EXPECT_EQ(first->simulator().eventsDone(), second->simulator().eventsDone());
  EXPECT_EQ(first->counters(), second->counters());
}

TEST_F(TimedMachine, CongestionIsAFaultAndReinjectionRecovers) {
  SimulatorOptions options;
  options.router.reinjection = false;
  options.router.wait = 4;
  auto lossy = make(options);
  ASSERT_TRUE(lossy);
  conformance::run(*lossy, 20);
  EXPECT_NE(lossy->fault().find("packets dumped"), std::string::npos) << lossy->fault();
  EXPECT_NE(lossy->fault().find("blocked by processor"), std::string::npos) << lossy->fault();
  // A monitor that is as quick as the routers' patience is short.
  options.router.reinjection = true;
  options.router.reinjectionWait = 4;
  options.timing.monitor = 20 * nanosecond;
  auto whole = make(options);
  ASSERT_TRUE(whole);
  auto got = conformance::run(*whole, 20);
  EXPECT_EQ(whole->fault(), "");
  EXPECT_GT(whole->simulator().routerTotals().dumped, 0u);
  EXPECT_EQ(whole->simulator().routerTotals().dumped, whole->simulator().routerTotals().reinjected);
  EXPECT_EQ(conformance::firstDifference(conformance::run(*make({}), 20), got, 0), "");
}

TEST_F(TimedMachine, ATickThatIsTooShortIsAFaultThatSaysWhatHolds) {
  SimulatorOptions options;
  options.slowDown = 0.05;
  auto machine = make(options);
  ASSERT_TRUE(machine);
  conformance::run(*machine, 20);
  EXPECT_NE(machine->fault().find("steps overrun"), std::string::npos) << machine->fault();
  EXPECT_NE(machine->fault().find("--slow-down"), std::string::npos) << machine->fault();
}
