// Collecting the graph of delays, and its lags.
#include "dialects/Neuro/Transforms/DelayGraph.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/Transforms/Retiming.h"
#include <map>
#include <numeric>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

/// Of what format a source's outputs are passed on: null in a network of floats.
static fx::FixedType relayFormat(NetworkOp network, StringRef source) {
  bool fixed = llvm::any_of(projectionsFrom(network, source), [](ProjectionOp projection) {
    return projection.getFormat().has_value();
  });
  return fixed ? outputFormatOf(network, source) : fx::FixedType();
}

bool DelayEdge::isUniform() {
  return !isa_and_nonnull<ElementsAttr>(op.getDelay().value_or(Attribute()));
}

DelayGraph::DelayGraph(NetworkOp network) : network(network) {
  std::map<StringRef, size_t> indices;
  for (Operation &op : network.getBody().front())
    if (isa<SourceOp, PopulationOp>(op)) {
      StringRef name = SymbolTable::getSymbolName(&op).getValue();
      indices[name] = nodes.size();
      DelayNode &node = nodes.emplace_back();
      node.op = &op;
      node.name = name.str();
      node.size = numElements(*shapeOf(network, name));
      node.format = relayFormat(network, name);
      if (auto population = dyn_cast<PopulationOp>(op))
        node.events = node.spikes = !modelOf(population).find<EmitOp>();
      else
        node.events = isa<PoissonAttr, SpikeTrainsAttr>(cast<SourceOp>(op).getKind());
    }
  for (ProjectionOp op : network.getBody().getOps<ProjectionOp>()) {
    std::vector<int64_t> delays = delayStepsOf(op);
    edges.push_back(
        {op, indices[op.getSource()], indices[op.getTarget()], edges.size(), delays, delays});
  }
}

/// Steps between two that all probes of a node read: a lag that is none of their multiples would
/// show other steps of a neuron's life.
static int64_t periodOf(NetworkOp network, StringRef node) {
  int64_t period = 1, limit = maxStart + 1;
  for (ProbeOp probe : network.getBody().getOps<ProbeOp>())
    if (probe.getTarget() == node)
      period = std::min(
          std::lcm(period, static_cast<int64_t>(std::min<uint64_t>(probe.getEvery(), limit))),
          limit);
  return period;
}

LogicalResult DelayGraph::assignLags(int64_t minDelay) {
  std::vector<Hop> hops;
  for (const DelayEdge &edge : edges)
    if (!edge.before.empty())
      hops.push_back({edge.from, edge.to, *llvm::min_element(edge.before)});
  std::vector<int64_t> periods;
  for (const DelayNode &node : nodes)
    periods.push_back(periodOf(network, node.name));
  Retiming retiming = retime(hops, periods, minDelay);
  if (!retiming.cycle.empty()) {
    auto names =
        llvm::map_range(retiming.cycle, [&](size_t node) { return "'" + nodes[node].name + "'"; });
    size_t count = retiming.cycle.size() - 1;
    return network.emitOpError() << "cycle " << llvm::join(names, " -> ") << " has "
                                 << retiming.cycleDelay
                                 << (retiming.cycleDelay == 1 ? " step" : " steps") << " of delay, "
                                 << count << (count == 1 ? " hop needs " : " hops need ")
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
    Builder builder(network.getContext());
    population->setAttr(startAttrName, builder.getI64IntegerAttr(start));
  }
  for (DelayEdge &edge : edges)
    for (int64_t &delay : edge.after)
      delay += nodes[edge.to].lag - nodes[edge.from].lag;
  return success();
}

SmallVector<size_t> DelayGraph::edgesFrom(size_t node) const {
  SmallVector<size_t> leaving;
  for (size_t k = 0; k < edges.size(); ++k)
    if (edges[k].from == node && !edges[k].after.empty())
      leaving.push_back(k);
  return leaving;
}

std::vector<DelaySynapse> DelayGraph::synapsesOf(DelayEdge &edge) {
  std::vector<DelaySynapse> synapses;
  expandSynapses(edge.op, [&](int64_t j, int64_t i, double weight, size_t entry) {
    synapses.push_back({j, i, weight, entry});
  });
  return synapses;
}
