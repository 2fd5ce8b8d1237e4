// Images of one core with a chosen load, made by hand: so many neurons with a program of so many
// cycles, and rows of one form that the host's spikes find.
#pragma once

#include "runtime/accelerator/Cost.h"
#include "runtime/accelerator/Device.h"
#include "runtime/accelerator/Instruction.h"
#include <algorithm>
#include <random>

namespace engram::a1::bench {

struct Load {
  int neurons = 256;
  int instructions = 16; ///< each of a cycle but for `products` of three
  int products = 3;
  int rowSynapses = 256;
  bool dense = true;
  int axons = 256;        ///< each with the row; the host's keys are 0 to axons - 1
  bool recurrent = false; ///< the core's neurons spike in each step, and have rows of that form too
};

inline Section &addSection(Image &image, Memory memory, std::vector<uint32_t> words) {
  image.sections.push_back({static_cast<uint32_t>(memory), 0, 0, std::move(words)});
  return image.sections.back();
}

/// A dense row of 8 bits from neuron 0 on, or a sparse one of neurons by chance.
inline std::vector<uint32_t> rowOf(const Load &load) {
  SegmentHeader header;
  header.synapses = static_cast<uint32_t>(load.rowSynapses);
  header.delay = 1;
  unsigned perWord = load.dense ? 16 : SparseSynapse::perWord;
  header.format = load.dense ? SegmentHeader::Dense8 : SegmentHeader::Sparse;
  header.words = (header.synapses + perWord - 1) / perWord;
  std::vector<uint32_t> row(4 * (size_t(header.words) + 1));
  row[0] = static_cast<uint32_t>(header.encode());
  row[1] = static_cast<uint32_t>(header.encode() >> 32);
  std::mt19937 random(1);
  for (uint32_t k = 0; k < header.synapses; ++k) {
    size_t word = 4 * (size_t(k / perWord) + 1);
    SparseSynapse synapse{static_cast<uint32_t>(random() % 256), 0, 1, 1};
    unsigned bits = load.dense ? 8 : SparseSynapse::bits, low = k % perWord * bits;
    uint32_t value = load.dense ? 1 : synapse.encode();
    row[word + low / 32] |= value << low % 32;
    if (low % 32 + bits > 32)
      row[word + low / 32 + 1] |= value >> (32 - low % 32);
  }
  return row;
}

inline Image imageOf(const Load &load, const ChipParameters &chip) {
  constexpr uint32_t neuronKey = 0x1000;
  Image image;
  image.featureHash = chip.featureHash();
  std::vector<uint32_t> program;
  auto add = [&](Instruction i) {
    program.push_back(static_cast<uint32_t>(i.encode()));
    program.push_back(static_cast<uint32_t>(i.encode() >> 32));
  };
  Instruction i;
  i.opcode = Opcode::CMP; // r1 = 0 >= 0
  i.imm = static_cast<uint16_t>(Relation::Ge);
  i.rd = 1;
  add(i);
  for (int k = 0; k < load.products; ++k)
    add({Opcode::MUL, 2, 1, 1});
  for (int k = load.products; k < load.instructions - 3; ++k)
    add({Opcode::ADD, 2, 1, 1});
  Instruction spike;
  spike.opcode = load.recurrent ? Opcode::SPK : Opcode::SPB;
  spike.ra = 1;
  add(spike);
  add(Instruction());
  addSection(image, Memory::Program, program);
  if (load.neurons > 0)
    addSection(image, Memory::Segment,
               {1u << 31 | static_cast<uint32_t>(load.neurons - 1) << 16, neuronKey, 0, 0, 0});
  addSection(image, Memory::Register, {1});
  addSection(image, Memory::Synapse, rowOf(load));
  addSection(image, Memory::Axon, std::vector<uint32_t>(std::max(load.axons, 256), 1u << 31));
  addSection(image, Memory::KeyMap, {0, ~0xfffu, 1u << 31, 0, neuronKey, ~0xffu, 1u << 31, 0});
  addSection(image, Memory::Route,
             {0, ~0xfffu, 1u << 31 | routeLocal, 0, neuronKey, ~0xffu, 1u << 31 | routeLocal, 0});
  return image;
}

struct Measured {
  double cycles = 0, sops = 0, stalls = 0; ///< a step
};

/// Steps with so many spikes of the host each. The image is loaded.
inline Expected<Measured> measure(Device &device, int hostSpikes, int axons, int steps) {
  std::vector<Spike> spikes;
  for (int k = 0; k < hostSpikes; ++k)
    spikes.push_back({static_cast<uint32_t>(k % axons), 1});
  auto count = [&] {
    Measured now;
    for (const auto &[name, value] : device.counters()) {
      if (name == "cycles")
        now.cycles = static_cast<double>(value);
      if (name == "sops")
        now.sops = static_cast<double>(value);
      if (name == "stalls")
        now.stalls = static_cast<double>(value);
    }
    return now;
  };
  // Of the first step the counters do not know what was before.
  if (Expected<void> done = device.step(spikes); !done)
    return tl::unexpected(done.error());
  Measured before = count();
  for (int k = 0; k < steps; ++k)
    if (Expected<void> done = device.step(spikes); !done)
      return tl::unexpected(done.error());
  Measured after = count();
  return Measured{(after.cycles - before.cycles) / steps, (after.sops - before.sops) / steps,
                  (after.stalls - before.stalls) / steps};
}

/// What the model of cost says of that.
inline double predicted(const Load &load, const Image &image, const ChipParameters &chip,
                        int hostSpikes) {
  RowWork row = workOfRow(rowOf(load), 0);
  auto arrivals = [&](int spikes) {
    CoreWork::Arrivals result;
    for (int k = 0; k < spikes; ++k)
      result.add(chipTiming(), static_cast<double>(row.cycles), static_cast<double>(row.sops), 0);
    return result;
  };
  CoreWork work = workOfUpdate(usesOf(image, chip).front(), chip);
  work.host = arrivals(hostSpikes);
  if (load.recurrent)
    work.cores = arrivals(load.neurons);
  return cyclesOfStep({work}, chip);
}

} // namespace engram::a1::bench
