// What cores have in common whose binaries run in Unicorn: devices, slices of time, blocks. For
// this folder's sources alone.
#pragma once

#include "runtime/spinnaker/ArmCycles.h"
#include "runtime/spinnaker/ArmProcessor.h"
#include <cstdlib>
#include <unicorn/unicorn.h>
#include <unordered_map>

namespace engram::spinnaker {

/// Registers are at the addresses of core/arm/registers.h. Unicorn knows no interrupts: a derived
/// class enters them by hand.
class ArmCore : public Processor {
public:
  ArmCore(ProcessorHost &host, int number, std::shared_ptr<const ArmProgram> program,
          const ArmCoreSetup &setup)
      : host(host), number(number), program(std::move(program)), setup(setup) {}
  ~ArmCore() override {
    if (engine)
      uc_close(engine);
  }

  /// Why there can be none, or an empty text.
  virtual std::string open() = 0;
  bool canTake(Time now) override { return !registerFull && now >= registerFreeAt; }
  void take(const Packet &packet, Time now) override;
  void tick(Time now) override;
  void transferred(Time now) override;
  void sent(Time) override { transmitFull = false; }
  void wake(Time now) override;
  Time busy() const override { return busyTime; }
  bool asleep() const override { return sleeping; }

protected:
  /// Assumptions: a register of the core's own devices, a word of SDRAM or of the system's memory.
  static constexpr uint32_t deviceCycles = 3, systemCycles = 20;
  static constexpr uint32_t page = 0x1000;

  ProcessorHost &host;
  int number;
  std::shared_ptr<const ArmProgram> program;
  ArmCoreSetup setup;
  uc_engine *engine = nullptr;

  // Time: 'sliceStart' and the cycles since.
  Time sliceStart = 0;
  uint64_t cycles = 0, sliceLimit = 100;
  uint32_t blockEnd = 0;
  std::string stopped;

  // Interrupt lines, and those that the program wants.
  uint32_t raw = 0, enabled = 0;

  Time localTime() const { return sliceStart + Time(cycles) * host.timing().cpuCycle; }
  void stop(const std::string &why);
  /// Runs from an entry until the core waits for the first interrupt; why it does not.
  std::string runToSleep(uint32_t entry);
  void clearDevices();
  static std::string whyNotStarted(uint32_t result);
  /// Maps SDRAM and devices, and adds the hooks.
  bool mapDevices();
  template <uint32_t base> bool mapDevice(uint32_t size) {
    return uc_mmio_map(engine, base, size, readAt<base>, this, writeAt<base>, this) == UC_ERR_OK;
  }

  /// True if an interrupt was entered: what is pending and not masked.
  virtual bool enterInterrupt() = 0;
  /// Before the block at an address; true if the core is to stop there, as it is done with an
  /// interrupt.
  virtual bool endsInterrupt(uint32_t) { return false; }
  /// After a slice that `endsInterrupt` ended.
  virtual void leaveInterrupt() {}
  virtual BlockCycles countBlock(uint32_t begin, uint32_t size) const = 0;
  /// For a transfer; null if they are not the core's.
  virtual uint8_t *ownBytes(uint32_t address, uint32_t bytes) = 0;
  virtual uint32_t readDevice(uint32_t address);
  virtual void writeDevice(uint32_t address, uint32_t value, unsigned size);

  uint32_t fiqLines = 0;

private:
  uc_hook blockHook = 0, faultHook = 0;
  std::unordered_map<uint32_t, BlockCycles> blocks;
  uint32_t notTaken = 0, sleepPc = 0;
  bool sleeping = false, scheduled = false, starting = false, interruptEnds = false;
  Time busyTime = 0;

  // Devices.
  bool registerFull = false, transmitFull = false, timerRuns = false;
  Time registerFreeAt = 0;
  Packet received;
  uint32_t txData = 0, rsr = 0;
  bool txHasData = false;
  uint32_t dmaSystem = 0, dmaOwn = 0;

  void run(Time now, uint64_t limit);
  void interrupt(Time now);
  void startTransfer(uint32_t description);

  static void onBlock(uc_engine *, uint64_t address, uint32_t size, void *self);
  template <uint32_t base>
  static uint64_t readAt(uc_engine *, uint64_t offset, unsigned, void *self) {
    return static_cast<ArmCore *>(self)->readDevice(base + static_cast<uint32_t>(offset));
  }
  template <uint32_t base>
  static void writeAt(uc_engine *, uint64_t offset, unsigned size, uint64_t value, void *self) {
    static_cast<ArmCore *>(self)->writeDevice(base + static_cast<uint32_t>(offset),
                                              static_cast<uint32_t>(value), size);
  }
  static uint64_t readSdram(uc_engine *, uint64_t offset, unsigned, void *self);
  static void writeSdram(uc_engine *, uint64_t offset, unsigned, uint64_t value, void *self);
  static bool onFault(uc_engine *, uc_mem_type, uint64_t address, int, int64_t, void *self);
};

std::unique_ptr<ArmCore> makeCortexCore(ProcessorHost &host, int number,
                                        std::shared_ptr<const ArmProgram> program,
                                        const ArmCoreSetup &setup);

} // namespace engram::spinnaker
