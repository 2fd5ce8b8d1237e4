// The program of each kind of core, the data of each core, and what a host has to know of them.
#include "backends/SpiNNaker/CoreProgram.h"
#include "backends/SpiNNaker/PackageCompiler.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Start.h"
#include <cmath>
#include <fmt/format.h>

using namespace mlir;
using namespace engram;
using namespace engram::spinnaker;

static constexpr uint32_t sdramBase = 0x60000000, sdramBytes = 123469792, itcmBytes = 32768;

//===-- programs --===//

static std::string fileNameOf(StringRef name) {
  std::string result = name.str();
  std::replace_if(
      result.begin(), result.end(), [](char c) { return !llvm::isAlnum(c) && c != '-'; }, '_');
  return result.empty() ? "_" : result;
}

/// Of the first core that runs a population.
static InFlightDiagnostic errorAt(ncore::CoreOp op) {
  ncore::CorePlace place = *op.corePlace();
  return op.emitOpError() << "at (" << place.x << ", " << place.y << ", " << place.p << ") ";
}

// `update` is null for sources, whose program is always the same and small.
FailureOr<uint32_t> PackageCompiler::addKind(std::string name, ModuleOp update, size_t population) {
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
    if (program->codeBytes > limit) {
      auto core = llvm::find_if(
          cores, [&](const NeuronCore &core) { return core.population == population; });
      InFlightDiagnostic diagnostic =
          core != cores.end() ? errorAt(core->op) : network.emitOpError();
      return diagnostic << "needs " << program->codeBytes << " bytes of program memory for '"
                        << name << "', limit is " << limit;
    }
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
  for (CompiledPopulation &population : populations) {
    auto [found, isNew] = known.try_emplace(population.program.text, 0);
    if (isNew) {
      FailureOr<uint32_t> kind = addKind(fileNameOf(neuro::modelOf(population.op).getSymName()),
                                         *population.program.module,
                                         static_cast<size_t>(&population - populations.data()));
      if (failed(kind))
        return failure();
      found->second = *kind;
    }
    population.kind = found->second;
  }
  if (llvm::any_of(sources, [](const CompiledSource &source) { return source.isUsed; })) {
    FailureOr<uint32_t> kind = addKind("source", ModuleOp(), populations.size());
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
  const CompiledPopulation &population = populations[core.population];
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
  InFlightDiagnostic diagnostic = errorAt(op);
  diagnostic << "needs " << image.memoryBytes << " bytes of data memory, limit is "
             << memoryLimit();
  std::string parts;
  for (auto [what, bytes] : image.memory)
    parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", what, bytes);
  diagnostic.attachNote() << "of these: " << parts;
  return diagnostic;
}

LogicalResult PackageCompiler::addNeuronCore(size_t k) {
  NeuronCore &core = cores[k];
  CompiledPopulation &population = populations[core.population];
  CoreContent &content = core.content;
  core_data &header = content.header;
  ncore::CorePlace place = *core.op.corePlace();
  if (content.synapses.types.size() > CORE_TYPES)
    return core.op.emitOpError() << "needs " << content.synapses.types.size()
                                 << " types of synapses, limit is " << static_cast<int>(CORE_TYPES);
  StringAttr name = population.op.getSymNameAttr();
  auto block = routed.blockOf(name, core.op.getSymNameAttr());
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
  for (CompiledSource &source : sources)
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
      auto block = routed.blockOf(sources[k].op.getSymNameAttr());
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
      InFlightDiagnostic diagnostic = network.emitOpError();
      diagnostic << "chip (" << chip.first << ", " << chip.second << ") needs " << bytes
                 << " bytes of memory, limit is " << sdramBytes;
      std::string parts;
      for (const PackageCore &core : result.cores)
        if (core.x == chip.first && core.y == chip.second)
          parts += fmt::format("{}'{}' at ({}, {}, {}) {}", parts.empty() ? "" : ", ", core.name,
                               core.x, core.y, core.p, core.bytes);
      diagnostic.attachNote() << "of these: " << parts;
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
  for (CompiledPopulation &population : populations) {
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
