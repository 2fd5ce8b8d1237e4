// Interval arithmetic over whole steps: ranges grow from the initial values until a step adds
// nothing to them. A state that is reset above a threshold begins a step below it.
#include "dialects/Neuro/Quantize/StateRanges.h"
#include "dialects/Neuro/IR/Instance.h"

using namespace mlir;
using namespace engram::neuro;

FailureOr<std::vector<ModelRegion>> engram::neuro::buildRegions(ModelOp model,
                                                                const ModelConstants &constants) {
  std::vector<ModelRegion> regions;
  for (auto &[name, op] : regionsOf(model)) {
    ModelRegion region;
    region.name = name;
    region.op = op;
    region.graph = std::make_unique<RegionGraph>(constants);
    for (Operation &inner : op->getRegion(0).front()) {
      if (!isa<AssignOp, YieldOp>(inner))
        continue;
      FailureOr<unsigned> node = region.graph->add(inner.getOperand(isa<AssignOp>(inner) ? 1 : 0));
      if (failed(node))
        return failure();
      ++region.graph->nodes[*node].uses;
      if (isa<AssignOp>(inner))
        region.assigned.push_back({inner.getOperand(0), *node});
      else
        region.yielded = *node;
    }
    regions.push_back(std::move(region));
  }
  return regions;
}

namespace {

using Ranges = llvm::DenseMap<Value, Range>;

/// v > threshold, by which a neuron fires.
struct Threshold {
  Value state;
  double least, greatest;
};

class IntervalBounds {
public:
  IntervalBounds(std::vector<ModelRegion> &regions, const Ranges &inputs, const Ranges &fixed,
                 Ranges initial)
      : regions(regions), inputs(inputs), fixed(fixed), current(std::move(initial)),
        widest(current) {
    if (ModelRegion *fire = find("fire"))
      findThreshold(fire->yielded, *fire->graph);
  }

  /// True if the ranges have stopped growing; then `bounds` holds them.
  bool run() {
    bool hasFunctions = llvm::any_of(regions, [](ModelRegion &region) {
      return llvm::any_of(region.graph->nodes,
                          [](Node &node) { return node.kind == Node::Function; });
    });
    double growth = HUGE_VAL;
    for (int step = 0, steps = hasFunctions ? 200 : 20000; step < steps && growth > 1e-9; ++step) {
      growth = advance();
      if (!(growth < HUGE_VAL))
        return false;
    }
    return growth < 1e-6;
  }

  const Ranges &bounds() const { return widest; }

private:
  std::vector<ModelRegion> &regions;
  const Ranges &inputs, &fixed;
  Ranges current, widest;
  std::optional<Threshold> threshold;

  ModelRegion *find(StringRef name) {
    auto found = llvm::find_if(regions, [&](ModelRegion &region) { return region.name == name; });
    return found == regions.end() ? nullptr : &*found;
  }

  void findThreshold(std::optional<unsigned> index, RegionGraph &graph) {
    Node &node = graph.nodes[*index];
    if (node.kind == Node::Integer && isa<arith::AndIOp>(node.value.getDefiningOp()))
      for (unsigned operand : node.operands)
        findThreshold(operand, graph);
    if (node.kind != Node::Compare)
      return;
    auto compare = cast<arith::CmpFOp>(node.value.getDefiningOp());
    using P = arith::CmpFPredicate;
    const Node &a = graph.nodes[node.operands[0]], &b = graph.nodes[node.operands[1]];
    if (llvm::is_contained({P::OGT, P::OGE, P::UGT, P::UGE}, compare.getPredicate()) &&
        a.kind == Node::Leaf && b.kind == Node::Constants) {
      Range range = Range::of(b.numbers);
      threshold = {a.value, range.low, range.high};
    }
  }

  /// What a region makes of ranges; states that it does not assign stay.
  Ranges apply(ModelRegion *region, const Ranges &states) {
    Ranges result = states;
    if (!region)
      return result;
    propagateRanges(
        *region->graph,
        [&](Value value) {
          auto known = fixed.find(value);
          if (known != fixed.end())
            return known->second;
          auto input = inputs.find(value);
          return input != inputs.end() ? input->second : states.lookup(value);
        },
        [](Value) { return Range::everything(); });
    for (auto [state, node] : region->assigned)
      if (result.count(state))
        result[state] = region->graph->nodes[node].range;
    return result;
  }

  void keep(Ranges &wide, const Ranges &more) {
    for (auto &[state, range] : more)
      wide[state].include(range);
  }

  double advance() {
    Ranges received = apply(find("receive"), current), updated = apply(find("update"), received);
    keep(widest, received);
    keep(widest, updated);
    Ranges silent = updated, firing = updated;
    if (threshold && updated.count(threshold->state)) {
      Range &below = silent[threshold->state], &above = firing[threshold->state];
      below = {std::min(below.low, threshold->greatest), std::min(below.high, threshold->greatest)};
      above = {std::max(above.low, threshold->least), std::max(above.high, threshold->least)};
    }
    Ranges after = silent;
    if (ModelRegion *reset = find("reset"))
      keep(after, apply(reset, firing));
    else
      keep(after, updated);
    keep(widest, after);
    double growth = 0;
    for (auto &[state, range] : after) {
      Range &old = current[state];
      Range wide = old;
      wide.include(range);
      if (!wide.isFinite() || wide.magnitude() > 1e15)
        return HUGE_VAL;
      double more = std::max(old.low - wide.low, wide.high - old.high);
      if (more > 0)
        growth = std::max(growth, more / std::max(wide.magnitude(), 1e-300));
      old = wide;
    }
    return growth;
  }
};

/// Constants that a state is compared with or becomes.
Range constantsOf(StateOp state, const ModelConstants &constants) {
  Range range;
  for (Operation *user : state->getUsers()) {
    if (!isa<AssignOp, arith::CmpFOp>(user))
      continue;
    if (isa<AssignOp>(user) && user->getOperand(0) != state.getResult())
      continue;
    for (Value operand : user->getOperands())
      if (const Constant *numbers = constants.find(operand))
        range.include(Range::of(*numbers));
  }
  return range;
}

} // namespace

FailureOr<llvm::DenseMap<Value, StateRange>> engram::neuro::rangesOfStates(
    PopulationOp population, ModelOp model, const ModelConstants &constants,
    std::vector<ModelRegion> &regions, const std::optional<PopulationRanges> &seen,
    const std::map<std::string, Range> &told, const Ranges &inputs, int headroom) {
  llvm::DenseMap<Value, StateRange> result;
  Ranges fixed, initial;
  SmallVector<StateOp> unknown;
  for (StateOp state : model.getStates()) {
    if (!isa<FloatType>(state.getType()))
      continue;
    FailureOr<std::vector<double>> values = initialValues(population, state);
    if (failed(values))
      return failure();
    Range known = constantsOf(state, constants);
    known.include(Range::of(*values));
    auto byPopulation = told.find((population.getSymName() + "/" + state.getName()).str());
    auto option = byPopulation != told.end() ? byPopulation : told.find(state.getName().str());
    bool isSeen = seen && seen->states.count(state.getName().str());
    if (isSeen && option == told.end()) {
      // Nothing is seen of a population that has not begun; it keeps its initial values.
      Range range = seen->states.at(state.getName().str());
      range.include(known);
      result[state] = {range.widened(headroom), "calibration"};
    } else if (option != told.end()) {
      result[state] = {option->second, "option"};
    } else {
      unknown.push_back(state);
      initial[state] = Range::of(*values);
      continue;
    }
    fixed[state] = result[state].range;
  }
  if (unknown.empty())
    return result;
  IntervalBounds bounds(regions, inputs, fixed, initial);
  if (!bounds.run())
    return population.emitOpError()
           << "has no bound for state '" << unknown.front().getName()
           << "'; run neuro-calibrate, or give its range as 'range=" << unknown.front().getName()
           << "=low:high'";
  for (StateOp state : unknown) {
    Range range = bounds.bounds().lookup(state);
    range.include(constantsOf(state, constants));
    result[state] = {range, "interval"};
  }
  return result;
}
