// Bounds of the sums at ports of fixed-point type.
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "runtime/NumberText.h"
#include "runtime/Philox.h"
#include <cmath>
#include <map>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

// fx_n7
int PortBound::accumulatorBits() const {
  double steps = std::ldexp(magnitude, fractionBits);
  return 1 + static_cast<int>(std::ceil(std::log2(steps + 1)));
}

// The largest count that neuro_r5 can give: that of the largest draw.
static int64_t largestCount(double mean) {
  double u = uniform01(UINT32_MAX), term = std::exp(-mean), sum = term;
  int64_t count = 0;
  while (u > sum && sum + term * mean / static_cast<double>(count + 1) > sum) {
    ++count;
    term = term * mean / static_cast<double>(count);
    sum += term;
  }
  return count;
}

static int64_t largestCount(NetworkOp network, PoissonAttr poisson) {
  double dt = network.getDt().getValue() * *unitFactor(network.getDt().getUnit(), "s");
  int64_t largest = 0;
  for (double rate : readNumbers(poisson.getRate()))
    largest = std::max(largest, largestCount(rate * dt));
  return largest;
}

static int64_t largestCount(SpikeTrainsAttr trains) {
  std::map<std::pair<int64_t, int64_t>, int64_t> counts;
  std::vector<int64_t> steps = readIntegers(trains.getSteps()),
                       neurons = readIntegers(trains.getNeurons());
  int64_t largest = 0;
  for (auto [step, neuron] : llvm::zip(steps, neurons))
    largest = std::max(largest, ++counts[{step, neuron}]);
  return largest;
}

fx::FixedType engram::neuro::outputFormatOf(NetworkOp network, StringRef name) {
  MLIRContext *context = network.getContext();
  auto counts = [&](int64_t largest) {
    int bits = std::max(1u, llvm::Log2_64_Ceil(static_cast<uint64_t>(largest) + 1));
    return fx::FixedType::get(context, fx::Format{/*isSigned=*/false, bits, 0});
  };
  Operation *op = network.lookupSymbol(name);
  if (auto source = dyn_cast<SourceOp>(op)) {
    if (source.getFormat())
      return cast<fx::FixedType>(*source.getFormat());
    if (auto trains = dyn_cast<SpikeTrainsAttr>(source.getKind()))
      return counts(largestCount(trains));
    if (auto poisson = dyn_cast<PoissonAttr>(source.getKind()))
      return counts(largestCount(network, poisson));
    return {};
  }
  ModelOp model = modelOf(cast<PopulationOp>(op));
  if (!model)
    return {};
  if (auto emit = model.find<EmitOp>())
    return dyn_cast<fx::FixedType>(
        cast<YieldOp>(emit.getBody().front().back()).getValue().getType());
  return counts(1);
}

// The largest sum of |weight| over the synapses of one target: the norm that bounds a linear map.
static double largestRowSum(ConnectorInterface connector, ArrayRef<int64_t> from,
                            ArrayRef<int64_t> to) {
  Attribute attr = connector;
  auto weight = [](Attribute number) { return std::abs(readNumbers(number).front()); };
  // Random pairs need no drawing: no target has more synapses than these.
  if (auto all = dyn_cast<AllToAllAttr>(attr))
    return static_cast<double>(numElements(from)) * weight(all.getWeight());
  if (auto some = dyn_cast<FixedProbabilityAttr>(attr))
    return static_cast<double>(numElements(from)) * weight(some.getWeight());
  if (auto degree = dyn_cast<FixedIndegreeAttr>(attr))
    return static_cast<double>(degree.getIndegree()) * weight(degree.getWeight());
  std::vector<double> sums(numElements(to));
  connector.expand(from, to, {},
                   [&](int64_t, int64_t i, double weight) { sums[i] += std::abs(weight); });
  return *llvm::max_element(sums);
}

static double magnitudeOf(fx::Format format) {
  return std::max(fx::toDouble(format.maxRaw(), format), -fx::toDouble(format.minRaw(), format));
}

FailureOr<PortBound> engram::neuro::boundOf(ProjectionOp projection) {
  auto network = projection->getParentOfType<NetworkOp>();
  if (!projection.getFormat())
    return projection.emitOpError()
           << "expected a format of the weights ('as'), since port '"
           << portOf(projection,
                     modelOf(cast<PopulationOp>(network.lookupSymbol(projection.getTarget()))))
                  .getName()
           << "' of '" << projection.getTarget() << "' is a fixed-point number";
  fx::FixedType output = outputFormatOf(network, projection.getSource());
  if (!output)
    return projection.emitOpError()
           << "expected source '" << projection.getSource() << "' to put out fixed-point numbers";
  int weightFraction = cast<fx::FixedType>(*projection.getFormat()).getFractionBits();
  PortBound bound{output.getFractionBits(), magnitudeOf(output.getFormat())};
  SmallVector<Attribute> maps{projection.getConnector()};
  if (auto compose = dyn_cast<ComposeAttr>(maps[0]))
    maps = llvm::to_vector(compose.getMaps());
  SmallVector<int64_t> from(*shapeOf(network, projection.getSource()));
  for (auto [k, map] : llvm::enumerate(maps)) {
    auto connector = cast<ConnectorInterface>(map);
    SmallVector<int64_t> to(*shapeOf(network, projection.getTarget()));
    if (k + 1 < maps.size())
      to = **connector.inferTargetShape(from, [&] { return projection.emitOpError(); });
    if (connector.isLinear()) {
      bound.magnitude *= largestRowSum(connector, from, to);
    } else {
      fx::Format format = output.getFormat();
      FailureOr<double> largest =
          connector.largestSum(std::ldexp(magnitudeOf(format), format.fractionBits),
                               format.minRaw() < 0, [&] { return projection.emitOpError(); });
      if (failed(largest))
        return failure();
      bound.magnitude = std::ldexp(*largest, -bound.fractionBits - weightFraction);
    }
    if (auto pool = dyn_cast<PoolAttr>(map))
      bound.fractionBits +=
          pool.getKind() == PoolKind::Mean ? llvm::Log2_64_Ceil(numElements(pool.getKernel())) : 0;
    else
      bound.fractionBits += weightFraction;
    from = to;
  }
  double largestBias = 0;
  if (projection.getBias())
    for (double bias : readNumbers(*projection.getBias()))
      largestBias = std::max(largestBias, std::abs(bias));
  bound.magnitude += largestBias;
  return bound;
}

FailureOr<PortBound> engram::neuro::boundOf(PopulationOp population, InputOp port) {
  auto network = population->getParentOfType<NetworkOp>();
  PortBound total;
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>()) {
    if (projection.getTarget() != population.getSymName() ||
        portOf(projection, modelOf(population)) != port)
      continue;
    FailureOr<PortBound> bound = boundOf(projection);
    if (failed(bound))
      return failure();
    total.fractionBits = std::max(total.fractionBits, bound->fractionBits);
    total.magnitude += bound->magnitude;
  }
  return total;
}

static LogicalResult verifyPort(PopulationOp population, InputOp port) {
  auto network = population->getParentOfType<NetworkOp>();
  auto type = cast<fx::FixedType>(port.getType());
  FailureOr<PortBound> bound = boundOf(population, port);
  if (failed(bound))
    return failure();
  if (bound->fractionBits > type.getFractionBits())
    return population.emitOpError()
           << "port '" << port.getName() << "' gets sums of " << bound->fractionBits
           << " fraction bits, its type " << type << " has " << type.getFractionBits();
  int mantissa = network.sumType().getFPMantissaWidth();
  if (bound->accumulatorBits() > mantissa + 1)
    return population.emitOpError()
           << "port '" << port.getName() << "' needs sums of " << bound->accumulatorBits()
           << " bits, limit is " << mantissa + 1 << " for " << network.sumType();
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
    if (projection.getTarget() == population.getSymName() && projection.getBias() &&
        portOf(projection, modelOf(population)) == port)
      for (double bias : readNumbers(*projection.getBias()))
        if (std::ldexp(bias, type.getFractionBits()) !=
            std::trunc(std::ldexp(bias, type.getFractionBits())))
          return projection.emitOpError()
                 << "expected 'bias' to be multiples of the step of port '" << port.getName()
                 << "', 2^" << -type.getFractionBits() << ", got " << shortestNumber(bias);
  return success();
}

LogicalResult engram::neuro::verifyFixedPointPorts(NetworkOp network) {
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>()) {
    if (projection.getConnector().isLinear())
      continue;
    ModelOp model = modelOf(cast<PopulationOp>(network.lookupSymbol(projection.getTarget())));
    if (model && !isFixedPoint(portOf(projection, model).getType()))
      return projection.emitOpError() << "expected the port to be a fixed-point number, since the "
                                         "connector adds whole steps; run neuro-quantize";
  }
  for (PopulationOp population : network.getBody().getOps<PopulationOp>())
    if (ModelOp model = modelOf(population))
      for (InputOp input : model.getInputs())
        if (isFixedPoint(input.getType()) && failed(verifyPort(population, input)))
          return failure();
  return success();
}
