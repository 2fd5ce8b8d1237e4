// A SpiNNaker machine that runs a package, packet by packet, without a board.
//
// All timers tick together. What a host does (load, write inputs, read recordings) happens between
// two ticks and takes no time.
#pragma once

#include "runtime/spinnaker/CostModel.h"
#include "runtime/spinnaker/Package.h"
#include "runtime/spinnaker/Processor.h"

namespace engram::spinnaker {

enum class Execution {
  Fast, ///< programs as host code, time by the cost model
  Arm   ///< their binaries in an emulator, instruction by instruction
};

struct SimulatorOptions {
  Execution execution = Execution::Fast;
  /// Seconds of the machine's time for a tick; 0: that of the package times `slowDown`.
  double tickSeconds = 0, slowDown = 1;
  RouterOptions router;
  Timing timing;
  /// By kind; empty: measured on the ARM binaries where there are any.
  std::vector<CostModel> costs;
};

/// What one core has done in all ticks.
struct CoreLoadOf {
  Time busy = 0; ///< in all ticks
  Time most = 0; ///< in one
  int64_t mostTick = 0;
  core_counters work{};
};

/// Packets over the links in windows of ticks, which get longer as a run does.
struct TrafficHistory {
  int64_t ticksPerWindow = 1;
  std::vector<std::vector<uint32_t>> windows; ///< [window][6 * chip + link]
};

class Simulator {
public:
  static Expected<std::unique_ptr<Simulator>> create(Package package,
                                                     const SimulatorOptions &options);
  virtual ~Simulator() = default;

  virtual const Package &package() const = 0;
  virtual const std::vector<ChipShape> &chips() const = 0;
  /// Loads everything anew and starts the cores. Failure names the core that cannot start.
  virtual Expected<void> reset() = 0;
  /// A tick, and all that happens until the next one.
  virtual void runTick() = 0;
  virtual int64_t ticksDone() const = 0;
  virtual Time tickTime() const = 0;

  /// The host's view of the memory of a core's chip. Words outside of all regions are 0.
  virtual uint32_t word(size_t core, uint32_t offset) const = 0;
  virtual void setWord(size_t core, uint32_t offset, uint32_t value) = 0;
  virtual bool read(size_t core, uint32_t offset, void *to, uint32_t bytes) const = 0;
  virtual bool write(size_t core, uint32_t offset, const void *from, uint32_t bytes) = 0;

  virtual const FaultLog &faults() const = 0;
  virtual const Fabric &fabric() const = 0;
  virtual RouterCounters routerTotals() const = 0;
  virtual const CoreLoadOf &load(size_t core) const = 0;
  virtual const TrafficHistory &traffic() const = 0;
  virtual const CostModel &cost(size_t kind) const = 0;
  /// The least factor at which the busiest tick so far would have been done in time; 1 at least.
  virtual double slowDownNeeded() const = 0;
  virtual uint64_t eventsDone() const = 0;
  virtual const Memory &memoryOf(size_t chip) const = 0;
};

} // namespace engram::spinnaker
