// Layouts of the chip.
#include "runtime/accelerator/Chip.h"
#include "runtime/accelerator/Crossbar.h"
#include <array>
#include <fmt/format.h>

using namespace engram::a1;

std::string ChipParameters::text() const {
  return fmt::format(
      "columns={} rows={} neurons={} slots={} ports={} state_words={} instructions={} "
      "constants={} segments={} synapse_words={} axons={} key_entries={} "
      "route_entries={} accumulator_bits={} lanes={} crossbars={}",
      columns, rows, neurons, slots, ports, stateWords, instructions, constants, segments,
      synapseWords, axons, keyEntries, routeEntries, accumulatorBits, lanes, crossbars);
}

uint32_t ChipParameters::featureHash() const {
  uint32_t hash = 2166136261u;
  for (unsigned char c : text())
    hash = (hash ^ c) * 16777619u;
  return hash;
}

const char *engram::a1::memoryName(Memory memory) {
  static const char *names[] = {"register", "program", "state", "synapse",  "axon",
                                "key map",  "ring",    "route", "constant", "segment",
                                "spikes",   "cell",    "tile",  "noise"};
  return names[static_cast<uint32_t>(memory)];
}

uint32_t engram::a1::memoryParts(Memory memory, const ChipParameters &p) {
  switch (memory) {
  case Memory::Register:
    return 64;
  case Memory::Program:
    return 2 * p.instructions;
  case Memory::State:
    return p.neurons * p.stateWords;
  case Memory::Synapse:
    return 4 * p.synapseWords;
  case Memory::Axon:
    return p.axons;
  case Memory::KeyMap:
    return 4 * p.keyEntries;
  case Memory::Ring:
    return p.slots * p.neurons * p.ports;
  case Memory::Route:
    return 4 * p.routeEntries;
  case Memory::Constant:
    return p.constants;
  case Memory::Segment:
    return 8 * p.segments;
  case Memory::Spikes:
    return (p.neurons + 31) / 32;
  case Memory::Cell:
    return p.crossbars * CrossbarSizes::rows * CrossbarSizes::cellParts;
  case Memory::Tile:
    return p.crossbars * CrossbarSizes::tileParts;
  case Memory::Noise:
    return p.crossbars ? CrossbarSizes::noiseWords * CrossbarSizes::noiseParts : 0;
  }
  return 0;
}

const char *engram::a1::causeText(Cause cause) {
  static const char *texts[] = {"no error",
                                "not an image: the magic number is another one",
                                "a version of the image that this chip does not know",
                                "an image for a chip with other sizes",
                                "a section beyond the chip or the memory",
                                "the checksum of a section does not fit its data",
                                "the checksum at the end does not fit the image",
                                "the image is shorter or longer than it says",
                                "no image is loaded",
                                "an address beyond the memory",
                                "two bits of a memory word are wrong",
                                "a flit with wrong parity",
                                "a spike that no routing entry matches",
                                "a spike that no entry of the key map matches",
                                "an instruction that there is not"};
  return texts[static_cast<uint32_t>(cause)];
}

uint64_t SegmentHeader::encode() const {
  return uint64_t(format & 3) | uint64_t(last) << 2 | uint64_t(words & 0xfff) << 3 |
         uint64_t(first & 0xff) << 15 | uint64_t((synapses - 1) & 0x1ff) << 23 |
         uint64_t(delay & 0xf) << 32 | uint64_t(port & 3) << 36 | uint64_t(shift & 0x1f) << 38;
}

SegmentHeader SegmentHeader::decode(uint64_t word) {
  SegmentHeader header;
  header.format = word & 3;
  header.last = word >> 2 & 1;
  header.words = word >> 3 & 0xfff;
  header.first = word >> 15 & 0xff;
  header.synapses = (word >> 23 & 0x1ff) + 1;
  header.delay = word >> 32 & 0xf;
  header.port = word >> 36 & 3;
  header.shift = word >> 38 & 0x1f;
  return header;
}

uint32_t SparseSynapse::encode() const {
  return (index & 0xff) | (port & 3) << 8 | (delay & 0xf) << 10 |
         (static_cast<uint32_t>(weight) & 0xff) << 14;
}

SparseSynapse SparseSynapse::decode(uint32_t word) {
  return {word & 0xff, word >> 8 & 3, word >> 10 & 0xf, static_cast<int8_t>(word >> 14 & 0xff)};
}

uint32_t engram::a1::crc32(const uint8_t *bytes, size_t count, uint32_t before) {
  static const std::array<uint32_t, 256> table = [] {
    std::array<uint32_t, 256> t{};
    for (uint32_t i = 0; i < 256; ++i) {
      uint32_t c = i;
      for (int k = 0; k < 8; ++k)
        c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
      t[i] = c;
    }
    return t;
  }();
  uint32_t crc = ~before;
  for (size_t i = 0; i < count; ++i)
    crc = table[(crc ^ bytes[i]) & 0xff] ^ (crc >> 8);
  return ~crc;
}
