// The fast mode: a core's program as host code, at the time that the cost model says.
#pragma once

#include "runtime/Error.h"
#include "runtime/spinnaker/CostModel.h"
#include "runtime/spinnaker/Processor.h"
#include "runtime/spinnaker/core/core.h"

namespace engram::spinnaker {

/// A shared object with the functions of core/core.h.
class HostProgram {
public:
  static Expected<std::shared_ptr<HostProgram>> load(const std::string &name,
                                                     const std::string &object);
  ~HostProgram();
  decltype(core_init) *init = nullptr;
  decltype(core_packet) *packet = nullptr;
  decltype(core_tick) *tick = nullptr;
  decltype(core_dma_done) *dmaDone = nullptr;
  decltype(core_background) *background = nullptr;

private:
  void *library = nullptr;
};

/// A piece of background work runs at once; what it asks of the machine happens at the time at
/// which a core would have come that far, and packets and ticks that come meanwhile make it longer.
class HostProcessor final : public Processor {
public:
  HostProcessor(ProcessorHost &host, int number, std::shared_ptr<HostProgram> program,
                const CostModel &cost, uint32_t data, uint32_t memoryBytes);

  std::string start() override;
  bool canTake(Time now) override;
  void take(const Packet &packet, Time now) override;
  void tick(Time now) override;
  void transferred(Time now) override;
  void sent(Time now) override;
  void wake(Time now) override;
  core_counters counters() const override { return core.counters; }
  Time busy() const override { return busyTime; }
  bool asleep() const override { return !working; }

private:
  struct Action {
    double at = 0; ///< cycles after the piece began
    bool isSend = false, toSystem = false;
    Packet packet;
    void *own = nullptr;
    uint32_t address = 0, bytes = 0;
  };

  ProcessorHost &host;
  int number;
  std::shared_ptr<HostProgram> program;
  CostModel cost;
  uint32_t data, memoryBytes;
  struct core core{};
  std::vector<uint64_t> memory;
  core_counters atPieceStart{};

  bool working = false, moreToDo = false, stalled = false, scheduled = false;
  Time pieceStart = 0, pieceEnd = 0; ///< end without what comes between
  Time slip = 0;                     ///< what has come between
  Time stalledSince = 0;
  Time fiqFreeAt = 0, registerFreeAt = 0, toldFree = 0;
  std::vector<Action> actions;
  size_t nextAction = 0;
  double extraCycles = 0; ///< direct accesses to SDRAM in this piece
  Time busyTime = 0;

  Time cycles(double count) const;
  void interrupt(double count, Time now);
  void runPiece(Time now);
  void schedule();
  double workSoFar(uint32_t neuronsDone) const;

  static const core_hardware hardware;
  static void hookSend(void *self, uint32_t key, uint32_t payload, uint32_t hasPayload);
  static void hookRead(void *self, void *to, uint32_t from, uint32_t bytes);
  static void hookWrite(void *self, uint32_t to, const void *from, uint32_t bytes);
  static void hookCopy(void *self, void *to, uint32_t from, uint32_t bytes);
  static uint32_t hookLoad(void *self, uint32_t from);
  static void hookStore(void *self, uint32_t to, uint32_t value);
  void badAddress(uint32_t address);
};

} // namespace engram::spinnaker
