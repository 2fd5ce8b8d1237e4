// A packet is a cube of keys here: all of a block that have gone the same way so far.
#include "lowering/NCoreToAer/FollowRoutes.h"
#include "lowering/NCoreToAer/DisjointDemands.h"
#include <algorithm>
#include <set>
#include <tuple>

using namespace engram;
using namespace engram::aer;

/// Of uncut blocks there are no more than one for each router.
constexpr size_t mostPieces = size_t(1) << 22;

RouteId RouteNumbers::numberOf(const Route &route) {
  auto [it, isNew] = numbers.emplace(route, size());
  if (isNew)
    routes.push_back(route);
  return it->second;
}

namespace {

struct Visit {
  ncore::Router at;
  int arrival; ///< the link it came in on, -1 where it starts
  Cube cube;
};

/// Entries that are ranges in the order of keys are looked up, others gone through.
class Lookup {
public:
  Lookup(const std::vector<TableEntry> &entries, uint64_t all);

  /// The entries from the first to before the last are all that may match.
  std::pair<size_t, size_t> candidates(Cube cube) const;
  const std::vector<TableEntry> &entries;

private:
  uint64_t all; ///< bits of a key
  bool areRanges;

  uint64_t lastOf(Cube cube) const { return cube.key | (~cube.mask & all); }
  bool isRange(uint64_t mask) const { return ((~mask & all) & ((~mask & all) + 1)) == 0; }
};

class Follower {
public:
  Follower(const ncore::Target &target, const TableMap &given, bool defaultRoutes,
           RouteNumbers &routes, size_t mostVisits)
      : target(target), defaultRoutes(defaultRoutes), routes(routes), mostVisits(mostVisits) {
    uint64_t all = (uint64_t(1) << std::min<int64_t>(target.keyBits, 62)) - 1;
    for (auto &[router, entries] : given)
      tables.emplace(router, Lookup(entries, all));
  }

  bool follow(const Sending &sending);
  std::map<ncore::Router, Demands> demands;

private:
  const ncore::Target &target;
  std::map<ncore::Router, Lookup> tables;
  bool defaultRoutes;
  RouteNumbers &routes;
  std::vector<Visit> open;
  std::vector<Visit> straight; ///< what went on by default, of the current block
  std::set<std::tuple<ncore::Router, int, uint64_t, uint64_t>> seen;
  size_t visits = 0, mostVisits;

  void send(ncore::Router from, int link, Cube cube);
  void match(const Visit &visit);
  void miss(const Visit &visit);
};

} // namespace

Lookup::Lookup(const std::vector<TableEntry> &entries, uint64_t all)
    : entries(entries), all(all), areRanges(true) {
  for (size_t k = 0; k < entries.size(); ++k)
    areRanges &= isRange(entries[k].mask) &&
                 (k == 0 || entries[k].key > lastOf({entries[k - 1].key, entries[k - 1].mask}));
}

std::pair<size_t, size_t> Lookup::candidates(Cube cube) const {
  if (!areRanges || !isRange(cube.mask))
    return {0, entries.size()};
  auto first = std::partition_point(entries.begin(), entries.end(), [&](const TableEntry &entry) {
    return lastOf({entry.key, entry.mask}) < cube.key;
  });
  auto last = std::partition_point(
      first, entries.end(), [&](const TableEntry &entry) { return entry.key <= lastOf(cube); });
  return {first - entries.begin(), last - entries.begin()};
}

void Follower::send(ncore::Router from, int link, Cube cube) {
  if (std::optional<ncore::Router> next = target.neighbour(from, link))
    open.push_back({*next, target.opposite(link), cube});
}

void Follower::match(const Visit &visit) {
  std::vector<Cube> pieces{visit.cube}, rest;
  if (auto table = tables.find(visit.at); table != tables.end()) {
    auto [first, last] = table->second.candidates(visit.cube);
    for (size_t k = first; k < last; ++k) {
      const TableEntry &entry = table->second.entries[k];
      Cube hole{entry.key, entry.mask};
      if (!meet(visit.cube, hole))
        continue;
      rest.clear();
      for (Cube piece : pieces) {
        if (!meet(piece, hole)) {
          rest.push_back(piece);
          continue;
        }
        cutOut(piece, hole, rest);
        Cube taken = common(piece, hole);
        bool mayMiss = defaultRoutes && visit.arrival >= 0 && entry.cores.empty() &&
                       entry.links.size() == 1 && entry.links[0] == target.opposite(visit.arrival);
        demands[visit.at].push_back({taken, routes.numberOf({entry.links, entry.cores}), mayMiss});
        for (int link : entry.links)
          send(visit.at, link, taken);
      }
      pieces.swap(rest);
    }
  }
  for (Cube piece : pieces)
    miss({visit.at, visit.arrival, piece});
}

void Follower::miss(const Visit &visit) {
  if (visit.arrival < 0)
    return;
  int link = target.opposite(visit.arrival);
  if (!defaultRoutes || !target.neighbour(visit.at, link)) {
    demands[visit.at].push_back({visit.cube, noRoute, false});
    return;
  }
  // No entry could serve a key that comes in on two links and goes straight on from both.
  for (const Visit &other : straight)
    if (other.at == visit.at && other.arrival != visit.arrival && meet(other.cube, visit.cube))
      demands[visit.at].push_back({common(other.cube, visit.cube), noRoute, false});
  straight.push_back(visit);
  demands[visit.at].push_back({visit.cube, routes.numberOf({{link}, {}}), true});
  send(visit.at, link, visit.cube);
}

bool Follower::follow(const Sending &sending) {
  straight.clear();
  seen.clear();
  open = {{sending.router, -1, {sending.block.key, sending.block.mask}}};
  while (!open.empty()) {
    Visit visit = open.back();
    open.pop_back();
    if (!seen.insert({visit.at, visit.arrival, visit.cube.key, visit.cube.mask}).second)
      continue;
    if (++visits > mostVisits)
      return false;
    match(visit);
  }
  return true;
}

Expected<std::map<ncore::Router, Demands>>
engram::aer::followRoutes(const ncore::Target &target, const TableMap &tables,
                          const std::vector<Sending> &sendings, bool defaultRoutes,
                          RouteNumbers &routes) {
  size_t mostVisits = mostPieces + sendings.size() * static_cast<size_t>(target.gridSize());
  Follower follower(target, tables, defaultRoutes, routes, mostVisits);
  for (const Sending &sending : sendings)
    if (!follower.follow(sending))
      return fail("entries cut blocks of keys into more than " + std::to_string(mostPieces) +
                  " parts");
  std::map<ncore::Router, Demands> result;
  for (auto &[router, demands] : follower.demands) {
    if (tables.count(router) == 0)
      continue;
    // Of demands for the same key, by several ways to the router, the strictest comes first.
    auto strictness = [](const Demand &demand) {
      return demand.route == noRoute ? 0 : demand.mayMiss ? 2 : 1;
    };
    Demands sorted;
    for (int rank = 0; rank < 3; ++rank)
      std::copy_if(demands.begin(), demands.end(), std::back_inserter(sorted),
                   [&](const Demand &demand) { return strictness(demand) == rank; });
    result[router] = std::move(sorted);
  }
  return result;
}
