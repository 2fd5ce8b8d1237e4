// The timing of docs/accelerator.md, "Timing of a step".
#include "runtime/accelerator/Cost.h"
#include <algorithm>
#include <bitset>
#include <cmath>
#include <limits>

using namespace engram::a1;

namespace {

/// Of the host and the barrier, whatever a step holds; measured on the RTL, like what follows.
constexpr double stepCycles = 12;
/// From a spike at the router until its row is in the ring, once behind the last one; until it has
/// driven its row of a crossbar, or was found to have no row.
constexpr double injectLatency = 9, spikeLatency = 8, rowlessLatency = 5;
constexpr double hopCycles = 2;
/// A spike takes the key map and the axon table this long, also one without a row.
constexpr double cyclesOfSpike = 1;
/// Of a crossbar: the random bits of a row in a noisy tile; a tile's settings and the way through
/// its converters.
constexpr double noiseCycles = 15, conversionCycles = 26;
constexpr double converters = 8;
/// Words of a row are fetched one a cycle, and another row's after one more.
constexpr int64_t fetchLatency = 1;

// Lanes are banks of the ring, by the neuron's lowest bits: synapses of a word are taken in their
// order until one has a bank that is taken.
int64_t cyclesOfSparse(const uint32_t *word, uint32_t count) {
  int64_t cycles = 1;
  uint32_t taken = 0;
  for (uint32_t s = 0; s < count; ++s) {
    unsigned low = SparseSynapse::bits * s, part = low / 32;
    uint64_t pair = word[part] | uint64_t(part < 3 ? word[part + 1] : 0) << 32;
    uint32_t bank = 1u << (pair >> low % 32 & 7);
    if (taken & bank) {
      ++cycles;
      taken = 0;
    }
    taken |= bank;
  }
  return cycles;
}

int64_t cyclesOfSegment(const SegmentHeader &header, const uint32_t *words) {
  uint32_t perWord = header.format == SegmentHeader::Sparse   ? SparseSynapse::perWord
                     : header.format == SegmentHeader::Dense8 ? 16
                                                              : 32;
  int64_t cycles = 1;
  uint32_t left = header.synapses;
  for (uint32_t w = 0; w < header.words; ++w) {
    uint32_t count = std::min(left, perWord);
    left -= count;
    cycles += header.format == SegmentHeader::Sparse ? cyclesOfSparse(words + 4 * size_t(w), count)
                                                     : std::max<int64_t>(1, (count + 7) / 8);
  }
  return cycles;
}

} // namespace

RowWork engram::a1::workOfRow(const std::vector<uint32_t> &synapses, uint32_t address) {
  RowWork work;
  int64_t words = 0;
  for (bool last = false; !last && 4 * (size_t(address) + 1) <= synapses.size();) {
    SegmentHeader header = SegmentHeader::decode(synapses[4 * size_t(address)] |
                                                 uint64_t(synapses[4 * size_t(address) + 1]) << 32);
    size_t data = 4 * (size_t(address) + 1);
    if (data + 4 * size_t(header.words) > synapses.size())
      break;
    work.cycles += cyclesOfSegment(header, synapses.data() + data);
    words += 1 + header.words;
    work.sops += header.words ? header.synapses : 0;
    address += 1 + header.words;
    last = header.last;
  }
  work.cycles = std::max(work.cycles, words + fetchLatency);
  return work;
}

double engram::a1::cyclesOfDrive(const CrossbarTile &tile, int32_t payload) {
  auto bits = static_cast<double>(std::bitset<32>(std::abs(int64_t(payload))).count());
  return bits == 0 || !CrossbarSums::takes(payload) ? 0 : bits + (tile.noisy ? noiseCycles : 0);
}

double engram::a1::cyclesOfConversion(const CrossbarTile &tile, uint32_t drivenBits) {
  if (!drivenBits)
    return 0;
  auto slices = static_cast<double>(
      std::count_if(tile.scale.begin(), tile.scale.end(), [](uint32_t s) { return s != 0; }));
  return conversionCycles + static_cast<double>(std::bitset<32>(drivenBits).count()) * slices *
                                std::ceil(tile.columns / converters);
}

void CoreWork::Arrivals::add(double rowCycles, double rowSops, double driveCycles) {
  double &end = driveCycles > 0 ? driveEnd : rowEnd;
  double start = rowCycles > 0 || driveCycles > 0 ? std::max(next, end) : next;
  next = start + cyclesOfSpike;
  end = std::max(end, start + rowCycles + driveCycles);
  spikes += 1;
  cycles += rowCycles;
  sops += rowSops;
  drives += driveCycles;
  busy = std::max({next, rowEnd, driveEnd});
}

void CoreWork::Arrivals::add(const Arrivals &other) {
  spikes += other.spikes;
  cycles += other.cycles;
  sops += other.sops;
  drives += other.drives;
  busy += other.busy;
}

UpdateWork engram::a1::workOfUpdate(const CoreUse &use, const ChipParameters &chip) {
  UpdateWork work;
  if (!use.enabled) {
    work.before = 3;
    return work;
  }
  auto valid = static_cast<double>(use.segments.size());
  work.before = 3 + std::min(8 * valid, 8.0);
  work.after = std::max(8 * valid - 8, 0.0) + chip.segments - valid;
  work.neurons = use.neurons;
  for (const SegmentUse &segment : use.segments)
    for (const ProgramUse &program : use.programs)
      if (program.first == segment.firstInstruction)
        work.programs += double(segment.neurons) * program.cycles;
  return work;
}

double engram::a1::cyclesOfStep(const std::vector<CoreWork> &cores, const ChipParameters &chip) {
  double inject = 0, update = 0;
  // Programs run from the earliest to the latest of these, and spikes come meanwhile.
  double begin = std::numeric_limits<double>::infinity(), end = 0;
  bool arrives = false, sent = false;
  for (const CoreWork &core : cores) {
    arrives |= core.host.spikes > 0;
    sent |= core.cores.spikes > 0;
    if (core.host.spikes > 0)
      inject = std::max(inject,
                        core.host.busy + (core.host.cycles > 0 ? injectLatency : rowlessLatency));
    if (core.update.programs > 0)
      begin = std::min(begin, core.conversion + core.update.before);
    end = std::max(end, core.conversion + core.update.before + core.update.programs);
  }
  begin = std::min(begin, end);
  for (const CoreWork &core : cores) {
    const UpdateWork &own = core.update;
    update = std::max(update, core.conversion + own.before + own.programs + own.after);
    double deliver = core.cores.busy;
    if (deliver == 0)
      continue;
    // An update that takes a neuron's sums holds up a row for a cycle, if it is at the same bank.
    double lanes = core.cores.cycles > 0 ? core.cores.sops / (8 * core.cores.cycles) : 0;
    double overlap = own.programs > 0 ? std::min(1.0, deliver / own.programs) : 0;
    deliver += own.neurons * overlap * lanes;
    // Spikes come evenly while programs run; the last one's row is behind them all. A crossbar that
    // converts takes none.
    double first = begin + (end - begin) / (core.cores.spikes + 1);
    if (core.cores.drives > 0)
      first = std::max(first, core.conversion);
    double last = end + deliver / std::max(core.cores.spikes, 1.0);
    double latency = core.cores.cycles > 0 ? spikeLatency : rowlessLatency;
    update = std::max({update, first + deliver + latency, last + latency});
  }
  double hops = hopCycles * (chip.columns + chip.rows - 2);
  return stepCycles + (arrives ? inject + hops : 0) + update + (sent ? hops : 0);
}
