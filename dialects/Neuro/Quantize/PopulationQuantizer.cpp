// One population: ports, ranges, formats, program, record.
#include "dialects/Neuro/Quantize/PopulationQuantizer.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

namespace {

class PopulationQuantizer {
public:
  PopulationQuantizer(PopulationOp population, ModelOp original, const ModelSettings &settings,
                      std::optional<fx::Format> output)
      : population(population), settings(settings),
        network(population->getParentOfType<NetworkOp>()), original(original),
        seen(PopulationRanges::of(population)), builder(population.getContext()), output(output) {}

  LogicalResult run();

private:
  struct PortFormat {
    fx::Format format;
    double magnitude = 0, biasError = 0;
  };

  PopulationOp population;
  const ModelSettings &settings;
  NetworkOp network;
  ModelOp original;
  std::optional<PopulationRanges> seen;
  Builder builder;
  std::optional<ModelConstants> constants;
  std::vector<ModelRegion> regions;
  llvm::DenseMap<Value, Range> declared;
  llvm::DenseMap<Value, Range> computed; ///< seen in calibration, with headroom
  llvm::DenseMap<Value, StateRange> states;
  llvm::DenseMap<Value, fx::Format> formats; ///< of states and inputs
  std::map<std::string, PortFormat> ports;
  std::optional<fx::Format> output;
  std::unique_ptr<FixedPointModel> target;

  SmallVector<ProjectionOp> projectionsInto(InputOp input);
  LogicalResult choosePort(InputOp input);
  void roundBiases(InputOp input, PortFormat &port);
  LogicalResult chooseStates();
  std::optional<int> fractionBitsOf(StringRef state) const;
  /// States that are whole numbers in every step.
  llvm::DenseSet<Value> wholeStates();
  void chooseOutput(ModelRegion &emit);
  void analyze(ModelRegion &region);
  LogicalResult declare();
  LogicalResult writeRegion(ModelRegion &region);
  std::string newName();
  void setParameters();
  void record();
};

} // namespace

//===-- ports -----------------------------------------------------------------------------===//

SmallVector<ProjectionOp> PopulationQuantizer::projectionsInto(InputOp input) {
  SmallVector<ProjectionOp> result;
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
    if (projection.getTarget() == population.getSymName() && portOf(projection, original) == input)
      result.push_back(projection);
  return result;
}

// The finest step of the products; a finer one for biases, as far as the accumulator has bits.
LogicalResult PopulationQuantizer::choosePort(InputOp input) {
  FailureOr<PortBound> bound = boundOf(population, modelOf(population).findInput(input.getName()));
  if (failed(bound))
    return failure();
  SmallVector<ProjectionOp> projections = projectionsInto(input);
  PortFormat port;
  port.magnitude = bound->magnitude;
  Range worst{-bound->magnitude, bound->magnitude};
  int fraction = projections.empty() ? 0 : bound->fractionBits;
  // The largest sum is a number of the format.
  auto integerBits = [&](Range sums, int fraction) {
    int bits = integerBitsOf(sums, /*isSigned=*/true);
    return bits + (sums.high > std::ldexp(1.0, bits - 1) - std::ldexp(1.0, -fraction));
  };
  int integer = integerBits(worst, fraction);
  std::vector<double> biases;
  for (ProjectionOp projection : projections)
    if (projection.getBias())
      llvm::append_range(biases, readNumbers(*projection.getBias()));
  int forBias = formatOfValues(biases, settings.parameterBits).fractionBits;
  fraction = std::max(fraction, std::min(forBias, settings.accumulatorBits - integer));
  integer = integerBits(worst, fraction);

  Range range = worst;
  std::optional<Range> wide;
  if (seen)
    if (auto found = seen->inputs.find(input.getName().str());
        found != seen->inputs.end() && !found->second.empty()) {
      wide = found->second.widened(settings.headroom).intersect(worst);
      range = *wide;
    }
  int most = settings.accumulatorBits - fraction;
  if (integer > most) {
    int needed = wide ? integerBits(*wide, fraction) : integer;
    if (needed > most)
      population.emitWarning() << "port '" << input.getName() << "' of '" << population.getSymName()
                               << "' needs " << needed + fraction << " bits, accumulators have "
                               << settings.accumulatorBits
                               << "; fewer bits of weights or inputs would do";
    integer = std::max(most, needed);
  }
  // One bit is the least that a number has.
  integer = std::max(integer, 2 - fraction);
  if (integer + fraction > static_cast<int>(maxFixedPointWidth))
    return population.emitOpError()
           << "port '" << input.getName() << "' needs " << integer + fraction << " bits, limit is "
           << maxFixedPointWidth;
  port.format = {/*isSigned=*/true, integer, fraction};
  roundBiases(input, port);
  formats[input] = port.format;
  declared[input] = range.intersect(rangeOf(port.format));
  ports[input.getName().str()] = port;
  return success();
}

void PopulationQuantizer::roundBiases(InputOp input, PortFormat &port) {
  for (ProjectionOp projection : projectionsInto(input)) {
    if (!projection.getBias())
      continue;
    std::vector<double> values = readNumbers(*projection.getBias());
    for (double &value : values) {
      double rounded = std::ldexp(std::nearbyint(std::ldexp(value, port.format.fractionBits)),
                                  -port.format.fractionBits);
      port.biasError = std::max(port.biasError, std::abs(rounded - value));
      value = rounded;
    }
    auto type = cast<ShapedType>(projection.getBias()->getType());
    projection.setBiasAttr(
        makeElements(type.clone(builder.getF64Type()), values,
                     (population.getSymName() + "." + projection.getSymName() + ".bias").str()));
  }
}

//===-- ranges and formats ----------------------------------------------------------------===//

LogicalResult PopulationQuantizer::chooseStates() {
  FailureOr<llvm::DenseMap<Value, StateRange>> ranges =
      rangesOfStates(population, original, *constants, regions, seen, settings.ranges, declared,
                     settings.headroom);
  if (failed(ranges))
    return failure();
  states = std::move(*ranges);
  llvm::DenseSet<Value> whole = wholeStates();
  for (StateOp state : original.getStates()) {
    auto found = states.find(state);
    if (found == states.end())
      continue;
    const auto &[range, from] = found->second;
    std::optional<int> fraction = fractionBitsOf(state.getName());
    formats[state] = formatOfRange(range, settings.stateBits, fraction);
    // A count needs no fraction, and what it is multiplied with no bits for one.
    if (!fraction && whole.contains(state))
      formats[state] = {true, std::min(integerBitsOf(range, true) + 1, settings.stateBits), 0};
    declared[state] = range.intersect(rangeOf(formats[state]));
    if (declared[state].empty())
      declared[state] = rangeOf(formats[state]);
    if (from == "interval")
      population.emitRemark() << "range of state '" << state.getName() << "' of '"
                              << population.getSymName()
                              << "' is a bound by interval arithmetic; neuro-calibrate may find a "
                                 "tighter one";
  }
  return success();
}

llvm::DenseSet<Value> PopulationQuantizer::wholeStates() {
  llvm::DenseSet<Value> whole;
  for (InputOp input : original.getInputs())
    if (formats[input].fractionBits <= 0)
      whole.insert(input);
  for (StateOp state : original.getStates())
    if (FailureOr<std::vector<double>> values = initialValues(population, state);
        succeeded(values) && llvm::all_of(*values, [](double x) { return x == std::trunc(x); }))
      whole.insert(state);
  // What some region makes a fraction is taken away, until nothing is.
  for (bool changed = true; changed;) {
    changed = false;
    for (ModelRegion &region : regions) {
      std::vector<bool> isWhole = region.graph->wholeNodes(whole);
      for (auto [state, node] : region.assigned)
        if (!isWhole[node])
          changed |= whole.erase(state);
    }
  }
  return whole;
}

std::optional<fx::Format> engram::neuro::expectedOutput(PopulationOp population,
                                                        const ModelSettings &settings) {
  std::optional<PopulationRanges> seen = PopulationRanges::of(population);
  if (!seen || seen->output.empty())
    return std::nullopt;
  return formatOfRange(seen->output.widened(settings.headroom), settings.stateBits);
}

std::optional<int> PopulationQuantizer::fractionBitsOf(StringRef state) const {
  for (const std::string &name :
       {(SymbolTable::getSymbolName(population).getValue() + "/" + state).str(), state.str(),
        std::string()})
    if (auto found = settings.fractionBits.find(name); found != settings.fractionBits.end())
      return found->second;
  return std::nullopt;
}

// A state goes out as it is, and so does a port that is not wider than a state.
void PopulationQuantizer::chooseOutput(ModelRegion &emit) {
  const Node &node = emit.graph->nodes[*emit.yielded];
  if (node.kind == Node::Leaf && (isa<StateOp>(node.value.getDefiningOp()) ||
                                  formats[node.value].width() <= settings.stateBits)) {
    output = formats[node.value];
    return;
  }
  Range range = node.range;
  if (seen && !seen->output.empty()) {
    Range both = range.intersect(seen->output.widened(settings.headroom));
    range = both.empty() ? range : both;
  }
  fx::Format format = formatOfRange(range, settings.stateBits);
  if (node.kind == Node::Leaf)
    format.fractionBits = std::min(format.fractionBits, formats[node.value].fractionBits);
  output = format;
}

void PopulationQuantizer::analyze(ModelRegion &region) {
  auto declaredRange = [&](Value value) { return declared.lookup(value); };
  auto seenRange = [&](Value value) {
    auto found = computed.find(value);
    return found == computed.end() ? Range::everything() : found->second;
  };
  propagateRanges(*region.graph, declaredRange, seenRange);
  if (region.name == "emit" && !output)
    chooseOutput(region);
  std::vector<Demand> demands;
  for (auto [state, node] : region.assigned)
    if (formats.count(state))
      demands.push_back({node, rangeOf(formats[state]), stepOf(formats[state]) / 2});
    else
      demands.push_back({node, Range::everything(), HUGE_VAL});
  if (region.yielded)
    demands.push_back({*region.yielded,
                       output && region.name == "emit" ? rangeOf(*output) : Range::everything(),
                       output && region.name == "emit" ? stepOf(*output) / 2 : HUGE_VAL});
  propagateDemand(*region.graph, demands, settings.stateBits);
  // What is not useful need not be held: ranges shrink.
  propagateRanges(*region.graph, declaredRange, seenRange);
}

//===-- the new model ---------------------------------------------------------------------===//

std::string PopulationQuantizer::newName() {
  std::string suffix = ("." + population.getSymName()).str(), name = original.getSymName().str();
  if (!StringRef(name).ends_with(suffix))
    name += suffix;
  Operation *module = network->getParentOp();
  auto isTaken = [&](StringRef name) {
    return SymbolTable::lookupSymbolIn(module, name) != nullptr;
  };
  if (!isTaken(name + ".fx"))
    return name + ".fx";
  unsigned k = 1;
  while (isTaken((name + ".fx" + Twine(k)).str()))
    ++k;
  return (name + ".fx" + Twine(k)).str();
}

LogicalResult PopulationQuantizer::declare() {
  MLIRContext *context = builder.getContext();
  target = std::make_unique<FixedPointModel>(original, newName(), settings);
  NamedAttrList initial(population.getInitial().value_or(DictionaryAttr()));
  for (StateOp state : original.getStates()) {
    Attribute value = state.getValue().value_or(Attribute());
    auto parameter =
        state.getInitial() ? state.getInitial().getDefiningOp<ParameterOp>() : ParameterOp();
    if (parameter && !initial.get(state.getName())) {
      const Constant &numbers = *constants->find(parameter);
      if (numbers.size() == 1)
        value = isa<FloatType>(state.getType())
                    ? Attribute(builder.getF64FloatAttr(numbers[0]))
                    : builder.getIntegerAttr(state.getType(), int64_t(numbers[0]));
      else
        initial.set(state.getName(),
                    makeElements(RankedTensorType::get(*population.getShape(),
                                                       isa<FloatType>(state.getType())
                                                           ? builder.getF64Type()
                                                           : state.getType()),
                                 numbers, (population.getSymName() + "." + state.getName()).str()));
    }
    if (auto number = dyn_cast_or_null<FloatAttr>(value))
      value = builder.getF64FloatAttr(number.getValueAsDouble());
    Type type =
        formats.count(state) ? Type(fx::FixedType::get(context, formats[state])) : state.getType();
    target->declare(state, type, value);
  }
  for (InputOp input : original.getInputs())
    target->declare(input, fx::FixedType::get(context, formats[input]));
  if (!initial.empty())
    population.setInitialAttr(initial.getDictionary(context));
  return success();
}

LogicalResult PopulationQuantizer::writeRegion(ModelRegion &region) {
  OpBuilder ops(builder.getContext());
  ops.setInsertionPointToEnd(&target->model.getBody().front());
  OperationState state(region.op->getLoc(), region.op->getName());
  state.addRegion();
  Operation *op = ops.create(state);
  ops.setInsertionPointToEnd(&op->getRegion(0).emplaceBlock());
  RegionEmitter emitter(*region.graph, *target, ops);
  auto emit = [&](unsigned node, std::optional<fx::Format> format, StringRef name) {
    return format ? emitter.emitAs(node, *format, name) : emitter.emit(node, name);
  };
  SmallVector<Value> values;
  for (auto [state, node] : region.assigned) {
    auto format = formats.find(state);
    FailureOr<Value> value =
        emit(node, format == formats.end() ? std::nullopt : std::optional(format->second),
             state.getDefiningOp<StateOp>().getName());
    if (failed(value))
      return failure();
    values.push_back(*value);
  }
  for (auto [assigned, value] : llvm::zip(region.assigned, values))
    AssignOp::create(ops, region.op->getLoc(), target->valueOf(assigned.first), value);
  if (region.yielded) {
    FailureOr<Value> value =
        emit(*region.yielded, region.name == "emit" ? output : std::nullopt, region.name);
    if (failed(value))
      return failure();
    YieldOp::create(ops, region.op->getLoc(), *value);
  }
  return success();
}

void PopulationQuantizer::setParameters() {
  NamedAttrList values;
  for (const FixedPointModel::Parameter &parameter : target->parameters)
    if (parameter.values.size() > 1)
      values.set(
          parameter.name,
          makeElements(RankedTensorType::get(*population.getShape(), parameter.type.isInteger()
                                                                         ? parameter.type
                                                                         : builder.getF64Type()),
                       parameter.values, (population.getSymName() + "." + parameter.name).str()));
  if (values.empty())
    population.removeParametersAttr();
  else
    population.setParametersAttr(values.getDictionary(builder.getContext()));
  population.setModel(target->model.getSymName());
  population.removeMethodAttr();
}

//===-- the record ------------------------------------------------------------------------===//

void PopulationQuantizer::record() {
  MLIRContext *context = builder.getContext();
  auto entry = [&](fx::Format format) {
    NamedAttrList list;
    list.set("format", TypeAttr::get(fx::FixedType::get(context, format)));
    list.set("step", builder.getF64FloatAttr(stepOf(format)));
    return list;
  };
  NamedAttrList all, stateList, inputList, parameterList;
  for (StateOp state : original.getStates()) {
    auto found = states.find(state);
    if (found == states.end())
      continue;
    NamedAttrList list = entry(formats[state]);
    list.set("range",
             builder.getDenseF64ArrayAttr({found->second.range.low, found->second.range.high}));
    list.set("from", builder.getStringAttr(found->second.from));
    stateList.set(state.getName(), list.getDictionary(context));
  }
  for (auto &[name, port] : ports) {
    NamedAttrList list = entry(port.format);
    list.set("bound", builder.getF64FloatAttr(port.magnitude));
    list.set("bias_error", builder.getF64FloatAttr(port.biasError));
    inputList.set(name, list.getDictionary(context));
  }
  for (const FixedPointModel::Parameter &parameter : target->parameters)
    if (auto type = dyn_cast<fx::FixedType>(parameter.type)) {
      NamedAttrList list = entry(type.getFormat());
      list.set("error", builder.getF64FloatAttr(parameter.error));
      parameterList.set(parameter.name, list.getDictionary(context));
    }
  SmallVector<Attribute> functions;
  for (const FixedPointModel::Approximation &a : target->approximations) {
    NamedAttrList list;
    list.set("name", builder.getStringAttr(a.what));
    list.set("domain", builder.getDenseF64ArrayAttr({a.domain.low, a.domain.high}));
    list.set("pieces", builder.getI64IntegerAttr(static_cast<int64_t>(a.pieces)));
    list.set("step", builder.getF64FloatAttr(a.step));
    list.set("error", builder.getF64FloatAttr(a.error));
    list.set("relative_error", builder.getF64FloatAttr(a.relativeError));
    functions.push_back(list.getDictionary(context));
  }
  all.set("states", stateList.getDictionary(context));
  all.set("inputs", inputList.getDictionary(context));
  all.set("parameters", parameterList.getDictionary(context));
  if (!functions.empty())
    all.set("functions", builder.getArrayAttr(functions));
  all.set("rounding", builder.getStringAttr(fx::stringifyRounding(settings.rounding)));
  population->setAttr(stateErrorAttrName, all.getDictionary(context));
  if (seen) {
    // Positions of operations have changed.
    seen->regions.clear();
    population->setAttr(rangesAttrName, seen->toAttr(context));
  }
}

LogicalResult PopulationQuantizer::run() {
  FailureOr<ModelConstants> evaluated = ModelConstants::create(population, original);
  if (failed(evaluated))
    return failure();
  constants = std::move(*evaluated);
  FailureOr<std::vector<ModelRegion>> built = buildRegions(original, *constants);
  if (failed(built))
    return failure();
  regions = std::move(*built);
  for (InputOp input : original.getInputs())
    if (failed(choosePort(input)))
      return failure();
  if (seen)
    for (ModelRegion &region : regions) {
      std::vector<Value> results = resultsOf(region.op);
      const std::vector<Range> &ranges = seen->regions[region.name];
      // Another program than the one that was calibrated says nothing about this one.
      if (ranges.size() == results.size())
        for (auto [value, range] : llvm::zip(results, ranges))
          if (!range.empty())
            computed[value] = range.widened(settings.headroom);
    }
  if (failed(chooseStates()))
    return failure();
  for (ModelRegion &region : regions)
    analyze(region);
  if (failed(declare()))
    return failure();
  for (ModelRegion &region : regions)
    if (failed(writeRegion(region))) {
      target->model.erase();
      return failure();
    }
  setParameters();
  record();
  return success();
}

LogicalResult engram::neuro::quantizePopulation(PopulationOp population, ModelOp original,
                                                const ModelSettings &settings,
                                                std::optional<fx::Format> output) {
  return PopulationQuantizer(population, original, settings, output).run();
}
