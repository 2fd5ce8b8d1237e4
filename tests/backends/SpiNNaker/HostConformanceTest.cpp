// Fixed-point networks give the interpreter's bits on core programs compiled for the host:
// programs, rows, keys and tables say the same as the network, whatever the order in which packets
// arrive.
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/Transforms/Alignment.h"
#include "tests/backends/SpiNNaker/SynchronousMachine.h"
#include "tests/conformance/Conformance.h"
#include "tests/conformance/RandomNetwork.h"
#include <filesystem>
#include <gtest/gtest.h>

using namespace engram;
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

/// Says why a network cannot be on the machine; empty if it has the interpreter's bits there.
struct Outcome {
  std::string refusal, difference;
};

} // namespace

static Outcome compare(OwningOpRef<ModuleOp> fixed, const std::string &target,
                       const std::string &partition, int64_t steps, uint64_t seed) {
  Outcome outcome;
  ScopedDiagnosticHandler handler(fixed->getContext(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error && outcome.refusal.empty())
      outcome.refusal = diagnostic.str();
  });
  OwningOpRef<ModuleOp> mapped = conformance::mapped(*fixed, target, partition, seed);
  if (!mapped)
    return outcome;
  auto network = *mapped->getOps<neuro::NetworkOp>().begin();
  spinnaker::PackageOptions options;
  options.arm = false;
  auto machine = spinnaker::runSynchronously(network, seed, options);
  if (failed(machine))
    return outcome;
  auto aligned = neuro::alignMachine(network, std::move(*machine));
  if (failed(aligned))
    return outcome;
  std::unique_ptr<Machine> interpreter = conformance::interpret(*fixed);
  EXPECT_TRUE(interpreter);
  conformance::Trace expected = conformance::run(*interpreter, steps),
                     got = conformance::run(**aligned, steps);
  EXPECT_EQ((*aligned)->fault(), "");
  outcome.difference = conformance::firstDifference(expected, got, 0);
  return outcome;
}

class HostConformanceTest : public testing::TestWithParam<std::tuple<std::string, const char *>> {};

TEST_P(HostConformanceTest, HostProgramsEqualInterpreter) {
  auto [name, target] = GetParam();
  auto context = conformance::createContext();
  std::string file = ENGRAM_SOURCE_DIR "/tests/conformance/" + name + ".mlir";
  auto complete = conformance::loadComplete(file, context.get());
  ASSERT_TRUE(complete);
  auto module = conformance::discretized(*complete);
  ASSERT_TRUE(module);
  if (name != "fixed-point")
    module = conformance::quantized(*module, 8, 200);
  if (!module)
    GTEST_SKIP() << "it cannot be quantized";
  Outcome outcome = compare(std::move(module), target, "engram", 200, 1);
  if (!outcome.refusal.empty())
    GTEST_SKIP() << outcome.refusal;
  EXPECT_EQ(outcome.difference, "");
}

INSTANTIATE_TEST_SUITE_P(Networks, HostConformanceTest,
                         testing::Combine(testing::ValuesIn(networks()),
                                          testing::Values("spinnaker-1-48", "spinnaker-2")),
                         [](auto &info) {
                           std::string name =
                               std::get<0>(info.param) + "_" + std::get<1>(info.param);
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return !isalnum(c); }, '_');
                           return name;
                         });

TEST(HostConformance, RandomNetworksKeepTheirBits) {
  int compared = 0;
  std::map<std::string, int> refusals;
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
    // Slices of any neurons, on cores side by side.
    Outcome outcome =
        compare(std::move(module), "spinnaker-1-48", seed % 3 ? "engram" : "random", 100, seed);
    if (!outcome.refusal.empty()) {
      ++refusals[outcome.refusal];
      continue;
    }
    ++compared;
    EXPECT_EQ(outcome.difference, "") << "seed " << seed;
  }
  for (auto &[why, count] : refusals)
    std::cout << count << " refused: " << why << "\n";
  EXPECT_GE(compared, 20);
}
