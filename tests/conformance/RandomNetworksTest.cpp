// Random valid networks, the same on the interpreter and as native code, bit for bit.
// ENGRAM_RANDOM_NETWORKS=N runs N of them instead of 200, ENGRAM_RANDOM_FIRST_SEED=S begins
// elsewhere, ENGRAM_RANDOM_KEEP=FOLDER gets those that fail; tests/soak uses them.
#include "tests/conformance/Conformance.h"
#include "tests/conformance/RandomNetwork.h"
#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <map>

using namespace engram;
using namespace engram::conformance;

namespace {

int64_t numberFromEnvironment(const char *name, int64_t fallback) {
  const char *text = std::getenv(name);
  return text ? std::atoll(text) : fallback;
}

void keep(const std::string &text, int64_t seed) {
  if (const char *folder = std::getenv("ENGRAM_RANDOM_KEEP"))
    std::ofstream(fmt::format("{}/random-{}.mlir", folder, seed)) << text;
}

constexpr int64_t steps = 60;

/// True if anything changed from the first step to the last.
bool moved(const Trace &trace) { return trace.values.front() != trace.values.back(); }

TEST(RandomNetworks, RunTheSameOnTheInterpreterAndAsNativeCode) {
  auto context = createContext();
  int64_t first = numberFromEnvironment("ENGRAM_RANDOM_FIRST_SEED", 1);
  int64_t networks = numberFromEnvironment("ENGRAM_RANDOM_NETWORKS", 200), active = 0;
  for (int64_t seed = first; seed < first + networks && !HasFailure(); ++seed) {
    std::string text = randomNetwork(static_cast<uint64_t>(seed));
    SCOPED_TRACE(fmt::format("seed {}:\n{}", seed, text));
    auto module = parseComplete(text, context.get());
    ASSERT_TRUE(module);
    auto discrete = discretized(*module, seed % 2 ? "f32" : "f64");
    ASSERT_TRUE(discrete);
    probeAll(*discrete);
    // Optimizing takes most of the time, and seldom changes what is being looked for.
    unsigned optimize = seed % 8 < 6 ? 0 : 3;
    auto interpreter = interpret(*discrete), native = compileForCpu(*discrete, optimize);
    ASSERT_TRUE(interpreter && native);
    Trace trace = run(*interpreter, steps);
    EXPECT_EQ(firstDifference(trace, run(*native, steps), 0), "");
    active += moved(trace);
    if (HasFailure())
      keep(text, seed);
  }
  // Networks in which nothing happens would show nothing.
  if (!HasFailure())
    EXPECT_GT(active, networks * 9 / 10);
}

TEST(RandomNetworks, AreTheSameForASeedAndDifferForOthers) {
  EXPECT_EQ(randomNetwork(7), randomNetwork(7));
  EXPECT_NE(randomNetwork(7), randomNetwork(8));
}

TEST(RandomNetworks, HaveAllThatNetworksAreMadeOf) {
  std::map<std::string, int> networks;
  for (const RandomModel &model : randomModels())
    networks[fmt::format(" of @{} ", model.name)];
  for (const char *part : {"#neuro.external",
                           "#neuro.poisson<",
                           "#neuro.current<",
                           "#neuro.spike_trains<",
                           "via #neuro.all_to_all<",
                           "via #neuro.one_to_one<",
                           "via #neuro.dense<",
                           "via #neuro.csr<",
                           "via #neuro.fixed_probability<",
                           "via #neuro.fixed_indegree<",
                           "via #neuro.conv<",
                           "via #neuro.pool<",
                           "via #neuro.compose<",
                           "allow_self = false",
                           " bias ",
                           " delay steps dense<",
                           " ms\n",
                           "neuro.start = ",
                           "#neuro.uniform<",
                           "#neuro.normal<",
                           "initial {",
                           "neurons [",
                           " every 3",
                           "tensor<0xi64>",
                           "dilation = [2",
                           "groups = 2",
                           "kind = mean",
                           "kind = sum",
                           "method exact",
                           "method rk4",
                           "method euler",
                           "method sequential_euler",
                           "method exponential_euler",
                           " s, ",
                           "xf32>"})
    networks[part];
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    std::string text = randomNetwork(seed);
    // A population's line ends behind its model.
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::string lines = randomNetwork(seed);
    for (auto &[part, found] : networks)
      found += text.find(part) != std::string::npos || lines.find(part) != std::string::npos;
  }
  for (auto &[part, found] : networks)
    EXPECT_GE(found, 3) << part;
}

TEST(RandomNetworks, OfLinearModelsHaveNoOthers) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    std::string text = randomNetwork(seed, {/*linearModels=*/true});
    for (const RandomModel &model : randomModels())
      if (!model.linear)
        EXPECT_EQ(text.find(fmt::format("of @{} ", model.name)), std::string::npos);
  }
}

} // namespace
