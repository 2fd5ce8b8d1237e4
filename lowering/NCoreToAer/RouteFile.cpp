// PACMAN's tables. The schema of the JSON is its routing_tables.json.
#include "lowering/NCoreToAer/RouteFile.h"
#include "runtime/AtomicFile.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"
#include <charconv>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <zlib.h>

using namespace engram;
using namespace engram::aer;
using nlohmann::json;

constexpr size_t longestText = size_t(1) << 30;

namespace {

struct Format {
  bool json = false, compressed = false;
};

} // namespace

static bool takeEnding(std::string &name, std::string_view ending) {
  if (name.size() <= ending.size() ||
      name.compare(name.size() - ending.size(), ending.size(), ending) != 0)
    return false;
  name.resize(name.size() - ending.size());
  return true;
}

static Expected<Format> formatOf(const std::string &path) {
  std::string name = path;
  for (char &c : name)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  Format format;
  format.compressed = takeEnding(name, ".gz");
  format.json = takeEnding(name, ".json");
  if (!format.json && !takeEnding(name, ".csv"))
    return fail(fmt::format(
        "expected the name of a file of routes to end in .csv, .json, .csv.gz or .json.gz, got {}",
        quote(path)));
  return format;
}

std::string RouteFileTable::name() const {
  return place ? fmt::format("table ({}, {})", place->first, place->second) : "the table";
}

//===-- compression --------------------------------------------------------------------------===//

static Expected<std::string> inflated(std::string_view bytes, const std::string &path) {
  std::string text;
  size_t begin = 0;
  while (begin < bytes.size()) { // a file may hold several streams, one behind the other
    z_stream stream = {};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
      return fail(fmt::format("{}: cannot be decompressed", path));
    int status = Z_OK;
    while (status == Z_OK && text.size() <= longestText) {
      size_t most = std::min<size_t>(bytes.size() - begin, 1 << 20);
      char piece[1 << 16];
      // zlib's interface predates const.
      stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data() + begin));
      stream.avail_in = static_cast<uInt>(most);
      stream.next_out = reinterpret_cast<Bytef *>(piece);
      stream.avail_out = sizeof(piece);
      status = inflate(&stream, Z_NO_FLUSH);
      begin += most - stream.avail_in;
      text.append(piece, sizeof(piece) - stream.avail_out);
    }
    inflateEnd(&stream);
    if (text.size() > longestText)
      return fail(fmt::format("{}: holds more than 1 GiB of text", path));
    if (status == Z_BUF_ERROR)
      return fail(fmt::format("{}: is cut off", path));
    if (status != Z_STREAM_END)
      return fail(fmt::format("{}: expected a file of gzip", path));
  }
  return text;
}

static Expected<std::string> deflated(const std::string &text, const std::string &path) {
  z_stream stream = {};
  if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return fail(fmt::format("{}: cannot be compressed", path));
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef *>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  int status = deflate(&stream, Z_FINISH);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END)
    return fail(fmt::format("{}: cannot be compressed", path));
  return bytes;
}

//===-- reading ------------------------------------------------------------------------------===//

/// An entry that no key matches is a mistake of who wrote it.
static Expected<void> check(const RouteFileEntry &entry, const std::string &where) {
  if ((entry.key & ~entry.mask) == 0)
    return {};
  return fail(fmt::format("{}: expected a key without bits outside of its mask, got key 0x{:08x} "
                          "and mask 0x{:08x}",
                          where, entry.key, entry.mask));
}

static std::optional<uint32_t> parseWord(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  bool hex = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  if (hex)
    text.remove_prefix(2);
  uint32_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (error != std::errc() || text.empty() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

static Expected<RouteFileTable> parseCsv(std::string_view text, const std::string &path) {
  RouteFileTable table;
  for (size_t line = 1; !text.empty(); ++line) {
    std::string_view row = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), row.size() + 1));
    if (!row.empty() && row.back() == '\r')
      row.remove_suffix(1);
    if (row.find_first_not_of(" \t") == std::string_view::npos)
      continue;
    size_t first = row.find(','),
           second = first == std::string_view::npos ? first : row.find(',', first + 1);
    std::optional<uint32_t> key, mask, route;
    if (second != std::string_view::npos) {
      key = parseWord(row.substr(0, first));
      mask = parseWord(row.substr(first + 1, second - first - 1));
      route = parseWord(row.substr(second + 1));
    }
    std::string where = fmt::format("{}:{}", path, line);
    if (!key || !mask || !route)
      return fail(fmt::format("{}: expected key, mask and route, whole numbers of 32 bits, got {}",
                              where, quote(row)));
    table.entries.push_back({*key, *mask, *route, false});
    if (Expected<void> right = check(table.entries.back(), where); !right)
      return fail(right.error().message);
  }
  return table;
}

static Expected<uint64_t> wordOf(const json &object, const char *field, uint64_t most,
                                 const std::string &where) {
  auto found = object.find(field);
  if (found == object.end())
    return fail(fmt::format("{}: expected a field '{}'", where, field));
  if (!found->is_number_unsigned() || found->get<uint64_t>() > most)
    return fail(fmt::format("{}: expected '{}' to be a whole number up to {}, got {}", where, field,
                            most,
                            quote(found->dump(-1, ' ', true, json::error_handler_t::replace))));
  return found->get<uint64_t>();
}

static Expected<RouteFileEntry> parseEntry(const json &object, const std::string &where) {
  if (!object.is_object())
    return fail(fmt::format("{}: expected an object", where));
  constexpr uint64_t most = ~uint32_t(0);
  Expected<uint64_t> key = wordOf(object, "key", most, where),
                     mask = wordOf(object, "mask", most, where),
                     route = wordOf(object, "spinnaker_route", most, where);
  for (const Expected<uint64_t> *value : {&key, &mask, &route})
    if (!*value)
      return fail(value->error().message);
  RouteFileEntry entry{static_cast<uint32_t>(*key), static_cast<uint32_t>(*mask),
                       static_cast<uint32_t>(*route), false};
  if (auto found = object.find("defaultable"); found != object.end()) {
    if (!found->is_boolean())
      return fail(fmt::format("{}: expected 'defaultable' to be true or false", where));
    entry.defaultable = found->get<bool>();
  }
  if (Expected<void> right = check(entry, where); !right)
    return fail(right.error().message);
  return entry;
}

static Expected<RouteFileTable> parseTable(const json &object, const std::string &where) {
  if (!object.is_object())
    return fail(fmt::format("{}: expected an object", where));
  Expected<uint64_t> x = wordOf(object, "x", 65535, where), y = wordOf(object, "y", 65535, where);
  if (!x || !y)
    return fail((x ? y : x).error().message);
  auto entries = object.find("entries");
  if (entries == object.end() || !entries->is_array())
    return fail(fmt::format("{}: expected 'entries', a list", where));
  RouteFileTable table;
  table.place = {static_cast<int>(*x), static_cast<int>(*y)};
  for (size_t k = 0; k < entries->size(); ++k) {
    Expected<RouteFileEntry> entry =
        parseEntry((*entries)[k], fmt::format("{}, entry {}", where, k));
    if (!entry)
      return fail(entry.error().message);
    table.entries.push_back(*entry);
  }
  return table;
}

static Expected<std::vector<RouteFileTable>> parseJson(std::string_view text,
                                                       const std::string &path) {
  json list = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (list.is_discarded())
    return fail(fmt::format("{}: expected JSON", path));
  if (!list.is_array())
    return fail(fmt::format("{}: expected a list of tables", path));
  std::vector<RouteFileTable> tables;
  std::set<std::pair<int, int>> places;
  for (size_t k = 0; k < list.size(); ++k) {
    Expected<RouteFileTable> table = parseTable(list[k], fmt::format("{}: table {}", path, k));
    if (!table)
      return fail(table.error().message);
    if (!places.insert(*table->place).second)
      return fail(fmt::format("{}: expected one {}, got several", path, table->name()));
    tables.push_back(std::move(*table));
  }
  return tables;
}

Expected<std::vector<RouteFileTable>> engram::aer::readRouteFile(const std::string &path) {
  Expected<Format> format = formatOf(path);
  if (!format)
    return fail(format.error().message);
  Expected<std::vector<std::byte>> bytes = readFile(path);
  if (!bytes)
    return fail(bytes.error().message);
  std::string unpacked;
  std::string_view text = textOf(*bytes);
  if (format->compressed) {
    Expected<std::string> result = inflated(text, path);
    if (!result)
      return fail(result.error().message);
    unpacked = std::move(*result);
    text = unpacked;
  }
  if (format->json)
    return parseJson(text, path);
  Expected<RouteFileTable> table = parseCsv(text, path);
  if (!table)
    return fail(table.error().message);
  return std::vector<RouteFileTable>{std::move(*table)};
}

//===-- writing ------------------------------------------------------------------------------===//

static std::string csvOf(const RouteFileTable &table) {
  std::string text;
  for (const RouteFileEntry &entry : table.entries)
    text += fmt::format("0x{:08X},0x{:08X},0x{:08X}\n", entry.key, entry.mask, entry.route);
  return text;
}

static std::string jsonOf(const std::vector<RouteFileTable> &tables) {
  std::string text = "[";
  for (size_t k = 0; k < tables.size(); ++k) {
    auto [x, y] = tables[k].place.value_or(std::pair(0, 0));
    text += fmt::format("{}{{\"x\": {}, \"y\": {}, \"entries\": [", k ? ",\n" : "", x, y);
    for (size_t e = 0; e < tables[k].entries.size(); ++e) {
      const RouteFileEntry &entry = tables[k].entries[e];
      text += fmt::format("{}\n{{\"key\": {}, \"mask\": {}, \"defaultable\": {}, "
                          "\"spinnaker_route\": {}}}",
                          e ? "," : "", entry.key, entry.mask, entry.defaultable, entry.route);
    }
    text += "]}";
  }
  return text + "]\n";
}

Expected<void> engram::aer::checkRouteFileName(const std::string &path) {
  if (Expected<Format> format = formatOf(path); !format)
    return fail(format.error().message);
  return {};
}

Expected<void> engram::aer::writeRouteFile(const std::string &path,
                                           const std::vector<RouteFileTable> &tables) {
  Expected<Format> format = formatOf(path);
  if (!format)
    return fail(format.error().message);
  if (!format->json && tables.size() != 1)
    return fail(
        fmt::format("{}: a file of CSV holds one table, got {}; use .json", path, tables.size()));
  std::string text = format->json ? jsonOf(tables) : csvOf(tables.front());
  if (!format->compressed)
    return writeFileAtomically(path, text);
  Expected<std::string> bytes = deflated(text, path);
  if (!bytes)
    return fail(bytes.error().message);
  return writeFileAtomically(path, *bytes);
}
