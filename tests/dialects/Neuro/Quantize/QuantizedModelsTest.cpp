// Every model of the library in fixed point: interpreter and compiled code agree to the bit, and
// states stay near those in floats until a spike falls into another step.
#include "backends/Reference/Passes.h"
#include "dialects/Neuro/Quantize/Passes.h"
#include "dialects/Neuro/Quantize/QuantizeModelsPasses.h"
#include "mlir/Pass/PassManager.h"
#include "tests/conformance/Conformance.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace mlir;
using namespace engram;
using namespace engram::conformance;

namespace {

const std::filesystem::path folder = std::filesystem::path(ENGRAM_SOURCE_DIR) / "tests/conformance";

std::vector<std::string> networks() {
  std::vector<std::string> names;
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    if (entry.path().stem().string().rfind("models-", 0) == 0)
      names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

int64_t stepsOf(const std::string &name) {
  std::ifstream stream(folder / (name + ".mlir"));
  std::string line;
  std::getline(stream, line);
  return std::stoll(line.substr(line.find("steps=") + 6));
}

LogicalResult quantize(ModuleOp module, int64_t steps,
                       const neuro::QuantizeModelsPassOptions &how) {
  PassManager pm(module.getContext());
  reference::CalibratePassOptions calibration;
  for (auto network : module.getOps<neuro::NetworkOp>())
    for (auto source : network.getBody().getOps<neuro::SourceOp>())
      if (isa<neuro::ExternalAttr>(source.getKind()))
        calibration.inputs.push_back((source.getSymName() + "=noise").str());
  calibration.steps = steps;
  pm.addPass(reference::createCalibratePass(calibration));
  neuro::QuantizeWeightsPassOptions weights;
  weights.bits = 16;
  pm.addPass(neuro::createQuantizeWeightsPass(weights));
  pm.addPass(neuro::createQuantizeModelsPass(how));
  return pm.run(module);
}

bool isSpikes(const std::string &name) { return name.find(" spikes[") != std::string::npos; }

/// The population of "LIF_rk4.v[2]" or "LIF_rk4 spikes[2]".
std::string populationOf(const std::string &name) {
  return name.substr(0, name.find_first_of(". "));
}

struct Distance {
  double worst = 0; ///< as a part of what the number spans in floats
  std::string where;
  int64_t compared = 0;
};

/// States of each population until one of its spikes differs.
Distance distance(const Trace &floats, const Trace &fixed) {
  Distance result;
  std::set<std::string> diverged;
  std::vector<double> low(floats.names.size(), HUGE_VAL), high(floats.names.size(), -HUGE_VAL);
  for (const auto &row : floats.values)
    for (size_t k = 0; k < row.size(); ++k) {
      low[k] = std::min(low[k], row[k]);
      high[k] = std::max(high[k], row[k]);
    }
  for (size_t t = 0; t < floats.values.size(); ++t) {
    for (size_t k = 0; k < floats.names.size(); ++k)
      if (isSpikes(floats.names[k]) && floats.values[t][k] != fixed.values[t][k])
        diverged.insert(populationOf(floats.names[k]));
    for (size_t k = 0; k < floats.names.size(); ++k) {
      if (isSpikes(floats.names[k]) || diverged.count(populationOf(floats.names[k])) ||
          high[k] == low[k])
        continue;
      ++result.compared;
      double apart = std::abs(floats.values[t][k] - fixed.values[t][k]) / (high[k] - low[k]);
      if (apart > result.worst) {
        result.worst = apart;
        result.where = floats.names[k] + " in step " + std::to_string(t);
      }
    }
  }
  return result;
}

/// An upstroke (AdEx) and a chaotic map (Rulkov) enlarge errors before a spike shows them.
double bound(const std::string &name) {
  return name == "models-nonlinear" ? 0.03 : name == "models-stochastic" ? 0.01 : 1e-4;
}

class QuantizedModels : public testing::TestWithParam<std::string> {
protected:
  std::unique_ptr<MLIRContext> context = createContext();
  OwningOpRef<ModuleOp> discrete() {
    auto module = loadComplete((folder / (GetParam() + ".mlir")).string(), context.get());
    return module ? discretized(*module) : OwningOpRef<ModuleOp>();
  }
};

TEST_P(QuantizedModels, GiveTheSameBitsOnInterpreterAndCpuAndStayNearFloats) {
  int64_t steps = stepsOf(GetParam());
  auto module = discrete();
  ASSERT_TRUE(module);
  auto floatMachine = interpret(*module);
  ASSERT_TRUE(floatMachine);
  Trace floats = run(*floatMachine, steps);
  neuro::QuantizeModelsPassOptions how;
  how.stateBits = 24;
  how.parameterBits = 24;
  how.intermediateBits = 48;
  how.accumulatorBits = 40;
  how.inputBits = 16;
  ASSERT_TRUE(succeeded(quantize(*module, steps, how)));
  auto interpreter = interpret(*module), cpu = compileForCpu(*module, 1);
  ASSERT_TRUE(interpreter);
  ASSERT_TRUE(cpu);
  Trace fixed = run(*interpreter, steps);
  EXPECT_EQ(firstDifference(fixed, run(*cpu, steps), 0), "");
  Distance apart = distance(floats, fixed);
  RecordProperty("worst", std::to_string(apart.worst));
  EXPECT_GT(apart.compared, steps);
  EXPECT_LT(apart.worst, bound(GetParam())) << apart.where;
}

TEST_P(QuantizedModels, RunInSixteenBits) {
  int64_t steps = stepsOf(GetParam());
  auto module = discrete();
  ASSERT_TRUE(module);
  ASSERT_TRUE(succeeded(quantize(*module, steps, {})));
  auto interpreter = interpret(*module);
  ASSERT_TRUE(interpreter);
  Trace fixed = run(*interpreter, steps);
  bool moves = false;
  for (const auto &row : fixed.values)
    moves |= row != fixed.values.front();
  EXPECT_TRUE(moves);
}

TEST(QuantizedModelsRounding, EveryModeGivesTheSameBitsOnInterpreterAndCpu) {
  for (const char *mode : {"floor", "toward_zero", "stochastic"}) {
    auto context = createContext();
    auto module = loadComplete((folder / "models-current-exact.mlir").string(), context.get());
    ASSERT_TRUE(module);
    module = discretized(*module);
    neuro::QuantizeModelsPassOptions how;
    how.rounding = mode;
    ASSERT_TRUE(succeeded(quantize(*module, 100, how))) << mode;
    auto interpreter = interpret(*module), cpu = compileForCpu(*module, 1);
    ASSERT_TRUE(interpreter && cpu) << mode;
    EXPECT_EQ(firstDifference(run(*interpreter, 100), run(*cpu, 100), 0), "") << mode;
  }
}

INSTANTIATE_TEST_SUITE_P(Library, QuantizedModels, testing::ValuesIn(networks()), [](auto &info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

} // namespace
