// From the IR to neurons, synapses and tables; PackageCores.cpp makes cores of them.
#include "backends/SpiNNaker/CompilePackage.h"
#include "backends/SpiNNaker/PackageCompiler.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"
#include "lowering/NCoreToAer/TableIR.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::spinnaker;

FailureOr<MachineShape> engram::spinnaker::shapeOf(ncore::TargetAttr attr, Location location) {
  ncore::Target target = ncore::targetOf(attr);
  auto refuse = [&](const Twine &why) {
    return emitError(location) << "target '" << target.name << "' is no SpiNNaker machine: " << why;
  };
  if (!target.isHexagonal())
    return refuse("expected a hexagonal grid");
  if (target.coresPerRouter > 152)
    return refuse("expected at most 152 cores a router, got " + Twine(target.coresPerRouter));
  if (target.populations != 1)
    return refuse("expected one population a core");
  if (target.neurons < 1 || target.neurons > CORE_NEURONS)
    return refuse("expected 1 to 256 neurons a core, got " + Twine(target.neurons));
  if (target.keyBits > 32)
    return refuse("expected keys of at most 32 bits, got " + Twine(target.keyBits));
  MachineShape shape;
  shape.target = target.name;
  // 18 processors, one of them the monitor, are what a route of SpiNNaker 1 has bits for.
  shape.version = target.coresPerRouter > 17 ? 2 : 1;
  shape.width = target.gridX;
  shape.height = target.gridY;
  shape.wraps = target.wraps();
  shape.coresPerChip = target.coresPerRouter;
  for (ncore::Router router : target.absent)
    shape.absent.push_back({router.x, router.y});
  for (ncore::LinkPlace link : target.deadLinks)
    shape.deadLinks.push_back({link.x, link.y, link.link});
  if (target.stepSeconds > 0)
    shape.stepSeconds = target.stepSeconds;
  return shape;
}

//===-- what there is --===//

LogicalResult PackageCompiler::findParts() {
  FailureOr<aer::RoutedNetwork> found = aer::RoutedNetwork::find(network);
  if (failed(found))
    return failure();
  routed = std::move(*found);
  FailureOr<MachineShape> shape = shapeOf(routed.target, network.getLoc());
  if (failed(shape))
    return failure();
  result.machine = *shape;
  target = ncore::targetOf(routed.target);
  result.network = network.getSymName().str();
  FailureOr<aer::MappedNetwork> senders = aer::MappedNetwork::create(routed.mapping);
  if (failed(senders))
    return failure();
  mapped = std::move(*senders);
  return neuro::verifyFixedPointPorts(network);
}

LogicalResult PackageCompiler::placeNeurons() {
  for (auto op : network.getOps<neuro::PopulationOp>()) {
    FailureOr<UpdateProgram> program = compileUpdate(op);
    if (failed(program))
      return failure();
    populationNumbers[op.getSymNameAttr()] = populations.size();
    CompiledPopulation &population = populations.emplace_back();
    population.op = op;
    population.program = std::move(*program);
    population.places.resize(neuro::numElements(*op.getShape()));
  }
  for (auto probe : network.getOps<neuro::ProbeOp>()) {
    auto found = populationNumbers.find(probe.getTargetAttr().getAttr());
    if (found == populationNumbers.end() || probe.getVariable() == "spikes")
      continue;
    CompiledPopulation &population = populations[found->second];
    (probe.getVariable() == "output" ? population.recordsOutputs : population.recordsStates) = true;
  }
  for (ncore::CoreOp op : mapped->cores) {
    size_t slices = llvm::range_size(op.getSlices());
    if (slices != 1)
      return op.emitOpError() << "needs " << slices << " populations, limit is 1";
    auto number = static_cast<uint32_t>(cores.size());
    NeuronCore &core = cores.emplace_back();
    core.op = op;
    ncore::SliceOp slice = *op.getSlices().begin();
    core.population = populationNumbers.lookup(slice.getPopulationAttr().getAttr());
    ArrayRef<int64_t> ranges = slice.getRanges();
    core.ranges.assign(ranges.begin(), ranges.end());
    for (size_t r = 0; r < ranges.size(); r += 2)
      for (int64_t i = ranges[r]; i < ranges[r + 1]; ++i) {
        populations[core.population].places[i] = {number,
                                                  static_cast<uint32_t>(core.neurons.size())};
        core.neurons.push_back(i);
      }
    if (core.neurons.size() > CORE_NEURONS)
      return op.emitOpError() << "needs " << core.neurons.size() << " neurons, limit is "
                              << static_cast<int>(CORE_NEURONS);
  }
  return success();
}

LogicalResult PackageCompiler::addSourceList() {
  for (auto op : network.getOps<neuro::SourceOp>()) {
    sourceNumbers[op.getSymNameAttr()] = sources.size();
    CompiledSource source;
    source.op = op;
    if (fx::FixedType format = neuro::outputFormatOf(network, op.getSymName())) {
      source.fractionBits = format.getFractionBits();
      if (format.getWidth() > 32)
        return op.emitOpError() << "needs payloads of " << format.getWidth()
                                << " bits, limit is 32";
    }
    sources.push_back(source);
  }
  // Whether a source sends a tick later is known before its synapses are made.
  for (auto projection : network.getOps<neuro::ProjectionOp>()) {
    auto found = sourceNumbers.find(projection.getSourceAttr().getAttr());
    if (found == sourceNumbers.end())
      continue;
    std::vector<int64_t> delays = neuro::delayStepsOf(projection);
    auto [least, most] = std::minmax_element(delays.begin(), delays.end());
    CompiledSource &source = sources[found->second];
    source.leastDelay = std::min(source.leastDelay, *least);
    source.longestDelay = std::max(source.longestDelay, *most);
  }
  for (CompiledSource &source : sources)
    if (source.lag() && source.leastDelay < 1)
      return source.op.emitOpError() << "needs delays of 0 to " << source.longestDelay
                                     << " steps, limit is 15 beside one of 0";
  return success();
}

//===-- synapses --===//

LogicalResult PackageCompiler::addProjections() {
  for (auto projection : network.getOps<neuro::ProjectionOp>())
    if (failed(addProjection(projection)))
      return failure();
  addEmptyRows();
  return success();
}

LogicalResult PackageCompiler::checkDelays(neuro::ProjectionOp op,
                                           const std::vector<int64_t> &delays) {
  auto [least, most] = std::minmax_element(delays.begin(), delays.end());
  if (populationNumbers.count(op.getSourceAttr().getAttr()) && *least < 1)
    return op.emitOpError() << "expected a delay of at least 1 step between populations; run "
                               "ncore-map-delays";
  if (*most > CORE_SLOTS)
    return op.emitOpError() << "needs a delay of " << *most << " steps, limit is "
                            << static_cast<int>(CORE_SLOTS);
  return success();
}

/// The number of a projection's port among those that are fed; failure if its sums do not fit.
FailureOr<uint32_t> PackageCompiler::portOf(neuro::ProjectionOp op,
                                            const CompiledPopulation &target) {
  neuro::InputOp input = neuro::portOf(op, neuro::modelOf(target.op));
  auto found = llvm::find(target.program.ports, input);
  if (!input || found == target.program.ports.end() || !op.getFormat() ||
      !neuro::outputFormatOf(network, op.getSource()))
    return op.emitOpError() << "expected a fixed-point network; run neuro-quantize";
  auto type = cast<fx::FixedType>(input.getType());
  FailureOr<neuro::PortBound> bound = neuro::boundOf(target.op, input);
  if (failed(bound))
    return failure();
  if (int bits = neuro::PortBound{static_cast<int>(type.getFractionBits()), bound->magnitude}
                     .accumulatorBits();
      bits > 32)
    return op.emitOpError() << "port '" << input.getName() << "' of '" << op.getTarget()
                            << "' needs sums of " << bits << " bits, limit is 32";
  return static_cast<uint32_t>(found - target.program.ports.begin());
}

LogicalResult PackageCompiler::addProjection(neuro::ProjectionOp op) {
  StringAttr sourceName = op.getSourceAttr().getAttr();
  CompiledPopulation &target = populations[populationNumbers.lookup(op.getTargetAttr().getAttr())];
  FailureOr<uint32_t> port = portOf(op, target);
  std::vector<int64_t> delays = neuro::delayStepsOf(op);
  if (failed(port) || failed(checkDelays(op, delays)))
    return failure();
  auto source = sourceNumbers.find(sourceName);
  bool isSource = source != sourceNumbers.end();
  // Sources are a step ahead of the neurons, unless they send a tick later.
  int64_t ahead = isSource && !sources[source->second].lag() ? 1 : 0;
  auto portType = cast<fx::FixedType>(target.program.ports[*port].getType());
  fx::FixedType output = neuro::outputFormatOf(network, op.getSource());
  int weightFraction = cast<fx::FixedType>(*op.getFormat()).getFractionBits();
  // A weight of a composition is a product of one weight of each map.
  if (auto maps = dyn_cast<neuro::ComposeAttr>(Attribute(op.getConnector())))
    weightFraction *= static_cast<int>(maps.getMaps().size());
  int shift = portType.getFractionBits() - output.getFractionBits() - weightFraction;
  std::vector<int32_t> senderOf = mapped->senderOfNeurons(sourceName);
  const CompiledPopulation *sender =
      isSource ? nullptr : &populations[populationNumbers.lookup(sourceName)];
  neuro::expandSynapses(op, [&](int64_t j, int64_t i, double weight, size_t entry) {
    if (weight == 0)
      return;
    NeuronPlace place = target.places[i];
    auto number = static_cast<size_t>(senderOf[j]);
    sending.insert(number);
    if (isSource)
      sources[source->second].isUsed = true;
    CoreSynapse synapse;
    synapse.neuron = place.neuron;
    synapse.port = *port;
    synapse.delay = static_cast<uint32_t>(delays[entry] + ahead);
    // A format may have more fraction bits than its weights use.
    synapse.shift = static_cast<uint32_t>(std::max(shift, 0));
    synapse.weight = static_cast<int64_t>(std::ldexp(weight, weightFraction + std::min(shift, 0)));
    cores[place.core].content.synapses.add(number, mapped->senders[number].neurons,
                                           sender ? sender->places[j].neuron : j, synapse);
  });
  if (op.getBias())
    addBias(op, target, *port, portType.getFractionBits());
  return success();
}

/// Packets may come from senders without a synapse here (aer_p5): the core has to know their keys.
void PackageCompiler::addEmptyRows() {
  aer::Destinations destinations = mapped->destinations(aer::drawsOf(routed.routes));
  for (size_t sender : sending)
    for (uint32_t core : destinations.of(sender))
      cores[core].content.synapses.rows.try_emplace(sender, mapped->senders[sender].neurons);
}

// A bias arrives in each step from that on in which its projection first delivers.
void PackageCompiler::addBias(neuro::ProjectionOp op, CompiledPopulation &target, uint32_t port,
                              int fraction) {
  int64_t first = neuro::delayStepsOf(op)[0] + neuro::startOfSource(op);
  std::vector<uint32_t> &all = target.biases[{static_cast<uint32_t>(first), port}];
  all.resize(target.places.size());
  for (auto [i, value] : llvm::enumerate(neuro::readNumbers(*op.getBias())))
    all[i] += static_cast<uint32_t>(static_cast<int64_t>(std::ldexp(value, fraction)));
}

//===-- routes --===//

LogicalResult PackageCompiler::addTables() {
  result.defaultRoutes = routed.routes.getDefaultRoutes();
  int64_t limit = target.tableEntries ? target.tableEntries : INT64_MAX;
  bool fits = true;
  for (auto table : routed.routes.getOps<aer::TableOp>()) {
    PackageChip chip;
    chip.x = table.router().x;
    chip.y = table.router().y;
    for (aer::EntryOp op : table.getEntries()) {
      RouteEntry entry;
      entry.key = static_cast<uint32_t>(op.getKey());
      entry.mask = static_cast<uint32_t>(op.getMask());
      for (int64_t link : op.getLinks())
        entry.addLink(static_cast<int>(link));
      for (int64_t core : op.getCores())
        entry.addCore(static_cast<int>(core));
      chip.table.push_back(entry);
    }
    if (static_cast<int64_t>(chip.table.size()) > limit) {
      table.emitOpError() << "needs " << chip.table.size() << " entries, limit is " << limit;
      fits = false;
    }
    result.chips.push_back(std::move(chip));
  }
  return success(fits);
}

FailureOr<Package> engram::spinnaker::compilePackage(neuro::NetworkOp network,
                                                     const PackageOptions &options) {
  return PackageCompiler(network, options).run();
}
