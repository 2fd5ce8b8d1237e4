// Random tables of few bits, and a check of all their keys that shares nothing with the code.
#pragma once

#include "lowering/NCoreToAer/Rules.h"
#include <optional>
#include <string>

namespace engram::test {

/// A random number generator that is the same everywhere.
struct Dice {
  uint64_t state;
  uint64_t roll(uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
  }
};

struct Shape {
  int bits = 10;
  int demands = 40;
  int routes = 3;
  bool ranges = false; ///< masks are ones above zeros
  int mayMiss = 0;     ///< of 8
  int mustMiss = 0;    ///< of 8
};

inline aer::Demands randomDemands(Dice &dice, const Shape &shape) {
  aer::Demands demands;
  uint64_t all = (uint64_t(1) << shape.bits) - 1;
  for (int k = 0; k < shape.demands; ++k) {
    uint64_t mask = all;
    if (shape.ranges)
      mask &= ~((uint64_t(1) << dice.roll(shape.bits / 2)) - 1);
    else
      for (int b = 0; b < shape.bits; ++b)
        if (dice.roll(3) == 0)
          mask &= ~(uint64_t(1) << b);
    aer::Demand demand{{dice.roll(all + 1) & mask, mask},
                       static_cast<aer::RouteId>(dice.roll(shape.routes)),
                       dice.roll(8) < static_cast<uint64_t>(shape.mayMiss)};
    if (dice.roll(8) < static_cast<uint64_t>(shape.mustMiss))
      demand.route = aer::noRoute;
    demands.push_back(demand);
  }
  return demands;
}

/// The first key that the rules treat in another way than demanded, key by key.
inline std::optional<uint64_t> wrongKey(const aer::Demands &demands, const aer::Rules &rules,
                                        int bits) {
  for (uint64_t key = 0; key < uint64_t(1) << bits; ++key) {
    const aer::Demand *demand = nullptr;
    for (const aer::Demand &each : demands)
      if ((key & each.cube.mask) == each.cube.key) {
        demand = &each;
        break;
      }
    if (!demand)
      continue;
    aer::RouteId got = aer::noRoute;
    for (const aer::Rule &rule : rules)
      if ((key & rule.cube.mask) == rule.cube.key) {
        got = rule.route;
        break;
      }
    bool mayMiss = demand->mayMiss && got == aer::noRoute;
    if (got != demand->route && !mayMiss)
      return key;
  }
  return std::nullopt;
}

} // namespace engram::test
