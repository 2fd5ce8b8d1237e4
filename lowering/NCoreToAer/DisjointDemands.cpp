// Cutting cubes out of later ones (the disjoint sharp operation), and joining halves of a cube.
#include "lowering/NCoreToAer/DisjointDemands.h"
#include <algorithm>
#include <tuple>

using namespace engram;
using namespace engram::aer;

static bool isPrefix(uint64_t mask, uint64_t all) {
  uint64_t low = ~mask & all;
  return (low & (low + 1)) == 0;
}

/// Whether the cubes are ranges that do not overlap, as most tables are: found by sorting.
static bool areDisjointRanges(const Demands &demands) {
  uint64_t all = 0;
  for (const Demand &demand : demands)
    all |= demand.cube.mask;
  all |= (all & -all) - 1;
  std::vector<Cube> cubes;
  for (const Demand &demand : demands) {
    if (!isPrefix(demand.cube.mask, all))
      return false;
    cubes.push_back(demand.cube);
  }
  std::sort(cubes.begin(), cubes.end(), [](Cube a, Cube b) { return a.key < b.key; });
  for (size_t k = 1; k < cubes.size(); ++k)
    if (cubes[k].key <= (cubes[k - 1].key | (~cubes[k - 1].mask & all)))
      return false;
  return true;
}

void engram::aer::cutOut(Cube cube, Cube hole, std::vector<Cube> &pieces) {
  for (uint64_t bits = hole.mask & ~cube.mask; bits != 0;) {
    uint64_t bit = uint64_t(1) << (63 - __builtin_clzll(bits));
    bits ^= bit;
    cube.mask |= bit;
    pieces.push_back({cube.key | (~hole.key & bit), cube.mask});
    cube.key |= hole.key & bit;
  }
}

std::optional<Demands> engram::aer::makeDisjoint(const Demands &demands, Work &work) {
  if (areDisjointRanges(demands))
    return demands;
  Demands result;
  std::vector<Cube> pieces, rest;
  for (size_t k = 0; k < demands.size(); ++k) {
    pieces = {demands[k].cube};
    for (size_t earlier = 0; earlier < k && !pieces.empty(); ++earlier) {
      if (work.exhausted())
        return std::nullopt;
      Cube hole = demands[earlier].cube;
      work.spend(pieces.size());
      if (!meet(demands[k].cube, hole))
        continue;
      rest.clear();
      for (Cube piece : pieces)
        if (meet(piece, hole))
          cutOut(piece, hole, rest);
        else
          rest.push_back(piece);
      pieces.swap(rest);
    }
    for (Cube piece : pieces)
      result.push_back({piece, demands[k].route, demands[k].mayMiss});
  }
  return result;
}

void engram::aer::joinSiblings(Demands &demands, size_t enough) {
  auto rank = [](const Demand &demand) {
    return std::tuple(~demand.cube.mask, demand.cube.key, demand.route, demand.mayMiss);
  };
  for (bool again = true; again && demands.size() > enough;) {
    again = false;
    std::sort(demands.begin(), demands.end(),
              [&](const Demand &a, const Demand &b) { return rank(a) < rank(b); });
    size_t kept = 0;
    for (size_t k = 0; k < demands.size(); ++k) {
      Demand demand = demands[k];
      if (k + 1 < demands.size()) {
        const Demand &next = demands[k + 1];
        uint64_t low = demand.cube.mask & -demand.cube.mask;
        if (low != 0 && next.cube.mask == demand.cube.mask && next.route == demand.route &&
            next.mayMiss == demand.mayMiss && (next.cube.key ^ demand.cube.key) == low) {
          demand.cube = join(demand.cube, next.cube);
          again = true;
          ++k;
        }
      }
      demands[kept++] = demand;
    }
    demands.resize(kept);
  }
}
