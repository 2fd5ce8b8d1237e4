// Fixed-point networks give the interpreter's bits on the golden model of the chip: programs, rows,
// keys and routes say the same as the network.
#include "backends/Accelerator/AcceleratorMachine.h"
#include "dialects/Neuro/IR/Instance.h"
#include "tests/conformance/Conformance.h"
#include "tests/conformance/RandomNetwork.h"
#include <filesystem>
#include <gtest/gtest.h>

using namespace engram;
using namespace mlir;

static constexpr const char *target = "engram-a1-8x8";

static std::vector<std::string> networks() {
  std::vector<std::string> files;
  for (auto &entry : std::filesystem::directory_iterator(ENGRAM_SOURCE_DIR "/tests/conformance"))
    if (entry.path().extension() == ".mlir")
      files.push_back(entry.path().stem());
  std::sort(files.begin(), files.end());
  return files;
}

/// Says why a network cannot be on the chip; empty if it has the interpreter's bits there.
struct Outcome {
  std::string refusal, difference;
};

static Outcome compare(OwningOpRef<ModuleOp> fixed, int64_t steps, uint64_t seed) {
  Outcome outcome;
  ScopedDiagnosticHandler handler(fixed->getContext(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error && outcome.refusal.empty())
      outcome.refusal = diagnostic.str();
  });
  OwningOpRef<ModuleOp> mapped = conformance::mapped(*fixed, target, "engram", seed);
  if (!mapped)
    return outcome;
  auto network = *mapped->getOps<neuro::NetworkOp>().begin();
  auto chip = a1::createMachine(network, a1::makeGoldenDevice);
  if (failed(chip))
    return outcome;
  std::unique_ptr<Machine> interpreter = conformance::interpret(*mapped);
  EXPECT_TRUE(interpreter);
  outcome.difference = conformance::firstDifference(conformance::run(*interpreter, steps),
                                                    conformance::run(**chip, steps), 0);
  EXPECT_EQ((*chip)->fault(), "");
  return outcome;
}

class GoldenConformanceTest : public testing::TestWithParam<std::string> {};

TEST_P(GoldenConformanceTest, GoldenChipEqualsInterpreter) {
  auto context = conformance::createContext();
  std::string file = ENGRAM_SOURCE_DIR "/tests/conformance/" + GetParam() + ".mlir";
  auto complete = conformance::loadComplete(file, context.get());
  ASSERT_TRUE(complete);
  auto module = conformance::discretized(*complete);
  ASSERT_TRUE(module);
  if (GetParam() != "fixed-point")
    module = conformance::quantized(*module, 8, 200);
  if (!module)
    GTEST_SKIP() << "it cannot be quantized";
  Outcome outcome = compare(std::move(module), 200, 1);
  if (!outcome.refusal.empty())
    GTEST_SKIP() << outcome.refusal;
  EXPECT_EQ(outcome.difference, "");
}

INSTANTIATE_TEST_SUITE_P(Networks, GoldenConformanceTest, testing::ValuesIn(networks()),
                         [](auto &info) {
                           std::string name = info.param;
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return !isalnum(c); }, '_');
                           return name;
                         });

TEST(GoldenChip, RandomNetworksKeepTheirBits) {
  int compared = 0;
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
    Outcome outcome = compare(std::move(module), 100, seed);
    if (!outcome.refusal.empty())
      continue;
    ++compared;
    EXPECT_EQ(outcome.difference, "") << "seed " << seed;
  }
  EXPECT_GE(compared, 20);
}
