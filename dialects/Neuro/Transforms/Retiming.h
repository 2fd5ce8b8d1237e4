// Retiming of a graph: by how many steps each node has to lag, and where relays of long hops stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace engram::neuro {

/// An edge of the graph: `delay` steps, the least of its synapses.
struct Hop {
  size_t from = 0, to = 0;
  int64_t delay = 0;
};

/// What came of it: lags, or why there are none.
struct Retiming {
  std::vector<int64_t> lags; ///< steps, a node each
  std::vector<size_t> cycle; ///< nodes of a cycle with too little delay, the first again at the end
  int64_t cycleDelay = 0;    ///< its total
  bool settled = true;       ///< false if no lags were found that are multiples of the periods
};

/// The least lags r ≥ 0 with delay + r(to) − r(from) ≥ minDelay for every hop, r(v) being a
/// multiple of periods[v] ≥ 1: longest paths in the graph of constraints (Leiserson and Saxe,
/// "Retiming synchronous circuitry", Algorithmica 1991; by relaxation, as Bellman and Ford do).
/// They are the least for each node at once, since the constraints are closed under the minimum.
Retiming retime(const std::vector<Hop> &hops, const std::vector<int64_t> &periods,
                int64_t minDelay);

/// Positions, in steps behind the source, of a chain of relays by which each of `delays` becomes
/// one of a last hop within minDelay … maxDelay, as all hops of the chain are: as few as there can
/// be. Each stands as late as the hop before it and the shortest delay that is still to reach let
/// it. Stops once there are more than `limit`. Requires delays ≥ minDelay and maxDelay ≥ max(1, 2
/// minDelay − 1).
std::vector<int64_t> relayPositions(std::vector<int64_t> delays, int64_t minDelay, int64_t maxDelay,
                                    size_t limit);

} // namespace engram::neuro
