// Key map, axon table, rows and ring in lock-step with the golden model's delivery of spikes.
#include "Vengram_delivery.h"
#include "runtime/reference/GoldenChip.h"
#include "tests/rtl/Numbers.h"
#include <gtest/gtest.h>
#include <memory>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::test;

namespace {

/// What the block has reported since it was made.
struct Events {
  uint32_t spikes = 0, rows = 0, sops = 0, noKey = 0, stalls = 0, corrected = 0, doubles = 0;
  Cause firstCause = Cause::None;
  uint32_t firstAddress = 0;
};

class Delivery {
public:
  Delivery() : model(std::make_unique<Vengram_delivery>()) {
    model->rst_ni = 0;
    tick();
    model->rst_ni = 1;
  }

  Events events;
  uint64_t cycles = 0;

  void setStep(uint32_t step) { model->step_i = step; }

  uint32_t access(Memory memory, uint32_t address, bool write, uint32_t data) {
    model->ctrl_valid_i = 1;
    model->ctrl_write_i = write;
    model->ctrl_memory_i = static_cast<uint8_t>(memory);
    model->ctrl_address_i = address;
    model->ctrl_wdata_i = data;
    settle();
    while (!model->ctrl_ack_o)
      tick();
    uint32_t result = model->ctrl_rdata_o;
    tick();
    model->ctrl_valid_i = 0;
    model->ctrl_write_i = 0;
    return result;
  }
  void flip(Memory memory, uint32_t address, std::initializer_list<uint32_t> bits) {
    for (int k = 0; k < 3; ++k)
      model->ctrl_mask_i[k] = 0;
    for (uint32_t bit : bits)
      model->ctrl_mask_i[bit / 32] ^= 1u << bit % 32;
    model->ctrl_flip_i = 1;
    access(memory, address, false, 0);
    model->ctrl_flip_i = 0;
  }

  void send(const Spike &spike) {
    model->spike_valid_i = 1;
    model->spike_key_i = spike.key;
    model->spike_payload_i = static_cast<uint32_t>(spike.payload) & 0xffffff;
    settle();
    while (!model->spike_ready_o)
      tick();
    tick();
    model->spike_valid_i = 0;
  }
  std::array<uint32_t, 4> take(uint32_t neuron, uint32_t slot) {
    model->take_valid_i = 1;
    model->take_neuron_i = neuron;
    model->take_slot_i = slot;
    tick();
    model->take_valid_i = 0;
    settle();
    auto bits = [&](int low) {
      uint64_t pair = model->sums_o[low / 32];
      if (low / 32 < 2)
        pair |= uint64_t(model->sums_o[low / 32 + 1]) << 32;
      return static_cast<uint32_t>(pair >> low % 32) & 0xffffff;
    };
    return {bits(0), bits(24), bits(48), bits(72)};
  }
  void finish() {
    for (settle(); !model->idle_o;)
      tick();
  }
  void tick() {
    settle();
    events.spikes += model->spike_o;
    events.rows += model->row_o;
    events.sops += model->sops_o;
    events.stalls += model->stall_o;
    events.corrected += model->corrected_o;
    events.doubles += model->double_o;
    if (model->no_key_o) {
      ++events.noKey;
      report(Cause::NoKey, model->spike_key_i);
    }
    if (model->error_o)
      report(static_cast<Cause>(model->error_cause_o), model->error_address_o);
    model->clk_i = 1;
    model->eval();
    ++cycles;
  }

private:
  std::unique_ptr<Vengram_delivery> model;

  void settle() {
    model->clk_i = 0;
    model->eval();
  }
  void report(Cause cause, uint32_t address) {
    if (events.firstCause == Cause::None) {
      events.firstCause = cause;
      events.firstAddress = address;
    }
  }
};

/// The block and the golden model with the same memories.
class Pair {
public:
  Pair(uint64_t seed) : numbers(seed), golden(parameters) {}

  ChipParameters parameters;
  Numbers numbers;
  Delivery rtl;
  GoldenCore golden;

  void write(Memory memory, uint32_t address, uint32_t data) {
    rtl.access(memory, address, true, data);
    golden.write(memory, address, data);
  }
  void writeWord(uint32_t word, const std::array<uint32_t, 4> &parts) {
    for (uint32_t k = 0; k < 4; ++k)
      write(Memory::Synapse, 4 * word + k, parts[k]);
  }
  void writeHeader(uint32_t word, const SegmentHeader &header) {
    uint64_t bits = header.encode();
    writeWord(word, {static_cast<uint32_t>(bits), static_cast<uint32_t>(bits >> 32), 0, 0});
  }
  void writeRandomWord(uint32_t word) {
    std::array<uint32_t, 4> parts;
    for (uint32_t &part : parts)
      part = static_cast<uint32_t>(numbers.bits());
    writeWord(word, parts);
  }
  /// A sparse word whose synapses lie close together, or have no bank twice.
  void writeSparseWord(uint32_t word, uint32_t low, uint32_t range, bool spread,
                       uint32_t minDelay) {
    std::array<uint32_t, 4> parts{};
    for (uint32_t k = 0; k < SparseSynapse::perWord; ++k) {
      SparseSynapse s{(low + (spread ? k : numbers.below(range))) & 0xff, numbers.below(4),
                      minDelay + numbers.below(16 - minDelay), static_cast<int8_t>(numbers.bits())};
      uint64_t bits = uint64_t(s.encode()) << (22 * k % 32);
      parts[22 * k / 32] |= static_cast<uint32_t>(bits);
      if (bits >> 32)
        parts[22 * k / 32 + 1] |= static_cast<uint32_t>(bits >> 32);
    }
    writeWord(word, parts);
  }
  /// A row of random segments; the word behind it.
  uint32_t writeRow(uint32_t word, uint32_t minDelay) {
    for (bool last = false; !last;) {
      SegmentHeader h;
      h.format = numbers.oneIn(10) ? numbers.below(4) : numbers.below(3);
      h.last = last = numbers.oneIn(2);
      uint32_t perWord = h.format == 0 ? 5 : h.format == 1 ? 16 : 32;
      h.synapses = 1 + numbers.below(numbers.oneIn(4) ? 300 : 40);
      h.words = (h.synapses + perWord - 1) / perWord;
      if (numbers.oneIn(8)) // too many or too few words for what the header says
        h.words = numbers.below(6);
      h.first = numbers.below(256);
      h.delay = minDelay + numbers.below(16 - minDelay);
      h.port = numbers.below(4);
      h.shift = numbers.oneIn(2) ? 0 : numbers.below(numbers.oneIn(8) ? 32 : 24);
      writeHeader(word++, h);
      uint32_t low = numbers.below(256);
      bool spread = numbers.oneIn(3);
      for (uint32_t k = 0; k < h.words; ++k, ++word)
        if (h.format == SegmentHeader::Sparse)
          writeSparseWord(word, low, 1 + numbers.below(20), spread, minDelay);
        else
          writeRandomWord(word);
    }
    return word;
  }
  void writeAxon(uint32_t axon, uint32_t row, uint32_t base, bool valid = true) {
    write(Memory::Axon, axon, row | base << 14 | uint32_t(valid) << 31);
  }
  void writeKey(uint32_t entry, uint32_t key, uint32_t mask, uint32_t first, bool valid = true) {
    write(Memory::KeyMap, 4 * entry, key);
    write(Memory::KeyMap, 4 * entry + 1, mask);
    write(Memory::KeyMap, 4 * entry + 2, first | uint32_t(valid) << 31);
  }
  /// Rows for as many axons, keys 0x4000 and up; the last axons share rows or have none.
  void fill(uint32_t axons, uint32_t minDelay) {
    std::vector<uint32_t> rows;
    uint32_t word = numbers.below(50);
    for (uint32_t k = 0; k < axons; ++k) {
      if (k < 4 || !numbers.oneIn(4)) {
        rows.push_back(word);
        word = writeRow(word, minDelay);
      }
      writeAxon(k, rows[numbers.below(static_cast<uint32_t>(rows.size()))], numbers.below(256),
                !numbers.oneIn(10));
    }
    writeKey(5, 0x4000, ~0xffu, 0);
    writeKey(7, 0x4000, 0xffff0000, 3); // only for what entry 5 leaves
    writeKey(9, 0x777, ~0u, 2, false);
  }
  Spike randomSpike(uint32_t axons) {
    Spike spike;
    spike.key = 0x4000 + numbers.below(axons);
    if (!numbers.oneIn(3))
      spike.payload = static_cast<int32_t>(cut(static_cast<int64_t>(numbers.bits()), 24, true)) >>
                      numbers.below(24);
    return spike;
  }
  void send(const Spike &spike, uint32_t step) {
    rtl.send(spike);
    golden.deliver(spike, step);
  }
  void expectSameRing() {
    rtl.finish();
    uint32_t parts = memoryParts(Memory::Ring, parameters);
    for (uint32_t k = 0; k < parts; ++k)
      ASSERT_EQ(rtl.access(Memory::Ring, k, false, 0), golden.read(Memory::Ring, k))
          << "slot " << k / 1024 << ", neuron " << k / 4 % 256 << ", port " << k % 4;
  }
  void expectSameEvents() {
    EXPECT_EQ(rtl.events.spikes, golden.counters.spikesIn);
    EXPECT_EQ(rtl.events.rows, golden.counters.rows);
    EXPECT_EQ(rtl.events.sops, golden.counters.sops);
    EXPECT_EQ(rtl.events.noKey, golden.counters.noKey);
    EXPECT_EQ(static_cast<uint32_t>(rtl.events.firstCause), golden.read(Memory::Register, 9));
    EXPECT_EQ(rtl.events.firstAddress, golden.read(Memory::Register, 10));
  }
};

TEST(Delivery, EqualsTheGoldenModelOnRandomRows) {
  for (uint64_t seed = 1; seed <= 12 && !testing::Test::HasFailure(); ++seed) {
    Pair pair(seed);
    pair.fill(40, 0);
    for (uint32_t step = 0; step < 40; ++step) {
      pair.rtl.setStep(step);
      for (uint32_t k = pair.numbers.below(40); k > 0; --k)
        pair.send(pair.randomSpike(40), step);
      pair.rtl.finish();
    }
    pair.expectSameRing();
    pair.expectSameEvents();
    EXPECT_EQ(pair.rtl.events.firstCause, Cause::None);
    EXPECT_EQ(pair.rtl.events.corrected, 0u);
  }
}

// While programs run, the sums of the step are taken and spikes for later steps arrive.
TEST(Delivery, EqualsTheGoldenModelWhileSumsAreTaken) {
  for (uint64_t seed = 100; seed < 106 && !testing::Test::HasFailure(); ++seed) {
    Pair pair(seed);
    pair.fill(40, 1);
    for (uint32_t step = 0; step < 40; ++step) {
      uint32_t slot = step % 16;
      pair.rtl.setStep(step);
      for (uint32_t neuron = 0; neuron < 256; ++neuron) {
        std::array<uint32_t, 4> sums = pair.rtl.take(neuron, slot);
        for (uint32_t port = 0; port < 4; ++port) {
          uint32_t part = (slot * 256 + neuron) * 4 + port;
          ASSERT_EQ(sums[port], pair.golden.read(Memory::Ring, part));
          pair.golden.write(Memory::Ring, part, 0);
        }
        if (pair.numbers.oneIn(6))
          pair.send(pair.randomSpike(40), step);
        for (uint32_t k = pair.numbers.below(3); k > 0; --k)
          pair.rtl.tick();
      }
      pair.rtl.finish();
    }
    EXPECT_GT(pair.rtl.events.stalls, 0u);
    pair.expectSameRing();
    pair.expectSameEvents();
  }
}

TEST(Delivery, KeysWithoutAnAxonAreConsumedAndReported) {
  Pair pair(3);
  pair.fill(10, 0);
  pair.writeKey(1, 0x10000, 0xffff0000, 4000);
  for (uint32_t key : {0x10000u + 95, 0x10000u + 96, 0x777u, 0u, 0x4001u})
    pair.send({key, 1}, 0);
  pair.expectSameRing();
  pair.expectSameEvents();
  EXPECT_EQ(pair.rtl.events.noKey, 3u);
  EXPECT_EQ(pair.rtl.events.firstAddress, 0x10000u + 96);
}

TEST(Delivery, RowsBeyondTheMemoryAreReportedAndLaterOnesDelivered) {
  for (int kind = 0; kind < 3; ++kind) {
    Pair pair(4);
    pair.fill(10, 0);
    SegmentHeader h;
    h.format = SegmentHeader::Dense8;
    h.synapses = 16;
    h.words = 1;
    h.last = kind != 0;
    uint32_t row = kind == 2 ? 16380 : 16382;
    if (kind == 1)
      h.words = 2;
    if (kind == 2)
      h.words = 4000;
    pair.writeHeader(row, h);
    for (uint32_t word = row + 1; word < 16384; ++word)
      pair.writeRandomWord(word);
    pair.writeAxon(20, row, 7);
    for (uint32_t key : {0x4000u, 0x4000u + 20, 0x4001u, 0x4002u})
      pair.send({key, 3}, 0);
    pair.expectSameRing();
    pair.expectSameEvents();
    EXPECT_EQ(pair.rtl.events.firstCause, Cause::Address);
  }
}

TEST(Delivery, MemoriesReadAsWritten) {
  Pair pair(5);
  for (Memory memory : {Memory::Synapse, Memory::Axon, Memory::KeyMap, Memory::Ring}) {
    uint32_t parts = memoryParts(memory, pair.parameters);
    for (uint32_t k = 0; k < parts; ++k) {
      uint32_t data = static_cast<uint32_t>(pair.numbers.bits());
      if (memory == Memory::KeyMap)
        data = k % 4 == 3 ? 0 : k % 4 == 2 ? data & 0x80000fff : data;
      pair.write(memory, k, data);
    }
    for (uint32_t k = 0; k < parts; ++k)
      ASSERT_EQ(pair.rtl.access(memory, k, false, 0), pair.golden.read(memory, k));
  }
  EXPECT_EQ(pair.rtl.events.corrected + pair.rtl.events.doubles, 0u);
}

// Dense rows of `synapses`, one after the other: synapses a cycle.
double rate(uint32_t format, uint32_t synapses) {
  Pair pair(6);
  SegmentHeader h;
  h.format = format;
  h.synapses = synapses;
  uint32_t perWord = format == SegmentHeader::Sparse   ? 5
                     : format == SegmentHeader::Dense8 ? 16
                                                       : 32;
  h.words = (synapses + perWord - 1) / perWord;
  pair.writeHeader(0, h);
  for (uint32_t k = 0; k < h.words; ++k)
    if (format == SegmentHeader::Sparse)
      pair.writeSparseWord(1 + k, k, 1, true, 0);
    else
      pair.writeRandomWord(1 + k);
  pair.writeAxon(0, 0, 3);
  pair.writeKey(0, 1, ~0u, 0);
  uint64_t before = pair.rtl.cycles;
  for (int k = 0; k < 100; ++k)
    pair.send({1, 1}, 0);
  pair.rtl.finish();
  double result = pair.rtl.events.sops / double(pair.rtl.cycles - before);
  EXPECT_EQ(pair.rtl.events.sops, 100 * synapses);
  return result;
}

TEST(Delivery, DenseRowsTakeACycleForEightSynapses) {
  EXPECT_GT(rate(SegmentHeader::Dense8, 256), 7.5);
  EXPECT_GT(rate(SegmentHeader::Dense4, 256), 7.5);
  EXPECT_GT(rate(SegmentHeader::Dense8, 64), 7.0);
  EXPECT_GT(rate(SegmentHeader::Dense8, 16), 5.2);
  EXPECT_GT(rate(SegmentHeader::Dense4, 16), 5.2);
  EXPECT_GT(rate(SegmentHeader::Sparse, 255), 4.7);
}

TEST(Delivery, SingleBitErrorsOfRowsAndAxonsAreCorrectedAndCounted) {
  Pair pair(7);
  pair.fill(40, 0);
  for (uint32_t word = 50; word < 250; ++word)
    for (uint32_t half = 0; half < 2; ++half)
      if (pair.numbers.oneIn(2))
        pair.rtl.flip(Memory::Synapse, 4 * word + 2 * half, {pair.numbers.below(72)});
  for (uint32_t axon = 0; axon < 40; ++axon) {
    uint32_t bit = pair.numbers.below(39);
    pair.rtl.flip(Memory::Axon, axon, {bit < 32 ? bit : 64 + bit - 32});
  }
  pair.rtl.setStep(3);
  for (int k = 0; k < 200; ++k)
    pair.send(pair.randomSpike(40), 3);
  pair.rtl.finish();
  EXPECT_GE(pair.rtl.events.corrected, 200u); // an axon's word each
  EXPECT_EQ(pair.rtl.events.doubles, 0u);
  pair.expectSameRing();
  pair.expectSameEvents();
}

TEST(Delivery, EveryBitOfAnAxonWordIsProtected) {
  Pair pair(8);
  for (uint32_t first = 0; first < 39; ++first)
    for (uint32_t second = first; second < 39; ++second) {
      auto stored = [](uint32_t bit) { return bit < 32 ? bit : 64 + bit - 32; };
      uint32_t data = static_cast<uint32_t>(pair.numbers.bits());
      pair.rtl.access(Memory::Axon, 9, true, data);
      if (first == second)
        pair.rtl.flip(Memory::Axon, 9, {stored(first)});
      else
        pair.rtl.flip(Memory::Axon, 9, {stored(first), stored(second)});
      Events before = pair.rtl.events;
      uint32_t got = pair.rtl.access(Memory::Axon, 9, false, 0);
      ASSERT_EQ(pair.rtl.events.corrected - before.corrected, first == second ? 1u : 0u);
      ASSERT_EQ(pair.rtl.events.doubles - before.doubles, first == second ? 0u : 1u);
      if (first == second)
        ASSERT_EQ(got, data);
    }
}

// What precedes a word with two wrong bits is delivered, and nothing from there on; other rows are
// whole.
TEST(Delivery, RowsEndAtADoubleErrorWhichIsReported) {
  for (uint32_t wrong = 0; wrong < 4; ++wrong) {
    Pair pair(9);
    SegmentHeader h;
    h.format = SegmentHeader::Dense8;
    h.synapses = 48;
    h.words = 3;
    pair.writeHeader(100, h);
    for (uint32_t k = 1; k < 4; ++k)
      pair.writeRandomWord(100 + k);
    pair.writeHeader(200, h);
    for (uint32_t k = 1; k < 4; ++k)
      pair.writeRandomWord(200 + k);
    pair.writeAxon(0, 100, 0);
    pair.writeAxon(1, 200, 50);
    pair.writeKey(0, 0, ~1u, 0);
    pair.rtl.flip(Memory::Synapse, 4 * (100 + wrong) + 2, {5, 70});
    pair.rtl.send({0, 2});
    pair.send({1, 2}, 0);
    // The golden model has no errors: its row ends before the word.
    if (wrong > 1) {
      h.words = wrong - 1;
      uint64_t bits = h.encode();
      for (uint32_t part = 0; part < 4; ++part)
        pair.golden.write(Memory::Synapse, 400 + part,
                          part < 2 ? static_cast<uint32_t>(bits >> (32 * part)) : 0);
      pair.golden.deliver({0, 2}, 0);
    }
    pair.expectSameRing();
    EXPECT_EQ(pair.rtl.events.doubles, 1u);
    EXPECT_EQ(pair.rtl.events.firstCause, Cause::EccDouble);
    EXPECT_EQ(pair.rtl.events.firstAddress, 3u << 20 | 4 * (100 + wrong));
  }
}

TEST(Delivery, AnAxonWithADoubleErrorHasNoRow) {
  Pair pair(10);
  pair.fill(10, 0);
  pair.writeAxon(0, 60, 1);
  pair.rtl.flip(Memory::Axon, 0, {0, 31});
  pair.rtl.send({0x4000, 1});
  pair.expectSameRing();
  EXPECT_EQ(pair.rtl.events.doubles, 1u);
  EXPECT_EQ(pair.rtl.events.rows, 0u);
  EXPECT_EQ(pair.rtl.events.firstCause, Cause::EccDouble);
  EXPECT_EQ(pair.rtl.events.firstAddress, 4u << 20);
}

} // namespace
