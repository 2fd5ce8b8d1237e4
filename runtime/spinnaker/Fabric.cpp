// Packets from router to router. Semantics of routing, waits, emergency routes and dumping are
// those of the chip's data sheet, section 10; the monitor's are those of extra_monitor_support.c
// (SpiNNFrontEndCommon).
#include "runtime/spinnaker/Fabric.h"
#include <algorithm>
#include <fmt/format.h>

namespace engram::spinnaker {

void RouterCounters::add(const RouterCounters &o) {
  packets += o.packets;
  defaultRouted += o.defaultRouted;
  toCores += o.toCores;
  toLinks += o.toLinks;
  waited += o.waited;
  waitedFor += o.waitedFor;
  emergency += o.emergency;
  dumped += o.dumped;
  reinjected += o.reinjected;
  mostWaiting = std::max(mostWaiting, o.mostWaiting);
}

Fabric::Fabric(std::vector<ChipShape> shape, const Timing &timing, const RouterOptions &options,
               EventQueue &events, FaultLog &faults, ProcessorPort &port)
    : chips(std::move(shape)), timing(timing), options(options), events(events), faults(faults),
      port(port) {
  routers.resize(chips.size());
  links.resize(chips.size() * numLinks);
  reset();
}

void Fabric::setTable(int chip, RouterTable table) { routers[chip].table = std::move(table); }

void Fabric::reset() {
  flights = 0;
  phase = 0;
  numPlaces = 0;
  for (size_t c = 0; c < chips.size(); ++c) {
    Router router;
    router.table = std::move(routers[c].table);
    router.table.hits.clear();
    router.inputs.resize(numLinks + chips[c].cores + 1);
    routers[c] = std::move(router);
    for (int l = 0; l < numLinks; ++l) {
      Link &link = links[c * numLinks + l];
      uint32_t damage = link.damage;
      link = Link();
      link.damage = damage;
      link.from = static_cast<int32_t>(c);
      link.to = chips[c].neighbours[l];
      link.number = static_cast<uint8_t>(l);
      link.acrossBoards = chips[c].toOtherBoard[l];
      numPlaces += link.to >= 0;
    }
  }
}

std::string Fabric::placeOf(int chip) const {
  return fmt::format("({}, {})", chips[chip].x, chips[chip].y);
}

//===-- links -----------------------------------------------------------------------------===//

void Fabric::sendOver(Link &link, Flight flight, Time now) {
  ++link.packets;
  ++flight.hops;
  flight.packet.key ^= link.damage;
  Time time = flight.packet.hasPayload() ? timing.linkPayload : timing.link;
  link.busy += time;
  link.sending = true;
  link.onWay.push_back(flight);
  events.push(now + time, LinkSent, static_cast<uint32_t>(&link - links.data()));
}

// The sender's register is free once the packet is in the next router or, between boards, in an
// FPGA.
void Fabric::moveIn(Link &link, Time now) {
  Router &next = routers[link.to];
  size_t input = static_cast<size_t>(opposite(link.number));
  if (link.arrived == 0 || next.inputs[input].full)
    return;
  Flight flight = link.onWay.front();
  link.onWay.pop_front();
  --link.arrived;
  flight.link = static_cast<int16_t>(input);
  if (link.stalled || !link.acrossBoards) {
    link.stalled = link.sending = false;
    if (routers[link.from].blocked && !routers[link.from].scheduled) {
      routers[link.from].scheduled = true;
      events.push(now, RouterRuns, static_cast<uint32_t>(link.from));
    }
  }
  putIn(link.to, input, flight, now);
}

//===-- inputs of a router ----------------------------------------------------------------===//

void Fabric::putIn(int chip, size_t input, const Flight &flight, Time now) {
  Router &router = routers[chip];
  router.inputs[input] = {true, flight};
  router.queue.push_back(static_cast<uint8_t>(input));
  run(chip, now);
}

void Fabric::takeOut(int chip, Time now) {
  Router &router = routers[chip];
  size_t input = router.queue[router.queueHead];
  if (++router.queueHead == router.queue.size() || router.queueHead > 64) {
    router.queue.erase(router.queue.begin(), router.queue.begin() + router.queueHead);
    router.queueHead = 0;
  }
  router.inputs[input].full = false;
  router.blocked = router.tryingEmergency = false;
  router.timeout = never;
  router.nextFree = now + timing.routerCycle;
  if (input < numLinks) {
    int32_t neighbour = chips[chip].neighbours[input];
    moveIn(links[neighbour * numLinks + opposite(static_cast<int>(input))], now);
  } else {
    port.sent(chip, static_cast<int>(input) - numLinks, now);
  }
}

bool Fabric::canSend(int chip, int processor) const {
  return !routers[chip].inputs[numLinks + processor].full;
}

void Fabric::send(int chip, int processor, Flight flight, Time now) {
  ++flights;
  flight.processor = static_cast<int16_t>(processor);
  flight.packet.setTimeStamp(phase);
  putIn(chip, numLinks + processor, flight, now);
}

void Fabric::retry(int chip, Time now) {
  if (routers[chip].blocked)
    run(chip, now);
}

void Fabric::tick(int64_t number) {
  if (options.phaseTicks > 0)
    phase = phaseCode(static_cast<uint64_t>(number / options.phaseTicks));
}

//===-- routing ---------------------------------------------------------------------------===//

void Fabric::run(int chip, Time now) {
  Router &router = routers[chip];
  // What a delivery sets free may call again; the loop that is under way sees it.
  if (router.running)
    return;
  router.running = true;
  while (router.queueHead < router.queue.size()) {
    if (now < router.nextFree) {
      if (!router.scheduled) {
        router.scheduled = true;
        events.push(router.nextFree, RouterRuns, static_cast<uint32_t>(chip));
      }
      break;
    }
    if (!runHead(chip, now))
      break;
  }
  router.running = false;
}

Fabric::Plan Fabric::plan(int chip, const Flight &flight, bool count) {
  Plan plan;
  const Packet &packet = flight.packet;
  int link = flight.link;
  Emergency state = packet.emergency();
  if (state == Emergency::FirstLeg || state == Emergency::FirstLegAndNormal)
    plan.secondLeg = (link + numLinks - 1) % numLinks;
  if (state == Emergency::FirstLeg) {
    plan.route.add(plan.secondLeg);
    return plan;
  }
  // The second leg ends one link further round than the way that it replaces.
  if (state == Emergency::SecondLeg)
    link = (link + numLinks - 1) % numLinks;
  Router &router = routers[chip];
  int entry = router.table.match(packet.key);
  if (entry >= 0) {
    plan.route = router.table[entry];
    if (count)
      router.table.hit(entry);
  } else if (link >= 0 && defaultRoutes) {
    plan.route.add(opposite(link));
    router.counters.defaultRouted += count;
  } else {
    plan.lost = true;
  }
  if (plan.secondLeg >= 0)
    plan.route.add(plan.secondLeg);
  return plan;
}

Route Fabric::busyOutputs(int chip, const Route &route, Time now) {
  Route busy;
  route.each([&](int output) {
    bool isBusy = output < numLinks
                      ? links[chip * numLinks + output].sending
                      : port.canTake(chip, output - numLinks, now) == ProcessorPort::Answer::Busy;
    if (isBusy)
      busy.add(output);
  });
  return busy;
}

void Fabric::lose(Fault fault, int chip, const Flight &flight, const std::string &why) {
  if (!faults.wantsText(fault))
    return faults.add(fault);
  std::string from = flight.link >= 0 ? fmt::format(" from link {}", linkNames[flight.link])
                                      : fmt::format(" from processor {}", flight.processor);
  faults.add(fault, fmt::format("key 0x{:08x} of tick {} at chip {}{}{}", flight.packet.key,
                                flight.tick, placeOf(chip), from, why));
}

void Fabric::deliver(int chip, const Flight &flight, const Plan &plan, const Route &firstLegs,
                     Time now) {
  Router &router = routers[chip];
  ++router.counters.packets;
  if (router.blocked)
    router.counters.waitedFor += now - router.blockedSince;
  Flight copy = flight;
  if (copy.packet.emergency() != Emergency::None)
    copy.packet.setEmergency(Emergency::None);
  Route outputs = plan.route;
  outputs.add(firstLegs);
  outputs.each([&](int output) {
    if (output >= numLinks) {
      if (port.canTake(chip, output - numLinks, now) == ProcessorPort::Answer::Absent)
        return lose(Fault::DeadCore, chip, flight,
                    fmt::format(" for processor {}", output - numLinks));
      ++router.counters.toCores;
      port.take(chip, output - numLinks, copy, now);
      return;
    }
    Link &link = links[chip * numLinks + output];
    if (link.to < 0)
      return lose(Fault::DeadLink, chip, flight, fmt::format(" for link {}", linkNames[output]));
    Flight over = copy;
    if (firstLegs.has(output))
      over.packet.setEmergency(plan.route.has(output) ? Emergency::FirstLegAndNormal
                                                      : Emergency::FirstLeg);
    else if (output == plan.secondLeg)
      over.packet.setEmergency(Emergency::SecondLeg);
    ++router.counters.toLinks;
    ++flights;
    sendOver(link, over, now);
  });
  --flights;
}

// True if the head of the queue has left it.
bool Fabric::runHead(int chip, Time now) {
  Router &router = routers[chip];
  const Flight &head = router.inputs[router.queue[router.queueHead]].flight;
  auto discard = [&](Fault fault, const char *why) {
    lose(fault, chip, head, why);
    --flights;
    takeOut(chip, now);
    return true;
  };
  if (!head.packet.parityIsRight())
    return discard(Fault::Parity, "");
  if ((head.packet.timeStamp() ^ phase) == 3)
    return discard(Fault::OldPacket, "");
  if (head.hops > numPlaces)
    return discard(Fault::Loop, "");
  Plan plan = this->plan(chip, head, !router.blocked);
  if (plan.lost)
    return discard(Fault::NoRoute, "");

  Route busy = busyOutputs(chip, plan.route, now), firstLegs;
  if (busy.any() && router.tryingEmergency && head.packet.emergency() == Emergency::None &&
      busy.onlyLinks()) {
    bool works = true;
    busy.each([&](int blocked) {
      const Link &around = links[chip * numLinks + emergencyLink(blocked)];
      works &= around.to >= 0 && !around.sending;
      firstLegs.add(emergencyLink(blocked));
    });
    if (works) {
      router.counters.emergency += static_cast<uint64_t>(__builtin_popcount(busy.links()));
      plan.route.remove(busy);
      busy = Route();
    }
  }
  if (!busy.any()) {
    Flight flight = head;
    deliver(chip, flight, plan, firstLegs, now);
    takeOut(chip, now);
    return true;
  }
  if (!router.blocked) {
    router.blocked = true;
    router.blockedSince = now;
    ++router.counters.waited;
    router.timeout = now + cycles(options.waitCycles());
    events.push(router.timeout, RouterTimesOut, static_cast<uint32_t>(chip));
  }
  return false;
}

void Fabric::timeOut(int chip, Time now) {
  Router &router = routers[chip];
  // An event of a packet that has left since.
  if (!router.blocked || router.timeout != now)
    return;
  if (!router.tryingEmergency && options.emergencyWait > 0) {
    router.tryingEmergency = true;
    router.timeout = now + cycles(options.emergencyWait);
    events.push(router.timeout, RouterTimesOut, static_cast<uint32_t>(chip));
    run(chip, now);
    return;
  }
  const Flight &head = router.inputs[router.queue[router.queueHead]].flight;
  dump(chip, busyOutputs(chip, plan(chip, head, false).route, now), now);
  run(chip, now);
}

//===-- dumping and the monitor -----------------------------------------------------------===//

void Fabric::dump(int chip, const Route &busy, Time now) {
  Router &router = routers[chip];
  Flight flight = router.inputs[router.queue[router.queueHead]].flight;
  ++router.counters.dumped;
  router.counters.waitedFor += now - router.blockedSince;
  std::string why = ", blocked by";
  busy.each([&](int output) {
    why += output < numLinks ? fmt::format(" link {}", linkNames[output])
                             : fmt::format(" processor {}", output - numLinks);
  });
  while (!router.taking.empty() && router.taking.front().first <= now) {
    router.ring.push_back(router.taking.front().second);
    router.taking.pop_front();
  }
  bool kept = false;
  if (!options.reinjection)
    lose(Fault::Dumped, chip, flight, why);
  else if (!router.taking.empty())
    lose(Fault::DumpOverflow, chip, flight, why);
  else if (router.ring.size() + 1 >= static_cast<size_t>(options.reinjectionRing))
    lose(Fault::RingFull, chip, flight, why);
  else {
    kept = true;
    router.taking.emplace_back(now + timing.monitor, flight);
    router.counters.mostWaiting =
        std::max<uint64_t>(router.counters.mostWaiting, router.ring.size() + 1);
    if (!router.monitorScheduled) {
      router.monitorScheduled = true;
      Time period = timing.monitorPeriod;
      events.push((now / period + 1) * period, MonitorWakes, static_cast<uint32_t>(chip));
    }
  }
  if (!kept)
    --flights;
  takeOut(chip, now);
}

// Its timer looks whether the router is free; if so, packets go out one by one until it is not. A
// packet keeps the link over which it came, so that default routes hold.
void Fabric::monitor(int chip, Time now) {
  Router &router = routers[chip];
  router.monitorScheduled = false;
  while (!router.taking.empty() && router.taking.front().first <= now) {
    router.ring.push_back(router.taking.front().second);
    router.taking.pop_front();
  }
  if (router.ring.empty() && router.taking.empty())
    return;
  Time next = (now / timing.monitorPeriod + 1) * timing.monitorPeriod;
  if (!router.blocked && !router.ring.empty() && canSend(chip, 0)) {
    Flight flight = router.ring.front();
    router.ring.pop_front();
    ++router.counters.reinjected;
    flight.packet.setTimeStamp(phase);
    next = now + timing.monitor;
    router.monitorScheduled = true;
    events.push(next, MonitorWakes, static_cast<uint32_t>(chip));
    putIn(chip, numLinks, flight, now);
    return;
  }
  router.monitorScheduled = true;
  events.push(next, MonitorWakes, static_cast<uint32_t>(chip));
}

//===-- events ----------------------------------------------------------------------------===//

void Fabric::handle(const Event &event) {
  Time now = event.time;
  int subject = static_cast<int>(event.subject);
  switch (event.kind) {
  case LinkSent: {
    Link &link = links[subject];
    if (!link.acrossBoards) {
      ++link.arrived;
      moveIn(link, now);
      break;
    }
    events.push(now + timing.boardDelay, LinkArrived, event.subject);
    link.stalled = link.onWay.size() >= static_cast<size_t>(timing.boardCredit);
    link.sending = link.stalled;
    if (!link.sending)
      retry(link.from, now);
    break;
  }
  case LinkArrived:
    ++links[subject].arrived;
    moveIn(links[subject], now);
    break;
  case RouterRuns:
    routers[subject].scheduled = false;
    run(subject, now);
    break;
  case RouterTimesOut:
    timeOut(subject, now);
    break;
  case MonitorWakes:
    monitor(subject, now);
    break;
  }
}

} // namespace engram::spinnaker
