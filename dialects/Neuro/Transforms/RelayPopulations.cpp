// Relays: populations that pass on in each step what came in it.
#include "dialects/Neuro/Transforms/RelayPopulations.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Start.h"
#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

/// The model of relays: what they pass on are spikes, or numbers; of a format in a fixed-point
/// network.
StringAttr RelayBuilder::relayModel(bool spikes, fx::FixedType format) {
  StringAttr &name = models[{spikes, format.getAsOpaquePointer()}];
  if (name)
    return name;
  bool single = graph.network.sumType().isF32();
  std::string type = single ? "f32" : "f64", suffix = single ? "_f32" : "";
  std::string toBit =
      "%zero = arith.constant 0.0 : " + type + "\n %spike = arith.cmpf une, %x, %zero : " + type;
  if (format) {
    llvm::raw_string_ostream(type = "") << format;
    suffix = (format.getIsSigned() ? "_q" : "_uq") + std::to_string(format.getIntegerBits()) + "_" +
             std::to_string(format.getFractionBits());
    toBit = "%spike = fx.bitcast %x : " + type + " -> i1";
  }
  std::string text = spikes ? "fire {\n " + toBit + "\n yield %spike : i1\n}"
                            : "emit {\n yield %x : " + type + "\n}";
  text = "neuro.model @delay_" + std::string(spikes ? "spikes" : "values") + suffix +
         " {\n %x = input \"x\" : " + type + "\n" + text + "\n}";
  OwningOpRef<ModuleOp> parsed =
      parseSourceString<ModuleOp>(text, ParserConfig(builder.getContext()));
  assert(parsed && "the text is fixed");
  Operation *model = &parsed->getBody()->front();
  model->remove();
  Operation *module = graph.network->getParentOp();
  return name = SymbolTable(module).insert(model, Block::iterator(graph.network));
}

/// Behind `place` in the text.
FailureOr<PopulationOp> RelayBuilder::addRelay(Operation *place, const std::string &name,
                                               ArrayRef<int64_t> shape, bool spikes,
                                               fx::FixedType format, int64_t start,
                                               StringRef relayOf) {
  if (start > maxStart)
    return place->emitOpError() << "needs a relay that starts in step " << start
                                << ", limit is 2^30";
  builder.setInsertionPointAfter(place);
  auto relay = PopulationOp::create(builder, place->getLoc(), builder.getStringAttr(name),
                                    builder.getDenseI64ArrayAttr(shape),
                                    FlatSymbolRefAttr::get(relayModel(spikes, format)),
                                    DictionaryAttr(), DictionaryAttr(), MethodAttr());
  relay->setAttr(startAttrName, builder.getI64IntegerAttr(start));
  relay->setAttr(relayOfAttrName, FlatSymbolRefAttr::get(builder.getContext(), relayOf));
  relay->remove();
  insert(relay, Block::iterator(builder.getInsertionPoint()));
  ++relays;
  relayNeurons += numElements(shape);
  return relay;
}

/// At the end of the network, with weights of 1.
ProjectionOp RelayBuilder::addHop(StringRef name, StringRef from, StringRef to, StringAttr port,
                                  Attribute connector, bool fixed, int64_t delay, Location loc) {
  TypeAttr weightOne;
  if (fixed)
    weightOne = TypeAttr::get(
        fx::FixedType::get(builder.getContext(), fx::Format{/*isSigned=*/false, 1, 0}));
  Block &body = graph.network.getBody().front();
  builder.setInsertionPointToEnd(&body);
  auto hop = ProjectionOp::create(
      builder, loc, builder.getStringAttr(name), FlatSymbolRefAttr::get(builder.getContext(), from),
      FlatSymbolRefAttr::get(builder.getContext(), to), port, cast<ConnectorInterface>(connector),
      weightOne, ElementsAttr(), builder.getI64IntegerAttr(delay));
  hop->remove();
  insert(hop, body.end());
  return hop;
}

LogicalResult RelayBuilder::addStage(size_t k, std::vector<DelayStage> &stages, size_t s) {
  DelayNode node = graph.nodes[k];
  DelayStage &stage = stages[s], &previous = stages[s - 1];
  auto population = dyn_cast<PopulationOp>(node.op);
  SmallVector<int64_t> shape(*shapeOf(graph.network, node.name));
  if (!stage.whole)
    shape = {stage.size};
  int64_t start = (population ? startOf(population) : 0) + stage.position;
  Operation *place = s == 1 ? node.op : graph.network.lookupSymbol(previous.name);
  FailureOr<PopulationOp> relay =
      addRelay(place, node.name + "_delayed_" + std::to_string(stage.position), shape, node.spikes,
               node.format, start, node.name);
  if (failed(relay))
    return failure();
  stage.name = relay->getSymName();
  Attribute connector;
  FloatAttr one = builder.getF64FloatAttr(1);
  if (stage.whole) {
    connector = OneToOneAttr::get(builder.getContext(), one);
  } else {
    std::vector<DelaySynapse> synapses;
    for (int64_t j : stage.neurons)
      synapses.push_back({j, static_cast<int64_t>(synapses.size()), 1.0, 0});
    connector = sparse(synapses, previous, one, (stage.name + ".line").str());
  }
  addHop((stage.name + "_in").str(), previous.name, stage.name, StringAttr(), connector,
         static_cast<bool>(node.format), stage.position - previous.position, node.op->getLoc());
  return success();
}

LogicalResult RelayBuilder::addSums(size_t k, int64_t delay, fx::FixedType format) {
  DelayEdge edge = graph.edges[k];
  const DelayNode &source = graph.nodes[edge.from];
  auto population = dyn_cast<PopulationOp>(source.op);
  int64_t start = (population ? startOf(population) : 0) + delay;
  SmallVector<int64_t> shape(*shapeOf(graph.network, edge.op.getTarget()));
  std::string projection = edge.op.getSymName().str();
  FailureOr<PopulationOp> relay = addRelay(source.op, projection + "_sums", shape,
                                           /*spikes=*/false, format, start, projection);
  if (failed(relay))
    return failure();
  ProjectionOp hop = addHop((relay->getSymName() + "_out").str(), relay->getSymName(),
                            edge.op.getTarget(), edge.op.getPortAttr(),
                            OneToOneAttr::get(builder.getContext(), builder.getF64FloatAttr(1)),
                            static_cast<bool>(format), edge.after[0] - delay, edge.op.getLoc());
  DelayNode node;
  node.op = *relay;
  node.name = relay->getSymName().str();
  node.size = graph.nodes[edge.to].size;
  node.format = format;
  node.isRelay = true;
  graph.edges.push_back(
      {hop, graph.nodes.size(), edge.to, edge.origin, edge.before, {edge.after[0] - delay}});
  graph.edges[k].to = graph.nodes.size();
  graph.edges[k].after = {delay};
  graph.nodes.push_back(node);
  edge.op.setTarget(node.name);
  edge.op.removePortAttr();
  return success();
}

Attribute RelayBuilder::sparse(ArrayRef<DelaySynapse> synapses, const DelayStage &stage,
                               Attribute weight, const std::string &name) {
  std::vector<int64_t> starts{0}, targets;
  std::vector<double> weights;
  auto synapse = synapses.begin();
  for (int64_t row = 0; row < stage.size; ++row) {
    int64_t neuron = stage.whole ? row : stage.neurons[row];
    for (; synapse != synapses.end() && synapse->source == neuron; ++synapse) {
      targets.push_back(synapse->target);
      weights.push_back(synapse->weight);
    }
    starts.push_back(static_cast<int64_t>(targets.size()));
  }
  auto vector = [&](int64_t count, Type type) { return RankedTensorType::get({count}, type); };
  int64_t count = static_cast<int64_t>(targets.size());
  Type i64 = builder.getI64Type();
  if (isa<ElementsAttr>(weight)) {
    Type type = numberType(weight);
    // Weights may be integers of any width; as floats they are the same numbers.
    if (!isa<FloatType>(type))
      type = builder.getF64Type();
    weight = makeElements(vector(count, type), weights, name + ".weights");
  }
  return CSRAttr::get(builder.getContext(),
                      makeElements(vector(stage.size + 1, i64), starts, name + ".row_starts"),
                      makeElements(vector(count, i64), targets, name + ".targets"), weight);
}
