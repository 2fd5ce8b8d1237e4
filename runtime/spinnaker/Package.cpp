// A folder with a manifest (JSON) and binary files that it names.
#include "runtime/spinnaker/Package.h"
#include "runtime/AtomicFile.h"
#include "runtime/ReadFile.h"
#include "runtime/spinnaker/Layout.h"
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace engram;
using namespace engram::spinnaker;
using nlohmann::json;
using nlohmann::ordered_json;
namespace fs = std::filesystem;

static constexpr const char *manifestName = "manifest.json", *format = "engram-spinnaker";

//===-- routing tables --===//

static size_t routeWords(int version) { return version == 1 ? 1 : 5; }

static void putWord(std::string &bytes, uint32_t word) {
  for (int k = 0; k < 4; ++k)
    bytes += static_cast<char>(word >> 8 * k);
}

static uint32_t getWord(const char *bytes) {
  uint32_t word = 0;
  for (int k = 0; k < 4; ++k)
    word |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[k])) << 8 * k;
  return word;
}

std::string engram::spinnaker::encodeTable(const std::vector<RouteEntry> &table, int version) {
  std::string bytes;
  for (size_t k = 0; k < table.size(); ++k) {
    // u16 next, u16 free.
    putWord(bytes, static_cast<uint32_t>(k + 1) & 0xffff);
    putWord(bytes, table[k].route);
    for (size_t w = 1; w < routeWords(version); ++w)
      putWord(bytes, table[k].more[w - 1]);
    putWord(bytes, table[k].key);
    putWord(bytes, table[k].mask);
  }
  bytes.append(12 + 4 * routeWords(version), '\xff');
  return bytes;
}

Expected<std::vector<RouteEntry>> engram::spinnaker::decodeTable(std::string_view bytes,
                                                                 int version) {
  size_t words = routeWords(version), size = 12 + 4 * words;
  if (bytes.empty() || bytes.size() % size != 0)
    return fail(fmt::format("expected records of {} bytes, got {} bytes", size, bytes.size()));
  std::vector<RouteEntry> table(bytes.size() / size - 1);
  for (size_t k = 0; k < table.size(); ++k) {
    const char *record = bytes.data() + k * size;
    RouteEntry &entry = table[k];
    if ((getWord(record) & 0xffff) != ((k + 1) & 0xffff))
      return fail(fmt::format("entry {} does not name the next one", k));
    entry.route = getWord(record + 4);
    for (size_t w = 1; w < words; ++w)
      entry.more[w - 1] = getWord(record + 4 + 4 * w);
    entry.key = getWord(record + 4 + 4 * words);
    entry.mask = getWord(record + 8 + 4 * words);
    if (entry.key & ~entry.mask)
      return fail(fmt::format("entry {} has a key with bits outside of its mask", k));
  }
  if (bytes.substr(bytes.size() - size).find_first_not_of('\xff') != std::string_view::npos)
    return fail("expected a last record of ones");
  return table;
}

//===-- writing --===//

static std::string dataName(const PackageCore &core) {
  return fmt::format("data/{}-{}-{}.bin", core.x, core.y, core.p);
}
static std::string tableName(const PackageChip &chip) {
  return fmt::format("tables/{}-{}.bin", chip.x, chip.y);
}

static ordered_json describe(const Variable &variable) {
  return {{"name", variable.name},
          {"word", variable.word},
          {"bits", variable.bits},
          {"signed", variable.isSigned},
          {"fraction_bits", variable.fractionBits}};
}

static ordered_json describe(const std::vector<Part> &parts, bool isSource) {
  ordered_json list = ordered_json::array();
  for (const Part &part : parts) {
    ordered_json entry = {{"core", part.core}, {"ranges", part.ranges}};
    if (isSource)
      entry["first_word"] = part.first;
    list.push_back(std::move(entry));
  }
  return list;
}

static ordered_json describe(const MachineShape &machine) {
  ordered_json links = ordered_json::array();
  for (MachineShape::Link link : machine.deadLinks)
    links.push_back({link.x, link.y, link.link});
  return {{"target", machine.target},
          {"version", machine.version},
          {"width", machine.width},
          {"height", machine.height},
          {"wraps", machine.wraps},
          {"cores_per_chip", machine.coresPerChip},
          {"absent", machine.absent},
          {"dead_links", links},
          {"step_seconds", machine.stepSeconds}};
}

static std::string manifestOf(const Package &package) {
  ordered_json kinds = ordered_json::array(), cores = kinds, chips = kinds, populations = kinds,
               sources = kinds;
  for (const PackageKind &kind : package.kinds) {
    ordered_json entry = {{"name", kind.name}, {"code_bytes", kind.codeBytes}};
    if (!kind.elf.empty())
      entry["elf"] = "kinds/" + kind.name + ".elf";
    if (!kind.object.empty())
      entry["host"] = "kinds/" + kind.name + ".so";
    kinds.push_back(std::move(entry));
  }
  for (const PackageCore &core : package.cores)
    cores.push_back({{"name", core.name},
                     {"at", {core.x, core.y, core.p}},
                     {"kind", core.kind},
                     {"data", dataName(core)},
                     {"address", core.address},
                     {"bytes", core.bytes},
                     {"memory_bytes", core.memoryBytes}});
  for (const PackageChip &chip : package.chips)
    chips.push_back(
        {{"at", {chip.x, chip.y}}, {"table", tableName(chip)}, {"entries", chip.table.size()}});
  for (const PackagePopulation &population : package.populations) {
    ordered_json states = ordered_json::array();
    for (const Variable &state : population.states)
      states.push_back(describe(state));
    ordered_json ports = ordered_json::array();
    for (const Port &port : population.ports)
      ports.push_back({{"name", port.name}, {"fraction_bits", port.fractionBits}});
    populations.push_back({{"name", population.name},
                           {"neurons", population.neurons},
                           {"parts", describe(population.parts, false)},
                           {"states", states},
                           {"ports", ports},
                           {"graded", population.graded},
                           {"output", describe(population.output)}});
  }
  for (const PackageSource &source : package.sources)
    sources.push_back({{"name", source.name},
                       {"neurons", source.neurons},
                       {"fraction_bits", source.fractionBits},
                       {"parts", describe(source.parts, true)}});
  ordered_json manifest = {{"format", format},
                           {"version", 1},
                           {"network", package.network},
                           {"machine", describe(package.machine)},
                           {"default_routes", package.defaultRoutes},
                           {"latency", package.latency},
                           {"kinds", kinds},
                           {"cores", cores},
                           {"chips", chips},
                           {"populations", populations},
                           {"sources", sources}};
  return manifest.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

/// All files but the manifest.
static Expected<void> writeFiles(const Package &package, const std::string &folder) {
  auto write = [&](const std::string &name, std::string_view bytes) {
    return writeFileAtomically(folder + "/" + name, bytes);
  };
  for (const PackageKind &kind : package.kinds) {
    if (!kind.elf.empty())
      if (auto written = write("kinds/" + kind.name + ".elf", kind.elf); !written)
        return written;
    if (!kind.object.empty())
      if (auto written = write("kinds/" + kind.name + ".so", kind.object); !written)
        return written;
  }
  for (const PackageCore &core : package.cores) {
    std::string bytes;
    bytes.reserve(4 * core.data.size());
    for (uint32_t word : core.data)
      putWord(bytes, word);
    if (auto written = write(dataName(core), bytes); !written)
      return written;
  }
  for (const PackageChip &chip : package.chips)
    if (auto written = write(tableName(chip), encodeTable(chip.table, package.machine.version));
        !written)
      return written;
  return {};
}

Expected<void> engram::spinnaker::writePackage(const Package &package, const std::string &given) {
  fs::path target = fs::path(given).lexically_normal();
  if (!target.has_filename())
    target = target.parent_path();
  std::error_code error;
  bool isThere = fs::exists(fs::symlink_status(target, error));
  if (isThere && !fs::exists(target / manifestName, error) &&
      !(fs::is_directory(target, error) && fs::is_empty(target, error)))
    return fail("'" + given + "' is there already and is no package");
  std::string suffix = fmt::format(".{}.tmp", getpid());
  fs::path fresh = target, old = target;
  fresh += suffix;
  old += ".old" + suffix;
  auto refuse = [&](const std::string &why) {
    std::error_code ignored;
    fs::remove_all(fresh, ignored);
    return fail("cannot write '" + given + "': " + why);
  };
  fs::remove_all(fresh, error);
  for (const char *name : {"kinds", "data", "tables"})
    if (fs::create_directories(fresh / name, error); error)
      return refuse(error.message());
  if (auto written = writeFiles(package, fresh.string()); !written)
    return refuse(written.error().message);
  if (auto written = writeFileAtomically((fresh / manifestName).string(), manifestOf(package));
      !written)
    return refuse(written.error().message);
  // A folder cannot take another's name: the old one moves away first, and comes back if that
  // fails.
  if (isThere) {
    fs::rename(target, old, error);
    if (error)
      return refuse(error.message());
  }
  fs::rename(fresh, target, error);
  if (error) {
    std::string why = error.message();
    if (isThere)
      fs::rename(old, target, error);
    return refuse(why);
  }
  if (isThere)
    fs::remove_all(old, error);
  return {};
}
