// Routing tables: every key of every block reaches what its tree reaches, however entries are
// merged.
#include "tests/lowering/NCoreToAer/TableWalker.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::aer;
using ncore::CorePlace;
using ncore::Router;
using ncore::Target;
using ncore::Topology;
using test::Random;

namespace {
struct Flow {
  Router source;
  std::vector<CorePlace> destinations;
};
} // namespace

/// A random network's flows: slices of a population mostly go to the same places.
static std::vector<Flow> someFlows(const Target &target, Random &random, size_t populations,
                                   std::vector<KeyRequest> &requests) {
  std::vector<CorePlace> cores = target.cores();
  std::vector<Flow> flows;
  for (size_t p = 0; p < populations; ++p) {
    std::vector<CorePlace> common;
    for (size_t k = 0, n = 1 + random.next(6); k < n; ++k)
      common.push_back(cores[random.next(cores.size())]);
    for (size_t s = 0, n = 1 + random.next(8); s < n; ++s) {
      Flow flow{cores[random.next(cores.size())].router(), common};
      if (random.next(3) == 0)
        flow.destinations.push_back(cores[random.next(cores.size())]);
      flows.push_back(flow);
      requests.push_back({p, int64_t(1 + random.next(20)), uint64_t(target.indexOf(flow.source))});
    }
  }
  return flows;
}

/// No entry covers a key of a block whose packets do not come to its router.
static void expectNoForeignBlocks(const test::RoutingTables &tables,
                                  const std::vector<KeyBlock> &blocks,
                                  const std::vector<Tree> &trees) {
  for (size_t k = 0; k < blocks.size(); ++k) {
    std::set<Router> visited;
    for (const TreeNode &node : trees[k])
      visited.insert(node.router);
    for (auto &[router, table] : tables)
      for (const TableEntry &entry : table)
        if ((entry.key & blocks[k].mask & entry.mask) == (blocks[k].key & entry.mask))
          EXPECT_TRUE(visited.count(router)) << k;
  }
}

TEST(Tables, EveryKeyReachesTheCoresOfItsTreeAndNoOther) {
  Random random{5};
  size_t entries[3] = {0, 0, 0};
  for (Topology topology :
       {Topology::Mesh, Topology::Torus, Topology::Hexagonal, Topology::HexagonalTorus})
    for (int round = 0; round < 24; ++round) {
      Target target = test::grid(topology, 2 + random.next(5), 2 + random.next(5));
      if (round % 3 == 0)
        test::damage(target, random, 2, 0);
      std::vector<KeyRequest> requests;
      std::vector<Flow> flows = someFlows(target, random, 6, requests);
      auto blocks = allocateKeys(requests, {16, 0, 0});
      ASSERT_TRUE(blocks);
      auto method = round % 2 ? TreeMethod::NeighbourExploring : TreeMethod::DimensionOrdered;
      TreeBuilder builder(target, method);
      std::vector<Tree> trees;
      for (const Flow &flow : flows) {
        auto tree = builder.build(flow.source, flow.destinations);
        ASSERT_TRUE(tree) << tree.error().message;
        trees.push_back(*tree);
      }
      for (bool defaultRoutes : {false, true})
        for (Merge merge : {Merge::None, Merge::Exact, Merge::Reaching}) {
          TableBuilder tables(target, *blocks, defaultRoutes, merge);
          for (size_t k = 0; k < trees.size(); ++k)
            tables.add(k, trees[k]);
          test::RoutingTables result = tables.tables();
          for (auto &[router, table] : result) {
            entries[int(merge)] += table.size();
            for (size_t a = 0; a < table.size(); ++a)
              for (size_t b = a + 1; b < table.size(); ++b)
                EXPECT_NE(table[a].key & table[b].mask & table[a].mask,
                          table[b].key & table[a].mask)
                    << "entries overlap";
          }
          if (merge != Merge::Reaching)
            expectNoForeignBlocks(result, *blocks, trees);
          for (size_t k = 0; k < flows.size(); ++k)
            for (int64_t n = 0; n < requests[k].neurons; ++n) {
              auto found =
                  test::walk(target, result, (*blocks)[k].key + n, flows[k].source, defaultRoutes);
              EXPECT_TRUE(found.clean());
              EXPECT_EQ(found.hops, hopsOf(trees[k]));
              std::set<CorePlace> wanted(flows[k].destinations.begin(),
                                         flows[k].destinations.end());
              EXPECT_EQ(found.cores, std::multiset<CorePlace>(wanted.begin(), wanted.end()));
            }
        }
    }
  EXPECT_LT(entries[1], entries[0]);
  EXPECT_LT(entries[2], entries[1]);
}

// Four blocks of 4 keys with one route are one entry of 16 keys; a fifth one with another route
// between them would be served wrongly, so it keeps them apart.
TEST(Tables, NeighboursWithOneRouteShareAnEntry) {
  Target target = test::grid(Topology::Mesh, 2, 1);
  auto tree = TreeBuilder(target, TreeMethod::DimensionOrdered).build({0, 0}, {{1, 0, 0}});
  auto other = TreeBuilder(target, TreeMethod::DimensionOrdered).build({0, 0}, {{1, 0, 1}});
  ASSERT_TRUE(tree && other);
  std::vector<KeyBlock> blocks{{0, 0xfffc}, {4, 0xfffc}, {8, 0xfffc}, {12, 0xfffc}};
  TableBuilder same(target, blocks, false, Merge::Exact);
  for (size_t k = 0; k < 4; ++k)
    same.add(k, *tree);
  auto merged = same.tables();
  ASSERT_EQ(merged[(Router{1, 0})].size(), 1u);
  EXPECT_EQ(merged[(Router{1, 0})][0].key, 0u);
  EXPECT_EQ(merged[(Router{1, 0})][0].mask, 0xfff0u);
  TableBuilder mixed(target, blocks, false, Merge::Exact);
  for (size_t k = 0; k < 4; ++k)
    mixed.add(k, k == 2 ? *other : *tree);
  auto apart = mixed.tables();
  EXPECT_EQ(apart[(Router{0, 0})].size(), 1u);
  EXPECT_EQ(apart[(Router{1, 0})].size(), 3u);
}

// On the way from (0, 0) to (3, 0) two routers only pass packets on.
TEST(Tables, RoutersThatPassPacketsStraightOnNeedNoEntry) {
  Target target = test::grid(Topology::Mesh, 4, 1);
  auto tree = TreeBuilder(target, TreeMethod::DimensionOrdered).build({0, 0}, {{3, 0, 2}});
  ASSERT_TRUE(tree);
  for (bool defaultRoutes : {false, true}) {
    TableBuilder builder(target, {{0, 0xffff}}, defaultRoutes, Merge::Exact);
    builder.add(0, *tree);
    EXPECT_EQ(builder.tables().size(), defaultRoutes ? 2u : 4u);
  }
}
