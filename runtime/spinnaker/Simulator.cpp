// Chips, cores and ticks put together.
#include "runtime/spinnaker/Simulator.h"
#include "runtime/spinnaker/ArmProcessor.h"
#include "runtime/spinnaker/Boards.h"
#include "runtime/spinnaker/Calibrate.h"
#include "runtime/spinnaker/HostProcessor.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace engram::spinnaker {

namespace {

class Machine final : public Simulator, private ProcessorHost, private ProcessorPort {
public:
  explicit Machine(Package loaded, const SimulatorOptions &options);
  Expected<void> build();

  const Package &package() const override { return content; }
  const std::vector<ChipShape> &chips() const override { return fabricOf.shape(); }
  Expected<void> reset() override;
  void runTick() override;
  int64_t ticksDone() const override { return tick; }
  Time tickTime() const override { return period; }

  uint32_t word(size_t core, uint32_t offset) const override {
    return memories[cores[core].chip].word(content.cores[core].address + offset);
  }
  void setWord(size_t core, uint32_t offset, uint32_t value) override {
    memories[cores[core].chip].setWord(content.cores[core].address + offset, value);
  }
  bool read(size_t core, uint32_t offset, void *to, uint32_t bytes) const override {
    return memories[cores[core].chip].read(content.cores[core].address + offset, to, bytes);
  }
  bool write(size_t core, uint32_t offset, const void *from, uint32_t bytes) override {
    return memories[cores[core].chip].write(content.cores[core].address + offset, from, bytes);
  }

  const FaultLog &faults() const override { return log; }
  const Fabric &fabric() const override { return fabricOf; }
  RouterCounters routerTotals() const override;
  const CoreLoadOf &load(size_t core) const override { return cores[core].load; }
  const TrafficHistory &traffic() const override { return history; }
  const CostModel &cost(size_t kind) const override { return options.costs[kind]; }
  double slowDownNeeded() const override;
  uint64_t eventsDone() const override { return events; }
  const Memory &memoryOf(size_t chip) const override { return memories[chip]; }

private:
  enum Kind : uint32_t {
    Wake = Fabric::firstFree,
    Transferred,
    SendsLater,
    ReceiverFree,
  };
  struct Core {
    int chip = 0, processor = 1;
    std::unique_ptr<Processor> processorOf;
    CoreLoadOf load;
    Time busyBefore = 0;
    core_counters seen{};
    // One transfer at a time.
    bool transferring = false, toSystem = false;
    void *own = nullptr;
    uint32_t address = 0, bytes = 0;
    Packet later;
    Time receiverChecked = -1;
  };

  Package content;
  SimulatorOptions options;
  Time period = 0;
  EventQueue queue;
  FaultLog log;
  Fabric fabricOf;
  std::vector<Memory> memories;
  std::vector<Core> cores;
  std::vector<std::vector<int32_t>> coreOf; ///< [chip][processor], -1 for none
  int64_t tick = 0;
  Time now = 0;
  uint64_t events = 0;
  TrafficHistory history;
  std::vector<uint64_t> linkSeen;

  // ProcessorHost.
  const Timing &timing() const override { return options.timing; }
  Memory &memory(int core) override { return memories[cores[core].chip]; }
  void wakeAt(int core, Time time) override { push(time, Wake, core); }
  bool canSend(int core) const override {
    return fabricOf.canSend(cores[core].chip, cores[core].processor);
  }
  void send(int core, Packet packet, Time time) override;
  void sendAt(int core, Packet packet, Time time) override {
    cores[core].later = packet;
    push(time, SendsLater, core);
  }
  void received(int core, Time time) override { push(time, ReceiverFree, core); }
  void transfer(int core, void *own, uint32_t address, uint32_t bytes, bool toSystem,
                Time time) override;
  void fault(int core, Fault fault, const std::string &what, uint64_t count) override;

  // ProcessorPort.
  Answer canTake(int chip, int processor, Time time) override;
  void take(int chip, int processor, const Flight &flight, Time time) override;
  void sent(int chip, int processor, Time time) override;

  void push(Time time, uint32_t kind, int subject) {
    queue.push(std::max(time, now), kind, static_cast<uint32_t>(subject));
  }
  Expected<void> makeProcessor(size_t core, std::vector<std::shared_ptr<HostProgram>> &hosts,
                               std::vector<std::shared_ptr<const ArmProgram>> &arms);
  void handle(const Event &event);
  void finishTransfer(int core);
  void endTick();
  void countFaults(size_t core, const core_counters &now);
  void recordTraffic();
  std::string nameOf(size_t core) const;
};

} // namespace

//===-- building --------------------------------------------------------------------------===//

Machine::Machine(Package loaded, const SimulatorOptions &given)
    : content(std::move(loaded)), options(given),
      fabricOf(chipsOf(content.machine), options.timing, options.router, queue, log, *this) {}

std::string Machine::nameOf(size_t core) const {
  const PackageCore &place = content.cores[core];
  return fmt::format("'{}' at ({}, {}, {})", place.name, place.x, place.y, place.p);
}

Expected<void> Machine::build() {
  // Cores of SpiNNaker 2 have 300 MHz.
  if (content.machine.version == 2 && options.timing.cpuCycle == Timing().cpuCycle)
    options.timing.cpuCycle = 3333;
  double seconds = options.tickSeconds > 0 ? options.tickSeconds
                                           : content.machine.stepSeconds * options.slowDown;
  period = static_cast<Time>(std::llround(seconds * 1e12));
  if (period < microsecond)
    return fail("expected a tick of at least 1 us");
  std::map<std::pair<int, int>, int> numbers;
  for (size_t c = 0; c < chips().size(); ++c)
    numbers[{chips()[c].x, chips()[c].y}] = static_cast<int>(c);
  memories.resize(chips().size());
  coreOf.assign(chips().size(), {});
  for (size_t c = 0; c < chips().size(); ++c)
    coreOf[c].assign(chips()[c].cores + 1, -1);
  for (PackageChip &chip : content.chips) {
    auto place = numbers.find({chip.x, chip.y});
    if (place == numbers.end())
      return fail(fmt::format("chip ({}, {}) is not on the machine", chip.x, chip.y));
    fabricOf.setTable(place->second, RouterTable(chip.table));
  }
  fabricOf.setDefaultRoutes(content.defaultRoutes);
  cores.resize(content.cores.size());
  if (options.costs.empty())
    options.costs = calibrate(content, options.timing);
  if (options.costs.size() != content.kinds.size())
    return fail(
        fmt::format("expected a cost model for each of {} kinds of cores", content.kinds.size()));
  std::vector<std::shared_ptr<HostProgram>> hosts(content.kinds.size());
  std::vector<std::shared_ptr<const ArmProgram>> arms(content.kinds.size());
  for (size_t k = 0; k < cores.size(); ++k) {
    PackageCore &core = content.cores[k];
    auto place = numbers.find({core.x, core.y});
    if (place == numbers.end() || core.p < 0 || core.p >= content.machine.coresPerChip)
      return fail(fmt::format("core {} is not on the machine", nameOf(k)));
    cores[k].chip = place->second;
    cores[k].processor = core.p + 1;
    int32_t &number = coreOf[place->second][core.p + 1];
    if (number >= 0)
      return fail(fmt::format("two programs for core {}", nameOf(k)));
    number = static_cast<int32_t>(k);
    memories[place->second].addRegion(core.address, std::move(core.data), core.bytes);
    core.data = {};
    if (Expected<void> made = makeProcessor(k, hosts, arms); !made)
      return made;
  }
  return reset();
}

Expected<void> Machine::makeProcessor(size_t core, std::vector<std::shared_ptr<HostProgram>> &hosts,
                                      std::vector<std::shared_ptr<const ArmProgram>> &arms) {
  const PackageCore &place = content.cores[core];
  const PackageKind &kind = content.kinds[place.kind];
  if (options.execution == Execution::Fast) {
    if (!hosts[place.kind]) {
      Expected<std::shared_ptr<HostProgram>> program = HostProgram::load(kind.name, kind.object);
      if (!program)
        return tl::unexpected(program.error());
      hosts[place.kind] = *program;
    }
    cores[core].processorOf = std::make_unique<HostProcessor>(
        static_cast<ProcessorHost &>(*this), static_cast<int>(core), hosts[place.kind],
        options.costs[place.kind], place.address, place.memoryBytes);
    return {};
  }
  if (!arms[place.kind]) {
    Expected<ArmProgram> program =
        ArmProgram::read(kind.name, kind.elf, codeBytesOf(content.machine.version));
    if (!program)
      return tl::unexpected(program.error());
    arms[place.kind] = std::make_shared<ArmProgram>(std::move(*program));
  }
  ArmCoreSetup setup;
  setup.version = content.machine.version;
  setup.processor = static_cast<uint32_t>(place.p + 1);
  setup.data = place.address;
  setup.tickCycles = static_cast<uint32_t>(period / options.timing.cpuCycle);
  Expected<std::unique_ptr<Processor>> made =
      makeArmProcessor(*this, static_cast<int>(core), arms[place.kind], setup);
  if (!made)
    return tl::unexpected(made.error());
  cores[core].processorOf = std::move(*made);
  return {};
}

Expected<void> Machine::reset() {
  queue.clear();
  log.clear();
  fabricOf.reset();
  for (Memory &memory : memories)
    memory.restore();
  tick = 0;
  now = 0;
  events = 0;
  history = TrafficHistory();
  linkSeen.assign(chips().size() * numLinks, 0);
  for (size_t k = 0; k < cores.size(); ++k) {
    Core &core = cores[k];
    core.load = CoreLoadOf();
    core.busyBefore = 0;
    core.transferring = false;
    core.receiverChecked = -1;
    std::string why = core.processorOf->start();
    if (!why.empty())
      return fail(fmt::format("core {} cannot start: {}", nameOf(k), why));
    core.seen = core.processorOf->counters();
  }
  return {};
}

//===-- what cores ask for ----------------------------------------------------------------===//

void Machine::send(int core, Packet packet, Time time) {
  Flight flight;
  flight.packet = packet;
  flight.tick = static_cast<int32_t>(tick);
  flight.sender = core;
  fabricOf.send(cores[core].chip, cores[core].processor, flight, time);
}

void Machine::transfer(int core, void *own, uint32_t address, uint32_t bytes, bool toSystem,
                       Time time) {
  Core &c = cores[core];
  if (c.transferring)
    return fault(core, Fault::CoreStopped, "a transfer while another is under way", 1);
  c.transferring = true;
  c.toSystem = toSystem;
  c.own = own;
  c.address = address;
  c.bytes = bytes;
  push(memories[c.chip].transfer(std::max(time, now), bytes, options.timing), Transferred, core);
}

void Machine::finishTransfer(int core) {
  Core &c = cores[core];
  c.transferring = false;
  Memory &memory = memories[c.chip];
  bool works =
      c.toSystem ? memory.write(c.address, c.own, c.bytes) : memory.read(c.address, c.own, c.bytes);
  if (!works)
    fault(core, Fault::CoreStopped,
          fmt::format("a transfer of {} bytes at 0x{:08x}", c.bytes, c.address), 1);
  c.processorOf->transferred(now);
}

void Machine::fault(int core, Fault fault, const std::string &what, uint64_t count) {
  if (log.wantsText(fault))
    log.add(fault, fmt::format("{} in core {}, tick {}", what, nameOf(core), tick), count);
  else
    log.add(fault, count);
}

//===-- what routers ask for --------------------------------------------------------------===//

ProcessorPort::Answer Machine::canTake(int chip, int processor, Time time) {
  int core = processor < static_cast<int>(coreOf[chip].size()) ? coreOf[chip][processor] : -1;
  if (core < 0)
    return Answer::Absent;
  return cores[core].processorOf->canTake(time) ? Answer::Free : Answer::Busy;
}

void Machine::take(int chip, int processor, const Flight &flight, Time time) {
  int core = coreOf[chip][processor];
  if (flight.tick != tick)
    fault(core, Fault::Late, fmt::format("key 0x{:08x} of tick {}", flight.packet.key, flight.tick),
          1);
  cores[core].processorOf->take(flight.packet, time);
}

void Machine::sent(int chip, int processor, Time time) {
  int core = coreOf[chip][processor];
  if (core >= 0)
    cores[core].processorOf->sent(time);
}

//===-- time ------------------------------------------------------------------------------===//

void Machine::handle(const Event &event) {
  now = event.time;
  ++events;
  int core = static_cast<int>(event.subject);
  switch (event.kind) {
  case Wake:
    cores[core].processorOf->wake(now);
    break;
  case Transferred:
    finishTransfer(core);
    break;
  case SendsLater:
    send(core, cores[core].later, now);
    break;
  case ReceiverFree:
    fabricOf.retry(cores[core].chip, now);
    break;
  default:
    fabricOf.handle(event);
  }
}

void Machine::runTick() {
  now = tick * period;
  fabricOf.tick(tick);
  for (Core &core : cores)
    core.processorOf->tick(now);
  Time end = now + period;
  while (queue.nextTime() < end)
    handle(queue.pop());
  now = end;
  endTick();
  ++tick;
}

void Machine::countFaults(size_t core, const core_counters &c) {
  const core_counters &seen = cores[core].seen;
  auto count = [&](Fault kind, uint32_t now, uint32_t before, const char *what) {
    if (now != before)
      fault(static_cast<int>(core), kind, what, now - before);
  };
  // What is found packet by packet has been counted where it happened.
  if (options.execution == Execution::Arm) {
    count(Fault::CoreBuffer, c.packets_lost, seen.packets_lost, "a packet");
    count(Fault::UnknownKey, c.unmatched, seen.unmatched, "a packet");
  }
  count(Fault::Overrun, c.overruns, seen.overruns, "the step before was not done");
  count(Fault::Recording, c.recording_lost, seen.recording_lost, "a step found no room");
  count(Fault::Input, c.input_missed, seen.input_missed, "a step was not there");
}

void Machine::endTick() {
  for (size_t k = 0; k < cores.size(); ++k) {
    Core &core = cores[k];
    core_counters counters = core.processorOf->counters();
    countFaults(k, counters);
    core.seen = core.load.work = counters;
    Time busy = core.processorOf->busy(), inTick = busy - core.busyBefore;
    core.busyBefore = core.load.busy = busy;
    if (inTick > core.load.most) {
      core.load.most = inTick;
      core.load.mostTick = tick;
    }
  }
  recordTraffic();
}

void Machine::recordTraffic() {
  constexpr size_t mostWindows = 128;
  if (tick % history.ticksPerWindow == 0) {
    if (history.windows.size() == mostWindows) {
      for (size_t w = 0; w < mostWindows / 2; ++w)
        for (size_t l = 0; l < linkSeen.size(); ++l)
          history.windows[w][l] = history.windows[2 * w][l] + history.windows[2 * w + 1][l];
      history.windows.resize(mostWindows / 2);
      history.ticksPerWindow *= 2;
    }
    history.windows.emplace_back(linkSeen.size());
  }
  std::vector<uint32_t> &window = history.windows.back();
  for (size_t l = 0; l < linkSeen.size(); ++l) {
    uint64_t packets = fabricOf.linkPackets(static_cast<int>(l / numLinks), l % numLinks);
    window[l] += static_cast<uint32_t>(packets - linkSeen[l]);
    linkSeen[l] = packets;
  }
}

RouterCounters Machine::routerTotals() const {
  RouterCounters sum;
  for (size_t c = 0; c < chips().size(); ++c)
    sum.add(fabricOf.counters(static_cast<int>(c)));
  return sum;
}

double Machine::slowDownNeeded() const {
  Time most = 0;
  for (const Core &core : cores)
    most = std::max(most, core.load.most);
  double base = content.machine.stepSeconds > 0 ? content.machine.stepSeconds : 1e-3;
  return std::max(1.0, static_cast<double>(most) * 1e-12 / base);
}

Expected<std::unique_ptr<Simulator>> Simulator::create(Package package,
                                                       const SimulatorOptions &options) {
  for (const PackageCore &core : package.cores)
    if (core.kind >= package.kinds.size())
      return fail(fmt::format("core '{}' has no program", core.name));
  auto machine = std::make_unique<Machine>(std::move(package), options);
  if (Expected<void> built = machine->build(); !built)
    return tl::unexpected(built.error());
  return std::unique_ptr<Simulator>(std::move(machine));
}

} // namespace engram::spinnaker
