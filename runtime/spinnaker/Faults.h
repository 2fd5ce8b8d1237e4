// What goes wrong on a machine: counted, and the first of each kind located.
#pragma once

#include "runtime/spinnaker/Shape.h"

namespace engram::spinnaker {

enum class Fault {
  Dumped,       ///< a packet that stayed blocked, lost
  DumpOverflow, ///< a second packet was dumped before the monitor had taken the first
  RingFull,     ///< the monitor had no room for a dumped packet
  NoRoute,      ///< a packet of a core matched no entry
  DeadLink,     ///< a route leads over a link that is not there
  DeadCore,     ///< a route leads to a core that is not there
  Parity,       ///< a packet with even parity
  OldPacket,    ///< a packet two time phases old
  Loop,         ///< a packet that has crossed more links than there are
  Late,         ///< a packet came in another tick than it was sent
  Overrun,      ///< a tick came before a core had done the step before
  CoreBuffer,   ///< a core had no room for a packet
  UnknownKey,   ///< a core got a packet that it has no rows for
  Recording,    ///< a core found no room for a step that is recorded
  Input,        ///< the host had not written a step of a source in time
  CoreStopped,  ///< a program did what it must not
};
constexpr int numFaults = int(Fault::CoreStopped) + 1;
/// As counters name it: "packets dumped".
const char *faultName(Fault fault);

class FaultLog {
public:
  void add(Fault fault, const std::string &where, uint64_t count = 1);
  /// Only counts.
  void add(Fault fault, uint64_t count = 1) { counts[int(fault)] += count; }
  bool wantsText(Fault fault) const { return texts[int(fault)].size() < textsKept; }
  uint64_t count(Fault fault) const { return counts[int(fault)]; }
  bool any() const;
  void clear() { *this = FaultLog(); }
  /// One sentence for each kind that there was; empty if all is well.
  std::string summary() const;
  /// Where the first of them were.
  const std::vector<std::string> &located(Fault fault) const { return texts[int(fault)]; }

private:
  static constexpr size_t textsKept = 8;
  std::array<uint64_t, numFaults> counts{};
  std::array<std::vector<std::string>, numFaults> texts;
};

} // namespace engram::spinnaker
