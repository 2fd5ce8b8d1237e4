// Recording ranges neuron by neuron.
#include "backends/Reference/PopulationRecorder.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::reference;

/// Stands for an operand that is no result of the region.
static constexpr size_t outside = SIZE_MAX;

static bool dependsOn(Value value, Value state) {
  SmallVector<Value> open{value};
  llvm::DenseSet<Value> seen;
  while (!open.empty()) {
    Value next = open.pop_back_val();
    if (next == state)
      return true;
    Operation *op = next.getDefiningOp();
    if (!isa<StateOp, ParameterOp, InputOp>(op) && seen.insert(next).second)
      llvm::append_range(open, op->getOperands());
  }
  return false;
}

PopulationRecorder::PopulationRecorder(PopulationOp population, const ModelProgram &program) {
  ModelOp model = modelOf(population);
  auto declare = [&](Value value, StringRef name, bool isState) {
    Declared entry;
    entry.name = name.str();
    entry.slot = program.slotOf(value);
    entry.isState = isState;
    entry.isReal = !isa<IntegerType>(value.getType());
    if (auto fixed = dyn_cast<fx::FixedType>(value.getType())) {
      entry.ends = rangeOf(fixed.getFormat());
      if (!fixed.getIsSigned())
        entry.ends->low = -HUGE_VAL;
    }
    declared.push_back(entry);
  };
  for (StateOp state : model.getStates())
    declare(state, state.getName(), true);
  for (InputOp input : model.getInputs())
    declare(input, input.getName(), false);
  if (auto reset = model.find<ResetOp>())
    for (AssignOp assign : reset.getBody().getOps<AssignOp>())
      for (Declared &entry : declared)
        if (entry.slot == program.slotOf(assign.getState()))
          entry.isOverwritten = !dependsOn(assign.getValue(), assign.getState());
  for (auto &[name, op] : regionsOf(model))
    addRegion(name, op, program);
  fire = program.fire ? &*program.fire : nullptr;
  update = program.update ? &*program.update : nullptr;
}

void PopulationRecorder::addRegion(const std::string &name, Operation *op,
                                   const ModelProgram &program) {
  Region region;
  region.name = name;
  for (auto [kind, code] : {std::pair("receive", &program.receive),
                            {"update", &program.update},
                            {"fire", &program.fire},
                            {"reset", &program.reset},
                            {"emit", &program.emit}})
    if (name == kind && *code)
      region.program = &**code;
  llvm::DenseMap<Value, size_t> indices;
  auto indexOf = [&](Value value) {
    auto found = indices.find(value);
    return found == indices.end() ? outside : found->second;
  };
  for (Value value : resultsOf(op)) {
    Result result;
    result.slot = program.slotOf(value);
    for (Value operand : value.getDefiningOp()->getOperands())
      result.operands.push_back(indexOf(operand));
    result.isSelect = isa<arith::SelectOp>(value.getDefiningOp());
    if (result.isSelect)
      result.condition = program.slotOf(value.getDefiningOp()->getOperand(0));
    region.hasSelect |= result.isSelect;
    indices[value] = region.results.size();
    region.results.push_back(std::move(result));
  }
  region.isRoot.resize(region.results.size());
  for (Operation &inner : op->getRegion(0).front())
    if (isa<AssignOp, YieldOp>(inner))
      if (size_t index = indexOf(inner.getOperand(isa<AssignOp>(inner) ? 1 : 0)); index != outside)
        region.isRoot[index] = true;
  regions.push_back(std::move(region));
}

void PopulationRecorder::recordResults(Region &region, const Slots &slots) {
  std::vector<Result> &results = region.results;
  for (size_t k = 0; k < results.size(); ++k)
    results[k].isNeeded = region.isRoot[k] || !region.hasSelect;
  for (size_t k = results.size(); k-- > 0 && region.hasSelect;) {
    if (!results[k].isNeeded)
      continue;
    size_t unused = results[k].isSelect ? (slots[results[k].condition] != 0 ? 2 : 1) : SIZE_MAX;
    for (size_t i = 0; i < results[k].operands.size(); ++i)
      if (i != unused && results[k].operands[i] != outside)
        results[results[k].operands[i]].isNeeded = true;
  }
  for (Result &result : results)
    if (result.isNeeded && std::isfinite(slots[result.slot]))
      result.range.include(slots[result.slot]);
}

void PopulationRecorder::ran(const ScalarProgram &program, const Slots &slots) {
  for (Region &region : regions)
    if (region.program == &program)
      recordResults(region, slots);
  // Until the reset a state is what the update made of it; whether that matters is known at the
  // end.
  bool isBeforeReset = fire && (&program == update || &program == fire);
  for (Declared &entry : declared) {
    double value = slots[entry.slot];
    bool isPending = isBeforeReset && entry.isOverwritten;
    if (std::isfinite(value))
      (isPending ? entry.pending : entry.range).include(value);
    if (entry.isBeyond(value))
      (isPending ? entry.isPendingAtEnd : entry.isAtEnd) = true;
  }
}

void PopulationRecorder::finished(const Slots &slots, bool fires, double output) {
  ++steps;
  if (std::isfinite(output))
    outputs.include(output);
  for (Declared &entry : declared) {
    double value = slots[entry.slot];
    if (std::isfinite(value))
      entry.range.include(value);
    entry.isAtEnd |= entry.isBeyond(value);
    if (!fires || !entry.isOverwritten) {
      entry.range.include(entry.pending);
      entry.isAtEnd |= entry.isPendingAtEnd;
    }
    entry.saturated += entry.isAtEnd;
    entry.pending = {};
    entry.isAtEnd = entry.isPendingAtEnd = false;
  }
}

PopulationRanges PopulationRecorder::ranges() const {
  PopulationRanges result;
  for (const Declared &entry : declared)
    if (entry.isReal)
      (entry.isState ? result.states : result.inputs)[entry.name] = entry.range;
  for (const Region &region : regions)
    for (const Result &r : region.results)
      result.regions[region.name].push_back(r.range);
  result.output = outputs;
  return result;
}

std::vector<PopulationRecorder::Saturation> PopulationRecorder::saturations() const {
  std::vector<Saturation> result;
  for (const Declared &entry : declared)
    if (entry.ends)
      result.push_back({entry.name, entry.isState, entry.saturated});
  return result;
}
