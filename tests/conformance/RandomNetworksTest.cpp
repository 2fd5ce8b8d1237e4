// Random valid networks, the same on the interpreter and as native code, bit for bit; in fixed
// point on cores too. ENGRAM_RANDOM_NETWORKS=N runs N of them instead of 200,
// ENGRAM_RANDOM_FIRST_SEED=S begins elsewhere, ENGRAM_RANDOM_KEEP=FOLDER gets those that fail;
// tests/soak uses them.
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

/// The first line says how 'engram verify' shows what failed.
void keep(const std::string &text, int64_t seed, const std::string &options) {
  if (const char *folder = std::getenv("ENGRAM_RANDOM_KEEP"))
    std::ofstream(fmt::format("{}/random-{}.mlir", folder, seed))
        << "// engram verify " << options << "\n"
        << text;
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
    std::string precision = seed % 2 ? "f32" : "f64";
    auto discrete = discretized(*module, precision);
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
      keep(text, seed, "--precision=" + precision);
  }
  // Networks in which nothing happens would show nothing.
  if (!HasFailure())
    EXPECT_GT(active, networks * 9 / 10);
}

/// What was said instead of done.
class Refusals {
public:
  explicit Refusals(mlir::MLIRContext *context)
      : handler(context, [this](mlir::Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error)
            text += diagnostic.str() + "\n";
          return mlir::success();
        }) {}
  std::string text;

private:
  mlir::ScopedDiagnosticHandler handler;
};

const std::string target = ENGRAM_SOURCE_DIR "/tests/conformance/Inputs/roomy.mlir";

/// One network in fixed point on all machines; empty if it was quantized and mapped, else what
/// refused it.
std::string runInFixedPoint(const std::string &text, int64_t seed, mlir::MLIRContext *context) {
  Refusals refusals(context);
  auto module = parseComplete(text, context);
  auto discrete = module ? discretized(*module, "f64") : nullptr;
  if (!discrete) {
    ADD_FAILURE() << refusals.text;
    return "";
  }
  int64_t bits = std::vector<int64_t>{4, 8, 8, 12}[seed % 4];
  auto fixed = quantized(*discrete, bits, steps);
  if (!fixed)
    return refusals.text.empty() ? "quantizing failed without a word" : refusals.text;
  std::string partition = std::vector<std::string>{"engram", "random", "first-fit"}[seed % 3];
  auto onCores = mapped(*fixed, target, partition, static_cast<uint64_t>(seed));
  probeAll(*fixed);
  auto interpreter = interpret(*fixed), native = compileForCpu(*fixed, seed % 8 < 7 ? 0 : 3);
  if (!interpreter || !native) {
    ADD_FAILURE() << refusals.text;
    return "";
  }
  Trace trace = run(*interpreter, steps);
  EXPECT_EQ(firstDifference(trace, run(*native, steps), 0), "") << "native code";
  std::unique_ptr<Machine> cores;
  if (onCores) {
    probeAll(*onCores);
    cores = runOnCores(*onCores);
    EXPECT_TRUE(cores) << refusals.text;
  }
  if (cores)
    EXPECT_EQ(firstDifference(trace, run(*cores, steps), 0), "") << "cores, " << partition;
  if (testing::Test::HasFailure())
    keep(text, seed,
         fmt::format("--quantize={} --target={} --partition={} --mapping-seed={}", bits, target,
                     partition, seed));
  return onCores ? "" : refusals.text.empty() ? "mapping failed without a word" : refusals.text;
}

TEST(RandomNetworks, RunTheSameInFixedPointOnAllMachines) {
  auto context = createContext();
  int64_t first = numberFromEnvironment("ENGRAM_RANDOM_FIRST_SEED", 1);
  int64_t networks = numberFromEnvironment("ENGRAM_RANDOM_NETWORKS", 200), ran = 0;
  std::string refused;
  for (int64_t seed = first; seed < first + networks && !HasFailure(); ++seed) {
    std::string text = randomNetwork(static_cast<uint64_t>(seed), {/*linearModels=*/seed % 4 != 0});
    SCOPED_TRACE(fmt::format("seed {}:\n{}", seed, text));
    std::string refusal = runInFixedPoint(text, seed, context.get());
    ran += refusal.empty();
    if (!refusal.empty())
      refused += fmt::format("seed {}: {}\n", seed, refusal);
  }
  if (!HasFailure())
    EXPECT_GE(ran, networks * 7 / 10) << refused;
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
