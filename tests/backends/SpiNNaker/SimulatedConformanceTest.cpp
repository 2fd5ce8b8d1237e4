// Fixed-point networks give the interpreter's bits on the simulated machine, with programs as host
// code and as ARM binaries.
#include "backends/SpiNNaker/SpiNNakerMachine.h"
#include "dialects/Neuro/Transforms/Alignment.h"
#include "tests/conformance/Conformance.h"
#include "tests/conformance/RandomNetwork.h"
#include <filesystem>
#include <gtest/gtest.h>
#include <map>

using namespace engram;
using namespace engram::spinnaker;
using namespace mlir;

static std::vector<std::string> networks() {
  std::vector<std::string> files;
  for (auto &entry : std::filesystem::directory_iterator(ENGRAM_SOURCE_DIR "/tests/conformance"))
    if (entry.path().extension() == ".mlir")
      files.push_back(entry.path().stem());
  std::sort(files.begin(), files.end());
  return files;
}

namespace {

/// Says why a network cannot be on the machine; else how it differs from the interpreter, and what
/// went wrong.
struct Outcome {
  std::string refusal, difference, fault;
};

} // namespace

static Outcome compare(ModuleOp fixed, const std::string &target, const std::string &partition,
                       const SimulatorOptions &options, int64_t steps, uint64_t seed) {
  Outcome outcome;
  ScopedDiagnosticHandler handler(fixed->getContext(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error && outcome.refusal.empty())
      outcome.refusal = diagnostic.str();
  });
  OwningOpRef<ModuleOp> mapped = conformance::mapped(fixed, target, partition, seed);
  if (!mapped)
    return outcome;
  auto network = *mapped->getOps<neuro::NetworkOp>().begin();
  auto made = createMachine(network, options);
  if (failed(made))
    return outcome;
  std::unique_ptr<Machine> machine = std::move(*made);
  auto aligned = neuro::alignMachine(network, std::move(machine));
  if (failed(aligned))
    return outcome;
  std::unique_ptr<Machine> interpreter = conformance::interpret(fixed);
  EXPECT_TRUE(interpreter);
  conformance::Trace expected = conformance::run(*interpreter, steps),
                     got = conformance::run(**aligned, steps);
  outcome.difference = conformance::firstDifference(expected, got, 0);
  outcome.fault = (*aligned)->fault();
  return outcome;
}

static OwningOpRef<ModuleOp> fixedNetwork(const std::string &name, MLIRContext *context) {
  auto complete =
      conformance::loadComplete(ENGRAM_SOURCE_DIR "/tests/conformance/" + name + ".mlir", context);
  if (!complete)
    return nullptr;
  auto module = conformance::discretized(*complete);
  return name == "fixed-point" || !module ? std::move(module)
                                          : conformance::quantized(*module, 8, 200);
}

class SimulatedConformanceTest
    : public testing::TestWithParam<std::tuple<std::string, const char *>> {
protected:
  void expectEqualBits(Execution execution, int64_t steps) {
    auto [name, target] = GetParam();
    auto context = conformance::createContext();
    auto module = fixedNetwork(name, context.get());
    if (!module)
      GTEST_SKIP() << "it cannot be quantized";
    SimulatorOptions options;
    options.execution = execution;
    Outcome outcome = compare(*module, target, "engram", options, steps, 1);
    if (!outcome.refusal.empty())
      GTEST_SKIP() << outcome.refusal;
    EXPECT_EQ(outcome.difference, "");
    EXPECT_EQ(outcome.fault, "");
  }
};

TEST_P(SimulatedConformanceTest, FastModeEqualsInterpreter) {
  expectEqualBits(Execution::Fast, 100);
}

TEST_P(SimulatedConformanceTest, ArmBinariesEqualInterpreter) {
  if (std::string(std::get<1>(GetParam())) == "spinnaker-2")
    GTEST_SKIP() << "the ARM model has cores of SpiNNaker 1";
  expectEqualBits(Execution::Arm, 40);
}

INSTANTIATE_TEST_SUITE_P(Networks, SimulatedConformanceTest,
                         testing::Combine(testing::ValuesIn(networks()),
                                          testing::Values("spinnaker-1-48", "spinnaker-2")),
                         [](auto &info) {
                           std::string name =
                               std::get<0>(info.param) + "_" + std::get<1>(info.param);
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return !isalnum(c); }, '_');
                           return name;
                         });

TEST(SimulatedMachine, RandomNetworksKeepTheirBitsInBothModels) {
  int compared = 0, onArm = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    auto context = conformance::createContext();
    conformance::RandomNetworkOptions options;
    options.linearModels = true;
    auto complete =
        conformance::parseComplete(conformance::randomNetwork(seed, options), context.get());
    ASSERT_TRUE(complete);
    auto module = conformance::discretized(*complete);
    ASSERT_TRUE(module);
    module = conformance::quantized(*module, seed % 2 ? 8 : 4, 100);
    if (!module)
      continue;
    conformance::probeAll(*module);
    for (Execution execution : {Execution::Fast, Execution::Arm}) {
      if (execution == Execution::Arm && seed % 4)
        continue;
      SimulatorOptions simulator;
      simulator.execution = execution;
      // Small slices at random would take longer than a tick; here it is about bits.
      simulator.slowDown = 10;
      Outcome outcome = compare(*module, "spinnaker-1-48", seed % 3 ? "engram" : "random",
                                simulator, execution == Execution::Arm ? 30 : 100, seed);
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
