// Multicast trees: real trees that reach what they should, on whole and on damaged machines, and
// how long they are against the shortest ones.
#include "tests/lowering/NCoreToAer/TableWalker.h"
#include <algorithm>
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::aer;
using ncore::CorePlace;
using ncore::Router;
using ncore::Target;
using ncore::Topology;
using test::Random;

static const std::vector<Topology> topologies{Topology::Mesh, Topology::Torus, Topology::Hexagonal,
                                              Topology::HexagonalTorus};
static const std::vector<TreeMethod> methods{TreeMethod::DimensionOrdered,
                                             TreeMethod::NeighbourExploring};

static std::vector<CorePlace> somePlaces(const Target &target, Random &random, size_t count) {
  std::vector<CorePlace> cores = target.cores(), result;
  for (size_t k = 0; k < count; ++k)
    result.push_back(cores[random.next(cores.size())]);
  return result;
}

static void expectTree(const Target &target, const Tree &tree, Router source,
                       const std::vector<CorePlace> &wanted) {
  std::set<Router> seen;
  std::set<CorePlace> reached;
  ASSERT_EQ(tree[0].router, source);
  std::map<Router, int> arrivals{{source, -1}};
  for (const TreeNode &node : tree) {
    EXPECT_TRUE(seen.insert(node.router).second) << "a router twice";
    ASSERT_TRUE(arrivals.count(node.router)) << "a child before its parent";
    EXPECT_EQ(arrivals[node.router], node.arrival);
    for (int p : node.cores)
      EXPECT_TRUE(reached.insert({node.router.x, node.router.y, p}).second);
    for (int link : node.links) {
      std::optional<Router> next = target.neighbour(node.router, link);
      ASSERT_TRUE(next) << "a link that is not there";
      EXPECT_TRUE(arrivals.insert({*next, target.opposite(link)}).second) << "no tree";
    }
    EXPECT_TRUE(&node == &tree[0] || !node.links.empty() || !node.cores.empty()) << "a dead end";
  }
  EXPECT_EQ(arrivals.size(), tree.size());
  EXPECT_EQ(reached, std::set<CorePlace>(wanted.begin(), wanted.end()));
}

TEST(Trees, ReachExactlyTheirDestinationsOnWholeAndDamagedMachines) {
  Random random{1};
  int refused = 0;
  for (Topology topology : topologies)
    for (TreeMethod method : methods)
      for (int round = 0; round < 60; ++round) {
        Target target = test::grid(topology, 3 + random.next(6), 3 + random.next(6));
        if (round % 3 > 0)
          test::damage(target, random, round % 3 * 4, round % 3);
        TreeBuilder builder(target, method, round % 2 ? 20 : 2);
        std::vector<int> hops = target.hopsFrom({0, 0});
        for (int k = 0; k < 5; ++k) {
          std::vector<CorePlace> wanted = somePlaces(target, random, 1 + random.next(12));
          Expected<Tree> tree = builder.build({0, 0}, wanted);
          bool possible = std::all_of(wanted.begin(), wanted.end(), [&](CorePlace core) {
            return hops[target.indexOf(core.router())] >= 0;
          });
          ASSERT_EQ(bool(tree), possible);
          refused += !possible;
          if (tree)
            expectTree(target, *tree, {0, 0}, wanted);
        }
      }
  EXPECT_LT(refused, 400);
}

TEST(Trees, OneDestinationIsReachedOnAShortestPath) {
  for (Topology topology : topologies)
    for (TreeMethod method : methods) {
      Target target = test::grid(topology, 5, 6);
      TreeBuilder builder(target, method);
      for (Router from : target.routers())
        for (Router to : target.routers()) {
          auto tree = builder.build(from, {{to.x, to.y, 0}});
          ASSERT_TRUE(tree);
          EXPECT_EQ(hopsOf(*tree), target.hopsFrom(from)[target.indexOf(to)]);
        }
    }
}

// X first: from (0, 0) to (2, 2) and (2, 1) the first two hops are shared.
TEST(Trees, DimensionOrderTurnsFromXToYOnly) {
  Target target = test::grid(Topology::Mesh, 6, 6);
  TreeBuilder builder(target, TreeMethod::DimensionOrdered);
  Random random{3};
  for (int round = 0; round < 50; ++round) {
    auto tree = builder.build({2, 3}, somePlaces(target, random, 10));
    ASSERT_TRUE(tree);
    for (const TreeNode &node : *tree)
      if (node.arrival == 1 || node.arrival == 3)
        for (int link : node.links)
          EXPECT_EQ(link, target.opposite(node.arrival));
  }
  auto tree = builder.build({0, 0}, {{2, 2, 0}, {2, 1, 0}});
  ASSERT_TRUE(tree);
  EXPECT_EQ(hopsOf(*tree), 4);
}

// The paper's point: a row of destinations that all lie off the source's axes shares one branch.
TEST(Trees, NeighbourExploringSharesWhatDimensionOrderDoesNot) {
  Target target = test::grid(Topology::Mesh, 8, 8);
  std::vector<CorePlace> row;
  for (int x = 0; x < 8; ++x)
    row.push_back({x, 7, 0});
  auto ordered = TreeBuilder(target, TreeMethod::DimensionOrdered).build({0, 0}, row);
  auto exploring = TreeBuilder(target, TreeMethod::NeighbourExploring).build({0, 0}, row);
  ASSERT_TRUE(ordered && exploring);
  EXPECT_EQ(hopsOf(*ordered), 7 + 8 * 7); // a row of 7 and 8 columns of 7
  EXPECT_EQ(hopsOf(*exploring), 7 + 7);   // a column and a row
}

TEST(Trees, ErrorsNameTheRouters) {
  Target target = test::grid(Topology::Mesh, 3, 1);
  target.deadLinks = {{1, 0, 0}};
  target.normalize();
  TreeBuilder builder(target, TreeMethod::NeighbourExploring);
  auto tree = builder.build({0, 0}, {{2, 0, 0}});
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().message, "no links lead from router (0, 0) to router (2, 0)");
  auto outside = builder.build({0, 0}, {{3, 0, 0}});
  ASSERT_FALSE(outside);
  EXPECT_EQ(outside.error().message, "router (3, 0) is not there");
}

// The least number of links of a tree that joins the terminals: Dreyfus and Wagner 1971.
static int steinerLength(const Target &target, const std::vector<Router> &terminals) {
  int64_t n = target.gridSize();
  size_t subsets = size_t(1) << terminals.size();
  std::vector<std::vector<int>> hops;
  for (int64_t k = 0; k < n; ++k)
    hops.push_back(target.hopsFrom(target.routerAt(k)));
  std::vector<std::vector<int>> best(subsets, std::vector<int>(n, 1 << 20));
  for (size_t t = 0; t < terminals.size(); ++t)
    best[size_t(1) << t] = hops[target.indexOf(terminals[t])];
  for (size_t set = 1; set < subsets; ++set) {
    if ((set & (set - 1)) == 0)
      continue;
    std::vector<int> joined(n, 1 << 20);
    for (int64_t k = 0; k < n; ++k)
      for (size_t part = (set - 1) & set; part > 0; part = (part - 1) & set)
        joined[k] = std::min(joined[k], best[part][k] + best[set ^ part][k]);
    for (int64_t k = 0; k < n; ++k)
      for (int64_t via = 0; via < n; ++via)
        best[set][k] = std::min(best[set][k], joined[via] + hops[via][k]);
  }
  return best[subsets - 1][target.indexOf(terminals[0])];
}

TEST(Trees, AreNotMuchLongerThanTheShortestOnes) {
  Random random{11};
  for (Topology topology : topologies) {
    int64_t least = 0, exploring = 0, ordered = 0;
    Target target = test::grid(topology, 5, 5);
    TreeBuilder explorer(target, TreeMethod::NeighbourExploring);
    TreeBuilder dimensions(target, TreeMethod::DimensionOrdered);
    for (int round = 0; round < 60; ++round) {
      std::vector<Router> terminals{{int(random.next(5)), int(random.next(5))}};
      std::vector<CorePlace> wanted = somePlaces(target, random, 2 + random.next(5));
      for (CorePlace core : wanted)
        terminals.push_back(core.router());
      int shortest = steinerLength(target, terminals);
      auto a = explorer.build(terminals[0], wanted), b = dimensions.build(terminals[0], wanted);
      ASSERT_TRUE(a && b);
      EXPECT_GE(hopsOf(*a), shortest);
      EXPECT_LE(hopsOf(*a), 2 * shortest);
      EXPECT_GE(hopsOf(*b), shortest);
      least += shortest;
      exploring += hopsOf(*a);
      ordered += hopsOf(*b);
    }
    EXPECT_LE(exploring, 1.15 * least) << "in the mean";
    EXPECT_LT(exploring, ordered);
  }
}
