// Fixed-point networks give the interpreter's bits on the golden model of the chip: programs, rows,
// keys and routes say the same as the network.
#include "backends/Accelerator/AcceleratorMachine.h"
#include "dialects/Neuro/IR/Instance.h"
#include "tests/conformance/FixedPoint.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace mlir;

static constexpr const char *target = "engram-a1-8x8";

static conformance::Outcome compare(ModuleOp fixed, int64_t steps, uint64_t seed) {
  return conformance::compare(fixed, target, "engram", steps, seed, [](neuro::NetworkOp network) {
    return a1::createMachine(network, a1::makeGoldenDevice);
  });
}

class GoldenConformanceTest : public testing::TestWithParam<std::string> {};

TEST_P(GoldenConformanceTest, GoldenChipEqualsInterpreter) {
  auto context = conformance::createContext();
  auto module = conformance::fixedNetwork(GetParam(), context.get(), 200);
  if (!module)
    GTEST_SKIP() << "it cannot be quantized";
  conformance::Outcome outcome = compare(*module, 200, 1);
  if (!outcome.refusal.empty())
    GTEST_SKIP() << outcome.refusal;
  EXPECT_EQ(outcome.difference, "");
  EXPECT_EQ(outcome.fault, "");
}

INSTANTIATE_TEST_SUITE_P(Networks, GoldenConformanceTest,
                         testing::ValuesIn(conformance::networks()),
                         [](auto &info) { return conformance::testName(info.param); });

TEST(GoldenChip, RandomNetworksKeepTheirBits) {
  int compared = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    auto context = conformance::createContext();
    auto module = conformance::fixedRandomNetwork(seed, context.get(), 100);
    if (!module)
      continue;
    conformance::Outcome outcome = compare(*module, 100, seed);
    if (!outcome.refusal.empty())
      continue;
    ++compared;
    EXPECT_EQ(outcome.difference, "") << "seed " << seed;
    EXPECT_EQ(outcome.fault, "") << "seed " << seed;
  }
  EXPECT_GE(compared, 20);
}

// Such a bias is taken off the slots of the ring until it begins, and there are 16.
TEST(GoldenChip, ABiasThatBeginsLateIsExactOrRefused) {
  for (int start : {9, 10, 11}) {
    auto context = conformance::createContext();
    auto complete = conformance::parseComplete(
        R"(neuro.network @late dt = 1.0 ms {
             source @in [3] is #neuro.external
             population @b [3] of @Relay {neuro.start = )" +
            std::to_string(start) + R"( : i64}
             population @a [3] of @LIF parameters {tau = 4.0, v_threshold = 0.4} method euler
             projection @ib from @in to @b via #neuro.one_to_one<weight = 0.25>
             projection @ba from @b to @a via #neuro.one_to_one<weight = 0.25>
                 bias dense<[0.1, 0.0, 0.5]> : tensor<3xf64> delay 6
           })",
        context.get());
    ASSERT_TRUE(complete);
    auto discrete = conformance::discretized(*complete);
    ASSERT_TRUE(discrete);
    auto fixed = conformance::quantized(*discrete, 8, 100);
    ASSERT_TRUE(fixed);
    conformance::probeAll(*fixed);
    conformance::Outcome outcome = compare(*fixed, 60, 1);
    if (start + 6 <= 16)
      EXPECT_EQ(outcome.refusal, "");
    else
      EXPECT_NE(outcome.refusal.find("needs a bias that begins in step 17, limit is 16"),
                std::string::npos)
          << outcome.refusal;
    EXPECT_EQ(outcome.difference, "");
  }
}
