// What a core's program and memory hold: up to four ports, states of more than 32 bits, slices as
// large as its memory lets them be; and what it does not.
#include "backends/SpiNNaker/SpiNNakerMachine.h"
#include "tests/backends/SpiNNaker/SynchronousMachine.h"
#include "tests/conformance/FixedPoint.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::spinnaker;
using namespace mlir;

/// With so many ports, and with states of 48 and 53 bits, the widest that a network has, that sum
/// up what comes.
static std::string model(int ports) {
  std::string text = "neuro.model @Many {\n"
                     "  %v = state \"v\" = 0.0 : !fx.q<8,8>\n"
                     "  %long = state \"long\" = -70000.25 : !fx.q<28,20>\n"
                     "  %longest = state \"longest\" : !fx.q<33,20>\n";
  for (int k = 0; k < ports; ++k)
    text += "  %i" + std::to_string(k) + " = input \"i" + std::to_string(k) + "\" : !fx.q<8,8>\n";
  text += "  update {\n    %s0 = fx.convert %i0 nearest_even : !fx.q<8,8> -> !fx.q<8,8>\n";
  for (int k = 1; k < ports; ++k) {
    std::string n = std::to_string(k), before = std::to_string(k - 1);
    // Ports count differently, so that no two may be confused.
    text += "    %w" + n + " = fx.constant " + std::to_string(k + 1) + ".0 : !fx.q<4,4>\n";
    text += "    %s" + n + " = fx.mul_add %i" + n + ", %w" + n + ", %s" + before +
            " nearest_even : !fx.q<8,8>, !fx.q<4,4>, !fx.q<8,8> -> !fx.q<8,8>\n";
  }
  std::string sum = "%s" + std::to_string(ports - 1);
  text += "    %half = fx.constant 0.5 : !fx.q<1,8>\n"
          "    %keeps = fx.mul_add %v, %half, " +
          sum +
          " nearest_even : !fx.q<8,8>, !fx.q<1,8>, !fx.q<8,8> -> !fx.q<8,8>\n"
          "    assign %v, %keeps : !fx.q<8,8>\n"
          "    %wide = fx.convert %keeps nearest_even : !fx.q<8,8> -> !fx.q<28,20>\n"
          "    %nl = fx.sub %long, %wide : !fx.q<28,20>\n"
          "    assign %long, %nl : !fx.q<28,20>\n"
          "    %widest = fx.convert %nl nearest_even : !fx.q<28,20> -> !fx.q<33,20>\n"
          "    %nm = fx.sub %longest, %widest : !fx.q<33,20>\n"
          "    assign %longest, %nm : !fx.q<33,20>\n"
          "  }\n"
          "  fire {\n    %one = fx.constant 1.5 : !fx.q<8,8>\n"
          "    %z = fx.cmp gt, %v, %one : !fx.q<8,8>\n    yield %z : i1\n  }\n}\n";
  return text;
}

/// A population of some neurons, each port fed by noise through its own projection and by the
/// population itself.
static std::string network(int ports, int neurons) {
  std::string text = model(ports);
  std::string n = std::to_string(neurons);
  text += "neuro.network @net dt = 1.0 ms seed = 4 {\n"
          "  source @s [40] is #neuro.poisson<rate = 100.0> as !fx.q<2,0>\n"
          "  population @p [" +
          n + "] of @Many\n";
  for (int k = 0; k < ports; ++k) {
    std::string port = std::to_string(k);
    text +=
        "  projection @s" + port + " from @s to @p port \"i" + port +
        "\" via #neuro.fixed_probability<probability = 0.1, weight = " + (k % 2 ? "-0.25" : "0.5") +
        "> as !fx.q<4,4> delay " + std::to_string(k) + ".0 ms\n";
    text += "  projection @p" + port + " from @p to @p port \"i" + port +
            "\" via #neuro.fixed_indegree<indegree = 3, weight = " + (k % 2 ? "0.125" : "-0.0625") +
            "> as !fx.q<4,4> delay " + std::to_string(1 + 2 * k) + ".0 ms\n";
  }
  text += "  probe @v of @p \"v\"\n  probe @long of @p \"long\"\n"
          "  probe @longest of @p \"longest\"\n}\n";
  return text;
}

using Create = llvm::function_ref<FailureOr<std::unique_ptr<Machine>>(neuro::NetworkOp)>;

static conformance::Outcome compare(const std::string &text, const std::string &target,
                                    int64_t steps, Create create) {
  auto context = conformance::createContext();
  auto complete = conformance::parseComplete(text, context.get());
  EXPECT_TRUE(complete);
  auto module = complete ? conformance::discretized(*complete) : OwningOpRef<ModuleOp>();
  EXPECT_TRUE(module);
  return module ? conformance::compare(*module, target, "engram", steps, 1, create)
                : conformance::Outcome();
}

class CoreLimits : public testing::TestWithParam<const char *> {
protected:
  static void expectEqual(const conformance::Outcome &outcome) {
    EXPECT_EQ(outcome.refusal, "");
    EXPECT_EQ(outcome.difference, "");
    EXPECT_EQ(outcome.fault, "");
  }
  static FailureOr<std::unique_ptr<Machine>> simulate(neuro::NetworkOp network,
                                                      Execution execution) {
    SimulatorOptions options;
    options.execution = execution;
    options.slowDown = 4;
    auto made = createMachine(network, options);
    if (failed(made))
      return failure();
    return std::unique_ptr<Machine>(std::move(*made));
  }
};

TEST_P(CoreLimits, ThreeAndFourPortsAndWideStatesKeepTheirBitsOnHostPrograms) {
  for (int ports : {1, 3, 4})
    expectEqual(compare(network(ports, 30), GetParam(), 60, [](neuro::NetworkOp network) {
      PackageOptions options;
      options.arm = false;
      return runSynchronously(network, 1, options);
    }));
}

TEST_P(CoreLimits, ThreeAndFourPortsAndWideStatesKeepTheirBitsOnArmBinaries) {
  for (int ports : {3, 4})
    expectEqual(compare(network(ports, 30), GetParam(), 30, [](neuro::NetworkOp network) {
      return simulate(network, Execution::Arm);
    }));
}

// 64 bytes of sums a neuron and port: 256 neurons of four ports take 64 kB of 60.
TEST_P(CoreLimits, PopulationsAreCutAsMemoryHoldsTheirPorts) {
  expectEqual(compare(network(4, 600), GetParam(), 20, [](neuro::NetworkOp network) {
    PackageOptions options;
    options.arm = false;
    FailureOr<Package> package = compilePackage(network, options);
    EXPECT_TRUE(succeeded(package));
    if (succeeded(package))
      for (const PackageCore &core : package->cores)
        EXPECT_LE(core.memoryBytes, package->machine.version == 1 ? 61440u : 102400u) << core.name;
    return runSynchronously(network, 1, options);
  }));
}

// The first neuron of the source reaches all, each other one a single neuron. As long as the first,
// all rows together would take 2.4 MB.
TEST_P(CoreLimits, RowsOfUnequalLengthsTakeWhatTheyHave) {
  constexpr int sources = 3000, neurons = 200;
  std::string starts = "0", targets;
  for (int j = 0; j < sources; ++j)
    starts += ", " + std::to_string(neurons + j);
  for (int k = 0; k < neurons + sources - 1; ++k)
    targets += (k ? ", " : "") + std::to_string(k % neurons);
  std::string text =
      model(1) + "neuro.network @net dt = 1.0 ms seed = 4 {\n  source @s [" +
      std::to_string(sources) +
      "] is #neuro.poisson<rate = 20.0> as !fx.q<2,0>\n  population @p [" +
      std::to_string(neurons) +
      "] of @Many\n  projection @e from @s to @p port \"i0\" via "
      "#neuro.csr<row_starts = dense<[" +
      starts + "]> : tensor<" + std::to_string(sources + 1) + "xi64>, targets = dense<[" + targets +
      "]> : tensor<" + std::to_string(neurons + sources - 1) +
      "xi64>, weights = dense<0.25> : tensor<" + std::to_string(neurons + sources - 1) +
      "xf64>> as !fx.q<4,4> delay 1.0 ms\n  probe @v of @p \"v\"\n}\n";
  expectEqual(compare(text, GetParam(), 40, [](neuro::NetworkOp network) {
    PackageOptions options;
    options.arm = false;
    return runSynchronously(network, 1, options);
  }));
}

TEST_P(CoreLimits, FivePortsAreRefusedWithNeedAndLimit) {
  auto outcome = compare(network(5, 8), GetParam(), 1, [](neuro::NetworkOp) {
    ADD_FAILURE() << "it is mapped";
    return FailureOr<std::unique_ptr<Machine>>(failure());
  });
  EXPECT_NE(outcome.refusal.find("'p' needs 5 ports, limit is 4"), std::string::npos)
      << outcome.refusal;
}

INSTANTIATE_TEST_SUITE_P(Targets, CoreLimits, testing::Values("spinnaker-1-48", "spinnaker-2"),
                         [](auto &info) { return conformance::testName(info.param); });
