// What a machine is built of, and how fast its parts are.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace engram::spinnaker {

/// Picoseconds since the machine started.
using Time = int64_t;
constexpr Time never = INT64_MAX;
constexpr Time nanosecond = 1000, microsecond = 1000000, millisecond = 1000000000;

constexpr int numLinks = 6;
/// 0 = E, 1 = NE, 2 = N, 3 = W, 4 = SW, 5 = S.
extern const char *const linkNames[numLinks];
constexpr int opposite(int link) { return (link + 3) % numLinks; }

struct ChipShape {
  int x = 0, y = 0;
  int cores = 0; ///< that run programs; core p is processor p + 1, 0 is the monitor
  /// The chips that the links lead to, -1 for none, and whether they are on another board.
  std::array<int32_t, numLinks> neighbours{-1, -1, -1, -1, -1, -1};
  std::array<bool, numLinks> toOtherBoard{};
};

/// Rates and delays. Where the data sheet or measurements say nothing, an assumption says so.
struct Timing {
  Time cpuCycle = 5000;      ///< 200 MHz
  Time routerCycle = 7500;   ///< 133 MHz: a packet a cycle
  Time link = 220000;        ///< of a packet of 40 bits from router to router
  Time linkPayload = 380000; ///< of one of 72 bits
  /// Boards are joined by FPGAs over serial lines of 3 Gbit/s with an 8b/10b code, each for eight
  /// links (Plana et al. 2020, spiNNlink, IEEE Access 8): 300 Mbit/s a link, more than the link
  /// from chip to FPGA passes on. What they add is delay: two FPGAs and frames of eight packets
  /// (assumption), with credit for this many packets on their way.
  Time boardDelay = 900000;
  int boardCredit = 64;
  /// Of the memory, shared by the cores of a chip: 1 GB/s is the peak of the data sheet, about 0.6
  /// of it is left for bursts of transfers (assumption).
  int64_t sdramBytesPerSecond = 600000000;
  /// The monitor: its timer, and its time for a packet, in or out (assumption).
  Time monitorPeriod = 10 * microsecond, monitor = 500 * nanosecond;
  Time dmaSetup = 300000; ///< until the first word comes (assumption)
};

/// What the system software sets in the routers.
struct RouterOptions {
  /// Cycles of the router that a blocked packet waits before and, with an emergency route, after it
  /// tries that one. 240 and 0 are what the system software sets.
  int wait = 240, emergencyWait = 0;
  /// Dumped packets come back: a monitor on each chip takes them into a ring and sends them again;
  /// it sets the wait to 480 cycles.
  bool reinjection = true;
  int reinjectionWait = 480, reinjectionRing = 4096;
  /// Ticks until the routers' time phase moves on; 0: never, as the system software leaves it.
  int phaseTicks = 0;

  int waitCycles() const { return reinjection ? reinjectionWait : wait; }
};

/// The wait that a byte of the router's control register stands for (data sheet, register r0):
/// mantissa [3:0] and exponent [7:4].
int waitOfRegister(uint8_t code);

} // namespace engram::spinnaker
