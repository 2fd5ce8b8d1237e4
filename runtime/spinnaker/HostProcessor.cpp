// Pieces of work, and what interrupts them.
#include "runtime/spinnaker/HostProcessor.h"
#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

namespace engram::spinnaker {

//===-- programs --------------------------------------------------------------------------===//

// A library is loaded by its path. The file may go once it is mapped.
Expected<std::shared_ptr<HostProgram>> HostProgram::load(const std::string &name,
                                                         const std::string &object) {
  if (object.empty())
    return fail(fmt::format("program '{}' has no form for the host", name));
  const char *folder = std::getenv("TMPDIR");
  std::string path = std::string(folder && *folder ? folder : "/tmp") + "/engram-core-XXXXXX";
  int file = mkstemp(path.data());
  if (file < 0)
    return fail(fmt::format("cannot make a file '{}'", path));
  bool written = ::write(file, object.data(), object.size()) == ssize_t(object.size());
  ::close(file);
  auto program = std::make_shared<HostProgram>();
  if (written)
    program->library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  const char *why = program->library ? nullptr : written ? dlerror() : "the disk is full";
  ::unlink(path.c_str());
  if (why)
    return fail(fmt::format("cannot load program '{}': {}", name, why));
  auto find = [&](auto *&function, const char *symbol) {
    function = reinterpret_cast<std::decay_t<decltype(function)>>(dlsym(program->library, symbol));
    return function != nullptr;
  };
  if (!find(program->init, "core_init") || !find(program->packet, "core_packet") ||
      !find(program->tick, "core_tick") || !find(program->dmaDone, "core_dma_done") ||
      !find(program->background, "core_background"))
    return fail(fmt::format("program '{}' lacks a function of core.h", name));
  return program;
}

HostProgram::~HostProgram() {
  if (library)
    dlclose(library);
}

//===-- hardware --------------------------------------------------------------------------===//

const core_hardware HostProcessor::hardware = {hookSend, hookRead, hookWrite,
                                               hookCopy, hookLoad, hookStore};

double HostProcessor::workSoFar(uint32_t neuronsDone) const {
  core_counters work{};
  work.sent = core.counters.sent - atPieceStart.sent;
  work.rows = core.counters.rows - atPieceStart.rows;
  work.synapses = core.counters.synapses - atPieceStart.synapses;
  work.updates = std::max(core.counters.updates - atPieceStart.updates, neuronsDone);
  return cost.cycles(work) + extraCycles;
}

void HostProcessor::hookSend(void *self, uint32_t key, uint32_t payload, uint32_t hasPayload) {
  auto &p = *static_cast<HostProcessor *>(self);
  Action action;
  action.isSend = true;
  action.packet = hasPayload ? multicast(key, payload) : multicast(key);
  uint32_t neuron = key - p.core.header.key;
  bool isNeuron = p.core.header.kind == CORE_KIND_NEURONS;
  action.at =
      p.workSoFar(isNeuron && neuron < p.core.header.neurons ? neuron + 1 : 0) + p.cost.send;
  p.actions.push_back(action);
}

void HostProcessor::hookRead(void *self, void *to, uint32_t from, uint32_t bytes) {
  auto &p = *static_cast<HostProcessor *>(self);
  Action action;
  action.own = to;
  action.address = from;
  action.bytes = bytes;
  action.at = p.workSoFar(0);
  p.actions.push_back(action);
}

void HostProcessor::hookWrite(void *self, uint32_t to, const void *from, uint32_t bytes) {
  auto &p = *static_cast<HostProcessor *>(self);
  Action action;
  action.own = const_cast<void *>(from);
  action.address = to;
  action.bytes = bytes;
  action.toSystem = true;
  action.at = p.workSoFar(0);
  p.actions.push_back(action);
}

void HostProcessor::badAddress(uint32_t address) {
  host.fault(number, Fault::CoreStopped, fmt::format("an access to 0x{:08x}", address), 1);
}

void HostProcessor::hookCopy(void *self, void *to, uint32_t from, uint32_t bytes) {
  auto &p = *static_cast<HostProcessor *>(self);
  p.extraCycles += p.cost.access * (bytes / 4);
  if (!p.host.memory(p.number).read(from, to, bytes))
    p.badAddress(from);
}

uint32_t HostProcessor::hookLoad(void *self, uint32_t from) {
  auto &p = *static_cast<HostProcessor *>(self);
  p.extraCycles += p.cost.access;
  uint32_t value = 0;
  if (!p.host.memory(p.number).read(from, &value, 4))
    p.badAddress(from);
  return value;
}

// Stores are buffered.
void HostProcessor::hookStore(void *self, uint32_t to, uint32_t value) {
  auto &p = *static_cast<HostProcessor *>(self);
  p.extraCycles += p.cost.access > 0 ? 2 : 0;
  if (!p.host.memory(p.number).write(to, &value, 4))
    p.badAddress(to);
}

//===-- time ------------------------------------------------------------------------------===//

HostProcessor::HostProcessor(ProcessorHost &host, int number, std::shared_ptr<HostProgram> program,
                             const CostModel &cost, uint32_t data, uint32_t memoryBytes)
    : host(host), number(number), program(std::move(program)), cost(cost), data(data),
      memoryBytes(memoryBytes) {}

Time HostProcessor::cycles(double count) const {
  return static_cast<Time>(count) * host.timing().cpuCycle;
}

std::string HostProcessor::start() {
  core = {};
  core.hardware = &hardware;
  core.machine = this;
  memory.assign(memoryBytes / 8 + 1, 0);
  working = moreToDo = stalled = scheduled = false;
  fiqFreeAt = registerFreeAt = toldFree = busyTime = slip = 0;
  actions.clear();
  nextAction = 0;
  int failure = program->init(&core, memory.data(), memoryBytes, data);
  actions.clear();
  if (failure == CORE_NO_MEMORY)
    return fmt::format("its own memory has no room, {} bytes are too few", memoryBytes);
  return failure ? "its data is not what its program needs" : "";
}

// A router that waits for the register has to be told when it is free.
bool HostProcessor::canTake(Time now) {
  if (now >= registerFreeAt)
    return true;
  if (toldFree != registerFreeAt) {
    toldFree = registerFreeAt;
    host.received(number, registerFreeAt);
  }
  return false;
}

void HostProcessor::take(const Packet &packet, Time now) {
  Time begin = std::max(now, fiqFreeAt);
  registerFreeAt = begin + cycles(cost.packetRead);
  fiqFreeAt = begin + cycles(cost.fiq);
  uint32_t lost = core.counters.packets_lost;
  program->packet(&core, packet.key, packet.hasPayload() ? packet.payload : 1);
  if (core.counters.packets_lost != lost)
    host.fault(number, Fault::CoreBuffer, fmt::format("key 0x{:08x}", packet.key), 1);
  interrupt(cost.packet, now);
}

void HostProcessor::tick(Time now) {
  program->tick(&core);
  interrupt(cost.transfer, now);
}

void HostProcessor::transferred(Time now) {
  program->dmaDone(&core);
  interrupt(cost.transfer, now);
}

void HostProcessor::interrupt(double count, Time now) {
  Time time = cycles(count);
  moreToDo = true;
  busyTime += time;
  if (working) {
    slip += time;
    return;
  }
  working = true;
  actions.clear();
  nextAction = 0;
  slip = 0;
  pieceStart = now;
  pieceEnd = now + time;
  schedule();
}

void HostProcessor::schedule() {
  if (scheduled)
    return;
  scheduled = true;
  Time due = nextAction < actions.size() ? pieceStart + cycles(actions[nextAction].at) : pieceEnd;
  host.wakeAt(number, due + slip);
}

void HostProcessor::runPiece(Time now) {
  moreToDo = false;
  actions.clear();
  nextAction = 0;
  slip = 0;
  extraCycles = 0;
  atPieceStart = core.counters;
  pieceStart = now;
  bool more = program->background(&core) != 0;
  core_counters work{};
  work.ticks = core.counters.ticks - atPieceStart.ticks;
  double count = workSoFar(0) + cost.tick * work.ticks + (more ? cost.piece : cost.piece / 2);
  pieceEnd = now + cycles(count);
  busyTime += cycles(count);
  if (core.counters.unmatched != atPieceStart.unmatched)
    host.fault(number, Fault::UnknownKey, fmt::format("key 0x{:08x}", core.current.key),
               core.counters.unmatched - atPieceStart.unmatched);
  moreToDo |= more;
  working = true;
  schedule();
}

void HostProcessor::wake(Time now) {
  scheduled = false;
  if (stalled)
    return;
  while (nextAction < actions.size()) {
    Action &action = actions[nextAction];
    if (pieceStart + cycles(action.at) + slip > now)
      return schedule();
    if (action.isSend) {
      if (!host.canSend(number)) {
        stalled = true;
        stalledSince = now;
        return;
      }
      ++nextAction;
      host.send(number, action.packet, now);
    } else {
      ++nextAction;
      host.transfer(number, action.own, action.address, action.bytes, action.toSystem, now);
    }
  }
  if (pieceEnd + slip > now)
    return schedule();
  working = false;
  if (moreToDo)
    runPiece(now);
}

void HostProcessor::sent(Time now) {
  if (!stalled)
    return;
  stalled = false;
  slip += now - stalledSince;
  busyTime += now - stalledSince;
  schedule();
}

} // namespace engram::spinnaker
