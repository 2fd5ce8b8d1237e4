// Networks: verification, look-up of shapes, models and ports.
#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/OpAssembly.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/IR/Units.h"
#include "runtime/NumberText.h"
#include <cmath>

using namespace mlir;
using namespace engram::neuro;
using namespace engram::neuro::assembly;
namespace fx = engram::fx;

#define GET_OP_CLASSES
#include "dialects/Neuro/IR/NeuroOps.cpp.inc"

//===-- network
//------------------------------------------------------------------------------------===//

// neuro_c1: dt is a positive, finite time. neuro_c2: precision is f32 or f64.
LogicalResult NetworkOp::verify() {
  if (!unitFactor(getDt().getUnit(), "s"))
    return emitOpError() << "expected 'dt' to be in a unit of time, got '" << getDt().getUnit()
                         << "'";
  if (!(getDt().getValue() > 0) || !std::isfinite(getDt().getValue()))
    return emitOpError() << "expected 'dt' to be positive, got "
                         << engram::shortestNumber(getDt().getValue());
  if (getPrecision() && !getPrecision()->isF64() && !getPrecision()->isF32())
    return emitOpError() << "expected 'precision' to be f32 or f64, got " << *getPrecision();
  return success();
}

llvm::StringRef NetworkOp::getDefaultDialect() { return "neuro"; }

FloatType NetworkOp::sumType() {
  return getPrecision() ? cast<FloatType>(*getPrecision()) : Float64Type::get(getContext());
}

// neuro_c3: a network holds sources, populations, projections and probes, and nothing else.
LogicalResult NetworkOp::verifyRegions() {
  for (Operation &op : getBody().front())
    if (!isa<SourceOp, PopulationOp, ProjectionOp, ProbeOp>(op))
      return op.emitOpError() << "is not a part of a network";
  return success();
}

static LogicalResult verifyShapeAttr(Operation *op, std::optional<ArrayRef<int64_t>> shape) {
  // 2^31 neurons keep every flat index in 32 bits.
  int64_t count = 1;
  for (int64_t dim : shape.value_or(ArrayRef<int64_t>())) {
    if (dim < 1)
      return op->emitOpError() << "expected each dimension of 'shape' to be positive, got " << dim;
    if (dim > (int64_t(1) << 31) / count)
      return op->emitOpError() << "expected at most 2^31 neurons";
    count *= dim;
  }
  return success();
}

// neuro_c24: arrays have the bytes that their type asks for.
static LogicalResult verifyResources(Operation *op) {
  WalkResult result = op->getAttrDictionary().walk([&](DenseResourceElementsAttr attr) {
    if (!isNumeric(attr) || hasData(attr))
      return WalkResult::advance();
    op->emitOpError() << "resource '" << attr.getRawHandle().getKey()
                      << "' does not hold the data of a " << attr.getType()
                      << ": it is elided, missing or of another size";
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

// Kinds again, since their own verifiers may have run before their resources were read.
static LogicalResult verifyKind(SourceOp source) {
  auto emit = [&] { return source.emitOpError(); };
  if (auto trains = dyn_cast<SpikeTrainsAttr>(source.getKind()))
    return SpikeTrainsAttr::verify(emit, trains.getSteps(), trains.getNeurons());
  auto poisson = dyn_cast<PoissonAttr>(source.getKind());
  if (!poisson)
    return success();
  if (failed(PoissonAttr::verify(emit, poisson.getRate())))
    return failure();
  // neuro_c25: exp(-mean), the first term of the sum over counts, is a normal number.
  QuantityAttr dt = source->getParentOfType<NetworkOp>().getDt();
  double seconds = dt.getValue() * unitFactor(dt.getUnit(), "s").value_or(0);
  for (double rate : readNumbers(poisson.getRate()))
    if (rate * seconds > 700)
      return source.emitOpError() << "expected 'rate' to be at most 700 spikes a step, got "
                                  << engram::shortestNumber(rate * seconds);
  return success();
}

// neuro_c29: a format is a fixed-point type of which a double holds every number.
static LogicalResult verifyFormat(Operation *op, std::optional<Type> format) {
  if (format && !isFixedPoint(*format))
    return op->emitOpError() << "expected the format to be a fixed-point type of at most "
                             << maxFixedPointWidth << " bits, got " << *format;
  return success();
}

// neuro_c4: a source has a kind; listed spikes and per-neuron values fit its shape.
LogicalResult SourceOp::verify() {
  if (!isa<ExternalAttr, SpikeTrainsAttr, PoissonAttr, CurrentAttr>(getKind()))
    return emitOpError() << "expected the kind external, spike_trains, poisson or current, got "
                         << getKind();
  if (failed(verifyShapeAttr(*this, getShape())) || failed(verifyResources(*this)) ||
      failed(verifyKind(*this)) || failed(verifyFormat(*this, getFormat())))
    return failure();
  if (!getShape())
    return success();
  int64_t count = numElements(*getShape());
  if (auto trains = dyn_cast<SpikeTrainsAttr>(getKind()))
    for (int64_t neuron : readIntegers(trains.getNeurons()))
      if (neuron < 0 || neuron >= count)
        return emitOpError() << "expected 'neurons' to be less than " << count << ", got "
                             << neuron;
  if (auto poisson = dyn_cast<PoissonAttr>(getKind()))
    if (int64_t n = numNumbers(poisson.getRate()); n != 1 && n != count)
      return emitOpError() << "expected 1 or " << count << " rates, got " << n;
  if (auto current = dyn_cast<CurrentAttr>(getKind())) {
    int64_t rows = current.getStarts().size(), n = numNumbers(current.getValues());
    if (n != rows && n != rows * count)
      return emitOpError() << "expected " << rows << " or " << rows * count << " values, got " << n;
  }
  return success();
}

// neuro_c5: the shape of a population is positive.
LogicalResult PopulationOp::verify() {
  if (failed(verifyShapeAttr(*this, getShape())) || failed(verifyResources(*this)))
    return failure();
  // neuro_c28: a start is a step.
  Attribute start = (*this)->getAttr(startAttrName);
  auto step = dyn_cast_or_null<IntegerAttr>(start);
  if (start &&
      (!step || !step.getType().isInteger(64) || step.getInt() < 0 || step.getInt() > maxStart))
    return emitOpError() << "expected '" << startAttrName << "' to be a step from 0 to 2^30, got "
                         << start;
  return success();
}

static std::string namesOf(llvm::iterator_range<Block::op_iterator<ParameterOp>> ops) {
  return llvm::join(
      llvm::map_range(ops, [](ParameterOp op) { return "'" + op.getName().str() + "'"; }), ", ");
}

// neuro_c6: parameters and initial values are the model's, are numbers, and as many as neurons.
LogicalResult PopulationOp::verifySymbolUses(SymbolTableCollection &) {
  ModelOp model = modelOf(*this);
  if (!model)
    return success(); // neuro-inline-library brings it, or says that it is missing
  auto check = [&](NamedAttribute entry, StringRef what, StringRef unit) -> LogicalResult {
    auto emit = [&] {
      return emitOpError() << what << " '" << entry.getName().getValue() << "': ";
    };
    if (auto quantity = dyn_cast<QuantityAttr>(entry.getValue())) {
      if (!unitFactor(quantity.getUnit(), unit))
        return emit() << "cannot convert '" << quantity.getUnit() << "' to '" << unit << "'";
      return success();
    }
    if (isa<UniformAttr, NormalAttr>(entry.getValue()))
      return success();
    if (!isNumeric(entry.getValue()))
      return emit() << "expected a number, a quantity, a distribution or an array of numbers";
    int64_t n = numNumbers(entry.getValue());
    if (n != 1 && getShape() && n != numElements(*getShape()))
      return emit() << "expected 1 or " << numElements(*getShape()) << " numbers, got " << n;
    return success();
  };
  for (NamedAttribute entry : getParameters().value_or(DictionaryAttr::get(getContext()))) {
    ParameterOp parameter = model.findParameter(entry.getName());
    if (!parameter)
      return emitOpError() << "model '" << model.getSymName() << "' has no parameter '"
                           << entry.getName().getValue() << "'; it has "
                           << namesOf(model.getParameters());
    if (failed(check(entry, "parameter", parameter.getUnit().value_or("1"))))
      return failure();
    // neuro_c7: a positive parameter is positive in each neuron.
    if (parameter.getPositive() && isNumeric(entry.getValue()))
      for (double value : readNumbers(entry.getValue()))
        if (!(value > 0))
          return emitOpError() << "expected '" << parameter.getName() << "' to be positive, got "
                               << engram::shortestNumber(value);
  }
  for (ParameterOp parameter : model.getParameters())
    if (!parameter.getValue() && !(getParameters() && getParameters()->get(parameter.getName())))
      return emitOpError() << "expected a value for parameter '" << parameter.getName()
                           << "' of model '" << model.getSymName() << "', which has no default";
  for (NamedAttribute entry : getInitial().value_or(DictionaryAttr::get(getContext()))) {
    StateOp state = model.findState(entry.getName());
    if (!state)
      return emitOpError() << "model '" << model.getSymName() << "' has no state '"
                           << entry.getName().getValue() << "'";
    if (failed(check(entry, "initial value", state.getUnit().value_or("1"))))
      return failure();
  }
  return success();
}

//===-- projection
//---------------------------------------------------------------------------------===//

// Longer rings of sums are a slip of the pen.
static constexpr int64_t maxDelay = 1 << 24;

// neuro_c30: the weights, and those of the maps of a composition, are numbers of the format.
static LogicalResult verifyWeightFormat(ProjectionOp projection) {
  if (!projection.getFormat())
    return success();
  if (failed(verifyFormat(projection, projection.getFormat())))
    return failure();
  fx::Format format = cast<fx::FixedType>(*projection.getFormat()).getFormat();
  SmallVector<Attribute> maps{projection.getConnector()};
  if (auto compose = dyn_cast<ComposeAttr>(maps[0]))
    maps = llvm::to_vector(compose.getMaps());
  for (Attribute map : maps) {
    std::vector<double> weights;
    if (Attribute attr = cast<ConnectorInterface>(map).weightsAttr())
      weights = readNumbers(attr);
    else if (auto pool = dyn_cast<PoolAttr>(map); pool && pool.getKind() == PoolKind::Mean)
      weights = {1.0 / static_cast<double>(numElements(pool.getKernel()))};
    for (double weight : weights)
      if (roundTo(format, weight) != weight)
        return projection.emitOpError()
               << "expected weights of the format " << *projection.getFormat() << ", got "
               << engram::shortestNumber(weight);
  }
  return success();
}

// neuro_c8: a delay is whole steps >= 0, a time >= 0, or an array of steps >= 0.
LogicalResult ProjectionOp::verify() {
  if (failed(verifyResources(*this)))
    return failure();
  // Again, since its own verifier may have run before its resources were read.
  if (auto csr = dyn_cast<CSRAttr>(Attribute(getConnector())))
    if (failed(CSRAttr::verify([&] { return emitOpError(); }, csr.getRowStarts(), csr.getTargets(),
                               csr.getWeights())))
      return failure();
  if (failed(verifyWeightFormat(*this)))
    return failure();
  Attribute delay = getDelay().value_or(Attribute());
  if (!delay)
    return success();
  if (auto time = dyn_cast<QuantityAttr>(delay)) {
    if (!unitFactor(time.getUnit(), "s"))
      return emitOpError() << "expected the delay to be in steps or in a unit of time, got '"
                           << time.getUnit() << "'";
    if (!(time.getValue() >= 0))
      return emitOpError() << "expected the delay not to be negative, got "
                           << engram::shortestNumber(time.getValue());
    QuantityAttr dt = (*this)->getParentOfType<NetworkOp>().getDt();
    std::optional<double> factor = unitFactor(time.getUnit(), dt.getUnit());
    if (factor && !(time.getValue() * *factor <= dt.getValue() * maxDelay))
      return emitOpError() << "expected the delay to be at most 2^24 steps of 'dt', got "
                           << engram::shortestNumber(time.getValue()) << " " << time.getUnit();
    return success();
  }
  if (!isNumeric(delay) || isa<FloatType>(numberType(delay)))
    return emitOpError() << "expected the delay to be whole steps or a time, got " << delay;
  for (int64_t steps : readIntegers(delay))
    if (steps < 0 || steps > maxDelay)
      return emitOpError() << "expected the delay to be 0 to 2^24 steps, got " << steps;
  if (isa<ElementsAttr>(delay)) {
    Attribute weights = getConnector().weightsAttr();
    bool perSynapse = isa<DenseAttr, CSRAttr>(getConnector());
    if (!perSynapse && !isa<OneToOneAttr>(getConnector()))
      return emitOpError() << "expected one delay for all synapses of this connector";
    int64_t synapses = isa<CSRAttr>(getConnector())
                           ? numNumbers(cast<CSRAttr>(getConnector()).getTargets())
                           : numNumbers(weights);
    if (perSynapse && numNumbers(delay) != synapses)
      return emitOpError() << "expected " << synapses << " delays, one a synapse, got "
                           << numNumbers(delay);
  }
  return success();
}

static LogicalResult verifyEnd(Operation *op, StringRef side, StringRef name, bool populationOnly) {
  auto network = op->getParentOfType<NetworkOp>();
  Operation *end = network.lookupSymbol(name);
  if (!end)
    return op->emitOpError() << side << " '" << name << "' is not in the network";
  if (!isa<PopulationOp>(end) && (populationOnly || !isa<SourceOp>(end)))
    return op->emitOpError() << "expected " << side << " '" << name << "' to be a population"
                             << (populationOnly ? "" : " or a source");
  return success();
}

// neuro_c9: both ends exist. neuro_c10: the port is the model's. neuro_c11: the shapes fit the
// connector.
LogicalResult ProjectionOp::verifySymbolUses(SymbolTableCollection &) {
  if (failed(verifyEnd(*this, "source", getSource(), false)) ||
      failed(verifyEnd(*this, "target", getTarget(), true)))
    return failure();
  auto network = (*this)->getParentOfType<NetworkOp>();
  auto target = cast<PopulationOp>(network.lookupSymbol(getTarget()));
  if (ModelOp model = modelOf(target))
    if (!portOf(*this, model))
      return failure();
  std::optional<ArrayRef<int64_t>> from = shapeOf(network, getSource()),
                                   to = shapeOf(network, getTarget());
  if (!from || !to)
    return success();
  if (failed(getConnector().verifyShapes(*from, *to, [&] { return emitOpError(); })))
    return failure();
  // neuro_c12: a bias has one number a target neuron.
  if (getBias() && getBias()->getNumElements() != numElements(*to))
    return emitOpError() << "expected 'bias' to have " << numElements(*to) << " numbers, got "
                         << getBias()->getNumElements();
  if (isa_and_nonnull<ElementsAttr>(getDelay().value_or(Attribute())) &&
      isa<OneToOneAttr>(getConnector()) && numNumbers(*getDelay()) != numElements(*from))
    return emitOpError() << "expected " << numElements(*from) << " delays, one a neuron, got "
                         << numNumbers(*getDelay());
  return success();
}

int64_t ProjectionOp::maxDelaySteps() {
  if (!getDelay())
    return 0;
  std::vector<int64_t> steps = readIntegers(*getDelay());
  return steps.empty() ? 0 : *llvm::max_element(steps);
}

bool ProjectionOp::mayBeImmediate() {
  if (!getDelay())
    return true;
  return llvm::is_contained(delayStepsOf(*this), 0);
}

//===-- probe
//--------------------------------------------------------------------------------------===//

// neuro_c13: a probe names a source or population, one of its variables, and neurons that it has.
LogicalResult ProbeOp::verifySymbolUses(SymbolTableCollection &) {
  if (failed(verifyEnd(*this, "target", getTarget(), false)))
    return failure();
  auto network = (*this)->getParentOfType<NetworkOp>();
  auto population = dyn_cast<PopulationOp>(network.lookupSymbol(getTarget()));
  bool always = getVariable() == "output" || getVariable() == "spikes";
  ModelOp model = population ? modelOf(population) : ModelOp();
  if (!always && !population)
    return emitOpError() << "expected \"spikes\" or \"output\" of a source, got '" << getVariable()
                         << "'";
  if (!always && model && !model.findState(getVariable()))
    return emitOpError() << "model '" << model.getSymName() << "' has no state '" << getVariable()
                         << "'";
  std::optional<ArrayRef<int64_t>> shape = shapeOf(network, getTarget());
  for (int64_t neuron : getNeurons().value_or(ArrayRef<int64_t>()))
    if (neuron < 0 || (shape && neuron >= numElements(*shape)))
      return emitOpError() << "expected 'neurons' to be less than "
                           << (shape ? numElements(*shape) : 0) << ", got " << neuron;
  return success();
}

//===-- look-up
//------------------------------------------------------------------------------------===//

Method engram::neuro::methodOf(PopulationOp population, ModelOp model) {
  if (population.getMethod())
    return *population.getMethod();
  return model.getMethod().value_or(Method::Euler);
}

std::optional<ArrayRef<int64_t>> engram::neuro::shapeOf(NetworkOp network, StringRef name) {
  Operation *op = network.lookupSymbol(name);
  if (auto source = dyn_cast_or_null<SourceOp>(op))
    return source.getShape();
  if (auto population = dyn_cast_or_null<PopulationOp>(op))
    return population.getShape();
  return std::nullopt;
}

ModelOp engram::neuro::modelOf(PopulationOp population) {
  auto network = population->getParentOfType<NetworkOp>();
  Operation *module = network ? network->getParentOp() : nullptr;
  return module ? dyn_cast_or_null<ModelOp>(
                      SymbolTable::lookupSymbolIn(module, population.getModelAttr()))
                : ModelOp();
}

InputOp engram::neuro::portOf(ProjectionOp projection, ModelOp model) {
  auto names = [&] {
    return llvm::join(llvm::map_range(model.getInputs(),
                                      [](InputOp op) { return "'" + op.getName().str() + "'"; }),
                      ", ");
  };
  if (projection.getPort()) {
    InputOp input = model.findInput(*projection.getPort());
    if (!input)
      projection.emitOpError() << "model '" << model.getSymName() << "' has no input '"
                               << *projection.getPort() << "'; it has "
                               << (model.getInputs().empty() ? "none" : names());
    return input;
  }
  if (llvm::range_size(model.getInputs()) == 1)
    return *model.getInputs().begin();
  projection.emitOpError() << "expected 'port': model '" << model.getSymName() << "' has "
                           << (model.getInputs().empty() ? "no inputs" : "the inputs " + names());
  return {};
}
