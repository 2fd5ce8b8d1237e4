// Random models: rates in closed form, and the same numbers again for the same seed.
#include "LibraryTestSupport.h"
#include <cmath>

using namespace engram::tests;

namespace {

/// Expects a count of `trials` independent trials of probability p within four standard deviations.
void expectBinomial(int64_t count, double trials, double p) {
  double sigma = std::sqrt(trials * p * (1 - p));
  EXPECT_NEAR(count, trials * p, 4 * sigma) << "p " << p;
}

TEST(Poisson, SpikesWithItsRate) {
  for (double rate : {5.0, 200.0}) {
    Trace trace = simulate("Poisson", "parameters {rate = " + std::to_string(rate) + "}", "1.0 ms",
                           2000, {}, 100);
    expectBinomial(trace.count, 2000 * 100, 1 - std::exp(-rate * 1e-3));
  }
}

TEST(Poisson, IsSilentAtRateZero) {
  EXPECT_EQ(simulate("Poisson", "parameters {rate = 0.0}", "1.0 ms", 500, {}, 20).count, 0);
}

TEST(Poisson, RepeatsExactlyForASeed) {
  auto run = [](uint64_t seed) {
    return simulate("Poisson", "parameters {rate = 100.0}", "1.0 ms", 2000, {}, 3, seed).spikes;
  };
  EXPECT_EQ(run(7), run(7));
  EXPECT_NE(run(7), run(8));
}

// With v held at the constant v_leak (reset to it as well) each step is an independent trial.
TEST(StochasticLIF, SpikesAtTheRateOfEscape) {
  for (double v : {0.8, 1.0, 1.2}) {
    std::string value = std::to_string(v);
    Trace trace = simulate("StochasticLIF",
                           "parameters {v_leak = " + value + ", v_reset = " + value +
                               ", tau_escape = 5.0, delta = 0.2} initial {v = " + value + "}",
                           "0.5 ms", 2000, {}, 50);
    expectBinomial(trace.count, 2000 * 50, 1 - std::exp(-0.5 / 5.0 * std::exp((v - 1) / 0.2)));
  }
}

// As delta goes to 0 it is the LIF: the interval in closed form.
TEST(StochasticLIF, BecomesTheLIFWithoutNoise) {
  Trace trace = simulate("StochasticLIF", "parameters {delta = 1.0e-6}", "0.01 ms", 10000,
                         {{"I", std::vector<double>(10000, 1.5)}});
  auto interval = static_cast<int64_t>(std::ceil(20 * std::log(3.0) / 0.01));
  ASSERT_EQ(trace.spikes.size(), 4u);
  for (size_t k = 0; k < trace.spikes.size(); ++k)
    EXPECT_EQ(trace.spikes[k] + 1, static_cast<int64_t>(k + 1) * interval);
}

TEST(StochasticLIF, RepeatsExactlyForASeed) {
  auto run = [](uint64_t seed) {
    return simulate("StochasticLIF", "", "1.0 ms", 3000, {{"I", std::vector<double>(3000, 1.1)}}, 2,
                    seed);
  };
  Trace first = run(3), second = run(3), other = run(4);
  EXPECT_FALSE(first.spikes.empty());
  EXPECT_EQ(first.spikes, second.spikes);
  EXPECT_EQ(first.states["v"], second.states["v"]);
  EXPECT_NE(first.spikes, other.spikes);
}

} // namespace
