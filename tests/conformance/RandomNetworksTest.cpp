// Random valid networks, the same on the interpreter and as native code, bit for bit.
// ENGRAM_RANDOM_NETWORKS=N runs N of them instead of 60, ENGRAM_RANDOM_FIRST_SEED=S begins
// elsewhere; './dev soak' does.
#include "tests/conformance/Conformance.h"
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <gtest/gtest.h>
#include <random>

using namespace engram;
using namespace engram::conformance;

namespace {

using Shape = std::vector<int64_t>;

int64_t count(const Shape &shape) {
  int64_t n = 1;
  for (int64_t dim : shape)
    n *= dim;
  return n;
}

struct Model {
  const char *name;
  std::vector<const char *> ports, states, methods;
  std::vector<std::tuple<const char *, double, double>> parameters; ///< name, least, greatest
  double weight;                                                    ///< about what makes it spike
};

const std::vector<const char *> every{"euler", "sequential_euler", "exponential_euler", "exact",
                                      "rk4"};
const std::vector<Model> models{
    {"LIF",
     {"I"},
     {"v"},
     every,
     {{"tau", 2, 9}, {"v_threshold", 0.2, 0.9}, {"v_leak", -0.2, 0.2}},
     1},
    {"CubaLIF",
     {"S"},
     {"I", "v"},
     every,
     {{"tau_syn", 2, 6}, {"w_in", 1, 4}, {"v_threshold", 0.2, 0.9}},
     2},
    {"LI", {"I"}, {"v"}, every, {{"tau", 2, 9}, {"r", -1, 2}}, 0.5},
    {"IF", {"I"}, {"v"}, every, {{"v_threshold", 0.5, 2}}, 0.5},
    {"ALIF", {"I"}, {"v", "a"}, every, {{"tau", 3, 9}, {"beta", 0, 1}, {"t_ref", 0, 4}}, 3},
    {"LIF_exp_curr",
     {"exc", "inh", "I"},
     {"v", "i_exc"},
     every,
     {{"t_ref", 0, 3}, {"tau_syn_exc", 1, 5}},
     400},
    {"LIF_alpha_curr", {"exc", "inh", "I"}, {"v", "i_exc"}, every, {{"t_ref", 0, 3}}, 300},
    {"LIF_exp_cond",
     {"exc", "inh"},
     {"v", "g_exc"},
     {"euler", "exponential_euler", "rk4"},
     {{"t_ref", 0, 3}},
     20},
    {"Izhikevich", {"I"}, {"v", "u"}, {"euler", "rk4"}, {{"a", 0.02, 0.1}, {"d", 2, 8}}, 10},
    {"StochasticLIF",
     {"I"},
     {"v"},
     every,
     {{"tau", 3, 9}, {"t_ref", 0, 2}, {"delta", 0.1, 0.3}},
     1},
    {"Rulkov", {"I"}, {"x", "y"}, {}, {{"sigma", 0.0, 0.3}}, 0.05},
    {"Threshold", {"x"}, {}, {}, {{"threshold", 0.1, 0.9}}, 0.6},
    {"Relay", {"x"}, {}, {}, {}, 0.4},
    {"Poisson", {}, {}, {}, {{"rate", 0, 900}}, 1},
};

/// The text of a network, drawn from a seed.
class Generator {
public:
  explicit Generator(uint64_t seed) : random(seed), seed(seed) {}

  std::string network() {
    std::vector<const char *> dts{"0.25", "0.5", "1.0"};
    std::string text = fmt::format("neuro.network @random dt = {} ms seed = {} {{\n", pick(dts),
                                   seed * 0x9E3779B97F4A7C15u);
    int64_t sources = between(1, 3), populations = between(1, 5);
    for (int64_t k = 0; k < sources; ++k)
      text += source(fmt::format("s{}", k));
    for (int64_t k = 0; k < populations; ++k)
      text += population(fmt::format("p{}", k));
    for (int64_t k = 0, n = between(populations, 3 * populations); k < n; ++k)
      text += projection(k);
    for (const Node &node : nodes) {
      text +=
          fmt::format("  probe @o.{0} of @{0} \"output\" every {1}\n", node.name, between(1, 3));
      for (const char *state : node.model ? node.model->states : std::vector<const char *>())
        text += fmt::format("  probe @{1}.{0} of @{0} \"{1}\"\n", node.name, state);
    }
    return text + "}\n";
  }

private:
  struct Node {
    std::string name;
    Shape shape;
    const Model *model = nullptr;
    size_t order = 0; ///< immediate projections go from lower to higher
  };
  std::mt19937_64 random;
  uint64_t seed;
  std::vector<Node> nodes;

  int64_t between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(random() % static_cast<uint64_t>(high - low + 1));
  }
  double real(double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <typename T> const T &pick(const std::vector<T> &list) {
    return list[random() % list.size()];
  }
  const char *flag() { return chance(50) ? "true" : "false"; }
  const char *floatType() { return chance(50) ? "f64" : "f32"; }

  static std::string text(double value) { return fmt::format("{:.17e}", value); }

  Shape shape() {
    switch (between(0, 4)) {
    case 0:
      return {};
    case 1:
      return {1};
    case 2:
      return {between(1, 3), between(2, 6), between(2, 6)};
    default:
      return {between(1, 70)};
    }
  }

  /// `dense<...> : tensor<...>` with an element from `element` in each place.
  std::string dense(const Shape &dims, const char *type,
                    const std::function<std::string()> &element) {
    std::string shapeText;
    for (int64_t dim : dims)
      shapeText += std::to_string(dim) + "x";
    std::function<std::string(size_t)> list = [&](size_t level) -> std::string {
      if (level == dims.size())
        return element();
      std::string result = "[";
      for (int64_t k = 0; k < dims[level]; ++k)
        result += (k ? ", " : "") + list(level + 1);
      return result + "]";
    };
    std::string values = count(dims) > 0 ? list(0) : "";
    return fmt::format("dense<{}> : tensor<{}{}>", values, shapeText, type);
  }
  std::string reals(const Shape &dims, double low, double high, const char *type = "f64") {
    return dense(dims, type, [&] { return text(real(low, high)); });
  }
  std::string integers(const Shape &dims, int64_t low, int64_t high) {
    return dense(dims, "i64", [&] { return std::to_string(between(low, high)); });
  }

  Node &addNode(const std::string &name) {
    return nodes.emplace_back(Node{name, shape(), nullptr, nodes.size()});
  }

  std::string source(const std::string &name) {
    Node &node = addNode(name);
    int64_t n = count(node.shape);
    std::string kind = "#neuro.external";
    switch (between(0, 3)) {
    case 1:
      kind = fmt::format("#neuro.poisson<rate = {}>",
                         chance(50) ? text(real(0, 1500)) : reals({n}, 0, 1500));
      break;
    case 2:
      kind = fmt::format("#neuro.current<starts = [0, {}], values = {}>", between(1, 30),
                         reals({2, n}, -0.5, 1.5));
      break;
    case 3:
      kind = fmt::format(
          "#neuro.spike_trains<steps = dense<[0, {}, 20]> : tensor<3xi64>, neurons = {}>",
          between(0, 20), integers({3}, 0, n - 1));
      break;
    }
    return fmt::format("  source @{} [{}] is {}\n", name, fmt::join(node.shape, ", "), kind);
  }

  std::string population(const std::string &name) {
    Node &node = addNode(name);
    node.model = &pick(models);
    std::string parameters;
    for (auto [parameter, low, high] : node.model->parameters) {
      std::string value;
      switch (between(0, 3)) {
      case 0:
        continue;
      case 1:
        value = text(real(low, high));
        break;
      case 2:
        value = fmt::format("#neuro.uniform<{}, {}>", text(low), text(high));
        break;
      case 3:
        value = reals({count(node.shape)}, low, high, floatType());
        break;
      }
      parameters += fmt::format("{}{} = {}", parameters.empty() ? "" : ", ", parameter, value);
    }
    std::string result = fmt::format("  population @{} [{}] of @{}", name,
                                     fmt::join(node.shape, ", "), node.model->name);
    if (!parameters.empty())
      result += " parameters {" + parameters + "}";
    if (!node.model->methods.empty() && chance(80))
      result += std::string(" method ") + pick(node.model->methods);
    return result + "\n";
  }

  std::string sparse(int64_t n, int64_t m, double weight, Shape &delays) {
    int64_t synapses = between(0, 12);
    Shape starts{0};
    for (int64_t j = 1; j < n; ++j)
      starts.push_back(between(starts.back(), synapses));
    starts.push_back(synapses);
    delays = {synapses};
    return fmt::format(
        "#neuro.csr<row_starts = dense<[{}]> : tensor<{}xi64>, targets = {}, weights = {}>",
        fmt::join(starts, ", "), starts.size(), integers({synapses}, 0, m - 1),
        chance(70) ? reals({synapses}, -weight, weight) : text(weight));
  }

  /// A connector; `delays` is the layout of an array of delays, where one is possible.
  std::string connector(int64_t n, int64_t m, double weight, Shape &delays) {
    std::string one = text(real(-0.3, 1.0) * weight);
    switch (between(0, n == m ? 7 : 5)) {
    case 0:
      return fmt::format("#neuro.all_to_all<weight = {}, allow_self = {}>", one, flag());
    case 1:
      delays = {m, n};
      return fmt::format("#neuro.dense<weights = {}>",
                         reals({m, n}, -0.2 * weight, 0.4 * weight, floatType()));
    case 2:
      return fmt::format("#neuro.fixed_probability<probability = {}, weight = {}, allow_self = {}>",
                         text(real(0, 1)), one, flag());
    case 3:
      return fmt::format("#neuro.fixed_indegree<indegree = {}, weight = {}>", between(0, 9), one);
    case 4:
      return sparse(n, m, weight, delays);
    case 5: {
      int64_t middle = between(1, 4);
      return fmt::format(
          "#neuro.compose<maps = [#neuro.dense<weights = {}>, #neuro.one_to_one<weight = {}>, "
          "#neuro.dense<weights = {}>]>",
          reals({middle, n}, -0.2, 0.5), text(real(0.1, 1)), reals({m, middle}, -weight, weight));
    }
    default:
      delays = {n};
      return fmt::format("#neuro.one_to_one<weight = {}>",
                         chance(50) ? one : reals({n}, -0.2 * weight, weight));
    }
  }

  std::string projection(int64_t number) {
    std::vector<const Node *> targets;
    for (const Node &node : nodes)
      if (node.model && !node.model->ports.empty())
        targets.push_back(&node);
    if (targets.empty())
      return "";
    const Node &from = pick(nodes), &to = *pick(targets);
    const char *port = pick(to.model->ports);
    double weight =
        to.model->weight * (std::string(port) == "inh" && to.model->weight > 50 ? -0.3 : 1);
    Shape layout;
    std::string result =
        fmt::format("  projection @c{} from @{} to @{} port \"{}\" via {}", number, from.name,
                    to.name, port, connector(count(from.shape), count(to.shape), weight, layout));
    if (chance(20))
      result += " bias " + reals({count(to.shape)}, 0, 0.1 * weight);
    int64_t least = from.order < to.order ? 0 : 1;
    if (count(layout) > 0 && !layout.empty() && chance(30))
      result += " delay steps " + integers(layout, least, 9);
    else if (least == 1 || chance(60))
      result += chance(50) ? fmt::format(" delay {}", between(least, 12))
                           : fmt::format(" delay {}.0 ms", between(1, 9));
    return result + "\n";
  }
};

int64_t numberFromEnvironment(const char *name, int64_t fallback) {
  const char *text = std::getenv(name);
  return text ? std::atoll(text) : fallback;
}

TEST(RandomNetworks, RunTheSameOnTheInterpreterAndAsNativeCode) {
  auto context = createContext();
  int64_t first = numberFromEnvironment("ENGRAM_RANDOM_FIRST_SEED", 1);
  int64_t networks = numberFromEnvironment("ENGRAM_RANDOM_NETWORKS", 60), active = 0;
  for (int64_t seed = first; seed < first + networks && !HasFailure(); ++seed) {
    std::string text = Generator(static_cast<uint64_t>(seed)).network();
    SCOPED_TRACE(fmt::format("seed {}:\n{}", seed, text));
    auto module = parseComplete(text, context.get());
    ASSERT_TRUE(module);
    for (const char *precision : {"f64", "f32"}) {
      auto discrete = discretized(*module, precision);
      ASSERT_TRUE(discrete);
      auto interpreter = interpret(*discrete), native = compileForCpu(*discrete);
      ASSERT_TRUE(interpreter && native);
      Trace trace = run(*interpreter, 60);
      EXPECT_EQ(firstDifference(trace, run(*native, 60), 0), "") << precision;
      active += trace.values.front() != trace.values.back();
    }
  }
  // Networks in which nothing happens would show nothing.
  EXPECT_GT(active, networks);
}

} // namespace
