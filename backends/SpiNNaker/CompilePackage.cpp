// From the IR to the data of each core, the table of each chip, and the program of each kind.
#include "backends/SpiNNaker/CompilePackage.h"
#include "backends/SpiNNaker/CoreData.h"
#include "backends/SpiNNaker/CoreProgram.h"
#include "backends/SpiNNaker/UpdateProgram.h"
#include "dialects/Aer/IR/AerOps.h"
#include "dialects/NCore/IR/NCoreOps.h"
#include "dialects/NCore/IR/Target.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"
#include "lowering/NCoreToAer/MappedNetwork.h"
#include <cmath>
#include <fmt/format.h>
#include <set>

using namespace mlir;
using namespace engram;
using namespace engram::spinnaker;

static constexpr uint32_t sdramBase = 0x60000000, sdramBytes = 123469792, itcmBytes = 32768;

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

namespace {

template <typename OpT, typename PredicateT> OpT findIn(ModuleOp module, PredicateT predicate) {
  for (auto op : module.getOps<OpT>())
    if (predicate(op))
      return op;
  return {};
}

/// Where a neuron is: a core of neurons, and its number there.
struct NeuronPlace {
  uint32_t core = 0, neuron = 0;
};

struct Population {
  neuro::PopulationOp op;
  UpdateProgram program;
  uint32_t kind = 0;
  std::vector<NeuronPlace> places;
  /// (first step, port) to a raw value a neuron.
  std::map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>> biases;
  bool recordsOutputs = false, recordsStates = false;
};

struct Source {
  neuro::SourceOp op;
  bool isUsed = false;
  int64_t leastDelay = INT64_MAX, longestDelay = 0;
  int fractionBits = 0;
  uint32_t lag() const { return longestDelay == CORE_SLOTS ? 1 : 0; }
};

struct NeuronCore {
  ncore::CoreOp op;
  size_t population = 0;
  std::vector<int64_t> neurons, ranges;
  CoreContent content;
};

class PackageCompiler {
public:
  PackageCompiler(neuro::NetworkOp network, const PackageOptions &options)
      : network(network), module(network->getParentOfType<ModuleOp>()), options(options) {}

  FailureOr<Package> run() {
    if (failed(findParts()) || failed(placeNeurons()) || failed(addSourceList()) ||
        failed(addProjections()) || failed(addTables()))
      return failure();
    bool fits = succeeded(addKinds());
    for (size_t k = 0; k < cores.size(); ++k)
      fits &= succeeded(addNeuronCore(k));
    if (!fits || failed(addSourceCores()) || failed(placeData()))
      return failure();
    describe();
    return std::move(result);
  }

private:
  neuro::NetworkOp network;
  ModuleOp module;
  const PackageOptions &options;
  Package result;
  ncore::Target target;
  std::optional<aer::MappedNetwork> mapped;
  aer::KeysOp keys;
  aer::RoutesOp routes;
  llvm::DenseMap<std::pair<StringAttr, StringAttr>, aer::KeyBlockOp> blocks;
  std::vector<Population> populations;
  llvm::DenseMap<StringAttr, size_t> populationNumbers, sourceNumbers;
  std::vector<Source> sources;
  std::vector<NeuronCore> cores;
  std::set<size_t> sending; ///< senders that a synapse leaves
  uint32_t sourceKind = 0;

  LogicalResult findParts();
  LogicalResult placeNeurons();
  LogicalResult addSourceList();
  LogicalResult addProjections();
  LogicalResult addProjection(neuro::ProjectionOp op);
  LogicalResult checkDelays(neuro::ProjectionOp op, const std::vector<int64_t> &delays);
  FailureOr<uint32_t> portOf(neuro::ProjectionOp op, const Population &target);
  void addBias(neuro::ProjectionOp op, Population &target, uint32_t port, int fraction);
  LogicalResult addTables();
  LogicalResult addKinds();
  FailureOr<uint32_t> addKind(std::string name, ModuleOp update);
  LogicalResult addNeuronCore(size_t k);
  std::vector<uint32_t> recordsOf(const NeuronCore &core);
  LogicalResult checkMemory(ncore::CoreOp op, const CoreImage &image);
  LogicalResult addSourceCores();
  LogicalResult addSourceCoresAt(ncore::HostOp host);
  LogicalResult placeData();
  void describe();

  uint32_t memoryLimit() const {
    return result.machine.version == 1 ? CORE_MEMORY_BYTES : CORE2_MEMORY_BYTES;
  }
  aer::KeyBlockOp blockOf(const aer::Sender &sender) {
    return blocks.lookup({sender.population, sender.core
                                                 ? ncore::CoreOp(sender.core).getSymNameAttr()
                                                 : StringAttr()});
  }
};

//===-- what there is --===//

LogicalResult PackageCompiler::findParts() {
  ncore::TargetAttr attr = ncore::targetAttrOf(module);
  if (!attr)
    return network.emitOpError() << "expected the module to have a target, the attribute '"
                                 << ncore::targetAttrName << "'";
  FailureOr<MachineShape> shape = shapeOf(attr, network.getLoc());
  if (failed(shape))
    return failure();
  result.machine = *shape;
  target = ncore::targetOf(attr);
  result.network = network.getSymName().str();
  auto mapping = findIn<ncore::MappingOp>(
      module, [&](ncore::MappingOp op) { return op.getNetwork() == network.getSymName(); });
  if (!mapping)
    return network.emitOpError() << "expected a mapping of the network; run ncore-partition";
  auto isOurs = [&](auto op) { return op.getMapping() == mapping.getSymName(); };
  keys = findIn<aer::KeysOp>(module, isOurs);
  routes = findIn<aer::RoutesOp>(module, isOurs);
  if (!keys || !routes)
    return mapping.emitOpError() << "expected keys and routes; run aer-allocate-keys, aer-route";
  for (auto block : keys.getOps<aer::KeyBlockOp>())
    blocks[{block.getPopulationAttr().getAttr(),
            block.getCore() ? block.getCoreAttr().getAttr() : StringAttr()}] = block;
  FailureOr<aer::MappedNetwork> found = aer::MappedNetwork::create(mapping);
  if (failed(found))
    return failure();
  mapped = std::move(*found);
  return neuro::verifyFixedPointPorts(network);
}

LogicalResult PackageCompiler::placeNeurons() {
  for (auto op : network.getOps<neuro::PopulationOp>()) {
    FailureOr<UpdateProgram> program = compileUpdate(op);
    if (failed(program))
      return failure();
    populationNumbers[op.getSymNameAttr()] = populations.size();
    Population &population = populations.emplace_back();
    population.op = op;
    population.program = std::move(*program);
    population.places.resize(neuro::numElements(*op.getShape()));
  }
  for (auto probe : network.getOps<neuro::ProbeOp>()) {
    auto found = populationNumbers.find(probe.getTargetAttr().getAttr());
    if (found == populationNumbers.end() || probe.getVariable() == "spikes")
      continue;
    Population &population = populations[found->second];
    (probe.getVariable() == "output" ? population.recordsOutputs : population.recordsStates) = true;
  }
  for (ncore::CoreOp op : mapped->cores) {
    if (!op.corePlace())
      return op.emitOpError() << "expected a place; run ncore-place";
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
    Source source;
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
    Source &source = sources[found->second];
    source.leastDelay = std::min(source.leastDelay, *least);
    source.longestDelay = std::max(source.longestDelay, *most);
  }
  for (Source &source : sources)
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
FailureOr<uint32_t> PackageCompiler::portOf(neuro::ProjectionOp op, const Population &target) {
  neuro::InputOp input = neuro::portOf(op, neuro::modelOf(target.op));
  auto found = llvm::find(target.program.ports, input);
  if (!input || found == target.program.ports.end() || !op.getFormat() ||
      !neuro::outputFormatOf(network, op.getSource()))
    return op.emitOpError() << "expected a fixed-point network; run neuro-quantize";
  auto type = cast<fx::FixedType>(input.getType());
  FailureOr<neuro::PortBound> bound = neuro::boundOf(target.op, input);
  if (failed(bound))
    return failure();
  double largest = std::ldexp(bound->magnitude, type.getFractionBits());
  if (int bits = static_cast<int>(std::ceil(std::log2(largest + 1))) + 1; bits > 32)
    return op.emitOpError() << "port '" << input.getName() << "' of '" << op.getTarget()
                            << "' needs sums of " << bits << " bits, limit is 32";
  return static_cast<uint32_t>(found - target.program.ports.begin());
}

LogicalResult PackageCompiler::addProjection(neuro::ProjectionOp op) {
  StringAttr sourceName = op.getSourceAttr().getAttr();
  Population &target = populations[populationNumbers.lookup(op.getTargetAttr().getAttr())];
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
  SmallVector<int64_t> from(*neuro::shapeOf(network, op.getSource())),
      to(*neuro::shapeOf(network, op.getTarget()));
  std::vector<int32_t> senderOf = mapped->senderOfNeurons(sourceName);
  const Population *sender =
      isSource ? nullptr : &populations[populationNumbers.lookup(sourceName)];
  Attribute attr = op.getConnector();
  int64_t numSources = neuro::numElements(from), listed = 0;
  op.getConnector().expand(
      from, to, {network.getSeed(), neuro::streamOf(op.getSymName())},
      [&](int64_t j, int64_t i, double weight) {
        int64_t entry = isa<neuro::DenseAttr>(attr)      ? i * numSources + j
                        : isa<neuro::OneToOneAttr>(attr) ? i
                                                         : listed;
        ++listed;
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
        synapse.delay = static_cast<uint32_t>(delays[delays.size() == 1 ? 0 : entry] + ahead);
        // A format may have more fraction bits than its weights use.
        synapse.shift = static_cast<uint32_t>(std::max(shift, 0));
        synapse.weight =
            static_cast<int64_t>(std::ldexp(weight, weightFraction + std::min(shift, 0)));
        cores[place.core].content.synapses.add(number, mapped->senders[number].neurons,
                                               sender ? sender->places[j].neuron : j, synapse);
      });
  if (op.getBias())
    addBias(op, target, *port, portType.getFractionBits());
  return success();
}

// A bias arrives in each step from that on in which its projection first delivers.
void PackageCompiler::addBias(neuro::ProjectionOp op, Population &target, uint32_t port,
                              int fraction) {
  int64_t first = neuro::delayStepsOf(op)[0];
  if (auto source = dyn_cast<neuro::PopulationOp>(network.lookupSymbol(op.getSource())))
    first += neuro::startOf(source);
  std::vector<uint32_t> &all = target.biases[{static_cast<uint32_t>(first), port}];
  all.resize(target.places.size());
  for (auto [i, value] : llvm::enumerate(neuro::readNumbers(*op.getBias())))
    all[i] += static_cast<uint32_t>(static_cast<int64_t>(std::ldexp(value, fraction)));
}

//===-- routes --===//

LogicalResult PackageCompiler::addTables() {
  result.defaultRoutes = routes.getDefaultRoutes();
  int64_t limit = target.tableEntries ? target.tableEntries : INT64_MAX;
  bool fits = true;
  for (auto table : routes.getOps<aer::TableOp>()) {
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

//===-- programs --===//

static std::string fileNameOf(StringRef name) {
  std::string result = name.str();
  std::replace_if(
      result.begin(), result.end(), [](char c) { return !llvm::isAlnum(c) && c != '-'; }, '_');
  return result.empty() ? "_" : result;
}

FailureOr<uint32_t> PackageCompiler::addKind(std::string name, ModuleOp update) {
  auto isTaken = [&](const std::string &candidate) {
    return llvm::any_of(result.kinds, [&](const PackageKind &k) {
      return llvm::StringRef(k.name).equals_insensitive(candidate);
    });
  };
  std::string stem = name;
  for (int k = 2; isTaken(name); ++k)
    name = stem + "-" + std::to_string(k);
  PackageKind kind;
  kind.name = name;
  bool isFirst = result.machine.version == 1;
  auto refuse = [&](const Error &error) {
    return network.emitOpError() << "no program for '" << name << "': " << error.message;
  };
  if (options.arm) {
    Expected<CoreProgram> program =
        makeCoreProgram(update, isFirst ? Variant::Arm968 : Variant::CortexM4);
    if (!program)
      return refuse(program.error());
    uint32_t limit = isFirst ? itcmBytes : uint32_t(CORE2_CODE_BYTES);
    if (program->codeBytes > limit)
      return network.emitOpError() << "program '" << name << "' needs " << program->codeBytes
                                   << " bytes of program memory, limit is " << limit;
    kind.elf = std::move(program->bytes);
    kind.codeBytes = program->codeBytes;
  }
  if (options.host) {
    Expected<CoreProgram> program = makeCoreProgram(update, Variant::Host);
    if (!program)
      return refuse(program.error());
    kind.object = std::move(program->bytes);
  }
  result.kinds.push_back(std::move(kind));
  return static_cast<uint32_t>(result.kinds.size() - 1);
}

LogicalResult PackageCompiler::addKinds() {
  std::map<std::string, uint32_t> known;
  for (Population &population : populations) {
    auto [found, isNew] = known.try_emplace(population.program.text, 0);
    if (isNew) {
      FailureOr<uint32_t> kind = addKind(fileNameOf(neuro::modelOf(population.op).getSymName()),
                                         *population.program.module);
      if (failed(kind))
        return failure();
      found->second = *kind;
    }
    population.kind = found->second;
  }
  if (llvm::any_of(sources, [](const Source &source) { return source.isUsed; })) {
    FailureOr<uint32_t> kind = addKind("source", ModuleOp());
    if (failed(kind))
      return failure();
    sourceKind = *kind;
  }
  return success();
}

//===-- cores of neurons --===//

/// The raw words of a value.
static void putRaw(double value, const RecordWord &entry, uint32_t *words) {
  auto fixed = dyn_cast<fx::FixedType>(entry.type);
  auto raw = static_cast<int64_t>(std::ldexp(value, fixed ? fixed.getFractionBits() : 0));
  words[0] = static_cast<uint32_t>(raw);
  if (entry.words() == 2)
    words[1] = static_cast<uint32_t>(raw >> 32);
}

static std::vector<double> valuesOf(neuro::PopulationOp population, const RecordWord &entry) {
  // Both were read before, when the update program was made or the network was verified.
  FailureOr<std::vector<double>> values = entry.state
                                              ? neuro::initialValues(population, entry.state)
                                              : neuro::parameterValues(population, entry.parameter);
  return succeeded(values) && !values->empty() ? *values : std::vector<double>{0};
}

std::vector<uint32_t> PackageCompiler::recordsOf(const NeuronCore &core) {
  const Population &population = populations[core.population];
  uint32_t width = population.program.recordWords;
  std::vector<uint32_t> records(core.neurons.size() * width);
  for (const RecordWord &entry : population.program.record) {
    std::vector<double> values = valuesOf(population.op, entry);
    for (auto [k, neuron] : llvm::enumerate(core.neurons))
      putRaw(values.size() == 1 ? values[0] : values[neuron], entry,
             &records[k * width + entry.word]);
  }
  return records;
}

LogicalResult PackageCompiler::checkMemory(ncore::CoreOp op, const CoreImage &image) {
  if (image.memoryBytes <= memoryLimit())
    return success();
  InFlightDiagnostic diagnostic = op.emitOpError();
  ncore::CorePlace place = *op.corePlace();
  diagnostic << "at (" << place.x << ", " << place.y << ", " << place.p << ") needs "
             << image.memoryBytes << " bytes of data memory, limit is " << memoryLimit();
  std::string parts;
  for (auto [what, bytes] : image.memory)
    parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", what, bytes);
  diagnostic.attachNote() << "of these: " << parts;
  return diagnostic;
}

LogicalResult PackageCompiler::addNeuronCore(size_t k) {
  NeuronCore &core = cores[k];
  Population &population = populations[core.population];
  CoreContent &content = core.content;
  core_data &header = content.header;
  ncore::CorePlace place = *core.op.corePlace();
  if (content.synapses.types.size() > CORE_TYPES)
    return core.op.emitOpError() << "needs " << content.synapses.types.size()
                                 << " types of synapses, limit is " << static_cast<int>(CORE_TYPES);
  StringAttr name = population.op.getSymNameAttr();
  auto block = blocks.lookup({name, core.op.getSymNameAttr()});
  bool sends = llvm::any_of(mapped->sendersOf(name), [&](size_t sender) {
    return mapped->senders[sender].core == core.op && sending.count(sender);
  });
  header.flags = CORE_RECORDS_SPIKES | (sends ? CORE_SENDS : 0) |
                 (population.recordsOutputs ? CORE_RECORDS_OUTPUTS : 0) |
                 (population.recordsStates ? CORE_RECORDS_STATES : 0) |
                 (result.machine.version == 2 ? CORE_LOCAL_ROWS : 0);
  header.neurons = static_cast<uint32_t>(core.neurons.size());
  header.first_step = static_cast<uint32_t>(neuro::startOf(population.op));
  header.key = block ? static_cast<uint32_t>(block.getKey()) : 0;
  header.first_index = static_cast<uint32_t>(core.neurons.front());
  if (core.ranges.size() > 2)
    content.indices.assign(core.neurons.begin(), core.neurons.end());
  header.stream = neuro::streamOf(name.getValue());
  header.seed_low = static_cast<uint32_t>(network.getSeed());
  header.seed_high = static_cast<uint32_t>(network.getSeed() >> 32);
  header.ports = static_cast<uint32_t>(population.program.ports.size());
  header.record_words = population.program.recordWords;
  content.records = recordsOf(core);
  content.shared.resize(population.program.sharedWords);
  for (const RecordWord &entry : population.program.shared)
    putRaw(valuesOf(population.op, entry)[0], entry, &content.shared[entry.word]);
  for (const auto &[when, values] : population.biases)
    for (int64_t neuron : core.neurons)
      content.biases[when].push_back(values[neuron]);
  for (const auto &[number, rows] : content.synapses.rows) {
    aer::KeyBlockOp from = blockOf(mapped->senders[number]);
    if (!from)
      return core.op.emitOpError()
             << "expected a block of keys for '" << mapped->senders[number].population.getValue()
             << "'; run aer-allocate-keys";
    content.senders[number] = {static_cast<uint32_t>(from.getKey()),
                               static_cast<uint32_t>(from.getMask())};
  }
  CoreImage image = buildNeuronCore(content, options.bufferedSteps, memoryLimit());
  content = {};
  PackageCore placed;
  placed.x = place.x;
  placed.y = place.y;
  placed.p = place.p;
  placed.name = core.op.getSymName().str();
  placed.kind = population.kind;
  placed.bytes = image.bytes;
  placed.memoryBytes = image.memoryBytes;
  placed.data = std::move(image.words);
  result.cores.push_back(std::move(placed));
  return checkMemory(core.op, image);
}

//===-- cores of sources --===//

LogicalResult PackageCompiler::addSourceCores() {
  for (Source &source : sources)
    result.sources.push_back({source.op.getSymName().str(),
                              neuro::numElements(*source.op.getShape()),
                              source.fractionBits,
                              {}});
  for (ncore::HostOp host : mapped->mapping.getHosts())
    if (failed(addSourceCoresAt(host)))
      return failure();
  return success();
}

// Their neurons side by side are cut into equal pieces, no more than there are free cores. Those
// that send a tick later have cores of their own.
LogicalResult PackageCompiler::addSourceCoresAt(ncore::HostOp host) {
  constexpr int64_t comfortable = 256; // neurons of a core, as of one of neurons
  std::vector<size_t> byLag[2];
  int64_t counts[2] = {0, 0};
  for (auto name : host.getSources().getAsRange<FlatSymbolRefAttr>()) {
    size_t k = sourceNumbers.lookup(name.getAttr());
    if (!sources[k].isUsed)
      continue;
    byLag[sources[k].lag()].push_back(k);
    counts[sources[k].lag()] += result.sources[k].neurons;
  }
  if (counts[0] + counts[1] == 0)
    return success();
  ncore::Router router = *host.router();
  std::vector<int> free;
  for (int p = 0; p < target.coresPerRouter; ++p)
    if (target.isCore({router.x, router.y, p}) &&
        llvm::none_of(result.cores, [&](const PackageCore &core) {
          return core.x == router.x && core.y == router.y && core.p == p;
        }))
      free.push_back(p);
  size_t groups = (counts[0] > 0) + (counts[1] > 0);
  if (free.size() < groups)
    return host.emitOpError() << "needs " << groups << " free cores at (" << router.x << ", "
                              << router.y << ") for its sources, limit is " << free.size();
  size_t next = free.size();
  for (int lag : {1, 0}) {
    if (counts[lag] == 0)
      continue;
    int64_t available = static_cast<int64_t>(next) - (lag == 1 && counts[0] > 0 ? 1 : 0);
    int64_t pieces = std::min((counts[lag] + comfortable - 1) / comfortable, available);
    if (lag == 1 && counts[0] > 0)
      pieces =
          std::max<int64_t>(1, std::min(pieces, available * counts[1] / (counts[0] + counts[1])));
    int64_t size = (counts[lag] + pieces - 1) / pieces;
    std::vector<core_segment> segments;
    int64_t filled = 0;
    auto finish = [&] {
      CoreImage image = buildSourceCore(segments, lag, options.bufferedSteps);
      PackageCore core;
      core.x = router.x;
      core.y = router.y;
      core.p = free[--next];
      core.name = fmt::format("sources_{}_{}_{}", core.x, core.y, core.p);
      core.kind = sourceKind;
      core.bytes = image.bytes;
      core.memoryBytes = image.memoryBytes;
      core.data = std::move(image.words);
      result.cores.push_back(std::move(core));
      segments.clear();
      filled = 0;
    };
    for (size_t k : byLag[lag]) {
      auto block = blocks.lookup({sources[k].op.getSymNameAttr(), StringAttr()});
      if (!block)
        return sources[k].op.emitOpError() << "expected a block of keys; run aer-allocate-keys";
      for (int64_t first = 0; first < result.sources[k].neurons;) {
        int64_t count = std::min(size - filled, result.sources[k].neurons - first);
        segments.push_back({static_cast<uint32_t>(block.getKey() + first),
                            static_cast<uint32_t>(filled), static_cast<uint32_t>(count), 0});
        result.sources[k].parts.push_back({static_cast<uint32_t>(result.cores.size()),
                                           {first, first + count},
                                           static_cast<uint32_t>(filled)});
        filled += count;
        first += count;
        if (filled == size)
          finish();
      }
    }
    if (filled > 0)
      finish();
  }
  return success();
}

//===-- memory of chips, and what a host has to know --===//

LogicalResult PackageCompiler::placeData() {
  std::map<std::pair<int, int>, uint64_t> used;
  for (PackageCore &core : result.cores) {
    uint64_t &end = used[{core.x, core.y}];
    core.address = static_cast<uint32_t>(sdramBase + end);
    end += (uint64_t(core.bytes) + 63) / 64 * 64;
  }
  bool fits = true;
  for (auto [chip, bytes] : used)
    if (bytes > sdramBytes) {
      network.emitOpError() << "chip (" << chip.first << ", " << chip.second << ") needs " << bytes
                            << " bytes of memory, limit is " << sdramBytes;
      fits = false;
    }
  return success(fits);
}

static Variable variableOf(StringRef name, Type type, uint32_t word) {
  Variable variable;
  variable.name = name.str();
  variable.word = word;
  if (auto fixed = dyn_cast<fx::FixedType>(type)) {
    variable.bits = static_cast<int>(fixed.getWidth());
    variable.isSigned = fixed.getIsSigned();
    variable.fractionBits = fixed.getFractionBits();
  } else {
    variable.bits = static_cast<int>(type.getIntOrFloatBitWidth());
    variable.isSigned = variable.bits > 1;
  }
  return variable;
}

void PackageCompiler::describe() {
  for (Population &population : populations) {
    PackagePopulation described;
    described.name = population.op.getSymName().str();
    described.neurons = static_cast<int64_t>(population.places.size());
    for (const RecordWord &entry : population.program.record)
      if (entry.state)
        described.states.push_back(
            variableOf(neuro::StateOp(entry.state).getName(), entry.type, entry.word));
    for (neuro::InputOp port : population.program.ports)
      described.ports.push_back(
          {port.getName().str(), cast<fx::FixedType>(port.getType()).getFractionBits()});
    described.graded = bool(population.program.output);
    described.output = {"output", 0, 1, false, 0};
    if (described.graded)
      described.output = variableOf("output", population.program.output, 0);
    result.populations.push_back(std::move(described));
  }
  for (auto [k, core] : llvm::enumerate(cores))
    result.populations[core.population].parts.push_back({static_cast<uint32_t>(k), core.ranges, 0});
}

} // namespace

FailureOr<Package> engram::spinnaker::compilePackage(neuro::NetworkOp network,
                                                     const PackageOptions &options) {
  return PackageCompiler(network, options).run();
}
