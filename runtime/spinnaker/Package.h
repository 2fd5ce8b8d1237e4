// What the compiler writes for a SpiNNaker machine, and what its simulator loads: a folder with a
// manifest, a program for each kind of core, data for each core, a routing table for each chip.
#pragma once

#include "runtime/Error.h"
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engram::spinnaker {

/// The machine as far as running needs it.
struct MachineShape {
  std::string target;
  int version = 1; ///< 1 or 2: of the chip
  int width = 1, height = 1;
  bool wraps = false;
  int coresPerChip = 17; ///< that run programs
  std::vector<std::pair<int, int>> absent;
  struct Link {
    int x = 0, y = 0, link = 0;
  };
  std::vector<Link> deadLinks; ///< dead in both directions, named from one end
  double stepSeconds = 0.001;
};

/// A program. The ELF is what a core runs, the shared object has the functions of core/core.h for a
/// host; one of both may be empty, which means that it was not made.
struct PackageKind {
  std::string name;
  std::string elf, object;
  uint32_t codeBytes = 0; ///< of the ELF in ITCM, vectors and constants included
};

struct RouteEntry {
  uint32_t key = 0, mask = 0;
  uint32_t route = 0;             ///< bits 0-5 links, bit 6 + processor a core
  std::array<uint32_t, 4> more{}; ///< bits 32 to 159 of the same, for chips of more cores

  bool hasLink(int link) const { return route >> link & 1; }
  bool hasCore(int p) const { ///< core p is processor p + 1
    int bit = 7 + p;
    return (bit < 32 ? route : more[bit / 32 - 1]) >> bit % 32 & 1;
  }
  void addLink(int link) { route |= 1u << link; }
  void addCore(int p) {
    int bit = 7 + p;
    (bit < 32 ? route : more[bit / 32 - 1]) |= 1u << bit % 32;
  }
};

/// A chip that has a table.
struct PackageChip {
  int x = 0, y = 0;
  std::vector<RouteEntry> table; ///< the first that matches is taken
};

struct PackageCore {
  int x = 0, y = 0, p = 0; ///< processor p + 1
  std::string name;        ///< of the mapping's core; "sources..." for one of sources
  uint32_t kind = 0;       ///< in Package::kinds
  uint32_t address = 0;    ///< of its data in the chip's SDRAM
  uint32_t bytes = 0;      ///< reserved there; what is behind `data` is 0
  std::vector<uint32_t> data;
  uint32_t memoryBytes = 0; ///< of its own memory that core_init needs
};

/// Where the neurons of a population, or of a source, are.
struct Part {
  uint32_t core = 0;           ///< in Package::cores
  std::vector<int64_t> ranges; ///< [first, end, first, end, ...): neurons, in the order of the core
  uint32_t first = 0;          ///< of a source: word of the first in a step of the core's input
};

/// What one word (two of more than 32 bits, the low one first) of a neuron's record is.
struct Variable {
  std::string name;
  uint32_t word = 0;
  int bits = 32; ///< of the number; its container has 32, or 64 if it has more
  bool isSigned = true;
  int fractionBits = 0;
};

/// What the number of a port in synapses' types means.
struct Port {
  std::string name;
  int fractionBits = 0; ///< of its sums
};

struct PackagePopulation {
  std::string name;
  int64_t neurons = 0;
  std::vector<Part> parts;
  std::vector<Variable> states;
  std::vector<Port> ports; ///< those that synapses lead to
  Variable output;         ///< as packets carry it; 0 or 1 if it is not graded
  bool graded = false;
};

struct PackageSource {
  std::string name;
  int64_t neurons = 0;
  int fractionBits = 0;
  std::vector<Part> parts; ///< empty: no synapse leaves it
};

struct Package {
  MachineShape machine;
  std::string network;
  bool defaultRoutes = false;
  std::vector<PackageKind> kinds;
  std::vector<PackageCore> cores;
  std::vector<PackageChip> chips;
  std::vector<PackagePopulation> populations; ///< in the order of the network
  std::vector<PackageSource> sources;
  int latency = 1; ///< step t can be read after tick t + latency
};

/// The bytes of a routing table: `rtr_entry` records of 16 bytes, u16 next, u16 free, u32 route,
/// u32 key, u32 mask, and a last one of ones. Those of version 2 have five words of route: 32
/// bytes.
std::string encodeTable(const std::vector<RouteEntry> &table, int version);
Expected<std::vector<RouteEntry>> decodeTable(std::string_view bytes, int version);

/// Writes a folder, as a whole or not at all; one that is a package already is replaced.
Expected<void> writePackage(const Package &package, const std::string &folder);

/// Reads one, and checks all of it: no data can make a reader go astray. Errors name file and
/// field.
Expected<Package> readPackage(const std::string &folder);

} // namespace engram::spinnaker
