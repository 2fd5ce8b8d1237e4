// Shapes of the nodes of a NIR network. The format's own inference is wrong for kernels that are
// not square, for "same" and for groups, so nothing here follows it; the formulas are PyTorch's.
#include "lowering/NIRToNeuro/FlatGraph.h"
#include "lowering/NIRToNeuro/NIRChecks.h"

#include <algorithm>
#include <fmt/format.h>

namespace engram::nir {

std::int64_t elements(const Shape &shape) {
  std::int64_t product = 1;
  for (std::int64_t dim : shape)
    product *= dim;
  return product;
}

bool fits(const Shape &from, const Shape &to) {
  return elements(from) == elements(to) && (from.size() != to.size() || from == to);
}

namespace {

Shape spread(const Node &node, const char *name, std::size_t rank) {
  Shape values = *wholeNumbers(*node.field(name));
  if (values.size() == 1)
    values.resize(rank, values.front());
  return values;
}

/// Positions of a window along a dimension; none if it does not fit.
std::int64_t positions(std::int64_t size, const Window &window, std::size_t d) {
  std::int64_t room =
      size + window.low[d] + window.high[d] - window.dilation[d] * (window.kernel[d] - 1) - 1;
  return room < 0 ? 0 : room / window.stride[d] + 1;
}

bool isWindowed(const Node &node) {
  return node.type == "Conv1d" || node.type == "Conv2d" || node.type == "SumPool2d" ||
         node.type == "AvgPool2d";
}

bool isElementwise(const Node &node) {
  return node.type != "Input" && node.type != "Output" && node.type != "Affine" &&
         node.type != "Linear" && node.type != "Flatten" && !isWindowed(node);
}

class Inference {
public:
  Inference(const FlatGraph &graph, const std::string &file)
      : graph(graph), file(file), shapes(graph.nodes.size()) {}

  Expected<std::vector<NodeShapes>> run();

private:
  struct Known {
    std::optional<Shape> input, output;
  };

  Expected<void> fromParameters(std::size_t v);
  /// From nodes of known output to all that lies behind them.
  Expected<void> spreadForward(std::vector<int> known);
  Expected<void> setInput(std::size_t v, const Shape &input);
  Expected<void> setWindowed(std::size_t v, const Shape &input);
  Expected<void> setFlattened(std::size_t v, const Shape &input);
  Expected<void> checkSize(std::size_t v, const Shape &shape);
  Expected<void> checkEdges();
  /// The field that fixes a node's shape, for messages.
  std::string shapeField(std::size_t v) const;

  tl::unexpected<Error> failAt(std::size_t v, const std::string &field, const std::string &what) {
    return fail(fmt::format("{}: node {}{}: {}", quoted(file), quoted(graph.nodes[v].path),
                            field.empty() ? "" : fmt::format(", field {}", quoted(field)), what));
  }
  const Node &node(std::size_t v) const { return *graph.nodes[v].node; }

  const FlatGraph &graph;
  const std::string &file;
  std::vector<Known> shapes;
  std::vector<int> settled; ///< Nodes of known shape whose sources are still to be looked at.
};

std::string Inference::shapeField(std::size_t v) const {
  const Node &n = node(v);
  for (const char *name : {"shape", "weight", "input_type"})
    if (n.field(name))
      return name;
  std::string widest;
  std::size_t most = 0;
  for (const auto &[name, field] : n.fields)
    if (const Array *array = n.array(name); array && array->size() > most) {
      widest = name;
      most = array->size();
    }
  return widest;
}

Expected<void> Inference::checkSize(std::size_t v, const Shape &shape) {
  std::int64_t count = 1;
  for (std::int64_t dim : shape) {
    if (dim > (std::int64_t(1) << 31) / count)
      return failAt(v, shapeField(v),
                    fmt::format("shape {} has more than 2^31 neurons", shapeText(shape)));
    count *= dim;
  }
  return {};
}

Expected<void> Inference::fromParameters(std::size_t v) {
  const Node &n = node(v);
  if (n.type == "Input" || n.type == "Output") {
    Shape shape = *wholeNumbers(*n.field("shape"));
    if (auto ok = checkSize(v, shape); !ok)
      return ok;
    shapes[v] = {shape, shape};
  } else if (n.type == "Affine" || n.type == "Linear") {
    const Shape &weight = n.array("weight")->shape;
    for (std::size_t d = 0; d + 2 < weight.size(); ++d)
      if (weight[d] != 1)
        return failAt(v, "weight",
                      fmt::format("unsupported: shape {} with more than rows and columns",
                                  shapeText(weight)));
    shapes[v] = {Shape{weight[weight.size() - 1]}, Shape{weight[weight.size() - 2]}};
  } else if (const Field *field = n.field("input_type"); field && n.type == "Flatten") {
    return setFlattened(v, *wholeNumbers(*field));
  } else if (const Field *spatial = n.field("input_shape"); spatial && isWindowed(n)) {
    Shape input = *wholeNumbers(*spatial);
    input.insert(input.begin(), n.array("weight")->shape[1] * windowOf(n).groups);
    return setWindowed(v, input);
  } else if (isElementwise(n)) {
    for (const auto &[name, value] : n.fields)
      if (const Array *array = n.array(name); array && array->size() > 1) {
        if (auto ok = checkSize(v, array->shape); !ok)
          return ok;
        shapes[v] = {array->shape, array->shape};
      }
  }
  return {};
}

Expected<void> Inference::setFlattened(std::size_t v, const Shape &input) {
  const Node &n = node(v);
  if (auto ok = checkSize(v, input); !ok)
    return ok;
  auto rank = static_cast<std::int64_t>(input.size());
  std::int64_t start = wholeNumbers(*n.field("start_dim"))->front();
  std::int64_t end = wholeNumbers(*n.field("end_dim"))->front();
  for (auto [name, dim] : {std::pair("start_dim", &start), std::pair("end_dim", &end)}) {
    if (*dim < -rank || *dim >= rank)
      return failAt(v, name, fmt::format("{} is no dimension of shape {}", *dim, shapeText(input)));
    if (*dim < 0)
      *dim += rank;
  }
  if (start > end)
    return failAt(v, "start_dim", fmt::format("dimension {} comes after end_dim {}", start, end));
  Shape output(input.begin(), input.begin() + start);
  output.push_back(elements(Shape(input.begin() + start, input.begin() + end + 1)));
  output.insert(output.end(), input.begin() + end + 1, input.end());
  shapes[v] = {input, output};
  return {};
}

Expected<void> Inference::setWindowed(std::size_t v, const Shape &input) {
  const Node &n = node(v);
  Window window = windowOf(n);
  std::size_t rank = window.kernel.size();
  bool isPool = n.type == "SumPool2d" || n.type == "AvgPool2d";
  std::string field = isPool ? "kernel_size" : "weight";
  if (input.size() != rank + 1)
    return failAt(v, field,
                  fmt::format("expected an input of {} dimensions, channels first, got {}",
                              rank + 1, shapeText(input)));
  std::int64_t channels = isPool ? input[0] : n.array("weight")->shape[1] * window.groups;
  if (input[0] != channels)
    return failAt(
        v, field,
        fmt::format("expected an input of {} channels, got shape {}", channels, shapeText(input)));
  if (auto ok = checkSize(v, input); !ok)
    return ok;
  Shape output{isPool ? input[0] : n.array("weight")->shape[0]};
  for (std::size_t d = 0; d < rank; ++d) {
    output.push_back(positions(input[d + 1], window, d));
    if (output.back() == 0)
      return failAt(v, field,
                    fmt::format("a window of {} does not fit into an input of shape {}",
                                shapeText(window.kernel), shapeText(input)));
  }
  if (auto ok = checkSize(v, output); !ok)
    return ok;
  shapes[v] = {input, output};
  return {};
}

Expected<void> Inference::setInput(std::size_t v, const Shape &input) {
  if (isWindowed(node(v)))
    return setWindowed(v, input);
  if (node(v).type == "Flatten")
    return setFlattened(v, input);
  shapes[v] = {input, input};
  return {};
}

Expected<void> Inference::spreadForward(std::vector<int> known) {
  while (!known.empty()) {
    int v = known.back();
    known.pop_back();
    settled.push_back(v);
    for (int target : graph.nodes[v].targets)
      if (!shapes[target].input) {
        if (auto ok = setInput(target, *shapes[v].output); !ok)
          return ok;
        known.push_back(target);
      }
  }
  return {};
}

Expected<void> Inference::checkEdges() {
  for (std::size_t v = 0; v < shapes.size(); ++v)
    for (int source : graph.nodes[v].sources)
      if (const Shape &from = *shapes[source].output, &to = *shapes[v].input; !fits(from, to))
        return failAt(v, shapeField(v),
                      fmt::format("expected an input of shape {}, got shape {} from node {}",
                                  shapeText(to), shapeText(from),
                                  quoted(graph.nodes[source].path)));
  return {};
}

Expected<std::vector<NodeShapes>> Inference::run() {
  std::size_t n = shapes.size();
  for (std::size_t v = 0; v < n; ++v)
    if (auto ok = fromParameters(v); !ok)
      return tl::unexpected(ok.error());
  std::vector<int> known;
  for (std::size_t v = n; v-- > 0;)
    if (shapes[v].input)
      known.push_back(static_cast<int>(v));
  if (auto ok = spreadForward(known); !ok)
    return tl::unexpected(ok.error());
  // Then back through nodes that keep the shape, and from each of them forward again.
  while (!settled.empty()) {
    int v = settled.back();
    settled.pop_back();
    for (int source : graph.nodes[v].sources)
      if (!shapes[source].output && isElementwise(node(source))) {
        shapes[source] = {shapes[v].input, shapes[v].input};
        if (auto ok = spreadForward({source}); !ok)
          return tl::unexpected(ok.error());
      }
  }
  std::vector<NodeShapes> result(n);
  for (std::size_t v = 0; v < n; ++v) {
    // Only parameters of one element, and no neighbour knows better.
    if (!shapes[v].input && isElementwise(node(v)))
      shapes[v] = {Shape{1}, Shape{1}};
    if (!shapes[v].input)
      return failAt(v, "",
                    "the shape of its input cannot be inferred: nothing of known shape "
                    "leads to it");
  }
  if (auto ok = checkEdges(); !ok)
    return tl::unexpected(ok.error());
  for (std::size_t v = 0; v < n; ++v)
    result[v] = {*shapes[v].input, *shapes[v].output};
  return result;
}

} // namespace

Window windowOf(const Node &node) {
  Window window;
  if (node.type == "SumPool2d" || node.type == "AvgPool2d") {
    window.kernel = spread(node, "kernel_size", 2);
    window.dilation = {1, 1};
  } else {
    const Shape &weight = node.array("weight")->shape;
    window.kernel.assign(weight.begin() + 2, weight.end());
    window.dilation = spread(node, "dilation", window.kernel.size());
    window.groups = wholeNumbers(*node.field("groups"))->front();
  }
  std::size_t rank = window.kernel.size();
  window.stride = spread(node, "stride", rank);
  if (auto *mode = std::get_if<std::string>(node.field("padding"))) {
    for (std::size_t d = 0; d < rank; ++d) {
      std::int64_t total = *mode == "same" ? window.dilation[d] * (window.kernel[d] - 1) : 0;
      window.low.push_back(total / 2);
      window.high.push_back(total - total / 2);
    }
  } else {
    window.low = window.high = spread(node, "padding", rank);
  }
  return window;
}

Expected<std::vector<NodeShapes>> inferShapes(const FlatGraph &graph, const std::string &file) {
  return Inference(graph, file).run();
}

} // namespace engram::nir
