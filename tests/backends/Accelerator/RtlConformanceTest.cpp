// Fixed-point networks give the interpreter's bits on the RTL of the chip: all of tests/conformance
// that fit one core, and networks at random. A few steps of each; more in './dev soak'.
#include "backends/Accelerator/AcceleratorMachine.h"
#include "dialects/Neuro/IR/Instance.h"
#include "runtime/accelerator/RtlDevice.h"
#include "tests/conformance/FixedPoint.h"
#include <cstdlib>
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

static conformance::Outcome compare(ModuleOp fixed, int64_t steps, uint64_t seed) {
  return conformance::compare(fixed, target, "engram", steps, seed, [](neuro::NetworkOp network) {
    return a1::createMachine(network, makeRtl);
  });
}

TEST(RtlConformance, NetworksGiveTheInterpretersBits) {
  if (!isBuilt())
    GTEST_SKIP() << "engram_rtl_1x1 is not built";
  int compared = 0;
  for (const std::string &name : conformance::networks()) {
    auto context = conformance::createContext();
    auto module = conformance::fixedNetwork(name, context.get(), 50);
    if (!module)
      continue;
    conformance::Outcome outcome = compare(*module, isSoak() ? 1000 : 25, 1);
    compared += outcome.refusal.empty();
    EXPECT_EQ(outcome.difference, "") << name;
    EXPECT_EQ(outcome.fault, "") << name;
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
    auto module = conformance::fixedRandomNetwork(seed, context.get(), 50);
    if (!module)
      continue;
    conformance::Outcome outcome = compare(*module, isSoak() ? 200 : 25, seed);
    compared += outcome.refusal.empty();
    EXPECT_EQ(outcome.difference, "") << "seed " << seed;
    EXPECT_EQ(outcome.fault, "") << "seed " << seed;
  }
  EXPECT_GE(compared, 3);
}
