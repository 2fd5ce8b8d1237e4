// Tables of random trees made smaller: every packet still goes where it went.
#include "lowering/NCoreToAer/FollowRoutes.h"
#include "TableWalker.h"
#include "lowering/NCoreToAer/MinimizeRules.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::aer;
using namespace engram::ncore;
using namespace engram::test;

constexpr Router middleChip{1, 0};

namespace {

struct Network {
  Target target;
  TableMap tables;
  std::vector<Sending> sendings;
};

} // namespace

static Network randomNetwork(uint64_t seed, Topology topology, bool defaultRoutes, Merge merge) {
  Random random{seed};
  Network network{grid(topology, 5, 5), {}, {}};
  Target &target = network.target;
  damage(target, random, 3, 2);
  std::vector<CorePlace> cores = target.cores();
  std::vector<KeyRequest> requests;
  std::vector<Router> starts;
  for (uint64_t k = 0; k < 60; ++k) {
    requests.push_back({random.next(9), int64_t(1 + random.next(20)), k});
    starts.push_back(cores[random.next(cores.size())].router());
  }
  std::vector<KeyBlock> blocks = *allocateKeys(requests, {16, 0, 0});
  TableBuilder tables(target, blocks, defaultRoutes, merge);
  TreeBuilder trees(target, TreeMethod::NeighbourExploring, 20);
  for (size_t k = 0; k < blocks.size(); ++k) {
    std::vector<CorePlace> ends;
    for (uint64_t n = random.next(6); n > 0; --n)
      ends.push_back(cores[random.next(cores.size())]);
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    Expected<Tree> tree = trees.build(starts[k], ends);
    if (ends.empty() || !tree)
      continue;
    tables.add(k, *tree);
    network.sendings.push_back({blocks[k], starts[k]});
  }
  network.tables = tables.tables();
  return network;
}

static TableMap minimizedTables(const Network &network, bool defaultRoutes, size_t &entries) {
  RouteNumbers routes;
  auto demands =
      followRoutes(network.target, network.tables, network.sendings, defaultRoutes, routes);
  EXPECT_TRUE(demands);
  TableMap result;
  MinimizeOptions options;
  options.effort = 1;
  entries = 0;
  for (auto &[router, list] : *demands) {
    Expected<Minimized> smaller = minimize(list, routes.size(), options);
    EXPECT_TRUE(smaller);
    entries += smaller->rules.size();
    for (const Rule &rule : smaller->rules)
      result[router].push_back(
          {rule.cube.key, rule.cube.mask, routes[rule.route].first, routes[rule.route].second});
  }
  return result;
}

TEST(FollowRoutesTest, SmallerTablesSendEveryPacketWhereItWent) {
  for (Topology topology : {Topology::Mesh, Topology::HexagonalTorus})
    for (bool defaultRoutes : {false, true})
      for (Merge merge : {Merge::None, Merge::Exact, Merge::Reaching}) {
        Network network = randomNetwork(17, topology, defaultRoutes, merge);
        size_t before = 0, after = 0;
        for (auto &[router, entries] : network.tables)
          before += entries.size();
        TableMap smaller = minimizedTables(network, defaultRoutes, after);
        EXPECT_LT(after, before);
        for (const Sending &sending : network.sendings)
          for (uint64_t key :
               {sending.block.key, sending.block.key | (~sending.block.mask & 0xffff)}) {
            WalkResult old =
                walk(network.target, network.tables, key, sending.router, defaultRoutes);
            WalkResult now = walk(network.target, smaller, key, sending.router, defaultRoutes);
            EXPECT_TRUE(old.clean() && now.clean());
            EXPECT_EQ(old.cores, now.cores);
            EXPECT_EQ(old.hops, now.hops);
          }
      }
}

TEST(FollowRoutesTest, KeysThatPassWithoutAnEntryDemandThat) {
  // From (0, 0) to (2, 0) straight through (1, 0), which has an entry for another block.
  Target target = grid(Topology::Hexagonal, 3, 1);
  TableMap tables;
  tables[{0, 0}] = {{0x00, 0xfff0, {0}, {}}};
  tables[{1, 0}] = {{0x20, 0xfff0, {}, {1}}};
  tables[{2, 0}] = {{0x00, 0xfff0, {}, {0}}};
  RouteNumbers routes;
  auto demands = followRoutes(target, tables, {{{0x00, 0xfff0}, {0, 0}}, {{0x20, 0xfff0}, {1, 0}}},
                              true, routes);
  ASSERT_TRUE(demands);
  const Demands &middle = (*demands)[middleChip];
  ASSERT_EQ(middle.size(), 2u);
  EXPECT_EQ(middle[0].cube.key, 0x20u);
  EXPECT_FALSE(middle[0].mayMiss);
  EXPECT_EQ(middle[1].cube.key, 0x00u);
  EXPECT_TRUE(middle[1].mayMiss);
  EXPECT_EQ(routes[middle[1].route].first, std::vector<int>{0});
  // Without default routes the packet is lost there, and has to be so later.
  demands = followRoutes(target, tables, {{{0x00, 0xfff0}, {0, 0}}, {{0x20, 0xfff0}, {1, 0}}},
                         false, routes);
  EXPECT_EQ((*demands)[middleChip][0].route, noRoute);
}

TEST(FollowRoutesTest, StraightFromTwoSidesHasToMiss) {
  // (1, 0) gets the block from both sides and passes it on to both.
  Target target = grid(Topology::Hexagonal, 3, 2);
  TableMap tables;
  tables[{1, 1}] = {{0x00, 0xfff0, {3, 5}, {}}, {0x40, 0xfff0, {5}, {}}};
  tables[{0, 1}] = {{0x00, 0xfff0, {5}, {}}};
  tables[{0, 0}] = {{0x00, 0xfff0, {0}, {}}};
  tables[{1, 0}] = {{0x40, 0xfff0, {}, {1}}};
  target.gridY = 3;
  RouteNumbers routes;
  auto demands = followRoutes(target, tables, {{{0x00, 0xfff0}, {1, 1}}}, true, routes);
  ASSERT_TRUE(demands);
  EXPECT_EQ((*demands)[middleChip].front().route, noRoute);
}

TEST(FollowRoutesTest, CirclesEnd) {
  Target target = grid(Topology::Torus, 2, 1);
  TableMap tables;
  tables[{0, 0}] = {{0, 0, {0}, {}}};
  tables[{1, 0}] = {{0, 0, {0}, {}}};
  RouteNumbers routes;
  auto demands = followRoutes(target, tables, {{{0, 0xfffc}, {0, 0}}}, false, routes);
  ASSERT_TRUE(demands);
  EXPECT_FALSE((*demands)[middleChip].empty());
}
