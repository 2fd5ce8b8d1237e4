// Propagators of exact integration against closed forms (Rotter and Diesmann 1999), and convergence
// of all methods.
#include "dialects/Neuro/IR/Numbers.h"
#include "tests/dialects/Neuro/Transforms/TransformsTestSupport.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::tests;

namespace {

/// The parameters of the only population after neuro-discretize.
std::map<std::string, std::vector<double>> parametersAfter(const std::string &population,
                                                           MLIRContext &context) {
  auto module =
      transformed("neuro.network @n dt = 0.1 ms {\n population @p " + population + "\n}\n",
                  &context, [](PassManager &pm) { pm.addPass(neuro::createDiscretizePass()); });
  std::map<std::string, std::vector<double>> result;
  if (!module) {
    ADD_FAILURE() << population;
    return result;
  }
  auto network = *neuro::findNetwork(*module);
  auto op = *network.getBody().getOps<neuro::PopulationOp>().begin();
  DictionaryAttr parameters = *op.getParameters();
  for (NamedAttribute entry : parameters)
    if (neuro::isNumeric(entry.getValue()))
      result[entry.getName().str()] = neuro::readNumbers(entry.getValue());
  return result;
}

// tau dv/dt = (v_leak - v) + r I: exp(-h / tau), and tau (1 - exp(-h / tau)) for the constant.
TEST(Discretize, MembraneHasTheExponentialPropagator) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto p = parametersAfter(
      "[3] of @LIF parameters {tau = dense<[0.05, 10.0, 400.0]> : tensor<3xf64>} method exact",
      context);
  double tau[] = {0.05, 10, 400};
  for (int k = 0; k < 3; ++k) {
    EXPECT_NEAR(p["exp_v_v"][k], std::exp(-0.1 / tau[k]), 1e-15);
    EXPECT_NEAR(p["int_v_v"][k], -tau[k] * std::expm1(-0.1 / tau[k]), 1e-14);
  }
}

// The alpha current: y' = -y / tau, i' = y - i / tau (up to scale), so that i gets h exp(-h / tau)
// y.
TEST(Discretize, AlphaCurrentHasTheCriticallyDampedPropagator) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto p = parametersAfter("[1] of @LIF_alpha_curr parameters {tau_syn_exc = 2.0}", context);
  EXPECT_NEAR(p["exp_y_exc_y_exc"][0], std::exp(-0.05), 1e-15);
  EXPECT_NEAR(p["exp_i_exc_i_exc"][0], std::exp(-0.05), 1e-15);
  EXPECT_NEAR(p["exp_i_exc_y_exc"][0], 0.1 * std::exp(-0.05), 1e-15);
}

// An exponential current into a membrane: (exp(-h/tau_s) - exp(-h/tau_m)) / (1/tau_m - 1/tau_s) /
// c, and its limit h exp(-h/tau) / c where the time constants are equal.
TEST(Discretize, CurrentReachesTheMembraneByTheClosedFormAlsoForEqualTimeConstants) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  auto p = parametersAfter(
      "[3] of @LIF_exp_curr parameters {c_m = 250.0, tau_mem = 10.0, tau_syn_exc = dense<[2.0, "
      "10.0, 10.000001]> : tensor<3xf64>}",
      context);
  // The exponential of the matrix is good to a unit in the last place of its largest entry, which
  // is near 1.
  double h = 0.1, m = 10, s = 2;
  EXPECT_NEAR(p["exp_v_i_exc"][0], (std::exp(-h / s) - std::exp(-h / m)) / (1 / m - 1 / s) / 250,
              2.3e-16);
  EXPECT_NEAR(p["exp_v_i_exc"][1], h * std::exp(-h / m) / 250, 2.3e-16);
  EXPECT_NEAR(p["exp_v_i_exc"][2], h * std::exp(-h / m) / 250, 1e-10);
}

// dv/dt = -v / tau from 1: the error after 1 ms falls with the step as the order of the method
// says.
TEST(Discretize, MethodsConvergeInTheirOrder) {
  auto errorOf = [](const char *method, int64_t steps) {
    MLIRContext context(MLIRContext::Threading::DISABLED);
    std::string text = "neuro.network @n dt = " + std::to_string(1.0 / static_cast<double>(steps)) +
                       " ms {\n population @p [1] of @LIF parameters {tau = 1.0, v_threshold = "
                       "9.0} initial {v = 1.0} "
                       "method " +
                       method + "\n probe @v of @p \"v\"\n}\n";
    auto module = transformed(text, &context,
                              [](PassManager &pm) { pm.addPass(neuro::createDiscretizePass()); });
    return std::abs(probesOf(*module, steps).back()[0] - std::exp(-1.0));
  };
  EXPECT_NEAR(errorOf("euler", 8) / errorOf("euler", 16), 2, 0.2);
  EXPECT_NEAR(errorOf("rk4", 8) / errorOf("rk4", 16), 16, 2);
  EXPECT_LT(errorOf("exponential_euler", 8), 1e-15);
  EXPECT_LT(errorOf("exact", 8), 1e-15);
}

} // namespace
