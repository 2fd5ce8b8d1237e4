// Reading a package. Core programs trust their data, as those of a machine do; so all of it is
// checked here.
#include "runtime/ReadFile.h"
#include "runtime/spinnaker/Layout.h"
#include "runtime/spinnaker/Package.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

using namespace engram;
using namespace engram::spinnaker;
using nlohmann::json;

namespace {

/// A fault of the manifest or of a file, thrown within this file only.
struct Fault {
  std::string message;
};

[[noreturn]] void refuse(std::string message) { throw Fault{std::move(message)}; }

/// An object of the manifest, with the path to it for messages.
class Node {
public:
  Node(const json &value, std::string path) : value(value), path(std::move(path)) {}

  Node at(const char *name) const {
    if (!value.is_object())
      refuse(fmt::format("expected '{}' to be an object", path));
    auto found = value.find(name);
    if (found == value.end())
      refuse(fmt::format("expected '{}' in '{}'", name, path));
    return {*found, path + "." + name};
  }
  bool has(const char *name) const { return value.is_object() && value.contains(name); }
  std::vector<Node> list() const {
    if (!value.is_array())
      refuse(fmt::format("expected '{}' to be a list", path));
    std::vector<Node> result;
    for (size_t k = 0; k < value.size(); ++k)
      result.push_back({value[k], fmt::format("{}[{}]", path, k)});
    return result;
  }
  int64_t integer(int64_t low, int64_t high) const {
    if (!value.is_number_integer())
      refuse(fmt::format("expected '{}' to be an integer", path));
    // Unsigned numbers beyond int64_t would come out negative.
    if (value.is_number_unsigned() && value.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX))
      refuse(fmt::format("expected '{}' to be at most {}", path, high));
    int64_t number = value.get<int64_t>();
    if (number < low || number > high)
      refuse(fmt::format("expected '{}' to be {} to {}, got {}", path, low, high, number));
    return number;
  }
  std::vector<int64_t> integers(size_t count, int64_t low, int64_t high) const {
    std::vector<int64_t> result;
    for (const Node &node : list())
      result.push_back(node.integer(low, high));
    if (count && result.size() != count)
      refuse(fmt::format("expected '{}' to have {} numbers, got {}", path, count, result.size()));
    return result;
  }
  bool boolean() const {
    if (!value.is_boolean())
      refuse(fmt::format("expected '{}' to be true or false", path));
    return value.get<bool>();
  }
  double number() const {
    if (!value.is_number() || !std::isfinite(value.get<double>()))
      refuse(fmt::format("expected '{}' to be a number", path));
    return value.get<double>();
  }
  std::string text() const {
    if (!value.is_string())
      refuse(fmt::format("expected '{}' to be a text", path));
    return value.get<std::string>();
  }
  [[noreturn]] void wrong(const std::string &why) const {
    refuse(fmt::format("'{}' {}", path, why));
  }

private:
  const json &value;
  std::string path;
};

class Reader {
public:
  explicit Reader(const std::string &folder) : folder(folder) {}
  Package read();

private:
  std::string folder;
  Package package;

  std::string bytesOf(const Node &name);
  void readMachine(const Node &node);
  void readKind(const Node &node);
  void readCore(const Node &node);
  void readChip(const Node &node);
  void readPopulation(const Node &node);
  void readSource(const Node &node);
  std::vector<Part> readParts(const Node &node, int64_t neurons, bool isSource);
  Variable readVariable(const Node &node, uint32_t words);
  bool isChip(int x, int y) const;
};

} // namespace

// Names stay below the folder.
std::string Reader::bytesOf(const Node &name) {
  std::string text = name.text();
  bool isPlain = !text.empty() && text[0] != '/' && text.find("..") == std::string::npos &&
                 text.find('\0') == std::string::npos;
  if (!isPlain)
    name.wrong("is no name of a file in the package");
  Expected<std::vector<std::byte>> bytes = readFile(folder + "/" + text);
  if (!bytes)
    refuse(bytes.error().message);
  return std::string(textOf(*bytes));
}

bool Reader::isChip(int x, int y) const {
  const MachineShape &machine = package.machine;
  return x < machine.width && y < machine.height &&
         std::find(machine.absent.begin(), machine.absent.end(), std::pair{x, y}) ==
             machine.absent.end();
}

void Reader::readMachine(const Node &node) {
  MachineShape &machine = package.machine;
  machine.target = node.at("target").text();
  machine.version = static_cast<int>(node.at("version").integer(1, 2));
  machine.width = static_cast<int>(node.at("width").integer(1, 256));
  machine.height = static_cast<int>(node.at("height").integer(1, 256));
  machine.wraps = node.at("wraps").boolean();
  machine.coresPerChip =
      static_cast<int>(node.at("cores_per_chip").integer(1, machine.version == 1 ? 17 : 152));
  for (const Node &place : node.at("absent").list()) {
    std::vector<int64_t> at = place.integers(2, 0, 255);
    machine.absent.push_back({static_cast<int>(at[0]), static_cast<int>(at[1])});
  }
  for (const Node &place : node.at("dead_links").list()) {
    std::vector<int64_t> at = place.integers(3, 0, 255);
    if (at[2] > 5)
      place.wrong("names a link that routers do not have");
    machine.deadLinks.push_back(
        {static_cast<int>(at[0]), static_cast<int>(at[1]), static_cast<int>(at[2])});
  }
  Node step = node.at("step_seconds");
  machine.stepSeconds = step.number();
  if (!(machine.stepSeconds > 0 && machine.stepSeconds <= 1000))
    step.wrong("is no length of a step");
}

void Reader::readKind(const Node &node) {
  PackageKind kind;
  kind.name = node.at("name").text();
  kind.codeBytes = static_cast<uint32_t>(node.at("code_bytes").integer(0, 1 << 20));
  if (node.has("elf")) {
    kind.elf = bytesOf(node.at("elf"));
    if (kind.elf.compare(0, 4,
                         "\x7f"
                         "ELF") != 0)
      node.at("elf").wrong("is no ELF file");
  }
  if (node.has("host")) {
    kind.object = bytesOf(node.at("host"));
    if (kind.object.compare(0, 4,
                            "\x7f"
                            "ELF") != 0)
      node.at("host").wrong("is no ELF file");
  }
  package.kinds.push_back(std::move(kind));
}

//===-- data of a core --===//

namespace {

/// Checks that the regions of a core's data lie within it, and that rows name what the core has.
class DataCheck {
public:
  DataCheck(const std::vector<uint32_t> &words, uint32_t bytes, std::string file)
      : words(words), bytes(bytes), file(std::move(file)) {}

  core_data run();

private:
  const std::vector<uint32_t> &words;
  uint32_t bytes;
  std::string file;
  core_data h = {};

  [[noreturn]] void wrong(const char *field) const {
    refuse(fmt::format("'{}' is damaged: '{}' is not in its range", file, field));
  }
  void require(bool holds, const char *field) const {
    if (!holds)
      wrong(field);
  }
  /// A region that the file holds.
  void region(uint64_t offset, uint64_t count, const char *field) const {
    require(offset % 4 == 0 && offset + 4 * count <= 4 * uint64_t(words.size()), field);
  }
  template <typename T> T get(uint64_t offset, uint64_t k) const {
    T value;
    std::memcpy(&value, words.data() + offset / 4 + k * (sizeof(T) / 4), sizeof(T));
    return value;
  }
  void checkNeurons();
  void checkRows();
  void checkLocalRow(uint32_t k, const core_entry &entry, bool hasBefore) const;
  void checkSynapses(const uint32_t *row, uint32_t count) const;
  void checkSource();
};

} // namespace

core_data DataCheck::run() {
  require(words.size() >= sizeof(core_data) / 4, "size");
  std::memcpy(&h, words.data(), sizeof h);
  require(h.magic == CORE_MAGIC, "magic");
  require(h.version == CORE_VERSION, "version");
  require(h.bytes == bytes && uint64_t(bytes) >= 4 * uint64_t(words.size()), "bytes");
  region(h.counters, CORE_COUNTERS, "counters");
  require(h.counters != 0, "counters");
  if (h.kind == CORE_KIND_NEURONS)
    checkNeurons();
  else if (h.kind == CORE_KIND_SOURCE)
    checkSource();
  else
    wrong("kind");
  return h;
}

void DataCheck::checkNeurons() {
  require(h.neurons >= 1 && h.neurons <= CORE_NEURONS, "neurons");
  require(h.ports <= CORE_PORTS, "ports");
  require(h.stride >= h.neurons && h.stride <= CORE_NEURONS, "stride");
  require(h.record_words <= 4096, "record_words");
  region(h.records, uint64_t(h.neurons) * h.record_words, "records");
  require(h.shared_words <= 4096, "shared_words");
  region(h.shared, h.shared_words, "shared");
  if (h.indices)
    region(h.indices, h.neurons, "indices");
  require(h.packet_slots >= 1 && h.packet_slots <= 65536 &&
              (h.packet_slots & (h.packet_slots - 1)) == 0,
          "packet_slots");
  require(h.bias_ports >> CORE_PORTS == 0, "bias_ports");
  region(h.bias, uint64_t(h.biases) * (sizeof(core_bias) / 4), "biases");
  for (uint32_t k = 0; k < h.biases; ++k) {
    auto bias = get<core_bias>(h.bias, k);
    require(bias.port < h.ports && h.bias_ports >> bias.port & 1, "bias");
    region(bias.values, h.neurons, "bias");
  }
  for (const core_type &type : h.types)
    require(type.shift < 32 && (type.port < h.ports || type.port == 0), "types");
  checkRows();
  region(h.channel, sizeof(core_recording) / 4, "channel");
  auto recording = get<core_recording>(h.channel, 0);
  uint64_t words = 0;
  if (h.flags & CORE_RECORDS_SPIKES)
    words += (h.neurons + 31) / 32;
  if (h.flags & CORE_RECORDS_OUTPUTS)
    words += h.neurons;
  if (h.flags & CORE_RECORDS_STATES)
    words += uint64_t(h.neurons) * h.record_words;
  require(recording.step_bytes == 4 * words && recording.capacity >= 1 && recording.written == 0 &&
              recording.taken == 0,
          "channel");
  require(h.channel + sizeof recording + uint64_t(recording.capacity) * recording.step_bytes <=
              bytes,
          "channel");
}

void DataCheck::checkSynapses(const uint32_t *row, uint32_t count) const {
  for (uint32_t k = 0; k < count; ++k) {
    uint32_t type = row[k] >> CORE_TYPE_SHIFT & (CORE_TYPES - 1);
    require((row[k] & 0xff) < h.neurons && h.types[type].port < h.ports, "rows");
  }
}

void DataCheck::checkLocalRow(uint32_t k, const core_entry &entry, bool hasBefore) const {
  require(k + 1 < h.blocks, "block_table");
  auto row = get<core_row>(h.block_table, k), next = get<core_row>(h.block_table, k + 1);
  require(row.neuron < entry.neurons && row.start <= next.start && next.start <= h.rows_bytes / 4 &&
              (!hasBefore || get<core_row>(h.block_table, k - 1).neuron < row.neuron),
          "block_table");
  checkSynapses(words.data() + h.rows / 4 + row.start, next.start - row.start);
}

void DataCheck::checkRows() {
  region(h.table, uint64_t(h.entries) * (sizeof(core_entry) / 4), "table");
  region(h.block_table, uint64_t(h.blocks) * (sizeof(core_block) / 4), "block_table");
  require(h.rows_bytes % 4 == 0, "rows_bytes");
  region(h.rows, h.rows_bytes / 4, "rows");
  uint64_t last = 0;
  for (uint32_t e = 0; e < h.entries; ++e) {
    auto entry = get<core_entry>(h.table, e);
    require((entry.key & ~entry.mask) == 0 && (e == 0 || entry.key > last), "table");
    last = entry.key;
    require(uint32_t(entry.first_block) + entry.blocks <= h.blocks, "table");
    for (uint32_t b = entry.first_block; b < uint32_t(entry.first_block) + entry.blocks; ++b) {
      if (h.flags & CORE_LOCAL_ROWS) {
        checkLocalRow(b, entry, b > entry.first_block);
        continue;
      }
      auto block = get<core_block>(h.block_table, b);
      require(block.words >= CORE_ROW_HEADER && block.words <= CORE_ROW_WORDS &&
                  block.offset % 4 == 0 &&
                  block.offset + 4 * uint64_t(block.words) * entry.neurons <= h.rows_bytes,
              "block_table");
      for (uint64_t n = 0; n < entry.neurons; ++n) {
        const uint32_t *row = words.data() + (h.rows + block.offset) / 4 + n * block.words;
        require(row[0] == 0 && row[2] == 0 && row[1] <= block.words - CORE_ROW_HEADER, "rows");
        checkSynapses(row + CORE_ROW_HEADER, row[1]);
      }
    }
  }
}

void DataCheck::checkSource() {
  region(h.table, uint64_t(h.entries) * (sizeof(core_segment) / 4), "table");
  uint64_t next = 0;
  for (uint32_t k = 0; k < h.entries; ++k) {
    auto segment = get<core_segment>(h.table, k);
    require(segment.first == next, "table");
    next += segment.neurons;
  }
  require(next == h.neurons && h.entries <= 2048, "table");
  require(h.lag <= 1, "lag");
  region(h.channel, sizeof(core_input) / 4, "channel");
  auto input = get<core_input>(h.channel, 0);
  require(input.capacity >= 1 && input.step_bytes == 4 * uint64_t(h.neurons) &&
              input.written == 0 && input.taken == 0 &&
              h.channel + sizeof input + uint64_t(input.capacity) * input.step_bytes <= bytes,
          "channel");
}

void Reader::readCore(const Node &node) {
  PackageCore core;
  core.name = node.at("name").text();
  std::vector<int64_t> at = node.at("at").integers(3, 0, 255);
  core.x = static_cast<int>(at[0]);
  core.y = static_cast<int>(at[1]);
  core.p = static_cast<int>(at[2]);
  if (!isChip(core.x, core.y) || core.p >= package.machine.coresPerChip)
    node.at("at").wrong("is no core of the machine");
  core.kind = static_cast<uint32_t>(
      node.at("kind").integer(0, static_cast<int64_t>(package.kinds.size()) - 1));
  core.address = static_cast<uint32_t>(node.at("address").integer(0x60000000, 0x67ffffff));
  core.bytes = static_cast<uint32_t>(node.at("bytes").integer(0, 0x8000000));
  core.memoryBytes = static_cast<uint32_t>(node.at("memory_bytes").integer(0, 1 << 20));
  if (core.address % 4 || core.bytes % 4 || core.bytes > 0x68000000 - core.address)
    node.at("address").wrong("does not leave room for the data");
  std::string bytes = bytesOf(node.at("data"));
  if (bytes.size() % 4 != 0)
    node.at("data").wrong("is no file of whole words");
  core.data.resize(bytes.size() / 4);
  for (size_t k = 0; k < core.data.size(); ++k)
    for (int b = 0; b < 4; ++b)
      core.data[k] |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[4 * k + b])) << 8 * b;
  DataCheck(core.data, core.bytes, node.at("data").text()).run();
  package.cores.push_back(std::move(core));
}

void Reader::readChip(const Node &node) {
  PackageChip chip;
  std::vector<int64_t> at = node.at("at").integers(2, 0, 255);
  chip.x = static_cast<int>(at[0]);
  chip.y = static_cast<int>(at[1]);
  if (!isChip(chip.x, chip.y))
    node.at("at").wrong("is no chip of the machine");
  Expected<std::vector<RouteEntry>> table =
      decodeTable(bytesOf(node.at("table")), package.machine.version);
  if (!table)
    refuse(fmt::format("'{}': {}", node.at("table").text(), table.error().message));
  if (static_cast<int64_t>(table->size()) != node.at("entries").integer(0, INT32_MAX))
    node.at("entries").wrong("is not what the table has");
  chip.table = std::move(*table);
  package.chips.push_back(std::move(chip));
}

//===-- what a host has to know --===//

std::vector<Part> Reader::readParts(const Node &node, int64_t neurons, bool isSource) {
  std::vector<Part> parts;
  for (const Node &entry : node.list()) {
    Part part;
    part.core = static_cast<uint32_t>(
        entry.at("core").integer(0, static_cast<int64_t>(package.cores.size()) - 1));
    core_data header;
    std::memcpy(&header, package.cores[part.core].data.data(), sizeof header);
    if ((header.kind == CORE_KIND_SOURCE) != isSource)
      entry.at("core").wrong("is a core of another kind");
    part.ranges = entry.at("ranges").integers(0, 0, neurons);
    int64_t count = 0;
    bool ascends = part.ranges.size() % 2 == 0;
    for (size_t r = 0; ascends && r < part.ranges.size(); r += 2) {
      ascends =
          part.ranges[r] < part.ranges[r + 1] && (r == 0 || part.ranges[r] > part.ranges[r - 1]);
      count += part.ranges[r + 1] - part.ranges[r];
    }
    if (!ascends)
      entry.at("ranges").wrong("are no ascending ranges");
    if (isSource)
      part.first = static_cast<uint32_t>(entry.at("first_word").integer(0, header.neurons));
    if (isSource ? part.first + count > header.neurons : count != header.neurons)
      entry.at("ranges").wrong("are not the neurons of the core");
    parts.push_back(std::move(part));
  }
  return parts;
}

Variable Reader::readVariable(const Node &node, uint32_t words) {
  Variable variable;
  variable.name = node.at("name").text();
  variable.bits = static_cast<int>(node.at("bits").integer(1, 64));
  variable.word = static_cast<uint32_t>(
      node.at("word").integer(0, int64_t(words) - (variable.bits > 32 ? 2 : 1)));
  variable.isSigned = node.at("signed").boolean();
  variable.fractionBits = static_cast<int>(node.at("fraction_bits").integer(-64, 64));
  return variable;
}

void Reader::readPopulation(const Node &node) {
  PackagePopulation population;
  population.name = node.at("name").text();
  population.neurons = node.at("neurons").integer(1, INT32_MAX);
  population.parts = readParts(node.at("parts"), population.neurons, false);
  int64_t placed = 0;
  uint32_t words = UINT32_MAX;
  for (const Part &part : population.parts) {
    core_data header;
    std::memcpy(&header, package.cores[part.core].data.data(), sizeof header);
    words = std::min(words, header.record_words);
    placed += header.neurons;
  }
  if (placed != population.neurons)
    node.at("parts").wrong("are not all of its neurons");
  for (const Node &state : node.at("states").list())
    population.states.push_back(readVariable(state, words));
  for (const Node &port : node.at("ports").list())
    population.ports.push_back(
        {port.at("name").text(), static_cast<int>(port.at("fraction_bits").integer(-64, 64))});
  population.graded = node.at("graded").boolean();
  population.output = readVariable(node.at("output"), 1);
  package.populations.push_back(std::move(population));
}

void Reader::readSource(const Node &node) {
  PackageSource source;
  source.name = node.at("name").text();
  source.neurons = node.at("neurons").integer(1, INT32_MAX);
  source.fractionBits = static_cast<int>(node.at("fraction_bits").integer(-64, 64));
  source.parts = readParts(node.at("parts"), source.neurons, true);
  package.sources.push_back(std::move(source));
}

Package Reader::read() {
  Expected<std::vector<std::byte>> bytes = readFile(folder + "/manifest.json");
  if (!bytes)
    refuse(bytes.error().message);
  std::string_view text = textOf(*bytes);
  json manifest = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (manifest.is_discarded())
    refuse("'manifest.json' is no JSON");
  Node node(manifest, "manifest");
  if (node.at("format").text() != "engram-spinnaker")
    node.at("format").wrong("is not that of a SpiNNaker package");
  node.at("version").integer(1, 1);
  package.network = node.at("network").text();
  readMachine(node.at("machine"));
  package.defaultRoutes = node.at("default_routes").boolean();
  package.latency = static_cast<int>(node.at("latency").integer(1, 1));
  for (const Node &kind : node.at("kinds").list())
    readKind(kind);
  std::set<std::tuple<int, int, int>> places;
  for (const Node &entry : node.at("cores").list()) {
    readCore(entry);
    const PackageCore &core = package.cores.back();
    if (!places.insert({core.x, core.y, core.p}).second)
      entry.at("at").wrong("is taken by another core");
  }
  for (const Node &entry : node.at("chips").list())
    readChip(entry);
  for (const Node &entry : node.at("populations").list())
    readPopulation(entry);
  for (const Node &entry : node.at("sources").list())
    readSource(entry);
  return std::move(package);
}

Expected<Package> engram::spinnaker::readPackage(const std::string &folder) {
  try {
    return Reader(folder).read();
  } catch (const Fault &fault) {
    return fail("'" + folder + "': " + fault.message);
  }
}
