// 4 x 4 tiles with cores that are this file: spikes along trees as aer-route makes them (x first)
// reach every destination once, whatever stalls; the barrier opens after the last of them, and does
// open.
#include "Vmesh_bench.h"
#include "tests/rtl/Numbers.h"
#include "tests/rtl/router/RouterModel.h"
#include <deque>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <set>
#include <verilated.h>

using namespace engram::a1::test;

namespace {

constexpr int columns = 4, rows = 4, tiles = columns * rows, host = tiles;

struct Packet {
  uint32_t key = 0, payload = 0;
  bool operator<(const Packet &o) const { return key != o.key ? key < o.key : payload < o.payload; }
};

struct Core {
  std::deque<Packet> afterStart, toSend;
  bool offering = false;
  int work = 0;           ///< cycles until the spike that was taken is done
  uint32_t readiness = 8; ///< chance in 16
};

/// What the mesh is to do, and what it did.
struct World {
  explicit World(uint64_t seed) : numbers(seed) {}

  Numbers numbers;
  std::array<Core, tiles> cores;
  std::map<std::pair<int, Packet>, int> due; ///< deliveries by tile, or the host
  int dueCount = 0, working = 0;
  uint64_t unrouted = 0, parity = 0, delivered = 0;

  void expect(int where, const Packet &packet) {
    ++due[{where, packet}];
    ++dueCount;
  }

  void arrive(int where, const Packet &packet) {
    auto found = due.find({where, packet});
    if (found == due.end()) {
      ADD_FAILURE() << "tile " << where << " got key " << packet.key << ", payload "
                    << packet.payload << ", which is not due";
      return;
    }
    if (--found->second == 0)
      due.erase(found);
    --dueCount;
    ++delivered;
  }

  bool isQuiet() const {
    bool quiet = dueCount == 0 && working == 0;
    for (const Core &core : cores)
      quiet = quiet && core.toSend.empty();
    return quiet;
  }
};

World *world = nullptr;

/// A tree: where from, where to.
struct Tree {
  int source;
  std::set<int> destinations;
};

class Mesh {
public:
  Vmesh_bench model;
  std::array<std::array<TableEntry, 64>, tiles> tables;
  std::vector<Tree> trees;
  std::vector<uint64_t> replies;

  explicit Mesh(Numbers &numbers) : numbers(numbers) {
    model.rst_ni = 0;
    clock();
    model.rst_ni = 1;
  }

  /// A cycle, after which the barrier is held against what has still to happen.
  void cycle() {
    bool starts = model.start_i || model.update_start_i;
    for (int v = 0; v < 2; ++v)
      if (!(offering >> v & 1) && !waiting[v].empty() && numbers.below(16) < 12) {
        offering |= 1 << v;
        setFlit(v, waiting[v].front());
      }
    model.host_in_valid_i = static_cast<uint8_t>(offering);
    model.host_out_ready_i = static_cast<uint8_t>(numbers.below(16) < hostTakes ? 3 : 0);
    model.host_idle_i = waiting[0].empty() && waiting[1].empty();
    model.clk_i = 0;
    model.eval();
    if (model.open_o && !starts && !startedBefore) {
      EXPECT_TRUE(world->isQuiet() && model.host_idle_i)
          << "the barrier opened early, with " << world->dueCount << " deliveries due";
    }
    for (int v = 0; v < 2; ++v) {
      if (offering >> v & 1 && model.host_in_ready_o >> v & 1) {
        waiting[v].pop_front();
        offering &= ~(1 << v);
      }
      if (model.host_out_valid_o >> v & 1 && model.host_out_ready_i >> v & 1)
        leave(v);
    }
    startedBefore = false;
    clock();
    model.start_i = model.update_start_i = 0;
  }

  /// Runs until the barrier opens.
  void wait(bool update, int limit = 60000) {
    (update ? model.update_start_i : model.start_i) = 1;
    cycle();
    int quietFor = 0;
    while (!testing::Test::HasFailure() && limit-- > 0) {
      cycle();
      if (model.open_o)
        break;
      // Flits that no one waits for may still be under way to where they are dropped.
      quietFor = world->isQuiet() && model.host_idle_i ? quietFor + 1 : 0;
      ASSERT_LT(quietFor, 1000) << "the barrier does not open";
    }
    EXPECT_TRUE(model.open_o) << "stuck with " << world->dueCount << " deliveries due";
    EXPECT_EQ(world->dueCount, 0);
  }

  void sendHost(const Flit &flit) { waiting[flit.kind != 0].push_back(flit); }

  uint32_t hostTakes = 12;

  /// Routes of a tree, in the tables of all tiles: x first, then y.
  void addTree(const Tree &tree) {
    auto number = static_cast<uint32_t>(trees.size());
    trees.push_back(tree);
    std::map<int, uint32_t> routes;
    for (int destination : tree.destinations) {
      int at = tree.source == host ? 0 : tree.source, to = destination == host ? 0 : destination;
      while (at != to) {
        int dx = to % columns - at % columns, dy = to / columns - at / columns;
        Port port = dx > 0 ? East : dx < 0 ? West : dy > 0 ? North : South;
        routes[at] |= 1u << port;
        at += port == East ? 1 : port == West ? -1 : port == North ? columns : -columns;
      }
      routes[at] |= destination == host ? 1u << 5 : 1u << Local;
    }
    for (auto [tile, route] : routes) {
      // Entries that a spike of this tree also matches, but later.
      auto &table = tables[static_cast<size_t>(tile)];
      size_t free = 0;
      while (table[free].valid)
        ++free;
      table[free] = {true, number << 8, 0xffffff00, route};
    }
  }

  void writeTables() {
    for (int tile = 0; tile < tiles; ++tile)
      for (uint32_t entry = 0; entry < 64; ++entry) {
        const TableEntry &value = tables[static_cast<size_t>(tile)][entry];
        if (!value.valid)
          continue;
        write(tile, entry << 2, value.key);
        write(tile, entry << 2 | 1, value.mask);
        write(tile, entry << 2 | 2, 1u << 31 | value.route);
      }
  }

  static uint64_t controlWord(int tile, uint32_t address, uint32_t data) {
    return uint64_t(tile / columns) << 60 | uint64_t(tile % columns) << 56 | uint64_t(7) << 52 |
           uint64_t(address) << 32 | data;
  }

  void write(int tile, uint32_t address, uint32_t data) {
    sendHost(makeFlit(controlWord(tile, address, data), 1));
  }

  /// A spike of a random tree from a core (sent after the start of the update) or the host.
  void spike(uint32_t tree, uint32_t payload) {
    Packet packet{tree << 8 | numbers.below(256), payload & 0xffffff};
    for (int destination : trees[tree].destinations)
      world->expect(destination, packet);
    if (trees[tree].source == host)
      sendHost(makeFlit(uint64_t(packet.payload) << 32 | packet.key, 0));
    else
      world->cores[static_cast<size_t>(trees[tree].source)].afterStart.push_back(packet);
  }

private:
  Numbers &numbers;
  std::array<std::deque<Flit>, 2> waiting;
  int offering = 0;
  bool startedBefore = true;

  void clock() {
    model.clk_i = 0;
    model.eval();
    model.clk_i = 1;
    model.eval();
  }

  void setFlit(int v, const Flit &flit) {
    for (int k = 0; k < 75; ++k) {
      uint64_t bit =
          k<64 ? flit.data >> k & 1 : k<66 ? flit.kind >> (k - 64) & 1 : flit.parity>>(k - 66) & 1;
      int at = 75 * v + k;
      auto &word = model.host_in_flit_i[at / 32];
      word = (word & ~(1u << at % 32)) | static_cast<uint32_t>(bit) << at % 32;
    }
  }

  void leave(int v) {
    uint64_t data = 0;
    for (int k = 0; k < 64; ++k) {
      int at = 75 * v + k;
      data |= uint64_t(model.host_out_flit_o[at / 32] >> at % 32 & 1) << k;
    }
    if (v == 0)
      world->arrive(host,
                    {static_cast<uint32_t>(data), static_cast<uint32_t>(data >> 32) & 0xffffff});
    else
      replies.push_back(data);
  }
};

std::set<int> randomDestinations(Numbers &numbers) {
  std::set<int> destinations;
  uint32_t count = numbers.oneIn(6) ? 16 : 1 + numbers.below(6);
  for (uint32_t k = 0; k < count; ++k)
    destinations.insert(static_cast<int>(numbers.below(tiles)));
  if (numbers.oneIn(4))
    destinations.insert(host);
  return destinations;
}

class MeshTest : public testing::Test {
protected:
  void SetUp() override {
    state = std::make_unique<World>(11);
    world = state.get();
    mesh = std::make_unique<Mesh>(state->numbers);
  }

  void addRandomTrees(int each) {
    for (int source = 0; source <= host; ++source)
      for (int k = 0; k < each; ++k)
        mesh->addTree({source, randomDestinations(state->numbers)});
    mesh->writeTables();
    mesh->wait(false);
  }

  void step(int spikes) {
    Numbers &numbers = state->numbers;
    for (int k = 0; k < spikes; ++k) {
      uint32_t tree = numbers.below(static_cast<uint32_t>(mesh->trees.size()));
      if (mesh->trees[tree].source == host)
        mesh->spike(tree, static_cast<uint32_t>(numbers.bits()));
    }
    mesh->wait(false);
    for (int k = 0; k < spikes; ++k) {
      uint32_t tree = numbers.below(static_cast<uint32_t>(mesh->trees.size()));
      if (mesh->trees[tree].source != host)
        mesh->spike(tree, static_cast<uint32_t>(numbers.bits()));
    }
    mesh->wait(true);
  }

  std::unique_ptr<World> state;
  std::unique_ptr<Mesh> mesh;
};

TEST_F(MeshTest, SpikesReachTheirDestinationsOnceAndTheBarrierWaitsForThem) {
  addRandomTrees(3);
  for (int k = 0; k < 30 && !HasFailure(); ++k) {
    for (Core &core : state->cores)
      core.readiness = 1 + state->numbers.below(16);
    mesh->hostTakes = 1 + state->numbers.below(16);
    step(k % 3 ? 20 : 600);
  }
  EXPECT_GT(state->delivered, 10000u);
  EXPECT_EQ(state->unrouted, 0u);
}

TEST_F(MeshTest, BroadcastsOfAllCoresIntoSlowOnesFillTheMeshAndPass) {
  std::set<int> all;
  for (int tile = 0; tile < tiles; ++tile)
    all.insert(tile);
  for (int source = 0; source <= host; ++source)
    mesh->addTree({source, all});
  mesh->writeTables();
  mesh->wait(false);
  for (Core &core : state->cores)
    core.readiness = 1;
  state->cores[5].readiness = 16;
  for (uint32_t k = 0; k < 40; ++k)
    for (uint32_t tree = 0; tree < mesh->trees.size(); ++tree)
      mesh->spike(tree, k);
  mesh->wait(true);
  EXPECT_EQ(state->delivered, 40u * 17 * 16);
}

TEST_F(MeshTest, AStepWithoutSpikesEnds) {
  for (int k = 0; k < 20; ++k)
    mesh->wait(k % 2, 8);
}

TEST_F(MeshTest, TablesReadBackWhileSpikesTravel) {
  addRandomTrees(2);
  mesh->hostTakes = 4;
  for (uint32_t k = 0; k < 200; ++k)
    mesh->spike(k % static_cast<uint32_t>(mesh->trees.size()), k);
  std::multiset<uint64_t> expected;
  for (int tile = 0; tile < tiles; ++tile)
    for (uint32_t address = 0; address < 12; ++address) {
      const TableEntry &entry = mesh->tables[static_cast<size_t>(tile)][address >> 2];
      const uint32_t parts[] = {entry.key, entry.mask, uint32_t(entry.valid) << 31 | entry.route,
                                0};
      expected.insert(Mesh::controlWord(tile, address, parts[address & 3]));
      mesh->sendHost(makeFlit(Mesh::controlWord(tile, address, 0), 2));
    }
  mesh->wait(true);
  EXPECT_EQ(std::multiset<uint64_t>(mesh->replies.begin(), mesh->replies.end()), expected);
}

TEST_F(MeshTest, SpikesWithoutARouteAndWithBadParityAreCountedAndEnd) {
  addRandomTrees(1);
  for (uint32_t k = 0; k < 50; ++k) {
    Flit flit = makeFlit(uint64_t(k) << 32 | (mesh->trees.size() - 1) << 8, 0);
    flit.data ^= uint64_t(1) << state->numbers.below(64);
    mesh->sendHost(flit);
    mesh->sendHost(makeFlit(uint64_t(k) << 32 | 0xabcd00, 0));
    state->cores[k % tiles].afterStart.push_back({0xffff0000, k});
  }
  // A tile that is not there.
  mesh->sendHost(makeFlit(Mesh::controlWord(0, 0, 1) | uint64_t(9) << 56, 1));
  mesh->wait(true);
  EXPECT_EQ(state->parity, 50u);
  EXPECT_EQ(state->unrouted, 101u);
}

TEST_F(MeshTest, NoTableLeadsInACircle) {
  for (int round = 0; round < 5; ++round) {
    uint32_t local = 0;
    for (int tile = 0; tile < tiles; ++tile)
      mesh->tables[static_cast<size_t>(tile)][0] = {
          true, 0, 0, static_cast<uint32_t>(state->numbers.bits()) & 15};
    // A circle around the first four tiles.
    if (round == 0) {
      mesh->tables[0][0].route = 1u << East;
      mesh->tables[1][0].route = 1u << North;
      mesh->tables[5][0].route = 1u << West;
      mesh->tables[4][0].route = 1u << South;
    }
    mesh->writeTables();
    mesh->wait(false);
    for (uint32_t k = 0; k < 200; ++k)
      state->cores[k % tiles].afterStart.push_back({k, local});
    uint64_t before = state->unrouted;
    mesh->wait(true, 20000);
    EXPECT_GT(state->unrouted, before);
  }
}

} // namespace

/// A cycle of a core: what its last one did, what it shows in the next.
extern "C" void engram_test_core(int x, int y, int key, int payload, int taken, int handedOut,
                                 int start, int unrouted, int parity, int *ready, int *valid,
                                 int *outKey, int *outPayload, int *idle, int *done) {
  int tile = y * columns + x;
  Core &core = world->cores[static_cast<size_t>(tile)];
  Numbers &numbers = world->numbers;
  world->unrouted += static_cast<uint64_t>(unrouted);
  world->parity += static_cast<uint64_t>(parity);
  *done = 0;
  if (taken) {
    world->arrive(tile, {static_cast<uint32_t>(key), static_cast<uint32_t>(payload)});
    core.work = 1 + static_cast<int>(numbers.below(numbers.oneIn(8) ? 30 : 3));
    ++world->working;
  }
  if (core.work > 0 && --core.work == 0) {
    *done = 1;
    --world->working;
  }
  *ready = core.work == 0 && numbers.below(16) < core.readiness;
  if (handedOut) {
    core.toSend.pop_front();
    core.offering = false;
  }
  if (start)
    std::swap(core.toSend, core.afterStart);
  core.offering = core.offering || (!core.toSend.empty() && numbers.below(16) < 10);
  *valid = core.offering;
  if (core.offering) {
    *outKey = static_cast<int>(core.toSend.front().key);
    *outPayload = static_cast<int>(core.toSend.front().payload);
  }
  *idle = core.toSend.empty();
}
