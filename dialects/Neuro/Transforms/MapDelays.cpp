// Delays that a target has: retiming (Leiserson and Saxe 1991) brings each hop to the least delay,
// delay lines of relays bring the long ones within its slots: behind the source, on cores of their
// own, or behind the sums, whichever costs least.
#include "dialects/Neuro/Transforms/MapDelays.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/Transforms/DelayRecord.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "dialects/Neuro/Transforms/RelayPopulations.h"
#include "dialects/Neuro/Transforms/VerifyDiscrete.h"
#include <set>

namespace engram::neuro {
#define GEN_PASS_DEF_MAPDELAYSPASS
#include "dialects/Neuro/Transforms/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;

namespace {

class DelayMapper {
public:
  DelayMapper(NetworkOp network, const DelayLimits &limits)
      : graph(network), limits(limits), planner(graph, limits), relays(graph),
        builder(network.getContext()) {}

  LogicalResult run() {
    FailureOr<std::map<std::string, size_t>> positions = schedulePositions(graph.network);
    if (failed(positions) || failed(graph.assignLags(limits.minDelay)))
      return failure();
    for (const DelayNode &node : graph.nodes)
      record.rank.push_back(positions->at(node.name));
    for (const DelayEdge &edge : graph.edges)
      record.sources.push_back(edge.from);
    // Relays of sums come behind the nodes that were given, and get their lines after these.
    for (size_t k = 0; k < graph.nodes.size(); ++k)
      if (failed(mapNode(k)))
        return failure();
    record.relays = relays.relays;
    record.relayNeurons = relays.relayNeurons;
    return record.write(graph, limits);
  }

private:
  DelayGraph graph;
  const DelayLimits &limits;
  DelayPlanner planner;
  RelayBuilder relays;
  OpBuilder builder;
  DelayRecord record;

  LogicalResult mapNode(size_t node) {
    SmallVector<size_t> leaving = graph.edgesFrom(node);
    DelayPlan plan = planner.plan(node);
    if (plan.tooLong)
      return graph.nodes[node].op->emitOpError()
             << "needs more than " << DelayPlanner::maxRelays << " relays in a row for a delay of "
             << plan.longest << " steps in slots for " << limits.maxDelay;
    std::vector<int64_t> longest;
    for (size_t k : leaving)
      longest.push_back(*llvm::max_element(graph.edges[k].after));
    std::set<size_t> delayedAsSums;
    for (auto [k, delay] : plan.toSums)
      // One relay of sums may leave no room for another at the same port.
      if (std::optional<engram::fx::FixedType> format = planner.sumFormat(graph.edges[k])) {
        delayedAsSums.insert(k);
        if (failed(relays.addSums(k, delay, *format)))
          return failure();
      }
    std::vector<DelayStage> stages = planner.lineOf(node);
    for (size_t s = 1; s < stages.size(); ++s)
      if (failed(relays.addStage(node, stages, s)))
        return failure();
    if (plan.extension)
      markExtension(stages);
    for (size_t k : leaving)
      mapEdge(k, stages);
    for (auto [k, delay] : llvm::zip(leaving, longest))
      if (delay > limits.maxDelay && !graph.nodes[node].isRelay)
        recordLong(k, delay, stages, delayedAsSums.count(k) != 0, plan);
    return success();
  }

  /// Stages of a line that share cores name the first of them.
  void markExtension(ArrayRef<DelayStage> stages) {
    for (size_t s = 1; s < stages.size(); ++s) {
      size_t first = (s - 1) / limits.extensionStages * limits.extensionStages + 1;
      graph.network.lookupSymbol(stages[s].name)
          ->setAttr(extensionAttrName,
                    FlatSymbolRefAttr::get(builder.getContext(), stages[first].name));
    }
  }

  void recordLong(size_t k, int64_t longest, ArrayRef<DelayStage> stages, bool asSums,
                  const DelayPlan &plan) {
    DelayEdge &edge = graph.edges[k];
    size_t row = stageOf(*llvm::max_element(edge.after), stages, limits.maxDelay);
    if (asSums)
      row += planner.lineOf(edge.to).size(); // the relay of sums, and those behind it
    record.longDelays.push_back({edge.op.getSymName().str(),
                                 asSums           ? DelayLineKind::Target
                                 : plan.extension ? DelayLineKind::Extension
                                                  : DelayLineKind::Source,
                                 longest, static_cast<int64_t>(row), plan});
  }

  //===-- projections
  //-------------------------------------------------------------------------------===//

  void mapEdge(size_t k, ArrayRef<DelayStage> stages) {
    DelayEdge &edge = graph.edges[k];
    std::set<size_t> used;
    for (int64_t delay : edge.after)
      used.insert(stageOf(delay, stages, limits.maxDelay));
    const DelayStage &first = stages[*used.begin()];
    if (used.size() == 1 && first.whole) {
      moveTo(first, edge);
      addStrands(edge, [&](int64_t) { return std::pair(edge.op, first.position); });
      return;
    }
    // Those that leave from one stage are one projection; the first of them keeps the name.
    std::vector<DelaySynapse> all = graph.synapsesOf(edge);
    ElementsAttr bias = edge.op.getBias().value_or(ElementsAttr());
    ConnectorInterface connector = edge.op.getConnector();
    size_t ofBias = stageOf(edge.after[0], stages, limits.maxDelay);
    std::map<size_t, ProjectionOp> parts;
    Operation *last = edge.op;
    for (size_t stage : used) {
      ProjectionOp part = edge.op;
      if (stage != *used.begin()) {
        part = cast<ProjectionOp>(edge.op->clone());
        part.setSymName(
            (edge.op.getSymName() + "_delayed_" + std::to_string(stages[stage].position)).str());
        relays.insert(part, std::next(Block::iterator(last)));
        last = part;
      }
      makePart(part, edge, connector, all, stages, stage);
      // A bias has the first delay, and the synapse that has it is the first of its part too.
      part.removeBiasAttr();
      if (bias && stage == ofBias)
        part.setBiasAttr(bias);
      parts[stage] = part;
    }
    addStrands(edge, [&](int64_t delay) {
      size_t stage = stageOf(delay, stages, limits.maxDelay);
      return std::pair(parts[stage], stages[stage].position);
    });
  }

  /// All synapses leave from one stage, which has all neurons: the connector stays.
  void moveTo(const DelayStage &stage, DelayEdge &edge) {
    std::vector<int64_t> delays = edge.after;
    for (int64_t &delay : delays)
      delay -= stage.position;
    if (stage.position == 0 && delays == delayStepsOf(edge.op))
      return;
    edge.op.setSource(stage.name);
    if (edge.isUniform()) {
      edge.op.setDelayAttr(builder.getI64IntegerAttr(delays[0]));
      return;
    }
    auto given = cast<ElementsAttr>(*edge.op.getDelay());
    auto type = RankedTensorType::get(given.getShapedType().getShape(), builder.getI64Type());
    edge.op.setDelayAttr(makeElements(type, delays, (edge.op.getSymName() + ".delays").str()));
  }

  void makePart(ProjectionOp part, const DelayEdge &edge, ConnectorInterface connector,
                ArrayRef<DelaySynapse> all, ArrayRef<DelayStage> stages, size_t stage) {
    std::vector<DelaySynapse> synapses;
    std::vector<int64_t> delays;
    for (const DelaySynapse &synapse : all) {
      int64_t delay = edge.after[synapse.entry];
      if (stageOf(delay, stages, limits.maxDelay) != stage)
        continue;
      synapses.push_back(synapse);
      delays.push_back(delay - stages[stage].position);
    }
    std::string name = part.getSymName().str();
    Attribute csr = relays.sparse(synapses, stages[stage], connector.weightsAttr(), name);
    part.setSource(stages[stage].name);
    part.setConnectorAttr(cast<ConnectorInterface>(csr));
    if (llvm::all_equal(delays)) {
      part.setDelayAttr(builder.getI64IntegerAttr(delays[0]));
      return;
    }
    auto type = RankedTensorType::get({static_cast<int64_t>(delays.size())}, builder.getI64Type());
    part.setDelayAttr(makeElements(type, delays, name + ".delays"));
  }

  /// `lastOf` gives the projection that delivers what has a delay now, and where that starts.
  void addStrands(const DelayEdge &edge,
                  function_ref<std::pair<ProjectionOp, int64_t>(int64_t)> lastOf) {
    // What leaves for a relay of sums is delivered by what leaves that.
    if (graph.nodes[edge.to].isRelay)
      return;
    std::set<std::pair<int64_t, int64_t>> delays;
    for (auto [before, after] : llvm::zip(edge.before, edge.after))
      delays.insert({before, after});
    for (auto [before, after] : delays) {
      auto [last, position] = lastOf(after);
      record.strands.push_back({edge.origin, before, last, after - position});
    }
  }
};

struct MapDelays : engram::neuro::impl::MapDelaysPassBase<MapDelays> {
  using MapDelaysPassBase::MapDelaysPassBase;

  void runOnOperation() override {
    DelayLimits limits;
    limits.minDelay = minDelay;
    limits.maxDelay = maxDelay;
    limits.relayNeuronCost = relayNeuronCost;
    limits.extensionCoreCost = extensionCoreCost;
    limits.extensionNeurons = extensionNeurons;
    limits.extensionStages = extensionStages;
    if (failed(check(limits)))
      return signalPassFailure();
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      if (failed(mapDelays(network, limits)))
        return signalPassFailure();
  }

  LogicalResult check(const DelayLimits &limits) {
    auto refuse = [&](StringRef option, const Twine &range) {
      return getOperation().emitError()
             << "expected '" << option << "' to be " << range << ", got ";
    };
    int64_t least = leastMaxDelay(limits.minDelay);
    if (limits.minDelay < 0 || limits.minDelay > maxDelaySlots)
      return refuse("min-delay", "0 to 2^24") << limits.minDelay;
    // Two hops in a row then reach each delay that is too long for one.
    if (limits.maxDelay < least || limits.maxDelay > maxDelaySlots)
      return getOperation().emitError()
             << "expected 'max-delay' to be " << least << " to 2^24 with a 'min-delay' of "
             << limits.minDelay << ", got " << limits.maxDelay;
    if (!(limits.relayNeuronCost >= 0))
      return refuse("relay-neuron-cost", "at least 0") << limits.relayNeuronCost;
    if (!(limits.extensionCoreCost >= 0))
      return refuse("extension-core-cost", "at least 0") << limits.extensionCoreCost;
    if (limits.extensionNeurons < 1)
      return refuse("extension-neurons", "at least 1") << limits.extensionNeurons;
    if (limits.extensionStages < 1)
      return refuse("extension-stages", "at least 1") << limits.extensionStages;
    return success();
  }
};

} // namespace

LogicalResult engram::neuro::mapDelays(NetworkOp network, const DelayLimits &limits) {
  if (failed(verifyDiscrete(network)))
    return failure();
  return DelayMapper(network, limits).run();
}
