// Methods of partitioning: several first cuts, refined, of which the best is kept.
#include "lowering/NeuroToNCore/Partition.h"
#include "lowering/NeuroToNCore/FirstCut.h"
#include "lowering/NeuroToNCore/KeyMaps.h"
#include "lowering/NeuroToNCore/Refine.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <set>

using namespace engram::ncore;

std::optional<PartitionMethod> engram::ncore::parsePartitionMethod(std::string_view name) {
  if (name == "engram")
    return PartitionMethod::Engram;
  if (name == "metis")
    return PartitionMethod::Metis;
  if (name == "first-fit")
    return PartitionMethod::FirstFit;
  if (name == "random")
    return PartitionMethod::Random;
  return std::nullopt;
}

namespace {

using State = std::unique_ptr<CoreState>;

constexpr double annealingPerPin = 100;

class Partitioner {
public:
  Partitioner(const SpikeGraph &graph, const Target &target, uint64_t seed)
      : graph(graph), target(target), seed(seed) {}

  State firstFit();
  State metis(uint64_t ofMetis);
  State random();
  State engram();

private:
  std::vector<std::vector<int32_t>> classesToCut() const;
  void placeRest(CoreState &state, const std::vector<int32_t> &units) const;
  State cutIntoParts(double slack, uint64_t ofMetis);
  State better(State a, State b) const;

  int extensionOf(int32_t unit) const {
    return graph.network.groups[graph.units[unit].group].extension;
  }

  const SpikeGraph &graph;
  const Target &target;
  uint64_t seed;
};

} // namespace

State Partitioner::firstFit() {
  auto state = std::make_unique<CoreState>(graph, target);
  std::vector<int32_t> units(graph.numPlaced);
  std::iota(units.begin(), units.end(), 0);
  placeRest(*state, units);
  return state;
}

State Partitioner::random() {
  std::mt19937_64 generator(seed);
  int32_t cores = firstFit()->numCores();
  // Between the fewest and twice as many, but no more than there are.
  auto most = static_cast<int32_t>(
      std::max<int64_t>(cores, std::min<int64_t>(target.numCores(), 2 * int64_t(cores) + 1)));
  auto state = std::make_unique<CoreState>(graph, target);
  placeRandomly(*state, cores + static_cast<int32_t>(below(generator, most - cores + 1)),
                generator);
  if (state->numCores() <= target.numCores())
    return state;
  // Scattered rows take more room; with fewer cores to begin with they lie closer together.
  state = std::make_unique<CoreState>(graph, target);
  placeRandomly(*state, cores, generator);
  return state->numCores() <= target.numCores() ? std::move(state) : firstFit();
}

// First fit; stages of a delay line on cores that hold nothing else.
void Partitioner::placeRest(CoreState &state, const std::vector<int32_t> &units) const {
  std::map<int, std::vector<int32_t>> byExtension;
  for (int32_t unit : units)
    byExtension[extensionOf(unit)].push_back(unit);
  for (auto &[extension, ofExtension] : byExtension) {
    // All stages of some neurons before those of the next.
    auto slice = [&](int32_t unit) {
      int64_t first = graph.units[unit].first;
      return std::pair(target.neurons > 0 ? first / target.neurons : 0, unit);
    };
    if (extension >= 0)
      std::sort(ofExtension.begin(), ofExtension.end(),
                [&](int32_t a, int32_t b) { return slice(a) < slice(b); });
    placeFirstFit(state, ofExtension, extension < 0 ? 0 : state.numCores());
  }
}

// What METIS cuts: all units that explicit synapses join; those of each program alone where a core
// holds fewer programs than there are.
std::vector<std::vector<int32_t>> Partitioner::classesToCut() const {
  std::set<int> programs;
  for (const Group &group : graph.network.groups)
    if (!group.isSource)
      programs.insert(group.program);
  bool apart = target.populations > 0 && int64_t(programs.size()) > target.populations;
  std::vector<std::vector<int32_t>> classes(1);
  std::vector<int> programOfClass;
  for (int32_t unit = 0; unit < graph.numPlaced; ++unit) {
    if (!graph.hasNets(unit) || extensionOf(unit) >= 0)
      continue;
    int program = graph.network.groups[graph.units[unit].group].program;
    if (!apart) {
      classes[0].push_back(unit);
      continue;
    }
    auto at = std::find(programOfClass.begin(), programOfClass.end(), program);
    size_t index = at - programOfClass.begin();
    if (at == programOfClass.end()) {
      programOfClass.push_back(program);
      classes.resize(programOfClass.size());
    }
    classes[index].push_back(unit);
  }
  return classes;
}

// `slack` times the number of parts that the sums of neurons and words need.
State Partitioner::cutIntoParts(double slack, uint64_t ofMetis) {
  auto state = std::make_unique<CoreState>(graph, target);
  int32_t least = leastCores(graph, target);
  std::vector<bool> cut(graph.numPlaced, false);
  for (const std::vector<int32_t> &units : classesToCut()) {
    if (units.empty())
      continue;
    double share = double(units.size()) / double(graph.numPlaced);
    int64_t byNeurons = 1, neurons = 0;
    for (int32_t unit : units)
      neurons += graph.units[unit].size;
    if (target.neurons > 0)
      byNeurons = (neurons + target.neurons - 1) / target.neurons;
    auto parts = static_cast<int32_t>(std::max(double(byNeurons), share * least) * slack + 0.5);
    parts = std::clamp(parts, 1, static_cast<int32_t>(units.size()));
    std::vector<int32_t> part = cutByMetis(graph, target, units, parts, ofMetis);
    if (part.empty())
      continue;
    placeParts(*state, units, part, parts);
    for (int32_t unit : units)
      cut[unit] = true;
  }
  std::vector<int32_t> rest;
  for (int32_t unit = 0; unit < graph.numPlaced; ++unit)
    if (!cut[unit])
      rest.push_back(unit);
  placeRest(*state, rest);
  return state;
}

static int32_t usedCores(const CoreState &state) {
  int32_t used = 0;
  for (int32_t core = 0; core < state.numCores(); ++core)
    used += !state.unitsOn(core).empty();
  return used;
}

// More parts as long as that makes for fewer cores, since what does not fit opens new ones.
State Partitioner::metis(uint64_t ofMetis) {
  State best = cutIntoParts(1, ofMetis);
  double parts = 1;
  for (int attempt = 0; attempt < 6; ++attempt) {
    int32_t used = usedCores(*best);
    double needed = double(used) / double(leastCores(graph, target));
    // The cut fitted as it was.
    if (needed <= parts * 1.02)
      break;
    parts = std::max(parts * 1.1, (parts + needed) / 2);
    State next = cutIntoParts(parts, ofMetis);
    if (usedCores(*next) < used)
      best = std::move(next);
  }
  return best;
}

State Partitioner::better(State a, State b) const {
  // Cores are worth more than spikes only where there are too few of them.
  int32_t fewest = std::min(usedCores(*a), usedCores(*b));
  auto affordable = [&](const CoreState &state) {
    return usedCores(state) <= fewest + fewest / 20 && usedCores(state) <= target.numCores();
  };
  if (affordable(*a) != affordable(*b))
    return affordable(*a) ? std::move(a) : std::move(b);
  return a->cost() <= b->cost() ? std::move(a) : std::move(b);
}

State Partitioner::engram() {
  State ordered = firstFit();
  mergeCores(*ordered);
  if (graph.pins.empty())
    return ordered;
  State cut = metis(seed);
  // METIS is quick in small graphs, and its luck varies.
  for (uint64_t more = 1; more <= 3 && graph.pins.size() <= 500000; ++more)
    cut = better(std::move(cut), metis(seed + more));
  mergeCores(*cut);
  std::mt19937_64 generator(seed);
  // The given order is a good one in layers; in a large graph where it is not, leave it alone.
  bool refinable = graph.pins.size() <= 100000 || ordered->cost() <= 1.5 * cut->cost();
  refineGreedily(*cut, generator);
  if (refinable)
    refineGreedily(*ordered, generator);
  State best = better(std::move(cut), std::move(ordered));
  // Work in proportion to the graph, where it still takes no more than seconds.
  if (double work = annealingPerPin * double(graph.pins.size()); work <= 2e7) {
    anneal(*best, generator, work);
    refineGreedily(*best, generator);
  }
  return best;
}

Assignment engram::ncore::partition(const SpikeGraph &graph, const Target &target,
                                    const PartitionOptions &options) {
  Partitioner partitioner(graph, target, options.seed);
  auto finish = [&](const State &state) {
    Assignment assignment = graph.assignmentOf(state->coresOfUnits(), state->numCores());
    renumberCores(assignment);
    return assignment;
  };
  // Of the order of the text, slices are ranges of keys: few blocks have what a core needs.
  auto withKeyMaps = [&](Assignment assignment) {
    if (target.keyMapEntries == 0)
      return assignment;
    splitForKeyMaps(graph, assignment, target);
    auto fits = [&](const Assignment &some) {
      return some.cores <= target.numCores() && keyMapsFit(graph.network, some, target);
    };
    if (options.method != PartitionMethod::Engram || fits(assignment))
      return assignment;
    Assignment ordered = finish(partitioner.firstFit());
    splitForKeyMaps(graph, ordered, target);
    return fits(ordered) ? ordered : assignment;
  };
  switch (options.method) {
  case PartitionMethod::Engram:
    return withKeyMaps(finish(partitioner.engram()));
  case PartitionMethod::Metis:
    return withKeyMaps(finish(partitioner.metis(options.seed)));
  case PartitionMethod::FirstFit:
    return withKeyMaps(finish(partitioner.firstFit()));
  case PartitionMethod::Random:
    return withKeyMaps(finish(partitioner.random()));
  }
  return {};
}
