// Which keys of which senders a core needs, from the synapses; splitting cores that need too many.
#include "lowering/NeuroToNCore/KeyMaps.h"
#include "lowering/NeuroToNCore/KeyCover.h"

#include <algorithm>
#include <map>

using namespace engram::ncore;

namespace {

class KeyMapCounter {
public:
  KeyMapCounter(const SpikeNetwork &network, const Assignment &assignment, const Target &target)
      : network(network), assignment(assignment), target(target), senders(assignment.cores) {
    for (size_t g = 0; g < network.groups.size(); ++g)
      slicesOf.push_back(slices(g));
  }

  /// Random relations are drawn, or join all pairs.
  std::vector<KeyMapNeed> count(bool draws);
  bool fits(const KeyMapNeed &need) const {
    return need.entries <= target.keyMapEntries &&
           (target.fanIn == 0 || need.axons <= target.fanIn);
  }

private:
  /// Of each neuron of a group, its core (-1 for a source) and its number in the slice there.
  struct Slices {
    std::vector<int32_t> coreOf;
    std::vector<int64_t> localOf;
    std::map<int32_t, int64_t> sizes;
  };
  using Needed = std::vector<bool>;

  Slices slices(size_t group) const;
  std::vector<int32_t> coresOf(size_t group) const;
  void addPairs(const Relation &relation);
  void addRows(const Relation &relation, const Rows &rows);
  Needed &of(int32_t core, int group, int32_t sliceCore) {
    Needed &needed = senders[core][{group, sliceCore}];
    if (needed.empty())
      needed.resize(slicesOf[group].sizes.at(sliceCore));
    return needed;
  }

  const SpikeNetwork &network;
  const Assignment &assignment;
  const Target &target;
  std::vector<Slices> slicesOf; ///< by group
  /// By core: the keys that it needs of a group's slice on another core or itself.
  std::vector<std::map<std::pair<int, int32_t>, Needed>> senders;
};

} // namespace

KeyMapCounter::Slices KeyMapCounter::slices(size_t group) const {
  Slices result;
  result.coreOf = assignment.coreOf[group];
  if (network.groups[group].isSource)
    result.coreOf.assign(network.groups[group].size, -1);
  for (int32_t core : result.coreOf)
    result.localOf.push_back(result.sizes[core]++);
  return result;
}

std::vector<int32_t> KeyMapCounter::coresOf(size_t group) const {
  std::vector<int32_t> cores;
  for (const auto &[core, size] : slicesOf[group].sizes)
    cores.push_back(core);
  return cores;
}

void KeyMapCounter::addPairs(const Relation &relation) {
  for (int32_t core : coresOf(relation.target))
    for (const auto &[sliceCore, size] : slicesOf[relation.source].sizes)
      of(core, relation.source, sliceCore).assign(size, true);
}

void KeyMapCounter::addRows(const Relation &relation, const Rows &rows) {
  const Slices &from = slicesOf[relation.source], &to = slicesOf[relation.target];
  // What was found last for each core, of the slice of the last neuron.
  std::vector<Needed *> found(assignment.cores, nullptr);
  int32_t slice = -2;
  for (int64_t j = 0; j < rows.numSources(); ++j) {
    if (from.coreOf[j] != slice) {
      slice = from.coreOf[j];
      std::fill(found.begin(), found.end(), nullptr);
    }
    for (int64_t k = rows.starts[j]; k < rows.starts[j + 1]; ++k) {
      int32_t core = to.coreOf[rows.targets[k]];
      if (!found[core])
        found[core] = &of(core, relation.source, slice);
      (*found[core])[from.localOf[j]] = true;
    }
  }
}

std::vector<KeyMapNeed> KeyMapCounter::count(bool draws) {
  for (auto &ofCore : senders)
    ofCore.clear();
  for (const Relation &relation : network.relations) {
    if (relation.kind == Relation::Kind::Explicit && !relation.isOnCrossbars())
      addRows(relation, *relation.rows);
    else if (relation.isRandom() && draws && relation.draw)
      addRows(relation, relation.draw());
    else
      addPairs(relation);
  }
  std::vector<KeyMapNeed> needs;
  for (const auto &ofCore : senders) {
    std::vector<KeysOfSender> keys;
    KeyMapNeed simple;
    for (const auto &[sender, needed] : ofCore) {
      int bits = 0;
      while ((uint64_t(1) << bits) < needed.size())
        ++bits;
      keys.push_back({0, bits, needed});
      ++simple.entries;
      simple.axons += static_cast<int64_t>(needed.size());
    }
    if (!fits(simple) && simple.entries <= target.keyMapEntries) {
      KeyCover cover = coverKeys(keys, target.keyMapEntries, target.fanIn);
      simple = {static_cast<int64_t>(cover.entries.size()),
                static_cast<int64_t>(cover.axons.size())};
    }
    needs.push_back(simple);
  }
  return needs;
}

std::vector<KeyMapNeed> engram::ncore::countKeyMaps(const SpikeNetwork &network,
                                                    const Assignment &assignment,
                                                    const Target &target, double maxDraws) {
  if (target.keyMapEntries == 0)
    return {};
  KeyMapCounter counter(network, assignment, target);
  std::vector<KeyMapNeed> needs = counter.count(false);
  double cost = 0;
  for (const Relation &relation : network.relations)
    if (relation.isRandom())
      cost += drawCost(network, relation);
  bool fit = std::all_of(needs.begin(), needs.end(),
                         [&](const KeyMapNeed &need) { return counter.fits(need); });
  return fit || cost == 0 || cost > maxDraws ? needs : counter.count(true);
}

bool engram::ncore::keyMapsFit(const SpikeNetwork &network, const Assignment &assignment,
                               const Target &target) {
  KeyMapCounter counter(network, assignment, target);
  std::vector<KeyMapNeed> needs = countKeyMaps(network, assignment, target);
  return std::all_of(needs.begin(), needs.end(),
                     [&](const KeyMapNeed &need) { return counter.fits(need); });
}

//===-- splitting
//-------------------------------------------------------------------------------===//

/// The units of each core, in their order.
static std::vector<std::vector<int32_t>> unitsOfCores(const SpikeGraph &graph,
                                                      const Assignment &assignment) {
  std::vector<std::vector<int32_t>> units(assignment.cores);
  for (int32_t u = 0; u < graph.numPlaced; ++u)
    units[assignment.coreOf[graph.units[u].group][graph.units[u].first]].push_back(u);
  return units;
}

/// Where to cut the units of a core: near the middle, between two groups if there are several.
static size_t middleOf(const SpikeGraph &graph, const std::vector<int32_t> &units) {
  int64_t all = 0, before = 0, least = INT64_MAX;
  for (int32_t u : units)
    all += graph.units[u].size;
  size_t cut = 0;
  bool several = graph.units[units.front()].group != graph.units[units.back()].group;
  for (size_t k = 1; k < units.size(); ++k) {
    before += graph.units[units[k - 1]].size;
    int64_t off = std::abs(2 * before - all);
    bool between = graph.units[units[k - 1]].group != graph.units[units[k]].group;
    if (off < least && (between || !several)) {
      least = off;
      cut = k;
    }
  }
  return cut;
}

void engram::ncore::splitForKeyMaps(const SpikeGraph &graph, Assignment &assignment,
                                    const Target &target) {
  Assignment split = assignment;
  // More cores are more senders, which need more entries: this need not come to an end by itself.
  constexpr int mostRounds = 8;
  for (int round = 0; round < mostRounds; ++round) {
    std::vector<KeyMapNeed> needs = countKeyMaps(graph.network, split, target);
    std::vector<std::vector<int32_t>> units = unitsOfCores(graph, split);
    bool fit = true, changed = false;
    for (size_t core = 0; core < needs.size(); ++core) {
      if (needs[core].entries <= target.keyMapEntries &&
          (target.fanIn == 0 || needs[core].axons <= target.fanIn))
        continue;
      fit = false;
      const std::vector<int32_t> &ofCore = units[core];
      if (ofCore.size() < 2 ||
          graph.network.groups[graph.units[ofCore.front()].group].extension >= 0)
        continue;
      for (size_t k = middleOf(graph, ofCore); k < ofCore.size(); ++k) {
        const Unit &unit = graph.units[ofCore[k]];
        std::fill_n(split.coreOf[unit.group].begin() + unit.first, unit.size, split.cores);
      }
      ++split.cores;
      changed = true;
    }
    if (fit) {
      renumberCores(split);
      assignment = std::move(split);
      return;
    }
    if (!changed)
      return;
  }
}
