// The golden model of the chip.
#include "runtime/reference/GoldenChip.h"
#include "runtime/Philox.h"
#include <algorithm>

using namespace engram;
using namespace engram::a1;

//===-- memories
//-----------------------------------------------------------------------------------===//

GoldenCore::GoldenCore(const ChipParameters &parameters)
    : p(parameters), tiles(parameters.crossbars) {
  for (int m = 0; m < numMemories; ++m)
    memories.emplace_back(memoryParts(static_cast<Memory>(m), p));
}

uint32_t GoldenCore::read(Memory m, uint32_t address) const {
  if (m == Memory::Register) {
    switch (static_cast<Register>(address)) {
    case Register::Flags:
      return flags;
    case Register::Sops:
      return counters.sops;
    case Register::SpikesOut:
      return counters.spikesOut;
    case Register::SpikesIn:
      return counters.spikesIn;
    case Register::Unrouted:
      return counters.unrouted;
    case Register::Saturations:
      return counters.saturations;
    case Register::Rows:
      return counters.rows;
    case Register::Conversions:
      return counters.conversions;
    case Register::Drives:
      return counters.drives;
    default:
      break;
    }
  }
  const auto &words = memory(m);
  return address < words.size() ? words[address] : 0;
}

// Only what the hardware has: other registers and bits read as zero.
void GoldenCore::writeRegister(uint32_t number, uint32_t value) {
  uint32_t &word = memory(Memory::Register)[number];
  switch (static_cast<Register>(number)) {
  case Register::Flags:
    flags = value & 0x7f;
    break;
  case Register::FirstErrorCause:
    word = value & 0xf;
    break;
  case Register::InjectCheck:
    word = value & 0xff;
    break;
  case Register::Control:
  case Register::SeedLow:
  case Register::SeedHigh:
  case Register::FirstErrorAddress:
  case Register::Inject:
  case Register::InjectLow:
  case Register::InjectHigh:
    word = value;
    break;
  default:
    break;
  }
}

void GoldenCore::write(Memory m, uint32_t address, uint32_t value) {
  auto &words = memory(m);
  if (address >= words.size())
    return;
  bool isHole = address % 4 == 3;
  switch (m) {
  case Memory::Register:
    return writeRegister(address, value);
  case Memory::Spikes:
    return;
  case Memory::Synapse:
    // The last part writes the word.
    if (!isHole) {
      kept[address % 4] = value;
      return;
    }
    std::copy(kept, kept + 3, &words[address - 3]);
    words[address] = value;
    return;
  case Memory::KeyMap:
  case Memory::Route:
    if (address % 4 == 2)
      value &= 1u << 31 | (m == Memory::Route ? 0x3f : static_cast<uint32_t>(p.axons) - 1);
    words[address] = isHole ? 0 : value;
    return;
  case Memory::Ring:
    words[address] = value & 0xffffff;
    return;
  default:
    words[address] = value;
  }
}

void GoldenCore::report(Cause cause, uint32_t address) {
  auto &first = memory(Memory::Register)[static_cast<uint32_t>(Register::FirstErrorCause)];
  if (first)
    return;
  first = static_cast<uint32_t>(cause);
  memory(Memory::Register)[static_cast<uint32_t>(Register::FirstErrorAddress)] = address;
}

//===-- spikes
//-------------------------------------------------------------------------------------===//

uint32_t GoldenCore::routeOf(uint32_t key) const {
  const auto &routes = memory(Memory::Route);
  for (int k = 0; k < p.routeEntries; ++k)
    if (routes[4 * k + 2] >> 31 && (key & routes[4 * k + 1]) == routes[4 * k])
      return routes[4 * k + 2] & 0x3f;
  return 0;
}

void GoldenCore::addToRing(int64_t step, uint32_t neuron, uint32_t delay, uint32_t port,
                           int64_t value) {
  auto slot = static_cast<uint32_t>((step + delay) % p.slots);
  uint32_t &sum = memory(Memory::Ring)[ringIndex(slot, neuron % p.neurons, port)];
  sum = static_cast<uint32_t>(sum + value) & 0xffffff;
}

void GoldenCore::add(int64_t step, uint32_t neuron, uint32_t delay, uint32_t port, int64_t value) {
  addToRing(step, neuron, delay, port, value);
  ++counters.sops;
}

void GoldenCore::deliverSegment(const SegmentHeader &header, const uint32_t *words, uint32_t base,
                                int32_t payload, int64_t step) {
  auto scaled = [&](int32_t weight) {
    return static_cast<int64_t>(static_cast<uint64_t>(int64_t(weight) * payload) << header.shift);
  };
  uint32_t perWord = header.format == SegmentHeader::Sparse   ? SparseSynapse::perWord
                     : header.format == SegmentHeader::Dense8 ? 16
                                                              : 32;
  // What the header says beyond its words does not exist.
  uint32_t synapses = std::min(header.synapses, header.words * perWord);
  for (uint32_t k = 0; k < synapses; ++k) {
    if (header.format == SegmentHeader::Sparse) {
      // Five synapses of 22 bits a word of four parts.
      const uint32_t *word = words + 4 * (k / SparseSynapse::perWord);
      unsigned low = SparseSynapse::bits * (k % SparseSynapse::perWord), part = low / 32;
      uint64_t pair = word[part] | uint64_t(part < 3 ? word[part + 1] : 0) << 32;
      SparseSynapse synapse =
          SparseSynapse::decode(static_cast<uint32_t>(pair >> low % 32) & 0x3fffff);
      add(step, base + synapse.index, synapse.delay, synapse.port, scaled(synapse.weight));
      continue;
    }
    uint32_t width = header.format == SegmentHeader::Dense8 ? 8 : 4, perPart = 32 / width;
    auto weight =
        static_cast<int32_t>(words[k / perPart] << (32 - width - width * (k % perPart))) >>
        (32 - width);
    add(step, base + header.first + k, header.delay, header.port, scaled(weight));
  }
}

void GoldenCore::deliver(const Spike &spike, int64_t step) {
  ++counters.spikesIn;
  const auto &map = memory(Memory::KeyMap);
  int entry = 0;
  while (entry < p.keyEntries &&
         !(map[4 * entry + 2] >> 31 && (spike.key & map[4 * entry + 1]) == map[4 * entry]))
    ++entry;
  uint32_t axon =
      entry < p.keyEntries ? (map[4 * entry + 2] & 0xfff) + (spike.key & ~map[4 * entry + 1]) : 0;
  const auto &axons = memory(Memory::Axon);
  if (entry == p.keyEntries || axon >= axons.size()) {
    ++counters.noKey;
    flags |= FlagNoKey;
    return report(Cause::NoKey, spike.key);
  }
  // A block of keys comes as a whole; not each of its neurons has synapses here.
  if (!(axons[axon] >> 31))
    return;
  if (axons[axon] >> 30 & 1)
    return deliverToTiles(axon, axons[axon], spike.payload, step);
  uint32_t address = axons[axon] & 0x3fff, base = axons[axon] >> 14 & 0xff;
  const auto &synapses = memory(Memory::Synapse);
  ++counters.rows;
  for (bool last = false; !last;) {
    if (address >= static_cast<uint32_t>(p.synapseWords))
      return report(Cause::Address, address);
    SegmentHeader header =
        SegmentHeader::decode(synapses[4 * address] | uint64_t(synapses[4 * address + 1]) << 32);
    if (address + 1 + header.words > static_cast<uint32_t>(p.synapseWords))
      return report(Cause::Address, address);
    deliverSegment(header, synapses.data() + 4 * (address + 1), base, spike.payload, step);
    address += 1 + header.words;
    last = header.last;
  }
}

//===-- crossbar
//-----------------------------------------------------------------------------------===//

void GoldenCore::deliverToTiles(uint32_t axon, uint32_t word, int32_t payload, int64_t step) {
  uint32_t row = word % CrossbarSizes::rows, targets = word >> 7 & 0xf;
  uint32_t enabled = 0;
  for (size_t t = 0; t < tiles.size(); ++t)
    enabled |= uint32_t(tile(t).enabled) << t;
  if (targets & ~enabled || !CrossbarSums::takes(payload))
    return report(Cause::Address, static_cast<uint32_t>(Memory::Axon) << 20 | axon);
  for (size_t t = 0; t < tiles.size(); ++t) {
    if (!(targets >> t & 1))
      continue;
    CrossbarTile configuration = tile(t);
    ReadNoise noise{memory(Memory::Noise).data(),
                    noiseSelector(configuration, seed(), row, static_cast<uint32_t>(step))};
    const uint32_t *cells =
        &memory(Memory::Cell)[(t * CrossbarSizes::rows + row) * CrossbarSizes::cellParts];
    counters.drives +=
        tiles[t].drive(configuration, cells, payload, configuration.noisy ? &noise : nullptr);
  }
}

void GoldenCore::convert(int64_t step) {
  for (size_t t = 0; t < tiles.size(); ++t) {
    if (!tiles[t].driven())
      continue;
    CrossbarTile configuration = tile(t);
    std::vector<int64_t> values = tiles[t].convert(configuration, counters.conversions);
    for (size_t column = 0; column < values.size(); ++column)
      addToRing(step, configuration.first + static_cast<uint32_t>(column), configuration.delay,
                configuration.port, values[column]);
  }
}

//===-- neurons
//------------------------------------------------------------------------------------===//

void GoldenCore::run(const Neuron &neuron, int64_t step, std::vector<Spike> &out) {
  int64_t sums[4] = {0, 0, 0, 0};
  for (int port = 0; port < p.ports; ++port) {
    uint32_t &sum = memory(Memory::Ring)[ringIndex(neuron.slot, neuron.index, port)];
    sums[port] = cut(sum, p.accumulatorBits, true);
    sum = 0;
  }
  if (step < neuron.segment[4])
    return;
  int64_t r[16] = {};
  uint32_t *state = &memory(Memory::State)[size_t(neuron.index) * p.stateWords];
  auto send = [&](int64_t payload) {
    out.push_back({neuron.segment[1] + neuron.number,
                   static_cast<int32_t>(cut(payload, p.accumulatorBits, true))});
    ++counters.spikesOut;
  };
  auto setSpike = [&] { memory(Memory::Spikes)[neuron.index / 32] |= 1u << neuron.index % 32; };
  auto constant = [&](const Instruction &i, int64_t offset) {
    auto address = static_cast<uint32_t>(i.imm + offset) % static_cast<uint32_t>(p.constants);
    return cut(memory(Memory::Constant)[address], 32, i.isSigned);
  };
  const auto &program = memory(Memory::Program);
  for (uint32_t pc = neuron.segment[0] % static_cast<uint32_t>(p.instructions);
       pc < static_cast<uint32_t>(p.instructions); ++pc) {
    Instruction i = Instruction::decode(program[2 * pc] | uint64_t(program[2 * pc + 1]) << 32);
    if (!i.isLegal()) {
      flags |= FlagIllegal;
      return report(Cause::Illegal, pc);
    }
    switch (i.opcode) {
    case Opcode::END:
      return;
    case Opcode::LDS:
      r[i.rd] = cut(state[i.imm % p.stateWords] >> (isUpperHalf(i) ? halfBits : 0),
                    std::min(i.resultWidth(), 32), i.isSigned);
      break;
    case Opcode::STS: {
      uint32_t mask = !storesHalf(i) ? 0xffffffff : isUpperHalf(i) ? 0xffff0000 : 0xffff;
      uint32_t &word = state[i.imm % p.stateWords];
      word = (word & ~mask) |
             (static_cast<uint32_t>(r[i.ra]) << (mask == 0xffff0000 ? halfBits : 0) & mask);
      break;
    }
    case Opcode::LDC:
      r[i.rd] = constant(i, 0);
      break;
    case Opcode::LDX:
      r[i.rd] = constant(i, r[i.ra]);
      break;
    case Opcode::FND:
      r[i.rd] = find(i, r[i.ra], [&](int64_t k) { return constant(i, k); });
      break;
    case Opcode::LDP: {
      int64_t sum = sums[i.imm & 3] + (i.imm & 16 ? r[i.ra] : 0);
      r[i.rd] = saturate(sum, i.resultWidth(), i.isSigned);
      if (r[i.rd] != sum) {
        flags |= FlagSaturated;
        ++counters.saturations;
      }
      break;
    }
    case Opcode::RND: {
      r[i.rd] = uniform32(seed(), neuron.segment[2] + i.imm, neuron.segment[3] + neuron.number,
                          static_cast<uint32_t>(step - neuron.segment[4]));
      break;
    }
    case Opcode::SPK:
      if (r[i.ra] & 1) {
        send(1);
        setSpike();
      }
      break;
    case Opcode::SPB:
      if (r[i.ra] & 1)
        setSpike();
      break;
    case Opcode::EMT:
      if (r[i.ra])
        send(r[i.ra]);
      break;
    default:
      r[i.rd] = execute(i, r[i.ra], r[i.rb], r[i.rc], static_cast<uint32_t>(r[i.rr]));
    }
  }
}

void GoldenCore::update(int64_t step, std::vector<Spike> &out) {
  convert(step);
  std::fill(memory(Memory::Spikes).begin(), memory(Memory::Spikes).end(), 0);
  if (!(memory(Memory::Register)[0] & 1))
    return;
  auto slot = static_cast<uint32_t>(step % p.slots);
  for (int s = 0; s < p.segments; ++s) {
    const uint32_t *segment = &memory(Memory::Segment)[8 * s];
    if (!(segment[0] >> 31))
      continue;
    uint32_t count = (segment[0] >> 16 & 0xff) + 1, first = segment[0] >> 8 & 0xff;
    for (uint32_t n = 0; n < count; ++n)
      run({(first + n) % p.neurons, n, slot, segment}, step, out);
  }
}

//===-- the chip
//-----------------------------------------------------------------------------------===//

GoldenChip::GoldenChip(const ChipParameters &parameters) : p(parameters) { clear(); }

void GoldenChip::clear() {
  cores.clear();
  for (int k = 0; k < p.cores(); ++k)
    cores.emplace_back(p);
  now = 0;
}

Expected<void> GoldenChip::load(const std::vector<uint32_t> &words) {
  Expected<Image> image = parseImage(words, p);
  if (!image)
    return tl::unexpected(image.error());
  clear();
  for (const Section &section : image->sections)
    for (size_t k = 0; k < section.words.size(); ++k)
      cores[section.core].write(static_cast<Memory>(section.type),
                                section.base + static_cast<uint32_t>(k), section.words[k]);
  return {};
}

void GoldenChip::travel(const Spike &spike, uint32_t tile, std::vector<Spike> &toHost) {
  struct Place {
    uint32_t tile;
    int arrival; ///< link of the router by which the spike came, -1 from core or host
  };
  std::vector<Place> open{{tile, -1}};
  const int dx[] = {1, 0, -1, 0}, dy[] = {0, 1, 0, -1};
  while (!open.empty()) {
    Place place = open.back();
    open.pop_back();
    GoldenCore &core = cores[place.tile];
    uint32_t route = core.routeOf(spike.key);
    int x = static_cast<int>(place.tile) % p.columns, y = static_cast<int>(place.tile) / p.columns;
    // Rows before columns, never back, never out of the mesh: so no table can hold the chip up.
    bool alongColumn = place.arrival == 1 || place.arrival == 3;
    uint32_t legal = routeLocal | (place.tile == 0 ? routeHost : 0);
    for (int link = 0; link < 4; ++link) {
      int nx = x + dx[link], ny = y + dy[link];
      bool inside = nx >= 0 && ny >= 0 && nx < p.columns && ny < p.rows;
      if (inside && link != place.arrival && !(alongColumn && dx[link] != 0))
        legal |= 1u << link;
    }
    if (!route || route & ~legal) {
      ++core.counters.unrouted;
      core.flags |= FlagUnrouted;
      core.report(Cause::Unrouted, spike.key);
    }
    route &= legal;
    if (route & routeLocal) {
      core.deliver(spike, now);
      if (observer)
        observer->delivers(place.tile, spike);
    }
    if (route & routeHost)
      toHost.push_back(spike);
    for (int link = 0; link < 4; ++link) {
      if (!(route >> link & 1))
        continue;
      open.push_back(
          {static_cast<uint32_t>((y + dy[link]) * p.columns + x + dx[link]), (link + 2) % 4});
      if (observer)
        observer->crosses(place.tile, link);
    }
  }
}

std::vector<Spike> GoldenChip::step(const std::vector<Spike> &injected) {
  std::vector<Spike> toHost;
  for (const Spike &spike : injected)
    travel(spike, 0, toHost);
  if (observer)
    observer->updates();
  std::vector<std::vector<Spike>> sent(cores.size());
  for (size_t k = 0; k < cores.size(); ++k)
    cores[k].update(now, sent[k]);
  for (size_t k = 0; k < cores.size(); ++k)
    for (const Spike &spike : sent[k])
      travel(spike, static_cast<uint32_t>(k), toHost);
  ++now;
  std::sort(toHost.begin(), toHost.end());
  return toHost;
}
