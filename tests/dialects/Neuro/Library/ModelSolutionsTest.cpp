// Models whose response is known in closed form.
#include "LibraryTestSupport.h"
#include <cmath>

using namespace engram::tests;

namespace {

/// Of potentials about -70 mV, whose last bit is 1.4e-14 mV, after some hundred steps.
constexpr double rounding = 5e-12;

std::vector<double> constant(int64_t steps, double value) {
  return std::vector<double>(steps, value);
}

// v(t) = r I (1 - exp(-t / tau)) reaches the threshold after tau ln(r I / (r I - threshold)).
TEST(LIF, IntervalIsTheClosedForm) {
  Trace trace = simulate("LIF", "parameters {tau = 20.0} method exact", "0.01 ms", 20000,
                         {{"I", constant(20000, 1.5)}});
  double interval = 20 * std::log(1.5 / 0.5) / 0.01;
  ASSERT_EQ(trace.spikes.size(), 9u);
  for (size_t k = 0; k < trace.spikes.size(); ++k)
    // The reset falls on a step, so each interval is rounded up.
    EXPECT_EQ(trace.spikes[k] + 1, static_cast<int64_t>((k + 1) * std::ceil(interval)));
}

// Forward Euler: v_n = r I (1 - (1 - dt / tau)^n).
TEST(LIF, StepsByEulerUnlessToldOtherwise) {
  Trace trace =
      simulate("LIF", "parameters {tau = 10.0, r = 0.5}", "1.0 ms", 30, {{"I", constant(30, 1.8)}});
  EXPECT_TRUE(trace.spikes.empty());
  for (int n = 1; n <= 30; ++n)
    ASSERT_NEAR(trace.states["v"][n - 1], 0.9 * (1 - std::pow(0.9, n)), 1e-14);
}

TEST(LIF, FiresAboveAndNotAtTheThreshold) {
  Trace at = simulate("LIF", "parameters {tau = 1.0}", "1.0 ms", 5, {{"I", constant(5, 1.0)}});
  EXPECT_TRUE(at.spikes.empty());
  Trace above = simulate("LIF", "parameters {tau = 1.0, v_reset = -0.5}", "1.0 ms", 2,
                         {{"I", constant(2, std::nextafter(1.0, 2.0))}});
  EXPECT_EQ(above.spikes, (std::vector<int64_t>{0, 1}));
  EXPECT_EQ(above.states["v"][0], -0.5);
}

TEST(LIF, TakesTheUnitOfTimeOfTheNetwork) {
  Trace ms = simulate("LIF", "parameters {tau = 10.0}", "1.0 ms", 5, {{"I", constant(5, 0.5)}});
  Trace s = simulate("LIF", "parameters {tau = 10.0}", "1.0 s", 5, {{"I", constant(5, 0.5)}});
  EXPECT_EQ(ms.states["v"], s.states["v"]);
}

TEST(LI, PutsOutTheMembraneAndDecaysToTheLeak) {
  Trace trace = simulate("LI", "parameters {tau = 10.0, r = 2.0, v_leak = 0.25} method exact",
                         "0.5 ms", 60, {{"I", constant(20, 3.0)}});
  EXPECT_EQ(trace.states["output"], trace.states["v"]);
  double v = 0;
  for (int n = 0; n < 60; ++n) {
    double target = 0.25 + (n < 20 ? 6.0 : 0.0);
    v = target + (v - target) * std::exp(-0.05);
    ASSERT_NEAR(trace.states["v"][n], v, 1e-13);
  }
}

TEST(I, IntegratesItsInput) {
  Trace trace = simulate("I", "parameters {r = 2.0}", "0.5 ms", 8, {{"I", {1, 2, 3, 4}}});
  EXPECT_EQ(trace.states["output"], (std::vector<double>{1, 3, 6, 10, 10, 10, 10, 10}));
}

TEST(IF, FiresEachTimeItHasIntegratedTheThreshold) {
  Trace trace =
      simulate("IF", "parameters {v_threshold = 0.9}", "1.0 ms", 20, {{"I", constant(20, 0.25)}});
  EXPECT_EQ(trace.spikes, (std::vector<int64_t>{3, 7, 11, 15, 19}));
}

// One step of input 1: I_n = a w (1 - a)^n, a = dt / tau_syn; v_n = b r sum_k (1 - b)^(n - k) I_k.
TEST(CubaLIF, ImpulseResponseIsThatOfSequentialEuler) {
  for (const char *model : {"CubaLI", "CubaLIF"}) {
    Trace trace = simulate(model, "parameters {tau_syn = 5.0, tau_mem = 20.0, r = 3.0, w_in = 2.0}",
                           "0.5 ms", 100, {{"S", {1.0}}});
    double a = 0.1, b = 0.025;
    for (int n = 0; n < 100; ++n) {
      ASSERT_NEAR(trace.states["I"][n], 2 * a * std::pow(1 - a, n), 1e-15);
      double v = 0;
      for (int k = 0; k <= n; ++k)
        v += b * 3 * std::pow(1 - b, n - k) * 2 * a * std::pow(1 - a, k);
      ASSERT_NEAR(trace.states["v"][n], v, 1e-14) << model;
    }
  }
}

// Continuous time: after a step h of input S, I = w S (1 - exp(-h / tau_syn)); then it decays, and
// v is the difference of two exponentials.
TEST(CubaLI, ImpulseResponseIsThatOfTheEquations) {
  double h = 0.5, ts = 5, tm = 20;
  Trace trace = simulate("CubaLI", "parameters {tau_syn = 5.0, tau_mem = 20.0} method exact",
                         "0.5 ms", 100, {{"S", {1.0}}});
  double i1 = 1 - std::exp(-h / ts);
  double v1 = 1 - (tm * std::exp(-h / tm) - ts * std::exp(-h / ts)) / (tm - ts);
  for (int n = 0; n < 100; ++n) {
    double t = n * h;
    double v =
        v1 * std::exp(-t / tm) + i1 * ts / (tm - ts) * (std::exp(-t / tm) - std::exp(-t / ts));
    ASSERT_NEAR(trace.states["I"][n], i1 * std::exp(-t / ts), 1e-14);
    ASSERT_NEAR(trace.states["output"][n], v, 1e-14);
  }
}

TEST(Threshold, FiresWhereTheInputIsGreater) {
  Trace trace = simulate("Threshold", "parameters {threshold = 0.5}", "1.0 ms", 5,
                         {{"x", {0.5, 0.6, -1.0, 0.51, 0.0}}});
  EXPECT_EQ(trace.spikes, (std::vector<int64_t>{1, 3}));
}

TEST(Relay, PassesOnInTheSameStep) {
  Trace trace = simulate("Relay", "", "1.0 ms", 4, {{"x", {0.5, -2.0, 0.0, 7.0}}});
  EXPECT_EQ(trace.states["output"], (std::vector<double>{0.5, -2.0, 0.0, 7.0}));
  EXPECT_EQ(trace.count, 0);
}

// A current w exp(-t / ts) into the membrane: v = w / c ts tm / (tm - ts) (exp(-t/tm) -
// exp(-t/ts)).
TEST(LIFExpCurr, PotentialIsTheDifferenceOfExponentials) {
  for (auto [port, ts] : {std::pair<const char *, double>{"exc", 3.0}, {"inh", 7.0}}) {
    Trace trace = simulate("LIF_exp_curr", "parameters {tau_syn_exc = 3.0, tau_syn_inh = 7.0}",
                           "0.1 ms", 500, {{port, {100.0}}});
    for (int n = 0; n < 500; ++n) {
      double t = (n + 1) * 0.1, tm = 10;
      double v = 100 / 250.0 * ts * tm / (tm - ts) * (std::exp(-t / tm) - std::exp(-t / ts));
      ASSERT_NEAR(trace.states["v"][n] + 70, v, rounding);
    }
  }
}

// The limit tm -> ts: v = w / c t exp(-t / tau), greatest (w / c tau / e) at t = tau.
TEST(LIFExpCurr, IsExactWhereTheTimeConstantsAreEqual) {
  Trace trace = simulate("LIF_exp_curr", "parameters {tau_syn_exc = 10.0}", "0.1 ms", 300,
                         {{"exc", {100.0}}});
  for (int n = 0; n < 300; ++n) {
    double t = (n + 1) * 0.1;
    ASSERT_NEAR(trace.states["v"][n] + 70, 100 / 250.0 * t * std::exp(-t / 10), rounding);
  }
  auto &v = trace.states["v"];
  EXPECT_EQ(std::max_element(v.begin(), v.end()) - v.begin(), 99);
}

// i = w t/ts exp(1 - t/ts); v = w e / (c ts) [exp(-t/tm) - (1 + t d) exp(-t/ts)] / d^2,
// d = 1/ts - 1/tm (Rotter and Diesmann 1999).
TEST(LIFAlphaCurr, CurrentAndPotentialAreTheClosedForms) {
  for (auto [port, ts] : {std::pair<const char *, double>{"exc", 2.0}, {"inh", 5.0}}) {
    Trace trace = simulate("LIF_alpha_curr", "parameters {tau_syn_exc = 2.0, tau_syn_inh = 5.0}",
                           "0.1 ms", 400, {{port, {50.0}}});
    auto &i = trace.states["i_" + std::string(port)], &v = trace.states["v"];
    double tm = 10, d = 1 / ts - 1 / tm;
    for (int n = 0; n < 400; ++n) {
      double t = (n + 1) * 0.1;
      ASSERT_NEAR(i[n], 50 * t / ts * std::exp(1 - t / ts), 1e-12);
      double psp = 50 * std::exp(1.0) / (250 * ts) *
                   (std::exp(-t / tm) - (1 + t * d) * std::exp(-t / ts)) / (d * d);
      ASSERT_NEAR(v[n] + 70, psp, rounding);
    }
    EXPECT_EQ(std::max_element(i.begin(), i.end()) - i.begin(), std::lround(10 * ts) - 1)
        << "greatest at tau_syn";
    ASSERT_NEAR(*std::max_element(i.begin(), i.end()), 50, 1e-12);
  }
}

// The limit tm -> ts: v = w e / (c tau) t^2 / 2 exp(-t / tau), greatest at 2 tau.
TEST(LIFAlphaCurr, IsExactWhereTheTimeConstantsAreEqual) {
  Trace trace = simulate("LIF_alpha_curr", "parameters {tau_syn_exc = 10.0}", "0.1 ms", 400,
                         {{"exc", {50.0}}});
  auto &v = trace.states["v"];
  for (int n = 0; n < 400; ++n) {
    double t = (n + 1) * 0.1;
    ASSERT_NEAR(v[n] + 70, 50 * std::exp(1.0) / 2500 * t * t / 2 * std::exp(-t / 10), rounding);
  }
  EXPECT_EQ(std::max_element(v.begin(), v.end()) - v.begin(), 199);
}

TEST(LIFAlphaCond, ConductanceHasItsWeightAsMaximum) {
  Trace trace =
      simulate("LIF_alpha_cond", "parameters {tau_syn_exc = 2.0}", "0.1 ms", 100, {{"exc", {3.0}}});
  auto &g = trace.states["g_exc"];
  EXPECT_EQ(std::max_element(g.begin(), g.end()) - g.begin(), 19);
  ASSERT_NEAR(g[19], 3.0, 1e-6);
  for (double v : trace.states["v"])
    EXPECT_GT(v, -70.0);
}

// Constant drive far above the threshold: one step to fire, then t_ref of rest.
TEST(Refractory, HoldsTheMembraneForItsTimeAndLetsSynapsesGoOn) {
  for (const char *model :
       {"LIF_delta", "LIF_exp_curr", "LIF_alpha_curr", "LIF_exp_cond", "LIF_alpha_cond"}) {
    Trace trace = simulate(model, "parameters {t_ref = 2.0, i_offset = 1.0e6}", "0.1 ms", 210);
    std::vector<int64_t> expected;
    for (int64_t step = 0; step < 210; step += 21)
      expected.push_back(step);
    EXPECT_EQ(trace.spikes, expected) << model;
    double reset = trace.states["v"][0];
    for (int n = 0; n <= 20; ++n)
      EXPECT_EQ(trace.states["v"][n], reset) << model;
  }
  Trace trace =
      simulate("LIF_exp_curr", "parameters {t_ref = 5.0}", "0.1 ms", 50, {{"exc", {1.0e7}}});
  for (int n = 0; n < 50; ++n)
    ASSERT_NEAR(trace.states["i_exc"][n] / (1e7 * std::exp(-0.05 * (n + 1))), 1.0, 1e-12);
}

// A jump of w decays as exp(-t / tm); what comes in the refractory time is lost.
TEST(LIFDelta, JumpsAndLosesWhatArrivesWhenRefractory) {
  Trace trace = simulate("LIF_delta", "", "0.1 ms", 50, {{"spikes", {0.0, 5.0}}});
  EXPECT_EQ(trace.states["v"][0], -70.0);
  for (int n = 1; n < 50; ++n)
    ASSERT_NEAR(trace.states["v"][n] + 70, 5 * std::exp(-0.01 * n), rounding);
  trace = simulate("LIF_delta", "", "0.1 ms", 22,
                   {{"spikes", {20.0, 14.0, 14.0, 0, 0, 0, 0, 0, 0, 0,    0,
                                0,    0,    0,    0, 0, 0, 0, 0, 0, 14.0, 14.0}}});
  EXPECT_EQ(trace.spikes, (std::vector<int64_t>{0}));
  EXPECT_EQ(trace.states["v"][20], -70.0);
  ASSERT_NEAR(trace.states["v"][21] + 70, 14 * std::exp(-0.01), rounding);
}

// CUBA of Vogels and Abbott: c_m equal to tau_mem in number makes currents millivolts, and
// v = u (ts / (tm - ts)) (exp(-t/tm) - exp(-t/ts)) above rest for one spike of weight u.
TEST(LIFExpCurr, ExpressesVogelsAndAbbottCuba) {
  Trace trace = simulate("LIF_exp_curr",
                         "parameters {c_m = 20.0, tau_mem = 20.0, tau_syn_exc = 5.0, "
                         "tau_syn_inh = 10.0, v_leak = -60.0, v_threshold = -50.0, "
                         "v_reset = -60.0, t_ref = 5.0}",
                         "0.1 ms", 400, {{"exc", {1.62}}, {"inh", {-9.0}}});
  for (int n = 0; n < 400; ++n) {
    double t = (n + 1) * 0.1, tm = 20;
    auto psp = [&](double w, double ts) {
      return w * ts / (tm - ts) * (std::exp(-t / tm) - std::exp(-t / ts));
    };
    ASSERT_NEAR(trace.states["v"][n] + 60, psp(1.62, 5) + psp(-9, 10), rounding);
  }
}

// Forward in closed form between spikes: v relaxes to r I, a decays, and a spike takes the
// threshold from v.
TEST(ALIF, ThresholdGrowsWithEachSpikeAndIsTakenFromTheMembrane) {
  Trace trace =
      simulate("ALIF", "parameters {t_ref = 1.0}", "0.1 ms", 10000, {{"I", constant(10000, 2.0)}});
  double v = 0, a = 0;
  int64_t blocked = 0;
  std::vector<int64_t> spikes;
  for (int64_t n = 0; n < 10000; ++n) {
    v = 2 + (v - 2) * std::exp(-0.1 / 20);
    a *= std::exp(-0.1 / 200);
    double threshold = 1 + 0.2 * a;
    if (blocked-- <= 0 && v > threshold) {
      spikes.push_back(n);
      v -= threshold;
      a += 1;
      blocked = 10;
    }
    ASSERT_NEAR(trace.states["v"][n], v, 1e-9) << n;
    ASSERT_NEAR(trace.states["a"][n], a, 1e-9) << n;
  }
  EXPECT_EQ(trace.spikes, spikes);
  ASSERT_GT(spikes.size(), 10u);
  EXPECT_GT(spikes.back() - spikes[spikes.size() - 2], spikes[1] - spikes[0]) << "adapts";
}

} // namespace
