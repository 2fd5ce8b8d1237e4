// Smaller tables: right for every key, as small as can be where that is known, the same each time.
#include "lowering/NCoreToAer/MinimizeRules.h"
#include "RandomTables.h"
#include "lowering/NCoreToAer/CubeScan.h"
#include "lowering/NCoreToAer/DisjointDemands.h"
#include "lowering/NCoreToAer/ProveRules.h"
#include "gtest/gtest.h"
#include <algorithm>

using namespace engram;
using namespace engram::aer;
using namespace engram::test;

static Minimized minimized(const Demands &demands, RouteId routes, Algorithm algorithm) {
  MinimizeOptions options;
  options.algorithm = algorithm;
  options.effort = 2;
  Expected<Minimized> result = minimize(demands, routes, options);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? *result : Minimized();
}

static Demands single(const std::vector<std::pair<uint64_t, RouteId>> &keys, int bits) {
  Demands demands;
  for (auto [key, route] : keys)
    demands.push_back({{key, (uint64_t(1) << bits) - 1}, route, false});
  return demands;
}

TEST(MinimizeRulesTest, EveryKeyGoesItsWay) {
  Dice dice{1};
  for (int round = 0; round < 200; ++round) {
    Shape shape;
    shape.demands = 1 + static_cast<int>(dice.roll(60));
    shape.routes = 1 + static_cast<int>(dice.roll(6));
    shape.ranges = dice.roll(2) == 0;
    shape.mayMiss = static_cast<int>(dice.roll(3)) * 3;
    shape.mustMiss = static_cast<int>(dice.roll(3));
    Demands demands = randomDemands(dice, shape);
    Minimized result = minimized(demands, shape.routes, Algorithm::Best);
    std::optional<uint64_t> wrong = wrongKey(demands, result.rules, shape.bits);
    ASSERT_FALSE(wrong) << "round " << round << ", key " << *wrong;
    EXPECT_TRUE(result.proved);
  }
}

TEST(MinimizeRulesTest, BaselinesRouteEveryKeyTheSameWay) {
  Dice dice{2};
  for (int round = 0; round < 100; ++round) {
    Shape shape;
    shape.ranges = dice.roll(2) == 0;
    shape.mustMiss = static_cast<int>(dice.roll(2));
    Demands demands = randomDemands(dice, shape);
    for (Algorithm algorithm : {Algorithm::Pair, Algorithm::OrderedCovering, Algorithm::Range,
                                Algorithm::RangePair, Algorithm::Nested}) {
      bool misses = shape.mustMiss != 0;
      if (misses && (algorithm != Algorithm::Pair && algorithm != Algorithm::Nested))
        continue;
      std::optional<uint64_t> wrong =
          wrongKey(demands, minimized(demands, shape.routes, algorithm).rules, shape.bits);
      ASSERT_FALSE(wrong) << "round " << round << ", " << algorithmNames()[int(algorithm)];
    }
  }
}

TEST(MinimizeRulesTest, NeverWorseThanABaseline) {
  Dice dice{3};
  for (int round = 0; round < 100; ++round) {
    Shape shape;
    shape.demands = 100;
    shape.routes = 2 + static_cast<int>(dice.roll(8));
    shape.ranges = dice.roll(2) == 0;
    Demands demands = randomDemands(dice, shape);
    size_t best = minimized(demands, shape.routes, Algorithm::Best).rules.size();
    for (Algorithm algorithm : {Algorithm::Pair, Algorithm::OrderedCovering, Algorithm::Range,
                                Algorithm::RangePair, Algorithm::Nested})
      EXPECT_LE(best, minimized(demands, shape.routes, algorithm).rules.size())
          << "round " << round << ", " << algorithmNames()[int(algorithm)];
    EXPECT_LE(best, demands.size());
  }
}

/// The fewest rules for a function of all keys of `bits` bits, by breadth-first search: a set of
/// keys that is right can grow at the front of the table by a cube whose other keys have one route.
static size_t optimum(const std::vector<RouteId> &routeOf, int bits) {
  uint32_t keys = 1u << bits, everything = static_cast<uint32_t>((uint64_t(1) << keys) - 1);
  std::vector<uint32_t> cubes;
  for (uint32_t mask = 0; mask < keys; ++mask)
    for (uint32_t key = 0; key < keys; ++key)
      if ((key & ~mask) == 0) {
        uint32_t set = 0;
        for (uint32_t k = 0; k < keys; ++k)
          if ((k & mask) == key)
            set |= 1u << k;
        cubes.push_back(set);
      }
  std::vector<uint32_t> keysOf(*std::max_element(routeOf.begin(), routeOf.end()) + 1);
  for (uint32_t k = 0; k < keys; ++k)
    keysOf[routeOf[k]] |= 1u << k;
  // From the front: what is settled may be covered again by anything.
  std::vector<char> seen(size_t(everything) + 1, 0);
  std::vector<uint32_t> front{0};
  seen[0] = 1;
  for (size_t rules = 0;; ++rules) {
    std::vector<uint32_t> next;
    for (uint32_t settled : front) {
      if (settled == everything)
        return rules;
      for (uint32_t cube : cubes) {
        uint32_t rest = cube & ~settled;
        bool one = std::any_of(keysOf.begin(), keysOf.end(),
                               [&](uint32_t set) { return (rest & ~set) == 0; });
        if (rest != 0 && one && !seen[settled | cube]) {
          seen[settled | cube] = 1;
          next.push_back(settled | cube);
        }
      }
    }
    front = std::move(next);
  }
}

TEST(MinimizeRulesTest, OptimalForNearlyAllFunctionsOfFourBits) {
  Dice dice{4};
  size_t best = 0, found = 0, exact = 0;
  const int rounds = 60;
  for (int round = 0; round < rounds; ++round) {
    RouteId routes = 2 + static_cast<RouteId>(dice.roll(2));
    std::vector<RouteId> routeOf;
    std::vector<std::pair<uint64_t, RouteId>> keys;
    for (uint64_t key = 0; key < 16; ++key) {
      routeOf.push_back(static_cast<RouteId>(dice.roll(routes)));
      keys.emplace_back(key, routeOf.back());
    }
    size_t fewest = optimum(routeOf, 4);
    size_t got = minimized(single(keys, 4), routes, Algorithm::Best).rules.size();
    ASSERT_GE(got, fewest);
    best += fewest;
    found += got;
    exact += got == fewest;
  }
  std::printf("optimum of %d functions: %zu rules, found: %zu, exact: %zu\n", rounds, best, found,
              exact);
  EXPECT_GE(exact, rounds * 3 / 4u);
  EXPECT_LE(found, best + best / 20);
}

TEST(MinimizeRulesTest, NestedRangesAreTheFewest) {
  // 0 to 7 are a, but 2 and 3 b, and 3 c: no table of ranges has fewer than three.
  Demands demands = single({{0, 0}, {1, 0}, {2, 1}, {3, 2}, {4, 0}, {5, 0}, {6, 0}, {7, 0}}, 3);
  EXPECT_EQ(minimized(demands, 3, Algorithm::Nested).rules.size(), 3u);
}

TEST(MinimizeRulesTest, ParityNeedsHalfOfItsKeys) {
  // No cube of two keys or more has one parity, so all odd ones need their own.
  std::vector<std::pair<uint64_t, RouteId>> keys(64);
  for (uint64_t key = 0; key < 64; ++key)
    keys[key] = {key, static_cast<RouteId>(__builtin_popcountll(key) & 1)};
  EXPECT_EQ(minimized(single(keys, 6), 2, Algorithm::Best).rules.size(), 33u);
}

TEST(MinimizeRulesTest, OneRouteIsOneRule) {
  Minimized result = minimized(single({{1, 0}, {6, 0}}, 3), 1, Algorithm::Best);
  ASSERT_EQ(result.rules.size(), 1u);
  EXPECT_EQ(result.rules[0].cube.mask, 0u);
}

TEST(MinimizeRulesTest, MasksKeepTheBitsInWhichAllKeysAgree) {
  Minimized result = minimized(single({{0x51, 0}, {0x52, 0}, {0x53, 1}}, 8), 2, Algorithm::Best);
  for (const Rule &rule : result.rules)
    EXPECT_EQ(rule.cube.mask & 0xfc, 0xfcu);
}

TEST(MinimizeRulesTest, WhatMayMissNeedsNoRule) {
  Demands demands = single({{0, 0}, {1, 1}, {2, 0}, {3, 1}}, 2);
  demands[1].mayMiss = demands[3].mayMiss = true;
  EXPECT_EQ(minimized(demands, 2, Algorithm::Best).rules.size(), 1u);
  for (Demand &demand : demands)
    demand.mayMiss = true;
  EXPECT_TRUE(minimized(demands, 2, Algorithm::Best).rules.empty());
}

TEST(MinimizeRulesTest, KeysThatHaveToMissAreNotCovered) {
  Demands demands = single({{0, 0}, {3, 0}}, 2);
  EXPECT_EQ(minimized(demands, 1, Algorithm::Best).rules.size(), 1u);
  demands.push_back({{0, 0}, noRoute, false});
  EXPECT_EQ(minimized(demands, 1, Algorithm::Best).rules.size(), 2u);
}

TEST(MinimizeRulesTest, NothingDemandedIsAnEmptyTable) {
  EXPECT_TRUE(minimized({}, 0, Algorithm::Best).rules.empty());
}

TEST(MinimizeRulesTest, TheSameInputGivesTheSameTable) {
  Dice dice{5};
  Shape shape;
  shape.demands = 120;
  Demands demands = randomDemands(dice, shape);
  Rules first = minimized(demands, shape.routes, Algorithm::Best).rules,
        second = minimized(demands, shape.routes, Algorithm::Best).rules;
  ASSERT_EQ(first.size(), second.size());
  for (size_t k = 0; k < first.size(); ++k)
    EXPECT_TRUE(first[k].cube.key == second[k].cube.key &&
                first[k].cube.mask == second[k].cube.mask && first[k].route == second[k].route);
}

TEST(MinimizeRulesTest, SmallEnoughEndsTheSearch) {
  Dice dice{6};
  Shape shape;
  shape.demands = 200;
  shape.ranges = true;
  Demands demands = randomDemands(dice, shape);
  MinimizeOptions options;
  options.goal = 1000;
  Expected<Minimized> result = minimize(demands, shape.routes, options);
  ASSERT_TRUE(result);
  EXPECT_FALSE(wrongKey(demands, result->rules, shape.bits));
}

TEST(MinimizeRulesTest, ManyRoutesAndWideKeysWork) {
  Dice dice{7};
  Demands demands;
  for (uint64_t k = 0; k < 500; ++k)
    demands.push_back({{k << 52 | (k & 3) << 8, 0x3fffffffffffff00 & ~0xffull},
                       static_cast<RouteId>(dice.roll(200)),
                       false});
  Minimized result = minimized(demands, 200, Algorithm::Best);
  EXPECT_LE(result.rules.size(), 500u);
  EXPECT_TRUE(result.proved);
}

TEST(DisjointDemandsTest, PiecesDoNotOverlapAndSayTheSame) {
  Dice dice{8};
  for (int round = 0; round < 100; ++round) {
    Shape shape;
    shape.bits = 8;
    shape.mustMiss = 1;
    Demands demands = randomDemands(dice, shape);
    Work work(1 << 20);
    std::optional<Demands> disjoint = makeDisjoint(demands, work);
    ASSERT_TRUE(disjoint);
    for (uint64_t key = 0; key < 256; ++key) {
      const Demand *wanted = nullptr;
      for (const Demand &demand : demands)
        if (!wanted && (key & demand.cube.mask) == demand.cube.key)
          wanted = &demand;
      int matches = 0;
      for (const Demand &demand : *disjoint)
        if ((key & demand.cube.mask) == demand.cube.key) {
          ++matches;
          EXPECT_EQ(demand.route, wanted->route);
        }
      EXPECT_EQ(matches, wanted ? 1 : 0);
    }
  }
}

TEST(DisjointDemandsTest, SiblingsBecomeOne) {
  Demands demands = single({{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 1}, {5, 1}, {6, 0}}, 3);
  joinSiblings(demands, 0);
  EXPECT_EQ(demands.size(), 3u);
}

TEST(DisjointDemandsTest, GivesUpWhenItTakesTooLong) {
  Dice dice{9};
  Demands demands = randomDemands(dice, Shape());
  Work work(10);
  EXPECT_FALSE(makeDisjoint(demands, work));
}

TEST(CubeListTest, TheFirstThatMeetsIsFoundWhereverItIs) {
  Dice dice{10};
  for (int round = 0; round < 200; ++round) {
    CubeList list;
    auto cube = [&] {
      uint64_t mask = dice.roll(1 << 12) & dice.roll(1 << 12);
      return Cube{dice.roll(1 << 12) & mask, mask << 40 | mask};
    };
    for (size_t size = dice.roll(70); list.size() < size;)
      list.push_back(cube());
    Cube wanted = cube();
    for (size_t from = 0; from <= list.size(); from += 1 + dice.roll(20)) {
      size_t first = from;
      while (first < list.size() && !meet(list[first], wanted))
        ++first;
      EXPECT_EQ(list.firstMeeting(wanted, from, list.size()), first);
    }
  }
}
