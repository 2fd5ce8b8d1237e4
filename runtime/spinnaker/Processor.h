// A core in time: the program that it runs, and what it sees of its chip.
#pragma once

#include "runtime/spinnaker/Fabric.h"
#include "runtime/spinnaker/Layout.h"
#include "runtime/spinnaker/Memory.h"

namespace engram::spinnaker {

/// What a chip does for its cores.
class ProcessorHost {
public:
  virtual ~ProcessorHost() = default;
  virtual const Timing &timing() const = 0;
  virtual Memory &memory(int core) = 0;
  /// Calls `wake` then.
  virtual void wakeAt(int core, Time time) = 0;
  /// The transmit register; `sent` is called when it is free again.
  virtual bool canSend(int core) const = 0;
  virtual void send(int core, Packet packet, Time now) = 0;
  /// Later than now, when the register is free then.
  virtual void sendAt(int core, Packet packet, Time time) = 0;
  /// The receive register is free again.
  virtual void received(int core, Time time) = 0;
  /// Starts a transfer; what it moves is moved at its end, when `transferred` is called.
  virtual void transfer(int core, void *own, uint32_t address, uint32_t bytes, bool toSystem,
                        Time now) = 0;
  virtual void fault(int core, Fault fault, const std::string &what, uint64_t count) = 0;
};

class Processor {
public:
  virtual ~Processor() = default;
  /// Loads and starts the program; why it cannot start, or an empty text.
  virtual std::string start() = 0;
  /// Whether the receive register is free.
  virtual bool canTake(Time now) = 0;
  virtual void take(const Packet &packet, Time now) = 0;
  virtual void tick(Time now) = 0;
  virtual void transferred(Time now) = 0;
  virtual void sent(Time now) = 0;
  virtual void wake(Time now) = 0;
  /// What the program has counted.
  virtual core_counters counters() const = 0;
  /// Time in which it was not asleep, until now.
  virtual Time busy() const = 0;
  virtual bool asleep() const = 0;
};

} // namespace engram::spinnaker
