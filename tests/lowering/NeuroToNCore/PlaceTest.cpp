// Placements: the curve, the machine's gaps, small ones against all placements.
#include "lowering/NeuroToNCore/Place.h"
#include "RandomNetworks.h"
#include "lowering/NeuroToNCore/Partition.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <set>

using namespace engram::ncore;
using namespace engram::ncore::testing;

namespace {

Target mesh(int x, int y, int cores = 1) {
  Target target;
  target.gridX = x;
  target.gridY = y;
  target.coresPerRouter = cores;
  return target;
}

Traffic randomTraffic(int cores, unsigned seed, double probability = 0.4) {
  std::mt19937 random(seed);
  std::bernoulli_distribution coin(probability);
  Traffic traffic;
  traffic.cores = cores;
  traffic.from.resize(cores + 1);
  for (int from = 0; from <= cores; ++from)
    for (int to = 0; to < cores; ++to)
      if (from != to && coin(random))
        traffic.from[from].push_back({to, 1.0 + double(random() % 50)});
  return traffic;
}

constexpr PlaceMethod allMethods[] = {PlaceMethod::Engram, PlaceMethod::Hilbert,
                                      PlaceMethod::HilbertForce, PlaceMethod::Linear};

} // namespace

TEST(HilbertCurve, NeighboursOnTheCurveAreNeighboursInTheSquare) {
  for (int side : {1, 2, 4, 8, 32}) {
    std::vector<Router> curve = hilbertCurve(side, side);
    ASSERT_EQ(curve.size(), size_t(side) * side);
    for (size_t k = 1; k < curve.size(); ++k)
      EXPECT_EQ(std::abs(curve[k].x - curve[k - 1].x) + std::abs(curve[k].y - curve[k - 1].y), 1);
  }
}

TEST(HilbertCurve, EachPlaceComesOnce) {
  for (auto [x, y] : {std::pair(5, 3), std::pair(1, 7), std::pair(12, 12)}) {
    std::vector<Router> curve = hilbertCurve(x, y);
    EXPECT_EQ(curve.size(), size_t(x) * y);
    EXPECT_EQ(std::set<Router>(curve.begin(), curve.end()).size(), curve.size());
    for (Router router : curve)
      EXPECT_TRUE(router.x < x && router.y < y);
  }
}

TEST(Place, AbsentRoutersAndDeadCoresAreLeftOut) {
  Target target = mesh(4, 4, 2);
  target.absent = {{0, 0}, {2, 1}};
  target.deadCores = {{1, 1, 0}, {3, 3, 1}};
  target.deadLinks = {{1, 0, 0}};
  target.normalize();
  auto most = static_cast<int>(target.numCores());
  EXPECT_EQ(most, 26);
  for (PlaceMethod method : allMethods)
    for (int cores : {1, 13, most}) {
      std::optional<Placement> placement =
          place(randomTraffic(cores, 3), target, {method, 1, {0, 0}});
      ASSERT_TRUE(placement);
      std::set<CorePlace> seen;
      for (CorePlace at : placement->placeOf) {
        EXPECT_TRUE(target.isCore(at));
        EXPECT_TRUE(seen.insert(at).second);
      }
      EXPECT_EQ(int(seen.size()), cores);
      EXPECT_TRUE(target.isPresent(placement->host));
    }
  EXPECT_FALSE(place(randomTraffic(most + 1, 3), target));
}

TEST(Place, SmallOnesAreTheBestOfAllPlacements) {
  double ours = 0, best = 0;
  for (unsigned seed = 0; seed < 8; ++seed) {
    Target target = seed % 2 ? mesh(4, 2) : mesh(3, 3);
    target.topology = seed % 4 < 2 ? Topology::Mesh : Topology::Hexagonal;
    Traffic traffic = randomTraffic(static_cast<int>(target.numCores()), seed, 0.25);
    std::optional<Placement> placement = place(traffic, target);
    ASSERT_TRUE(placement);
    double cost = hopCost(traffic, *placement, target), least = 1e300;
    std::vector<CorePlace> places = target.cores();
    std::sort(places.begin(), places.end());
    // The distances as a table: hopCost of 362,880 placements would take its own each time.
    size_t n = places.size();
    std::vector<int> order(n);
    std::iota(order.begin(), order.end(), 0);
    do {
      double sum = 0;
      for (int from = 0; from <= traffic.cores && sum < least; ++from)
        for (Traffic::Flow flow : traffic.from[from])
          sum += flow.rate * target.distance(from == traffic.cores ? placement->host
                                                                   : places[order[from]].router(),
                                             places[order[flow.to]].router());
      least = std::min(least, sum);
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_GE(cost, least - 1e-6);
    ours += cost;
    best += least;
  }
  EXPECT_LE(ours, 1.01 * best);
}

TEST(Place, NoMethodIsBetterThanTheWholeOfThem) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    Traffic traffic = randomTraffic(40, seed, 0.1);
    Target target = mesh(7, 7);
    double ours = hopCost(traffic, *place(traffic, target), target);
    for (PlaceMethod method : allMethods)
      EXPECT_LE(ours, hopCost(traffic, *place(traffic, target, {method, 1, {}}), target) + 1e-6);
  }
}

TEST(Place, TheSameSeedGivesTheSamePlaces) {
  Traffic traffic = randomTraffic(30, 9);
  EXPECT_EQ(place(traffic, mesh(6, 6))->placeOf, place(traffic, mesh(6, 6))->placeOf);
}

// A spike to three cores in one row, of which two share a router: by hand.
TEST(Measure, ATreeCountsEachLinkOnce) {
  SpikeNetwork network;
  int a = addGroup(network, 4);
  network.groups[a].rates = {5, 1, 1, 1};
  addListed(network, a, a, {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {3, 0}});
  Assignment assignment;
  assignment.cores = 4;
  assignment.coreOf = {{0, 1, 2, 3}};
  Placement placement;
  placement.placeOf = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {2, 0, 1}};
  Target target = mesh(3, 1, 2);
  Quality quality = measure(Reach(network, assignment), assignment, placement, target);
  // Neuron 0 at 5 a second to three other cores over two links; neuron 3 at 1 back over two.
  EXPECT_EQ(quality.crossing, 5 * 3 + 1);
  EXPECT_EQ(quality.hops, 5 * 2 + 1 * 2);
  EXPECT_EQ(quality.worstLink, 5);
  EXPECT_EQ(quality.fromHost, 0);
}

// The traffic of drawn connections is near that of their law.
TEST(Measure, ExpectedTrafficIsNearThatOfADraw) {
  SpikeNetwork network;
  int a = addGroup(network, 200), b = addGroup(network, 100);
  Relation &relation = addRelation(network, a, b, Relation::Kind::Probability);
  relation.probability = 0.02;
  relation.draw = [] {
    std::mt19937 random(4);
    return rowsOf(200, randomPairs(random, 200, 100, 0.02));
  };
  Assignment assignment = randomAssignment(network, 8, 2);
  double law = Reach(network, assignment).traffic().betweenCores();
  double drawn = Reach(network, assignment, 1e6).traffic().betweenCores();
  EXPECT_NEAR(law, drawn, 0.06 * drawn);
  EXPECT_NE(law, drawn);
}

namespace {

/// Three groups of 60 neurons that talk by laws in one direction only, and a source; eight neurons
/// a core, so that cores hold parts of two groups.
struct LawNetwork {
  SpikeNetwork network;
  Assignment assignment;

  LawNetwork() {
    int source = addGroup(network, 30), a = addGroup(network, 60), b = addGroup(network, 60),
        c = addGroup(network, 60);
    network.groups[source].isSource = true;
    for (int g : {source, a, b, c})
      network.groups[g].rates = {1.0 + 7 * g};
    addRelation(network, source, a, Relation::Kind::AllToAll);
    addRelation(network, a, b, Relation::Kind::Probability).probability = 0.02;
    addRelation(network, b, b, Relation::Kind::AllToAll);
    addRelation(network, b, c, Relation::Kind::Indegree).indegree = 2;
    assignment.coreOf.resize(4);
    for (int n = 0; n < 180; ++n)
      assignment.coreOf[1 + n / 60].push_back(n / 8);
    assignment.cores = 23;
  }
};

} // namespace

TEST(Traffic, LawsThatAreKeptAreTheFlowsThatTheyStandFor) {
  LawNetwork laws;
  Reach reach(laws.network, laws.assignment);
  Traffic listed = reach.traffic(), kept = reach.traffic(0);
  ASSERT_TRUE(listed.laws.empty());
  ASSERT_EQ(kept.laws.size(), 3u);
  for (const std::vector<Traffic::Flow> &flows : kept.from)
    EXPECT_TRUE(flows.empty());
  EXPECT_NEAR(kept.betweenCores(), listed.betweenCores(), 1e-9 * listed.betweenCores());
  EXPECT_NEAR(kept.fromHost(), listed.fromHost(), 1e-9 * listed.fromHost());
  Target target = mesh(5, 5);
  target.topology = Topology::HexagonalTorus;
  target.deadLinks = {{1, 1, 0}, {2, 2, 1}};
  target.normalize();
  Placement placement = *place(listed, target, {PlaceMethod::Linear, 1, {2, 2}});
  double cost = hopCost(listed, placement, target);
  EXPECT_NEAR(hopCost(kept, placement, target), cost, 1e-9 * cost);
}

// What the methods do depends on gains, and these are the same.
TEST(Place, LawsThatAreKeptArePlacedAsTheFlowsThatTheyStandFor) {
  LawNetwork laws;
  Reach reach(laws.network, laws.assignment);
  Traffic listed = reach.traffic(), kept = reach.traffic(0);
  for (int cores : {1, 2}) {
    Target target = mesh(5, 6, cores);
    auto costOf = [&](const Traffic &traffic, PlaceMethod method) {
      return hopCost(listed, *place(traffic, target, {method, 1, {2, 2}}), target);
    };
    EXPECT_EQ(place(listed, target, {PlaceMethod::HilbertForce, 1, {2, 2}})->placeOf,
              place(kept, target, {PlaceMethod::HilbertForce, 1, {2, 2}})->placeOf);
    EXPECT_LT(costOf(kept, PlaceMethod::HilbertForce), costOf(kept, PlaceMethod::Hilbert));
    EXPECT_LT(costOf(kept, PlaceMethod::Engram), 1.03 * costOf(listed, PlaceMethod::Engram));
  }
}
