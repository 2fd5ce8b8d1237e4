// The models of the library, and ranges in which their neurons are neither dead nor broken.
#include "tests/conformance/RandomNetwork.h"

using namespace engram::conformance;

using Methods = std::vector<const char *>;
using Values = std::vector<RandomModel::Value>;

static const Methods every{"euler", "sequential_euler", "exponential_euler", "exact", "rk4"};
/// Each derivative is affine in its own state, but not all of them in all.
static const Methods ownAffine{"euler", "sequential_euler", "exponential_euler", "rk4"};
static const Methods nonlinear{"euler", "sequential_euler", "rk4"};

static Values operator+(Values a, const Values &b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

static const Values cell{{"t_ref", 0, 3, "ms"}, {"v_threshold", -58, -50, "mV"}};
static const Values current = cell + Values{{"tau_mem", 5, 15, "ms"}, {"i_offset", 0, 300, "pA"}};
static const Values synapses{{"tau_syn_exc", 1, 5, "ms"}, {"tau_syn_inh", 1, 5, "ms"}};
static const Values conductance =
    cell + synapses + Values{{"g_leak", 10, 20, "nS"}, {"e_inh", -90, -80, "mV"}};
static const Values spike{{"t_ref", 0, 2, "ms"},
                          {"delta", 1, 3, "mV"},
                          {"a", 1, 6, "nS"},
                          {"b", 10, 90, "pA"},
                          {"v_peak", 0, 20, "mV"}};
static const RandomModel::Value membrane{"v", -72, -60, "mV"};

const std::vector<RandomModel> &engram::conformance::randomModels() {
  static const std::vector<RandomModel> models{
      {"ALIF",
       {{"I", -1, 3}},
       {{"v", -0.2, 0.5}, {"a", 0, 2}},
       {{"tau", 3, 9, "ms"}, {"beta", 0, 1}, {"t_ref", 0, 4, "ms"}, {"tau_adapt", 20, 90, "ms"}},
       every},
      {"AdEx",
       {{"I", -300, 1500}},
       {membrane, {"w", 0, 50, "pA"}},
       spike + Values{{"i_offset", 0, 600, "pA"}},
       nonlinear,
       false},
      {"AdEx_exp_cond",
       {{"exc", 5, 60}, {"inh", 0, 20}, {"I", -300, 1000}},
       {membrane, {"g_exc", 0, 3, "nS"}},
       spike + synapses,
       nonlinear,
       false},
      {"CubaLI",
       {{"S", -0.5, 1}},
       {{"I", -0.2, 0.2}, {"v", -0.2, 0.5}},
       {{"tau_syn", 2, 6}, {"tau_mem", 4, 12}, {"w_in", 1, 3}},
       every},
      {"CubaLIF",
       {{"S", -0.6, 2}},
       {{"I", -0.2, 0.2}, {"v", -0.2, 0.5}},
       {{"tau_syn", 2, 6}, {"tau_mem", 4, 12}, {"w_in", 1, 4}, {"v_threshold", 0.2, 0.9}},
       every},
      {"HodgkinHuxley",
       {{"I", -5, 40}},
       {{"v", -70, -50, "mV"}, {"m", 0, 0.1}, {"n", 0.3, 0.4}},
       {{"g_na", 110, 130, "mS/cm^2"}, {"e_leak", -56, -50, "mV"}},
       ownAffine,
       false,
       0.025},
      {"I", {{"I", -0.5, 0.5}}, {{"v", -1, 1}}, {{"r", -1, 2}}, every},
      {"IF",
       {{"I", -0.2, 0.6}},
       {{"v", -0.2, 0.4}},
       {{"r", 0.5, 2}, {"v_threshold", 0.5, 2}, {"v_reset", -0.3, 0.2}},
       every},
      {"Izhikevich",
       {{"I", -4, 14}},
       {{"v", -70, -60, "mV"}, {"u", -15, -10, "mV/ms"}},
       {{"a", 0.02, 0.1, "1/ms"}, {"c", -65, -50, "mV"}, {"d", 2, 8, "mV/ms"}},
       nonlinear},
      {"LI",
       {{"I", -0.2, 0.5}},
       {{"v", -0.2, 0.5}},
       {{"tau", 2, 9}, {"r", -1, 2}, {"v_leak", -0.2, 0.2}},
       every},
      {"LIF",
       {{"I", -0.3, 1.2}},
       {{"v", -0.2, 0.5}},
       {{"tau", 2, 9}, {"v_threshold", 0.2, 0.9}, {"v_leak", -0.2, 0.2}, {"v_reset", -0.2, 0.1}},
       every},
      {"LIF_alpha_cond",
       {{"exc", 2, 30}, {"inh", 0, 10}, {"I", -100, 500}},
       {membrane, {"g_exc", 0, 3, "nS"}},
       conductance,
       ownAffine},
      {"LIF_alpha_curr",
       {{"exc", 50, 500}, {"inh", -150, 0}, {"I", -100, 500}},
       {membrane, {"i_exc", 0, 50, "pA"}},
       current + synapses,
       every},
      {"LIF_delta",
       {{"spikes", -3, 9}, {"I", -100, 500}},
       {membrane},
       current + Values{{"c_m", 200, 300, "pF"}},
       every},
      {"LIF_exp_cond",
       {{"exc", 2, 30}, {"inh", 0, 10}, {"I", -100, 500}},
       {membrane, {"g_inh", 0, 3, "nS"}},
       conductance,
       ownAffine},
      {"LIF_exp_curr",
       {{"exc", 50, 500}, {"inh", -150, 0}, {"I", -100, 500}},
       {membrane, {"i_inh", -50, 0, "pA"}},
       current + synapses,
       every},
      {"Poisson", {}, {}, {{"rate", 0, 900, "Hz"}}, {}, false},
      {"Relay", {{"x", -0.5, 0.5}}, {}, {}, {}},
      {"Rulkov",
       {{"I", -0.05, 0.05}},
       {{"x", -1.2, -0.8}, {"y", -3.1, -2.9}},
       {{"sigma", 0, 0.3}, {"alpha", 3.8, 4.6}},
       {},
       false},
      {"StochasticLIF",
       {{"I", -0.3, 1.2}},
       {{"v", -0.2, 0.8}},
       {{"tau", 3, 9, "ms"}, {"t_ref", 0, 2, "ms"}, {"delta", 0.1, 0.3}},
       every,
       false},
      {"Threshold", {{"x", -0.3, 0.8}}, {}, {{"threshold", 0.1, 0.9}}, {}},
  };
  return models;
}
