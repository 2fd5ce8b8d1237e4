// Planning of delay lines: costs, and the choice by cost.
#include "dialects/Neuro/Transforms/DelayLines.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/Transforms/Retiming.h"
#include <cmath>
#include <set>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

size_t engram::neuro::stageOf(int64_t delay, ArrayRef<DelayStage> stages, int64_t maxDelay) {
  size_t stage = 0;
  while (delay > stages[stage].position + maxDelay)
    ++stage;
  return stage;
}

StringRef engram::neuro::stringify(DelayLineKind kind) {
  return kind == DelayLineKind::Source      ? "source"
         : kind == DelayLineKind::Extension ? "extension"
                                            : "target";
}

DelayPlanner::Leaving DelayPlanner::leavingOf(size_t node) {
  Leaving leaving;
  std::set<int64_t> delays;
  for (size_t k : graph.edgesFrom(node)) {
    DelayEdge &edge = graph.edges[k];
    if (edge.isUniform()) {
      leaving.uniform.push_back(k);
      continue;
    }
    delays.insert(edge.after.begin(), edge.after.end());
    if (*llvm::max_element(edge.after) <= limits.maxDelay)
      continue; // no relay is behind it, so that nobody asks whose synapses these are
    leaving.longest.resize(graph.nodes[node].size);
    for (const DelaySynapse &synapse : graph.synapsesOf(edge)) {
      int64_t &longest = leaving.longest[synapse.source];
      longest = std::max(longest, edge.after[synapse.entry]);
    }
  }
  leaving.delays.assign(delays.begin(), delays.end());
  return leaving;
}

// A relay holds the neurons that have a synapse behind it, and no others.
std::vector<DelayStage> DelayPlanner::lineFor(size_t node, const Leaving &leaving,
                                              const std::map<size_t, int64_t> &toSums) {
  std::vector<int64_t> delays = leaving.delays;
  int64_t ofAll = 0;
  for (size_t k : leaving.uniform) {
    auto shortened = toSums.find(k);
    delays.push_back(shortened == toSums.end() ? graph.edges[k].after[0] : shortened->second);
    ofAll = std::max(ofAll, delays.back());
  }
  std::vector<int64_t> positions =
      relayPositions(delays, limits.minDelay, limits.maxDelay, maxRelays);
  if (positions.size() > maxRelays)
    return {};
  int64_t size = graph.nodes[node].size;
  std::vector<DelayStage> stages(positions.size() + 1);
  stages[0].name = graph.nodes[node].name;
  stages[0].size = size;
  for (size_t s = 1; s < stages.size(); ++s) {
    DelayStage &stage = stages[s];
    stage.position = positions[s - 1];
    int64_t reach = stages[s - 1].position + limits.maxDelay;
    stage.whole = ofAll > reach;
    for (int64_t j = 0; !stage.whole && j < static_cast<int64_t>(leaving.longest.size()); ++j)
      if (leaving.longest[j] > reach)
        stage.neurons.push_back(j);
    stage.size = stage.whole ? size : static_cast<int64_t>(stage.neurons.size());
    if (stage.size == size) {
      stage.whole = true;
      stage.neurons.clear();
    }
  }
  return stages;
}

std::vector<DelayStage> DelayPlanner::lineOf(size_t node) {
  return lineFor(node, leavingOf(node), {});
}

double DelayPlanner::relayCost(ArrayRef<DelayStage> stages) const {
  double neurons = 0;
  for (const DelayStage &stage : stages.drop_front())
    neurons += static_cast<double>(stage.size);
  return limits.relayNeuronCost * neurons;
}

// An extension core holds back spikes and counts of them, not numbers of every step.
std::optional<double> DelayPlanner::extensionCost(size_t node, ArrayRef<DelayStage> stages) const {
  if (limits.extensionCoreCost <= 0 || !graph.nodes[node].events || stages.size() == 1)
    return std::nullopt;
  auto cores = [](int64_t need, int64_t capacity) {
    return static_cast<double>((need - 1) / capacity + 1);
  };
  return limits.extensionCoreCost * cores(stages[1].size, limits.extensionNeurons) *
         cores(static_cast<int64_t>(stages.size()) - 1, limits.extensionStages);
}

//===-- delayed sums -----------------------------------------------------------------------===//

std::optional<fx::FixedType> DelayPlanner::sumFormat(const DelayEdge &edge) {
  ProjectionOp op = edge.op;
  NetworkOp network = graph.network;
  auto target = cast<PopulationOp>(graph.nodes[edge.to].op);
  InputOp port = portOf(op, modelOf(target));
  auto type = dyn_cast<fx::FixedType>(port.getType());
  if (!type) {
    auto adds = [&](ProjectionOp other) {
      return other.getTarget() == op.getTarget() && portOf(other, modelOf(target)) == port;
    };
    if (llvm::count_if(network.getBody().getOps<ProjectionOp>(), adds) != 1)
      return std::nullopt;
    return fx::FixedType();
  }
  // The relay has the port's step, which all sums and biases have, and never saturates.
  FailureOr<PortBound> bound = boundOf(op), total = boundOf(target, port);
  if (failed(bound) || failed(total))
    return std::nullopt;
  int fraction = type.getFractionBits();
  int width = std::max(PortBound{fraction, bound->magnitude}.accumulatorBits(), fraction + 1);
  if (width > 53) // what a double holds
    return std::nullopt;
  // neuro_d7 has to hold with the format's largest number in place of the largest sum.
  total->fractionBits = fraction;
  total->magnitude += std::ldexp(1.0, width - 1 - fraction) - bound->magnitude;
  if (total->accumulatorBits() > static_cast<int>(network.sumType().getFPMantissaWidth()) + 1)
    return std::nullopt;
  return fx::FixedType::get(network.getContext(),
                            fx::Format{/*isSigned=*/true, width - fraction, fraction});
}

//===-- the choice -------------------------------------------------------------------------===//

DelayPlan DelayPlanner::plan(size_t node) {
  DelayPlan best;
  Leaving leaving = leavingOf(node);
  std::vector<std::pair<int64_t, size_t>> candidates; // that may be delayed as sums
  best.longest = leaving.delays.empty() ? 0 : leaving.delays.back();
  for (size_t k : leaving.uniform)
    best.longest = std::max(best.longest, graph.edges[k].after[0]);
  if (best.longest <= limits.maxDelay)
    return best;
  std::vector<DelayStage> line = lineFor(node, leaving, {});
  if (line.empty()) {
    best.tooLong = true;
    return best;
  }
  best.cost = *(best.sourceCost = relayCost(line));
  best.extensionCost = extensionCost(node, line);
  if (best.extensionCost && *best.extensionCost < best.cost) {
    best.cost = *best.extensionCost;
    best.extension = true;
  }
  for (size_t k : leaving.uniform)
    if (int64_t delay = graph.edges[k].after[0];
        delay > limits.maxDelay && !graph.nodes[graph.edges[k].to].isRelay &&
        !graph.nodes[node].isRelay && sumFormat(graph.edges[k]))
      candidates.emplace_back(delay, k);
  llvm::sort(candidates, std::greater<>());
  std::map<size_t, int64_t> toSums;
  for (size_t first = 0; first < candidates.size();) {
    size_t end = first;
    while (end < candidates.size() && candidates[end].first == candidates[first].first)
      toSums[candidates[end++].second] = limits.minDelay;
    first = end;
    // Delayed as sums from as far behind the source as the line of the others reaches.
    std::vector<DelayStage> ofOthers = lineFor(node, leaving, toSums);
    if (ofOthers.empty())
      break;
    int64_t reach = ofOthers.back().position + limits.maxDelay;
    double cost = 0;
    for (auto &[k, delay] : toSums) {
      int64_t whole = graph.edges[k].after[0];
      delay = std::min(reach, whole - limits.minDelay);
      size_t relays =
          1 + relayPositions({whole - delay}, limits.minDelay, limits.maxDelay, maxRelays).size();
      cost += limits.relayNeuronCost * static_cast<double>(relays) *
              static_cast<double>(graph.nodes[graph.edges[k].to].size);
    }
    std::vector<DelayStage> rest = lineFor(node, leaving, toSums);
    if (rest.empty())
      break;
    std::optional<double> asExtension = extensionCost(node, rest);
    double ofLine = relayCost(rest);
    bool extension = asExtension && *asExtension < ofLine;
    cost += extension ? *asExtension : ofLine;
    best.targetCost = std::min(best.targetCost.value_or(cost), cost);
    if (cost < best.cost) {
      best.cost = cost;
      best.extension = extension;
      best.toSums = toSums;
    }
  }
  return best;
}
