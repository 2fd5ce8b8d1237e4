// The golden model: the chip of docs/accelerator.md as memories and arithmetic, without time. The
// RTL equals it after each step in every memory word, spike and counter of events.
#pragma once

#include "runtime/accelerator/Chip.h"
#include "runtime/accelerator/Crossbar.h"
#include "runtime/accelerator/Image.h"
#include "runtime/accelerator/Instruction.h"
#include <vector>

namespace engram::a1 {

/// What a spike carries.
struct Spike {
  uint32_t key = 0;
  int32_t payload = 1; ///< signed, 24 bits
  bool operator==(const Spike &o) const { return key == o.key && payload == o.payload; }
  bool operator<(const Spike &o) const { return key != o.key ? key < o.key : payload < o.payload; }
};

/// Events of a core that do not depend on time; the rest of the counters is the RTL's.
struct CoreCounters {
  uint32_t sops = 0, spikesOut = 0, spikesIn = 0, rows = 0, unrouted = 0, saturations = 0,
           noKey = 0, conversions = 0, drives = 0;
};

class GoldenCore {
public:
  explicit GoldenCore(const ChipParameters &parameters);

  uint32_t read(Memory memory, uint32_t address) const;
  void write(Memory memory, uint32_t address, uint32_t value);
  /// A spike that has arrived: adds its row to the ring.
  void deliver(const Spike &spike, int64_t step);
  /// Converts what the crossbar has added up, then runs the programs of all neurons; appends what
  /// they send.
  void update(int64_t step, std::vector<Spike> &out);
  /// The route of a key at this tile's router; 0 if none matches.
  uint32_t routeOf(uint32_t key) const;

  CoreCounters counters;
  uint32_t flags = 0;
  void report(Cause cause, uint32_t address);

private:
  const ChipParameters &p;
  std::vector<std::vector<uint32_t>> memories; ///< by Memory, in 32-bit parts
  std::vector<CrossbarSums> tiles;

  std::vector<uint32_t> &memory(Memory m) { return memories[static_cast<size_t>(m)]; }
  const std::vector<uint32_t> &memory(Memory m) const { return memories[static_cast<size_t>(m)]; }
  uint32_t ringIndex(uint32_t slot, uint32_t neuron, uint32_t port) const {
    return (slot * p.neurons + neuron) * p.ports + port;
  }
  void add(int64_t step, uint32_t neuron, uint32_t delay, uint32_t port, int64_t value);
  void deliverSegment(const SegmentHeader &header, const uint32_t *words, uint32_t base,
                      int32_t payload, int64_t step);
  void addToRing(int64_t step, uint32_t neuron, uint32_t delay, uint32_t port, int64_t value);
  void deliverToTiles(uint32_t axon, uint32_t word, int32_t payload, int64_t step);
  void convert(int64_t step);
  CrossbarTile tile(size_t index) const {
    return CrossbarTile::decode(&memory(Memory::Tile)[CrossbarSizes::tileParts * index]);
  }
  uint64_t seed() const {
    const auto &registers = memory(Memory::Register);
    return registers[1] | uint64_t(registers[2]) << 32;
  }
  struct Neuron {
    uint32_t index, number, slot;
    const uint32_t *segment;
  };
  void run(const Neuron &neuron, int64_t step, std::vector<Spike> &out);

  uint32_t kept[3] = {}; ///< parts of SYNAPSE until the last one is written
  void writeRegister(uint32_t number, uint32_t value);
};

/// Is told of what moves while a golden chip runs.
class GoldenObserver {
public:
  virtual ~GoldenObserver() = default;
  virtual void delivers(uint32_t core, const Spike &spike) = 0;
  virtual void crosses(uint32_t tile, int link) = 0;
  /// The host's spikes of this step have arrived.
  virtual void updates() = 0;
};

class GoldenChip {
public:
  explicit GoldenChip(const ChipParameters &parameters);
  GoldenChip(const GoldenChip &) = delete;

  const ChipParameters &parameters() const { return p; }
  /// Failure, with nothing changed, if the words are not an image for this chip.
  Expected<void> load(const std::vector<uint32_t> &words);
  /// Injects spikes at the host's port, then all cores update and deliver. Returns the spikes that
  /// reach the host, sorted.
  std::vector<Spike> step(const std::vector<Spike> &injected);
  int64_t stepsDone() const { return now; }

  /// Null for nobody.
  void observe(GoldenObserver *who) { observer = who; }
  GoldenCore &core(uint32_t index) { return cores[index]; }
  const GoldenCore &core(uint32_t index) const { return cores[index]; }

private:
  ChipParameters p;
  std::vector<GoldenCore> cores;
  int64_t now = 0;
  GoldenObserver *observer = nullptr;

  void clear();
  /// From the router where a spike is, along the tables to cores and the host.
  void travel(const Spike &spike, uint32_t tile, std::vector<Spike> &toHost);
};

} // namespace engram::a1
