// Fixed-point networks give the interpreter's bits on core programs compiled for the host:
// programs, rows, keys and tables say the same as the network, whatever the order in which packets
// arrive.
#include "tests/backends/SpiNNaker/SynchronousMachine.h"
#include "tests/conformance/FixedPoint.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace mlir;

static conformance::Outcome compare(ModuleOp fixed, const std::string &target,
                                    const std::string &partition, int64_t steps, uint64_t seed) {
  return conformance::compare(fixed, target, partition, steps, seed, [&](neuro::NetworkOp network) {
    spinnaker::PackageOptions options;
    options.arm = false;
    return spinnaker::runSynchronously(network, seed, options);
  });
}

class HostConformanceTest : public testing::TestWithParam<std::tuple<std::string, const char *>> {};

TEST_P(HostConformanceTest, HostProgramsEqualInterpreter) {
  auto [name, target] = GetParam();
  auto context = conformance::createContext();
  auto module = conformance::fixedNetwork(name, context.get(), 200);
  if (!module)
    GTEST_SKIP() << "it cannot be quantized";
  conformance::Outcome outcome = compare(*module, target, "engram", 200, 1);
  // The library's models are in these networks, with all methods that each has: none is refused.
  EXPECT_EQ(outcome.refusal, "");
  EXPECT_EQ(outcome.difference, "");
  EXPECT_EQ(outcome.fault, "");
}

INSTANTIATE_TEST_SUITE_P(Networks, HostConformanceTest,
                         testing::Combine(testing::ValuesIn(conformance::networks()),
                                          testing::Values("spinnaker-1-48", "spinnaker-2")),
                         [](auto &info) {
                           return conformance::testName(std::get<0>(info.param) + "_" +
                                                        std::get<1>(info.param));
                         });

TEST(HostConformance, RandomNetworksKeepTheirBits) {
  int compared = 0;
  std::map<std::string, int> refusals;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    auto context = conformance::createContext();
    auto module = conformance::fixedRandomNetwork(seed, context.get(), 100);
    if (!module)
      continue;
    // Slices of any neurons, on cores side by side.
    conformance::Outcome outcome =
        compare(*module, "spinnaker-1-48", seed % 3 ? "engram" : "random", 100, seed);
    if (!outcome.refusal.empty()) {
      ++refusals[outcome.refusal];
      continue;
    }
    ++compared;
    EXPECT_EQ(outcome.difference, "") << "seed " << seed;
    EXPECT_EQ(outcome.fault, "") << "seed " << seed;
  }
  for (auto &[why, count] : refusals)
    std::cout << count << " refused: " << why << "\n";
  EXPECT_GE(compared, 20);
}
