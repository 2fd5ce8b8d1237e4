// NIR networks into the dialect 'neuro': nodes become populations and projections.
#include "lowering/NIRToNeuro/ImportNIR.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "lowering/NIRToNeuro/Hops.h"
#include "lowering/NIRToNeuro/NIRAttributes.h"
#include "lowering/NIRToNeuro/NIRChecks.h"
#include "lowering/NIRToNeuro/NIRFile.h"

#include "mlir/IR/Verifier.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include <cmath>
#include <fmt/format.h>

using namespace mlir;
using namespace engram::neuro;

namespace engram::nir {
namespace {

/// A bias that is spread over more neurons than this is refused rather than allocated.
constexpr int64_t mostSpread = int64_t(1) << 26;

/// More steps of delay than a projection may have (neuro_c8).
constexpr int64_t mostDelay = int64_t(1) << 24;

class Importer {
public:
  Importer(std::shared_ptr<const Graph> graph, const std::string &file, MLIRContext *context,
           const ImportOptions &options)
      : graph(std::move(graph)), file(file), options(options), builder(context),
        location(FileLineColLoc::get(context, file, 0, 0)) {}

  FailureOr<OwningOpRef<ModuleOp>> run();

private:
  LogicalResult chooseConvention();
  LogicalResult readDelays();
  void nameEverything();
  LogicalResult buildModule(ModuleOp module);
  void addModels(ModuleOp module);
  void addPlaces();
  LogicalResult addHops();
  void addProbes();
  void addPopulation(int v);

  ConnectorInterface connector(int v, NamedAttrList &kept);
  FailureOr<ElementsAttr> bias(int v, NamedAttrList &kept);
  Attribute delay(const Hop &hop);
  Attribute number(int v, const char *field, NamedAttrList &kept);
  void keepWindow(int v, NamedAttrList &kept);
  void keep(int v, StringRef field, NamedAttrList &kept);
  DictionaryAttr nodeAttr(int v, StringRef symbol, NamedAttrList &kept, bool typeIsKnown);
  DictionaryAttr graphAttr();
  ArrayAttr nodeList(const Graph &of, const std::string &prefix);
  DictionaryAttr skeleton(const Graph &of, const std::string &prefix);

  /// The location prints the file, so the message need not name it again.
  StringRef afterFile(StringRef message) const {
    message.consume_front(quoted(file) + ": ");
    return message;
  }
  LogicalResult error(const std::string &message) {
    emitError(location) << afterFile(message);
    return failure();
  }
  std::string at(int v, StringRef field) const {
    return fmt::format("{}: node {}, field {}", quoted(file), quoted(flat.nodes[v].path),
                       quoted(std::string_view(field.data(), field.size())));
  }
  std::string unique(std::string name);
  std::string blobName(int v, StringRef field) const {
    return flat.nodes[v].path + "." + field.str();
  }
  const Node &node(int v) const { return *flat.nodes[v].node; }
  ArrayRef<int64_t> placeShape(const Place &place) const {
    return place.kind == Place::Exit ? shapes[place.node].output : shapes[place.node].input;
  }
  Location nodeLoc(int v) {
    return NameLoc::get(builder.getStringAttr(flat.nodes[v].path), location);
  }

  std::shared_ptr<const Graph> graph;
  const std::string &file;
  const ImportOptions &options;
  OpBuilder builder;
  Location location;
  Convention convention{};
  FlatGraph flat;
  std::vector<NodeShapes> shapes;
  std::vector<std::vector<int64_t>> delays; ///< of a Delay node: steps, one or one an element
  std::vector<int64_t> leastDelay;
  Plan plan;
  std::vector<std::string> nodeNames, placeNames;
  llvm::StringMap<unsigned> taken;
  NetworkOp network;
};

//===-- preparation -------------------------------------------------------------------------===//

LogicalResult Importer::chooseConvention() {
  const Convention *row = findConvention(options.convention);
  if (!row) {
    std::string names;
    for (const Convention &known : conventions())
      names += (names.empty() ? "" : ", ") + known.name.str();
    return error(
        fmt::format("expected a convention ({}), got {}", names, quoted(options.convention)));
  }
  if (!(options.dt > 0) || !std::isfinite(options.dt))
    return error(fmt::format("expected 'dt' to be positive, got {}", options.dt));
  if (!unitFactor(options.timeUnit, "s"))
    return error(fmt::format("expected a unit of time, got {}", quoted(options.timeUnit)));
  convention = *row;
  convention.reset = options.reset.value_or(row->reset);
  convention.method = options.method.value_or(row->method);
  return success();
}

LogicalResult Importer::readDelays() {
  delays.resize(flat.nodes.size());
  leastDelay.assign(flat.nodes.size(), 0);
  for (int v = 0; v < static_cast<int>(flat.nodes.size()); ++v) {
    if (node(v).type != "Delay")
      continue;
    bool warned = false;
    for (double time : node(v).array("delay")->toDoubles()) {
      double steps = time / options.dt, whole = std::nearbyint(steps);
      if (!(whole <= mostDelay))
        return error(fmt::format("{}: {} {} is {} steps of {} {}, limit is {}", at(v, "delay"),
                                 time, options.timeUnit, steps, options.dt, options.timeUnit,
                                 mostDelay));
      if (std::abs(steps - whole) > 1e-6 * std::max(1.0, steps) && !warned) {
        emitWarning(location) << afterFile(fmt::format(
            "{}: {} {} is {} steps of {} {}: rounded to {}; choose a 'dt' that divides it",
            at(v, "delay"), time, options.timeUnit, steps, options.dt, options.timeUnit, whole));
        warned = true;
      }
      delays[v].push_back(static_cast<int64_t>(whole));
    }
    leastDelay[v] = *llvm::min_element(delays[v]);
    if (llvm::all_equal(delays[v]))
      delays[v].resize(1);
  }
  return success();
}

std::string Importer::unique(std::string name) {
  while (true) {
    auto [it, fresh] = taken.try_emplace(name, 0);
    if (fresh)
      return name;
    name += "_" + std::to_string(++it->second);
  }
}

void Importer::nameEverything() {
  for (const FlatNode &item : flat.nodes) {
    std::string name = item.path;
    std::replace(name.begin(), name.end(), '/', '.');
    nodeNames.push_back(unique(name));
  }
  for (const Place &place : plan.places) {
    const std::string &name = nodeNames[place.node];
    switch (place.kind) {
    case Place::Node:
      placeNames.push_back(name);
      break;
    case Place::Entry:
      placeNames.push_back(unique(name + ".in"));
      break;
    case Place::Late:
      placeNames.push_back(unique(name + ".late"));
      break;
    case Place::Exit:
      placeNames.push_back(unique(name + ".out"));
      break;
    }
  }
}

//===-- what is remembered ------------------------------------------------------------------===//

void Importer::keep(int v, StringRef field, NamedAttrList &kept) {
  kept.append(field, toAttribute(*node(v).field(std::string_view(field.data(), field.size())),
                                 graph, blobName(v, field), builder.getContext()));
}

/// Strides and the like: remembered unless they are written as the exporter writes them.
void Importer::keepWindow(int v, NamedAttrList &kept) {
  Window window = windowOf(node(v));
  std::vector<int64_t> spread{static_cast<int64_t>(window.kernel.size())}, scalar;
  for (const char *name :
       {"kernel_size", "stride", "padding", "dilation", "groups", "input_shape"}) {
    const Array *array = node(v).array(name);
    const std::vector<int64_t> &usual = StringRef(name) == "groups" ? scalar : spread;
    if (node(v).field(name) && !(array && array->dtype() == DType::I64 && array->shape == usual))
      keep(v, name, kept);
  }
}

/// A neuron's parameter or a scale: one plain number if all are equal.
Attribute Importer::number(int v, const char *field, NamedAttrList &kept) {
  const Array &array = *node(v).array(field);
  if (std::optional<double> value = uniformValue(array)) {
    kept.append(field, TypeAttr::get(typeOf(array, builder.getContext())));
    return builder.getF64FloatAttr(*value);
  }
  return toElements(array, graph, blobName(v, field), builder.getContext());
}

DictionaryAttr Importer::nodeAttr(int v, StringRef symbol, NamedAttrList &kept, bool typeIsKnown) {
  NamedAttrList attrs;
  const FlatNode &item = flat.nodes[v];
  if (symbol != item.path)
    attrs.append("name", builder.getStringAttr(item.path));
  if (!typeIsKnown)
    attrs.append("type", builder.getStringAttr(item.node->type));
  if (!kept.empty())
    attrs.append("fields", kept.getDictionary(builder.getContext()));
  SmallVector<Attribute> absent;
  for (StringRef name : {"v_reset", "input_shape"})
    if (llvm::is_contained(findNodeType(item.node->type)->optional,
                           std::string_view(name.data(), name.size())) &&
        !item.node->field(std::string_view(name.data(), name.size())))
      absent.push_back(builder.getStringAttr(name));
  if (!absent.empty())
    attrs.append("absent", builder.getArrayAttr(absent));
  if (!item.node->metadata.empty())
    attrs.append("metadata", toAttribute(item.node->metadata, graph, item.path + ".metadata",
                                         builder.getContext()));
  return attrs.getDictionary(builder.getContext());
}

ArrayAttr Importer::nodeList(const Graph &of, const std::string &prefix) {
  SmallVector<Attribute> nodes;
  for (const auto &[name, inner] : of.nodes) {
    NamedAttrList attrs;
    attrs.append("name", builder.getStringAttr(name));
    if (inner.graph) {
      attrs.append("graph", skeleton(*inner.graph, prefix + name + "/"));
      nodes.push_back(attrs.getDictionary(builder.getContext()));
    } else if (!prefix.empty() && (inner.type == "Input" || inner.type == "Output")) {
      attrs.append("type", builder.getStringAttr(inner.type));
      attrs.append("shape", toAttribute(*inner.field("shape"), graph, prefix + name + ".shape",
                                        builder.getContext()));
      if (!inner.metadata.empty())
        attrs.append("metadata", toAttribute(inner.metadata, graph, prefix + name + ".metadata",
                                             builder.getContext()));
      nodes.push_back(attrs.getDictionary(builder.getContext()));
    } else {
      nodes.push_back(builder.getStringAttr(name));
    }
  }
  return builder.getArrayAttr(nodes);
}

DictionaryAttr Importer::skeleton(const Graph &of, const std::string &prefix) {
  NamedAttrList attrs;
  attrs.append("nodes", nodeList(of, prefix));
  bool nested = !prefix.empty() || llvm::any_of(of.nodes, [](const auto &entry) {
    return entry.second.graph != nullptr;
  });
  if (nested) {
    SmallVector<Attribute> edges;
    for (const auto &[source, target] : of.edges)
      edges.push_back(builder.getStrArrayAttr({source, target}));
    attrs.append("edges", builder.getArrayAttr(edges));
  }
  if (!of.version.empty())
    attrs.append("version", builder.getStringAttr(of.version));
  if (!of.metadata.empty())
    attrs.append("metadata",
                 toAttribute(of.metadata, graph, prefix + "metadata", builder.getContext()));
  return attrs.getDictionary(builder.getContext());
}

//===-- operations --------------------------------------------------------------------------===//

void Importer::addModels(ModuleOp module) {
  OwningOpRef<ModuleOp> variants;
  llvm::StringMap<bool> added;
  for (const FlatNode &item : flat.nodes) {
    std::string name = modelName(item.node->type, convention);
    if (name == item.node->type || !added.try_emplace(name, true).second)
      continue;
    if (!variants)
      variants = parseConventionModels(builder.getContext());
    if (auto model = variants ? variants->lookupSymbol<ModelOp>(name) : ModelOp())
      builder.clone(*model);
  }
}

void Importer::addPopulation(int v) {
  NamedAttrList parameters, kept;
  const NodeType &type = *findNodeType(node(v).type);
  for (const std::vector<std::string_view> *names : {&type.required, &type.optional})
    for (std::string_view name : *names)
      if (node(v).array(name))
        parameters.append(StringRef(name.data(), name.size()),
                          number(v, std::string(name).c_str(), kept));
  std::string model = modelName(node(v).type, convention);
  bool plain = model == node(v).type;
  MethodAttr method;
  bool hasDynamics = node(v).type != "Threshold" && !StringRef(model).contains("_per_step") &&
                     !StringRef(model).contains("_decay");
  if (hasDynamics && convention.method != Method::SequentialEuler)
    method = MethodAttr::get(builder.getContext(), convention.method);
  auto op = PopulationOp::create(
      builder, nodeLoc(v), nodeNames[v], builder.getDenseI64ArrayAttr(shapes[v].output), model,
      parameters.getDictionary(builder.getContext()), DictionaryAttr(), method);
  op->setAttr(nodeAttrName, nodeAttr(v, nodeNames[v], kept, plain));
}

void Importer::addPlaces() {
  for (size_t p = 0; p < plan.places.size(); ++p) {
    const Place &place = plan.places[p];
    int v = place.node;
    if (place.kind != Place::Node) {
      PopulationOp::create(builder, nodeLoc(v), placeNames[p],
                           builder.getDenseI64ArrayAttr(placeShape(place)), "Relay",
                           DictionaryAttr(), DictionaryAttr(), MethodAttr());
    } else if (node(v).type == "Input") {
      NamedAttrList kept;
      const Array &shape = *node(v).array("shape");
      if (shape.dtype() != DType::I64 || shape.shape.size() != 1)
        keep(v, "shape", kept);
      auto op = SourceOp::create(builder, nodeLoc(v), builder.getStringAttr(nodeNames[v]),
                                 builder.getDenseI64ArrayAttr(shapes[v].output),
                                 ExternalAttr::get(builder.getContext()), TypeAttr());
      DictionaryAttr attr = nodeAttr(v, nodeNames[v], kept, true);
      if (!attr.empty())
        op->setAttr(nodeAttrName, attr);
    } else {
      addPopulation(v);
    }
  }
}

ConnectorInterface Importer::connector(int v, NamedAttrList &kept) {
  MLIRContext *context = builder.getContext();
  auto plain = [&] { return OneToOneAttr::get(context, builder.getF64FloatAttr(1.0)); };
  if (v < 0)
    return plain();
  const Node &n = node(v);
  if (n.type == "Affine" || n.type == "Linear") {
    const Array &weight = *n.array("weight");
    if (weight.shape.size() > 2)
      kept.append("weight", TypeAttr::get(typeOf(weight, context)));
    int64_t matrix[] = {shapes[v].output[0], shapes[v].input[0]};
    return DenseAttr::get(context,
                          toElements(weight, graph, blobName(v, "weight"), context, matrix));
  }
  if (n.type == "Scale")
    return OneToOneAttr::get(context, number(v, "scale", kept));
  if (n.type == "Flatten") {
    for (const char *name : {"start_dim", "end_dim", "input_type"})
      if (n.field(name))
        keep(v, name, kept);
    return plain();
  }
  if (n.type == "Delay") {
    keep(v, "delay", kept);
    return plain();
  }
  keepWindow(v, kept);
  Window window = windowOf(n);
  Shape padding = window.low;
  padding.insert(padding.end(), window.high.begin(), window.high.end());
  if (n.type == "SumPool2d" || n.type == "AvgPool2d")
    return PoolAttr::get(context, n.type == "SumPool2d" ? PoolKind::Sum : PoolKind::Mean,
                         window.kernel, window.stride, padding);
  return ConvAttr::get(context,
                       toElements(*n.array("weight"), graph, blobName(v, "weight"), context),
                       window.stride, padding, window.dilation, window.groups);
}

/// The bias of a projection, one number a target neuron; null if it adds nothing.
FailureOr<ElementsAttr> Importer::bias(int v, NamedAttrList &kept) {
  const Array *array = v < 0 ? nullptr : node(v).array("bias");
  if (!array)
    return ElementsAttr();
  MLIRContext *context = builder.getContext();
  int64_t count = elements(shapes[v].output), channels = shapes[v].output[0];
  if (hasBias(node(v)) && static_cast<int64_t>(array->size()) == count)
    return toElements(*array, graph, blobName(v, "bias"), context);
  kept.append("bias", TypeAttr::get(typeOf(*array, context)));
  if (!hasBias(node(v)))
    return ElementsAttr();
  auto type = RankedTensorType::get(shapes[v].output, elementType(array->dtype(), context));
  if (count > mostSpread)
    return error(fmt::format("{}: unsupported: a bias over {} neurons, limit is {}", at(v, "bias"),
                             count, mostSpread));
  std::vector<double> values = array->toDoubles();
  std::vector<double> spread(count);
  for (int64_t i = 0; i < count; ++i)
    spread[i] = values[values.size() == 1 ? 0 : i / (count / channels)];
  return makeElements(type, ArrayRef<double>(spread), blobName(v, "bias"));
}

Attribute Importer::delay(const Hop &hop) {
  std::vector<int64_t> steps{0};
  if (hop.via >= 0 && !delays[hop.via].empty())
    steps = delays[hop.via];
  for (int64_t &step : steps)
    step += hop.added;
  if (steps.size() == 1)
    return steps[0] == 0 ? Attribute() : builder.getI64IntegerAttr(steps[0]);
  auto type = RankedTensorType::get({static_cast<int64_t>(steps.size())}, builder.getI64Type());
  return makeElements(type, ArrayRef<int64_t>(steps), blobName(hop.via, "steps"));
}

LogicalResult Importer::addHops() {
  std::vector<int> uses(flat.nodes.size(), 0);
  for (const Hop &hop : plan.hops)
    if (hop.via >= 0)
      ++uses[hop.via];
  struct Built {
    ConnectorInterface connector;
    ElementsAttr bias;
    NamedAttrList kept;
  };
  std::vector<std::unique_ptr<Built>> built(flat.nodes.size());
  for (const Hop &hop : plan.hops) {
    std::unique_ptr<Built> plain;
    std::unique_ptr<Built> &parts = hop.via < 0 ? plain : built[hop.via];
    if (!parts) {
      parts = std::make_unique<Built>();
      parts->connector = connector(hop.via, parts->kept);
      FailureOr<ElementsAttr> values = bias(hop.via, parts->kept);
      if (failed(values))
        return failure();
      parts->bias = *values;
    }
    const std::string &target = placeNames[hop.to];
    std::string name = hop.via < 0          ? unique(placeNames[hop.from] + "_to_" + target)
                       : uses[hop.via] == 1 ? nodeNames[hop.via]
                                            : unique(nodeNames[hop.via] + "." + target);
    auto op = ProjectionOp::create(builder, hop.via < 0 ? location : nodeLoc(hop.via), name,
                                   placeNames[hop.from], target, StringAttr(), parts->connector,
                                   TypeAttr(), parts->bias, delay(hop));
    if (hop.via >= 0)
      op->setAttr(nodeAttrName, nodeAttr(hop.via, name, parts->kept, false));
    if (hop.added)
      op->setAttr(addedDelayAttrName, builder.getI64IntegerAttr(hop.added));
  }
  return success();
}

void Importer::addProbes() {
  for (int v = 0; v < static_cast<int>(flat.nodes.size()); ++v) {
    if (node(v).type != "Output")
      continue;
    int place = plan.placeOf[v] >= 0 ? plan.placeOf[v] : plan.placeOf[flat.nodes[v].sources[0]];
    NamedAttrList kept;
    const Array &shape = *node(v).array("shape");
    ArrayRef<int64_t> known = placeShape(plan.places[place]);
    if (plan.places[place].kind == Place::Node)
      known = shapes[plan.places[place].node].output;
    if (shape.dtype() != DType::I64 || shape.shape.size() != 1 ||
        known != ArrayRef<int64_t>(shapes[v].input))
      keep(v, "shape", kept);
    auto op = ProbeOp::create(builder, nodeLoc(v), nodeNames[v], placeNames[place], "output",
                              DenseI64ArrayAttr(), 1);
    op->setAttr(nodeAttrName, nodeAttr(v, nodeNames[v], kept, false));
  }
}

LogicalResult Importer::buildModule(ModuleOp module) {
  builder.setInsertionPointToEnd(module.getBody());
  for (const FlatNode &item : flat.nodes) {
    StringRef type = item.node->type;
    if (findNodeType(item.node->type) && !isLinear(*item.node) && type != "Input" &&
        type != "Output" && nodeTypeOf(modelName(type, convention)).empty())
      return error(fmt::format("{}: node {}: convention {} has no model of type {} with reset {}",
                               quoted(file), quoted(item.path), quoted(options.convention),
                               quoted(item.node->type),
                               quoted(stringifyReset(convention.reset).str())));
  }
  addModels(module);
  std::string name = options.networkName;
  if (name.empty())
    name = llvm::sys::path::stem(file).str();
  if (name.empty())
    name = "network";
  network =
      NetworkOp::create(builder, location, name,
                        QuantityAttr::get(builder.getContext(), options.dt, options.timeUnit), 0,
                        options.singlePrecision ? TypeAttr::get(builder.getF32Type()) : TypeAttr());
  network->setAttr(graphAttrName, skeleton(*graph, ""));
  network.getBody().emplaceBlock();
  builder.setInsertionPointToEnd(&network.getBody().front());
  addPlaces();
  if (failed(addHops()))
    return failure();
  addProbes();
  return success();
}

FailureOr<OwningOpRef<ModuleOp>> Importer::run() {
  if (failed(chooseConvention()))
    return failure();
  for (const Finding &finding : checkGraph(*graph, file)) {
    if (finding.isError)
      return error(finding.message);
    emitWarning(location) << afterFile(finding.message);
  }
  Expected<FlatGraph> flattened = flatten(*graph, file);
  if (!flattened)
    return error(flattened.error().message);
  flat = std::move(*flattened);
  for (int v = 0; v < static_cast<int>(flat.nodes.size()); ++v)
    for (const auto &[name, field] : node(v).fields)
      if (const Array *array = node(v).array(name); array && array->dtype() == DType::Bool)
        return error(fmt::format("{}: expected numbers, got truth values", at(v, name)));
  Expected<std::vector<NodeShapes>> inferred = inferShapes(flat, file);
  if (!inferred)
    return error(inferred.error().message);
  shapes = std::move(*inferred);
  if (failed(readDelays()))
    return failure();
  Expected<Plan> planned = planHops(flat, shapes, convention.delay, leastDelay, file);
  if (!planned)
    return error(planned.error().message);
  plan = std::move(*planned);
  nameEverything();
  MLIRContext *context = builder.getContext();
  context->loadDialect<NeuroDialect>();
  OwningOpRef<ModuleOp> module(ModuleOp::create(location));
  if (failed(buildModule(*module)) || failed(verify(*module)))
    return failure();
  return module;
}

} // namespace

FailureOr<OwningOpRef<ModuleOp>> importNIR(std::shared_ptr<const Graph> graph,
                                           const std::string &file, MLIRContext *context,
                                           const ImportOptions &options) {
  return Importer(std::move(graph), file, context, options).run();
}

FailureOr<OwningOpRef<ModuleOp>> importNIR(const std::string &path, MLIRContext *context,
                                           const ImportOptions &options) {
  Expected<Graph> graph = readFile(path);
  if (!graph) {
    StringRef message = graph.error().message;
    message.consume_front(quoted(path) + ": ");
    emitError(FileLineColLoc::get(context, path, 0, 0)) << message;
    return failure();
  }
  return importNIR(std::make_shared<const Graph>(std::move(*graph)), path, context, options);
}

} // namespace engram::nir
