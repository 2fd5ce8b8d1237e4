// Folded thresholds give the same spikes for every potential, at the turning points too.
#include "dialects/Neuro/Quantize/Passes.h"
#include "runtime/Philox.h"
#include "tests/dialects/Neuro/Transforms/TransformsTestSupport.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::tests;

namespace {

constexpr int numNeurons = 24, numSteps = 60;

// gamma (v - mean) / sqrt(var + eps) + beta against theta; v is what the source shows.
std::string network(const std::string &type, const std::string &predicate) {
  auto parameter = [&](const std::string &name) {
    return "%" + name + " = parameter \"" + name + "\" : " + type + "\n";
  };
  std::string text = "neuro.model @Norm {\n";
  for (const char *name : {"gamma", "mean", "var", "beta", "theta"})
    text += parameter(name);
  text += "%v = state \"v\" = 0.0 : " + type + "\n%I = input \"I\" : " + type + "\n";
  text += "update {\n assign %v, %I : " + type + "\n}\nfire {\n";
  text += "%eps = arith.constant 1.0e-3 : " + type + "\n";
  for (const char *line :
       {"%0 = arith.subf %v, %mean", "%1 = arith.addf %var, %eps", "%2 = math.sqrt %1",
        "%3 = arith.mulf %0, %gamma", "%4 = arith.divf %3, %2", "%5 = arith.addf %4, %beta"})
    text += std::string(line) + " : " + type + "\n";
  text += "%6 = arith.cmpf " + predicate + ", %5, %theta : " + type + "\nyield %6 : i1\n}\n}\n";
  std::string size = std::to_string(numNeurons);
  text += "neuro.network @n dt = 1.0 ms seed = 5 precision = " + type + " {\n";
  text += "source @in [" + size + "] is #neuro.external\n";
  text += "population @p [" + size +
          "] of @Norm parameters {gamma = #neuro.normal<0.0, 1.5>, mean = #neuro.normal<0.1, 0.5>, "
          "var = #neuro.uniform<0.01, 2.0>, beta = #neuro.normal<0.0, 0.5>, theta = 0.7}\n";
  text += "projection @i from @in to @p via #neuro.one_to_one<weight = 1.0>\n}\n";
  return text;
}

/// Potentials around a turning point: the threshold and its neighbours, and some far away.
double potential(double threshold, int step, bool single) {
  if (step < 9) {
    double x = threshold;
    for (int k = 0; k < std::abs(step - 4); ++k)
      x = single ? std::nextafter(float(x), step < 4 ? -1e30f : 1e30f)
                 : std::nextafter(x, step < 4 ? -1e300 : 1e300);
    return x;
  }
  return 6 * uniform01(uniform32(1, 2, step, 3)) - 3;
}

class FoldNormalization : public testing::TestWithParam<std::tuple<const char *, const char *>> {};

TEST_P(FoldNormalization, FiresTheSameSpikes) {
  auto [type, predicate] = GetParam();
  bool single = std::string(type) == "f32";
  MLIRContext context(MLIRContext::Threading::DISABLED);
  std::string text = network(type, predicate);
  auto plain = transformed(text, &context, [](PassManager &) {});
  auto folded = transformed(
      text, &context, [](PassManager &pm) { pm.addPass(neuro::createFoldNormalizationPass()); });
  ASSERT_TRUE(plain && folded);
  auto population = *(*neuro::findNetwork(*folded)).getBody().getOps<neuro::PopulationOp>().begin();
  neuro::ModelOp model = neuro::modelOf(population);
  auto thresholds = neuro::parameterValues(population, model.findParameter("folded_threshold")),
       signs = neuro::parameterValues(population, model.findParameter("folded_sign"));
  ASSERT_TRUE(succeeded(thresholds) && succeeded(signs));
  EXPECT_FALSE(model.findParameter("gamma"));
  auto a = reference::Interpreter::create(*neuro::findNetwork(*plain)),
       b = reference::Interpreter::create(*neuro::findNetwork(*folded));
  ASSERT_TRUE(succeeded(a) && succeeded(b));
  std::vector<int> spikes(numNeurons);
  for (int step = 0; step < numSteps; ++step) {
    std::vector<double> input(numNeurons), x(numNeurons), y(numNeurons);
    for (int i = 0; i < numNeurons; ++i)
      input[i] = potential((*thresholds)[i] * (*signs)[i], step, single);
    (*a)->step({input.data()});
    (*b)->step({input.data()});
    (*a)->readSpikes(0, x.data());
    (*b)->readSpikes(0, y.data());
    EXPECT_EQ(x, y) << "step " << step;
    for (int i = 0; i < numNeurons; ++i)
      spikes[i] += x[i] != 0 && step < 9;
  }
  // The nine potentials lie on both sides of each turning point.
  for (int i = 0; i < numNeurons; ++i)
    EXPECT_TRUE(spikes[i] == 4 || spikes[i] == 5) << i << ": " << spikes[i];
}

INSTANTIATE_TEST_SUITE_P(Types, FoldNormalization,
                         testing::Combine(testing::Values("f64", "f32"),
                                          testing::Values("ogt", "oge", "olt", "ule")),
                         [](const auto &info) {
                           return std::string(std::get<0>(info.param)) + "_" +
                                  std::get<1>(info.param);
                         });

} // namespace
