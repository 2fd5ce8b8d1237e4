// Shipped targets against the published facts of the machines, and the families made from them.
#include "dialects/NCore/Targets/Targets.h"
#include "dialects/NCore/IR/TargetFields.h"
#include "mlir/IR/Diagnostics.h"
#include "runtime/accelerator/Cost.h"
#include "runtime/accelerator/Instruction.h"
#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace engram::ncore;

namespace {

class Targets : public testing::Test {
protected:
  Target load(const std::string &name) {
    llvm::FailureOr<TargetAttr> attr = loadTarget(name, &context);
    EXPECT_TRUE(succeeded(attr)) << name;
    return succeeded(attr) ? targetOf(*attr) : Target();
  }
  mlir::MLIRContext context;
};

using Places = std::set<std::pair<int, int>>;

// SpiNNMachine's list of the 48 chips, a column each: first and last row.
const std::vector<std::pair<int, int>> columns = {{0, 3}, {0, 4}, {0, 5}, {0, 6},
                                                  {0, 7}, {1, 7}, {2, 7}, {3, 7}};

Places boardPlaces() {
  Places places;
  for (int x = 0; x < 8; ++x)
    for (int y = columns[x].first; y <= columns[x].second; ++y)
      places.insert({x, y});
  return places;
}

Places placesOf(const Target &target) {
  Places places;
  for (Router router : target.routers())
    places.insert({router.x, router.y});
  return places;
}

TEST_F(Targets, AllThatAreListedLoadUnderTheirNames) {
  std::set<std::string> seen;
  for (const std::string &name : targetNames()) {
    EXPECT_EQ(load(name).name, name);
    EXPECT_TRUE(seen.insert(name).second) << name;
  }
  for (const ShippedTarget &target : shippedTargets())
    EXPECT_TRUE(seen.count(target.name.str())) << target.name.str();
}

// What the RTL takes, as tests/rtl/chip measure it, and the latencies of its engine.
TEST_F(Targets, TheAcceleratorHasTheCyclesOfItsRtl) {
  for (const char *name : {"engram-a1", "engram-a1-1x1", "engram-a1-3x2"}) {
    Target a1 = load(name);
    EXPECT_TRUE(a1.timing() == engram::a1::chipTiming()) << name;
  }
  auto latency = [](engram::a1::Opcode opcode) {
    engram::a1::Instruction instruction;
    instruction.opcode = opcode;
    return engram::a1::latencyOf(instruction);
  };
  Target a1 = load("engram-a1");
  EXPECT_EQ(latency(engram::a1::Opcode::ADD), a1.cyclesPerOperation);
  EXPECT_EQ(latency(engram::a1::Opcode::MAD), a1.cyclesPerProduct);
  EXPECT_EQ(latency(engram::a1::Opcode::RND), a1.cyclesPerRandom);
  EXPECT_EQ(engram::a1::ChipParameters().lanes, a1.lanes);
}

TEST_F(Targets, TheAcceleratorHasTheNumbersOfItsDesign) {
  Target a1 = load("engram-a1");
  EXPECT_EQ(a1.topology, Topology::Mesh);
  EXPECT_EQ(a1.numCores(), 16);
  EXPECT_EQ(a1.neurons, 256);
  EXPECT_EQ(a1.synapsesPerWord(8, true), 16);
  EXPECT_EQ(a1.synapsesPerWord(4, true), 32);
  EXPECT_EQ(a1.synapsesPerWord(8, false), 128 / (8 + 8 + 4 + 2));
  EXPECT_EQ(a1.accumulatorBits, 24);
  EXPECT_EQ(a1.delaySlots, 16);
  EXPECT_EQ(a1.stateWords, 8);
  EXPECT_EQ(a1.programLength, 64);
  EXPECT_EQ(a1.tableEntries, 64);
  EXPECT_EQ(a1.ports, 4);
  EXPECT_GE(a1.lanes, 4);
}

TEST_F(Targets, LargerAcceleratorsDifferInTheMeshAlone) {
  Target a1 = load("engram-a1");
  for (auto [name, x, y] :
       {std::tuple("engram-a1-8x8", 8, 8), {"engram-a1-16x16", 16, 16}, {"engram-a1-3x5", 3, 5}}) {
    Target target = load(name);
    EXPECT_EQ(target.gridX, x);
    EXPECT_EQ(target.gridY, y);
    EXPECT_EQ(target.numCores(), x * y);
    target.gridX = target.gridY = 4;
    target.name = a1.name;
    target.description = a1.description;
    EXPECT_EQ(attrOf(target, mlir::UnknownLoc::get(&context)),
              attrOf(a1, mlir::UnknownLoc::get(&context)));
  }
}

TEST_F(Targets, SpiNNakersDifferInMachineAndIdlePowerAlone) {
  Target chip = load("spinnaker-1");
  for (const char *name : {"spinnaker-1-4", "spinnaker-1-48", "spinnaker-1-boards-6"}) {
    Target other = load(name);
    for (const TargetField &field : targetFields())
      if (field.group != FieldGroup::Machine && std::string(field.name) != "idle_watts")
        std::visit(
            [&](auto member) {
              if constexpr (!std::is_same_v<decltype(member), GridMember>)
                EXPECT_TRUE(chip.*member == other.*member) << name << " " << field.name;
            },
            field.member);
    EXPECT_NEAR(other.idleWatts, 0.35 * other.numRouters(), 1e-9);
  }
}

// The chip's datasheet: 18 cores with the monitor, 1,023 entries; delays of 1 to 16 steps.
TEST_F(Targets, ASpiNNakerChipHasItsPublishedNumbers) {
  Target chip = load("spinnaker-1");
  EXPECT_EQ(chip.numCores(), 17);
  EXPECT_EQ(chip.tableEntries, 1023);
  EXPECT_EQ(chip.maxDelay(), 16);
  EXPECT_EQ(chip.neurons, 256);
  EXPECT_EQ(chip.synapseWords, 123469792 / 17 / 4);
  EXPECT_NEAR(chip.energyPerHop, 40 * 25e-12, 1e-15);
  EXPECT_NEAR(chip.energyPerSynapse, 20 * 0.034 / 200e6, 1e-12);
  EXPECT_NEAR(chip.energyPerNeuronUpdate, 230 * 0.034 / 200e6, 1e-10);
  EXPECT_NEAR(chip.energyPerSpike, 200 * 0.034 / 200e6, 1e-12);
  EXPECT_LE(chip.linkPacketsPerSecond * 220e-9, 1);
}

TEST_F(Targets, TheSmallBoardWrapsInAllButTheLinksThatItLacks) {
  Target board = load("spinnaker-1-4");
  // SpiNNMachine's list of links that are down, a router and link each.
  std::set<std::tuple<int, int, int>> down = {{0, 0, 3}, {0, 0, 4}, {0, 1, 3}, {0, 1, 4},
                                              {1, 0, 0}, {1, 0, 1}, {1, 1, 0}, {1, 1, 1}};
  for (Router router : board.routers())
    for (int link = 0; link < 6; ++link)
      EXPECT_EQ(board.neighbour(router, link).has_value(),
                down.count({router.x, router.y, link}) == 0);
}

TEST_F(Targets, ABoardIsTheHexagonOf48ChipsThatSpiNNMachineLists) {
  Target board = load("spinnaker-1-48");
  EXPECT_EQ(placesOf(board), boardPlaces());
  EXPECT_EQ(board.numRouters(), 48);
  EXPECT_EQ(board.numCores(), 48 * 17 - 8);
  EXPECT_FALSE(board.wraps());
  // The board is convex: the closed form holds between any two of its chips.
  for (Router a : board.routers()) {
    std::vector<int> hops = board.hopsFrom(a);
    for (Router b : board.routers())
      EXPECT_EQ(hops[board.indexOf(b)], board.distance(a, b));
  }
}

TEST_F(Targets, ThreeBoardsTileATriadThatWrapsAround) {
  Target triad = load("spinnaker-1-boards-3");
  EXPECT_EQ(triad.topology, Topology::HexagonalTorus);
  EXPECT_EQ(triad.gridX, 12);
  EXPECT_EQ(triad.gridY, 12);
  EXPECT_TRUE(triad.absent.empty());
  EXPECT_EQ(triad.numRouters(), 144);
  EXPECT_EQ(triad.numCores(), 3 * 808);
  EXPECT_EQ(triad.neighbour({11, 11}, 1), (Router{0, 0}));
  EXPECT_EQ(triad.neighbour({0, 5}, 3), (Router{11, 5}));
}

// Each chip is on exactly one board whose root has x % 4 = 0 and (x + y) % 12 = 0 (SpiNNMachine's
// rule for Ethernet chips), and the chips with 17 cores are those of the board.
TEST_F(Targets, TorusesAreTiledByBoardsAtTheEthernetChips) {
  std::set<std::pair<int, int>> small = {{1, 1}, {1, 3}, {3, 1}, {3, 3},
                                         {3, 5}, {5, 2}, {5, 4}, {5, 6}};
  for (auto [name, x, y] : {std::tuple("spinnaker-1-boards-3", 12, 12),
                            {"spinnaker-1-boards-6", 24, 12},
                            {"spinnaker-1-boards-12", 24, 24},
                            {"spinnaker-1-boards-18", 36, 24},
                            {"spinnaker-1-boards-24", 48, 24},
                            {"spinnaker-1-boards-1200", 240, 240}}) {
    Target target = load(name);
    ASSERT_EQ(target.gridX, x) << name;
    ASSERT_EQ(target.gridY, y) << name;
    std::map<std::pair<int, int>, std::pair<int, int>> onBoard;
    int ethernet = 0;
    for (int rootX = 0; rootX < x; rootX += 4)
      for (int rootY = 0; rootY < y; ++rootY) {
        if ((rootX + rootY) % 12 != 0)
          continue;
        ++ethernet;
        for (auto [chipX, chipY] : boardPlaces())
          EXPECT_TRUE(
              onBoard.insert({{(rootX + chipX) % x, (rootY + chipY) % y}, {chipX, chipY}}).second);
      }
    EXPECT_EQ(ethernet, x * y / 48);
    EXPECT_EQ(onBoard.size(), static_cast<size_t>(x) * y);
    EXPECT_EQ(target.numRouters(), static_cast<int64_t>(x) * y);
    for (auto [place, chip] : onBoard)
      EXPECT_EQ(target.isCore({place.first, place.second, 16}), small.count(chip) == 0);
  }
}

TEST_F(Targets, OtherNumbersOfBoardsAreConnectedPartsWithoutWrap) {
  for (int boards : {1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 25, 26, 31, 100, 1201, maxBoards - 1}) {
    Target target = load("spinnaker-1-boards-" + std::to_string(boards));
    EXPECT_EQ(target.topology, Topology::Hexagonal);
    EXPECT_EQ(target.numRouters(), 48 * boards);
    EXPECT_EQ(target.numCores(), 808 * boards);
    // Boards have their roots where SpiNNMachine has Ethernet chips.
    int roots = 0;
    for (Router router : target.routers()) {
      bool ethernet = router.x % 4 == 0 && (router.x + router.y) % 12 == 0;
      roots += ethernet;
    }
    EXPECT_EQ(roots, boards);
    std::vector<int> hops = target.hopsFrom({0, 0});
    for (Router router : target.routers())
      ASSERT_GE(hops[target.indexOf(router)], 0) << boards;
  }
}

TEST_F(Targets, OneBoardOfAFamilyIsTheBoard) {
  Target board = load("spinnaker-1-48"), one = load("spinnaker-1-boards-1");
  one.name = board.name;
  one.description = board.description;
  EXPECT_EQ(attrOf(one, mlir::UnknownLoc::get(&context)),
            attrOf(board, mlir::UnknownLoc::get(&context)));
}

TEST_F(Targets, TheLargestMembersOfFamiliesLoad) {
  EXPECT_EQ(load("spinnaker-1-boards-" + std::to_string(maxBoards)).numRouters(), 48 * maxBoards);
  EXPECT_EQ(load("engram-a1-256x256").numCores(), 65536);
}

TEST_F(Targets, NamesThatAreNoneGetASuggestion) {
  for (const char *name :
       {"", "spinnaker", "spinnaker-1-boards-0", "spinnaker-1-boards-3001", "spinnaker-1-boards-03",
        "spinnaker-1-boards--3", "spinnaker-1-boards-3x", "engram-a1-4", "engram-a1-0x4",
        "engram-a1-4x257", "engram-a1-4x4x4", "engram-a1-", "engram-a1-x"})
    EXPECT_TRUE(unknownTarget(name)) << name;
  EXPECT_EQ(*unknownTarget("engram-a"),
            "no target 'engram-a', did you mean 'engram-a1'; 'engram targets' lists all, and a "
            "file of your own ends in .mlir");
  EXPECT_FALSE(unknownTarget("mine.mlir"));
  mlir::ScopedDiagnosticHandler quiet(&context, [](mlir::Diagnostic &) {});
  EXPECT_TRUE(failed(loadTarget("nothing", &context)));
}

TEST_F(Targets, LargerOnesAreOfTheSameKindAndAscend) {
  EXPECT_EQ(largerTargets(load("engram-a1"), &context),
            (std::vector<std::string>{"engram-a1-8x8", "engram-a1-16x16", "engram-a1-32x32"}));
  EXPECT_EQ(largerTargets(load("engram-a1-10x10"), &context),
            (std::vector<std::string>{"engram-a1-16x16", "engram-a1-32x32"}));
  std::vector<std::string> boards = largerTargets(load("spinnaker-1-4"), &context);
  ASSERT_GE(boards.size(), 2u);
  EXPECT_EQ(boards[0], "spinnaker-1-48");
  EXPECT_EQ(boards[1], "spinnaker-1-boards-3");
  EXPECT_TRUE(largerTargets(load("loihi-like"), &context).empty());
}

TEST_F(Targets, TheDescriptionHasEachField) {
  std::string text = describeTarget(load("spinnaker-1-48"));
  for (const TargetField &field : targetFields())
    if (std::string(field.name) != "name" && std::string(field.name) != "description")
      EXPECT_NE(text.find("  " + std::string(field.name) + " "), std::string::npos) << field.name;
}

} // namespace
