// The interpreter. The numbers neuro_s… are those of docs/spec.md.
#include "backends/Reference/Interpreter.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"
#include <cmath>
#include <numeric>

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::reference;

//===-- set-up
//-------------------------------------------------------------------------------------===//

LogicalResult Interpreter::addProjection(ProjectionOp op,
                                         const std::map<std::string, size_t> &names) {
  if (failed(verifyFinite(op)))
    return failure();
  Projection projection;
  Node &source = nodes[names.at(op.getSource().str())];
  projection.target = names.at(op.getTarget().str());
  PopulationState &target = *nodes[projection.target].population;
  FailureOr<size_t> port = target.common().portOf(op);
  if (failed(port))
    return failure();
  projection.port = *port;

  auto network = op->getParentOfType<NetworkOp>();
  RandomKey key{seed, streamOf(op.getSymName())};
  std::vector<int64_t> delays = delayStepsOf(op);
  SmallVector<int64_t> shape(*shapeOf(network, op.getSource())),
      targetShape(*shapeOf(network, op.getTarget()));
  if (failed(op.getConnector().verifyShapes(shape, targetShape, [&] { return op.emitOpError(); })))
    return failure();
  SmallVector<Attribute> attrs{op.getConnector()};
  auto crossbar = dyn_cast<xbar::CrossbarAttr>(attrs[0]);
  if (crossbar) {
    if (failed(addCrossbar(op, crossbar, projection)))
      return failure();
    attrs.clear();
  } else if (auto compose = dyn_cast<ComposeAttr>(attrs[0]))
    attrs = llvm::to_vector(compose.getMaps());
  for (size_t k = 0; k < attrs.size(); ++k) {
    Attribute attr = attrs[k];
    auto connector = cast<ConnectorInterface>(attr);
    bool last = k + 1 == attrs.size();
    SmallVector<int64_t> next(targetShape);
    if (!last)
      next = **connector.inferTargetShape(shape, [&] { return op.emitOpError(); });
    Map map(numElements(shape));
    auto add = [&](int64_t j, int64_t i, double weight, size_t entry) {
      map[j].push_back({i, round(weight), last ? delays[entry] : 0});
    };
    // neuro_s10: a connector is its expansion. The maps of a composition have one delay.
    if (attrs.size() == 1)
      expandSynapses(op, add);
    else
      connector.expand(shape, next, key,
                       [&](int64_t j, int64_t i, double weight) { add(j, i, weight, 0); });
    projection.maps.push_back(std::move(map));
    projection.mapSizes.push_back(numElements(next));
    shape = next;
  }
  if (op.getBias()) {
    projection.bias = readNumbers(*op.getBias());
    projection.biasDelay = delays[0];
  }
  target.reserve(projection.port, *llvm::max_element(delays));
  source.projections.push_back(projections.size());
  projections.push_back(std::move(projection));
  return success();
}

// xbar_c5, xbar_c6: formats and bounds have been seen to before (neuro_d7).
LogicalResult Interpreter::addCrossbar(ProjectionOp op, xbar::CrossbarAttr crossbar,
                                       Projection &projection) {
  if (failed(boundOf(op)))
    return failure();
  auto network = op->getParentOfType<NetworkOp>();
  projection.crossbar =
      std::make_unique<xbar::CrossbarArray>(crossbar, seed, streamOf(op.getSymName()));
  projection.delay = delayStepsOf(op)[0];
  projection.firstStep = startOfSource(op);
  projection.outputFraction = outputFormatOf(network, op.getSource()).getFractionBits();
  projection.sumFraction =
      projection.outputFraction + cast<fx::FixedType>(*op.getFormat()).getFractionBits();
  return success();
}

FailureOr<std::unique_ptr<Interpreter>> Interpreter::create(NetworkOp network) {
  auto result = std::make_unique<Interpreter>();
  result->seed = network.getSeed();
  result->single = network.sumType().isF32();
  FailureOr<SmallVector<Operation *>> schedule = scheduleOf(network);
  if (failed(schedule))
    return failure();
  std::map<std::string, size_t> names;
  for (Operation *op : *schedule)
    names.insert({SymbolTable::getSymbolName(op).str(), names.size()});
  result->nodes.resize(schedule->size());
  int inputs = 0;
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
    if (auto source = dyn_cast<SourceOp>(op)) {
      int input = isa<ExternalAttr>(source.getKind()) ? inputs++ : -1;
      node.source = std::make_unique<SourceState>(source, numElements(*shape), input);
      continue;
    }
    auto program = PopulationProgram::create(cast<PopulationOp>(op));
    if (failed(program))
      return failure();
    std::vector<int64_t> all(numElements(*shape));
    std::iota(all.begin(), all.end(), int64_t(0));
    node.population = std::make_unique<PopulationState>(*program, std::move(all));
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
      probe.slot = node.population->slotOf(op.getVariable());
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
  for (Node &node : nodes)
    if (node.source)
      node.source->reset();
    else
      node.population->reset();
}

//===-- a step
//-------------------------------------------------------------------------------------===//

// neuro_s3: sources and populations in the order of the schedule, each followed by its projections.
void Interpreter::step(const std::vector<const double *> &inputs) {
  for (Node &node : nodes) {
    if (node.source)
      node.source->step(now, inputs);
    else
      node.population->step(now);
    // neuro_s12: what leaves a population before its start is lost, biases too.
    if (node.population && now < node.population->common().start)
      continue;
    for (size_t projection : node.projections)
      deliver(projections[projection], node.output());
  }
  ++now;
}

// neuro_s8: contributions are added one after another: sources ascending, the bias last. Each
// product and each sum is rounded (neuro_s9).
void Interpreter::deliver(Projection &projection, const std::vector<double> &output) {
  PopulationState &population = *nodes[projection.target].population;
  auto add = [&](int64_t target, int64_t delay, double value) {
    population.add(projection.port, target, now + delay, value);
  };
  if (projection.crossbar)
    drive(projection, output);
  std::vector<double> x = output;
  for (size_t k = 0; k + 1 < projection.maps.size(); ++k) {
    std::vector<double> y(projection.mapSizes[k]);
    for (size_t j = 0; j < x.size(); ++j)
      for (const Synapse &synapse : projection.maps[k][j])
        y[synapse.target] = round(y[synapse.target] + round(synapse.weight * x[j]));
    x = std::move(y);
  }
  for (size_t j = 0; j < x.size() && !projection.maps.empty(); ++j)
    if (x[j] != 0)
      for (const Synapse &synapse : projection.maps.back()[j])
        add(synapse.target, synapse.delay, synapse.weight * x[j]);
  for (size_t i = 0; i < projection.bias.size(); ++i)
    add(i, projection.biasDelay, projection.bias[i]);
}

// xbar_s2 to xbar_s5: what was driven in a step is converted in the same step.
void Interpreter::drive(Projection &projection, const std::vector<double> &output) {
  PopulationState &population = *nodes[projection.target].population;
  for (size_t j = 0; j < output.size(); ++j)
    if (output[j] != 0)
      projection.crossbar->drive(
          j, static_cast<int64_t>(std::ldexp(output[j], projection.outputFraction)),
          now - projection.firstStep);
  projection.crossbar->convert([&](int64_t target, int64_t sum) {
    population.add(projection.port, target, now + projection.delay,
                   std::ldexp(static_cast<double>(sum), -projection.sumFraction));
  });
}

//===-- read-out
//-----------------------------------------------------------------------------------===//

void Interpreter::readSpikes(size_t population, double *out) const {
  const std::vector<double> &spikes = nodes[populations[population]].spikes();
  std::copy(spikes.begin(), spikes.end(), out);
}

// neuro_s11: what is so at the end of the step.
void Interpreter::readProbe(size_t k, double *out) const {
  const Probe &probe = probes[k];
  const Node &node = nodes[probe.node];
  auto value = [&](int64_t i) {
    return probe.slot     ? node.population->slots[i][*probe.slot]
           : probe.spikes ? node.spikes()[i]
                          : node.output()[i];
  };
  if (probe.neurons.empty())
    for (int64_t i = 0; i < networkInfo.probes[k].size; ++i)
      out[i] = value(i);
  else
    for (int64_t neuron : probe.neurons)
      *out++ = value(neuron);
}
