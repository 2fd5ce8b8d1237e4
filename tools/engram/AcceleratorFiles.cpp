// Images of the accelerator: from the compiler to the file, from the file to a machine.
#include "tools/engram/AcceleratorFiles.h"

#include "backends/Accelerator/AcceleratorMachine.h"
#include "dialects/Neuro/IR/Instance.h"
#include "runtime/AtomicFile.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"
#include "runtime/Tensor.h"
#include "runtime/accelerator/ImageUse.h"
#include "runtime/accelerator/Instruction.h"

#include <filesystem>
#include <fmt/format.h>

using namespace mlir;
using namespace engram::a1;

namespace engram::tool {

using Json = nlohmann::ordered_json;

bool isAcceleratorImage(const std::string &path) { return extensionOf(path) == "egi"; }

//===-- writing ---------------------------------------------------------------------------===//

static int writeListings(const CompiledNetwork &compiled, const std::string &path) {
  std::error_code error;
  bool folder = path.back() == '/' || std::filesystem::is_directory(path, error);
  if (!folder) {
    std::string all;
    for (const auto &[population, text] : compiled.listings)
      all += (all.empty() ? "" : "\n") + text;
    return writeText(path, all);
  }
  std::filesystem::create_directories(path, error);
  if (error)
    return failInput(fmt::format("'{}': cannot make the folder: {}", path, error.message()));
  for (const auto &[population, text] : compiled.listings) {
    std::string file = population;
    std::replace(file.begin(), file.end(), '/', '_');
    if (int code = writeText((std::filesystem::path(path) / (file + ".lst")).string(), text))
      return code;
  }
  return done;
}

int writeAcceleratorImage(ModuleOp mapped, const std::string &path, const std::string &listing) {
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(mapped);
  if (failed(network))
    return inputFault;
  FailureOr<CompiledNetwork> compiled = compileImage(*network);
  if (failed(compiled))
    return inputFault;
  FailureOr<HostPlan> plan = planHost(*network, *compiled);
  if (failed(plan))
    return inputFault;
  compiled->image.text = textOf(*plan);
  // What the chip's loader would refuse is not written at all.
  if (Cause cause = checkImage(compiled->image.serialize(), compiled->chip); cause != Cause::None)
    return failInput(fmt::format("'{}': the network makes no image: {}", path, causeText(cause)));
  if (!listing.empty())
    if (int code = writeListings(*compiled, listing))
      return code;
  if (path.empty())
    return done;
  Expected<void> written = writeImage(path, compiled->image);
  return written ? int(done) : failInput(written.error().message);
}

//===-- opening ---------------------------------------------------------------------------===//

/// The sizes of a chip for which an image without tools' section can be.
static std::optional<ChipParameters> chipOfHash(uint32_t hash) {
  ChipParameters chip;
  for (chip.rows = 1; chip.rows <= 16; ++chip.rows)
    for (chip.columns = 1; chip.columns <= 16; ++chip.columns)
      if (chip.featureHash() == hash)
        return chip;
  return std::nullopt;
}

static Expected<void> checkAgainst(const ChipParameters &chip, const Image &image) {
  if (Cause cause = checkImage(image.serialize(), chip); cause != Cause::None)
    return fail(causeText(cause));
  return {};
}

static Expected<OpenedImage> openWithPlan(const std::string &path, Image image) {
  auto wrong = [&](const std::string &why) { return fail(fmt::format("'{}': {}", path, why)); };
  if (image.text.empty())
    return wrong("the image has no tools' section, which says what its neurons are");
  Expected<HostPlan> plan = parseHostPlan(image.text);
  if (!plan)
    return wrong(plan.error().message);
  if (Expected<void> fits = checkAgainst(plan->chip, image); !fits)
    return wrong(fits.error().message);
  return OpenedImage{std::move(image), std::move(*plan)};
}

Expected<OpenedImage> openAcceleratorImage(const std::string &path) {
  Expected<Image> image = readImage(path);
  if (!image)
    return tl::unexpected(image.error());
  return openWithPlan(path, std::move(*image));
}

Expected<std::unique_ptr<Machine>> createImageMachine(Session &session, const OpenedImage &opened,
                                                      const MachineArguments &arguments) {
  Expected<OwningOpRef<ModuleOp>> sources = parseSources(opened.plan, session.context);
  if (!sources)
    return tl::unexpected(sources.error());
  auto network = *(*sources)->getOps<neuro::NetworkOp>().begin();
  Expected<std::unique_ptr<Machine>> machine =
      createMachine(opened.plan, opened.image, network, chipMaker(arguments));
  Alignment alignment = opened.plan.alignment();
  if (!machine || alignment.empty())
    return machine;
  return AlignedMachine::create(std::move(*machine), alignment);
}

//===-- describing ------------------------------------------------------------------------===//

namespace {

constexpr const char *formatNames[] = {"sparse", "dense8", "dense4"};

Json placeOf(uint32_t core, const ChipParameters &chip) {
  auto columns = static_cast<uint32_t>(chip.columns);
  return {core % columns, core / columns};
}

class ImageDescriber {
public:
  ImageDescriber(const Image &image, const ChipParameters &chip, const HostPlan *plan)
      : image(image), chip(chip), plan(plan), uses(usesOf(image, chip)) {}

  Description run(bool disassembled) {
    addHeader();
    if (plan)
      addNetwork();
    addCores();
    addTiles();
    if (disassembled)
      addPrograms();
    return std::move(result);
  }

private:
  const Image &image;
  const ChipParameters &chip;
  const HostPlan *plan;
  std::vector<CoreUse> uses;
  Description result;

  void line(const std::string &text) { result.text += (result.text.empty() ? "" : "\n") + text; }
  void addHeader();
  void addNetwork();
  void addCores();
  void addTiles();
  void addPrograms();
  std::string nameOfSegment(uint32_t core, const SegmentUse &segment) const;
};

} // namespace

void ImageDescriber::addHeader() {
  size_t words = image.serialize().size();
  result.json = {{"kind", "image of the accelerator"},
                 {"version", Image::version},
                 {"feature_hash", fmt::format("{:#010x}", image.featureHash)},
                 {"mesh", {chip.columns, chip.rows}},
                 {"words", words},
                 {"sections", Json::array()}};
  std::map<std::string, std::pair<int64_t, int64_t>> byMemory;
  for (const Section &section : image.sections) {
    const char *memory = memoryName(static_cast<Memory>(section.type));
    result.json["sections"].push_back({{"memory", memory},
                                       {"core", placeOf(section.core, chip)},
                                       {"base", section.base},
                                       {"words", section.words.size()}});
    auto &[sections, length] = byMemory[memory];
    ++sections;
    length += static_cast<int64_t>(section.words.size());
  }
  result.json["tools_section_bytes"] = image.text.size();
  line(fmt::format("image of the accelerator: version {}, for a mesh of {} x {} cores, feature "
                   "hash {:#010x}, {} words",
                   Image::version, chip.columns, chip.rows, image.featureHash,
                   grouped(static_cast<int64_t>(words))));
  line(fmt::format("  {:<10} {:>9} {:>12}", "memory", "sections", "words"));
  for (const auto &[memory, use] : byMemory)
    line(fmt::format("  {:<10} {:>9} {:>12}", memory, grouped(use.first), grouped(use.second)));
  line(image.text.empty() ? "  no tools' section"
                          : fmt::format("  tools' section of {} bytes",
                                        grouped(static_cast<int64_t>(image.text.size()))));
}

void ImageDescriber::addNetwork() {
  Json json = Json::parse(textOf(*plan));
  json.erase("source_text");
  result.json["network"] = std::move(json);
  line(fmt::format("network '{}', dt {} ms, {} {} late", plan->network,
                   shortestNumber(stepTime(1, plan->dtSeconds * 1000)), plan->latency(),
                   plan->latency() == 1 ? "step" : "steps"));
  for (const HostPlan::Source &source : plan->sources)
    line(fmt::format("  source '{}' of shape {}{}: key {:#010x}, payload 2^{} a unit", source.name,
                     shapeString(source.shape), source.external ? ", external" : "",
                     source.firstKey, source.fractionBits));
  for (const HostPlan::Population &population : plan->populations) {
    std::string words;
    for (const HostPlan::Word &word : population.words)
      words += fmt::format("{}{}{}: {} {} {}{}.{}", words.empty() ? "" : ", ", word.word,
                           !word.isHalf ? ""
                           : word.bit   ? ".hi"
                                        : ".lo",
                           word.holds, word.name, word.isSigned ? "s" : "u", word.width,
                           word.fractionBits);
    line(fmt::format("  population '{}' of shape {}, model '{}', {} late{}{}", population.name,
                     shapeString(population.shape), population.model, population.lag,
                     words.empty() ? "" : "; state words ", words));
  }
  for (const HostPlan::Crossbar &crossbar : plan->crossbars)
    line(fmt::format("  crossbars of '{}': device {}, cells of {} bits", crossbar.projection,
                     crossbar.device, crossbar.cellBits));
  for (const HostPlan::Probe &probe : plan->probes)
    line(fmt::format("  probe '{}': {} of '{}'", probe.name, probe.variable, probe.target));
}

void ImageDescriber::addCores() {
  result.json["cores"] = Json::array();
  line(fmt::format("{:<10} {:>7} {:>6} {:>6} {:>8} {:>6} {:>6} {:>5} {:>6}  {}", "core", "neurons",
                   "instr", "consts", "syn.words", "rows", "axons", "keys", "routes",
                   "synapses stored, sparse / dense 8 / dense 4"));
  for (const CoreUse &use : uses) {
    Json formats;
    std::string synapses;
    for (size_t f = 0; f < use.formats.size(); ++f) {
      const FormatUse &format = use.formats[f];
      formats[formatNames[f]] = {
          {"segments", format.segments}, {"words", format.words}, {"synapses", format.synapses}};
      synapses += (f ? " / " : "") + grouped(format.synapses);
    }
    Json place = placeOf(use.core, chip);
    result.json["cores"].push_back({{"core", place},
                                    {"enabled", use.enabled},
                                    {"neurons", use.neurons},
                                    {"populations", use.segments.size()},
                                    {"instructions", use.instructions},
                                    {"constants", use.constants},
                                    {"synapse_words", use.synapseWords},
                                    {"rows", use.rows},
                                    {"axons", use.axons},
                                    {"key_entries", use.keyEntries},
                                    {"route_entries", use.routeEntries},
                                    {"formats", std::move(formats)}});
    line(fmt::format("{:<10} {:>7} {:>6} {:>6} {:>8} {:>6} {:>6} {:>5} {:>6}  {}",
                     fmt::format("({}, {})", place[0].get<int>(), place[1].get<int>()), use.neurons,
                     use.instructions, use.constants, grouped(use.synapseWords), grouped(use.rows),
                     grouped(use.axons), use.keyEntries, use.routeEntries, synapses));
  }
}

void ImageDescriber::addTiles() {
  result.json["crossbars"] = Json::array();
  for (const CoreUse &use : uses) {
    Json place = placeOf(use.core, chip);
    if (!use.tiles.empty())
      line(fmt::format("crossbars of core ({}, {}): {} of {} tiles", place[0].get<int>(),
                       place[1].get<int>(), use.tiles.size(), chip.crossbars));
    for (const TileUse &tile : use.tiles) {
      const CrossbarTile &config = tile.config;
      line(fmt::format("  tile {}: {} rows, neurons {} to {} at port {}, {} slices, converters of "
                       "{} bits{}; {} of {} cells conduct",
                       tile.number, tile.rows, config.first, config.first + config.columns - 1,
                       config.port, tile.slices.size(), config.converterBits,
                       config.noisy ? ", read noise" : "", grouped(tile.set), grouped(tile.cells)));
      result.json["crossbars"].push_back({{"core", place},
                                          {"tile", tile.number},
                                          {"rows", tile.rows},
                                          {"first_neuron", config.first},
                                          {"columns", config.columns},
                                          {"port", config.port},
                                          {"delay", config.delay},
                                          {"slices", tile.slices},
                                          {"converter_bits", config.converterBits},
                                          {"noise", config.noisy},
                                          {"cells", tile.cells},
                                          {"cells_set", tile.set}});
    }
  }
}

std::string ImageDescriber::nameOfSegment(uint32_t core, const SegmentUse &segment) const {
  if (plan)
    for (const HostPlan::Population &population : plan->populations)
      for (const NeuronPlace &place : population.places)
        if (place.core == core && place.neuron == segment.first)
          return fmt::format("'{}'", population.name);
  return "a population";
}

void ImageDescriber::addPrograms() {
  result.json["programs"] = Json::array();
  for (const CoreUse &use : uses)
    for (const ProgramUse &program : use.programs) {
      std::string users;
      Json names = Json::array();
      for (const SegmentUse &segment : use.segments)
        if (segment.firstInstruction == program.first) {
          std::string name = nameOfSegment(use.core, segment);
          names.push_back(name);
          users +=
              fmt::format("{}{} (neurons {} to {}, keys from {:#010x})", users.empty() ? "" : ", ",
                          name, segment.first, segment.first + segment.neurons - 1, segment.key);
        }
      Json place = placeOf(use.core, chip), lines = Json::array();
      line(fmt::format("program of core ({}, {}) at {}, {} cycles a neuron: {}",
                       place[0].get<int>(), place[1].get<int>(), program.first, program.cycles,
                       users));
      for (size_t k = 0; k < program.words.size(); ++k) {
        std::string text = disassemble(program.words[k]);
        Instruction i = Instruction::decode(program.words[k]);
        std::string note;
        if (i.opcode == Opcode::LDC && i.imm < use.constantWords.size())
          note = fmt::format("  ; {}", i.isSigned ? static_cast<int64_t>(static_cast<int32_t>(
                                                        use.constantWords[i.imm]))
                                                  : use.constantWords[i.imm]);
        line(fmt::format("  {:3} {:016x}  {}{}", program.first + k, program.words[k], text, note));
        lines.push_back({{"word", fmt::format("{:#018x}", program.words[k])}, {"text", text}});
      }
      result.json["programs"].push_back({{"core", place},
                                         {"first", program.first},
                                         {"cycles", program.cycles},
                                         {"populations", std::move(names)},
                                         {"instructions", std::move(lines)}});
    }
}

Expected<Description> describeAcceleratorImage(const std::string &path, bool disassembled) {
  Expected<Image> image = readImage(path);
  if (!image)
    return tl::unexpected(image.error());
  if (!image->text.empty()) {
    Expected<OpenedImage> opened = openWithPlan(path, std::move(*image));
    if (!opened)
      return tl::unexpected(opened.error());
    return ImageDescriber(opened->image, opened->plan.chip, &opened->plan).run(disassembled);
  }
  std::optional<ChipParameters> chip = chipOfHash(image->featureHash);
  if (!chip)
    return fail(fmt::format("'{}': an image of a chip that is not known, feature hash {:#010x}",
                            path, image->featureHash));
  if (Expected<void> fits = checkAgainst(*chip, *image); !fits)
    return fail(fmt::format("'{}': {}", path, fits.error().message));
  return ImageDescriber(*image, *chip, nullptr).run(disassembled);
}

} // namespace engram::tool
