// Writing the record of delays.
#include "dialects/Neuro/Transforms/DelayRecord.h"
#include "dialects/Neuro/IR/Instance.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace engram::neuro;

FailureOr<std::map<std::string, size_t>> engram::neuro::schedulePositions(NetworkOp network) {
  FailureOr<SmallVector<Operation *>> schedule = scheduleOf(network);
  if (failed(schedule))
    return failure();
  std::map<std::string, size_t> positions;
  for (auto [k, op] : llvm::enumerate(*schedule))
    positions[SymbolTable::getSymbolName(op).getValue().str()] = k;
  return positions;
}

// Contributions to a sum come in the order of the steps in which they leave, of their nodes in
// the schedule, and of the text (neuro_s8). Whether two strands meet in a neuron is not asked.
// Sums of fixed-point numbers are exact in any order (neuro_s13).
SmallVector<Attribute> DelayRecord::reorderedPorts(NetworkOp network) const {
  std::map<Operation *, size_t> text;
  for (ProjectionOp op : network.getBody().getOps<ProjectionOp>())
    text.insert({op, text.size()});
  std::map<std::string, size_t> newRank = *schedulePositions(network);
  std::map<std::string, std::vector<const DelayStrand *>> ports;
  for (const DelayStrand &strand : strands) {
    ProjectionOp last = strand.last;
    auto population = cast<PopulationOp>(network.lookupSymbol(last.getTarget()));
    InputOp port = portOf(last, modelOf(population));
    if (!isFixedPoint(port.getType()))
      ports[(population.getSymName() + "." + port.getName()).str()].push_back(&strand);
  }
  SmallVector<Attribute> reordered;
  for (auto &[name, list] : ports) {
    llvm::sort(list, [&](const DelayStrand *a, const DelayStrand *b) {
      return std::tuple(-a->before, rank[sources[a->edge]], a->edge) <
             std::tuple(-b->before, rank[sources[b->edge]], b->edge);
    });
    auto key = [&](const DelayStrand *strand) {
      ProjectionOp last = strand->last;
      return std::tuple(-strand->after, newRank.at(last.getSource().str()), text.at(last));
    };
    if (!llvm::is_sorted(list, [&](auto *a, auto *b) { return key(a) < key(b); }))
      reordered.push_back(StringAttr::get(network.getContext(), name));
  }
  return reordered;
}

static DictionaryAttr describe(const LongDelay &delay, Builder &builder) {
  SmallVector<NamedAttribute> fields{
      builder.getNamedAttr("by", builder.getStringAttr(stringify(delay.by))),
      builder.getNamedAttr("longest", builder.getI64IntegerAttr(delay.longest)),
      builder.getNamedAttr("relays", builder.getI64IntegerAttr(delay.relays))};
  auto cost = [&](StringRef name, std::optional<double> value) {
    if (value)
      fields.push_back(builder.getNamedAttr(name, builder.getF64FloatAttr(*value)));
  };
  cost("cost", delay.plan.cost);
  cost("source_cost", delay.plan.sourceCost);
  cost("extension_cost", delay.plan.extensionCost);
  cost("target_cost", delay.plan.targetCost);
  return builder.getDictionaryAttr(fields);
}

LogicalResult DelayRecord::write(const DelayGraph &graph, const DelayLimits &limits) const {
  NetworkOp network = graph.network;
  if (failed(scheduleOf(network)))
    return failure();
  Builder builder(network.getContext());
  auto given = network->getAttrOfType<DictionaryAttr>(delayMapAttrName);
  auto dictionary = [&](StringRef name) {
    return given ? given.getAs<DictionaryAttr>(name) : DictionaryAttr();
  };
  auto total = [&](DictionaryAttr earlier, StringRef name, int64_t more) {
    auto before = earlier ? earlier.getAs<IntegerAttr>(name) : IntegerAttr();
    return builder.getNamedAttr(name,
                                builder.getI64IntegerAttr((before ? before.getInt() : 0) + more));
  };
  SmallVector<NamedAttribute> latency, lags;
  for (ProbeOp probe : network.getBody().getOps<ProbeOp>())
    for (const DelayNode &node : graph.nodes)
      if (node.name == probe.getTarget())
        latency.push_back(total(dictionary("latency"), probe.getSymName(), node.lag));
  for (const DelayNode &node : graph.nodes)
    if (auto population = dyn_cast<PopulationOp>(node.op);
        population && !population->hasAttr(relayOfAttrName))
      lags.push_back(total(dictionary("lags"), node.name, node.lag));
  NamedAttrList longOnes(dictionary("long_delays"));
  for (const LongDelay &delay : longDelays)
    longOnes.set(delay.projection, describe(delay, builder));
  SmallVector<Attribute> reordered = reorderedPorts(network);
  if (auto ports = given ? given.getAs<ArrayAttr>("reordered_ports") : ArrayAttr())
    for (Attribute port : ports)
      if (!llvm::is_contained(reordered, port))
        reordered.push_back(port);
  network->setAttr(
      delayMapAttrName,
      builder.getDictionaryAttr(
          {builder.getNamedAttr("min_delay", builder.getI64IntegerAttr(limits.minDelay)),
           builder.getNamedAttr("max_delay", builder.getI64IntegerAttr(limits.maxDelay)),
           builder.getNamedAttr("latency", builder.getDictionaryAttr(latency)),
           builder.getNamedAttr("lags", builder.getDictionaryAttr(lags)),
           builder.getNamedAttr("long_delays", longOnes.getDictionary(builder.getContext())),
           total(given, "relays", relays), total(given, "relay_neurons", relayNeurons),
           builder.getNamedAttr("reordered_ports", builder.getArrayAttr(reordered))}));
  return success();
}
