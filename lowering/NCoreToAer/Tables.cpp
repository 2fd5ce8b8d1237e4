// Routing tables. Blocks are aligned powers of two, so neighbours with the same route are covered
// by the largest aligned range that holds no other block.
#include "lowering/NCoreToAer/Tables.h"
#include <algorithm>
#include <numeric>

using namespace engram;
using namespace engram::aer;

TableBuilder::TableBuilder(const ncore::Target &target, const std::vector<KeyBlock> &given,
                           bool defaultRoutes, Merge merge)
    : target(target), keyBits(static_cast<int>(std::min<int64_t>(target.keyBits, 62))),
      rankOf(given.size()), defaultRoutes(defaultRoutes), merge(merge) {
  std::vector<size_t> order(given.size());
  std::iota(order.begin(), order.end(), size_t(0));
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return given[a].key < given[b].key; });
  for (size_t rank = 0; rank < order.size(); ++rank) {
    rankOf[order[rank]] = rank;
    blocks.push_back(given[order[rank]]);
  }
}

size_t TableBuilder::RouteHash::operator()(const Route &route) const {
  size_t hash = route.first.size();
  for (const std::vector<int> *list : {&route.first, &route.second})
    for (int number : *list)
      hash = (hash ^ static_cast<size_t>(number)) * 0x9E3779B97F4A7C15 + (hash >> 29);
  return hash;
}

void TableBuilder::add(const std::vector<size_t> &sending, const Tree &tree) {
  for (const TreeNode &node : tree) {
    bool straight = node.arrival >= 0 && node.cores.empty() && node.links.size() == 1 &&
                    node.links[0] == target.opposite(node.arrival);
    straight &= defaultRoutes;
    auto [it, isNew] =
        routeNumbers.try_emplace({node.links, node.cores}, static_cast<uint32_t>(routes.size()));
    if (isNew)
      routes.push_back(it->first);
    Passing &passing = passings[node.router];
    if (!straight && passing.routes.insert(it->second).second)
      most = std::max(most, passing.routes.size());
    for (size_t block : sending)
      passing.visits.push_back({static_cast<uint32_t>(rankOf[block]), it->second, straight});
  }
}

/// One entry for as many visits as can be from `first` on, all before `last`; the keys of the cover
/// are in [low, high). Returns the number of visits.
size_t TableBuilder::cover(const std::vector<Visit> &list, size_t first, size_t last, uint64_t low,
                           uint64_t high, KeyBlock &result) const {
  uint64_t all = (uint64_t(1) << keyBits) - 1;
  uint64_t begin = blocks[list[first].rank].key;
  auto endOf = [&](size_t k) {
    const KeyBlock &block = blocks[list[k].rank];
    return block.key + (~block.mask & all) + 1;
  };
  // A block alone always fits; wider ranges have to stay between low and high.
  uint64_t width = endOf(first) - begin;
  for (uint64_t wider = 2 * width; wider <= all + 1; wider *= 2) {
    uint64_t start = begin & ~(wider - 1);
    if (start < low || start + wider > high)
      break;
    width = wider;
  }
  uint64_t limit = (begin & ~(width - 1)) + width;
  size_t count = 1;
  while (first + count < last && endOf(first + count) <= limit)
    ++count;
  uint64_t size = 1; // the least range that has them
  while ((begin & ~(size - 1)) + size < endOf(first + count - 1))
    size *= 2;
  result = {begin & ~(size - 1), all & ~(size - 1)};
  return count;
}

std::vector<TableEntry> TableBuilder::tableOf(std::vector<Visit> list) const {
  uint64_t all = (uint64_t(1) << keyBits) - 1;
  auto endOf = [&](size_t rank) { return blocks[rank].key + (~blocks[rank].mask & all) + 1; };
  std::sort(list.begin(), list.end(),
            [](const Visit &a, const Visit &b) { return a.rank < b.rank; });
  std::vector<TableEntry> entries;
  for (size_t k = 0; k < list.size();) {
    bool reaching = merge == Merge::Reaching;
    // What may be covered together: the same route, and no block between that has another one.
    size_t last = k + 1;
    while (merge != Merge::None && last < list.size() && list[last].route == list[k].route &&
           (reaching || list[last].rank == list[last - 1].rank + 1))
      ++last;
    size_t before = reaching ? (k > 0 ? list[k - 1].rank + 1 : 0) : list[k].rank;
    size_t after =
        reaching ? (last < list.size() ? list[last].rank : blocks.size()) : list[last - 1].rank + 1;
    uint64_t low = before > 0 ? endOf(before - 1) : 0;
    uint64_t high = after < blocks.size() ? blocks[after].key : all + 1;
    while (k < last) {
      KeyBlock range = blocks[list[k].rank];
      size_t count = merge == Merge::None ? 1 : cover(list, k, last, low, high, range);
      bool straight = std::all_of(list.begin() + k, list.begin() + k + count,
                                  [](const Visit &visit) { return visit.straight; });
      const Route &route = routes[list[k].route];
      if (!straight)
        entries.push_back({range.key, range.mask, route.first, route.second});
      low = range.key + (~range.mask & all) + 1;
      k += count;
    }
  }
  return entries;
}

std::map<ncore::Router, std::vector<TableEntry>> TableBuilder::tables() const {
  std::map<ncore::Router, std::vector<TableEntry>> result;
  for (auto &[router, passing] : passings)
    if (std::vector<TableEntry> entries = tableOf(passing.visits); !entries.empty())
      result[router] = std::move(entries);
  return result;
}
