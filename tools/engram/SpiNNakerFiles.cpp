// Packages for SpiNNaker machines: from the compiler to the folder, and what a folder holds.
#include "tools/engram/SpiNNakerFiles.h"

#include "backends/SpiNNaker/CompilePackage.h"
#include "dialects/Neuro/IR/Instance.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"
#include "runtime/spinnaker/Layout.h"
#include "tools/engram/Command.h"

#include <cstring>
#include <fmt/format.h>

using namespace mlir;
using namespace engram::spinnaker;

namespace engram::tool {

using Json = nlohmann::ordered_json;

bool isSpiNNakerPackage(const std::string &path) {
  size_t end = path.find_last_not_of('/');
  return end != std::string::npos && extensionOf(path.substr(0, end + 1)) == "spin";
}

namespace {

core_data headerOf(const PackageCore &core) {
  core_data header;
  std::memcpy(&header, core.data.data(), sizeof header);
  return header;
}

int64_t synapsesOf(const PackageCore &core, const core_data &h) {
  int64_t synapses = 0;
  if (h.kind != CORE_KIND_NEURONS)
    return 0;
  // Rows in own memory are their synapses alone.
  if (h.flags & CORE_LOCAL_ROWS)
    return h.rows_bytes / 4;
  for (uint32_t e = 0; e < h.entries; ++e) {
    core_entry entry;
    std::memcpy(&entry, core.data.data() + h.table / 4 + e * sizeof entry / 4, sizeof entry);
    for (uint32_t b = entry.first_block; b < uint32_t(entry.first_block) + entry.blocks; ++b) {
      core_block block;
      std::memcpy(&block, core.data.data() + h.block_table / 4 + b * sizeof block / 4,
                  sizeof block);
      for (uint32_t n = 0; n < entry.neurons; ++n)
        synapses += core.data[(h.rows + block.offset) / 4 + size_t(n) * block.words + 1];
    }
  }
  return synapses;
}

class PackageDescriber {
public:
  explicit PackageDescriber(const Package &package) : package(package) {}
  Description run() {
    addMachine();
    addKinds();
    addNetwork();
    addCores();
    addChips();
    return std::move(result);
  }

private:
  const Package &package;
  Description result;

  void line(const std::string &text) { result.text += (result.text.empty() ? "" : "\n") + text; }
  void addMachine();
  void addKinds();
  void addNetwork();
  void addCores();
  void addChips();
};

} // namespace

void PackageDescriber::addMachine() {
  const MachineShape &machine = package.machine;
  result.json = {{"kind", "package for a SpiNNaker machine"},
                 {"network", package.network},
                 {"target", machine.target},
                 {"grid", {machine.width, machine.height}},
                 {"wraps", machine.wraps},
                 {"latency", package.latency},
                 {"default_routes", package.defaultRoutes}};
  line(fmt::format("package for a SpiNNaker machine: network '{}' on '{}', {} x {} chips{}",
                   package.network, machine.target, machine.width, machine.height,
                   machine.wraps ? " that wrap around" : ""));
}

void PackageDescriber::addKinds() {
  result.json["kinds"] = Json::array();
  line(fmt::format("{:<32} {:>6} {:>10} {:>10}", "program", "cores", "code", "host code"));
  for (size_t k = 0; k < package.kinds.size(); ++k) {
    const PackageKind &kind = package.kinds[k];
    auto cores = std::count_if(package.cores.begin(), package.cores.end(),
                               [&](const PackageCore &core) { return core.kind == k; });
    result.json["kinds"].push_back({{"name", kind.name},
                                    {"cores", cores},
                                    {"code_bytes", kind.codeBytes},
                                    {"elf_bytes", kind.elf.size()},
                                    {"host_bytes", kind.object.size()}});
    line(fmt::format("  {:<30} {:>6} {:>10} {:>10}", kind.name, cores, grouped(kind.codeBytes),
                     kind.object.empty() ? "none" : "yes"));
  }
}

void PackageDescriber::addNetwork() {
  result.json["populations"] = Json::array();
  result.json["sources"] = Json::array();
  for (const PackagePopulation &population : package.populations) {
    std::string states;
    Json list = Json::array();
    for (const Variable &state : population.states) {
      states += fmt::format("{}{}: {} {}{}.{}", states.empty() ? "" : ", ", state.word, state.name,
                            state.isSigned ? "s" : "u", state.bits, state.fractionBits);
      list.push_back({{"name", state.name}, {"word", state.word}, {"bits", state.bits}});
    }
    result.json["populations"].push_back({{"name", population.name},
                                          {"neurons", population.neurons},
                                          {"cores", population.parts.size()},
                                          {"graded", population.graded},
                                          {"states", std::move(list)}});
    line(fmt::format("population '{}': {} neurons on {} cores{}{}", population.name,
                     grouped(population.neurons), population.parts.size(),
                     states.empty() ? "" : "; words ", states));
  }
  for (const PackageSource &source : package.sources) {
    result.json["sources"].push_back({{"name", source.name},
                                      {"neurons", source.neurons},
                                      {"cores", source.parts.size()},
                                      {"fraction_bits", source.fractionBits}});
    line(fmt::format("source '{}': {} neurons on {} cores, payload 2^{} a unit", source.name,
                     grouped(source.neurons), source.parts.size(), source.fractionBits));
  }
}

void PackageDescriber::addCores() {
  result.json["cores"] = Json::array();
  line(fmt::format("{:<12} {:<18} {:>7} {:>8} {:>9} {:>7} {:>11} {:>11}", "core", "program",
                   "neurons", "entries", "synapses", "packets", "own memory", "SDRAM"));
  uint32_t limit = package.machine.version == 1 ? CORE_MEMORY_BYTES : CORE2_MEMORY_BYTES;
  for (const PackageCore &core : package.cores) {
    core_data h = headerOf(core);
    int64_t synapses = synapsesOf(core, h);
    const std::string &kind = package.kinds[core.kind].name;
    result.json["cores"].push_back({{"core", {core.x, core.y, core.p}},
                                    {"name", core.name},
                                    {"kind", kind},
                                    {"neurons", h.neurons},
                                    {"key", fmt::format("{:#010x}", h.key)},
                                    {"table_entries", h.entries},
                                    {"synapses", synapses},
                                    {"rows_bytes", h.rows_bytes},
                                    {"packet_slots", h.packet_slots},
                                    {"memory_bytes", core.memoryBytes},
                                    {"memory_limit", limit},
                                    {"sdram_bytes", core.bytes}});
    line(fmt::format("{:<12} {:<18} {:>7} {:>8} {:>9} {:>7} {:>10}% {:>11}",
                     fmt::format("({}, {}, {})", core.x, core.y, core.p), kind.substr(0, 18),
                     h.neurons, h.entries, grouped(synapses), h.packet_slots,
                     core.memoryBytes * uint64_t(100) / limit, grouped(core.bytes)));
  }
}

void PackageDescriber::addChips() {
  result.json["chips"] = Json::array();
  size_t entries = 0, most = 0;
  for (const PackageChip &chip : package.chips) {
    result.json["chips"].push_back({{"chip", {chip.x, chip.y}}, {"entries", chip.table.size()}});
    entries += chip.table.size();
    most = std::max(most, chip.table.size());
  }
  line(fmt::format("routing tables: {} with {} entries, at most {}{}", package.chips.size(),
                   grouped(static_cast<int64_t>(entries)), grouped(static_cast<int64_t>(most)),
                   package.defaultRoutes ? "; packets without an entry go straight on" : ""));
}

int writeSpiNNakerPackage(ModuleOp mapped, const std::string &path, bool json) {
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(mapped);
  if (failed(network))
    return inputFault;
  FailureOr<Package> package = compilePackage(*network);
  if (failed(package))
    return inputFault;
  if (Expected<void> written = writePackage(*package, path); !written)
    return failInput(written.error().message);
  constexpr auto replace = Json::error_handler_t::replace;
  return json ? writeText("",
                          PackageDescriber(*package).run().json.dump(2, ' ', false, replace) + "\n")
              : int(done);
}

Expected<Description> describeSpiNNakerPackage(const std::string &path) {
  Expected<Package> package = readPackage(path);
  if (!package)
    return tl::unexpected(package.error());
  return PackageDescriber(*package).run();
}

} // namespace engram::tool
