// Routing tables of trees: an entry for each block of keys and router, merged where that is exact.
#pragma once

#include "lowering/NCoreToAer/KeyAllocation.h"
#include "lowering/NCoreToAer/Trees.h"
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace engram::aer {

enum class Merge {
  None,    ///< an entry a block
  Exact,   ///< an entry may cover several blocks and keys that nobody has
  Reaching ///< and blocks whose packets never come to this router
};

struct TableEntry {
  uint64_t key = 0, mask = 0;
  std::vector<int> links, cores;
};

/// Collects the trees of all blocks, then makes the tables.
class TableBuilder {
public:
  /// `defaultRoutes`: a router without a matching entry sends a packet straight on, so that
  /// routers that do nothing else need none.
  TableBuilder(const ncore::Target &target, const std::vector<KeyBlock> &blocks, bool defaultRoutes,
               Merge merge);

  /// The blocks' packets take the same tree.
  void add(const std::vector<size_t> &blocks, const Tree &tree);
  void add(size_t block, const Tree &tree) { add(std::vector<size_t>{block}, tree); }

  /// The most different routes that entries of one router need, and so the least number of entries
  /// of the largest table, however small tables are made.
  size_t mostRoutes() const { return most; }

  /// The entries of each router that has any; disjoint, in the order of keys.
  std::map<ncore::Router, std::vector<TableEntry>> tables() const;

private:
  using Route = std::pair<std::vector<int>, std::vector<int>>; ///< links, cores
  struct RouteHash {
    size_t operator()(const Route &route) const;
  };
  struct Visit {
    uint32_t rank; ///< of the block in the order of keys
    uint32_t route;
    bool straight; ///< the hardware would do the same without an entry
  };
  struct Passing {
    std::vector<Visit> visits;
    std::unordered_set<uint32_t> routes; ///< of visits that are not straight
  };

  const ncore::Target &target;
  int keyBits;
  std::vector<KeyBlock> blocks; ///< in the order of keys
  std::vector<size_t> rankOf;   ///< of a block as the caller numbers it
  bool defaultRoutes;
  Merge merge;
  std::vector<Route> routes;
  std::unordered_map<Route, uint32_t, RouteHash> routeNumbers;
  std::map<ncore::Router, Passing> passings;
  size_t most = 0;

  size_t cover(const std::vector<Visit> &list, size_t first, size_t last, uint64_t low,
               uint64_t high, KeyBlock &result) const;
  std::vector<TableEntry> tableOf(std::vector<Visit> list) const;
};

} // namespace engram::aer
