// From the IR to the words of each memory of each core.
#include "backends/Accelerator/CompileImage.h"
#include "backends/Accelerator/Crossbars.h"
#include "dialects/Aer/IR/RoutedNetwork.h"
#include "dialects/NCore/IR/NCoreOps.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"
#include "lowering/NCoreToAer/MappedNetwork.h"
#include "lowering/NCoreToAer/TableIR.h"
#include "lowering/NeuroToNCore/KeyCover.h"
#include <cmath>
#include <set>

using namespace mlir;
using namespace engram;
using namespace engram::a1;

FailureOr<ChipParameters> engram::a1::chipOf(ncore::TargetAttr attr, Location location) {
  ncore::Target target = ncore::targetOf(attr);
  auto refuse = [&](const Twine &why) {
    return emitError(location) << "target '" << target.name
                               << "' is not a chip of the family engram-a1: " << why;
  };
  if (target.topology != ncore::Topology::Mesh || target.coresPerRouter != 1)
    return refuse("expected a mesh with one core a router");
  if (!target.absent.empty() || !target.deadCores.empty() || !target.deadLinks.empty())
    return refuse("expected all of its routers, cores and links to be there");
  if (target.gridX > 16 || target.gridY > 16)
    return refuse("expected at most 16 columns and 16 rows");
  ChipParameters chip;
  chip.columns = target.gridX;
  chip.rows = target.gridY;
  auto set = [](int &field, int64_t value) { field = value ? static_cast<int>(value) : field; };
  set(chip.neurons, target.neurons);
  set(chip.slots, target.delaySlots);
  set(chip.ports, target.ports);
  set(chip.stateWords, target.stateWords);
  set(chip.instructions, target.programLength);
  set(chip.constants, target.constants);
  set(chip.synapseWords, target.synapseWords);
  set(chip.axons, target.fanIn);
  set(chip.routeEntries, target.tableEntries);
  set(chip.accumulatorBits, target.accumulatorBits);
  chip.crossbars = static_cast<int>(target.crossbars);
  auto isWhole = [](int64_t given, int whole) { return given == 0 || given == whole; };
  if (target.crossbars > 4)
    return refuse("expected 'crossbars' to be 0 to 4, got " + Twine(target.crossbars));
  if (!isWhole(target.crossbarRows, CrossbarSizes::rows) ||
      !isWhole(target.crossbarColumns, CrossbarSizes::columns))
    return refuse("expected crossbars of 128 rows and 128 columns");
  struct Field {
    const char *name;
    int value, least, most;
  };
  const Field fields[] = {{"neurons", chip.neurons, 64, 256},
                          {"delay_slots", chip.slots, 2, 16},
                          {"ports", chip.ports, 4, 4},
                          {"state_words", chip.stateWords, 2, 8},
                          {"program_length", chip.instructions, 2, 256},
                          {"constants", chip.constants, 2, 256},
                          {"synapse_words", chip.synapseWords, 4096, 16384},
                          {"fan_in", chip.axons, 2, 4096},
                          {"table_entries", chip.routeEntries, 2, 64}};
  // The fields of instructions, rows and flits have room for these and no more; memories are
  // addressed by all values of their bits.
  for (auto [name, value, least, most] : fields)
    if (value < least || value > most || (value & (value - 1)))
      return refuse(least == most
                        ? Twine("expected '") + name + "' to be " + Twine(most) + ", got " +
                              Twine(value)
                        : Twine("expected '") + name + "' to be a power of two from " +
                              Twine(least) + " to " + Twine(most) + ", got " + Twine(value));
  if (chip.accumulatorBits != 24)
    return refuse("expected 'accumulator_bits' to be 24, got " + Twine(chip.accumulatorBits));
  return chip;
}

namespace {

/// What a core gets, before it becomes words.
struct CoreContent {
  ncore::CoreOp op;
  int tile = 0;
  struct Segment {
    size_t population = 0;
    std::vector<int64_t> neurons; ///< global indices
    uint32_t firstNeuron = 0, key = 0, firstInstruction = 0;
    bool sends = false; ///< a synapse leaves one of its neurons
  };
  std::vector<Segment> segments;
  /// [sender][local neuron]: the row that its spikes find here.
  std::map<size_t, std::vector<std::vector<RowSynapse>>> rows;
  CoreCrossbars crossbars;
  std::map<std::pair<uint32_t, uint32_t>, int64_t> ring; ///< (slot * neurons + neuron, port)
};

class ImageCompiler {
public:
  explicit ImageCompiler(neuro::NetworkOp network) : network(network) {}

  FailureOr<CompiledNetwork> run() {
    if (failed(findParts()) || failed(placeNeurons()) || failed(addProjections()))
      return failure();
    bool fits = true;
    for (CoreContent &core : cores)
      fits &= succeeded(compileCore(core));
    fits &= succeeded(addRoutes());
    if (!fits)
      return failure();
    result.image.featureHash = result.chip.featureHash();
    return std::move(result);
  }

private:
  neuro::NetworkOp network;
  CompiledNetwork result;
  std::optional<aer::MappedNetwork> mapped;
  aer::RoutedNetwork routed;
  std::vector<CoreContent> cores;
  std::vector<size_t> coreOfTile; ///< numbers in `cores`
  llvm::DenseMap<StringAttr, size_t> populationNumbers;
  std::vector<neuro::PopulationOp> populations;
  std::set<size_t> sending;   ///< senders that a synapse leaves
  std::vector<Biases> biases; ///< by population

  LogicalResult findParts();
  LogicalResult placeNeurons();
  LogicalResult addProjections();
  LogicalResult addProjection(neuro::ProjectionOp op);
  struct Sources {
    std::vector<int32_t> senderOf; ///< a neuron each
    std::vector<int64_t> localOf;  ///< its number there
  };
  LogicalResult addCrossbar(neuro::ProjectionOp op, xbar::CrossbarAttr crossbar, size_t port,
                            const Sources &sources);
  LogicalResult addBias(neuro::ProjectionOp op, size_t population, size_t port, int fraction);
  LogicalResult compileCore(CoreContent &core);
  LogicalResult compilePrograms(CoreContent &core, CoreReport &report);
  LogicalResult compileRows(CoreContent &core, CoreReport &report);
  void addStates(const CoreContent &core);
  LogicalResult addRoutes();

  aer::KeyBlockOp blockOf(const aer::Sender &sender) {
    return routed.blockOf(sender.population, sender.coreName());
  }
  void section(int tile, Memory memory, uint32_t base, std::vector<uint32_t> words) {
    if (!words.empty())
      result.image.sections.push_back(
          {static_cast<uint32_t>(memory), static_cast<uint32_t>(tile), base, std::move(words)});
  }
};

LogicalResult ImageCompiler::findParts() {
  FailureOr<aer::RoutedNetwork> found = aer::RoutedNetwork::find(network);
  if (failed(found))
    return failure();
  routed = std::move(*found);
  FailureOr<ChipParameters> chip = chipOf(routed.target, network.getLoc());
  if (failed(chip))
    return failure();
  result.chip = *chip;
  if (routed.routes.getDefaultRoutes())
    return routed.routes.emitOpError() << "uses default routes, which the chip does not have";
  for (ncore::HostOp host : routed.mapping.getHosts())
    if (!(*host.router() == ncore::Router{0, 0}))
      return host.emitOpError() << "expected the host at [0, 0], where the chip has its port";
  FailureOr<aer::MappedNetwork> senders = aer::MappedNetwork::create(routed.mapping);
  if (failed(senders))
    return failure();
  mapped = std::move(*senders);
  return neuro::verifyFixedPointPorts(network);
}

LogicalResult ImageCompiler::placeNeurons() {
  for (auto source : network.getOps<neuro::SourceOp>()) {
    SourcePlan plan{source.getSymName().str(), 0, 0, false};
    if (fx::FixedType format = neuro::outputFormatOf(network, source.getSymName()))
      plan.fractionBits = format.getFractionBits();
    if (auto block = routed.blockOf(source.getSymNameAttr()))
      plan.firstKey = static_cast<uint32_t>(block.getKey());
    result.sources.push_back(plan);
  }
  for (auto population : network.getOps<neuro::PopulationOp>()) {
    FailureOr<neuro::ModelOp> model = neuro::requireModel(population);
    if (failed(model))
      return failure();
    populationNumbers[population.getSymNameAttr()] = populations.size();
    populations.push_back(population);
    int64_t size = neuro::numElements(*population.getShape());
    PopulationPlan plan{population.getSymName().str(), {}, {}, bool(model->find<neuro::EmitOp>())};
    plan.places.resize(size);
    result.populations.push_back(std::move(plan));
    biases.push_back(biasesOf(population));
  }
  coreOfTile.resize(result.chip.cores());
  for (ncore::CoreOp op : mapped->cores) {
    CoreContent &core = cores.emplace_back();
    core.op = op;
    core.tile = op.corePlace()->y * result.chip.columns + op.corePlace()->x;
    coreOfTile[core.tile] = cores.size() - 1;
    uint32_t next = 0;
    for (ncore::SliceOp slice : op.getSlices()) {
      CoreContent::Segment segment;
      segment.population = populationNumbers.lookup(slice.getPopulationAttr().getAttr());
      segment.firstNeuron = next;
      auto block = routed.blockOf(slice.getPopulationAttr().getAttr(), op.getSymNameAttr());
      segment.key = block ? static_cast<uint32_t>(block.getKey()) : 0;
      ArrayRef<int64_t> ranges = slice.getRanges();
      for (size_t r = 0; r < ranges.size(); r += 2)
        for (int64_t i = ranges[r]; i < ranges[r + 1]; ++i) {
          result.populations[segment.population].places[i] = {static_cast<uint32_t>(core.tile),
                                                              next};
          ++next;
          segment.neurons.push_back(i);
        }
      core.segments.push_back(std::move(segment));
    }
    if (static_cast<int>(next) > result.chip.neurons)
      return op.emitOpError() << "needs " << next << " neurons, limit is " << result.chip.neurons;
  }
  return success();
}

//===-- synapses --===//

LogicalResult ImageCompiler::addProjections() {
  for (auto projection : network.getOps<neuro::ProjectionOp>())
    if (failed(addProjection(projection)))
      return failure();
  // Packets may come from senders without a synapse here (aer_p5): the core has to know their keys.
  aer::Destinations destinations = mapped->destinations(aer::drawsOf(routed.routes));
  for (size_t sender : sending)
    for (uint32_t core : destinations.of(sender))
      cores[core].rows.try_emplace(sender, mapped->senders[sender].neurons);
  for (CoreContent &core : cores)
    for (CoreContent::Segment &segment : core.segments) {
      StringAttr name = populations[segment.population].getSymNameAttr();
      segment.sends = llvm::any_of(mapped->sendersOf(name), [&](size_t sender) {
        return mapped->senders[sender].core == core.op && sending.count(sender);
      });
    }
  return success();
}

LogicalResult ImageCompiler::addProjection(neuro::ProjectionOp op) {
  StringAttr sourceName = op.getSourceAttr().getAttr();
  size_t target = populationNumbers.lookup(op.getTargetAttr().getAttr());
  bool fromHost = !populationNumbers.count(sourceName);
  std::vector<int64_t> delays = neuro::delayStepsOf(op);
  auto [least, most] = std::minmax_element(delays.begin(), delays.end());
  if (!fromHost && *least < 1)
    return op.emitOpError() << "expected a delay of at least 1 step between populations; run "
                               "neuro-map-delays";
  if (*most >= result.chip.slots)
    return op.emitOpError() << "needs a delay of " << *most << " steps, limit is "
                            << result.chip.slots - 1;
  neuro::ModelOp model = neuro::modelOf(populations[target]);
  neuro::InputOp input = neuro::portOf(op, model);
  auto portType = input ? dyn_cast<fx::FixedType>(input.getType()) : fx::FixedType();
  fx::FixedType output = neuro::outputFormatOf(network, op.getSource());
  if (!portType || !output || !op.getFormat())
    return op.emitOpError() << "expected a fixed-point network; run neuro-quantize";
  FailureOr<neuro::PortBound> bound = neuro::boundOf(populations[target], input);
  if (failed(bound))
    return failure();
  if (int bits = neuro::PortBound{static_cast<int>(portType.getFractionBits()), bound->magnitude}
                     .accumulatorBits();
      bits > result.chip.accumulatorBits)
    return op.emitOpError() << "port '" << input.getName() << "' of '" << op.getTarget()
                            << "' needs sums of " << bits << " bits, limit is "
                            << result.chip.accumulatorBits;
  size_t port = 0;
  for (neuro::InputOp other : model.getInputs()) {
    if (other == input)
      break;
    ++port;
  }
  // What a spike with a payload of 1 adds, in steps of the port.
  int fraction = portType.getFractionBits() - output.getFractionBits();
  std::vector<int32_t> senderOf = mapped->senderOfNeurons(sourceName);
  std::vector<int64_t> localOf(neuro::numElements(*neuro::shapeOf(network, op.getSource())));
  if (fromHost) {
    std::iota(localOf.begin(), localOf.end(), 0);
  } else {
    for (const CoreContent &core : cores)
      for (const CoreContent::Segment &segment : core.segments)
        if (segment.population == populationNumbers.lookup(sourceName))
          for (auto [k, neuron] : llvm::enumerate(segment.neurons))
            localOf[neuron] = static_cast<int64_t>(k);
  }
  for (SourcePlan &plan : result.sources)
    plan.used |= plan.name == op.getSource();
  if (op.getBias())
    if (failed(addBias(op, target, port, portType.getFractionBits())))
      return failure();
  if (auto crossbar = dyn_cast<xbar::CrossbarAttr>(Attribute(op.getConnector())))
    return addCrossbar(op, crossbar, port, {std::move(senderOf), std::move(localOf)});
  neuro::expandSynapses(op, [&](int64_t j, int64_t i, double weight, size_t entry) {
    if (weight == 0)
      return;
    NeuronPlace place = result.populations[target].places[i];
    auto sender = static_cast<size_t>(senderOf[j]);
    sending.insert(sender);
    auto &rows = cores[coreOfTile[place.core]].rows[sender];
    rows.resize(mapped->senders[sender].neurons);
    rows[localOf[j]].push_back({place.neuron, static_cast<uint32_t>(port),
                                static_cast<uint32_t>(delays[entry]),
                                static_cast<int64_t>(std::ldexp(weight, fraction))});
  });
  return success();
}

// A tile's columns are neurons side by side, and all its rows are driven where they are.
LogicalResult ImageCompiler::addCrossbar(neuro::ProjectionOp op, xbar::CrossbarAttr crossbar,
                                         size_t port, const Sources &sources) {
  size_t target = populationNumbers.lookup(op.getTargetAttr().getAttr());
  const std::vector<NeuronPlace> &places = result.populations[target].places;
  auto portType =
      cast<fx::FixedType>(neuro::portOf(op, neuro::modelOf(populations[target])).getType());
  int fraction = portType.getFractionBits() -
                 neuro::outputFormatOf(network, op.getSource()).getFractionBits() -
                 cast<fx::FixedType>(*op.getFormat()).getFractionBits();
  int64_t shift = crossbar.getShift() + fraction;
  if (shift > 31)
    return op.emitOpError() << "needs a shift of " << shift << " at its crossbars, limit is 31";
  bool fromHost = !populationNumbers.count(op.getSourceAttr().getAttr());
  for (xbar::Tile &tile : xbar::tilesOf(crossbar, neuro::streamOf(op.getSymName()))) {
    int64_t firstColumn = tile.columnBlock * crossbar.getColumns();
    int64_t firstSource = tile.rowBlock * crossbar.getRows();
    NeuronPlace first = places[firstColumn];
    for (uint32_t column = 0; column < tile.config.columns; ++column) {
      const NeuronPlace &place = places[firstColumn + column];
      if (place.core != first.core || place.neuron != first.neuron + column)
        return op.emitOpError() << "expected neurons " << firstColumn << " to "
                                << firstColumn + tile.config.columns - 1 << " of '"
                                << op.getTarget()
                                << "', the columns of a tile, side by side on one core";
    }
    CoreContent &core = cores[coreOfTile[first.core]];
    tile.config.first = first.neuron;
    tile.config.port = static_cast<uint32_t>(port);
    tile.config.shift = static_cast<uint32_t>(shift);
    tile.config.delay = static_cast<uint32_t>(neuro::delayStepsOf(op)[0] - (fromHost ? 0 : 1));
    tile.config.firstStep = static_cast<uint32_t>(neuro::startOfSource(op));
    if (crossbar.getNoise() && !core.crossbars.setNoise(xbar::noiseTableOf(crossbar)))
      return op.emitOpError() << "expected the same 'noise' as others on crossbars of core '"
                              << core.op.getSymName() << "'";
    int64_t rows = tile.rows;
    if (core.crossbars.size() == result.chip.crossbars)
      return core.op.emitOpError() << "needs " << core.crossbars.size() + 1
                                   << " crossbars or more, limit is " << result.chip.crossbars;
    uint32_t number = core.crossbars.add(std::move(tile));
    for (int64_t row = 0; row < rows; ++row) {
      auto sender = static_cast<size_t>(sources.senderOf[firstSource + row]);
      sending.insert(sender);
      if (!core.crossbars.drive(sender, sources.localOf[firstSource + row], number,
                                static_cast<uint32_t>(row)))
        return op.emitOpError() << "expected blocks of rows as other crossbars that '"
                                << op.getSource() << "' drives have";
    }
  }
  return success();
}

// Programs add a bias in each step, from the one on in which its projection first delivers. Until
// then it is taken off the slots of the ring again, each of which the image can fill for one step.
LogicalResult ImageCompiler::addBias(neuro::ProjectionOp op, size_t population, size_t port,
                                     int fraction) {
  std::vector<double> values = neuro::readNumbers(*op.getBias());
  int64_t first = neuro::delayStepsOf(op)[0] + neuro::startOfSource(op);
  int64_t start = neuro::startOf(populations[population]);
  if (first > start && first > result.chip.slots)
    return op.emitOpError() << "needs a bias that begins in step " << first << ", limit is "
                            << result.chip.slots << " for one that begins after its target";
  for (size_t i = 0; i < values.size(); ++i) {
    double raw = std::ldexp(values[i], fraction);
    NeuronPlace place = result.populations[population].places[i];
    for (int64_t step = start; step < first; ++step)
      cores[coreOfTile[place.core]].ring[{
          static_cast<uint32_t>(step % result.chip.slots * result.chip.neurons + place.neuron),
          static_cast<uint32_t>(port)}] -= static_cast<int64_t>(raw);
  }
  return success();
}

//===-- a core --===//

LogicalResult ImageCompiler::compileCore(CoreContent &core) {
  CoreReport report;
  if (failed(compilePrograms(core, report)) || failed(compileRows(core, report)))
    return failure();
  addStates(core);
  result.cores.push_back(report);
  return success();
}

LogicalResult ImageCompiler::compilePrograms(CoreContent &core, CoreReport &report) {
  const ChipParameters &chip = result.chip;
  if (static_cast<int>(core.segments.size()) > chip.segments)
    return core.op.emitOpError() << "needs " << core.segments.size() << " populations, limit is "
                                 << chip.segments;
  ConstantTable constants(chip.constants);
  std::vector<uint32_t> program, segments;
  std::map<std::vector<uint32_t>, uint32_t> programs; ///< equal ones are kept once
  for (CoreContent::Segment &segment : core.segments) {
    neuro::PopulationOp population = populations[segment.population];
    FailureOr<Program> compiled =
        compileProgram(population, biases[segment.population], segment.sends, chip, constants);
    if (failed(compiled))
      return failure();
    PopulationPlan &plan = result.populations[segment.population];
    if (llvm::none_of(result.listings, [&](auto &known) { return known.first == plan.name; })) {
      plan.stateWords = compiled->stateWords;
      result.listings.push_back({plan.name, listing(population, *compiled, constants)});
    }
    std::vector<uint32_t> words;
    for (const Line &line : compiled->lines) {
      uint64_t word = line.instruction.encode();
      words.insert(words.end(), {static_cast<uint32_t>(word), static_cast<uint32_t>(word >> 32)});
    }
    auto [known, isNew] = programs.try_emplace(words, static_cast<uint32_t>(program.size() / 2));
    segment.firstInstruction = known->second;
    if (isNew)
      program.insert(program.end(), words.begin(), words.end());
    report.neurons += static_cast<int>(segment.neurons.size());
    segments.insert(segments.end(),
                    {1u << 31 | static_cast<uint32_t>(segment.neurons.size() - 1) << 16 |
                         segment.firstNeuron << 8 | (segment.firstInstruction & 0xff),
                     segment.key, neuro::streamOf(population.getSymName()),
                     static_cast<uint32_t>(segment.neurons.front()),
                     static_cast<uint32_t>(neuro::startOf(population)), 0, 0, 0});
    bool isRange = segment.neurons.back() - segment.neurons.front() + 1 ==
                   static_cast<int64_t>(segment.neurons.size());
    bool draws = llvm::any_of(
        compiled->lines, [](const Line &line) { return line.instruction.opcode == Opcode::RND; });
    if (draws && !isRange)
      return core.op.emitOpError() << "expected neurons side by side in its slice of '" << plan.name
                                   << "', since each draws random numbers by its index";
  }
  report.instructions = static_cast<int>(program.size() / 2);
  report.constants = static_cast<int>(constants.words().size());
  if (report.instructions > chip.instructions)
    return core.op.emitOpError() << "needs " << report.instructions << " instructions, limit is "
                                 << chip.instructions;
  section(core.tile, Memory::Program, 0, std::move(program));
  section(core.tile, Memory::Constant, 0, constants.words());
  section(core.tile, Memory::Segment, 0, std::move(segments));
  uint64_t seed = network.getSeed();
  section(core.tile, Memory::Register, 0,
          {1, static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)});
  return success();
}

LogicalResult ImageCompiler::compileRows(CoreContent &core, CoreReport &report) {
  const ChipParameters &chip = result.chip;
  // Senders without rows of synapses drive crossbars.
  for (size_t number : core.crossbars.senders())
    core.rows[number].resize(mapped->senders[number].neurons);
  std::vector<size_t> numbers;
  std::vector<ncore::KeysOfSender> senders;
  for (auto &[number, rows] : core.rows) {
    const aer::Sender &sender = mapped->senders[number];
    aer::KeyBlockOp block = blockOf(sender);
    if (!block)
      return core.op.emitOpError() << "expected a block of keys for '"
                                   << sender.population.getValue() << "'; run aer-allocate-keys";
    ncore::KeysOfSender keys{static_cast<uint32_t>(block.getKey()),
                             llvm::popcount(~static_cast<uint32_t>(block.getMask())),
                             std::vector<bool>(rows.size())};
    for (auto [neuron, row] : llvm::enumerate(rows)) {
      bool drives = core.crossbars.axonOf(number, static_cast<int64_t>(neuron)).has_value();
      if (drives && !row.empty())
        return core.op.emitOpError() << "expected spikes of '" << sender.population.getValue()
                                     << "' to find either rows of synapses or crossbars, not both";
      keys.needed[neuron] = drives || !row.empty();
    }
    numbers.push_back(number);
    senders.push_back(std::move(keys));
  }
  ncore::KeyCover cover = ncore::coverKeys(senders, chip.keyEntries, chip.axons);
  RowMemory memory;
  std::vector<uint32_t> axons, map;
  for (const ncore::KeyCover::Axon &axon : cover.axons) {
    if (axon.sender < 0) {
      axons.push_back(0);
      continue;
    }
    size_t number = numbers[axon.sender];
    std::optional<uint32_t> crossbars = core.crossbars.axonOf(number, axon.neuron);
    axons.push_back(crossbars ? *crossbars
                              : memory.add(std::move(core.rows[number][axon.neuron])).value_or(0));
  }
  for (const ncore::KeyEntry &entry : cover.entries)
    map.insert(map.end(), {entry.key, entry.mask, 1u << 31 | entry.firstAxon, 0});
  report.axons = static_cast<int>(axons.size());
  report.keyEntries = static_cast<int>(map.size() / 4);
  report.rows = memory.statistics();
  bool fits = true;
  auto check = [&](int64_t need, int limit, const char *what) {
    if (need <= limit)
      return;
    core.op.emitOpError() << "needs " << need << " " << what << ", limit is " << limit;
    fits = false;
  };
  check(memory.words(), chip.synapseWords, "synapse words");
  check(report.axons, chip.axons, "axons");
  check(report.keyEntries, chip.keyEntries, "entries of the key map");
  section(core.tile, Memory::Synapse, 0, memory.parts());
  section(core.tile, Memory::Axon, 0, std::move(axons));
  section(core.tile, Memory::KeyMap, 0, std::move(map));
  for (Section &ofCrossbars : core.crossbars.sections(static_cast<uint32_t>(core.tile)))
    result.image.sections.push_back(std::move(ofCrossbars));
  return success(fits);
}

void ImageCompiler::addStates(const CoreContent &core) {
  const ChipParameters &chip = result.chip;
  std::vector<uint32_t> states(size_t(chip.neurons) * chip.stateWords);
  for (const CoreContent::Segment &segment : core.segments) {
    neuro::PopulationOp population = populations[segment.population];
    for (const StateWord &content : result.populations[segment.population].stateWords) {
      std::vector<double> values =
          content.state           ? *neuro::initialValues(population, content.state)
          : content.parameter     ? *neuro::parameterValues(population, content.parameter)
          : content.biasPort >= 0 ? biases[segment.population][content.biasPort]
                                  : std::vector<double>{0};
      auto fixed = dyn_cast<fx::FixedType>(content.type);
      int fraction = fixed && content.biasPort < 0 ? fixed.getFractionBits() : 0;
      for (auto [k, neuron] : llvm::enumerate(segment.neurons)) {
        auto raw = static_cast<uint32_t>(static_cast<int64_t>(
            std::ldexp(values.size() == 1 ? values[0] : values[neuron], fraction)));
        states[(segment.firstNeuron + k) * chip.stateWords + content.word] |= content.inWord(raw);
      }
    }
  }
  // Memories are zero after the reset; what is behind the last number need not be sent.
  while (!states.empty() && states.back() == 0)
    states.pop_back();
  section(core.tile, Memory::State, 0, std::move(states));
  for (auto [place, value] : core.ring)
    if (value != 0)
      section(core.tile, Memory::Ring, place.first * chip.ports + place.second,
              {static_cast<uint32_t>(value) & 0xffffff});
}

//===-- routes --===//

LogicalResult ImageCompiler::addRoutes() {
  const ChipParameters &chip = result.chip;
  bool fits = true;
  for (auto table : routed.routes.getOps<aer::TableOp>()) {
    ncore::Router router = table.router();
    std::vector<uint32_t> words;
    for (aer::EntryOp entry : table.getEntries()) {
      uint32_t route = entry.getCores().empty() ? 0 : routeLocal;
      for (int64_t link : entry.getLinks())
        route |= 1u << link;
      words.insert(words.end(), {static_cast<uint32_t>(entry.getKey()),
                                 static_cast<uint32_t>(entry.getMask()), 1u << 31 | route, 0});
    }
    if (static_cast<int>(words.size() / 4) > chip.routeEntries) {
      table.emitOpError() << "needs " << words.size() / 4 << " entries, limit is "
                          << chip.routeEntries;
      fits = false;
    }
    section(router.y * chip.columns + router.x, Memory::Route, 0, std::move(words));
  }
  return success(fits);
}

} // namespace

FailureOr<CompiledNetwork> engram::a1::compileImage(neuro::NetworkOp network) {
  return ImageCompiler(network).run();
}
