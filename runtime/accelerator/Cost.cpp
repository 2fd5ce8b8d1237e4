// The timing of docs/accelerator.md, "Timing of a step".
#include "runtime/accelerator/Cost.h"
#include <algorithm>
#include <bitset>

using namespace engram;
using namespace engram::a1;

StepTiming engram::a1::chipTiming() {
  // Measured on the RTL, and as the state machines of rtl/ have them.
  StepTiming t;
  t.step = 23;
  t.stepEnd = 24;
  t.population = 7;
  t.operation = 1;
  t.product = 3;
  t.random = 12;
  t.spike = 1;
  t.synapse = 0.373;
  t.latency = 8;
  t.lanes = 8;
  t.hop = 2;
  t.drive = 1;
  t.noise = 15;
  t.conversion = 26;
  t.conversionsPerCycle = 8;
  return t;
}

// Of a sparse word: by their lowest bits, neurons lie in the lanes' banks, from the row's base on.
static int64_t cyclesOfSparse(const uint32_t *word, uint32_t count) {
  uint32_t neurons[SparseSynapse::perWord];
  for (uint32_t s = 0; s < count; ++s) {
    unsigned low = SparseSynapse::bits * s, part = low / 32;
    uint64_t pair = word[part] | uint64_t(part < 3 ? word[part + 1] : 0) << 32;
    neurons[s] = static_cast<uint32_t>(pair >> low % 32) & 0xff;
  }
  return cyclesOfLanes(neurons, count, chipTiming().lanes);
}

static int64_t lanesOfSegment(const SegmentHeader &header, const uint32_t *words) {
  uint32_t perWord = header.format == SegmentHeader::Sparse   ? SparseSynapse::perWord
                     : header.format == SegmentHeader::Dense8 ? 16
                                                              : 32;
  int64_t cycles = 0;
  uint32_t left = header.synapses;
  for (uint32_t w = 0; w < header.words; ++w) {
    uint32_t count = std::min(left, perWord);
    left -= count;
    cycles += header.format == SegmentHeader::Sparse ? cyclesOfSparse(words + 4 * size_t(w), count)
                                                     : std::max<int64_t>(1, (count + 7) / 8);
  }
  return cycles;
}

RowWork engram::a1::workOfRow(const std::vector<uint32_t> &synapses, uint32_t address) {
  RowWork work;
  int64_t segments = 0, words = 0, lanes = 0;
  for (bool last = false; !last && 4 * (size_t(address) + 1) <= synapses.size();) {
    SegmentHeader header = SegmentHeader::decode(synapses[4 * size_t(address)] |
                                                 uint64_t(synapses[4 * size_t(address) + 1]) << 32);
    size_t data = 4 * (size_t(address) + 1);
    if (data + 4 * size_t(header.words) > synapses.size())
      break;
    ++segments;
    lanes += lanesOfSegment(header, synapses.data() + data);
    words += 1 + header.words;
    work.sops += header.words ? header.synapses : 0;
    address += 1 + header.words;
    last = header.last;
  }
  work.cycles = static_cast<int64_t>(
      cyclesOfRow(chipTiming(), double(segments), double(words), double(lanes)));
  return work;
}

static int64_t slicesOf(const CrossbarTile &tile) {
  return std::count_if(tile.scale.begin(), tile.scale.end(), [](uint32_t s) { return s != 0; });
}

static double bitsOf(uint32_t word) { return static_cast<double>(std::bitset<32>(word).count()); }

double engram::a1::cyclesOfDrive(const CrossbarTile &tile, int32_t payload) {
  double bits = bitsOf(static_cast<uint32_t>(std::abs(int64_t(payload))));
  if (bits == 0 || !CrossbarSums::takes(payload))
    return 0;
  return bits * chipTiming().drive + (tile.noisy ? chipTiming().noise : 0);
}

double engram::a1::cyclesOfConversion(const CrossbarTile &tile, uint32_t drivenBits) {
  return drivenBits ? engram::cyclesOfConversion(chipTiming(), 1, bitsOf(drivenBits),
                                                 slicesOf(tile), tile.columns)
                    : 0;
}

double engram::a1::codesOf(const CrossbarTile &tile, uint32_t drivenBits) {
  return bitsOf(drivenBits) * static_cast<double>(slicesOf(tile) * tile.columns);
}

CoreWork engram::a1::workOfUpdate(const CoreUse &use, const ChipParameters &) {
  CoreWork work;
  if (!use.enabled)
    return work;
  work.after = chipTiming().stepEnd + double(use.segments.size()) * chipTiming().population;
  work.neurons = use.neurons;
  for (const SegmentUse &segment : use.segments)
    for (const ProgramUse &program : use.programs)
      if (program.first == segment.firstInstruction)
        work.programs += double(segment.neurons) * program.cycles;
  return work;
}

double engram::a1::cyclesOfStep(const std::vector<CoreWork> &cores, const ChipParameters &chip) {
  return engram::cyclesOfStep(cores, chipTiming(), chip.columns + chip.rows - 2).sum();
}
