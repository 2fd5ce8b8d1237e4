// A machine of cores without a clock: how it comes from the IR.
#include "backends/Reference/CoreMachine.h"
#include "dialects/Aer/IR/RoutedNetwork.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;
using namespace engram::reference;

/// Fills a machine, part by part.
class CoreMachine::Builder {
public:
  Builder(CoreMachine &machine, NetworkOp network) : machine(machine), network(network) {}

  LogicalResult findParts();
  LogicalResult addSources();
  LogicalResult addSlices();
  LogicalResult addProjection(ProjectionOp op);
  void addProbes();
  void addTables();

private:
  /// The block of keys of a neuron, and its place in it.
  struct Origin {
    Sender *sender;
    int64_t neurons; ///< of the block
    int64_t local;
  };

  CoreMachine &machine;
  NetworkOp network;
  aer::RoutedNetwork routed;
  llvm::DenseMap<StringAttr, size_t> sourceNumbers, populationNumbers;
  std::vector<std::shared_ptr<const PopulationProgram>> programs;
  std::map<ncore::CorePlace, int32_t> coreAt;
  std::vector<llvm::DenseMap<uint64_t, size_t>> regionOf; ///< [core]: number by key

  void addBias(ProjectionOp op, size_t port);
  LogicalResult addCrossbar(ProjectionOp op, xbar::CrossbarAttr crossbar, size_t port);
  Origin originOf(StringAttr name, int64_t neuron);
  Region &region(uint32_t core, const Origin &origin);
};

LogicalResult CoreMachine::Builder::findParts() {
  FailureOr<aer::RoutedNetwork> found = aer::RoutedNetwork::find(network);
  if (failed(found))
    return failure();
  routed = std::move(*found);
  machine.target = ncore::targetOf(routed.target);
  return success();
}

LogicalResult CoreMachine::Builder::addSources() {
  for (auto source : network.getOps<SourceOp>()) {
    if (!source.getShape())
      return source.emitOpError() << "expected a shape; run neuro-infer-shapes";
    sourceNumbers[source.getSymNameAttr()] = machine.sourceSenders.size();
    Sender sender;
    sender.key = routed.blockOf(source.getSymNameAttr()).getKey();
    machine.sourceSenders.push_back(sender);
  }
  machine.sources = sourceStatesOf(network);
  for (ncore::HostOp host : routed.mapping.getHosts())
    for (auto source : host.getSources().getAsRange<FlatSymbolRefAttr>())
      machine.sourceSenders[sourceNumbers.lookup(source.getAttr())].router =
          machine.target.indexOf(*host.router());
  return success();
}

LogicalResult CoreMachine::Builder::addSlices() {
  for (auto population : network.getOps<PopulationOp>()) {
    auto program = PopulationProgram::create(population);
    if (failed(program))
      return failure();
    populationNumbers[population.getSymNameAttr()] = programs.size();
    programs.push_back(*program);
    machine.populations.emplace_back((*program)->initial.size());
  }
  for (ncore::CoreOp core : routed.mapping.getCores()) {
    auto number = static_cast<uint32_t>(machine.cores.size());
    coreAt[*core.corePlace()] = static_cast<int32_t>(number);
    Core &result = machine.cores.emplace_back();
    std::vector<Sender> &senders = machine.coreSenders.emplace_back();
    for (ncore::SliceOp slice : core.getSlices()) {
      StringAttr name = slice.getPopulationAttr().getAttr();
      size_t population = populationNumbers.lookup(name);
      std::vector<int64_t> neurons;
      ArrayRef<int64_t> ranges = slice.getRanges();
      for (size_t r = 0; r < ranges.size(); r += 2)
        for (int64_t i = ranges[r]; i < ranges[r + 1]; ++i) {
          machine.populations[population][i] = {number, static_cast<uint32_t>(result.slices.size()),
                                                static_cast<uint32_t>(neurons.size())};
          neurons.push_back(i);
        }
      result.slices.emplace_back(programs[population], std::move(neurons));
      Sender sender;
      sender.key = routed.blockOf(name, core.getSymNameAttr()).getKey();
      sender.router = machine.target.indexOf(core.corePlace()->router());
      senders.push_back(sender);
    }
  }
  regionOf.resize(machine.cores.size());
  return success();
}

CoreMachine::Builder::Origin CoreMachine::Builder::originOf(StringAttr name, int64_t neuron) {
  auto source = sourceNumbers.find(name);
  if (source != sourceNumbers.end())
    return {&machine.sourceSenders[source->second],
            static_cast<int64_t>(machine.sources[source->second].output.size()), neuron};
  Place place = machine.populations[populationNumbers.lookup(name)][neuron];
  return {&machine.coreSenders[place.core][place.slice],
          machine.cores[place.core].slices[place.slice].size(), place.neuron};
}

CoreMachine::Region &CoreMachine::Builder::region(uint32_t core, const Origin &origin) {
  std::vector<Region> &regions = machine.cores[core].regions;
  auto [found, isNew] = regionOf[core].try_emplace(origin.sender->key, regions.size());
  if (isNew) {
    regions.emplace_back().key = origin.sender->key;
    regions.back().rows.resize(origin.neurons);
  }
  return regions[found->second];
}

void CoreMachine::Builder::addBias(ProjectionOp op, size_t port) {
  std::vector<double> values = readNumbers(*op.getBias());
  size_t population = populationNumbers.lookup(op.getTargetAttr().getAttr());
  auto source = populationNumbers.find(op.getSourceAttr().getAttr());
  bool early = source == populationNumbers.end();
  int64_t start = early ? 0 : programs[source->second]->start;
  std::map<std::pair<uint32_t, uint32_t>, Bias> parts;
  for (size_t i = 0; i < values.size(); ++i) {
    Place place = machine.populations[population][i];
    auto [part, isNew] = parts.try_emplace({place.core, place.slice});
    Bias &bias = part->second;
    if (isNew)
      bias = {place.slice, static_cast<uint32_t>(port), start, delayStepsOf(op)[0], early, {}};
    // Neurons of a slice ascend, so this is their local order.
    bias.values.push_back(values[i]);
  }
  for (auto &[key, bias] : parts)
    machine.cores[key.first].biases.push_back(std::move(bias));
}

// Each core holds the tiles of the column blocks in which it has targets.
LogicalResult CoreMachine::Builder::addCrossbar(ProjectionOp op, xbar::CrossbarAttr crossbar,
                                                size_t port) {
  if (failed(boundOf(op)))
    return failure();
  StringAttr source = op.getSourceAttr().getAttr();
  size_t population = populationNumbers.lookup(op.getTargetAttr().getAttr());
  const std::vector<Place> &places = machine.populations[population];
  auto from = populationNumbers.find(source);
  bool early = from == populationNumbers.end();
  int output = outputFormatOf(network, source).getFractionBits();
  int sum = output + cast<fx::FixedType>(*op.getFormat()).getFractionBits();
  for (uint32_t number = 0; number < machine.cores.size(); ++number) {
    std::vector<bool> wanted(crossbar.columnBlocks());
    std::vector<std::pair<int32_t, uint32_t>> targets(places.size(), {-1, 0});
    for (size_t i = 0; i < places.size(); ++i)
      if (places[i].core == number) {
        wanted[i / crossbar.getColumns()] = true;
        targets[i] = {static_cast<int32_t>(places[i].slice), places[i].neuron};
      }
    if (!llvm::is_contained(wanted, true))
      continue;
    Core &core = machine.cores[number];
    auto array = static_cast<uint32_t>(core.crossbars.size());
    core.crossbars.push_back(
        {xbar::CrossbarArray(crossbar, network.getSeed(), streamOf(op.getSymName()), wanted),
         early ? 0 : programs[from->second]->start, delayStepsOf(op)[0], early, output, sum,
         static_cast<uint32_t>(port), std::move(targets)});
    for (int64_t j = 0, n = crossbar.numSources(); j < n; ++j) {
      Origin origin = originOf(source, j);
      origin.sender->sends = true;
      Region &found = region(number, origin);
      found.drives.resize(origin.neurons);
      found.drives[origin.local].push_back({array, j});
    }
  }
  return success();
}

LogicalResult CoreMachine::Builder::addProjection(ProjectionOp op) {
  StringAttr source = op.getSourceAttr().getAttr(), target = op.getTargetAttr().getAttr();
  // aer_p6
  if (populationNumbers.count(source) && op.mayBeImmediate())
    return op.emitOpError() << "expected a delay of at least 1 step between populations; run "
                               "neuro-map-delays";
  if (failed(verifyFinite(op)))
    return failure();
  size_t population = populationNumbers.lookup(target);
  FailureOr<size_t> port = programs[population]->portOf(op);
  if (failed(port))
    return failure();
  SmallVector<int64_t> from(*shapeOf(network, source)), to(*shapeOf(network, target));
  ConnectorInterface connector = op.getConnector();
  if (failed(connector.verifyShapes(from, to, [&] { return op.emitOpError(); })))
    return failure();
  std::vector<int64_t> delays = delayStepsOf(op);
  int64_t longest = *llvm::max_element(delays);
  for (Core &core : machine.cores)
    for (PopulationState &slice : core.slices)
      if (&slice.common() == programs[population].get())
        slice.reserve(*port, longest);
  if (op.getBias())
    addBias(op, *port);
  if (auto crossbar = dyn_cast<xbar::CrossbarAttr>(Attribute(connector)))
    return addCrossbar(op, crossbar, *port);
  const PopulationProgram &program = *programs[population];
  expandSynapses(op, [&](int64_t j, int64_t i, double weight, size_t entry) {
    if (weight == 0)
      return;
    Place place = machine.populations[population][i];
    Origin origin = originOf(source, j);
    origin.sender->sends = true;
    region(place.core, origin)
        .rows[origin.local]
        .push_back({place.slice, place.neuron, static_cast<uint32_t>(*port), delays[entry],
                    program.round(weight)});
  });
  return success();
}

void CoreMachine::Builder::addProbes() {
  for (auto op : network.getOps<ProbeOp>()) {
    Probe probe;
    StringAttr target = op.getTargetAttr().getAttr();
    auto source = sourceNumbers.find(target);
    probe.ofSource = source != sourceNumbers.end();
    probe.target = probe.ofSource ? source->second : populationNumbers.lookup(target);
    probe.spikes = op.getVariable() == "spikes";
    if (!probe.spikes && op.getVariable() != "output") {
      const PopulationProgram &program = *programs[probe.target];
      ModelOp model = program.model;
      probe.slot = program.program->slotOf(model.findState(op.getVariable()));
    }
    if (op.getNeurons())
      probe.neurons.assign(op.getNeurons()->begin(), op.getNeurons()->end());
    machine.probes.push_back(std::move(probe));
  }
}

void CoreMachine::Builder::addTables() {
  machine.defaultRoutes = routed.routes.getDefaultRoutes();
  machine.tables.resize(machine.target.gridSize());
  for (auto table : routed.routes.getOps<aer::TableOp>()) {
    ncore::Router router = table.router();
    for (aer::EntryOp op : table.getEntries()) {
      Entry entry{op.getKey(), op.getMask(), {}, {}};
      entry.links.assign(op.getLinks().begin(), op.getLinks().end());
      for (int64_t p : op.getCores()) {
        auto core = coreAt.find({router.x, router.y, static_cast<int>(p)});
        entry.cores.push_back(core == coreAt.end() ? -1 : core->second);
      }
      machine.tables[machine.target.indexOf(router)].push_back(std::move(entry));
    }
  }
  for (Core &core : machine.cores)
    llvm::sort(core.regions, [](const Region &a, const Region &b) { return a.key < b.key; });
}

FailureOr<std::unique_ptr<CoreMachine>> CoreMachine::create(NetworkOp network) {
  auto machine = std::make_unique<CoreMachine>();
  Builder builder(*machine, network);
  if (failed(builder.findParts()) || failed(builder.addSources()) || failed(builder.addSlices()))
    return failure();
  for (auto projection : network.getOps<ProjectionOp>())
    if (failed(builder.addProjection(projection)))
      return failure();
  if (failed(verifyFixedPointPorts(network)))
    return failure();
  builder.addProbes();
  builder.addTables();
  machine->networkInfo = describeNetwork(network);
  machine->reset();
  return machine;
}
