// Sources and populations: what one node of the network does in a step.
#include "dialects/Fx/IR/FxOps.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/IR/Units.h"
#include "lowering/NeuroToLinalg/Emitter.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

//===-- populations
//--------------------------------------------------------------------------------===//

namespace {

/// The body of the loop over a population's neurons: the regions of the model, one after another,
/// on values.
class NeuronBody {
public:
  /// `step`: i64, counted from the start of the population.
  NeuronBody(Emitter &e, PopulationOp population, ModelOp model, Value step)
      : e(e), population(population), model(model), step(step) {}

  IRMapping values; ///< parameters, inputs and current states

  /// (states..., output if it is kept, spike) after the step.
  SmallVector<Value> emit(bool keepsOutput) {
    for (Operation &op : model.getBody().front())
      if (!isa<ParameterOp, StateOp, InputOp>(op) && op.getNumRegions() == 0)
        clone(op, values);
    assignAll(model.find<ReceiveOp>(), Value());
    assignAll(model.find<UpdateOp>(), Value());
    Value fires;
    if (auto fire = model.find<FireOp>()) {
      fires = yielded(fire);
      assignAll(model.find<ResetOp>(), fires);
    } else {
      fires = e.constant(0, e.b.getI1Type());
    }
    SmallVector<Value> results;
    for (StateOp state : model.getStates())
      results.push_back(e.store(values.lookup(state)));
    if (auto emit = model.find<EmitOp>()) {
      Value output = yielded(emit);
      results.push_back(isa<fx::FixedType>(output.getType())
                            ? fx::ToFloatOp::create(e.b, e.sumType, output).getResult()
                            : e.convert(output, e.sumType));
    } else if (keepsOutput)
      results.push_back(arith::UIToFPOp::create(e.b, e.sumType, fires));
    results.push_back(arith::ExtUIOp::create(e.b, e.b.getI8Type(), fires));
    return results;
  }

private:
  Emitter &e;
  PopulationOp population;
  ModelOp model;
  Value step;

  void clone(Operation &op, IRMapping &map) {
    auto uniform = dyn_cast<UniformOp>(op);
    auto random = dyn_cast<RandomOp>(op);
    if (!uniform && !random) {
      e.b.clone(op, map);
      return;
    }
    Value neuron =
        arith::IndexCastOp::create(e.b, e.b.getI64Type(), linalg::IndexOp::create(e.b, 0));
    uint32_t use = uniform ? uniform.getStream() : random.getStream();
    Value stream =
        e.constant(static_cast<int32_t>(streamOf(population.getSymName()) + use), e.b.getI32Type());
    if (random)
      map.map(random.getResult(), e.uniformWord(stream, neuron, step));
    else
      map.map(uniform.getResult(), e.convert(e.uniform(stream, neuron, step), uniform.getType()));
  }

  Value yielded(Operation *region) {
    IRMapping local(values);
    for (Operation &op : region->getRegion(0).front()) {
      if (auto yield = dyn_cast<YieldOp>(op))
        return local.lookup(yield.getValue());
      clone(op, local);
    }
    llvm_unreachable("verified to yield");
  }

  /// All assignments of a region together; only where the condition is true, if there is one.
  void assignAll(Operation *region, Value condition) {
    if (!region)
      return;
    IRMapping local(values);
    SmallVector<std::pair<Value, Value>> assignments;
    for (Operation &op : region->getRegion(0).front()) {
      if (auto assign = dyn_cast<AssignOp>(op))
        assignments.push_back({assign.getState(), local.lookup(assign.getValue())});
      else
        clone(op, local);
    }
    for (auto [state, value] : assignments)
      values.map(
          state,
          condition
              ? arith::SelectOp::create(e.b, condition, value, values.lookup(state)).getResult()
              : value);
  }
};

} // namespace

/// The sums that a port gets in this step.
static Value arrivals(Emitter &e, const NodeArrays &node, const PortArrays &port) {
  Value slot = e.index(0);
  if (port.slots > 1)
    slot = arith::IndexCastOp::create(
        e.b, e.b.getIndexType(),
        arith::RemSIOp::create(e.b, e.now, e.constant(port.slots, e.b.getI64Type())));
  return e.rowView(port.sums, slot, {node.size});
}

void engram::discardArrivals(Emitter &e, const NodeArrays &node) {
  for (const auto &[name, port] : node.ports)
    e.fill(arrivals(e, node, port), e.constant(0, e.sumType));
}

LogicalResult engram::emitPopulation(Emitter &e, PopulationOp population, NodeArrays &node) {
  ModelOp model = modelOf(population);
  Value step = e.now;
  if (int64_t start = startOf(population))
    step = arith::SubIOp::create(e.b, step, e.constant(start, e.b.getI64Type()));
  NeuronBody body(e, population, model, step);
  SmallVector<Value> ins, outs, arrayParameters;
  SmallVector<std::pair<Value, double>> constants;
  SmallVector<Value> rows, rowInputs;
  for (InputOp input : model.getInputs()) {
    auto port = node.ports.find(input.getName().str());
    if (port == node.ports.end()) {
      constants.push_back({input, 0.0});
      continue;
    }
    rows.push_back(arrivals(e, node, port->second));
    rowInputs.push_back(input);
  }
  for (ParameterOp parameter : model.getParameters()) {
    FailureOr<std::vector<double>> values = parameterValues(population, parameter);
    if (failed(values))
      return failure();
    if (values->size() == 1) {
      constants.push_back({parameter, values->front()});
      continue;
    }
    std::string name = (population.getSymName() + "." + parameter.getName()).str();
    for (double &value : *values)
      value = Emitter::storedNumber(value, parameter.getType());
    ins.push_back(e.global(name, {node.size}, Emitter::storedType(parameter.getType()), *values));
    arrayParameters.push_back(parameter);
  }
  for (StateOp state : model.getStates())
    outs.push_back(e.view(node.states.at(state.getName().str()), {node.size}));
  size_t firstRow = ins.size() + outs.size() + node.output.has_value() + 1;
  if (node.output)
    outs.push_back(e.view(*node.output, {node.size}));
  outs.push_back(e.view(*node.spikes, {node.size}));
  // What has arrived is taken: the loop leaves zeros for the next round of the ring.
  llvm::append_range(outs, rows);
  e.elementwise(ins, outs, [&](ValueRange args) {
    for (auto [value, number] : constants)
      body.values.map(value, e.constant(number, value.getType()));
    for (auto [value, arg] : llvm::zip(arrayParameters, args))
      body.values.map(value, e.load(arg, value.getType()));
    for (auto [k, state] : llvm::enumerate(model.getStates()))
      body.values.map(state.getResult(), e.load(args[ins.size() + k], state.getType()));
    for (auto [k, input] : llvm::enumerate(rowInputs))
      body.values.map(input, e.readSum(args[firstRow + k], input.getType()));
    SmallVector<Value> results = body.emit(node.output.has_value());
    results.append(rows.size(), e.constant(0, e.sumType));
    return results;
  });
  emitEvents(e, node);
  return success();
}

// Spikes are few: blocks of 64 without one are passed over. Arrays in the state fill whole lines of
// 64 bytes, and what is behind the last neuron stays zero.
static Value collectSpikes(Emitter &e, const NodeArrays &node, Value events) {
  int64_t blocks = (node.size + 63) / 64;
  Type index = e.b.getIndexType(), i64 = e.b.getI64Type();
  AbiArray wordArray = *node.spikes;
  wordArray.type = i64;
  Value bytes = e.view(*node.spikes, {blocks * 64}), words = e.view(wordArray, {blocks, 8});
  Value first = e.index(0);
  auto outer = scf::ForOp::create(e.b, first, e.index(blocks), e.index(1), ValueRange{first});
  OpBuilder::InsertionGuard guard(e.b);
  e.b.setInsertionPointToStart(outer.getBody());
  Value block = outer.getInductionVar(), n = outer.getRegionIterArg(0), any;
  for (int64_t k = 0; k < 8; ++k) {
    Value word = memref::LoadOp::create(e.b, words, ValueRange{block, e.index(k)});
    any = any ? arith::OrIOp::create(e.b, any, word).getResult() : word;
  }
  Value spikes = arith::CmpIOp::create(e.b, arith::CmpIPredicate::ne, any, e.constant(0, i64));
  auto branch = scf::IfOp::create(e.b, TypeRange{index}, spikes, /*withElseRegion=*/true);
  scf::YieldOp::create(e.b, ValueRange{branch.getResult(0)});
  e.b.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(e.b, ValueRange{n});
  e.b.setInsertionPointToStart(branch.thenBlock());
  Value low = arith::MulIOp::create(e.b, block, e.index(64));
  auto inner = scf::ForOp::create(e.b, low, e.add(low, e.index(64)), e.index(1), ValueRange{n});
  scf::YieldOp::create(e.b, ValueRange{inner.getResult(0)});
  e.b.setInsertionPointToStart(inner.getBody());
  Value i = inner.getInductionVar(), at = inner.getRegionIterArg(0);
  // Written always, counted only if there is a spike: no branch.
  memref::StoreOp::create(e.b, arith::IndexCastOp::create(e.b, e.b.getI32Type(), i), events, at);
  Value spike = memref::LoadOp::create(e.b, bytes, i);
  scf::YieldOp::create(
      e.b, ValueRange{e.add(at, arith::IndexCastUIOp::create(e.b, index, spike).getResult())});
  return outer.getResult(0);
}

void engram::emitEvents(Emitter &e, NodeArrays &node) {
  if (!node.events)
    return;
  Value events = e.view(*node.events), count = e.view(*node.numEvents);
  if (node.binary) {
    Value n = collectSpikes(e, node, events);
    memref::StoreOp::create(e.b, arith::IndexCastOp::create(e.b, e.b.getI64Type(), n), count,
                            e.index(0));
    return;
  }
  Value output = e.view(*node.output, {node.size});
  Value zero = e.constant(0, e.sumType), first = e.index(0);
  auto op = scf::ForOp::create(e.b, first, e.index(node.size), e.index(1), ValueRange{first});
  {
    OpBuilder::InsertionGuard guard(e.b);
    e.b.setInsertionPointToStart(op.getBody());
    Value i = op.getInductionVar(), n = op.getRegionIterArg(0);
    // Written always, counted only if there is an output: no branch.
    memref::StoreOp::create(e.b, arith::IndexCastOp::create(e.b, e.b.getI32Type(), i), events, n);
    Value x = memref::LoadOp::create(e.b, output, i);
    Value isEvent = arith::CmpFOp::create(e.b, arith::CmpFPredicate::UNE, x, zero);
    Value next = arith::AddIOp::create(
        e.b, n, arith::IndexCastUIOp::create(e.b, e.b.getIndexType(), isEvent));
    scf::YieldOp::create(e.b, next);
  }
  memref::StoreOp::create(e.b, arith::IndexCastOp::create(e.b, e.b.getI64Type(), op.getResult(0)),
                          count, first);
}

//===-- sources
//------------------------------------------------------------------------------------===//

// A position in a sorted list of steps, kept in the state: moves on while the step at it is not
// after now; `each` gets each position that is passed. Returns the position after.
static Value advance(Emitter &e, const std::string &name, ArrayRef<int64_t> steps,
                     function_ref<void(Value)> each) {
  AbiArray position = e.allocate(name + ".position", {1}, e.b.getI64Type());
  std::vector<double> numbers(steps.begin(), steps.end());
  Value list =
      e.global(name + ".steps", {static_cast<int64_t>(steps.size())}, e.b.getI64Type(), numbers);
  Value where = e.view(position), first = e.index(0), size = e.index(steps.size());
  Value start = arith::IndexCastOp::create(e.b, e.b.getIndexType(),
                                           memref::LoadOp::create(e.b, where, first));
  auto op = scf::WhileOp::create(e.b, TypeRange{e.b.getIndexType()}, ValueRange{start});
  Block *before = e.b.createBlock(&op.getBefore(), {}, {e.b.getIndexType()}, {e.b.getLoc()});
  Value k = before->getArgument(0);
  Value inside = arith::CmpIOp::create(e.b, arith::CmpIPredicate::ult, k, size);
  // Behind the end the last entry is read, and not used.
  Value safe = arith::MinUIOp::create(e.b, k, e.index(static_cast<int64_t>(steps.size()) - 1));
  Value due = arith::CmpIOp::create(e.b, arith::CmpIPredicate::sle,
                                    memref::LoadOp::create(e.b, list, safe), e.now);
  scf::ConditionOp::create(e.b, arith::AndIOp::create(e.b, inside, due), k);
  Block *after = e.b.createBlock(&op.getAfter(), {}, {e.b.getIndexType()}, {e.b.getLoc()});
  each(after->getArgument(0));
  scf::YieldOp::create(e.b, ValueRange{e.add(after->getArgument(0), e.index(1))});
  e.b.setInsertionPointAfter(op);
  memref::StoreOp::create(e.b, arith::IndexCastOp::create(e.b, e.b.getI64Type(), op.getResult(0)),
                          where, first);
  return op.getResult(0);
}

static void emitSpikeTrains(Emitter &e, const std::string &name, SpikeTrainsAttr trains,
                            Value output) {
  e.fill(output, e.constant(0, e.sumType));
  std::vector<int64_t> steps = readIntegers(trains.getSteps());
  if (steps.empty())
    return;
  Value neurons = e.global(name + ".neurons", {static_cast<int64_t>(steps.size())},
                           e.b.getI64Type(), readNumbers(trains.getNeurons()));
  advance(e, name, steps, [&](Value k) {
    Value i = arith::IndexCastOp::create(e.b, e.b.getIndexType(),
                                         memref::LoadOp::create(e.b, neurons, k));
    Value one = e.add(memref::LoadOp::create(e.b, output, i), e.constant(1, e.sumType));
    memref::StoreOp::create(e.b, one, output, i);
  });
}

static void emitCurrent(Emitter &e, const std::string &name, CurrentAttr current, Value output,
                        int64_t size) {
  int64_t rows = current.getStarts().size();
  std::vector<double> values = readNumbers(current.getValues());
  int64_t columns = values.size() / rows;
  // Row 0 stands for the time before the first start.
  values.insert(values.begin(), columns, 0.0);
  Value row = advance(e, name, current.getStarts(), [](Value) {});
  Value table = e.global(name + ".values", {rows + 1, columns}, e.sumType, values);
  e.loop(e.index(0), e.index(size), [&](Value i) {
    Value column = columns == 1 ? e.index(0) : i;
    memref::StoreOp::create(e.b, memref::LoadOp::create(e.b, table, ValueRange{row, column}),
                            output, i);
  });
}

// Counts by inversion: neuro_r5. Entry k is the least 32-bit draw whose count is greater than k, so
// the count of a draw is the number of entries that are not greater than it. Empty if there are too
// many.
static std::vector<uint32_t> poissonThresholds(double mean) {
  std::vector<uint32_t> thresholds;
  double term = std::exp(-mean), sum = term;
  for (int64_t count = 0; thresholds.size() <= 48;) {
    // The least draw above the sum; (draw + 0.5) * 2^-32 is exact.
    double draw = std::max(0.0, std::floor(sum * 0x1p32 - 0.5) + 1);
    if (draw > 4294967295.0)
      return thresholds;
    ++count;
    term = term * mean / static_cast<double>(count);
    if (!(sum + term > sum))
      return thresholds;
    thresholds.push_back(static_cast<uint32_t>(draw));
    sum += term;
  }
  return {};
}

// One rate for all: a comparison an entry, without branches, which becomes vector code.
static void emitUniformPoisson(Emitter &e, const std::string &name, ArrayRef<uint32_t> thresholds,
                               Value output, int64_t size) {
  Type i32 = e.b.getI32Type(), i64 = e.b.getI64Type();
  auto word = [&](uint32_t value) -> Value {
    return arith::ConstantOp::create(e.b, e.b.getIntegerAttr(i32, APInt(32, value)));
  };
  Value stream = word(streamOf(name));
  e.loop(e.index(0), e.index(size), [&](Value i) {
    Value draw = e.uniformWord(stream, arith::IndexCastOp::create(e.b, i64, i), e.now);
    Value count = word(0);
    for (uint32_t threshold : thresholds) {
      Value passed = arith::CmpIOp::create(e.b, arith::CmpIPredicate::uge, draw, word(threshold));
      count = e.add(count, arith::ExtUIOp::create(e.b, i32, passed));
    }
    memref::StoreOp::create(e.b, arith::SIToFPOp::create(e.b, e.sumType, count), output, i);
  });
}

// As in the interpreter.
static void emitPoisson(Emitter &e, const std::string &name, PoissonAttr poisson, Value output,
                        int64_t size) {
  double dt = e.network.getDt().getValue() * *unitFactor(e.network.getDt().getUnit(), "s");
  std::vector<double> means = readNumbers(poisson.getRate()), exponentials;
  for (double &mean : means) {
    mean *= dt;
    exponentials.push_back(std::exp(-mean));
  }
  if (means.size() == 1)
    if (auto thresholds = poissonThresholds(means[0]); !thresholds.empty())
      return emitUniformPoisson(e, name, thresholds, output, size);
  Type f64 = e.b.getF64Type();
  Value meanTable = e.global(name + ".mean", {static_cast<int64_t>(means.size())}, f64, means);
  Value expTable = e.global(name + ".exp", {static_cast<int64_t>(means.size())}, f64, exponentials);
  Value stream = e.constant(static_cast<int32_t>(streamOf(name)), e.b.getI32Type());
  e.loop(e.index(0), e.index(size), [&](Value i) {
    Value entry = means.size() == 1 ? e.index(0) : i;
    Value mean = memref::LoadOp::create(e.b, meanTable, entry),
          term = memref::LoadOp::create(e.b, expTable, entry);
    Value u = e.uniform(stream, arith::IndexCastOp::create(e.b, e.b.getI64Type(), i), e.now);
    Value one = e.constant(1, f64);
    auto op = scf::WhileOp::create(e.b, TypeRange{f64, f64, f64},
                                   ValueRange{term, term, e.constant(0, f64)});
    SmallVector<Location> locs(3, e.b.getLoc());
    Block *before = e.b.createBlock(&op.getBefore(), {}, {f64, f64, f64}, locs);
    Value next = e.add(before->getArgument(2), one);
    Value nextTerm = arith::DivFOp::create(e.b, e.mul(before->getArgument(0), mean), next);
    Value sum = before->getArgument(1);
    Value above = arith::CmpFOp::create(e.b, arith::CmpFPredicate::OGT, u, sum);
    Value grows = arith::CmpFOp::create(e.b, arith::CmpFPredicate::OGT, e.add(sum, nextTerm), sum);
    scf::ConditionOp::create(e.b, arith::AndIOp::create(e.b, above, grows), before->getArguments());
    Block *after = e.b.createBlock(&op.getAfter(), {}, {f64, f64, f64}, locs);
    Value count = e.add(after->getArgument(2), one);
    Value newTerm = arith::DivFOp::create(e.b, e.mul(after->getArgument(0), mean), count);
    scf::YieldOp::create(e.b, ValueRange{newTerm, e.add(after->getArgument(1), newTerm), count});
    e.b.setInsertionPointAfter(op);
    memref::StoreOp::create(e.b, e.convert(op.getResult(2), e.sumType), output, i);
  });
}

void engram::emitSource(Emitter &e, SourceOp source, NodeArrays &node) {
  std::string name = source.getSymName().str();
  Value output = e.view(*node.output, {node.size});
  if (auto trains = dyn_cast<SpikeTrainsAttr>(source.getKind()))
    emitSpikeTrains(e, name, trains, output);
  else if (auto current = dyn_cast<CurrentAttr>(source.getKind()))
    emitCurrent(e, name, current, output, node.size);
  else if (auto poisson = dyn_cast<PoissonAttr>(source.getKind()))
    emitPoisson(e, name, poisson, output, node.size);
  // What is external the caller has written.
  if (source.getFormat())
    e.elementwise({}, {output}, [&](ValueRange v) {
      Value rounded = fx::FromFloatOp::create(e.b, *source.getFormat(), v[0],
                                              fx::Rounding::NearestEven, Value());
      return SmallVector<Value>{fx::ToFloatOp::create(e.b, e.sumType, rounded)};
    });
  emitEvents(e, node);
}
