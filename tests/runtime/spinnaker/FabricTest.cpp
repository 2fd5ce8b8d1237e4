// Packets on routers and links, with cores that only count. Where packets go is compared with a
// walk that knows no time; how long they take with closed forms.
#include "runtime/spinnaker/Fabric.h"
#include "runtime/spinnaker/Boards.h"
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

using namespace engram::spinnaker;

namespace {

/// Cores that take a packet after some time, and never more than one at once.
struct Cores : ProcessorPort {
  EventQueue events;
  FaultLog faults;
  std::unique_ptr<Fabric> fabric;
  Timing timing;
  Time readTime = 0; ///< of a core for a packet
  int numCores = 2;
  struct Arrival {
    int chip, processor;
    uint32_t key;
    Time time;
  };
  std::vector<Arrival> arrivals;
  std::map<std::pair<int, int>, Time> freeAt;
  std::map<std::pair<int, int>, std::vector<Packet>> waiting;
  Time now = 0;
  enum : uint32_t { Free = Fabric::firstFree };

  Cores(const MachineShape &machine, const RouterOptions &options, Timing timing = {})
      : timing(timing), numCores(machine.coresPerChip) {
    fabric = std::make_unique<Fabric>(chipsOf(machine), timing, options, events, faults, *this);
  }
  Answer canTake(int chip, int processor, Time now) override {
    if (processor > numCores)
      return Answer::Absent;
    return now >= freeAt[{chip, processor}] ? Answer::Free : Answer::Busy;
  }
  void take(int chip, int processor, const Flight &flight, Time now) override {
    arrivals.push_back({chip, processor, flight.packet.key, now});
    freeAt[{chip, processor}] = now + readTime;
    if (readTime)
      events.push(now + readTime, Free, static_cast<uint32_t>(chip));
  }
  void sent(int chip, int processor, Time now) override {
    auto &queue = waiting[{chip, processor}];
    if (queue.empty())
      return;
    Flight flight;
    flight.packet = queue.front();
    queue.erase(queue.begin());
    fabric->send(chip, processor, flight, now);
  }
  void send(int chip, int processor, Packet packet, Time time) {
    run(time);
    if (!fabric->canSend(chip, processor)) {
      waiting[{chip, processor}].push_back(packet);
      return;
    }
    Flight flight;
    flight.packet = packet;
    fabric->send(chip, processor, flight, time);
  }
  void run(Time end) {
    while (events.nextTime() <= end) {
      Event event = events.pop();
      now = event.time;
      if (event.kind == Free)
        fabric->retry(static_cast<int>(event.subject), now);
      else
        fabric->handle(event);
    }
  }
};

MachineShape grid(int width, int height, bool wraps = false, int cores = 2) {
  MachineShape machine;
  machine.width = width;
  machine.height = height;
  machine.wraps = wraps;
  machine.coresPerChip = cores;
  return machine;
}

RouteEntry entry(uint32_t key, uint32_t mask, uint32_t route) {
  RouteEntry entry;
  entry.key = key;
  entry.mask = mask;
  entry.route = route;
  return entry;
}

RouterOptions without() {
  RouterOptions options;
  options.reinjection = false;
  return options;
}

constexpr uint32_t core1 = 1u << 7, core2 = 1u << 8;

} // namespace

//===-- times -----------------------------------------------------------------------------===//

TEST(Fabric, APacketTakesALinksTimeForEachHop) {
  Cores cores(grid(8, 1), without());
  cores.fabric->setTable(0, RouterTable({entry(5, ~0u, 1)}));
  cores.fabric->setTable(7, RouterTable({entry(5, ~0u, core1)}));
  cores.send(0, 1, multicast(5), 1000);
  cores.run(never - 1);
  ASSERT_EQ(cores.arrivals.size(), 1u);
  EXPECT_EQ(cores.arrivals[0].chip, 7);
  EXPECT_EQ(cores.arrivals[0].time, 1000 + 7 * 220 * nanosecond);
  EXPECT_EQ(cores.fabric->underWay(), 0u);
}

TEST(Fabric, APayloadTakesLonger) {
  Cores cores(grid(3, 1), without());
  cores.fabric->setTable(0, RouterTable({entry(5, ~0u, 1)}));
  cores.fabric->setTable(2, RouterTable({entry(5, ~0u, core1)}));
  cores.send(0, 1, multicast(5, 77), 0);
  cores.run(never - 1);
  EXPECT_EQ(cores.arrivals.at(0).time, 2 * 380 * nanosecond);
}

TEST(Fabric, ALinkPassesAPacketEach220Nanoseconds) {
  Cores cores(grid(2, 1), without());
  cores.fabric->setTable(0, RouterTable({entry(0, 0, 1)}));
  cores.fabric->setTable(1, RouterTable({entry(0, 0, core1)}));
  for (uint32_t k = 0; k < 5; ++k)
    cores.send(0, 1, multicast(k), 0);
  cores.run(never - 1);
  ASSERT_EQ(cores.arrivals.size(), 5u);
  for (int k = 0; k < 5; ++k)
    EXPECT_EQ(cores.arrivals[k].time, (k + 1) * 220 * nanosecond);
}

TEST(Fabric, ARouterTakesAPacketACycle) {
  Cores cores(grid(1, 1, false, 8), without());
  cores.fabric->setTable(0, RouterTable({entry(0, 0, core1)}));
  for (int p = 1; p <= 8; ++p)
    cores.send(0, p, multicast(static_cast<uint32_t>(p)), 0);
  cores.run(never - 1);
  ASSERT_EQ(cores.arrivals.size(), 8u);
  for (int k = 0; k < 8; ++k)
    EXPECT_EQ(cores.arrivals[k].time, k * 7500);
}

TEST(Fabric, LinksBetweenBoardsAreLateButAsFast) {
  MachineShape machine = grid(12, 12, true);
  Cores cores(machine, without());
  auto &chips = cores.fabric->shape();
  int from = -1;
  for (size_t c = 0; c < chips.size(); ++c)
    if (chips[c].toOtherBoard[0])
      from = static_cast<int>(c);
  ASSERT_GE(from, 0);
  cores.fabric->setTable(from, RouterTable({entry(0, 0, 1)}));
  cores.fabric->setTable(chips[from].neighbours[0], RouterTable({entry(0, 0, core1)}));
  for (uint32_t k = 0; k < 4; ++k)
    cores.send(from, 1, multicast(k), 0);
  cores.run(never - 1);
  ASSERT_EQ(cores.arrivals.size(), 4u);
  Timing timing;
  for (int k = 0; k < 4; ++k)
    EXPECT_EQ(cores.arrivals[k].time, (k + 1) * timing.link + timing.boardDelay);
}

//===-- ways ------------------------------------------------------------------------------===//

constexpr int goesRound = 1000;

// A walk over tables that knows no time: the cores that a key reaches from a chip, and whether
// anything was wrong.
static std::multiset<std::pair<int, int>> walk(const std::vector<ChipShape> &chips,
                                               const std::vector<std::vector<RouteEntry>> &tables,
                                               uint32_t key, int chip, int from, int depth,
                                               int &lost) {
  std::multiset<std::pair<int, int>> reached;
  if (depth > 30 || lost >= goesRound) {
    lost += goesRound;
    return reached;
  }
  uint32_t route = 0;
  bool found = false;
  for (auto &entry : tables[chip])
    if (!found && (key & entry.mask) == entry.key) {
      route = entry.route;
      found = true;
    }
  if (!found && from >= 0)
    route = 1u << (from + 3) % 6;
  else if (!found)
    ++lost;
  for (int output = 0; output < 24; ++output) {
    if (!(route >> output & 1))
      continue;
    if (output >= 6) {
      if (output - 6 <= 2)
        reached.insert({chip, output - 6});
      else
        ++lost;
    } else if (chips[chip].neighbours[output] < 0) {
      ++lost;
    } else {
      auto more = walk(chips, tables, key, chips[chip].neighbours[output], (output + 3) % 6,
                       depth + 1, lost);
      reached.insert(more.begin(), more.end());
    }
  }
  return reached;
}

TEST(Fabric, PacketsReachWhatAWalkOverTheTablesReaches) {
  std::mt19937 random(3);
  for (int round = 0; round < 60; ++round) {
    MachineShape machine = grid(4, 4, round & 1);
    if (round % 3 == 0)
      machine.deadLinks = {{1, 1, 0}, {2, 2, 2}};
    RouterOptions options = without();
    options.wait = 1 << 20;
    Cores cores(machine, options);
    auto &chips = cores.fabric->shape();
    std::vector<std::vector<RouteEntry>> tables(chips.size());
    for (size_t c = 0; c < chips.size(); ++c) {
      for (int k = random() % 6; k >= 0; --k) {
        uint32_t mask = 0xff & (random() | random());
        // Links only to the east and north, so that no key goes round for ever.
        uint32_t links = random() & random() & 7;
        tables[c].push_back(entry(random() & mask, mask, links | (random() & random() & 7) << 6));
      }
      cores.fabric->setTable(static_cast<int>(c), RouterTable(tables[c]));
    }
    std::multiset<std::tuple<int, int, uint32_t>> expected, got;
    int lost = 0;
    for (int k = 0; k < 40; ++k) {
      int chip = static_cast<int>(random() % chips.size());
      uint32_t key = random() & 0xff;
      int here = 0;
      auto reached = walk(chips, tables, key, chip, -1, 0, here);
      // Of those another test.
      if (here >= goesRound || reached.size() > 200)
        continue;
      lost += here;
      for (auto &[c, p] : reached)
        expected.insert({c, p, key});
      cores.send(chip, 1 + k % 2, multicast(key), k * 50 * nanosecond);
    }
    cores.run(never - 1);
    for (auto &arrival : cores.arrivals)
      got.insert({arrival.chip, arrival.processor, arrival.key});
    EXPECT_EQ(got, expected) << "round " << round;
    uint64_t counted = cores.faults.count(Fault::NoRoute) + cores.faults.count(Fault::DeadLink) +
                       cores.faults.count(Fault::DeadCore);
    EXPECT_EQ(counted, static_cast<uint64_t>(lost)) << cores.faults.summary();
    EXPECT_EQ(cores.fabric->underWay(), 0u);
  }
}

TEST(Fabric, WithoutAnEntryAPacketGoesStraightOnButNotFromACore) {
  Cores cores(grid(5, 5), without());
  // (0, 0) to the north-east.
  cores.fabric->setTable(0, RouterTable({entry(1, ~0u, 2)}));
  cores.fabric->setTable(24, RouterTable({entry(1, ~0u, core2)}));
  cores.send(0, 1, multicast(1), 0);
  cores.send(12, 1, multicast(2), 0);
  cores.run(never - 1);
  ASSERT_EQ(cores.arrivals.size(), 1u);
  EXPECT_EQ(cores.arrivals[0].chip, 24);
  EXPECT_EQ(cores.faults.count(Fault::NoRoute), 1u);
  EXPECT_EQ(cores.faults.located(Fault::NoRoute).at(0),
            "key 0x00000002 of tick 0 at chip (2, 2) from processor 1");
}

TEST(Fabric, APacketThatGoesRoundIsFound) {
  Cores cores(grid(4, 1, true), without());
  for (int c = 0; c < 4; ++c)
    cores.fabric->setTable(c, RouterTable({entry(0, 0, 1)}));
  cores.send(0, 1, multicast(1), 0);
  cores.run(never - 1);
  EXPECT_EQ(cores.faults.count(Fault::Loop), 1u);
  EXPECT_EQ(cores.fabric->underWay(), 0u);
}

//===-- errors ----------------------------------------------------------------------------===//

TEST(Fabric, WrongParityIsDroppedWhereItIsSeen) {
  Cores cores(grid(3, 1), without());
  cores.fabric->setTable(0, RouterTable({entry(0, 0, 1)}));
  cores.fabric->setTable(2, RouterTable({entry(0, 0, core1)}));
  cores.fabric->damageLink(0, 0, 1u << 4);
  cores.send(0, 1, multicast(1), 0);
  cores.run(never - 1);
  EXPECT_TRUE(cores.arrivals.empty());
  EXPECT_EQ(cores.faults.located(Fault::Parity).at(0),
            "key 0x00000011 of tick 0 at chip (1, 0) from link W");
}

TEST(Fabric, APacketTwoTimePhasesOldIsDropped) {
  for (int phases : {1, 2}) {
    RouterOptions options = without();
    options.phaseTicks = 1;
    Cores cores(grid(3, 1), options);
    cores.fabric->setTable(0, RouterTable({entry(0, 0, 1)}));
    cores.fabric->setTable(2, RouterTable({entry(0, 0, core1)}));
    cores.fabric->tick(5);
    cores.send(0, 1, multicast(1), 0);
    cores.run(100 * nanosecond);
    cores.fabric->tick(5 + phases);
    cores.run(never - 1);
    EXPECT_EQ(cores.arrivals.size(), phases == 1 ? 1u : 0u);
    EXPECT_EQ(cores.faults.count(Fault::OldPacket), phases == 1 ? 0u : 1u);
  }
}

//===-- congestion ------------------------------------------------------------------------===//

TEST(Fabric, ABlockedPacketIsDumpedAfter240Cycles) {
  Cores cores(grid(1, 1, false, 3), without());
  cores.fabric->setTable(0, RouterTable({entry(0, 0, core1)}));
  cores.readTime = 100 * microsecond;
  cores.send(0, 2, multicast(1), 0);
  cores.send(0, 3, multicast(2), 0);
  Time cycle = 7500;
  cores.run(241 * cycle - 1);
  EXPECT_EQ(cores.faults.count(Fault::Dumped), 0u);
  cores.run(241 * cycle);
  EXPECT_EQ(cores.faults.count(Fault::Dumped), 1u);
  EXPECT_EQ(cores.faults.located(Fault::Dumped).at(0),
            "key 0x00000002 of tick 0 at chip (0, 0) from processor 3, blocked by processor 1");
  EXPECT_EQ(cores.fabric->counters(0).waitedFor, 240 * cycle);
}

TEST(Fabric, ABlockedPacketHoldsUpWhatIsBehindItAndGoesOnOnceItsOutputIsFree) {
  Cores cores(grid(1, 1, false, 4), without());
  cores.fabric->setTable(0, RouterTable({entry(7, ~0u, core2), entry(0, 0, core1)}));
  cores.readTime = microsecond;
  cores.send(0, 2, multicast(1), 0);
  cores.send(0, 3, multicast(2), 0);
  cores.send(0, 4, multicast(7), 0);
  cores.run(never - 1);
  ASSERT_EQ(cores.arrivals.size(), 3u);
  EXPECT_EQ(cores.arrivals[1].time, microsecond);
  EXPECT_EQ(cores.arrivals[2].key, 7u);
  EXPECT_EQ(cores.arrivals[2].time, microsecond + 7500);
  EXPECT_EQ(cores.fabric->counters(0).waited, 1u);
  EXPECT_FALSE(cores.faults.any());
}

TEST(Fabric, APacketForTwoOutputsGoesToBothOrNone) {
  Cores cores(grid(1, 1, false, 3), without());
  cores.fabric->setTable(0, RouterTable({entry(2, ~0u, core1 | core2), entry(0, 0, core1)}));
  cores.readTime = 100 * microsecond;
  cores.send(0, 3, multicast(1), 0);
  cores.send(0, 2, multicast(2), 0);
  cores.run(never - 1);
  EXPECT_EQ(cores.arrivals.size(), 1u);
  EXPECT_EQ(cores.faults.count(Fault::Dumped), 1u);
}

TEST(Fabric, EmergencyRoutesGoAroundABlockedLinkAndArriveAsIfOverIt) {
  // (0, 0) to (2, 0) over E; the first link is held by a packet that cannot go on at (1, 0).
  RouterOptions options = without();
  options.emergencyWait = 240;
  Cores cores(grid(4, 4, true), options);
  cores.fabric->setTable(0, RouterTable({entry(0, 0, 1)}));
  cores.fabric->setTable(1, RouterTable({entry(8, 8, core1)}));
  cores.fabric->setTable(2, RouterTable({entry(1, ~0u, core2)}));
  cores.readTime = 10 * microsecond;
  // Three packets for the core at (1, 0): taken, at its router's door, on the link.
  for (uint32_t k = 8; k < 11; ++k)
    cores.send(0, 1, multicast(k), 0);
  cores.send(0, 2, multicast(1), 700 * nanosecond);
  cores.run(6 * microsecond);
  ASSERT_EQ(cores.arrivals.size(), 2u) << cores.faults.summary();
  EXPECT_EQ(cores.arrivals[1].chip, 2);
  EXPECT_EQ(cores.arrivals[1].key, 1u);
  EXPECT_EQ(cores.fabric->counters(0).emergency, 1u);
  // Over S, then NE: the links next to the blocked one.
  EXPECT_EQ(cores.fabric->linkPackets(0, 5), 1u);
  EXPECT_EQ(cores.fabric->linkPackets(cores.fabric->shape()[0].neighbours[5], 1), 1u);
}

TEST(Fabric, ReinjectionRecoversWhatCongestionDumps) {
  auto run = [](bool reinjection) {
    RouterOptions options;
    options.reinjection = reinjection;
    auto cores = std::make_unique<Cores>(grid(4, 4, true), options);
    // All send to one core at once, over E and NE.
    for (int c = 0; c < 16; ++c)
      cores->fabric->setTable(c, RouterTable({entry(0, 0,
                                                    c == 0                        ? core1
                                                    : cores->fabric->shape()[c].y ? 1u << 1
                                                                                  : 1u)}));
    cores->readTime = 3 * microsecond;
    for (uint32_t k = 0; k < 20; ++k)
      for (int c = 1; c < 16; ++c)
        cores->send(c, 1, multicast(k << 8 | static_cast<uint32_t>(c)), 0);
    cores->run(never - 1);
    return cores;
  };
  auto lossy = run(false), whole = run(true);
  EXPECT_GT(lossy->faults.count(Fault::Dumped), 0u);
  EXPECT_EQ(lossy->arrivals.size() + lossy->faults.count(Fault::Dumped), 300u);
  EXPECT_EQ(whole->arrivals.size(), 300u) << whole->faults.summary();
  EXPECT_FALSE(whole->faults.any());
  RouterCounters sum;
  for (int c = 0; c < 16; ++c)
    sum.add(whole->fabric->counters(c));
  EXPECT_GT(sum.dumped, 0u);
  EXPECT_EQ(sum.dumped, sum.reinjected);
  std::set<uint32_t> keys;
  for (auto &arrival : whole->arrivals)
    EXPECT_TRUE(keys.insert(arrival.key).second);
}

TEST(Fabric, AFullRingOfTheMonitorIsAFault) {
  RouterOptions options;
  options.reinjectionRing = 3;
  Cores cores(grid(1, 1, false, 12), options);
  cores.fabric->setTable(0, RouterTable({entry(0, 0, core1)}));
  cores.readTime = 10 * millisecond;
  for (int p = 2; p <= 12; ++p)
    cores.send(0, p, multicast(static_cast<uint32_t>(p)), 0);
  cores.run(200 * microsecond);
  EXPECT_GT(cores.faults.count(Fault::RingFull), 0u);
  EXPECT_EQ(cores.fabric->counters(0).mostWaiting, 2u);
}

TEST(Fabric, NothingIsLostOrDoubledUnderRandomTraffic) {
  std::mt19937 random(4);
  for (int round = 0; round < 20; ++round) {
    RouterOptions options;
    options.emergencyWait = round & 1 ? 120 : 0;
    Cores cores(grid(6, 6, true, 4), options);
    auto &chips = cores.fabric->shape();
    // Key: a chip and a core there; ways first along y, then along x.
    for (auto &chip : chips) {
      std::vector<RouteEntry> table;
      for (uint32_t c = 0; c < 36; ++c)
        for (uint32_t p = 0; p < 4; ++p) {
          int x = static_cast<int>(c) % 6, y = static_cast<int>(c) / 6;
          uint32_t route = chip.y != y ? 1u << 2 : chip.x != x ? 1u : 1u << (7 + p);
          table.push_back(entry(c << 4 | p << 2, 0xffc, route));
        }
      cores.fabric->setTable(static_cast<int>(&chip - chips.data()), RouterTable(table));
    }
    cores.readTime = 400 * nanosecond;
    std::map<uint32_t, int> sent;
    for (uint32_t k = 0; k < 2000; ++k) {
      uint32_t key = random() % 36 << 4 | random() % 4 << 2 | k << 12;
      ++sent[key];
      cores.send(static_cast<int>(random() % 36), 1 + static_cast<int>(random() % 4),
                 multicast(key), k / 40 * 100 * nanosecond);
    }
    cores.run(never - 1);
    EXPECT_FALSE(cores.faults.any()) << cores.faults.summary();
    for (auto &arrival : cores.arrivals) {
      EXPECT_EQ(arrival.chip, static_cast<int>(arrival.key >> 4 & 0xff));
      EXPECT_EQ(arrival.processor, static_cast<int>(arrival.key >> 2 & 3) + 1);
      --sent[arrival.key];
    }
    for (auto &[key, count] : sent)
      EXPECT_EQ(count, 0) << key;
  }
}
