// Delays that a target has: retiming (Leiserson and Saxe 1991) brings each hop to the least delay,
// delay lines of relays bring the long ones within its slots.
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "dialects/Neuro/Transforms/Retiming.h"
#include "dialects/Neuro/Transforms/VerifyDiscrete.h"
#include "mlir/Parser/Parser.h"
#include <map>
#include <numeric>
#include <set>

namespace engram::neuro {
#define GEN_PASS_DEF_MAPDELAYSPASS
#include "dialects/Neuro/Transforms/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;
namespace fx = engram::fx;

static constexpr llvm::StringLiteral delayMapName = "neuro.delay_map";
/// More relays in a row are a slip of the pen.
static constexpr size_t maxRelays = 4096;
static constexpr int64_t maxSlots = int64_t(1) << 24;

namespace {

/// A node of the network with its lag.
struct Node {
  Operation *op = nullptr;
  std::string name;
  int64_t size = 0, lag = 0;
  fx::FixedType format; ///< in which relays pass on what it puts out; null for floats
};

/// A projection with its delays after retiming.
struct Edge {
  ProjectionOp op;
  size_t from = 0, to = 0;
  std::vector<int64_t> before, after; ///< one, or one a synapse in the layout of the weights
};

struct Synapse {
  int64_t source, target;
  double weight;
  size_t entry; ///< of the arrays of weights and delays
};

/// One stage of a delay line: the source itself, or a relay of some of its neurons.
struct Stage {
  int64_t position = 0; ///< steps behind the source
  StringRef name;
  bool whole = true;            ///< all neurons, in their shape
  std::vector<int64_t> neurons; ///< else these, ascending
};

/// All synapses of an edge that have one delay: what stays together in the order of sums.
struct Strand {
  size_t edge;
  int64_t before;    ///< its delay in the network that was given
  ProjectionOp last; ///< the projection that delivers it now
  int64_t after;     ///< the delay of that
};

class DelayMapper {
public:
  DelayMapper(NetworkOp network, int64_t minDelay, int64_t maxDelay)
      : network(network), symbols(network), builder(network.getContext()), minDelay(minDelay),
        maxDelay(maxDelay) {}

  LogicalResult run() {
    collect();
    FailureOr<SmallVector<Operation *>> schedule = scheduleOf(network);
    if (failed(schedule) || failed(assignLags()))
      return failure();
    std::map<StringRef, size_t> before = positionsOf(*schedule);
    std::vector<size_t> rank;
    for (const Node &node : nodes)
      rank.push_back(before[node.name]);
    for (size_t k = 0; k < nodes.size(); ++k)
      if (failed(mapProjectionsFrom(k)))
        return failure();
    schedule = scheduleOf(network);
    if (failed(schedule))
      return failure();
    record(rank, positionsOf(*schedule));
    return success();
  }

private:
  NetworkOp network;
  SymbolTable symbols;
  OpBuilder builder;
  int64_t minDelay, maxDelay;
  std::map<std::pair<bool, const void *>, StringAttr> relayModels; ///< by spikes, format
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Strand> strands;
  int64_t relays = 0, relayNeurons = 0;

  static std::map<StringRef, size_t> positionsOf(ArrayRef<Operation *> schedule) {
    std::map<StringRef, size_t> positions;
    for (auto [k, op] : llvm::enumerate(schedule))
      positions[SymbolTable::getSymbolName(op).getValue()] = k;
    return positions;
  }

  void collect() {
    std::map<StringRef, size_t> indices;
    for (Operation &op : network.getBody().front())
      if (isa<SourceOp, PopulationOp>(op)) {
        StringRef name = SymbolTable::getSymbolName(&op).getValue();
        indices[name] = nodes.size();
        nodes.push_back(
            {&op, name.str(), numElements(*shapeOf(network, name)), 0, relayFormat(name)});
      }
    for (ProjectionOp op : network.getBody().getOps<ProjectionOp>()) {
      std::vector<int64_t> delays = delayStepsOf(op);
      edges.push_back({op, indices[op.getSource()], indices[op.getTarget()], delays, delays});
    }
  }

  //===-- retiming
  //----------------------------------------------------------------------------------===//

  LogicalResult assignLags() {
    std::vector<Hop> hops;
    for (const Edge &edge : edges)
      if (!edge.before.empty())
        hops.push_back({edge.from, edge.to, *llvm::min_element(edge.before)});
    // A probe that reads each few steps has to read the same steps of a neuron's life.
    std::vector<int64_t> periods(nodes.size(), 1);
    for (ProbeOp probe : network.getBody().getOps<ProbeOp>())
      for (auto [node, period] : llvm::zip(nodes, periods))
        if (node.name == probe.getTarget()) {
          period = std::lcm(period, static_cast<int64_t>(std::min<uint64_t>(
                                        probe.getEvery(), static_cast<uint64_t>(maxStart) + 1)));
          period = std::min(period, maxStart + 1);
        }
    Retiming retiming = retime(hops, periods, minDelay);
    if (!retiming.cycle.empty()) {
      auto names = llvm::map_range(retiming.cycle,
                                   [&](size_t node) { return "'" + nodes[node].name + "'"; });
      size_t count = retiming.cycle.size() - 1;
      return network.emitOpError()
             << "cycle " << llvm::join(names, " -> ") << " has " << retiming.cycleDelay
             << (retiming.cycleDelay == 1 ? " step" : " steps") << " of delay, " << count
             << (count == 1 ? " hop needs " : " hops need ")
             << static_cast<int64_t>(count) * minDelay;
    }
    if (!retiming.settled)
      return network.emitOpError() << "unsupported: found no lags that suit the probes of a cycle, "
                                      "which read only every few steps";
    for (auto [node, lag] : llvm::zip(nodes, retiming.lags)) {
      node.lag = lag;
      auto population = dyn_cast<PopulationOp>(node.op);
      if (!population || lag == 0)
        continue;
      int64_t start = startOf(population) + lag;
      if (start > maxStart)
        return population.emitOpError() << "needs to start in step " << start << ", limit is 2^30";
      population->setAttr(startAttrName, builder.getI64IntegerAttr(start));
    }
    for (Edge &edge : edges)
      for (int64_t &delay : edge.after)
        delay += nodes[edge.to].lag - nodes[edge.from].lag;
    return success();
  }

  //===-- delay lines
  //-------------------------------------------------------------------------------===//

  LogicalResult mapProjectionsFrom(size_t from) {
    std::set<int64_t> delays;
    SmallVector<size_t> leaving;
    for (size_t k = 0; k < edges.size(); ++k)
      if (edges[k].from == from) {
        leaving.push_back(k);
        delays.insert(edges[k].after.begin(), edges[k].after.end());
      }
    std::vector<int64_t> positions =
        relayPositions({delays.begin(), delays.end()}, minDelay, maxDelay, maxRelays);
    if (positions.size() > maxRelays)
      return nodes[from].op->emitOpError()
             << "needs more than " << maxRelays << " relays in a row for a delay of "
             << *delays.rbegin() << " steps in slots for " << maxDelay;
    std::vector<Stage> stages(positions.size() + 1);
    stages[0].name = nodes[from].name;
    for (size_t k = 0; k < positions.size(); ++k)
      stages[k + 1].position = positions[k];
    chooseNeurons(leaving, stages);
    for (size_t k = 1; k < stages.size(); ++k)
      if (failed(addRelay(from, stages, k)))
        return failure();
    for (size_t k : leaving)
      mapProjection(k, stages);
    return success();
  }

  /// The last stage that a delay may leave from; hops to all later ones would be too long for it.
  size_t stageOf(int64_t delay, ArrayRef<Stage> stages) const {
    size_t stage = 0;
    while (delay > stages[stage].position + maxDelay)
      ++stage;
    return stage;
  }

  // A relay holds the neurons that have a synapse behind it, and no others.
  void chooseNeurons(ArrayRef<size_t> leaving, std::vector<Stage> &stages) {
    if (stages.size() == 1)
      return;
    int64_t size = 0;
    std::vector<size_t> deepest; // of each neuron
    for (size_t k : leaving) {
      Edge &edge = edges[k];
      size = nodes[edge.from].size;
      deepest.resize(size);
      if (!isa_and_nonnull<ElementsAttr>(edge.op.getDelay().value_or(Attribute()))) {
        size_t stage = stageOf(edge.after[0], stages);
        for (size_t &depth : deepest)
          depth = std::max(depth, stage);
        continue;
      }
      for (const Synapse &synapse : synapsesOf(edge))
        deepest[synapse.source] =
            std::max(deepest[synapse.source], stageOf(edge.after[synapse.entry], stages));
    }
    for (size_t s = 1; s < stages.size(); ++s) {
      for (int64_t j = 0; j < size; ++j)
        if (deepest[j] >= s)
          stages[s].neurons.push_back(j);
      stages[s].whole = static_cast<int64_t>(stages[s].neurons.size()) == size;
    }
  }

  /// In the order of the source neurons, as sums are formed. Requires a delay a synapse.
  std::vector<Synapse> synapsesOf(Edge &edge) {
    std::vector<Synapse> synapses;
    Attribute attr = edge.op.getConnector();
    int64_t sources = nodes[edge.from].size;
    bool oneDelay = edge.after.size() == 1;
    edge.op.getConnector().expand(*shapeOf(network, edge.op.getSource()),
                                  *shapeOf(network, edge.op.getTarget()), {},
                                  [&](int64_t j, int64_t i, double weight) {
                                    size_t entry = isa<DenseAttr>(attr) ? i * sources + j
                                                   : isa<CSRAttr>(attr) ? synapses.size()
                                                                        : i;
                                    synapses.push_back({j, i, weight, oneDelay ? 0 : entry});
                                  });
    return synapses;
  }

  /// The model of relays: what they pass on are spikes, or numbers; of a format in a fixed-point
  /// network.
  StringAttr relayModel(bool spikes, fx::FixedType format) {
    StringAttr &name = relayModels[{spikes, format.getAsOpaquePointer()}];
    if (name)
      return name;
    bool single = network.sumType().isF32();
    std::string type = single ? "f32" : "f64", suffix = single ? "_f32" : "";
    std::string toBit =
        "%zero = arith.constant 0.0 : " + type + "\n %spike = arith.cmpf une, %x, %zero : " + type;
    if (format) {
      llvm::raw_string_ostream(type = "") << format;
      suffix = (format.getIsSigned() ? "_q" : "_uq") + std::to_string(format.getIntegerBits()) +
               "_" + std::to_string(format.getFractionBits());
      toBit = "%spike = fx.bitcast %x : " + type + " -> i1";
    }
    std::string text = spikes ? "fire {\n " + toBit + "\n yield %spike : i1\n}"
                              : "emit {\n yield %x : " + type + "\n}";
    text = "neuro.model @delay_" + std::string(spikes ? "spikes" : "values") + suffix +
           " {\n %x = input \"x\" : " + type + "\n" + text + "\n}";
    OwningOpRef<ModuleOp> parsed =
        parseSourceString<ModuleOp>(text, ParserConfig(network.getContext()));
    assert(parsed && "the text is fixed");
    Operation *model = &parsed->getBody()->front();
    model->remove();
    Operation *module = network->getParentOp();
    return name = SymbolTable(module).insert(model, Block::iterator(network));
  }

  /// Of what format a source's outputs are passed on: null in a network of floats.
  fx::FixedType relayFormat(StringRef source) {
    bool fixed = llvm::any_of(projectionsFrom(network, source), [](ProjectionOp projection) {
      return projection.getFormat().has_value();
    });
    return fixed ? outputFormatOf(network, source) : fx::FixedType();
  }

  LogicalResult addRelay(size_t from, std::vector<Stage> &stages, size_t k) {
    Stage &stage = stages[k], &previous = stages[k - 1];
    Operation *source = nodes[from].op;
    auto population = dyn_cast<PopulationOp>(source);
    SmallVector<int64_t> shape(*shapeOf(network, nodes[from].name));
    if (!stage.whole)
      shape = {static_cast<int64_t>(stage.neurons.size())};
    int64_t start = (population ? startOf(population) : 0) + stage.position;
    if (start > maxStart)
      return source->emitOpError()
             << "needs a relay that starts in step " << start << ", limit is 2^30";
    bool spikes = population && !modelOf(population).find<EmitOp>();
    std::string base = nodes[from].name + "_delayed_" + std::to_string(stage.position);
    builder.setInsertionPointAfter(k == 1 ? source : network.lookupSymbol(previous.name));
    auto relay = PopulationOp::create(
        builder, source->getLoc(), builder.getStringAttr(base), builder.getDenseI64ArrayAttr(shape),
        FlatSymbolRefAttr::get(relayModel(spikes, nodes[from].format)), DictionaryAttr(),
        DictionaryAttr(), MethodAttr());
    relay->setAttr(startAttrName, builder.getI64IntegerAttr(start));
    relay->remove();
    stage.name = symbols.insert(relay, Block::iterator(builder.getInsertionPoint())).getValue();
    ++relays;
    relayNeurons += numElements(shape);
    addHopInto(stage, previous, from);
    return success();
  }

  // From one stage of a line to the next.
  void addHopInto(const Stage &stage, const Stage &previous, size_t from) {
    Attribute connector;
    FloatAttr one = builder.getF64FloatAttr(1);
    if (stage.whole) {
      connector = OneToOneAttr::get(builder.getContext(), one);
    } else {
      std::vector<Synapse> synapses;
      for (int64_t j : stage.neurons)
        synapses.push_back({j, static_cast<int64_t>(synapses.size()), 1.0, 0});
      connector = sparse(synapses, previous, nodes[from].size, one, (stage.name + ".line").str());
    }
    TypeAttr weightOne;
    if (nodes[from].format)
      weightOne = TypeAttr::get(
          fx::FixedType::get(builder.getContext(), fx::Format{/*isSigned=*/false, 1, 0}));
    builder.setInsertionPointToEnd(&network.getBody().front());
    auto hop = ProjectionOp::create(
        builder, nodes[from].op->getLoc(), builder.getStringAttr(stage.name + "_in"),
        FlatSymbolRefAttr::get(builder.getContext(), previous.name),
        FlatSymbolRefAttr::get(builder.getContext(), stage.name), StringAttr(),
        cast<ConnectorInterface>(connector), weightOne, ElementsAttr(),
        builder.getI64IntegerAttr(stage.position - previous.position));
    hop->remove();
    symbols.insert(hop, network.getBody().front().end());
  }

  /// Synapses of neurons of the source as those of a stage, which has all of these neurons.
  Attribute sparse(ArrayRef<Synapse> synapses, const Stage &stage, int64_t size, Attribute weight,
                   const std::string &name) {
    int64_t rows = stage.whole ? size : static_cast<int64_t>(stage.neurons.size());
    std::vector<int64_t> starts{0}, targets;
    std::vector<double> weights;
    auto synapse = synapses.begin();
    for (int64_t row = 0; row < rows; ++row) {
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
                        makeElements(vector(rows + 1, i64), starts, name + ".row_starts"),
                        makeElements(vector(count, i64), targets, name + ".targets"), weight);
  }

  //===-- projections
  //-------------------------------------------------------------------------------===//

  void mapProjection(size_t k, ArrayRef<Stage> stages) {
    Edge &edge = edges[k];
    if (edge.after.empty())
      return;
    std::set<size_t> used;
    for (int64_t delay : edge.after)
      used.insert(stageOf(delay, stages));
    const Stage &first = stages[*used.begin()];
    if (used.size() == 1 && first.whole) {
      moveTo(first, edge);
      addStrands(k, [&](int64_t) { return std::pair(edge.op, first.position); });
      return;
    }
    // Those that leave from one stage are one projection; the first of them keeps the name.
    std::vector<Synapse> all = synapsesOf(edge);
    ElementsAttr bias = edge.op.getBias().value_or(ElementsAttr());
    ConnectorInterface connector = edge.op.getConnector();
    size_t ofBias = stageOf(edge.after[0], stages);
    std::map<size_t, ProjectionOp> parts;
    Operation *last = edge.op;
    for (size_t stage : used) {
      ProjectionOp part = edge.op;
      if (stage != *used.begin()) {
        part = cast<ProjectionOp>(edge.op->clone());
        part.setSymName(
            (edge.op.getSymName() + "_delayed_" + std::to_string(stages[stage].position)).str());
        symbols.insert(part, std::next(Block::iterator(last)));
        last = part;
      }
      makePart(part, edge, connector, all, stages, stage);
      // A bias has the first delay, and the synapse that has it is the first of its part too.
      part.removeBiasAttr();
      if (bias && stage == ofBias)
        part.setBiasAttr(bias);
      parts[stage] = part;
    }
    addStrands(k, [&](int64_t delay) {
      size_t stage = stageOf(delay, stages);
      return std::pair(parts[stage], stages[stage].position);
    });
  }

  /// All synapses leave from one stage, which has all neurons: the connector stays.
  void moveTo(const Stage &stage, Edge &edge) {
    if (stage.position == 0 && edge.before == edge.after)
      return;
    edge.op.setSource(stage.name);
    std::vector<int64_t> delays = edge.after;
    for (int64_t &delay : delays)
      delay -= stage.position;
    auto given = dyn_cast_or_null<ElementsAttr>(edge.op.getDelay().value_or(Attribute()));
    if (!given) {
      edge.op.setDelayAttr(builder.getI64IntegerAttr(delays[0]));
      return;
    }
    auto type = RankedTensorType::get(given.getShapedType().getShape(), builder.getI64Type());
    edge.op.setDelayAttr(makeElements(type, delays, (edge.op.getSymName() + ".delays").str()));
  }

  void makePart(ProjectionOp part, const Edge &edge, ConnectorInterface connector,
                ArrayRef<Synapse> all, ArrayRef<Stage> stages, size_t stage) {
    std::vector<Synapse> synapses;
    std::vector<int64_t> delays;
    for (const Synapse &synapse : all) {
      int64_t delay = edge.after[synapse.entry];
      if (stageOf(delay, stages) != stage)
        continue;
      synapses.push_back(synapse);
      delays.push_back(delay - stages[stage].position);
    }
    std::string name = part.getSymName().str();
    Attribute csr =
        sparse(synapses, stages[stage], nodes[edge.from].size, connector.weightsAttr(), name);
    part.setSource(stages[stage].name);
    part.setConnectorAttr(cast<ConnectorInterface>(csr));
    if (llvm::all_equal(delays)) {
      part.setDelayAttr(builder.getI64IntegerAttr(delays[0]));
      return;
    }
    auto type = RankedTensorType::get({static_cast<int64_t>(delays.size())}, builder.getI64Type());
    part.setDelayAttr(makeElements(type, delays, name + ".delays"));
  }

  //===-- the record
  //--------------------------------------------------------------------------------===//

  /// `lastOf` gives the projection that delivers what has a delay now, and where that starts.
  void addStrands(size_t k, function_ref<std::pair<ProjectionOp, int64_t>(int64_t)> lastOf) {
    int64_t shift = nodes[edges[k].to].lag - nodes[edges[k].from].lag;
    for (int64_t before : std::set<int64_t>(edges[k].before.begin(), edges[k].before.end())) {
      auto [last, position] = lastOf(before + shift);
      strands.push_back({k, before, last, before + shift - position});
    }
  }

  // Contributions to a sum come in the order of the steps in which they leave, of their nodes in
  // the schedule, and of the text (neuro_s8). Whether two strands meet in a neuron is not asked.
  SmallVector<Attribute> reorderedPorts(const std::vector<size_t> &rank,
                                        const std::map<StringRef, size_t> &newRank) {
    std::map<Operation *, size_t> text;
    for (ProjectionOp op : network.getBody().getOps<ProjectionOp>())
      text.insert({op, text.size()});
    std::map<std::string, std::vector<const Strand *>> ports;
    for (const Strand &strand : strands) {
      auto population = cast<PopulationOp>(nodes[edges[strand.edge].to].op);
      StringRef port = portOf(strand.last, modelOf(population)).getName();
      ports[(population.getSymName() + "." + port).str()].push_back(&strand);
    }
    SmallVector<Attribute> reordered;
    for (auto &[name, list] : ports) {
      llvm::sort(list, [&](const Strand *a, const Strand *b) {
        return std::tuple(-a->before, rank[edges[a->edge].from], a->edge) <
               std::tuple(-b->before, rank[edges[b->edge].from], b->edge);
      });
      auto key = [&](const Strand *strand) {
        ProjectionOp last = strand->last;
        return std::tuple(-strand->after, newRank.at(last.getSource()), text.at(last));
      };
      if (!llvm::is_sorted(list, [&](auto *a, auto *b) { return key(a) < key(b); }))
        reordered.push_back(builder.getStringAttr(name));
    }
    return reordered;
  }

  void record(const std::vector<size_t> &rank, const std::map<StringRef, size_t> &newRank) {
    auto given = network->getAttrOfType<DictionaryAttr>(delayMapName);
    auto total = [&](DictionaryAttr dictionary, StringRef name, int64_t more) {
      auto before = dictionary ? dictionary.getAs<IntegerAttr>(name) : IntegerAttr();
      return builder.getNamedAttr(name,
                                  builder.getI64IntegerAttr((before ? before.getInt() : 0) + more));
    };
    auto givenLatency = given ? given.getAs<DictionaryAttr>("latency") : DictionaryAttr();
    SmallVector<NamedAttribute> latency;
    for (ProbeOp probe : network.getBody().getOps<ProbeOp>())
      for (const Node &node : nodes)
        if (node.name == probe.getTarget())
          latency.push_back(total(givenLatency, probe.getSymName(), node.lag));
    SmallVector<Attribute> reordered = reorderedPorts(rank, newRank);
    if (auto ports = given ? given.getAs<ArrayAttr>("reordered_ports") : ArrayAttr())
      for (Attribute port : ports)
        if (!llvm::is_contained(reordered, port))
          reordered.push_back(port);
    network->setAttr(
        delayMapName,
        builder.getDictionaryAttr(
            {builder.getNamedAttr("min_delay", builder.getI64IntegerAttr(minDelay)),
             builder.getNamedAttr("max_delay", builder.getI64IntegerAttr(maxDelay)),
             builder.getNamedAttr("latency", builder.getDictionaryAttr(latency)),
             total(given, "relays", relays), total(given, "relay_neurons", relayNeurons),
             builder.getNamedAttr("reordered_ports", builder.getArrayAttr(reordered))}));
  }
};

struct MapDelays : engram::neuro::impl::MapDelaysPassBase<MapDelays> {
  using MapDelaysPassBase::MapDelaysPassBase;

  void runOnOperation() override {
    if (failed(checkOptions()))
      return signalPassFailure();
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      if (failed(verifyDiscrete(network)) || failed(DelayMapper(network, minDelay, maxDelay).run()))
        return signalPassFailure();
  }

  LogicalResult checkOptions() {
    int64_t low = minDelay, high = maxDelay;
    if (low < 0 || low > maxSlots)
      return getOperation().emitError() << "expected 'min-delay' to be 0 to 2^24, got " << low;
    // Two hops in a row then reach each delay that is too long for one.
    int64_t least = std::max<int64_t>(1, 2 * low - 1);
    if (high < least || high > maxSlots)
      return getOperation().emitError()
             << "expected 'max-delay' to be " << least << " to 2^24 with a 'min-delay' of " << low
             << ", got " << high;
    return success();
  }
};

} // namespace
