// Routing tables of files and of made-up networks through all algorithms, side by side.
#include "lowering/NCoreToAer/MinimizeRules.h"
#include "lowering/NCoreToAer/RouteFile.h"
#include "lowering/NCoreToAer/Tables.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <map>

using namespace engram;
using namespace engram::aer;

namespace {

struct Table {
  std::string name;
  Demands demands;
  RouteId routes = 0;
};

struct Column {
  Algorithm algorithm;
  size_t sum = 0, largest = 0;
  double seconds = 0;
};

/// The same on every machine.
class Dice {
public:
  explicit Dice(uint64_t seed) : state(seed) {}
  uint64_t roll(uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
  }
  /// About normal: the sum of twelve uniform numbers.
  double bell() {
    double sum = -6;
    for (int k = 0; k < 12; ++k)
      sum += static_cast<double>(roll(1 << 20)) / (1 << 20);
    return sum;
  }

private:
  uint64_t state;
};

} // namespace

static double secondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// All tables through all algorithms; one line of them together.
static bool compare(const std::string &name, const std::vector<Table> &tables, uint64_t effort) {
  Column columns[] = {
      {Algorithm::Pair}, {Algorithm::OrderedCovering}, {Algorithm::RangePair}, {Algorithm::Best}};
  size_t raw = 0, worse = 0;
  for (const Table &table : tables) {
    raw += table.demands.size();
    std::vector<size_t> sizes;
    for (Column &column : columns) {
      MinimizeOptions options;
      options.algorithm = column.algorithm;
      options.effort = effort;
      auto begin = std::chrono::steady_clock::now();
      Expected<Minimized> result = minimize(table.demands, table.routes, options);
      column.seconds += secondsSince(begin);
      if (!result) {
        fmt::print("{}: {}\n", table.name, result.error().message);
        return false;
      }
      size_t size = result->rules.size();
      column.sum += size;
      column.largest = std::max(column.largest, size);
      sizes.push_back(size);
    }
    worse += sizes[3] > std::min({sizes[0], sizes[1], sizes[2]});
  }
  fmt::print("{:<18} {:>7}", name, raw);
  for (const Column &column : columns)
    fmt::print(" {:>7} {:>6} {:>7.2f}", column.sum, fmt::format("({})", column.largest),
               column.seconds);
  fmt::print(" {:>6}\n", worse);
  return true;
}

static std::vector<Table> tablesOf(const std::string &path) {
  Expected<std::vector<RouteFileTable>> read = readRouteFile(path);
  if (!read) {
    fmt::print("{}\n", read.error().message);
    return {};
  }
  std::vector<Table> tables;
  for (const RouteFileTable &given : *read) {
    Table table{given.name(), {}, 0};
    std::map<uint32_t, RouteId> numbers;
    for (const RouteFileEntry &entry : given.entries)
      table.demands.push_back(
          {{entry.key, entry.mask},
           numbers.emplace(entry.route, static_cast<RouteId>(numbers.size())).first->second,
           false});
    table.routes = static_cast<RouteId>(numbers.size());
    tables.push_back(std::move(table));
  }
  return tables;
}

/// A board of 48 chips: a hexagon in 8 x 8.
static ncore::Target board() {
  ncore::Target target;
  target.topology = ncore::Topology::Hexagonal;
  target.gridX = target.gridY = 8;
  target.coresPerRouter = 16;
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x)
      if (x - y > 4 || y - x > 3)
        target.absent.push_back({x, y});
  target.normalize();
  return target;
}

/// Two slices a core, each to `fan` cores: anywhere, or on chips about `reach` hops away. Keys are
/// column, row, core and slice, as Mundy's.
static std::vector<Table> networkOf(int fan, double reach, uint64_t seed) {
  ncore::Target target = board();
  Dice dice(seed);
  std::vector<ncore::CorePlace> cores = target.cores();
  std::vector<KeyBlock> blocks;
  for (const ncore::CorePlace &core : cores)
    for (uint64_t slice = 0; slice < 2; ++slice)
      blocks.push_back(
          {uint64_t(core.x) << 24 | uint64_t(core.y) << 16 | uint64_t(core.p) << 11 | slice << 10,
           0xfffffc00});
  TableBuilder builder(target, blocks, false, Merge::None);
  TreeBuilder trees(target, TreeMethod::NeighbourExploring, 20);
  for (size_t k = 0; k < blocks.size(); ++k) {
    ncore::CorePlace from = cores[k / 2];
    std::vector<ncore::CorePlace> ends;
    while (ends.size() < static_cast<size_t>(fan)) {
      ncore::CorePlace to = cores[dice.roll(cores.size())];
      if (reach > 0)
        to = {from.x + static_cast<int>(std::lround(reach * dice.bell())),
              from.y + static_cast<int>(std::lround(reach * dice.bell())),
              static_cast<int>(dice.roll(16))};
      if (target.inGrid(to.router()) && target.isCore(to) &&
          std::find(ends.begin(), ends.end(), to) == ends.end())
        ends.push_back(to);
    }
    std::sort(ends.begin(), ends.end());
    if (Expected<Tree> tree = trees.build(from.router(), ends))
      builder.add(k, *tree);
  }
  std::vector<Table> tables;
  for (auto &[router, entries] : builder.tables()) {
    Table table{fmt::format("table ({}, {})", router.x, router.y), {}, 0};
    std::map<std::pair<std::vector<int>, std::vector<int>>, RouteId> numbers;
    for (const TableEntry &entry : entries)
      table.demands.push_back(
          {{entry.key, entry.mask},
           numbers
               .emplace(std::pair(entry.links, entry.cores), static_cast<RouteId>(numbers.size()))
               .first->second,
           false});
    table.routes = static_cast<RouteId>(numbers.size());
    tables.push_back(std::move(table));
  }
  return tables;
}

static int run(int argc, char **argv) {
  CLI::App app("sizes of routing tables by algorithm");
  std::vector<std::string> files;
  uint64_t effort = MinimizeOptions().effort;
  app.add_option("FILE", files, "tables as PACMAN writes them");
  app.add_option("--effort", effort, "millions of steps a table");
  CLI11_PARSE(app, argc, argv);
  fmt::print("{:<18} {:>7} {:^22} {:^22} {:^22} {:^22} {:>6}\n", "", "", "pair", "ordered covering",
             "range, then pair", "engram", "");
  fmt::print("{:<18} {:>7}", "tables", "raw");
  for (int k = 0; k < 4; ++k)
    fmt::print(" {:>7} {:>6} {:>7}", "entries", "(max)", "s");
  fmt::print(" {:>6}\n", "worse");
  bool right = true;
  for (const std::string &file : files) {
    std::string name = file.substr(file.rfind('/') + 1);
    name = name.substr(0, name.find("_routing"));
    std::vector<Table> tables = tablesOf(file);
    if (tables.size() > 1)
      for (const Table &table : tables)
        right &= compare("  " + table.name, {table}, effort);
    right &= !tables.empty() && compare(name.substr(0, name.find('.')), tables, effort);
  }
  for (int fan : {2, 4, 8, 16})
    right &= compare(fmt::format("random, {}", fan), networkOf(fan, 0, 1), effort);
  for (int fan : {4, 16})
    for (double reach : {1.0, 2.0})
      right &=
          compare(fmt::format("local, {} in {:.0f}", fan, reach), networkOf(fan, reach, 2), effort);
  return right ? 0 : 1;
}

int main(int argc, char **argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception &error) {
    std::fputs(error.what(), stderr);
    return 1;
  }
}
