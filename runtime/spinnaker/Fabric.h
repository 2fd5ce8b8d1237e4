// Routers and links of a machine in time: where packets are, wait, and get lost.
//
// A router is one pipeline (data sheet, section 10): it merges what comes over links and from cores
// and takes a packet a cycle. A packet goes to all its outputs at once; while one of them is not
// free it blocks all that is behind it, is tried again as outputs become free, and is dumped when
// it has waited too long.
#pragma once

#include "runtime/spinnaker/EventQueue.h"
#include "runtime/spinnaker/Faults.h"
#include "runtime/spinnaker/Router.h"
#include <deque>

namespace engram::spinnaker {

/// A packet under way, with what only the simulator knows of it.
struct Flight {
  Packet packet;
  int32_t tick = 0;      ///< in which it was sent
  int32_t sender = -1;   ///< the core
  int16_t processor = 0; ///< that sent it, on its chip
  int16_t link = -1;     ///< over which it came to the router it is at; -1: from a core
  uint16_t hops = 0;
};

/// What is at the other end of a router's outputs to cores. Processors are numbered on their chip,
/// 0 is the monitor.
class ProcessorPort {
public:
  virtual ~ProcessorPort() = default;
  enum class Answer { Free, Busy, Absent };
  /// Whether a processor can take a packet now. One that is busy calls Fabric::retry when it is
  /// not.
  virtual Answer canTake(int chip, int processor, Time now) = 0;
  virtual void take(int chip, int processor, const Flight &flight, Time now) = 0;
  /// The transmit register of a processor is free again.
  virtual void sent(int chip, int processor, Time now) = 0;
};

struct RouterCounters {
  uint64_t packets = 0;              ///< routed, to any number of outputs
  uint64_t defaultRouted = 0;        ///< without an entry, straight on
  uint64_t toCores = 0, toLinks = 0; ///< copies
  uint64_t waited = 0;               ///< packets that found an output not free
  Time waitedFor = 0;
  uint64_t emergency = 0;   ///< sent around a blocked link
  uint64_t dumped = 0;      ///< taken out after waiting
  uint64_t reinjected = 0;  ///< sent again by the monitor
  uint64_t mostWaiting = 0; ///< in the monitor's ring
  void add(const RouterCounters &o);
};

class Fabric {
public:
  /// Kinds of events that belong to the fabric; others are from firstFree on.
  enum Kind : uint32_t {
    LinkSent,
    LinkArrived,
    RouterRuns,
    RouterTimesOut,
    MonitorWakes,
    firstFree
  };

  Fabric(std::vector<ChipShape> shape, const Timing &timing, const RouterOptions &options,
         EventQueue &events, FaultLog &faults, ProcessorPort &port);

  void setTable(int chip, RouterTable table);
  void setDefaultRoutes(bool are) { defaultRoutes = are; }
  /// Nothing under way, nothing counted.
  void reset();

  const std::vector<ChipShape> &shape() const { return chips; }
  /// The transmit register of a processor is free.
  bool canSend(int chip, int processor) const;
  /// Puts a packet into it, which has to be free. The router sets time stamp and parity.
  void send(int chip, int processor, Flight flight, Time now);
  /// An output of a chip's router may be free again.
  void retry(int chip, Time now);
  void handle(const Event &event);
  /// Time phases move on with ticks.
  void tick(int64_t number);

  /// Packets that are somewhere between two cores, in monitors' rings too.
  uint64_t underWay() const { return flights; }
  const RouterCounters &counters(int chip) const { return routers[chip].counters; }
  const RouterTable &table(int chip) const { return routers[chip].table; }
  uint64_t linkPackets(int chip, int link) const { return links[chip * numLinks + link].packets; }
  /// How long the link has been sending.
  Time linkBusy(int chip, int link) const { return links[chip * numLinks + link].busy; }
  /// Flips bits of the packets that leave over a link, for tests of parity.
  void damageLink(int chip, int link, uint32_t keyBits) {
    links[chip * numLinks + link].damage = keyBits;
  }
  std::string placeOf(int chip) const;

private:
  struct Link {
    int32_t from = -1, to = -1; ///< chips; to -1: no link
    uint8_t number = 0;
    bool acrossBoards = false, sending = false, stalled = false;
    std::deque<Flight> onWay; ///< sent, not yet in the next router
    uint32_t arrived = 0;     ///< of them, at its door
    uint32_t damage = 0;
    uint64_t packets = 0;
    Time busy = 0;
  };
  struct Input {
    bool full = false;
    Flight flight;
  };
  struct Router {
    RouterTable table;
    std::vector<Input> inputs;  ///< links, then processors
    std::vector<uint8_t> queue; ///< inputs that are full, in the order in which they became so
    size_t queueHead = 0;
    Time nextFree = 0;
    bool scheduled = false, running = false;
    bool blocked = false, tryingEmergency = false;
    Time blockedSince = 0, timeout = never;
    // The monitor.
    std::deque<Flight> ring;
    std::deque<std::pair<Time, Flight>> taking; ///< dumped, still being read by the monitor
    bool monitorScheduled = false;
    RouterCounters counters;
  };
  /// Where the packet at the head of a router's queue has to go.
  struct Plan {
    Route route;
    int secondLeg = -1; ///< of it, the link on which it goes on around a blocked one
    bool lost = false;
  };

  std::vector<ChipShape> chips;
  Timing timing;
  RouterOptions options;
  EventQueue &events;
  FaultLog &faults;
  ProcessorPort &port;
  std::vector<Router> routers;
  std::vector<Link> links;
  bool defaultRoutes = true;
  uint64_t flights = 0;
  unsigned phase = 0;
  size_t numPlaces = 0;

  void run(int chip, Time now);
  bool runHead(int chip, Time now);
  Plan plan(int chip, const Flight &flight, bool count);
  /// The outputs of a route that are not free.
  Route busyOutputs(int chip, const Route &route, Time now);
  void deliver(int chip, const Flight &flight, const Plan &plan, const Route &firstLegs, Time now);
  void sendOver(Link &link, Flight flight, Time now);
  void moveIn(Link &link, Time now);
  void putIn(int chip, size_t input, const Flight &flight, Time now);
  void takeOut(int chip, Time now);
  void lose(Fault fault, int chip, const Flight &flight, const std::string &why);
  void timeOut(int chip, Time now);
  void dump(int chip, const Route &busy, Time now);
  void monitor(int chip, Time now);
  Time cycles(int count) const { return count * timing.routerCycle; }
};

} // namespace engram::spinnaker
