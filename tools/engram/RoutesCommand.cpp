// engram routes: shows, minimises and compares files of routing tables.
#include "tools/engram/Command.h"

#include "lowering/NCoreToAer/MinimizeRules.h"
#include "lowering/NCoreToAer/ProveRules.h"
#include "lowering/NCoreToAer/RouteFile.h"
#include "runtime/NumberText.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

using namespace engram::aer;

namespace engram::tool {

namespace {

using Json = nlohmann::ordered_json;

struct RoutesOptions {
  std::string file, against, output, algorithm = "best";
  bool minimize = false, defaultRoutes = false, keepUnmatched = false, noProof = false,
       json = false;
  uint64_t effort = MinimizeOptions().effort;
};

/// The words of routes as numbers without gaps.
class Words {
public:
  RouteId numberOf(uint32_t word) {
    auto [it, isNew] = numbers.emplace(word, static_cast<RouteId>(words.size()));
    if (isNew)
      words.push_back(word);
    return it->second;
  }
  uint32_t operator[](RouteId number) const { return words[number]; }
  RouteId size() const { return static_cast<RouteId>(words.size()); }

private:
  std::vector<uint32_t> words;
  std::map<uint32_t, RouteId> numbers;
};

/// What was done with one table.
struct Outcome {
  RouteFileTable table;
  size_t before = 0;
  RouteId routes = 0;
  double seconds = 0;
  Minimized result;
};

} // namespace

static Demands demandsOf(const RouteFileTable &table, const RoutesOptions &options, Words &words) {
  Demands demands;
  for (const RouteFileEntry &entry : table.entries)
    demands.push_back({{entry.key, entry.mask},
                       words.numberOf(entry.route),
                       options.defaultRoutes && entry.defaultable});
  if (options.keepUnmatched)
    demands.push_back({{0, 0}, noRoute, false});
  return demands;
}

/// An entry is defaultable if all entries of the input that it serves are; it is enough to look at
/// those that it meets.
static bool isDefaultable(const Rule &rule, uint32_t word, const RouteFileTable &table) {
  bool any = false;
  for (const RouteFileEntry &entry : table.entries)
    if (meet(rule.cube, {entry.key, entry.mask})) {
      if (!entry.defaultable || entry.route != word)
        return false;
      any = true;
    }
  return any;
}

static Expected<Outcome> minimizeTable(const RouteFileTable &table, const RoutesOptions &options) {
  auto begin = std::chrono::steady_clock::now();
  Words words;
  Demands demands = demandsOf(table, options, words);
  const std::vector<std::string> &names = algorithmNames();
  MinimizeOptions how;
  how.algorithm = static_cast<Algorithm>(std::find(names.begin(), names.end(), options.algorithm) -
                                         names.begin());
  how.effort = options.effort;
  how.prove = !options.noProof;
  Expected<Minimized> result = minimize(demands, words.size(), how);
  if (!result)
    return fail(result.error().message);
  Outcome outcome{{table.place, {}}, table.entries.size(), words.size(), 0, std::move(*result)};
  for (const Rule &rule : outcome.result.rules) {
    uint32_t word = words[rule.route];
    outcome.table.entries.push_back({static_cast<uint32_t>(rule.cube.key),
                                     static_cast<uint32_t>(rule.cube.mask), word,
                                     isDefaultable(rule, word, table)});
  }
  std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  outcome.seconds = spent.count();
  return outcome;
}

static std::string placeOf(const RouteFileTable &table) {
  return table.place ? fmt::format("({}, {})", table.place->first, table.place->second) : "-";
}

static Json placeJson(const RouteFileTable &table) {
  Json json;
  if (table.place) {
    json["x"] = table.place->first;
    json["y"] = table.place->second;
  }
  return json;
}

//===-- minimise -----------------------------------------------------------------------------===//

static std::string reportOf(const std::vector<Outcome> &outcomes, const RoutesOptions &options) {
  size_t before = 0, after = 0, largest = 0;
  double seconds = 0;
  std::string text =
      fmt::format("{:<10} {:>7} {:>7} {:>7} {:>8}\n", "table", "before", "after", "routes", "s");
  Json tables = Json::array();
  for (const Outcome &outcome : outcomes) {
    size_t entries = outcome.table.entries.size();
    before += outcome.before;
    after += entries;
    largest = std::max(largest, entries);
    seconds += outcome.seconds;
    text += fmt::format("{:<10} {:>7} {:>7} {:>7} {:>8.3f}{}\n", placeOf(outcome.table),
                        outcome.before, entries, outcome.routes, outcome.seconds,
                        outcome.result.proved ? "  proved" : "");
    Json one = placeJson(outcome.table);
    one["before"] = outcome.before;
    one["after"] = entries;
    one["routes"] = outcome.routes;
    one["seconds"] = outcome.seconds;
    one["proved"] = outcome.result.proved;
    tables.push_back(std::move(one));
  }
  text += fmt::format("{:<10} {:>7} {:>7} {:>7} {:>8.3f}\nlargest table: {} entries\n", "all",
                      before, after, "", seconds, largest);
  if (!options.json)
    return text;
  Json report = {{"file", options.file}, {"algorithm", options.algorithm},
                 {"before", before},     {"after", after},
                 {"largest", largest},   {"seconds", seconds},
                 {"tables", tables}};
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

static int minimizeFile(const std::vector<RouteFileTable> &tables, const RoutesOptions &options) {
  std::vector<Outcome> outcomes;
  std::vector<RouteFileTable> written;
  for (const RouteFileTable &table : tables) {
    Expected<Outcome> outcome = minimizeTable(table, options);
    if (!outcome)
      return failInput(
          fmt::format("{}: {}: {}", options.file, table.name(), outcome.error().message));
    written.push_back(outcome->table);
    outcomes.push_back(std::move(*outcome));
  }
  if (!options.output.empty())
    if (Expected<void> done = writeRouteFile(options.output, written); !done)
      return failInput(done.error().message);
  return writeText("", reportOf(outcomes, options));
}

//===-- compare ------------------------------------------------------------------------------===//

static std::string wayOf(RouteId route, const Words &words) {
  return route == noRoute ? "match no entry" : fmt::format("take route 0x{:08x}", words[route]);
}

/// Nothing if the second table does what the first says.
static std::optional<std::string> difference(const RouteFileTable &first,
                                             const RouteFileTable &second,
                                             const RoutesOptions &options) {
  Words words;
  Demands demands = demandsOf(first, options, words);
  Rules rules;
  for (const RouteFileEntry &entry : second.entries)
    rules.push_back({{entry.key, entry.mask}, words.numberOf(entry.route)});
  Work work(uint64_t(1) << 34);
  Proof proof = prove(demands, rules, work);
  if (proof.outcome == Proof::TooLong)
    return first.name() + ": the proof takes too long";
  if (proof.outcome == Proof::Refuted)
    return fmt::format("{}: expected key 0x{:08x} to {}, got an entry that makes it {}",
                       first.name(), proof.key, wayOf(proof.demanded, words),
                       wayOf(proof.got, words));
  return std::nullopt;
}

static int compareFiles(const std::vector<RouteFileTable> &tables, const RoutesOptions &options) {
  Expected<std::vector<RouteFileTable>> others = readRouteFile(options.against);
  if (!others)
    return failInput(others.error().message);
  if (others->size() != tables.size())
    return failInput(fmt::format("{}: expected {} tables as in '{}', got {}", options.against,
                                 tables.size(), options.file, others->size()));
  std::string text;
  Json compared = Json::array();
  for (const RouteFileTable &table : tables) {
    // A file of one table may come without its place.
    auto other = std::find_if(others->begin(), others->end(), [&](const RouteFileTable &each) {
      return each.place == table.place || !each.place || !table.place;
    });
    if (other == others->end())
      return failInput(fmt::format("{}: expected {}", options.against, table.name()));
    if (std::optional<std::string> different = difference(table, *other, options))
      return failInput(fmt::format("{}: {}", options.against, *different));
    text += fmt::format("{}: {} entries do what {} do, proved for all keys\n", table.name(),
                        other->entries.size(), table.entries.size());
    Json one = placeJson(table);
    one["entries"] = table.entries.size();
    one["against"] = other->entries.size();
    one["equal"] = true;
    compared.push_back(std::move(one));
  }
  return writeText("", options.json ? compared.dump(2) + "\n" : text);
}

//===-- show ---------------------------------------------------------------------------------===//

static int showFile(const std::vector<RouteFileTable> &tables, const RoutesOptions &options) {
  std::string text =
      fmt::format("{:<10} {:>7} {:>7} {:>11}\n", "table", "entries", "routes", "defaultable");
  Json shown = Json::array();
  for (const RouteFileTable &table : tables) {
    Words words;
    size_t defaultable = 0;
    for (const RouteFileEntry &entry : table.entries) {
      words.numberOf(entry.route);
      defaultable += entry.defaultable;
    }
    text += fmt::format("{:<10} {:>7} {:>7} {:>11}\n", placeOf(table), table.entries.size(),
                        words.size(), defaultable);
    Json one = placeJson(table);
    one["entries"] = table.entries.size();
    one["routes"] = words.size();
    one["defaultable"] = defaultable;
    shown.push_back(std::move(one));
  }
  return writeText("", options.json ? shown.dump(2) + "\n" : text);
}

static int runRoutes(const RoutesOptions &options) {
  if (!options.output.empty() && !options.minimize)
    return failCall("'-o' needs '--minimize'");
  if (!options.against.empty() && options.minimize)
    return failCall("'--against' and '--minimize' exclude each other");
  for (const std::string &path : {options.file, options.against, options.output})
    if (!path.empty())
      if (Expected<void> right = checkRouteFileName(path); !right)
        return failCall(right.error().message);
  Expected<std::vector<RouteFileTable>> tables = readRouteFile(options.file);
  if (!tables)
    return failInput(tables.error().message);
  if (options.minimize)
    return minimizeFile(*tables, options);
  return options.against.empty() ? showFile(*tables, options) : compareFiles(*tables, options);
}

void addRoutesCommand(CLI::App &app, Action &action) {
  auto options = std::make_shared<RoutesOptions>();
  CLI::App *command = app.add_subcommand("routes", "show, minimise and compare routing tables");
  command->add_option("FILE", options->file, "tables of PACMAN: .csv, .json, or with .gz behind it")
      ->required();
  command->add_flag(
      "--minimize", options->minimize,
      "find fewer entries that route each key of the file the same way, and prove it");
  command->add_option("-o,--output", options->output, "where to write the smaller tables");
  command->add_option("--against", options->against,
                      "prove that this file routes each key of FILE the same way");
  command
      ->add_option("--algorithm", options->algorithm,
                   fmt::format("one of {}; best is the default", listOf(algorithmNames())))
      ->check(CLI::IsMember(algorithmNames()));
  command
      ->add_option("--effort", options->effort,
                   "millions of steps of the search, a table (default 80)")
      ->check(wholeNumber(0));
  command->add_flag("--default-routes", options->defaultRoutes,
                    "what is 'defaultable' may go without an entry");
  command->add_flag("--keep-unmatched", options->keepUnmatched,
                    "keys that match no entry still match none; else they may go anywhere");
  command->add_flag("--no-proof", options->noProof, "leave out the proof");
  command->add_flag("--json", options->json, "the report as JSON");
  command->footer("examples:\n  engram routes tables.json.gz\n"
                  "  engram routes tables.json.gz --minimize -o small.json\n"
                  "  engram routes tables.json.gz --against small.json");
  command->callback([options, &action] { action = [options] { return runRoutes(*options); }; });
}

} // namespace engram::tool
