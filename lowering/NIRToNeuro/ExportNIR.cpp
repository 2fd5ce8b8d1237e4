// Networks of the dialect 'neuro' into NIR: populations and projections become nodes.
#include "lowering/NIRToNeuro/ExportNIR.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/IR/Units.h"
#include "lowering/NIRToNeuro/Conventions.h"
#include "lowering/NIRToNeuro/ExportLinear.h"
#include "lowering/NIRToNeuro/ExportMemory.h"
#include "lowering/NIRToNeuro/FlatGraph.h"
#include "lowering/NIRToNeuro/NIRAttributes.h"
#include "lowering/NIRToNeuro/NIRChecks.h"
#include "lowering/NIRToNeuro/NIRFile.h"

#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>

using namespace mlir;
using namespace engram::neuro;

namespace engram::nir {
namespace {

std::string pathOf(Operation *op, StringRef symbol) {
  auto attr = op->getAttrOfType<DictionaryAttr>(nodeAttrName);
  auto name = attr ? attr.getAs<StringAttr>("name") : StringAttr();
  return name ? name.getValue().str() : symbol.str();
}

class Exporter {
public:
  explicit Exporter(NetworkOp network) : network(network) {}

  FailureOr<Graph> run();

private:
  /// A node to be, or a relay, which vanishes.
  struct Item {
    std::string path;
    Node node;
    bool relay = false;
    bool shared = false; ///< Stands for a linear node that several projections name.
    std::set<int> sources, targets;
  };
  /// What several projections of one imported node must agree in.
  struct Shared {
    int item;
    ProjectionOp first;
  };

  LogicalResult addSource(SourceOp op);
  LogicalResult addPopulation(PopulationOp op);
  LogicalResult addProjection(ProjectionOp op);
  LogicalResult addProbe(ProbeOp op);
  LogicalResult addParameter(PopulationOp op, StringRef name, DictionaryAttr fields, Node &node);
  FailureOr<std::vector<int64_t>> delaySteps(ProjectionOp op);
  double dtInUnit() { return network.getDt().getValue(); }
  LogicalResult finishNode(Operation *op, Node &node);

  void connect(int from, int to);
  void removeRelays();
  FailureOr<Graph> assemble();
  FailureOr<Graph> nest(DictionaryAttr skeleton, const std::string &prefix,
                        std::map<std::string, int> &left);
  bool sameEdges(const Graph &graph);

  int addItem(std::string path, Node node) {
    while (!paths.emplace(path, static_cast<int>(items.size())).second)
      path += "_";
    items.push_back({path, std::move(node), false, false, {}, {}});
    return static_cast<int>(items.size()) - 1;
  }
  LogicalResult error(Operation *op, const Twine &message) { return op->emitOpError() << message; }
  Shape shapeOfSymbol(StringRef name) {
    ArrayRef<int64_t> shape = *shapeOf(network, name);
    return Shape(shape.begin(), shape.end());
  }

  NetworkOp network;
  std::vector<Item> items;
  std::map<std::string, int> paths;
  llvm::StringMap<int> itemOf; ///< of a source or population
  std::map<std::string, Shared> sharedNodes;
  bool hasOutput = false;
};

//===-- fields ------------------------------------------------------------------------------===//

LogicalResult Exporter::finishNode(Operation *op, Node &node) {
  auto attr = op->getAttrOfType<DictionaryAttr>(nodeAttrName);
  if (Attribute metadata = attr ? attr.get("metadata") : Attribute()) {
    Expected<Metadata> values = toMetadata(metadata);
    if (!values)
      return error(op, "'nir.node': " + values.error().message);
    node.metadata = std::move(*values);
  }
  return success();
}

/// A shape as a field: as it was written if that is the same shape.
Field shapeField(Operation *op, const Shape &shape, bool sameCount = false) {
  if (Attribute attr = rememberedFields(op).get("shape"))
    if (Expected<Field> field = toField(attr))
      if (auto values = wholeNumbers(*field);
          values && (*values == shape || (sameCount && elements(*values) == elements(shape))))
        return *field;
  return integers(shape);
}

//===-- sources, populations, probes --------------------------------------------------------===//

LogicalResult Exporter::addSource(SourceOp op) {
  if (!isa<ExternalAttr>(op.getKind()))
    return error(op, "NIR has no source but the Input, which is #neuro.external");
  Node node;
  node.type = "Input";
  node.fields.emplace("shape", shapeField(op, shapeOfSymbol(op.getSymName())));
  if (failed(finishNode(op, node)))
    return failure();
  itemOf[op.getSymName()] = addItem(pathOf(op, op.getSymName()), std::move(node));
  return success();
}

LogicalResult Exporter::addParameter(PopulationOp op, StringRef name, DictionaryAttr fields,
                                     Node &node) {
  Attribute value = op.getParameters() ? op.getParameters()->get(name) : Attribute();
  ModelOp model = modelOf(op);
  if (!value && model)
    if (ParameterOp parameter = model.findParameter(name))
      value = parameter.getValue().value_or(Attribute());
  std::string field = name.str();
  if (!value)
    return name == "v_reset"
               ? success()
               : error(op, "expected a value for parameter '" + name +
                               "': its model, which may have a default, is not in the module");
  if (auto elements = dyn_cast<ElementsAttr>(value)) {
    Expected<Array> array = toArray(elements);
    if (!array)
      return error(op, "parameter '" + name + "': " + array.error().message);
    node.fields.emplace(field, std::move(*array));
    return success();
  }
  Shape shape = shapeOfSymbol(op.getSymName());
  RandomKey key{network.getSeed(), streamOf((op.getSymName() + "/" + name).str())};
  FailureOr<std::vector<double>> values =
      valuesOf(value, elements(shape), "1", key, [&] { return op.emitOpError(); });
  if (failed(values))
    return failure();
  if (name == "v_reset" && wasAbsent(op, name) && *values == std::vector<double>{0.0})
    return success();
  node.fields.emplace(field, formed(*values, fields, name, shape));
  return success();
}

LogicalResult Exporter::addPopulation(PopulationOp op) {
  Node node;
  bool relay = op.getModel() == "Relay";
  StringRef type = nodeTypeOf(op.getModel());
  if (!relay && type.empty())
    return error(op, "NIR has no node for model '" + op.getModel() + "'");
  if (op.getInitial() && !op.getInitial()->empty())
    return error(op, "NIR cannot say initial values");
  if (neuro::startOf(op) != 0)
    return error(op, "NIR cannot say that a population starts late");
  if (relay) {
    int item = addItem(op.getSymName().str(), std::move(node));
    items[item].relay = true;
    itemOf[op.getSymName()] = item;
    return success();
  }
  if (type != op.getModel() && !op->hasAttr(nodeAttrName))
    op.emitWarning() << "NIR cannot say what tells model '" << op.getModel() << "' from '" << type
                     << "': name the convention to those who read the file";
  node.type = type.str();
  DictionaryAttr fields = rememberedFields(op);
  const NodeType &known = *findNodeType(node.type);
  for (const auto *names : {&known.required, &known.optional})
    for (std::string_view name : *names)
      if (failed(addParameter(op, StringRef(name.data(), name.size()), fields, node)))
        return failure();
  if (failed(finishNode(op, node)))
    return failure();
  itemOf[op.getSymName()] = addItem(pathOf(op, op.getSymName()), std::move(node));
  return success();
}

LogicalResult Exporter::addProbe(ProbeOp op) {
  bool spikes = op.getVariable() == "spikes";
  auto population = dyn_cast<PopulationOp>(network.lookupSymbol(op.getTarget()));
  if (op.getVariable() != "output" && !spikes)
    return error(op, "NIR has Outputs only, no probe of state '" + op.getVariable() + "'");
  if (spikes && population && !nodeTypeOf(population.getModel()).ends_with("IF") &&
      population.getModel() != "Threshold")
    return error(op, "model '" + population.getModel() + "' has no spikes to put out");
  if (op.getNeurons() || op.getEvery() != 1)
    return error(op, "NIR has no Output of some neurons or of some steps");
  Node node;
  node.type = "Output";
  node.fields.emplace("shape", shapeField(op, shapeOfSymbol(op.getTarget()), true));
  if (failed(finishNode(op, node)))
    return failure();
  int item = addItem(pathOf(op, op.getSymName()), std::move(node));
  connect(itemOf.lookup(op.getTarget()), item);
  hasOutput = true;
  return success();
}

//===-- projections -------------------------------------------------------------------------===//

FailureOr<std::vector<int64_t>> Exporter::delaySteps(ProjectionOp op) {
  std::vector<int64_t> steps{0};
  if (op.getDelay()) {
    if (auto time = dyn_cast<QuantityAttr>(*op.getDelay()))
      steps[0] = static_cast<int64_t>(std::nearbyint(
          time.getValue() * *unitFactor(time.getUnit(), network.getDt().getUnit()) / dtInUnit()));
    else
      steps = readIntegers(*op.getDelay());
    if (steps.empty())
      return op.emitOpError() << "the blob of 'delay' is elided";
    if (steps.size() > 1 && !isa<OneToOneAttr>(op.getConnector()))
      return op.emitOpError() << "NIR cannot say a delay for each synapse";
  }
  auto added = op->getAttrOfType<IntegerAttr>(addedDelayAttrName);
  for (int64_t &step : steps)
    step -= added ? std::min(added.getInt(), step) : 0;
  return steps;
}

LogicalResult Exporter::addProjection(ProjectionOp op) {
  int from = itemOf.lookup(op.getSource()), to = itemOf.lookup(op.getTarget());
  std::string path = pathOf(op, op.getSymName());
  bool imported = op->hasAttr(nodeAttrName);
  if (auto found = sharedNodes.find(path); imported && found != sharedNodes.end()) {
    ProjectionOp first = found->second.first;
    if (first.getConnector() != op.getConnector() || first.getBias() != op.getBias())
      return op.emitOpError() << "and '" << first.getSymName() << "' were both NIR's node '" << path
                              << "', but now differ";
    connect(from, found->second.item);
    connect(found->second.item, to);
    return success();
  }
  std::vector<Node> nodes;
  FailureOr<std::vector<int64_t>> steps = delaySteps(op);
  if (failed(steps) ||
      failed(linearNodes(op, op.getConnector(), op.getBias().value_or(ElementsAttr()),
                         shapeOfSymbol(op.getSource()), shapeOfSymbol(op.getTarget()), nodes)))
    return failure();
  bool delayed = llvm::any_of(*steps, [](int64_t step) { return step > 0; });
  if (delayed || rememberedType(op) == "Delay") {
    Node node;
    node.type = "Delay";
    std::vector<double> times;
    for (int64_t step : *steps)
      times.push_back(static_cast<double>(step) * dtInUnit());
    node.fields.emplace(
        "delay", *makeArray(times, DType::F64,
                            shapeOfSymbol(times.size() > 1 ? op.getSource() : op.getTarget())));
    if (Attribute attr = rememberedFields(op).get("delay"))
      if (Expected<Array> array = toArray(attr)) {
        bool same = array->size() != 0;
        std::vector<double> values = array->toDoubles();
        for (size_t i = 0; i < values.size() && same; ++i)
          same = std::nearbyint(values[i] / dtInUnit()) ==
                 static_cast<double>((*steps)[steps->size() == 1 ? 0 : i % steps->size()]);
        if (same)
          node.fields["delay"] = std::move(*array);
      }
    nodes.push_back(std::move(node));
  }
  // The same plain edge again is another input: say it with a node of its own.
  if (nodes.empty() && items[from].targets.count(to)) {
    Node node;
    node.type = "Scale";
    node.fields.emplace("scale", *makeArray({1.0}, DType::F64, shapeOfSymbol(op.getSource())));
    nodes.push_back(std::move(node));
  }
  for (size_t k = 0; k < nodes.size(); ++k) {
    if (k == 0 && failed(finishNode(op, nodes[k])))
      return failure();
    bool last = nodes[k].type == "Delay" && nodes.size() > 1 && k + 1 == nodes.size();
    std::string name = k == 0 ? path : last ? path + ".delay" : path + "." + std::to_string(k);
    int item = addItem(name, std::move(nodes[k]));
    connect(from, item);
    from = item;
    if (imported && nodes.size() == 1) {
      items[item].shared = true;
      sharedNodes.emplace(path, Shared{item, op});
    }
  }
  connect(from, to);
  return success();
}

//===-- the graph ---------------------------------------------------------------------------===//

void Exporter::connect(int from, int to) {
  items[from].targets.insert(to);
  items[to].sources.insert(from);
}

void Exporter::removeRelays() {
  for (size_t v = 0; v < items.size(); ++v) {
    if (!items[v].relay)
      continue;
    std::set<int> sources = std::move(items[v].sources), targets = std::move(items[v].targets);
    items[v].sources.clear();
    items[v].targets.clear();
    for (int source : sources)
      items[source].targets.erase(static_cast<int>(v));
    for (int target : targets)
      items[target].sources.erase(static_cast<int>(v));
    for (int source : sources)
      for (int target : targets) {
        // Two ways from one to the other are two inputs, but for a node that is both ways' end.
        if (items[source].targets.count(target) && !items[target].shared) {
          Node node;
          node.type = "Scale";
          node.fields.emplace("scale", *makeArray({1.0}, DType::F64, {1}));
          int item = addItem(items[v].path, std::move(node));
          connect(source, item);
          connect(item, target);
        } else {
          connect(source, target);
        }
      }
  }
}

FailureOr<Graph> Exporter::nest(DictionaryAttr skeleton, const std::string &prefix,
                                std::map<std::string, int> &left) {
  Graph graph;
  auto nodes = skeleton.getAs<ArrayAttr>("nodes");
  if (!nodes)
    return failure();
  for (Attribute entry : nodes) {
    Node node;
    std::string name;
    if (auto text = dyn_cast<StringAttr>(entry)) {
      name = text.getValue().str();
      auto found = left.find(prefix + name);
      if (found == left.end())
        return failure();
      node = std::move(items[found->second].node);
      left.erase(found);
    } else if (auto dict = dyn_cast<DictionaryAttr>(entry);
               dict && dict.getAs<StringAttr>("name")) {
      name = dict.getAs<StringAttr>("name").getValue().str();
      if (auto inner = dict.getAs<DictionaryAttr>("graph")) {
        FailureOr<Graph> subgraph = nest(inner, prefix + name + "/", left);
        if (failed(subgraph))
          return failure();
        node.type = "NIRGraph";
        node.graph = std::make_unique<Graph>(std::move(*subgraph));
      } else {
        auto type = dict.getAs<StringAttr>("type");
        Expected<Field> shape = toField(dict.get("shape"));
        if (!type || !shape)
          return failure();
        node.type = type.getValue().str();
        node.fields.emplace("shape", std::move(*shape));
        if (Attribute metadata = dict.get("metadata"))
          if (Expected<Metadata> values = toMetadata(metadata))
            node.metadata = std::move(*values);
      }
    } else {
      return failure();
    }
    graph.nodes.emplace_back(std::move(name), std::move(node));
  }
  if (auto edges = skeleton.getAs<ArrayAttr>("edges"))
    for (Attribute entry : edges) {
      auto pair = dyn_cast<ArrayAttr>(entry);
      if (!pair || pair.size() != 2 || !isa<StringAttr>(pair[0]) || !isa<StringAttr>(pair[1]))
        return failure();
      graph.edges.emplace_back(cast<StringAttr>(pair[0]).getValue().str(),
                               cast<StringAttr>(pair[1]).getValue().str());
    }
  if (auto version = skeleton.getAs<StringAttr>("version"))
    graph.version = version.getValue().str();
  if (Attribute metadata = skeleton.get("metadata"))
    if (Expected<Metadata> values = toMetadata(metadata))
      graph.metadata = std::move(*values);
  return graph;
}

/// True if the graph, flattened, has the edges between items.
bool Exporter::sameEdges(const Graph &graph) {
  if (!requireValid(graph, ""))
    return false;
  Expected<FlatGraph> flat = flatten(graph, "");
  if (!flat)
    return false;
  std::set<std::pair<std::string, std::string>> theirs, ours;
  for (const FlatNode &node : flat->nodes)
    for (int target : node.targets)
      theirs.emplace(node.path, flat->nodes[target].path);
  for (const Item &item : items)
    if (!item.relay)
      for (int target : item.targets)
        ours.emplace(item.path, items[target].path);
  return theirs == ours;
}

/// In the order and nesting of the file that it came from, if they still fit.
FailureOr<Graph> Exporter::assemble() {
  std::map<std::string, int> left;
  for (size_t v = 0; v < items.size(); ++v)
    if (!items[v].relay)
      left.emplace(items[v].path, static_cast<int>(v));
  auto skeleton = network->getAttrOfType<DictionaryAttr>(graphAttrName);
  bool nested = skeleton && skeleton.get("edges");
  if (nested) {
    std::map<std::string, int> unused = left;
    FailureOr<Graph> graph = nest(skeleton, "", unused);
    if (succeeded(graph) && unused.empty() && sameEdges(*graph))
      return graph;
    return network.emitOpError() << "'nir.graph' no longer fits the network: remove it to export "
                                    "without subgraphs";
  }
  Graph graph;
  auto take = [&](const std::string &path, int v) {
    std::string name = path;
    std::replace(name.begin(), name.end(), '/', '.');
    items[v].path = name;
    graph.nodes.emplace_back(name, std::move(items[v].node));
  };
  if (auto nodes = skeleton ? skeleton.getAs<ArrayAttr>("nodes") : ArrayAttr())
    for (Attribute entry : nodes)
      if (auto name = dyn_cast<StringAttr>(entry))
        if (auto found = left.find(name.getValue().str()); found != left.end()) {
          take(found->first, found->second);
          left.erase(found);
        }
  for (size_t v = 0; v < items.size(); ++v)
    if (!items[v].relay)
      if (auto found = left.find(items[v].path); found != left.end()) {
        left.erase(found);
        take(items[v].path, static_cast<int>(v));
      }
  for (const Item &item : items)
    for (int target : item.targets)
      graph.edges.emplace_back(item.path, items[target].path);
  graph.version = formatVersion;
  if (skeleton) {
    auto version = skeleton.getAs<StringAttr>("version");
    graph.version = version ? version.getValue().str() : "";
    if (Attribute metadata = skeleton.get("metadata"))
      if (Expected<Metadata> values = toMetadata(metadata))
        graph.metadata = std::move(*values);
  }
  return graph;
}

FailureOr<Graph> Exporter::run() {
  for (Operation &op : network.getBody().front())
    if (auto source = dyn_cast<SourceOp>(op); source && !source.getShape())
      return op.emitOpError() << "expected a shape: run 'neuro-infer-shapes' first";
    else if (auto population = dyn_cast<PopulationOp>(op); population && !population.getShape())
      return op.emitOpError() << "expected a shape: run 'neuro-infer-shapes' first";
  // Nodes that projections and probes refer to come first, whatever their place in the text.
  for (auto op : network.getOps<SourceOp>())
    if (failed(addSource(op)))
      return failure();
  for (auto op : network.getOps<PopulationOp>())
    if (failed(addPopulation(op)))
      return failure();
  for (auto op : network.getOps<ProjectionOp>())
    if (failed(addProjection(op)))
      return failure();
  for (auto op : network.getOps<ProbeOp>())
    if (failed(addProbe(op)))
      return failure();
  if (!hasOutput)
    return network.emitOpError() << "expected a probe of \"output\" or \"spikes\", which becomes "
                                    "NIR's Output";
  removeRelays();
  FailureOr<Graph> graph = assemble();
  if (failed(graph))
    return failure();
  if (Expected<void> valid = requireValid(*graph, network.getSymName().str()); !valid)
    return network.emitOpError() << "cannot be said in NIR: " << valid.error().message;
  return graph;
}

} // namespace

FailureOr<Graph> exportNIR(NetworkOp network) { return Exporter(network).run(); }

LogicalResult exportNIR(NetworkOp network, const std::string &path) {
  FailureOr<Graph> graph = exportNIR(network);
  if (failed(graph))
    return failure();
  if (Expected<void> written = writeFile(*graph, path); !written)
    return network.emitOpError() << written.error().message;
  return success();
}

} // namespace engram::nir
