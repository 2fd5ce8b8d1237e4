// Values a neuron, steps of delay, order of a step.
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "runtime/NumberText.h"
#include <cmath>
#include <set>

using namespace mlir;
using namespace engram::neuro;
namespace fx = engram::fx;

FailureOr<ModelOp> engram::neuro::requireModel(PopulationOp population) {
  if (!population.getShape())
    return population.emitOpError() << "expected a shape; run neuro-infer-shapes";
  ModelOp model = modelOf(population);
  if (!model)
    return population.emitOpError() << "model '" << population.getModel()
                                    << "' is not in the module; run neuro-inline-library";
  return model;
}

static FailureOr<std::vector<double>> resolve(PopulationOp population, Attribute attr,
                                              StringRef name, StringRef unit, Type type) {
  auto network = population->getParentOfType<NetworkOp>();
  RandomKey key{network.getSeed(), streamOf((population.getSymName() + "/" + name).str())};
  auto values = valuesOf(attr, numElements(*population.getShape()), unit, key,
                         [&] { return population.emitOpError() << "'" << name << "': "; });
  if (failed(values))
    return failure();
  auto fixed = dyn_cast<fx::FixedType>(type);
  for (double &value : *values)
    value = fixed          ? roundTo(fixed.getFormat(), value)
            : type.isF32() ? static_cast<float>(value)
                           : value;
  return values;
}

FailureOr<std::vector<double>> engram::neuro::parameterValues(PopulationOp population,
                                                              ParameterOp parameter) {
  Attribute attr = population.getParameters() ? population.getParameters()->get(parameter.getName())
                                              : Attribute();
  if (!attr)
    attr = parameter.getValue().value_or(Attribute());
  if (!attr)
    return population.emitOpError()
           << "expected a value for parameter '" << parameter.getName() << "'";
  auto values = resolve(population, attr, parameter.getName(), parameter.getUnit().value_or("1"),
                        parameter.getType());
  if (succeeded(values) && parameter.getPositive())
    for (double value : *values)
      if (!(value > 0))
        return population.emitOpError()
               << "expected '" << parameter.getName() << "' to be positive, got "
               << engram::shortestNumber(value);
  return values;
}

FailureOr<std::vector<double>> engram::neuro::initialValues(PopulationOp population,
                                                            StateOp state) {
  Attribute attr =
      population.getInitial() ? population.getInitial()->get(state.getName()) : Attribute();
  if (!attr && state.getInitial())
    return parameterValues(population, state.getInitial().getDefiningOp<ParameterOp>());
  if (!attr)
    attr = state.getValue().value_or(Attribute());
  if (!attr)
    return std::vector<double>{0.0};
  return resolve(population, attr, state.getName(), state.getUnit().value_or("1"), state.getType());
}

double engram::neuro::timeStepOf(NetworkOp network, ModelOp model) {
  QuantityAttr dt = network.getDt();
  return dt.getValue() *
         (model.getTimeUnit() ? *unitFactor(dt.getUnit(), *model.getTimeUnit()) : 1.0);
}

int64_t engram::neuro::refractorySteps(double time, double timeStep) {
  double steps = std::round(time / timeStep);
  return steps > 0 ? static_cast<int64_t>(std::min(steps, double(maxRefractorySteps))) : 0;
}

std::vector<int64_t> engram::neuro::delayStepsOf(ProjectionOp projection) {
  if (!projection.getDelay())
    return {0};
  if (auto time = dyn_cast<QuantityAttr>(*projection.getDelay())) {
    QuantityAttr dt = projection->getParentOfType<NetworkOp>().getDt();
    return {
        std::llround(time.getValue() * *unitFactor(time.getUnit(), dt.getUnit()) / dt.getValue())};
  }
  return readIntegers(*projection.getDelay());
}

// Delays one a synapse have the layout of the weights: a matrix, one a neuron, or a list.
void engram::neuro::expandSynapses(ProjectionOp projection,
                                   function_ref<void(int64_t, int64_t, double, size_t)> synapse) {
  auto network = projection->getParentOfType<NetworkOp>();
  ConnectorInterface connector = projection.getConnector();
  SmallVector<int64_t> from(*shapeOf(network, projection.getSource())),
      to(*shapeOf(network, projection.getTarget()));
  bool uniform = !isa_and_nonnull<ElementsAttr>(projection.getDelay().value_or(Attribute()));
  bool isMatrix = isa<DenseAttr>(Attribute(connector));
  bool isPairs = isa<OneToOneAttr>(Attribute(connector));
  int64_t sources = numElements(from), listed = 0;
  connector.expand(from, to, {network.getSeed(), streamOf(projection.getSymName())},
                   [&](int64_t j, int64_t i, double weight) {
                     int64_t entry = isMatrix ? i * sources + j : isPairs ? i : listed;
                     ++listed;
                     synapse(j, i, weight, uniform ? 0 : static_cast<size_t>(entry));
                   });
}

// neuro_d5: an infinite weight times an output of zero is no number where it is computed, and zero
// where a silent source is passed over.
static LogicalResult verifyFinite(ProjectionOp projection, StringRef name, Attribute numbers) {
  if (numbers && !llvm::all_of(readNumbers(numbers), [](double x) { return std::isfinite(x); }))
    return projection.emitOpError() << "expected '" << name << "' to be finite";
  return success();
}

LogicalResult engram::neuro::verifyFinite(ProjectionOp projection) {
  SmallVector<Attribute> maps{projection.getConnector()};
  if (auto compose = dyn_cast<ComposeAttr>(maps[0]))
    maps = llvm::to_vector(compose.getMaps());
  for (Attribute map : maps)
    if (failed(::verifyFinite(projection, "weights", cast<ConnectorInterface>(map).weightsAttr())))
      return failure();
  return ::verifyFinite(projection, "bias", projection.getBias().value_or(ElementsAttr()));
}

SmallVector<ProjectionOp> engram::neuro::projectionsFrom(NetworkOp network, StringRef name) {
  SmallVector<ProjectionOp> result;
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
    if (projection.getSource() == name)
      result.push_back(projection);
  return result;
}

// A cycle among the operations that could not be ordered, as 'a' -> 'b' -> 'a'.
static std::string describeCycle(const std::vector<std::set<size_t>> &successors,
                                 const std::vector<Operation *> &ops,
                                 const std::set<size_t> &left) {
  std::vector<size_t> path{*left.begin()};
  // Walk backwards, so that every step stays among the unordered.
  while (true) {
    size_t previous =
        *llvm::find_if(left, [&](size_t k) { return successors[k].count(path.back()); });
    bool seen = llvm::is_contained(path, previous);
    path.push_back(previous);
    if (seen) {
      path.erase(path.begin(), llvm::find(path, previous));
      break;
    }
  }
  std::reverse(path.begin(), path.end());
  return llvm::join(
      llvm::map_range(
          path, [&](size_t k) { return "'" + SymbolTable::getSymbolName(ops[k]).str() + "'"; }),
      " -> ");
}

FailureOr<SmallVector<Operation *>> engram::neuro::scheduleOf(NetworkOp network) {
  std::vector<Operation *> ops;
  std::map<StringRef, size_t> indices;
  for (Operation &op : network.getBody().front())
    if (isa<SourceOp, PopulationOp>(op)) {
      indices[SymbolTable::getSymbolName(&op).getValue()] = ops.size();
      ops.push_back(&op);
    }
  std::vector<std::set<size_t>> successors(ops.size());
  std::vector<size_t> waiting(ops.size());
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
    if (projection.mayBeImmediate() &&
        successors[indices[projection.getSource()]].insert(indices[projection.getTarget()]).second)
      ++waiting[indices[projection.getTarget()]];
  std::set<size_t> ready, left;
  for (size_t k = 0; k < ops.size(); ++k) {
    left.insert(k);
    if (waiting[k] == 0)
      ready.insert(k);
  }
  SmallVector<Operation *> order;
  while (!ready.empty()) {
    size_t next = *ready.begin();
    ready.erase(ready.begin());
    left.erase(next);
    order.push_back(ops[next]);
    for (size_t successor : successors[next])
      if (--waiting[successor] == 0)
        ready.insert(successor);
  }
  if (!left.empty())
    return network.emitOpError() << "cycle without delay: " << describeCycle(successors, ops, left);
  return order;
}

FailureOr<NetworkOp> engram::neuro::findNetwork(Operation *module, StringRef name) {
  NetworkOp found;
  for (NetworkOp network : module->getRegion(0).getOps<NetworkOp>()) {
    if (!name.empty() && network.getSymName() != name)
      continue;
    if (found)
      return module->emitError() << "expected one network, found '" << found.getSymName()
                                 << "' and '" << network.getSymName() << "'; name one";
    found = network;
  }
  if (!found)
    return module->emitError() << "expected a network" << (name.empty() ? "" : " '" + name + "'");
  return found;
}

engram::NetworkInfo engram::neuro::describeNetwork(NetworkOp network) {
  NetworkInfo info;
  info.name = network.getSymName().str();
  info.dtSeconds = network.getDt().getValue() * *unitFactor(network.getDt().getUnit(), "s");
  auto shape = [&](StringRef name) { return shapeOf(network, name)->vec(); };
  for (Operation &op : network.getBody().front()) {
    std::string name = SymbolTable::getSymbolName(&op).str();
    if (auto source = dyn_cast<SourceOp>(op)) {
      if (isa<ExternalAttr>(source.getKind()))
        info.inputs.push_back({name, shape(name), numElements(shape(name))});
    } else if (auto population = dyn_cast<PopulationOp>(op)) {
      bool spiking = static_cast<bool>(modelOf(population).find<FireOp>());
      info.populations.push_back({name, shape(name), numElements(shape(name)), spiking});
    } else if (auto probe = dyn_cast<ProbeOp>(op)) {
      std::vector<int64_t> neurons =
          probe.getNeurons() ? probe.getNeurons()->vec() : std::vector<int64_t>();
      std::vector<int64_t> target = shape(probe.getTarget());
      int64_t size = probe.getNeurons() ? neurons.size() : numElements(target);
      info.probes.push_back({name, probe.getTarget().str(), probe.getVariable().str(),
                             std::move(neurons), std::move(target), size,
                             static_cast<int64_t>(probe.getEvery())});
    }
  }
  return info;
}
