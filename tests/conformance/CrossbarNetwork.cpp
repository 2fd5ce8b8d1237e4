// Random networks for crossbars, and crossbars for them.
#include "tests/conformance/CrossbarNetwork.h"
#include "dialects/Xbar/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include <cmath>
#include <fmt/format.h>
#include <random>

using namespace mlir;
using namespace engram;

static std::string matrix(std::mt19937_64 &random, int rows, int columns, double size) {
  std::uniform_real_distribution<double> weight(-size, size);
  std::string text = "dense<[";
  for (int i = 0; i < rows; ++i) {
    text += i ? ", [" : "[";
    for (int j = 0; j < columns; ++j)
      text += fmt::format("{}{:.4f}", j ? ", " : "", weight(random));
    text += "]";
  }
  return text + fmt::format("]> : tensor<{}x{}xf64>", rows, columns);
}

static constexpr const char *cell = R"(
neuro.model @Cell {
  %leak = parameter "leak" = 0.75
  %theta = parameter "theta" = 1.0
  %v = state "v" = 0.0
  %I = input "I"
  update {
    %0 = arith.mulf %leak, %v : f64
    %1 = arith.addf %0, %I : f64
    assign %v, %1 : f64
  }
  fire {
    %z = arith.cmpf ogt, %v, %theta : f64
    yield %z : i1
  }
  reset {
    %zero = arith.constant 0.0 : f64
    assign %v, %zero : f64
  }
}
)";

std::string conformance::crossbarNetwork(uint64_t seed, bool ofOneCore) {
  std::mt19937_64 random(seed);
  auto between = [&](int low, int high) {
    return static_cast<int>(low + random() % static_cast<uint64_t>(high - low + 1));
  };
  int count = between(1, 128), level = between(1, 40), a = between(20, ofOneCore ? 128 : 250),
      b = between(10, ofOneCore ? 128 : 200);
  std::string text = cell + fmt::format("neuro.network @net dt = 1.0 ms seed = {} {{\n", seed);
  text += fmt::format("  source @count [{}] is #neuro.poisson<rate = 150.0>\n", count);
  text += fmt::format("  source @level [{}] is #neuro.current<starts = [0, 7, 20], values = {}>\n",
                      level, matrix(random, 3, level, 1));
  text += fmt::format("  population @a [{}] of @Cell\n  population @b [{}] of @Cell\n", a, b);
  auto project = [&](const char *name, const char *from, int sources, const char *to, int targets,
                     double size, int delay) {
    text += fmt::format(
        "  projection @{} from @{} to @{} via #neuro.dense<weights = {}> delay {}\n", name, from,
        to, matrix(random, targets, sources, size / std::sqrt(sources)), delay);
  };
  project("count_a", "count", count, "a", a, 3, between(0, 2));
  project("level_a", "level", level, "a", a, 0.4, 0);
  project("a_b", "a", a, "b", b, 3, between(0, 3));
  project("b_a", "b", b, "a", a, 1, between(2, 4));
  if (ofOneCore)
    return text + "}\n";
  // Beyond the slots of a ring a relay sends what the tiles get.
  project("b_b", "b", b, "b", b, 1, seed % 4 == 0 ? between(16, 20) : between(1, 5));
  return text + "}\n";
}

static OwningOpRef<ModuleOp> mapOnto(ModuleOp fixed, const xbar::MapPassOptions &options) {
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(fixed->clone());
  PassManager pm(fixed.getContext());
  pm.addPass(xbar::createMapPass(options));
  return succeeded(pm.run(*copy)) ? std::move(copy) : OwningOpRef<ModuleOp>();
}

OwningOpRef<ModuleOp> conformance::onCrossbars(ModuleOp fixed, uint64_t seed) {
  std::mt19937_64 random(seed);
  xbar::MapPassOptions options;
  options.projections = "all";
  options.seed = seed;
  options.device = std::array{"ideal", "pcm", "rram-wan", "rram-milo"}[random() % 4];
  options.cellBits = std::array{0, 2, 3, 4}[random() % 4];
  options.adcBits = static_cast<int>(3 + random() % 10);
  options.adcRange = random() % 3 ? "max" : "cell-step";
  options.seconds = random() % 2 ? 20 : 1e6;
  options.stuck = random() % 2 ? 0 : 0.02;
  options.readNoise = options.device == "pcm" ? -1 : random() % 2 ? 0.02 : 0;
  options.compensate = random() % 4 != 0;
  if (random() % 2)
    options.line = {1.0, 0.97, 0.9};
  return mapOnto(fixed, options);
}

OwningOpRef<ModuleOp> conformance::onIdealCrossbars(ModuleOp fixed, uint64_t seed) {
  xbar::MapPassOptions options;
  options.projections = "all";
  options.cellBits = static_cast<int>(std::array{0, 2, 3, 4, 7}[seed % 5]);
  options.adcBits = 16;
  options.adcRange = "cell-step";
  options.onOffRatio = seed % 2 ? 0 : 12;
  return mapOnto(fixed, options);
}
