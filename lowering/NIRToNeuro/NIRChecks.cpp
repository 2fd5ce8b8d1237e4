// The fields of each NIR node type and the rules that they and the edges obey.
#include "lowering/NIRToNeuro/NIRChecks.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <set>

namespace engram::nir {
namespace {

/// More elements in one tensor than any machine here could hold, but few enough to multiply safely.
constexpr std::int64_t mostElements = std::int64_t(1) << 40;

/// Times the largest dilation, this still fits.
constexpr std::int64_t mostKernel = std::numeric_limits<std::int32_t>::max();

std::string describe(const Field &field) {
  if (auto *text = std::get_if<std::string>(&field))
    return fmt::format("the string {}", quoted(*text));
  if (auto *array = std::get_if<Array>(&field))
    return fmt::format("an array of shape {}", shapeText(array->shape));
  return "an array of strings";
}

/// A scalar or a single element stands for any number of equal ones.
bool isSingle(const Array &array) { return array.size() == 1; }

class Checker {
public:
  Checker(const std::string &file, std::vector<Finding> &findings)
      : file(file), findings(findings) {}

  void checkGraph(const Graph &graph, const std::string &path);

private:
  void checkEdges(const Graph &graph, const std::string &path);
  void checkEnds(const Graph &graph, const std::string &path);
  void checkNode(const Node &node);
  void checkFieldNames(const Node &node, const NodeType &type);
  void checkKinds(const Node &node);

  void checkShapeField(const Node &node, const char *name);
  void checkNeuron(const Node &node, const NodeType &type);
  void checkLinear(const Node &node);
  void checkConvolution(const Node &node, std::size_t dimensions);
  void checkInputShape(const Node &node, const std::vector<std::int64_t> &reach);
  void checkPool(const Node &node);
  void checkFlatten(const Node &node);
  void checkDelay(const Node &node);

  /// Whole numbers, one or one a dimension, each at least `least`; spread to `dimensions`.
  std::optional<std::vector<std::int64_t>> window(const Node &node, const char *name,
                                                  std::size_t dimensions, std::int64_t least);
  std::optional<std::int64_t> integer(const Node &node, const char *name);

  void report(bool isError, const std::string &where, const std::string &what) {
    findings.push_back(
        {isError, fmt::format("{}: {}{}{}", quoted(file), where, where.empty() ? "" : ": ", what)});
  }
  void error(const std::string &what) { report(true, place, what); }
  void errorIn(std::string_view field, const std::string &what) {
    report(true, fmt::format("{}, field {}", place, quoted(field)), what);
  }

  const std::string &file;
  std::vector<Finding> &findings;
  std::string place; ///< "node 'a/b'"
};

/// Fields that are strings, whole numbers or numbers; all others of the format are plain numbers.
bool mayBeString(std::string_view field) { return field == "padding"; }

void Checker::checkKinds(const Node &node) {
  for (const auto &[name, field] : node.fields) {
    auto *array = std::get_if<Array>(&field);
    if (!array) {
      if (!mayBeString(name))
        errorIn(name, fmt::format("expected numbers, got {}", describe(field)));
      continue;
    }
    std::vector<double> values = array->dtype() == DType::F32 || array->dtype() == DType::F64
                                     ? array->toDoubles()
                                     : std::vector<double>();
    auto bad =
        std::find_if(values.begin(), values.end(), [](double v) { return !std::isfinite(v); });
    if (bad != values.end())
      errorIn(name, fmt::format("expected finite numbers, got {} at element {}", *bad,
                                bad - values.begin()));
  }
}

void Checker::checkFieldNames(const Node &node, const NodeType &type) {
  for (std::string_view name : type.required)
    if (!node.field(name))
      errorIn(name, fmt::format("a node of type '{}' needs this field", type.name));
  auto known = [&](const std::vector<std::string_view> &names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const auto &[name, field] : node.fields)
    if (!known(type.required, name) && !known(type.optional, name))
      errorIn(name, fmt::format("a node of type '{}' has no such field", type.name));
}

void Checker::checkShapeField(const Node &node, const char *name) {
  const Field *field = node.field(name);
  const Array *array = node.array(name);
  if (!array) // Absent, or reported already.
    return;
  auto dims = wholeNumbers(*field);
  if (!dims || array->shape.size() > 1)
    return errorIn(name, fmt::format("expected a list of whole numbers, got {}", describe(*field)));
  std::int64_t elements = 1;
  for (std::int64_t dim : *dims) {
    if (dim < 1)
      return errorIn(name, fmt::format("expected positive dimensions, got {}", dim));
    if (dim > mostElements / elements)
      return errorIn(name, fmt::format("shape {} is absurdly large", shapeText(*dims)));
    elements *= dim;
  }
}

void Checker::checkNeuron(const Node &node, const NodeType &type) {
  const Array *widest = nullptr;
  std::string_view widestName;
  for (const std::vector<std::string_view> *names : {&type.required, &type.optional})
    for (std::string_view name : *names) {
      const Array *array = node.array(name);
      if (!array)
        continue;
      if (array->size() == 0)
        errorIn(name, "holds no values");
      else if (isSingle(*array))
        continue;
      else if (!widest) {
        widest = array;
        widestName = name;
      } else if (array->shape != widest->shape)
        errorIn(name,
                fmt::format("shape {} does not fit shape {} of field {}", shapeText(array->shape),
                            shapeText(widest->shape), quoted(widestName)));
    }
  for (const char *name : {"tau", "tau_syn", "tau_mem"})
    if (const Array *array = node.array(name)) {
      std::vector<double> values = array->toDoubles();
      auto bad = std::find_if(values.begin(), values.end(), [](double v) { return v <= 0; });
      if (bad != values.end())
        errorIn(name, fmt::format("expected to be positive, got {} at element {}", *bad,
                                  bad - values.begin()));
    }
  const Array *threshold = node.array("v_threshold");
  const Array *reset = node.array("v_reset");
  if (!threshold || threshold->size() == 0 || (reset && reset->size() == 0))
    return;
  std::vector<double> thresholds = threshold->toDoubles();
  std::vector<double> resets = reset ? reset->toDoubles() : std::vector<double>{0.0};
  std::size_t count = std::max(thresholds.size(), resets.size());
  if ((thresholds.size() != 1 && thresholds.size() != count) ||
      (resets.size() != 1 && resets.size() != count))
    return;
  for (std::size_t i = 0; i < count; ++i) {
    double low = resets[resets.size() == 1 ? 0 : i];
    double high = thresholds[thresholds.size() == 1 ? 0 : i];
    if (low > high)
      return report(
          false, fmt::format("{}, field 'v_reset'", place),
          fmt::format("resets to {}, above the threshold {}, at element {}", low, high, i));
  }
}

void Checker::checkLinear(const Node &node) {
  const Array *weight = node.array("weight");
  if (!weight)
    return;
  if (weight->shape.size() < 2)
    return errorIn("weight", fmt::format("expected at least 2 dimensions, got shape {}",
                                         shapeText(weight->shape)));
  if (weight->size() == 0)
    return errorIn("weight",
                   fmt::format("holds no values, its shape is {}", shapeText(weight->shape)));
  const Array *bias = node.array("bias");
  if (!bias || isSingle(*bias))
    return;
  std::vector<std::int64_t> output(weight->shape.begin(), weight->shape.end() - 1);
  // Leading ones, as left by an export of a batch of one, change nothing.
  auto first = std::find_if(bias->shape.begin(), bias->shape.end(), [](auto d) { return d != 1; });
  auto firstOut = std::find_if(output.begin(), output.end(), [](auto d) { return d != 1; });
  if (!std::equal(first, bias->shape.end(), firstOut, output.end()))
    errorIn("bias", fmt::format("shape {} does not fit shape {} of field 'weight'",
                                shapeText(bias->shape), shapeText(weight->shape)));
}

std::optional<std::int64_t> Checker::integer(const Node &node, const char *name) {
  const Field *field = node.field(name);
  if (!node.array(name)) // Absent, or reported already.
    return std::nullopt;
  auto values = wholeNumbers(*field);
  if (!values || values->size() != 1) {
    errorIn(name, fmt::format("expected a whole number, got {}", describe(*field)));
    return std::nullopt;
  }
  return values->front();
}

std::optional<std::vector<std::int64_t>>
Checker::window(const Node &node, const char *name, std::size_t dimensions, std::int64_t least) {
  const Field *field = node.field(name);
  if (!node.array(name)) // Absent, or reported already.
    return std::nullopt;
  auto values = wholeNumbers(*field);
  if (!values || (values->size() != 1 && values->size() != dimensions)) {
    errorIn(name, fmt::format("expected {} whole number{}, got {}",
                              dimensions == 1 ? "one" : "one or two", dimensions == 1 ? "" : "s",
                              describe(*field)));
    return std::nullopt;
  }
  for (std::int64_t value : *values)
    if (value < least || value > std::numeric_limits<std::int32_t>::max()) {
      errorIn(name, fmt::format("expected at least {}, got {}", least, value));
      return std::nullopt;
    }
  if (values->size() == 1)
    values->resize(dimensions, values->front());
  return values;
}

void Checker::checkConvolution(const Node &node, std::size_t dimensions) {
  auto stride = window(node, "stride", dimensions, 1);
  auto dilation = window(node, "dilation", dimensions, 1);
  std::optional<std::vector<std::int64_t>> padding;
  const Field *paddingField = node.field("padding");
  auto *mode = paddingField ? std::get_if<std::string>(paddingField) : nullptr;
  if (!mode)
    padding = window(node, "padding", dimensions, 0);
  else if (*mode == "valid")
    padding = std::vector<std::int64_t>(dimensions, 0);
  else if (*mode != "same")
    errorIn("padding", fmt::format("expected 'same', 'valid' or numbers, got {}", quoted(*mode)));
  else if (stride && std::any_of(stride->begin(), stride->end(), [](auto s) { return s != 1; }))
    errorIn("padding", "'same' needs a stride of 1");
  auto groups = integer(node, "groups");
  const Array *weight = node.array("weight");
  if (weight && weight->shape.size() != dimensions + 2) {
    errorIn("weight", fmt::format("expected {} dimensions, got shape {}", dimensions + 2,
                                  shapeText(weight->shape)));
    weight = nullptr;
  } else if (weight && weight->size() == 0) {
    errorIn("weight", fmt::format("holds no values, its shape is {}", shapeText(weight->shape)));
    weight = nullptr;
  }
  if (groups && *groups < 1)
    errorIn("groups", fmt::format("expected at least 1, got {}", *groups));
  else if (groups && weight && weight->shape[0] % *groups != 0)
    errorIn("groups", fmt::format("{} output channels cannot be split into {} groups",
                                  weight->shape[0], *groups));
  const Array *bias = node.array("bias");
  if (bias && weight && !isSingle(*bias) &&
      bias->shape != std::vector<std::int64_t>{weight->shape[0]})
    errorIn("bias", fmt::format("expected one for each of {} output channels, got shape {}",
                                weight->shape[0], shapeText(bias->shape)));
  std::vector<std::int64_t> reach; // How far the input may be too small: kernel − 2 padding.
  if (weight && dilation && padding)
    for (std::size_t i = 0; i < dimensions; ++i)
      reach.push_back(((*dilation)[i]) * (std::min(weight->shape[i + 2], mostKernel) - 1) + 1 -
                      2 * (*padding)[i]);
  checkShapeField(node, "input_shape");
  checkInputShape(node, reach);
}

void Checker::checkInputShape(const Node &node, const std::vector<std::int64_t> &reach) {
  const Field *field = node.field("input_shape");
  auto shape = field ? wholeNumbers(*field) : std::nullopt;
  if (!shape)
    return;
  std::size_t dimensions = node.type == "Conv1d" ? 1 : 2;
  if (shape->size() != dimensions)
    return errorIn("input_shape", fmt::format("expected {} without channels, got shape {}",
                                              dimensions == 1 ? "a length" : "height and width",
                                              shapeText(*shape)));
  for (std::size_t i = 0; i < reach.size(); ++i)
    if ((*shape)[i] < reach[i])
      return errorIn("input_shape", fmt::format("{} is too small for the kernel, which needs {}",
                                                (*shape)[i], reach[i]));
}

void Checker::checkPool(const Node &node) {
  auto kernel = window(node, "kernel_size", 2, 1);
  window(node, "stride", 2, 1);
  if (const Field *field = node.field("padding"); field && std::get_if<std::string>(field))
    return errorIn("padding", fmt::format("expected numbers, got {}", describe(*field)));
  auto padding = window(node, "padding", 2, 0);
  for (std::size_t i = 0; kernel && padding && i < 2; ++i)
    if ((*padding)[i] >= (*kernel)[i])
      return errorIn("padding", fmt::format("expected less than the kernel's {}, got {}",
                                            (*kernel)[i], (*padding)[i]));
}

void Checker::checkFlatten(const Node &node) {
  checkShapeField(node, "input_type");
  auto start = integer(node, "start_dim");
  auto end = integer(node, "end_dim");
  const Field *input = node.field("input_type");
  auto shape = input ? wholeNumbers(*input) : std::nullopt;
  if (!shape || !start || !end)
    return;
  auto rank = static_cast<std::int64_t>(shape->size());
  for (auto [name, dim] : {std::pair("start_dim", &*start), std::pair("end_dim", &*end)}) {
    if (*dim < -rank || *dim >= rank)
      return errorIn(name, fmt::format("{} is no dimension of shape {}", *dim, shapeText(*shape)));
    if (*dim < 0)
      *dim += rank;
  }
  if (*start > *end)
    errorIn("start_dim", fmt::format("dimension {} comes after end_dim {}", *start, *end));
}

void Checker::checkDelay(const Node &node) {
  const Array *delay = node.array("delay");
  if (!delay)
    return;
  std::vector<double> values = delay->toDoubles();
  auto bad = std::find_if(values.begin(), values.end(), [](double v) { return v < 0; });
  if (bad != values.end())
    errorIn("delay", fmt::format("expected not to be negative, got {} at element {}", *bad,
                                 bad - values.begin()));
}

void Checker::checkNode(const Node &node) {
  const NodeType *type = findNodeType(node.type);
  if (!type)
    return error(fmt::format("unknown type {}", quoted(node.type)));
  checkFieldNames(node, *type);
  checkKinds(node);
  if (node.type == "Input" || node.type == "Output")
    checkShapeField(node, "shape");
  else if (node.type == "Affine" || node.type == "Linear")
    checkLinear(node);
  else if (node.type == "Conv1d" || node.type == "Conv2d")
    checkConvolution(node, node.type == "Conv1d" ? 1 : 2);
  else if (node.type == "SumPool2d" || node.type == "AvgPool2d")
    checkPool(node);
  else if (node.type == "Flatten")
    checkFlatten(node);
  else {
    // Neurons, Scale, Threshold and Delay: numbers, one a unit.
    if (node.type == "Delay")
      checkDelay(node);
    checkNeuron(node, *type);
  }
}

std::size_t countType(const Graph &graph, std::string_view type) {
  return std::count_if(graph.nodes.begin(), graph.nodes.end(),
                       [&](const auto &entry) { return entry.second.type == type; });
}

void Checker::checkEnds(const Graph &graph, const std::string &path) {
  std::string where = path.empty() ? "" : fmt::format("node {}", quoted(path));
  for (const char *type : {"Input", "Output"})
    if (countType(graph, type) == 0)
      report(true, where, fmt::format("the graph has no node of type '{}'", type));
}

void Checker::checkEdges(const Graph &graph, const std::string &path) {
  std::string where =
      fmt::format("{}field 'edges'", path.empty() ? "" : fmt::format("node {}, ", quoted(path)));
  std::map<std::string_view, const Node *> nodes;
  for (const auto &[name, node] : graph.nodes)
    nodes.emplace(name, &node);
  std::set<std::pair<std::string_view, std::string_view>> seen;
  std::set<std::string_view> touched;
  for (const auto &[source, target] : graph.edges) {
    std::string edge = fmt::format("edge {} to {}", quoted(source), quoted(target));
    auto from = nodes.find(source), to = nodes.find(target);
    for (auto [end, name] : {std::pair(from, &source), std::pair(to, &target)})
      if (end == nodes.end())
        report(true, where, fmt::format("{}: no node has the name {}", edge, quoted(*name)));
    if (!seen.emplace(source, target).second)
      report(true, where, fmt::format("{} appears twice", edge));
    touched.insert(source);
    touched.insert(target);
    if (to != nodes.end() && to->second->type == "Input")
      report(true, where, fmt::format("{} enters an Input", edge));
    if (from != nodes.end() && from->second->type == "Output")
      report(true, where, fmt::format("{} leaves an Output", edge));
    if (from != nodes.end() && from->second->graph)
      if (std::size_t ends = countType(*from->second->graph, "Output"); ends > 1)
        report(true, where,
               fmt::format("{} leaves a subgraph with {} Outputs, and the format cannot say which",
                           edge, ends));
    if (to != nodes.end() && to->second->graph)
      if (std::size_t ends = countType(*to->second->graph, "Input"); ends > 1)
        report(true, where,
               fmt::format("{} enters a subgraph with {} Inputs, and the format cannot say which",
                           edge, ends));
  }
  for (const auto &[name, node] : graph.nodes)
    if (!touched.count(name))
      report(false, fmt::format("node {}", quoted(path.empty() ? name : path + "/" + name)),
             "no edge touches it, so it does nothing: remove it or connect it");
}

void Checker::checkGraph(const Graph &graph, const std::string &path) {
  checkEnds(graph, path);
  std::set<std::string_view> names;
  for (const auto &[name, node] : graph.nodes) {
    std::string inner = path.empty() ? name : path + "/" + name;
    place = fmt::format("node {}", quoted(inner));
    if (!names.insert(name).second)
      error("two nodes have this name");
    if (node.graph)
      checkGraph(*node.graph, inner);
    else
      checkNode(node);
  }
  checkEdges(graph, path);
}

} // namespace

const std::vector<NodeType> &nodeTypes() {
  static const std::vector<NodeType> types = {
      {"Input", {"shape"}, {}},
      {"Output", {"shape"}, {}},
      {"Affine", {"weight", "bias"}, {}},
      {"Linear", {"weight"}, {}},
      {"Scale", {"scale"}, {}},
      {"Conv1d", {"weight", "stride", "padding", "dilation", "groups", "bias"}, {"input_shape"}},
      {"Conv2d", {"weight", "stride", "padding", "dilation", "groups", "bias"}, {"input_shape"}},
      {"SumPool2d", {"kernel_size", "stride", "padding"}, {}},
      {"AvgPool2d", {"kernel_size", "stride", "padding"}, {}},
      {"Flatten", {"start_dim", "end_dim"}, {"input_type"}},
      {"Delay", {"delay"}, {}},
      {"Threshold", {"threshold"}, {}},
      {"I", {"r"}, {}},
      {"IF", {"r", "v_threshold"}, {"v_reset"}},
      {"LI", {"tau", "r", "v_leak"}, {}},
      {"LIF", {"tau", "r", "v_leak", "v_threshold"}, {"v_reset"}},
      {"CubaLI", {"tau_syn", "tau_mem", "r", "v_leak", "w_in"}, {}},
      {"CubaLIF", {"tau_syn", "tau_mem", "r", "v_leak", "w_in", "v_threshold"}, {"v_reset"}},
  };
  return types;
}

const NodeType *findNodeType(std::string_view name) {
  for (const NodeType &type : nodeTypes())
    if (type.name == name)
      return &type;
  return nullptr;
}

std::vector<Finding> checkGraph(const Graph &graph, const std::string &file) {
  std::vector<Finding> findings;
  Checker(file, findings).checkGraph(graph, "");
  return findings;
}

Expected<void> requireValid(const Graph &graph, const std::string &file) {
  for (Finding &finding : checkGraph(graph, file))
    if (finding.isError)
      return fail(std::move(finding.message));
  return {};
}

std::optional<std::vector<std::int64_t>> wholeNumbers(const Field &field) {
  auto *array = std::get_if<Array>(&field);
  if (!array || array->dtype() == DType::Bool)
    return std::nullopt;
  if (auto *values = std::get_if<std::vector<std::int64_t>>(&array->data))
    return *values;
  std::vector<std::int64_t> result;
  for (double value : array->toDoubles()) {
    if (!(std::abs(value) < 0x1p53) || value != std::floor(value))
      return std::nullopt;
    result.push_back(static_cast<std::int64_t>(value));
  }
  return result;
}

} // namespace engram::nir
