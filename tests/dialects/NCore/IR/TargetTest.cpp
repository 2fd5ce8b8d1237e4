// The geometry of targets against searches on neighbourhoods that are written down here once more,
// and the published facts of machines.
#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/NCore/IR/TargetFields.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>

using namespace engram::ncore;

namespace {

// Places two of which are neighbours, from the text of the topologies and not from Target: the
// differences of a step, and whether sides are joined.
std::vector<std::pair<int, int>> stepsOf(bool hexagonal) {
  std::vector<std::pair<int, int>> steps = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
  if (hexagonal) {
    steps.push_back({1, 1});
    steps.push_back({-1, -1});
  }
  return steps;
}

// Bellman and Ford's relaxation until nothing changes: slow, and unlike what Target does.
std::map<std::pair<int, int>, int> searched(const Target &target, std::pair<int, int> start) {
  bool hexagonal =
      target.topology == Topology::Hexagonal || target.topology == Topology::HexagonalTorus;
  bool wrap = target.topology == Topology::Torus || target.topology == Topology::HexagonalTorus;
  std::set<std::pair<int, int>> gone;
  for (Router router : target.absent)
    gone.insert({router.x, router.y});
  std::map<std::pair<int, int>, int> hops = {{start, 0}};
  for (bool changed = true; changed;) {
    changed = false;
    for (auto [place, count] : std::map<std::pair<int, int>, int>(hops))
      for (auto [dx, dy] : stepsOf(hexagonal)) {
        int x = place.first + dx, y = place.second + dy;
        if (wrap) {
          x = (x + target.gridX) % target.gridX;
          y = (y + target.gridY) % target.gridY;
        }
        if (x < 0 || y < 0 || x >= target.gridX || y >= target.gridY || gone.count({x, y}))
          continue;
        auto [found, added] = hops.insert({{x, y}, count + 1});
        if (added || found->second > count + 1) {
          found->second = count + 1;
          changed = true;
        }
      }
  }
  return hops;
}

Target grid(Topology topology, int x, int y) {
  Target target;
  target.name = "t";
  target.topology = topology;
  target.gridX = x;
  target.gridY = y;
  return target;
}

constexpr Topology topologies[] = {Topology::Mesh, Topology::Torus, Topology::Hexagonal,
                                   Topology::HexagonalTorus};

TEST(Target, DistancesAreTheShortestWaysOfEveryTopologyAndShape) {
  for (Topology topology : topologies)
    for (auto [x, y] : {std::pair(1, 1), {1, 5}, {2, 2}, {3, 7}, {12, 4}, {5, 12}, {12, 12}}) {
      Target target = grid(topology, x, y);
      for (auto start : {std::pair(0, 0), {x - 1, y / 2}, {x / 2, y - 1}}) {
        auto expected = searched(target, start);
        std::vector<int> hops = target.hopsFrom({start.first, start.second});
        for (auto [place, count] : expected) {
          Router to{place.first, place.second};
          EXPECT_EQ(target.distance({start.first, start.second}, to), count)
              << nameOf(topology) << " " << x << " x " << y << " to " << to.x << ", " << to.y;
          EXPECT_EQ(hops[target.indexOf(to)], count);
        }
      }
    }
}

TEST(Target, HexagonalDistanceIsThatOfTheSpiNNakerPapersWithoutWrap) {
  Target target = grid(Topology::Hexagonal, 20, 20);
  for (int x = -9; x <= 9; ++x)
    for (int y = -9; y <= 9; ++y)
      EXPECT_EQ(target.distance({10, 10}, {10 + x, 10 + y}),
                std::max({x, y, 0}) - std::min({x, y, 0}));
}

TEST(Target, DistancesAreSymmetricAndBoundedByTheTriangle) {
  for (Topology topology : topologies) {
    Target target = grid(topology, 6, 5);
    for (Router a : target.routers())
      for (Router b : target.routers()) {
        EXPECT_EQ(target.distance(a, b), target.distance(b, a));
        for (Router c : target.routers())
          EXPECT_LE(target.distance(a, c), target.distance(a, b) + target.distance(b, c));
      }
  }
}

TEST(Target, LinksLeadWhereTheirNamesSayAndBack) {
  const std::map<std::string, std::pair<int, int>> steps = {{"E", {1, 0}},    {"NE", {1, 1}},
                                                            {"N", {0, 1}},    {"W", {-1, 0}},
                                                            {"SW", {-1, -1}}, {"S", {0, -1}}};
  const std::vector<std::string> square = {"E", "N", "W", "S"},
                                 six = {"E", "NE", "N", "W", "SW", "S"};
  for (Topology topology : topologies) {
    Target target = grid(topology, 5, 5);
    const std::vector<std::string> &names = target.isHexagonal() ? six : square;
    ASSERT_EQ(target.numLinks(), static_cast<int>(names.size()));
    for (int link = 0; link < target.numLinks(); ++link) {
      EXPECT_EQ(target.linkName(link), names[link]);
      auto [x, y] = steps.at(names[link]);
      std::optional<Router> other = target.neighbour({2, 2}, link);
      ASSERT_TRUE(other);
      EXPECT_EQ(*other, (Router{2 + x, 2 + y}));
      EXPECT_EQ(target.neighbour(*other, target.opposite(link)), (Router{2, 2}));
    }
    EXPECT_EQ(target.neighbour({2, 2}, target.numLinks()), std::nullopt);
    EXPECT_EQ(target.neighbour({4, 4}, 0).has_value(), target.wraps());
  }
}

TEST(Target, ALinkNeverLeadsToItsOwnRouter) {
  Target target = grid(Topology::HexagonalTorus, 1, 3);
  EXPECT_EQ(target.neighbour({0, 0}, 0), std::nullopt);
  EXPECT_EQ(target.neighbour({0, 0}, 2), (Router{0, 1}));
  EXPECT_EQ(target.neighbour({0, 0}, 1), (Router{0, 1}));
}

TEST(Target, WhatIsAbsentOrDeadIsGoneFromAllQueries) {
  Target target = grid(Topology::Mesh, 3, 3);
  target.coresPerRouter = 2;
  target.absent = {{1, 1}, {1, 1}};
  target.deadCores = {{0, 0, 1}, {1, 1, 0}, {0, 0, 1}};
  target.deadLinks = {{1, 0, 2}};
  target.normalize();
  EXPECT_EQ(target.numRouters(), 8);
  EXPECT_EQ(target.numCores(), 15);
  EXPECT_EQ(target.cores().size(), 15u);
  EXPECT_FALSE(target.isPresent({1, 1}));
  EXPECT_FALSE(target.isPresent({3, 0}));
  EXPECT_FALSE(target.isPresent({0, -1}));
  EXPECT_FALSE(target.isCore({0, 0, 1}));
  EXPECT_TRUE(target.isCore({0, 0, 0}));
  EXPECT_FALSE(target.isCore({0, 0, 2}));
  EXPECT_FALSE(target.isCore({1, 1, 1}));
  EXPECT_EQ(target.neighbour({1, 0}, 1), std::nullopt);
  EXPECT_EQ(target.neighbour({1, 1}, 0), std::nullopt);
  // The link is dead from both ends.
  EXPECT_EQ(target.neighbour({1, 0}, 2), std::nullopt);
  EXPECT_EQ(target.neighbour({0, 0}, 0), std::nullopt);
  // Around the hole and the dead link: by (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0).
  std::vector<int> hops = target.hopsFrom({0, 0});
  EXPECT_EQ(hops[target.indexOf({2, 0})], 6);
  EXPECT_EQ(hops[target.indexOf({1, 0})], 7);
  EXPECT_EQ(hops[target.indexOf({1, 1})], -1);
  EXPECT_EQ(target.hopsFrom({1, 1}), std::vector<int>(9, -1));
}

TEST(Target, RoutersAndCoresComeRowByRow) {
  Target target = grid(Topology::Mesh, 3, 2);
  std::vector<Router> routers = target.routers();
  ASSERT_EQ(routers.size(), 6u);
  EXPECT_EQ(routers[1], (Router{1, 0}));
  EXPECT_EQ(routers[3], (Router{0, 1}));
  for (size_t i = 0; i < routers.size(); ++i) {
    EXPECT_EQ(target.indexOf(routers[i]), static_cast<int64_t>(i));
    EXPECT_EQ(target.routerAt(i), routers[i]);
  }
}

TEST(Target, LongestDelayIsWhatTheSlotsHoldUnlessItIsGiven) {
  Target target;
  EXPECT_EQ(target.maxDelay(), std::nullopt);
  target.delaySlots = 16;
  EXPECT_EQ(target.maxDelay(), 15);
  target.longestDelay = 7;
  EXPECT_EQ(target.maxDelay(), 7);
}

TEST(Target, SynapsesOfAWordAreThoseOfTheAcceleratorsFormats) {
  Target target;
  target.synapseWordBits = 128;
  target.synapseOverheadBits = 14;
  target.denseRows = true;
  EXPECT_EQ(target.synapsesPerWord(8, true), 16);
  EXPECT_EQ(target.synapsesPerWord(4, true), 32);
  EXPECT_EQ(target.synapsesPerWord(8, false), 5); // of 22 bits
  target.denseRows = false;
  EXPECT_EQ(target.synapsesPerWord(8, true), 5);
  EXPECT_EQ(target.synapsesPerWord(400, false), 1);
}

TEST(Target, AWeightTakesTheNextWidthThatThereIs) {
  Target target;
  EXPECT_EQ(target.weightWidth(7), 7);
  target.weightBits = {4, 8};
  EXPECT_EQ(target.weightWidth(3), 4);
  EXPECT_EQ(target.weightWidth(4), 4);
  EXPECT_EQ(target.weightWidth(5), 8);
  EXPECT_EQ(target.weightWidth(9), std::nullopt);
}

class TargetAttribute : public testing::Test {
protected:
  TargetAttribute() { context.loadDialect<NCoreDialect>(); }
  mlir::MLIRContext context;
};

TEST_F(TargetAttribute, EveryFieldGoesToTheAttributeThroughTextAndBack) {
  Target target = grid(Topology::HexagonalTorus, 4, 3);
  // Each field gets a value of its own that is not its default.
  int next = 1;
  for (const TargetField &field : targetFields())
    std::visit(
        [&](auto member) {
          if constexpr (!std::is_same_v<decltype(member), GridMember>) {
            auto &value = target.*member;
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>)
              value = "text" + std::to_string(next++);
            else if constexpr (std::is_same_v<T, bool>)
              value = true;
            else if constexpr (std::is_same_v<T, double>)
              value = 1.1e-12 * next++;
            else if constexpr (std::is_arithmetic_v<T>)
              value = 1 + ++next; // no default among them
          }
        },
        field.member);
  target.delaySlots = 1000;
  target.synapseWordBits = 512;
  target.weightBits = {3, 5};
  target.absent = {{1, 1}};
  target.deadCores = {{2, 1, 1}};
  target.deadLinks = {{0, 0, 1}};
  TargetAttr attr = attrOf(target, mlir::UnknownLoc::get(&context));
  ASSERT_TRUE(attr);
  std::string text;
  llvm::raw_string_ostream(text) << "module attributes {ncore.target = " << attr << "} {}";
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  ASSERT_TRUE(module);
  Target back = targetOf(targetAttrOf(*module));
  for (const TargetField &field : targetFields()) {
    EXPECT_TRUE(attr.getFields().get(field.name)) << field.name;
    std::visit(
        [&](auto member) {
          if constexpr (!std::is_same_v<decltype(member), GridMember>)
            EXPECT_TRUE(back.*member == target.*member) << field.name;
        },
        field.member);
  }
  EXPECT_EQ(back.gridX, 4);
  EXPECT_EQ(back.gridY, 3);
}

TEST_F(TargetAttribute, DefaultsAreNotPrinted) {
  Target target = grid(Topology::Mesh, 2, 1);
  std::string text;
  llvm::raw_string_ostream(text) << attrOf(target, mlir::UnknownLoc::get(&context));
  EXPECT_EQ(text, "#ncore.target<name = \"t\", grid = [2, 1]>");
}

TEST_F(TargetAttribute, WhatIsNotANumberIsRefused) {
  std::string message;
  mlir::ScopedDiagnosticHandler handler(
      &context, [&](mlir::Diagnostic &diagnostic) { message = diagnostic.str(); });
  Target target = grid(Topology::Mesh, 2, 1);
  target.hopSeconds = std::nan("");
  EXPECT_FALSE(attrOf(target, mlir::UnknownLoc::get(&context)));
  EXPECT_EQ(message, "expected 'hop_seconds' to be from 0 to 1e+18, got nan");
}

// The tables of fields that people read have a row of each field, with its unit and meaning.
TEST(TargetDocumentation, HasEachFieldWithUnitAndMeaning) {
  for (const char *path : {"/dialects/NCore/IR/NCoreAttrs.td", "/docs/targets.md"}) {
    std::ifstream file(std::string(ENGRAM_SOURCE_DIR) + path);
    ASSERT_TRUE(file) << path;
    std::stringstream text;
    text << file.rdbuf();
    for (const TargetField &field : targetFields()) {
      std::string start = "| `" + std::string(field.name) + "` | " + field.unit + " |";
      size_t row = text.str().find(start);
      ASSERT_NE(row, std::string::npos) << path << ": " << start;
      std::string line = text.str().substr(row, text.str().find('\n', row) - row);
      EXPECT_NE(line.find(std::string("| ") + field.meaning + " |"), std::string::npos)
          << path << ": " << line;
      if (*field.zero)
        EXPECT_NE(line.find(field.zero), std::string::npos) << path << ": " << line;
    }
  }
}

} // namespace
