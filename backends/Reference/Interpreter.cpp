// The interpreter. The numbers neuro_s… are those of docs/spec.md.
#include "backends/Reference/Interpreter.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/IR/Units.h"
#include "runtime/Philox.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::reference;

//===-- set-up
//-------------------------------------------------------------------------------------===//

static std::optional<fx::Format> formatOf(InputOp input) {
  auto type = dyn_cast<fx::FixedType>(input.getType());
  return type ? std::optional(type.getFormat()) : std::nullopt;
}

LogicalResult Interpreter::addSource(SourceOp op, Node &node) {
  node.kind = op.getKind();
  node.stream = streamOf(op.getSymName());
  if (op.getFormat())
    node.format = cast<fx::FixedType>(*op.getFormat()).getFormat();
  if (isa<ExternalAttr>(node.kind)) {
    node.input = externalSources++;
  } else if (auto trains = dyn_cast<SpikeTrainsAttr>(node.kind)) {
    node.steps = readIntegers(trains.getSteps());
    node.neurons = readIntegers(trains.getNeurons());
  } else if (auto poisson = dyn_cast<PoissonAttr>(node.kind)) {
    node.numbers = readNumbers(poisson.getRate());
  } else {
    auto current = cast<CurrentAttr>(node.kind);
    node.steps.assign(current.getStarts().begin(), current.getStarts().end());
    node.numbers = readNumbers(current.getValues());
  }
  return success();
}

LogicalResult Interpreter::addPopulation(PopulationOp op, Node &node) {
  FailureOr<ModelOp> model = requireModel(op);
  if (failed(model))
    return failure();
  node.model = *model;
  FailureOr<ModelProgram> program = ModelProgram::compile(node.model);
  if (failed(program))
    return failure();
  node.program = std::make_unique<ModelProgram>(std::move(*program));
  node.stream = streamOf(op.getSymName());
  node.start = startOf(op);
  node.timeStep = timeStepOf(op->getParentOfType<NetworkOp>(), node.model);
  node.initial.assign(node.size, node.program->initialSlots());
  auto fill = [&](Value value, FailureOr<std::vector<double>> numbers) -> LogicalResult {
    if (failed(numbers))
      return failure();
    for (int64_t i = 0; i < node.size; ++i)
      node.initial[i][node.program->slotOf(value)] =
          numbers->size() == 1 ? (*numbers)[0] : (*numbers)[i];
    return success();
  };
  for (ParameterOp parameter : node.model.getParameters())
    if (failed(fill(parameter, parameterValues(op, parameter))))
      return failure();
  for (StateOp state : node.model.getStates())
    if (failed(fill(state, initialValues(op, state))))
      return failure();
  for (InputOp input : node.model.getInputs())
    node.ports.push_back({node.program->slotOf(input), formatOf(input), {}});
  if (auto refractory = node.model.find<RefractoryOp>()) {
    unsigned time = node.program->slotOf(refractory.getTime());
    for (const Slots &slots : node.initial)
      node.refractory.push_back(refractorySteps(slots[time], node.timeStep));
    for (Value held : refractory.getHeld())
      node.held.push_back(node.program->slotOf(held));
  } else {
    node.refractory.assign(node.size, 0);
  }
  if (node.program->dynamics) {
    bool isSingle =
        llvm::any_of(node.model.getStates(), [](StateOp s) { return s.getType().isF32(); });
    node.integrator = std::make_unique<Integrator>(
        *node.program->dynamics, methodOf(op, node.model), node.timeStep, isSingle);
    NeuronContext context{seed, node.stream, 0, 0, node.timeStep};
    if (node.size > 0 && !node.integrator->applies(node.initial[0], context))
      return op.emitOpError() << "method '" << stringifyMethod(methodOf(op, node.model))
                              << "' needs derivatives of model '" << node.model.getSymName()
                              << "' that are linear";
  }
  return success();
}

LogicalResult Interpreter::addProjection(ProjectionOp op,
                                         const std::map<std::string, size_t> &names) {
  if (failed(verifyFinite(op)))
    return failure();
  Projection projection;
  Node &source = nodes[names.at(op.getSource().str())];
  projection.target = names.at(op.getTarget().str());
  Node &target = nodes[projection.target];
  InputOp input = portOf(op, target.model);
  if (!input)
    return failure();
  unsigned slot = target.program->slotOf(input);
  projection.port = llvm::find_if(target.ports, [&](Port &port) { return port.slot == slot; }) -
                    target.ports.begin();

  auto network = op->getParentOfType<NetworkOp>();
  RandomKey key{seed, streamOf(op.getSymName())};
  std::vector<int64_t> delays = delayStepsOf(op);
  SmallVector<int64_t> shape(*shapeOf(network, op.getSource())),
      targetShape(*shapeOf(network, op.getTarget()));
  if (failed(op.getConnector().verifyShapes(shape, targetShape, [&] { return op.emitOpError(); })))
    return failure();
  SmallVector<Attribute> attrs{op.getConnector()};
  if (auto compose = dyn_cast<ComposeAttr>(attrs[0]))
    attrs = llvm::to_vector(compose.getMaps());
  for (size_t k = 0; k < attrs.size(); ++k) {
    Attribute attr = attrs[k];
    auto connector = cast<ConnectorInterface>(attr);
    bool last = k + 1 == attrs.size();
    SmallVector<int64_t> next(targetShape);
    if (!last)
      next = **connector.inferTargetShape(shape, [&] { return op.emitOpError(); });
    int64_t sources = numElements(shape), listed = 0;
    Map map(sources);
    // neuro_s10: a connector is its expansion.
    connector.expand(shape, next, key, [&](int64_t j, int64_t i, double weight) {
      // A delay a synapse has the layout of the weights: a matrix, a list, or one a neuron.
      int64_t index = isa<DenseAttr>(attr) ? i * sources + j : isa<OneToOneAttr>(attr) ? i : listed;
      ++listed;
      map[j].push_back({i, round(weight),
                        !last                ? 0
                        : delays.size() == 1 ? delays[0]
                                             : delays[index]});
    });
    projection.maps.push_back(std::move(map));
    projection.mapSizes.push_back(numElements(next));
    shape = next;
  }
  if (op.getBias()) {
    projection.bias = readNumbers(*op.getBias());
    projection.biasDelay = delays[0];
  }
  int64_t slots = *llvm::max_element(delays) + 1;
  auto &sums = target.ports[projection.port].sums;
  if (static_cast<int64_t>(sums.size()) < slots)
    sums.resize(slots, std::vector<double>(target.size));
  source.projections.push_back(projections.size());
  projections.push_back(std::move(projection));
  return success();
}

FailureOr<std::unique_ptr<Interpreter>> Interpreter::create(NetworkOp network) {
  auto result = std::make_unique<Interpreter>();
  result->seed = network.getSeed();
  result->single = network.sumType().isF32();
  result->dtSeconds = network.getDt().getValue() * *unitFactor(network.getDt().getUnit(), "s");
  FailureOr<SmallVector<Operation *>> schedule = scheduleOf(network);
  if (failed(schedule))
    return failure();
  std::map<std::string, size_t> names;
  for (Operation *op : *schedule)
    names.insert({SymbolTable::getSymbolName(op).str(), names.size()});
  result->nodes.resize(schedule->size());
  // In the order of the text, in which callers see them.
  for (Operation &op : network.getBody().front()) {
    if (!isa<SourceOp, PopulationOp>(op))
      continue;
    std::string name = SymbolTable::getSymbolName(&op).str();
    std::optional<ArrayRef<int64_t>> shape = shapeOf(network, name);
    if (!shape)
      return op.emitOpError() << "expected a shape; run neuro-infer-shapes";
    Node &node = result->nodes[names[name]];
    node.name = name;
    node.size = numElements(*shape);
    node.output.assign(node.size, 0);
    node.spikes.assign(node.size, 0);
    auto source = dyn_cast<SourceOp>(op);
    if (failed(source ? result->addSource(source, node)
                      : result->addPopulation(cast<PopulationOp>(op), node)))
      return failure();
    if (!source)
      result->populations.push_back(names[name]);
  }
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
    if (failed(result->addProjection(projection, names)))
      return failure();
  for (ProbeOp op : network.getBody().getOps<ProbeOp>()) {
    Probe probe;
    probe.node = names[op.getTarget().str()];
    Node &node = result->nodes[probe.node];
    probe.spikes = op.getVariable() == "spikes";
    if (!probe.spikes && op.getVariable() != "output")
      probe.slot = node.program->slotOf(node.model.findState(op.getVariable()));
    if (op.getNeurons())
      probe.neurons.assign(op.getNeurons()->begin(), op.getNeurons()->end());
    result->probes.push_back(std::move(probe));
  }
  if (failed(verifyFixedPointPorts(network)))
    return failure();
  result->networkInfo = describeNetwork(network);
  result->reset();
  return result;
}

void Interpreter::reset() {
  now = 0;
  for (Node &node : nodes) {
    node.slots = node.initial;
    node.counter.assign(node.size, 0);
    std::fill(node.output.begin(), node.output.end(), 0.0);
    std::fill(node.spikes.begin(), node.spikes.end(), 0.0);
    for (Port &port : node.ports)
      for (std::vector<double> &sums : port.sums)
        std::fill(sums.begin(), sums.end(), 0.0);
  }
}

//===-- a step
//-------------------------------------------------------------------------------------===//

// neuro_s3: sources and populations in the order of the schedule, each followed by its projections.
void Interpreter::step(const std::vector<const double *> &inputs) {
  for (Node &node : nodes) {
    // neuro_s12: what arrives before the start is lost.
    if (now < node.start) {
      for (Port &port : node.ports)
        if (!port.sums.empty())
          port.sums[now % port.sums.size()].assign(node.size, 0);
      continue;
    }
    if (node.model)
      stepPopulation(node);
    else
      stepSource(node, inputs);
    for (size_t projection : node.projections)
      deliver(projections[projection], node.output);
  }
  ++now;
}

// neuro_s7: what a source emits.
void Interpreter::stepSource(Node &node, const std::vector<const double *> &inputs) {
  std::fill(node.output.begin(), node.output.end(), 0.0);
  if (isa<ExternalAttr>(node.kind)) {
    if (const double *values = inputs[node.input])
      for (int64_t i = 0; i < node.size; ++i)
        node.output[i] = round(values[i]);
  } else if (isa<SpikeTrainsAttr>(node.kind)) {
    auto [first, last] = std::equal_range(node.steps.begin(), node.steps.end(), now);
    for (auto it = first; it != last; ++it)
      node.output[node.neurons[it - node.steps.begin()]] += 1;
  } else if (isa<PoissonAttr>(node.kind)) {
    for (int64_t i = 0; i < node.size; ++i) {
      double mean = (node.numbers.size() == 1 ? node.numbers[0] : node.numbers[i]) * dtSeconds;
      double u = uniform01(uniform32(seed, node.stream, i, now));
      double term = std::exp(-mean), sum = term;
      int64_t count = 0;
      // The sum stops growing where the terms fall below its last bit.
      while (u > sum && sum + term * mean / (count + 1) > sum) {
        ++count;
        term = term * mean / count;
        sum += term;
      }
      node.output[i] = count;
    }
  } else {
    auto row = std::upper_bound(node.steps.begin(), node.steps.end(), now) - node.steps.begin() - 1;
    int64_t columns = node.numbers.size() / node.steps.size();
    for (int64_t i = 0; row >= 0 && i < node.size; ++i)
      node.output[i] = round(node.numbers[row * columns + (columns == 1 ? 0 : i)]);
  }
  for (int64_t i = 0; i < node.size; ++i) {
    if (node.format)
      node.output[i] = roundTo(*node.format, node.output[i]);
    node.spikes[i] = node.output[i] != 0;
  }
}

// neuro_s2: deliver, receive, integrate, fire, reset, emit; for one neuron after another.
void Interpreter::stepPopulation(Node &node) {
  const ModelProgram &program = *node.program;
  for (int64_t i = 0; i < node.size; ++i) {
    Slots &slots = node.slots[i];
    NeuronContext context{seed, node.stream, i, now - node.start, node.timeStep};
    for (Port &port : node.ports) {
      slots[port.slot] = 0;
      if (!port.sums.empty())
        std::swap(slots[port.slot], port.sums[now % port.sums.size()][i]);
      // neuro_s13: the sum is exact, and saturates once.
      if (port.format)
        slots[port.slot] = roundTo(*port.format, slots[port.slot]);
    }
    // neuro_s5: in the refractory time the held states stay as they are, and the neuron cannot
    // fire.
    bool refractory = node.counter[i] > 0;
    SmallVector<double, 4> held;
    for (unsigned slot : node.held)
      held.push_back(slots[slot]);
    auto putBack = [&] {
      for (size_t k = 0; refractory && k < held.size(); ++k)
        slots[node.held[k]] = held[k];
    };
    if (program.receive)
      program.receive->runAndAssign(slots, context);
    putBack();
    if (node.integrator)
      node.integrator->step(slots, context);
    if (program.update)
      program.update->runAndAssign(slots, context);
    putBack();
    node.counter[i] -= refractory;
    bool fires = false;
    if (program.fire) {
      program.fire->run(slots, context);
      fires = !refractory && slots[*program.fire->yielded] != 0;
    }
    if (fires) {
      node.counter[i] = node.refractory[i];
      if (program.reset)
        program.reset->runAndAssign(slots, context);
    }
    node.spikes[i] = fires;
    node.output[i] = fires;
    if (program.emit) {
      program.emit->run(slots, context);
      node.output[i] = round(slots[*program.emit->yielded]); // in the type of the sums
    }
  }
}

// neuro_s8: contributions are added one after another: sources ascending, the bias last. Each
// product and each sum is rounded (neuro_s9).
void Interpreter::deliver(const Projection &projection, const std::vector<double> &output) {
  Port &port = nodes[projection.target].ports[projection.port];
  auto add = [&](int64_t target, int64_t delay, double value) {
    double &sum = port.sums[(now + delay) % port.sums.size()][target];
    sum = round(sum + round(value));
  };
  std::vector<double> x = output;
  for (size_t k = 0; k + 1 < projection.maps.size(); ++k) {
    std::vector<double> y(projection.mapSizes[k]);
    for (size_t j = 0; j < x.size(); ++j)
      for (const Synapse &synapse : projection.maps[k][j])
        y[synapse.target] = round(y[synapse.target] + round(synapse.weight * x[j]));
    x = std::move(y);
  }
  for (size_t j = 0; j < x.size(); ++j)
    if (x[j] != 0)
      for (const Synapse &synapse : projection.maps.back()[j])
        add(synapse.target, synapse.delay, synapse.weight * x[j]);
  for (size_t i = 0; i < projection.bias.size(); ++i)
    add(i, projection.biasDelay, projection.bias[i]);
}

//===-- read-out
//-----------------------------------------------------------------------------------===//

void Interpreter::readSpikes(size_t population, double *out) const {
  const Node &node = nodes[populations[population]];
  std::copy(node.spikes.begin(), node.spikes.end(), out);
}

// neuro_s11: what is so at the end of the step.
void Interpreter::readProbe(size_t k, double *out) const {
  const Probe &probe = probes[k];
  const Node &node = nodes[probe.node];
  auto value = [&](int64_t i) {
    return probe.slot ? node.slots[i][*probe.slot] : probe.spikes ? node.spikes[i] : node.output[i];
  };
  if (probe.neurons.empty())
    for (int64_t i = 0; i < node.size; ++i)
      out[i] = value(i);
  else
    for (int64_t neuron : probe.neurons)
      *out++ = value(neuron);
}
