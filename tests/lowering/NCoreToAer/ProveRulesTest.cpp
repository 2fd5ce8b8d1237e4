// The proof agrees with trying all keys, on tables that are right and on tables that are not.
#include "lowering/NCoreToAer/ProveRules.h"
#include "RandomTables.h"
#include "lowering/NCoreToAer/MinimizeRules.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::aer;
using namespace engram::test;

/// One change of one rule: a bit of its key, of its mask, its route, its place, or that it is
/// there.
static void mutate(Rules &rules, Dice &dice, const Shape &shape) {
  if (rules.empty())
    return;
  Rule &rule = rules[dice.roll(rules.size())];
  uint64_t bit = uint64_t(1) << dice.roll(shape.bits);
  switch (dice.roll(5)) {
  case 0:
    if ((rule.cube.mask & bit) != 0)
      rule.cube.key ^= bit;
    break;
  case 1:
    rule.cube.mask ^= bit;
    rule.cube.key &= rule.cube.mask;
    break;
  case 2:
    rule.route = static_cast<RouteId>(dice.roll(shape.routes));
    break;
  case 3:
    std::swap(rule, rules[dice.roll(rules.size())]);
    break;
  default:
    rules.erase(rules.begin() + (&rule - rules.data()));
  }
}

TEST(ProveRulesTest, AgreesWithAllKeysOnChangedTables) {
  Dice dice{11};
  int right = 0, wrong = 0;
  for (int round = 0; round < 600; ++round) {
    Shape shape;
    shape.bits = 8;
    shape.demands = 20;
    shape.mayMiss = static_cast<int>(dice.roll(3)) * 3;
    shape.mustMiss = static_cast<int>(dice.roll(2));
    Demands demands = randomDemands(dice, shape);
    MinimizeOptions options;
    options.effort = 1;
    Expected<Minimized> result = minimize(demands, shape.routes, options);
    ASSERT_TRUE(result);
    Rules rules = result->rules;
    mutate(rules, dice, shape);
    std::optional<uint64_t> key = wrongKey(demands, rules, shape.bits);
    Work work(1 << 24);
    Proof proof = prove(demands, rules, work);
    ASSERT_EQ(proof.outcome, key ? Proof::Refuted : Proof::Proved) << "round " << round;
    ++(key ? wrong : right);
    if (!key)
      continue;
    // The key that it names is one that goes wrong.
    Demands only{{{proof.key, 0xff}, proof.demanded, proof.mightMiss}};
    EXPECT_TRUE(wrongKey(only, rules, shape.bits));
  }
  EXPECT_GT(right, 50);
  EXPECT_GT(wrong, 50);
}

TEST(ProveRulesTest, NamesTheKeyAndBothRoutes) {
  Demands demands{{{0x10, 0xf0}, 1, false}, {{0x20, 0xf0}, 0, false}};
  Rules rules{{{0x14, 0xfc}, 0}, {{0, 0xc0}, 1}};
  Work work(1000);
  Proof proof = prove(demands, rules, work);
  EXPECT_EQ(proof.outcome, Proof::Refuted);
  EXPECT_EQ(proof.key, 0x14u);
  EXPECT_EQ(proof.demanded, 1u);
  EXPECT_EQ(proof.got, 0u);
}

TEST(ProveRulesTest, OrderDecides) {
  Demands demands{{{0, 3}, 0, false}, {{0, 0}, 1, false}};
  Rules rules{{{0, 3}, 0}, {{0, 0}, 1}};
  Work work(1000);
  EXPECT_EQ(prove(demands, rules, work).outcome, Proof::Proved);
  std::swap(rules[0], rules[1]);
  EXPECT_EQ(prove(demands, rules, work).outcome, Proof::Refuted);
}

TEST(ProveRulesTest, ADemandThatNothingMatchesIsRefuted) {
  Demands demands{{{0, 3}, 0, false}, {{2, 3}, 0, false}};
  Rules rules{{{0, 3}, 0}};
  Work work(1000);
  Proof proof = prove(demands, rules, work);
  EXPECT_EQ(proof.outcome, Proof::Refuted);
  EXPECT_EQ(proof.key, 2u);
  EXPECT_EQ(proof.got, noRoute);
}

TEST(ProveRulesTest, AWholeKeySpaceOf62BitsTakesNoTime) {
  Demands demands{{{0, 0}, 0, false}};
  Rules rules;
  for (int b = 0; b < 62; ++b)
    rules.push_back({{uint64_t(1) << b, uint64_t(1) << b}, 0});
  rules.push_back({{0, 0}, 0});
  Work work(10000);
  EXPECT_EQ(prove(demands, rules, work).outcome, Proof::Proved);
}

TEST(ProveRulesTest, GivesUpWhenItTakesTooLong) {
  Dice dice{12};
  Demands demands = randomDemands(dice, Shape());
  Rules rules;
  for (const Demand &demand : demands)
    rules.push_back({demand.cube, demand.route});
  Work work(100);
  EXPECT_EQ(prove(demands, rules, work).outcome, Proof::TooLong);
}
