// Retiming: longest paths, and the cycle that has none.
#include "dialects/Neuro/Transforms/Retiming.h"
#include <algorithm>

using namespace engram::neuro;

static int64_t roundUp(int64_t value, int64_t period) {
  return (value + period - 1) / period * period;
}

// The hop that last raised each node leads back, in as many steps as there are nodes, into the
// cycle that raises for ever.
static void findCycle(const std::vector<Hop> &hops, const std::vector<size_t> &raisedBy,
                      size_t node, Retiming &result) {
  for (size_t k = 0; k < raisedBy.size(); ++k)
    node = hops[raisedBy[node]].from;
  size_t last = node;
  result.cycle.push_back(last);
  do {
    const Hop &hop = hops[raisedBy[node]];
    result.cycleDelay += hop.delay;
    node = hop.from;
    result.cycle.push_back(node);
  } while (node != last);
  std::reverse(result.cycle.begin(), result.cycle.end());
}

Retiming engram::neuro::retime(const std::vector<Hop> &hops, const std::vector<int64_t> &periods,
                               int64_t minDelay) {
  size_t nodes = periods.size();
  Retiming result;
  result.lags.assign(nodes, 0);
  std::vector<size_t> raisedBy(nodes);
  // Without the periods a round a node is enough; a cycle with too little delay never comes to
  // rest.
  auto relax = [&](bool periodic, size_t rounds) -> size_t {
    size_t raised = nodes;
    for (size_t round = 0; round <= rounds; ++round) {
      raised = nodes;
      for (size_t k = 0; k < hops.size(); ++k) {
        auto [from, to, delay] = hops[k];
        int64_t lag = std::max<int64_t>(result.lags[from] + minDelay - delay, 0);
        lag = roundUp(lag, periodic ? periods[to] : 1);
        if (lag <= result.lags[to])
          continue;
        result.lags[to] = lag;
        raisedBy[to] = k;
        raised = to;
      }
      if (raised == nodes)
        break;
    }
    return raised;
  };
  size_t raised = relax(false, nodes);
  if (raised != nodes) {
    findCycle(hops, raisedBy, raised, result);
    return result;
  }
  for (size_t v = 0; v < nodes; ++v)
    result.lags[v] = roundUp(result.lags[v], periods[v]);
  // Periods in a cycle may have no solution; where they have one, it comes soon.
  result.settled = relax(true, 4 * nodes + 64) == nodes;
  return result;
}

std::vector<int64_t> engram::neuro::relayPositions(std::vector<int64_t> delays, int64_t minDelay,
                                                   int64_t maxDelay, size_t limit) {
  std::sort(delays.begin(), delays.end());
  std::vector<int64_t> positions;
  int64_t position = 0;
  for (int64_t delay : delays)
    while (delay > position + maxDelay && positions.size() <= limit) {
      position = std::min(position + maxDelay, delay - minDelay);
      positions.push_back(position);
    }
  return positions;
}
