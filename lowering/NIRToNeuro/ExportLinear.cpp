// The nodes of NIR that a projection becomes: weights, convolutions, pools, and their biases.
#include "lowering/NIRToNeuro/ExportLinear.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "lowering/NIRToNeuro/ExportMemory.h"
#include "lowering/NIRToNeuro/NIRAttributes.h"
#include "lowering/NIRToNeuro/NIRChecks.h"

#include <cstring>

using namespace mlir;
using namespace engram::neuro;

namespace engram::nir {

static Array integer(int64_t value) {
  Array array;
  array.data = std::vector<int64_t>{value};
  return array;
}

static LogicalResult addBias(ProjectionOp op, ElementsAttr bias, const Shape &shape, Node &node) {
  if (!bias) {
    Shape channels = node.type == "Affine" ? shape : Shape{shape[0]};
    auto zeros = formed({0.0}, rememberedFields(op), "bias", channels);
    node.fields.emplace("bias", std::move(zeros));
    return success();
  }
  Expected<Array> array = toArray(bias);
  if (!array)
    return op.emitOpError() << "'bias': " << array.error().message;
  // A number for each channel, or one for all, was spread over the neurons.
  auto form = rememberedForm(rememberedFields(op), "bias");
  if (form || shape.size() != array->shape.size() || node.type != "Affine") {
    std::vector<double> values = array->toDoubles(), narrow;
    size_t channels =
        node.type == "Affine" ? (form ? 1 : values.size()) : static_cast<size_t>(shape[0]);
    if (form) {
      size_t kept = 1;
      for (int64_t dim : form->second)
        kept *= static_cast<size_t>(dim);
      channels = kept;
    }
    size_t run = channels == 0 || values.size() % channels ? 1 : values.size() / channels;
    bool constant = true;
    for (size_t i = 0; i < values.size(); ++i) {
      if (i % run == 0)
        narrow.push_back(values[i]);
      constant &= std::memcmp(&narrow.back(), &values[i], sizeof(double)) == 0;
    }
    if (!constant && node.type != "Affine")
      return op.emitOpError() << "NIR has one bias a channel, but 'bias' differs within a channel";
    if (constant && form) {
      if (Expected<Array> again = makeArray(narrow, form->first, form->second)) {
        node.fields.emplace("bias", std::move(*again));
        return success();
      }
    }
    if (node.type != "Affine") {
      Expected<Array> plain = makeArray(narrow, array->dtype(), {shape[0]});
      node.fields.emplace("bias", std::move(*plain));
      return success();
    }
  }
  node.fields.emplace("bias", std::move(*array));
  return success();
}

static FailureOr<Node> denseNode(ProjectionOp op, ElementsAttr weights, ElementsAttr bias) {
  Node node;
  Expected<Array> weight = toArray(weights);
  if (!weight)
    return op.emitOpError() << "'weights': " << weight.error().message;
  Shape shape{weight->shape[0]};
  if (auto form = rememberedForm(rememberedFields(op), "weight");
      form && form->second.size() > 2 && form->first == weight->dtype() &&
      elements(form->second) == elements(weight->shape))
    weight->shape = form->second;
  node.type = bias || rememberedType(op) == "Affine" ? "Affine" : "Linear";
  node.fields.emplace("weight", std::move(*weight));
  if (node.type == "Affine" && failed(addBias(op, bias, shape, node)))
    return failure();
  return node;
}

/// All-to-all, CSR, and one-to-one with a bias: their expansion as a matrix.
static FailureOr<Node> expandedNode(ProjectionOp op, ConnectorInterface connector,
                                    ElementsAttr bias, const Shape &from, const Shape &to) {
  int64_t columns = elements(from), rows = elements(to);
  if (columns > mostWeights / rows)
    return op.emitOpError() << "as a NIR Linear the connector needs " << rows << " x " << columns
                            << " weights, limit is " << mostWeights;
  std::vector<double> matrix(rows * columns);
  connector.expand(from, to, {}, [&](int64_t source, int64_t target, double weight) {
    matrix[target * columns + source] += weight;
  });
  auto type = RankedTensorType::get({rows, columns}, Float64Type::get(op.getContext()));
  Node node;
  node.type = bias ? "Affine" : "Linear";
  Expected<Array> array = makeArray(matrix, DType::F64, type.getShape().vec());
  node.fields.emplace("weight", std::move(*array));
  if (bias && failed(addBias(op, bias, {rows}, node)))
    return failure();
  return node;
}

static FailureOr<Node> scaleNode(ProjectionOp op, OneToOneAttr connector, const Shape &from) {
  Node node;
  node.type = "Scale";
  if (auto weights = dyn_cast<ElementsAttr>(connector.getWeight())) {
    Expected<Array> array = toArray(weights);
    if (!array)
      return op.emitOpError() << "'weight': " << array.error().message;
    node.fields.emplace("scale", std::move(*array));
    return node;
  }
  node.fields.emplace(
      "scale", formed(readNumbers(connector.getWeight()), rememberedFields(op), "scale", from));
  return node;
}

static FailureOr<Node> convNode(ProjectionOp op, ConvAttr connector, ElementsAttr bias,
                                const Shape &from, const Shape &to) {
  Node node;
  int64_t rank = connector.rank();
  node.type = rank == 1 ? "Conv1d" : "Conv2d";
  Expected<Array> weight = toArray(connector.getWeights());
  if (!weight)
    return op.emitOpError() << "'weights': " << weight.error().message;
  node.fields.emplace("weight", std::move(*weight));
  node.fields.emplace("stride", integers(connector.getStride()));
  node.fields.emplace("dilation", integers(connector.getDilation()));
  node.fields.emplace("groups", integer(connector.getGroups()));
  if (!wasAbsent(op, "input_shape"))
    node.fields.emplace("input_shape", integers(ArrayRef(from).drop_front()));
  ArrayRef<int64_t> low = connector.getPadding().take_front(rank),
                    high = connector.getPadding().drop_front(rank);
  node.fields.emplace("padding", integers(low));
  if (low != high) {
    node.fields["padding"] = std::string("same");
    Window same = windowOf(node);
    if (ArrayRef<int64_t>(same.low) != low || ArrayRef<int64_t>(same.high) != high)
      return op.emitOpError() << "NIR cannot say different zeros before and after";
  }
  if (failed(addBias(op, bias, to, node)))
    return failure();
  return node;
}

static FailureOr<Node> poolNode(ProjectionOp op, PoolAttr connector, ElementsAttr bias) {
  Node node;
  node.type = connector.getKind() == PoolKind::Sum ? "SumPool2d" : "AvgPool2d";
  node.fields.emplace("kernel_size", integers(connector.getKernel()));
  node.fields.emplace("stride", integers(connector.getStride()));
  node.fields.emplace("padding", integers(connector.getPadding().take_front(2)));
  if (connector.getPadding().take_front(2) != connector.getPadding().drop_front(2))
    return op.emitOpError() << "NIR cannot say different zeros before and after";
  if (bias)
    return op.emitOpError() << "a pool of NIR has no bias";
  return node;
}

/// What was written differently in the file, where it says the same.
static LogicalResult recall(ProjectionOp op, Node &node) {
  DictionaryAttr fields = rememberedFields(op);
  bool windowed = node.field("stride") != nullptr;
  if (!windowed)
    return success();
  for (const char *name :
       {"kernel_size", "stride", "padding", "dilation", "groups", "input_shape"}) {
    Attribute attr = fields.get(name);
    if (!attr || !node.field(name))
      continue;
    Expected<Field> field = toField(attr);
    if (!field)
      return op.emitOpError() << "'nir.node': " << field.error().message;
    Field now = node.fields[name];
    Window before = windowOf(node);
    auto mine = wholeNumbers(now), theirs = wholeNumbers(*field);
    // windowOf needs whole numbers, one or one a dimension.
    bool sized = theirs && (theirs->size() == 1 || (mine && theirs->size() == mine->size()));
    auto *text = std::get_if<std::string>(&*field);
    if (!sized && !(text && StringRef(name) == "padding"))
      continue;
    node.fields[name] = *field;
    Window after = windowOf(node);
    bool same = after.kernel == before.kernel && after.stride == before.stride &&
                after.dilation == before.dilation && after.low == before.low &&
                after.high == before.high && after.groups == before.groups;
    if (StringRef(name) == "input_shape")
      same = mine && theirs && *mine == *theirs;
    if (!same)
      node.fields[name] = now;
  }
  return success();
}

LogicalResult linearNodes(ProjectionOp op, ConnectorInterface connector, ElementsAttr bias,
                          const Shape &from, const Shape &to, std::vector<Node> &nodes) {
  FailureOr<Node> node = failure();
  if (auto compose = dyn_cast<ComposeAttr>(connector)) {
    Shape shape = from;
    for (auto [k, map] : llvm::enumerate(compose.getMaps())) {
      auto part = cast<ConnectorInterface>(map);
      bool last = k + 1 == compose.getMaps().size();
      auto next = part.inferTargetShape(shape, [&] { return op.emitOpError(); });
      if (failed(next))
        return failure();
      Shape after(last ? to : Shape((*next)->begin(), (*next)->end()));
      if (failed(linearNodes(op, part, last ? bias : ElementsAttr(), shape, after, nodes)))
        return failure();
      shape = after;
    }
    return success();
  }
  if (auto oneToOne = dyn_cast<OneToOneAttr>(connector); oneToOne && !bias) {
    bool identity = !isa<ElementsAttr>(oneToOne.getWeight()) &&
                    readNumbers(oneToOne.getWeight()) == std::vector<double>{1.0};
    StringRef type = rememberedType(op);
    if (identity && type == "Flatten") {
      Node flat;
      flat.type = "Flatten";
      for (NamedAttribute entry : rememberedFields(op))
        if (Expected<Field> field = toField(entry.getValue()))
          flat.fields.emplace(entry.getName().str(), std::move(*field));
      nodes.push_back(std::move(flat));
      return success();
    }
    if (identity && type != "Scale")
      return success();
    node = scaleNode(op, oneToOne, from);
  } else if (auto dense = dyn_cast<DenseAttr>(connector)) {
    node = denseNode(op, cast<ElementsAttr>(dense.getWeights()), bias);
  } else if (auto conv = dyn_cast<ConvAttr>(connector)) {
    node = convNode(op, conv, bias, from, to);
  } else if (auto pool = dyn_cast<PoolAttr>(connector)) {
    node = poolNode(op, pool, bias);
  } else if (isa<AllToAllAttr, CSRAttr, OneToOneAttr>(connector)) {
    node = expandedNode(op, connector, bias, from, to);
  } else {
    return op.emitOpError() << "NIR cannot say the connector " << connector;
  }
  if (failed(node) || failed(recall(op, *node)))
    return failure();
  nodes.push_back(std::move(*node));
  return success();
}

} // namespace engram::nir
