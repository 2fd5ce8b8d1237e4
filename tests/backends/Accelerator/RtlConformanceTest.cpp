// Fixed-point networks give the interpreter's bits on the RTL of the chip: all of tests/conformance
// that fit one core, and networks at random. A few steps of each; more in './dev soak'.
#include "backends/Accelerator/AcceleratorMachine.h"
#include "dialects/Neuro/IR/Instance.h"
#include "runtime/accelerator/RtlDevice.h"
#include "tests/conformance/Conformance.h"
#include "tests/conformance/RandomNetwork.h"
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

using namespace engram;
using namespace mlir;

static constexpr const char *target = "engram-a1-1x1";

static bool isSoak() { return std::getenv("ENGRAM_SOAK_MINUTES") != nullptr; }

static Expected<std::unique_ptr<a1::Device>> makeRtl(const a1::ChipParameters &parameters) {
  return a1::loadRtlDevice(parameters, {});
}

static bool isBuilt() {
  a1::ChipParameters one;
  one.columns = one.rows = 1;
  return makeRtl(one).has_value();
}

/// What differs from the interpreter; or why the network cannot be on the chip.
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
  auto chip = a1::createMachine(*mapped->getOps<neuro::NetworkOp>().begin(), makeRtl);
  if (failed(chip))
    return outcome;
  std::unique_ptr<Machine> interpreter = conformance::interpret(*mapped);
  EXPECT_TRUE(interpreter);
  outcome.difference = conformance::firstDifference(conformance::run(*interpreter, steps),
                                                    conformance::run(**chip, steps), 0);
  EXPECT_EQ((*chip)->fault(), "");
  return outcome;
}

TEST(RtlConformance, NetworksGiveTheInterpretersBits) {
  if (!isBuilt())
    GTEST_SKIP() << "engram_rtl_1x1 is not built";
  int compared = 0;
  for (auto &entry : std::filesystem::directory_iterator(ENGRAM_SOURCE_DIR "/tests/conformance")) {
    if (entry.path().extension() != ".mlir")
      continue;
    std::string name = entry.path().stem();
    auto context = conformance::createContext();
    auto complete = conformance::loadComplete(entry.path(), context.get());
    ASSERT_TRUE(complete);
    auto module = conformance::discretized(*complete);
    ASSERT_TRUE(module);
    if (name != "fixed-point")
      module = conformance::quantized(*module, 8, 50);
    if (!module)
      continue;
    Outcome outcome = compare(std::move(module), isSoak() ? 1000 : 25, 1);
    compared += outcome.refusal.empty();
    EXPECT_EQ(outcome.difference, "") << name;
  }
  EXPECT_GE(compared, 3);
  RecordProperty("networks", compared);
}

TEST(RtlConformance, RandomNetworksGiveTheInterpretersBits) {
  if (!isBuilt())
    GTEST_SKIP() << "engram_rtl_1x1 is not built";
  int compared = 0;
  for (uint64_t seed = 1; seed <= (isSoak() ? 300u : 12u); ++seed) {
    auto context = conformance::createContext();
    conformance::RandomNetworkOptions options;
    options.linearModels = true;
    auto complete =
        conformance::parseComplete(conformance::randomNetwork(seed, options), context.get());
    ASSERT_TRUE(complete);
    auto module = conformance::discretized(*complete);
    ASSERT_TRUE(module);
    module = conformance::quantized(*module, seed % 2 ? 8 : 4, 50);
    if (!module)
      continue;
    conformance::probeAll(*module);
    Outcome outcome = compare(std::move(module), isSoak() ? 200 : 25, seed);
    compared += outcome.refusal.empty();
    EXPECT_EQ(outcome.difference, "") << "seed " << seed;
  }
  EXPECT_GE(compared, 3);
}
