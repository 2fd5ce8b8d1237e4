// Routing tables as sets of keys and numbers of routes, for algorithms that need no more than that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engram::aer {

/// All keys that equal `key` in the bits of `mask`; `key` has no bit outside of it.
struct Cube {
  uint64_t key = 0, mask = 0;
};

inline bool meet(Cube a, Cube b) { return ((a.key ^ b.key) & a.mask & b.mask) == 0; }
inline bool contains(Cube outer, Cube inner) {
  return (outer.mask & ~inner.mask) == 0 && ((outer.key ^ inner.key) & outer.mask) == 0;
}
/// The least cube that contains both.
inline Cube join(Cube a, Cube b) {
  uint64_t mask = a.mask & b.mask & ~(a.key ^ b.key);
  return {a.key & mask, mask};
}
/// What two cubes that meet have in common.
inline Cube common(Cube a, Cube b) { return {a.key | b.key, a.mask | b.mask}; }

/// What a router does with a packet, as a number below the number of different ones.
using RouteId = uint32_t;
constexpr RouteId noRoute = ~RouteId(0);

/// An entry of a table. Of the entries that match a key, the first one counts.
struct Rule {
  Cube cube;
  RouteId route = noRoute;
};
using Rules = std::vector<Rule>;

/// What has to happen to keys. Of the demands that match a key, the first one counts; a key that
/// matches none may go anywhere.
struct Demand {
  Cube cube;
  RouteId route = noRoute; ///< noRoute: no rule may match
  bool mayMiss = false;    ///< it is as well if no rule matches
};
using Demands = std::vector<Demand>;

/// Counts elementary steps, so that a search ends at the same point on every machine.
class Work {
public:
  explicit Work(uint64_t limit) : limit(limit) {}
  void spend(uint64_t steps) { spent += steps; }
  bool exhausted() const { return spent >= limit; }
  uint64_t used() const { return spent; }

private:
  uint64_t limit, spent = 0;
};

} // namespace engram::aer
