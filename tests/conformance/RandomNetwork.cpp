// Drawing the text of a network. A generator of its own, not <random>'s distributions, so that a
// seed is the same network everywhere.
#include "tests/conformance/RandomNetwork.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <random>

using namespace engram::conformance;

namespace {

using Shape = std::vector<int64_t>;

int64_t count(const Shape &shape) {
  int64_t n = 1;
  for (int64_t dim : shape)
    n *= dim;
  return n;
}

class Generator {
public:
  Generator(uint64_t seed, const RandomNetworkOptions &options)
      : random(seed), seed(seed), options(options) {}

  std::string network();

private:
  struct Node {
    std::string name;
    Shape shape;
    const RandomModel *model = nullptr;
    size_t order = 0; ///< immediate projections go from lower to higher
  };
  /// What a projection may weigh: values of a port.
  struct Range {
    double low, high;
    Range operator*(double factor) const { return {low * factor, high * factor}; }
  };

  std::mt19937_64 random;
  uint64_t seed;
  RandomNetworkOptions options;
  double dt = 1; ///< ms
  std::vector<const RandomModel *> models;
  std::vector<Node> nodes;
  std::string projections;
  int64_t projectionCount = 0;

  int64_t between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(random() % static_cast<uint64_t>(high - low + 1));
  }
  /// Four digits are enough, as few of them are exact in binary, and people have to read it.
  double real(double low, double high) {
    double x = low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
    return std::clamp(std::strtod(fmt::format("{:.4g}", x).c_str(), nullptr), low, high);
  }
  double real(Range range) { return real(range.low, range.high); }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <typename T> const T &pick(const std::vector<T> &list) {
    return list[random() % list.size()];
  }
  const char *flag() { return chance(50) ? "true" : "false"; }
  const char *floatType() { return chance(50) ? "f64" : "f32"; }

  static std::string text(double value);
  std::string dense(const Shape &dims, const char *type, const std::function<std::string()> &next);
  std::string reals(const Shape &dims, Range range, const char *type = "f64");
  std::string integers(const Shape &dims, int64_t low, int64_t high);

  Shape shape();
  Node &addNode(const std::string &name, Shape shape);
  std::string source(const std::string &name);
  std::string population(const std::string &name);
  std::string values(const char *keyword, const std::vector<RandomModel::Value> &list, int64_t n);
  std::string value(const RandomModel::Value &value, int64_t n);
  std::string probes(const Node &node);

  std::string conv(Shape &shape, Range weights);
  std::string pool(Shape &shape);
  std::string window(Shape &shape, Range weights);
  std::string compose(const Shape &from, int64_t m, Range weights);
  std::string csr(int64_t n, int64_t m, Range weights, Shape &delays);
  std::string connector(const Node &from, const Node &to, Range weights, Shape &delays);
  void project(const Node &from, const Node &to, const RandomModel::Port &port,
               const std::string &connector, const Shape &delays);
  void projectAnywhere();
};

//===-- numbers ---------------------------------------------------------------------------===//

// MLIR takes a float for one only if it has a point.
std::string Generator::text(double value) {
  std::string digits = fmt::format("{}", value);
  if (digits.find('.') != std::string::npos)
    return digits;
  size_t exponent = digits.find('e');
  return exponent == std::string::npos ? digits + ".0" : digits.insert(exponent, ".0");
}

/// `dense<...> : tensor<...>` with an element from `next` in each place, or one for all.
std::string Generator::dense(const Shape &dims, const char *type,
                             const std::function<std::string()> &next) {
  std::string shapeText;
  for (int64_t dim : dims)
    shapeText += std::to_string(dim) + "x";
  std::function<std::string(size_t)> list = [&](size_t level) -> std::string {
    if (level == dims.size())
      return next();
    std::string result = "[";
    for (int64_t k = 0; k < dims[level]; ++k)
      result += (k ? ", " : "") + list(level + 1);
    return result + "]";
  };
  std::string elements = count(dims) == 0 ? "" : chance(10) ? next() : list(0);
  return fmt::format("dense<{}> : tensor<{}{}>", elements, shapeText, type);
}

std::string Generator::reals(const Shape &dims, Range range, const char *type) {
  return dense(dims, type, [&] { return text(real(range)); });
}

std::string Generator::integers(const Shape &dims, int64_t low, int64_t high) {
  return dense(dims, "i64", [&] { return std::to_string(between(low, high)); });
}

//===-- sources and populations -----------------------------------------------------------===//

Shape Generator::shape() {
  switch (between(0, 6)) {
  case 0:
    return {};
  case 1:
    return {1};
  case 2:
    return {between(1, 3), between(2, 6)};
  case 3:
  case 4:
    return {between(1, 3), between(2, 6), between(2, 6)};
  default:
    return {between(1, 70)};
  }
}

Generator::Node &Generator::addNode(const std::string &name, Shape shape) {
  return nodes.emplace_back(Node{name, std::move(shape), nullptr, nodes.size()});
}

std::string Generator::source(const std::string &name) {
  Node &node = addNode(name, shape());
  int64_t n = count(node.shape);
  std::string kind = "#neuro.external";
  switch (between(0, 4)) {
  case 1:
    kind = fmt::format("#neuro.poisson<rate = {}>",
                       chance(50) ? text(real(0, 1500)) : reals({n}, {0, 1500}));
    break;
  case 2:
    kind = fmt::format("#neuro.current<starts = [0, {}], values = {}>", between(1, 30),
                       reals(chance(50) ? Shape{2, n} : Shape{2}, {-0.5, 1.5}, floatType()));
    break;
  case 3: {
    Shape steps(static_cast<size_t>(between(0, 8)));
    for (int64_t &step : steps)
      step = between(0, 30);
    std::sort(steps.begin(), steps.end());
    auto length = static_cast<int64_t>(steps.size());
    kind = fmt::format("#neuro.spike_trains<steps = dense<{}> : tensor<{}xi64>, neurons = {}>",
                       steps.empty() ? "" : fmt::format("[{}]", fmt::join(steps, ", ")), length,
                       integers({length}, 0, n - 1));
    break;
  }
  }
  return fmt::format("  source @{} [{}] is {}\n", name, fmt::join(node.shape, ", "), kind);
}

std::string Generator::value(const RandomModel::Value &value, int64_t n) {
  Range range{value.low, value.high};
  bool timeInSeconds = chance(30) && std::string(value.unit) == "ms";
  switch (between(0, 4)) {
  case 0:
    return reals({n}, range, floatType());
  case 1:
    return fmt::format("#neuro.uniform<{}, {}>", text(range.low), text(range.high));
  case 2: // no draw is more than 6.8 standard deviations from the mean
    return fmt::format("#neuro.normal<{}, {}>", text((range.low + range.high) / 2),
                       text((range.high - range.low) / 14));
  case 3:
    if (timeInSeconds)
      return text(real(range * 1e-3)) + " s";
    if (*value.unit)
      return fmt::format("{} \"{}\"", text(real(range)), value.unit);
    [[fallthrough]];
  default:
    return text(real(range));
  }
}

std::string Generator::values(const char *keyword, const std::vector<RandomModel::Value> &list,
                              int64_t n) {
  std::string result;
  for (const RandomModel::Value &wanted : list)
    if (chance(60))
      result += fmt::format("{}{} = {}", result.empty() ? "" : ", ", wanted.name, value(wanted, n));
  return result.empty() ? "" : fmt::format(" {} {{{}}}", keyword, result);
}

std::string Generator::population(const std::string &name) {
  const RandomModel &model = *pick(models);
  // Some are what a convolution or a pooling of another node makes.
  std::vector<Node> images;
  for (const Node &node : nodes)
    if (node.shape.size() > 1)
      images.push_back(node);
  Shape wanted = shape();
  std::string map;
  bool inferred = false;
  const Node *from = nullptr;
  const RandomModel::Port *port = nullptr;
  if (!images.empty() && !model.ports.empty() && chance(50)) {
    from = &pick(images);
    port = &pick(model.ports);
    wanted = from->shape;
    map = window(wanted, {port->low, port->high});
    inferred = chance(40);
  }
  Node &node = addNode(name, wanted);
  node.model = &model;
  std::string result = fmt::format("  population @{}", name);
  if (!inferred)
    result += fmt::format(" [{}]", fmt::join(wanted, ", "));
  result += fmt::format(" of @{}", model.name) +
            values("parameters", model.parameters, count(wanted)) +
            values("initial", model.states, count(wanted));
  if (!model.methods.empty() && chance(80))
    result += std::string(" method ") + pick(model.methods);
  if (chance(15))
    result += fmt::format(" {{neuro.start = {} : i64}}", between(1, 20));
  if (from)
    project(*from, node, *port, map, {});
  return result + "\n";
}

std::string Generator::probes(const Node &node) {
  std::string result =
      fmt::format("  probe @o.{0} of @{0} \"output\" every {1}\n", node.name, between(1, 3));
  if (!node.model)
    return result;
  for (const RandomModel::Value &state : node.model->states) {
    result += fmt::format("  probe @{1}.{0} of @{0} \"{1}\"", node.name, state.name);
    if (chance(20)) {
      Shape neurons(static_cast<size_t>(between(1, 3)));
      for (int64_t &neuron : neurons)
        neuron = between(0, count(node.shape) - 1);
      result += fmt::format(" neurons [{}]", fmt::join(neurons, ", "));
    }
    result += "\n";
  }
  return result;
}

//===-- connectors ------------------------------------------------------------------------===//

/// A convolution of an image; `shape` becomes that of its result.
std::string Generator::conv(Shape &shape, Range weights) {
  size_t rank = shape.size() - 1;
  int64_t groups = shape[0] % 2 == 0 && chance(50) ? 2 : 1, channels = shape[0] / groups;
  Shape kernel{groups * between(1, 2), channels}, stride, padding(2 * rank), dilation;
  Shape result{kernel[0]};
  for (size_t d = 0; d < rank; ++d) {
    kernel.push_back(between(1, std::min<int64_t>(3, shape[d + 1])));
    stride.push_back(between(1, 2));
    padding[d] = between(0, 1);
    padding[rank + d] = between(0, 2);
    int64_t room = shape[d + 1] + padding[d] + padding[rank + d];
    dilation.push_back(2 * (kernel.back() - 1) < room && chance(30) ? 2 : 1);
    result.push_back((room - dilation.back() * (kernel.back() - 1) - 1) / stride.back() + 1);
  }
  shape = result;
  return fmt::format("#neuro.conv<weights = {}, stride = [{}], padding = [{}], dilation = [{}], "
                     "groups = {}>",
                     reals(kernel, weights, floatType()), fmt::join(stride, ", "),
                     fmt::join(padding, ", "), fmt::join(dilation, ", "), groups);
}

std::string Generator::pool(Shape &shape) {
  Shape kernel, stride, padding(4), result{shape[0]};
  for (size_t d = 0; d < 2; ++d) {
    kernel.push_back(between(1, std::min<int64_t>(3, shape[d + 1])));
    stride.push_back(between(1, 3));
    padding[d] = between(0, kernel[d] / 2);
    padding[2 + d] = between(0, 1);
    int64_t room = shape[d + 1] + padding[d] + padding[2 + d];
    result.push_back((room - kernel[d]) / stride[d] + 1);
  }
  shape = result;
  return fmt::format("#neuro.pool<kind = {}, kernel = [{}], stride = [{}], padding = [{}]>",
                     chance(50) ? "sum" : "mean", fmt::join(kernel, ", "), fmt::join(stride, ", "),
                     fmt::join(padding, ", "));
}

/// A convolution, a pooling, or one after the other.
std::string Generator::window(Shape &shape, Range weights) {
  bool flat = shape.size() == 2;
  switch (between(0, flat ? 1 : 3)) {
  case 0:
    return conv(shape, weights);
  case 1: {
    std::string first = conv(shape, {-0.5, 1});
    return fmt::format("#neuro.compose<maps = [{}, #neuro.one_to_one<weight = {}>]>", first,
                       text(real(weights)));
  }
  case 2:
    return pool(shape);
  default: {
    std::string first = chance(50) ? pool(shape) : conv(shape, {-0.5, 1});
    std::string second = shape[1] > 1 && chance(50) ? pool(shape) : conv(shape, weights);
    return fmt::format("#neuro.compose<maps = [{}, {}]>", first, second);
  }
  }
}

std::string Generator::compose(const Shape &from, int64_t m, Range weights) {
  Shape shape = from;
  std::string maps;
  if (from.size() == 3 && chance(50))
    maps = pool(shape) + ", ";
  else if (from.size() > 1 && chance(50))
    maps = conv(shape, {-0.5, 1}) + ", ";
  int64_t n = count(shape), middle = between(1, 4);
  if (chance(50))
    maps += fmt::format("#neuro.one_to_one<weight = {}>, ",
                        chance(50) ? text(real(0.1, 1)) : reals({n}, {-0.5, 1}));
  if (chance(50)) {
    maps += fmt::format("#neuro.dense<weights = {}>, ", reals({middle, n}, {-0.2, 0.5}));
    n = middle;
  }
  return fmt::format("#neuro.compose<maps = [{}#neuro.dense<weights = {}>]>", maps,
                     reals({m, n}, weights, floatType()));
}

std::string Generator::csr(int64_t n, int64_t m, Range weights, Shape &delays) {
  int64_t synapses = between(0, 12);
  Shape starts{0};
  for (int64_t j = 1; j < n; ++j)
    starts.push_back(between(starts.back(), synapses));
  starts.push_back(synapses);
  delays = {synapses};
  return fmt::format(
      "#neuro.csr<row_starts = dense<[{}]> : tensor<{}xi64>, targets = {}, weights = {}>",
      fmt::join(starts, ", "), starts.size(), integers({synapses}, 0, m - 1),
      chance(70) ? reals({synapses}, weights) : text(real(weights)));
}

/// A connector between any two nodes; `delays` is the layout of an array of delays, where one is
/// possible.
std::string Generator::connector(const Node &from, const Node &to, Range weights, Shape &delays) {
  int64_t n = count(from.shape), m = count(to.shape);
  // Many synapses of a full weight would drown everything.
  Range many = weights * (n > 8 ? 0.3 : 1);
  switch (between(0, n == m ? 7 : 5)) {
  case 0:
    return fmt::format("#neuro.all_to_all<weight = {}, allow_self = {}>", text(real(many)), flag());
  case 1:
    delays = {m, n};
    return fmt::format("#neuro.dense<weights = {}>", reals({m, n}, many, floatType()));
  case 2:
    return fmt::format("#neuro.fixed_probability<probability = {}, weight = {}, allow_self = {}>",
                       text(real(0, 1)), text(real(many)), flag());
  case 3:
    return fmt::format("#neuro.fixed_indegree<indegree = {}, weight = {}>", between(0, 9),
                       text(real(weights)));
  case 4:
    return csr(n, m, weights, delays);
  case 5:
    return compose(from.shape, m, many);
  default:
    delays = {n};
    return fmt::format("#neuro.one_to_one<weight = {}>",
                       chance(50) ? text(real(weights)) : reals({n}, weights));
  }
}

void Generator::project(const Node &from, const Node &to, const RandomModel::Port &port,
                        const std::string &connector, const Shape &delays) {
  std::string result =
      fmt::format("  projection @c{} from @{} to @{}", projectionCount++, from.name, to.name);
  if (to.model->ports.size() > 1 || chance(50))
    result += fmt::format(" port \"{}\"", port.name);
  result += " via " + connector;
  Range bias{0, 0.1 * port.high};
  if (chance(20))
    result += " bias " + reals({count(to.shape)}, bias, floatType());
  int64_t least = from.order < to.order ? 0 : 1;
  if (!delays.empty() && count(delays) > 0 && chance(30))
    result += " delay steps " + integers(delays, least, 9);
  else if (least == 1 || chance(60))
    result += chance(50) ? fmt::format(" delay {}", between(least, 12))
                         : fmt::format(" delay {} ms", text(double(between(least, 9)) * dt));
  projections += result + "\n";
}

void Generator::projectAnywhere() {
  std::vector<const Node *> targets;
  for (const Node &node : nodes)
    if (node.model && !node.model->ports.empty())
      targets.push_back(&node);
  if (targets.empty())
    return;
  const Node &from = pick(nodes), &to = *pick(targets);
  const RandomModel::Port &port = pick(to.model->ports);
  Shape delays;
  std::string map = connector(from, to, {port.low, port.high}, delays);
  project(from, to, port, map, delays);
}

std::string Generator::network() {
  dt = pick(std::vector<double>{0.025, 0.25, 0.5, 1, 1});
  for (const RandomModel &model : randomModels())
    if (dt <= model.longestStep && (model.linear || !options.linearModels))
      models.push_back(&model);
  std::string text = fmt::format("neuro.network @random dt = {} ms seed = {} {{\n",
                                 Generator::text(dt), seed * 0x9E3779B97F4A7C15u);
  int64_t sources = between(1, 3), populations = between(1, 5);
  for (int64_t k = 0; k < sources; ++k)
    text += source(fmt::format("s{}", k));
  for (int64_t k = 0; k < populations; ++k)
    text += population(fmt::format("p{}", k));
  for (int64_t k = 0, n = between(populations, 3 * populations); k < n; ++k)
    projectAnywhere();
  text += projections;
  for (const Node &node : nodes)
    text += probes(node);
  return text + "}\n";
}

} // namespace

std::string engram::conformance::randomNetwork(uint64_t seed, const RandomNetworkOptions &options) {
  return Generator(seed, options).network();
}
