// The numbers and layouts that the chip, its golden model, its image and its compiler share:
// docs/accelerator.md as C++.
#pragma once

#include <cstdint>
#include <string>

namespace engram::a1 {

/// Sizes of a chip; the defaults are the target 'engram-a1'.
struct ChipParameters {
  int columns = 4, rows = 4;
  int neurons = 256, slots = 16, ports = 4, stateWords = 8;
  int instructions = 64, constants = 256, segments = 32;
  int synapseWords = 16384, axons = 4096, keyEntries = 64, routeEntries = 64;
  int accumulatorBits = 24, lanes = 8;
  int crossbars = 4; ///< tiles a core, at most 4; 0 is a chip without

  int cores() const { return columns * rows; }
  /// The sizes as text, for the feature hash.
  std::string text() const;
  /// FNV-1a of the text: chips with the same hash take the same images.
  uint32_t featureHash() const;
  bool operator==(const ChipParameters &o) const { return text() == o.text(); }
};

/// Memories of a core: the field 'memory' of control flits and the type of an image's section.
enum class Memory : uint32_t {
  Register,
  Program,
  State,
  Synapse,
  Axon,
  KeyMap,
  Ring,
  Route,
  Constant,
  Segment,
  Spikes,
  Cell,
  Tile,
  Noise
};
constexpr int numMemories = 14;
const char *memoryName(Memory memory);

/// Size of a memory in 32-bit parts, by which it is addressed. Parts that an entry does not use are
/// holes, which read as zero.
uint32_t memoryParts(Memory memory, const ChipParameters &parameters);

/// Registers of a core.
enum class Register : uint32_t {
  Control = 0,
  SeedLow = 1,
  SeedHigh = 2,
  Flags = 8,
  FirstErrorCause = 9,
  FirstErrorAddress = 10,
  Sops = 16,
  SpikesOut,
  SpikesIn,
  Stalls,
  UpdateCycles,
  EccCorrected,
  EccDouble,
  Parity,
  Unrouted,
  Saturations,
  Rows,
  Conversions,
  Drives,
  CrossbarCycles,
  Inject = 32,
  InjectLow,
  InjectHigh,
  InjectCheck
};

/// Bits of the register Flags.
enum Flag : uint32_t {
  FlagSaturated = 1u << 0,
  FlagUnrouted = 1u << 1,
  FlagParity = 1u << 2,
  FlagEccCorrected = 1u << 3,
  FlagEccDouble = 1u << 4,
  FlagNoKey = 1u << 5,
  FlagIllegal = 1u << 6
};

/// Causes of errors, of the chip and of its loader.
enum class Cause : uint32_t {
  None,
  Magic,
  Version,
  FeatureHash,
  Section,
  SectionCrc,
  EndCrc,
  Length,
  NotLoaded,
  Address,
  EccDouble,
  Parity,
  Unrouted,
  NoKey,
  Illegal
};
const char *causeText(Cause cause);

/// Bits of a route.
constexpr uint32_t routeLocal = 1u << 4, routeHost = 1u << 5;

/// The header of a segment of a row.
struct SegmentHeader {
  enum Format : uint32_t { Sparse, Dense8, Dense4 };
  uint32_t format = Sparse;
  bool last = true;
  uint32_t words = 0;    ///< of data, 12 bits
  uint32_t first = 0;    ///< dense: neuron, before the base is added
  uint32_t synapses = 1; ///< 1 to 512
  uint32_t delay = 0, port = 0;
  uint32_t shift = 0;

  uint64_t encode() const;
  static SegmentHeader decode(uint64_t word);
};

/// A synapse of a sparse word: five a word of 128 bits, 22 bits each.
struct SparseSynapse {
  uint32_t index = 0, port = 0, delay = 0;
  int32_t weight = 0;

  static constexpr int perWord = 5, bits = 22;
  uint32_t encode() const;
  static SparseSynapse decode(uint32_t bits);
};

/// CRC-32 (IEEE 802.3) of bytes.
uint32_t crc32(const uint8_t *bytes, size_t count, uint32_t before = 0);

} // namespace engram::a1
