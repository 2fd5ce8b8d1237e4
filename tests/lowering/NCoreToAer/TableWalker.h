// An independent reader of routing tables: where a key goes, from router to router.
#pragma once

#include "lowering/NCoreToAer/Tables.h"
#include <map>
#include <set>

namespace engram::test {

struct WalkResult {
  std::multiset<ncore::CorePlace> cores;
  int64_t hops = 0;
  bool unmatched = false, loops = false, leavesGrid = false;
  bool clean() const { return !unmatched && !loops && !leavesGrid; }
};

using RoutingTables = std::map<ncore::Router, std::vector<aer::TableEntry>>;

/// First match wins; without one a packet from a link goes straight on if 'defaultRoutes'.
inline WalkResult walk(const ncore::Target &target, const RoutingTables &tables, uint64_t key,
                       ncore::Router source, bool defaultRoutes) {
  WalkResult result;
  struct Packet {
    ncore::Router at;
    int arrival;
  };
  std::vector<Packet> packets{{source, -1}};
  std::set<ncore::Router> seen;
  while (!packets.empty()) {
    Packet packet = packets.back();
    packets.pop_back();
    if (!seen.insert(packet.at).second) {
      result.loops = true;
      continue;
    }
    std::vector<int> links;
    bool matched = false;
    if (auto table = tables.find(packet.at); table != tables.end())
      for (const aer::TableEntry &entry : table->second)
        if ((key & entry.mask) == entry.key) {
          links = entry.links;
          for (int p : entry.cores)
            result.cores.insert({packet.at.x, packet.at.y, p});
          matched = true;
          break;
        }
    if (!matched && packet.arrival >= 0 && defaultRoutes)
      links = {(packet.arrival + target.numLinks() / 2) % target.numLinks()};
    else if (!matched)
      result.unmatched = true;
    for (int link : links) {
      std::optional<ncore::Router> next = target.neighbour(packet.at, link);
      if (!next) {
        result.leavesGrid = true;
        continue;
      }
      ++result.hops;
      packets.push_back({*next, (link + target.numLinks() / 2) % target.numLinks()});
    }
  }
  return result;
}

/// A random number generator that is the same everywhere.
struct Random {
  uint64_t state;
  uint64_t next(uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
  }
};

inline ncore::Target grid(ncore::Topology topology, int x, int y, int cores = 4) {
  ncore::Target target;
  target.topology = topology;
  target.gridX = x;
  target.gridY = y;
  target.coresPerRouter = cores;
  target.keyBits = 16;
  return target;
}

/// Some links and routers taken away; place (0, 0) stays.
inline void damage(ncore::Target &target, Random &random, int links, int routers) {
  for (int k = 0; k < links; ++k)
    target.deadLinks.push_back({int(random.next(target.gridX)), int(random.next(target.gridY)),
                                int(random.next(target.numLinks()))});
  for (int k = 0; k < routers; ++k) {
    ncore::Router router{int(random.next(target.gridX)), int(random.next(target.gridY))};
    if (router != ncore::Router{0, 0})
      target.absent.push_back(router);
  }
  target.normalize();
}

} // namespace engram::test
