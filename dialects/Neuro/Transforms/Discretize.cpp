// Time becomes steps: each population gets a discrete copy of its model. Exact integration after
// Rotter and Diesmann, "Exact digital simulation of time-invariant linear systems with applications
// to neuronal modeling", Biol. Cybern. 81 (1999).
#include "dialects/Neuro/Evaluate/LinearSystem.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "dialects/Neuro/Transforms/Linearity.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "mlir/IR/Matchers.h"
#include "runtime/NumberText.h"
#include <cmath>

namespace engram::neuro {
#define GEN_PASS_DEF_DISCRETIZEPASS
#include "dialects/Neuro/Transforms/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;

namespace {

/// The discrete copy of one population's model.
class Discretizer {
public:
  Discretizer(PopulationOp population, ModelOp original, Method method)
      : population(population), network(population->getParentOfType<NetworkOp>()),
        original(original), method(method), h(timeStepOf(network, original)), builder(original) {}

  FailureOr<ModelOp> run() {
    std::string name = (original.getSymName() + "." + population.getSymName()).str();
    // Another network of the module may have a population of this name.
    for (unsigned k = 1; SymbolTable::lookupSymbolIn(network->getParentOp(), name); ++k)
      name = (original.getSymName() + "." + population.getSymName() + "." + Twine(k)).str();
    model = cast<ModelOp>(builder.clone(*original));
    model.setSymName(name);
    model.removeMethodAttr();
    model.removeTimeUnitAttr();
    model.removeDocAttr();
    if (model.find<DynamicsOp>() && failed(integrate()))
      return failure();
    if (model.find<RefractoryOp>() && failed(countRefractory()))
      return failure();
    model.walk([&](TimeStepOp op) {
      builder.setInsertionPoint(op);
      op.replaceAllUsesWith(number(h, op.getType()));
      op.erase();
    });
    setParameters();
    return model;
  }

private:
  PopulationOp population;
  NetworkOp network;
  ModelOp original;
  Method method;
  double h;
  OpBuilder builder;
  ModelOp model;
  SmallVector<std::pair<std::string, std::vector<double>>> newParameters;
  llvm::StringMap<Type> newTypes;

  Value number(double value, Type type) {
    return arith::ConstantOp::create(
        builder, model.getLoc(),
        cast<TypedAttr>(isa<FloatType>(type)
                            ? Attribute(FloatAttr::get(cast<FloatType>(type), value))
                            : IntegerAttr::get(type, static_cast<int64_t>(value))));
  }
  Value add(Value a, Value b) { return arith::AddFOp::create(builder, a.getLoc(), a, b); }
  Value mul(Value a, Value b) { return arith::MulFOp::create(builder, a.getLoc(), a, b); }

  /// Copies what `value` is computed from in a region, at given values of the states.
  Value evaluate(Value value, const IRMapping &states) {
    IRMapping map(states);
    return copySlice(value, map);
  }

  Value copySlice(Value value, IRMapping &map) {
    if (Value known = map.lookupOrNull(value))
      return known;
    Operation *op = value.getDefiningOp();
    if (op->getParentOp() == model.getOperation())
      return value;
    for (Value operand : op->getOperands())
      copySlice(operand, map);
    builder.clone(*op, map);
    return map.lookup(value);
  }

  LogicalResult integrate() {
    auto dynamics = model.find<DynamicsOp>();
    SmallVector<Value> states, derivatives;
    for (DerivativeOp derivative : dynamics.getBody().getOps<DerivativeOp>()) {
      states.push_back(derivative.getState());
      derivatives.push_back(derivative.getValue());
    }
    builder.setInsertionPoint(dynamics);
    auto update = UpdateOp::create(builder, dynamics.getLoc());
    builder.setInsertionPointToEnd(&update.getBody().emplaceBlock());
    FailureOr<SmallVector<Value>> next = step(states, derivatives);
    if (failed(next))
      return failure();
    for (auto [state, value] : llvm::zip(states, *next))
      AssignOp::create(builder, dynamics.getLoc(), state, value);
    dynamics.erase();
    return success();
  }

  FailureOr<SmallVector<Value>> step(ArrayRef<Value> states, ArrayRef<Value> derivatives) {
    switch (method) {
    case Method::Euler:
      return euler(states, derivatives, /*sequential=*/false);
    case Method::SequentialEuler:
      return euler(states, derivatives, /*sequential=*/true);
    case Method::ExponentialEuler:
      return exponentialEuler(states, derivatives);
    case Method::Exact:
      return exact(states, derivatives);
    case Method::RK4:
      return rungeKutta4(states, derivatives);
    }
    return failure();
  }

  // x + h f
  SmallVector<Value> euler(ArrayRef<Value> states, ArrayRef<Value> derivatives, bool sequential) {
    SmallVector<Value> next;
    IRMapping map;
    for (auto [state, derivative] : llvm::zip(states, derivatives)) {
      Value f = evaluate(derivative, map);
      next.push_back(add(state, mul(number(h, state.getType()), f)));
      if (sequential)
        map.map(state, next.back());
    }
    return next;
  }

  // x + (exp(h a) - 1) / a f, or x + h f where a = 0
  FailureOr<SmallVector<Value>> exponentialEuler(ArrayRef<Value> states,
                                                 ArrayRef<Value> derivatives) {
    SmallVector<Value> next;
    IRMapping map;
    for (auto [state, derivative] : llvm::zip(states, derivatives)) {
      if (!isAffine(derivative, state))
        return notLinear(state);
      Value f = copySlice(derivative, map), hValue = number(h, state.getType());
      Value a = coefficientOf(derivative, state, builder, map);
      if (!a) {
        next.push_back(add(state, mul(hValue, f)));
        continue;
      }
      Location loc = derivative.getLoc();
      Value zero = number(0, state.getType());
      Value growth = arith::DivFOp::create(builder, loc,
                                           math::ExpM1Op::create(builder, loc, mul(hValue, a)), a);
      Value isZero = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ, a, zero);
      next.push_back(
          add(state, mul(arith::SelectOp::create(builder, loc, isZero, hValue, growth), f)));
    }
    return next;
  }

  // sum_j E_ij x_j + sum_j P_ij b_j, with E = exp(A h), P its integral, b = f(0)
  FailureOr<SmallVector<Value>> exact(ArrayRef<Value> states, ArrayRef<Value> derivatives) {
    for (auto [state, derivative] : llvm::zip(states, derivatives))
      if (!isAffine(derivative, states))
        return notLinear(state);
    FailureOr<Propagators> propagators = computePropagators(population, original, h);
    if (failed(propagators))
      return failure();
    IRMapping atZero;
    for (Value state : states)
      atZero.map(state, number(0, state.getType()));
    SmallVector<Value> constants, next;
    for (Value derivative : derivatives) {
      Value b = evaluate(derivative, atZero);
      constants.push_back(b);
    }
    size_t n = states.size();
    for (size_t i = 0; i < n; ++i) {
      Value sum;
      auto accumulate = [&](const char *prefix, const std::vector<double> &factors, size_t j,
                            Value term) {
        if (llvm::all_of(factors, [](double f) { return f == 0; }) ||
            matchPattern(term, m_AnyZeroFloat()))
          return;
        auto name = [&](size_t k) { return states[k].getDefiningOp<StateOp>().getName().str(); };
        Value factor = parameter(prefix + name(i) + "_" + name(j), factors, term.getType());
        sum = sum ? add(sum, mul(factor, term)) : mul(factor, term);
      };
      for (size_t j = 0; j < n; ++j)
        accumulate("exp_", propagators->exponential[i * n + j], j, states[j]);
      for (size_t j = 0; j < n; ++j)
        accumulate("int_", propagators->integral[i * n + j], j, constants[j]);
      next.push_back(sum ? sum : number(0, states[i].getType()));
    }
    return next;
  }

  SmallVector<Value> rungeKutta4(ArrayRef<Value> states, ArrayRef<Value> derivatives) {
    SmallVector<SmallVector<Value>> k;
    for (double scale : {0.0, h / 2, h / 2, h}) {
      IRMapping map;
      if (!k.empty())
        for (auto [state, slope] : llvm::zip(states, k.back()))
          map.map(state, add(state, mul(number(scale, state.getType()), slope)));
      SmallVector<Value> slopes;
      for (Value derivative : derivatives)
        slopes.push_back(copySlice(derivative, map));
      k.push_back(slopes);
    }
    SmallVector<Value> next;
    for (auto [i, state] : llvm::enumerate(states)) {
      Value two = number(2, state.getType());
      Value sum = add(add(k[0][i], mul(two, k[1][i])), add(mul(two, k[2][i]), k[3][i]));
      next.push_back(add(state, mul(number(h / 6, state.getType()), sum)));
    }
    return next;
  }

  LogicalResult notLinear(Value state) {
    return population.emitOpError()
           << "method '" << stringifyMethod(method) << "' needs the derivative of '"
           << state.getDefiningOp<StateOp>().getName() << "' in model '" << original.getSymName()
           << "' to be linear; try "
           << (method == Method::Exact ? "exponential_euler or rk4" : "rk4");
  }

  /// A new parameter of the model, with the population's values.
  Value parameter(std::string name, std::vector<double> values, Type type) {
    OpBuilder::InsertionGuard guard(builder);
    name = unused(name);
    builder.setInsertionPointToStart(&model.getBody().front());
    if (llvm::all_equal(values))
      values.resize(1);
    newTypes[name] = type;
    newParameters.push_back({name, std::move(values)});
    return ParameterOp::create(builder, model.getLoc(), type, builder.getStringAttr(name),
                               Attribute(), StringAttr(), UnitAttr(), StringAttr());
  }

  /// A name that nothing of the model has.
  std::string unused(std::string name) {
    while (model.findParameter(name) || model.findState(name) || model.findInput(name))
      name += "_";
    return name;
  }

  // The counter r holds 1 + the steps left when a spike has happened. In each step r is lowered
  // first; while it is positive then, the held states stay and the neuron cannot fire.
  LogicalResult countRefractory() {
    auto refractory = model.find<RefractoryOp>();
    auto time = refractory.getTime().getDefiningOp<ParameterOp>();
    if (!time)
      return refractory.emitOpError() << "expected the refractory time to be a parameter";
    FailureOr<std::vector<double>> times =
        parameterValues(population, original.findParameter(time.getName()));
    if (failed(times))
      return failure();
    std::vector<double> steps;
    for (double value : *times)
      steps.push_back(static_cast<double>(refractorySteps(value, h) + 1));
    Type i32 = builder.getI32Type();
    Value length = parameter("refractory_steps", steps, i32);
    builder.setInsertionPoint(refractory);
    Value counter = StateOp::create(
        builder, refractory.getLoc(), i32, builder.getStringAttr(unused("refractory_counter")),
        builder.getI32IntegerAttr(0), Value(), StringAttr(), StringAttr());
    counter.getDefiningOp()->moveBefore(&model.getBody().front().front());

    Location loc = refractory.getLoc();
    auto compare = [&](arith::CmpIPredicate predicate, Value value, int64_t bound) -> Value {
      return arith::CmpIOp::create(builder, loc, predicate, value, number(bound, i32));
    };
    // In `receive` the counter is not lowered yet.
    SmallVector<Value> held(refractory.getHeld());
    if (auto receive = model.find<ReceiveOp>()) {
      builder.setInsertionPointToStart(&receive.getBody().front());
      hold(receive.getBody(), held, compare(arith::CmpIPredicate::sgt, counter, 1));
    }
    auto update = model.find<UpdateOp>();
    if (!update) {
      builder.setInsertionPoint(model.find<FireOp>());
      update = UpdateOp::create(builder, loc);
      update.getBody().emplaceBlock();
    }
    builder.setInsertionPointToStart(&update.getBody().front());
    Value lowered = arith::SubIOp::create(builder, loc, counter, number(1, i32));
    Value left = arith::SelectOp::create(
        builder, loc, compare(arith::CmpIPredicate::sgt, counter, 0), lowered, counter);
    hold(update.getBody(), held, compare(arith::CmpIPredicate::sgt, left, 0));
    builder.setInsertionPointToEnd(&update.getBody().front());
    AssignOp::create(builder, loc, counter, left);

    auto yield = cast<YieldOp>(model.find<FireOp>().getBody().front().back());
    builder.setInsertionPoint(yield);
    Value free = compare(arith::CmpIPredicate::sle, counter, 0);
    yield.setOperand(arith::AndIOp::create(builder, loc, yield.getValue(), free));
    auto reset = model.find<ResetOp>();
    if (!reset) {
      builder.setInsertionPointAfter(model.find<FireOp>());
      reset = ResetOp::create(builder, loc);
      reset.getBody().emplaceBlock();
    }
    builder.setInsertionPointToEnd(&reset.getBody().front());
    AssignOp::create(builder, loc, counter, length);
    refractory.erase();
    return success();
  }

  /// Assignments to held states keep the old value where the condition is true.
  void hold(Region &region, ArrayRef<Value> held, Value condition) {
    for (AssignOp assign : region.getOps<AssignOp>()) {
      if (!llvm::is_contained(held, assign.getState()))
        continue;
      builder.setInsertionPoint(assign);
      assign.setOperand(1, arith::SelectOp::create(builder, assign.getLoc(), condition,
                                                   assign.getState(), assign.getValue()));
    }
  }

  void setParameters() {
    NamedAttrList values(population.getParameters().value_or(DictionaryAttr()));
    for (auto &[name, numbers] : newParameters) {
      Type type = newTypes[name];
      Attribute attr;
      if (numbers.size() == 1)
        attr = isa<FloatType>(type)
                   ? Attribute(builder.getF64FloatAttr(numbers[0]))
                   : builder.getIntegerAttr(type, static_cast<int64_t>(numbers[0]));
      else
        attr =
            makeElements(RankedTensorType::get(*population.getShape(),
                                               isa<FloatType>(type) ? builder.getF64Type() : type),
                         numbers, (population.getSymName() + "." + name).str());
      values.set(name, attr);
    }
    if (!values.empty())
      population.setParametersAttr(values.getDictionary(builder.getContext()));
    population.setModel(model.getSymName());
    population.removeMethodAttr();
  }
};

struct Discretize : engram::neuro::impl::DiscretizePassBase<Discretize> {
  using DiscretizePassBase::DiscretizePassBase;

  void runOnOperation() override {
    if (!method.empty() && !symbolizeMethod(method)) {
      getOperation().emitError()
          << "expected 'method' to be euler, sequential_euler, exponential_euler, exact or "
             "rk4, got '"
          << method << "'";
      return signalPassFailure();
    }
    SmallVector<ModelOp> originals(getOperation().getOps<ModelOp>());
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      if (failed(discretize(network)))
        return signalPassFailure();
    // By hand: MLIR does not count what a nested symbol table uses of the one around it.
    llvm::SmallDenseSet<ModelOp> used;
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      for (PopulationOp population : network.getBody().getOps<PopulationOp>())
        used.insert(modelOf(population));
    for (ModelOp model : originals)
      if (!used.contains(model))
        model.erase();
  }

  LogicalResult discretize(NetworkOp network) {
    for (PopulationOp population : network.getBody().getOps<PopulationOp>()) {
      FailureOr<ModelOp> required = requireModel(population);
      if (failed(required))
        return failure();
      ModelOp model = *required;
      if (model.isDiscrete()) {
        population.removeMethodAttr();
        continue;
      }
      Method chosen = method.empty() ? methodOf(population, model) : *symbolizeMethod(method);
      if (failed(Discretizer(population, model, chosen).run()))
        return failure();
    }
    for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
      discretizeDelay(projection);
    return success();
  }

  static void discretizeDelay(ProjectionOp projection) {
    auto time = dyn_cast_or_null<QuantityAttr>(projection.getDelay().value_or(Attribute()));
    if (!time)
      return;
    QuantityAttr dt = projection->getParentOfType<NetworkOp>().getDt();
    double exact = time.getValue() * *unitFactor(time.getUnit(), dt.getUnit()) / dt.getValue();
    int64_t steps = delayStepsOf(projection)[0];
    if (std::abs(exact - steps) > 1e-6 * std::max(1.0, exact))
      projection.emitWarning() << "delay of " << engram::shortestNumber(exact)
                               << " steps is rounded to " << steps
                               << "; choose a 'dt' that divides it to keep it exact";
    projection.setDelayAttr(IntegerAttr::get(IntegerType::get(projection.getContext(), 64), steps));
  }
};

} // namespace
