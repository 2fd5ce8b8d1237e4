// A core in lock-step with the golden model: its memories by control flits, steps in which its own
// spikes come back to it while it runs, counters, flags and errors.
#include "Vengram_core.h"
#include "runtime/reference/GoldenChip.h"
#include "tests/rtl/Numbers.h"
#include <deque>
#include <gtest/gtest.h>
#include <memory>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::test;

namespace {

constexpr uint32_t place = 0x32; // y, x

class Core {
public:
  explicit Core(uint64_t seed) : numbers(seed), model(std::make_unique<Vengram_core>()) {
    model->rst_ni = 0;
    tick();
    model->rst_ni = 1;
    model->x_i = place & 0xf;
    model->y_i = place >> 4;
  }

  void write(Memory memory, uint32_t address, uint32_t value) {
    control(1, memory, address, value);
  }
  uint32_t read(Memory memory, uint32_t address) {
    control(2, memory, address, 0xabcd);
    for (bool taken = false; !taken;) {
      model->ctrl_out_ready_i = numbers.oneIn(2);
      settle();
      taken = model->ctrl_out_valid_o && model->ctrl_out_ready_i;
      tick();
    }
    uint64_t reply = model->ctrl_out_data_o;
    EXPECT_EQ(reply >> 32, uint64_t(place) << 24 | uint64_t(memory) << 20 | address);
    return static_cast<uint32_t>(lastReply);
  }
  /// Spikes from outside, before the update; its own ones come back as they leave.
  void step(uint32_t step, const std::vector<Spike> &injected) {
    model->step_i = step;
    std::deque<Spike> queue(injected.begin(), injected.end());
    travel(queue);
    model->update_start_i = 1;
    tick();
    model->update_start_i = 0;
    travel(queue);
  }
  void routerReports(bool parity, uint32_t key) {
    model->parity_i = parity;
    model->unrouted_i = !parity;
    model->error_key_i = key;
    tick();
    model->parity_i = model->unrouted_i = 0;
  }
  std::array<uint32_t, 3> routeAccess{}; ///< of the last write: entry, part, data

private:
  Numbers numbers;
  std::unique_ptr<Vengram_core> model;
  uint64_t lastReply = 0;

  void settle() {
    model->clk_i = 0;
    model->eval();
  }
  void tick() {
    settle();
    if (model->route_write_o)
      routeAccess = {model->route_entry_o, model->route_part_o, model->route_wdata_o};
    bool readsRoute = model->route_read_o;
    uint32_t part = model->route_entry_o * 4 + model->route_part_o;
    lastReply = model->ctrl_out_data_o;
    model->clk_i = 1;
    model->eval();
    if (readsRoute)
      model->route_rdata_i = 1000 + part;
  }
  void control(uint32_t kind, Memory memory, uint32_t address, uint32_t value) {
    model->ctrl_in_valid_i = 1;
    model->ctrl_in_kind_i = kind;
    model->ctrl_in_data_i =
        uint64_t(place) << 56 | uint64_t(memory) << 52 | uint64_t(address) << 32 | value;
    for (bool taken = false; !taken; tick()) {
      settle();
      taken = model->ctrl_in_ready_o;
      EXPECT_EQ(model->consumed_o, taken ? 1 : 0);
    }
    model->ctrl_in_valid_i = 0;
  }
  void travel(std::deque<Spike> &queue) {
    for (;;) {
      model->spike_in_valid_i = !queue.empty();
      if (!queue.empty()) {
        model->spike_in_key_i = queue.front().key;
        model->spike_in_payload_i = static_cast<uint32_t>(queue.front().payload) & 0xffffff;
      }
      model->spike_out_ready_i = !numbers.oneIn(3);
      settle();
      if (queue.empty() && model->idle_o)
        break;
      bool in = model->spike_in_valid_i && model->spike_in_ready_o;
      bool out = model->spike_out_valid_o && model->spike_out_ready_i;
      EXPECT_EQ(model->consumed_o, in ? 1 : 0);
      Spike sent{model->spike_out_key_o,
                 static_cast<int32_t>(cut(model->spike_out_payload_o, 24, true))};
      tick();
      if (in)
        queue.pop_front();
      if (out)
        queue.push_back(sent);
    }
  }
};

class Pair {
public:
  Pair(uint64_t seed) : numbers(seed), golden(parameters), rtl(seed) {}

  ChipParameters parameters;
  Numbers numbers;
  GoldenCore golden;
  Core rtl;

  void write(Memory memory, uint32_t address, uint32_t value) {
    golden.write(memory, address, value);
    rtl.write(memory, address, value);
  }
  void writeInstruction(uint32_t pc, const Instruction &i) {
    write(Memory::Program, 2 * pc, static_cast<uint32_t>(i.encode()));
    write(Memory::Program, 2 * pc + 1, static_cast<uint32_t>(i.encode() >> 32));
  }
  /// Neurons that add the sums of two ports and noise to a state word and send it or a spike.
  void writeProgram() {
    auto add = [&, pc = 0u](Opcode opcode, uint8_t rd, uint8_t ra, uint8_t rb,
                            uint16_t imm) mutable {
      Instruction i;
      i.opcode = opcode;
      i.rd = rd;
      i.ra = ra;
      i.rb = rb;
      i.imm = imm;
      i.width = opcode == Opcode::LDP ? 22 : 32;
      writeInstruction(pc++, i);
    };
    add(Opcode::LDS, 0, 0, 0, 0);
    add(Opcode::LDP, 1, 0, 0, 0);
    add(Opcode::ADD, 0, 0, 1, 0);
    add(Opcode::LDP, 1, 0, 0, 3);
    add(Opcode::SUB, 0, 0, 1, 0);
    add(Opcode::RND, 2, 0, 0, 5);
    add(Opcode::STS, 0, 2, 0, 1);
    add(Opcode::LDC, 3, 0, 0, 7);
    add(Opcode::CMP, 4, 0, 3, 4);
    add(Opcode::SPK, 0, 4, 0, 0);
    add(Opcode::STS, 0, 0, 0, 0);
    add(Opcode::AND, 5, 0, 4, 0);
    add(Opcode::EMT, 0, 5, 0, 0);
    add(Opcode::END, 0, 0, 0, 0);
    write(Memory::Constant, 7, 100000);
    write(Memory::Register, 0, 1);
    write(Memory::Register, 1, 77);
    write(Memory::Register, 2, 88);
    for (uint32_t s = 0; s < 2; ++s) {
      uint32_t first = s * 100, count = s == 0 ? 90 : 156;
      write(Memory::Segment, 8 * s, 1u << 31 | (count - 1) << 16 | first << 8);
      write(Memory::Segment, 8 * s + 1, 0x1000 + first);
      write(Memory::Segment, 8 * s + 2, 3);
      write(Memory::Segment, 8 * s + 3, first);
      write(Memory::Segment, 8 * s + 4, s * 2);
    }
  }
  /// An axon a neuron, rows of one dense segment with delays from 1 on.
  void writeRows() {
    uint32_t word = 0;
    for (uint32_t axon = 0; axon < 256; ++axon) {
      SegmentHeader h;
      h.format = 1 + numbers.below(2);
      h.synapses = 1 + numbers.below(60);
      h.words = (h.synapses + 15) / 16;
      h.first = numbers.below(256);
      h.delay = 1 + numbers.below(15);
      h.port = numbers.below(4);
      h.shift = numbers.below(12);
      write(Memory::Axon, axon, word | numbers.below(256) << 14 | 1u << 31);
      uint64_t bits = h.encode();
      for (uint32_t part = 0; part < 4; ++part)
        write(Memory::Synapse, 4 * word + part,
              part < 2 ? static_cast<uint32_t>(bits >> (32 * part)) : 0);
      for (uint32_t part = 4; part < 4 + 4 * h.words; ++part)
        write(Memory::Synapse, 4 * word + part, static_cast<uint32_t>(numbers.bits()));
      word += 1 + h.words;
    }
    write(Memory::KeyMap, 0, 0x1000);
    write(Memory::KeyMap, 1, ~0xffu);
    write(Memory::KeyMap, 2, 1u << 31);
  }
  /// Every third axon becomes a row of some tiles of the crossbar, every other tile with noise.
  void writeCrossbar() {
    for (uint32_t k = 0; k < memoryParts(Memory::Noise, parameters); ++k)
      write(Memory::Noise, k, static_cast<uint32_t>(numbers.bits()));
    for (uint32_t t = 0; t < 4; ++t) {
      CrossbarTile tile;
      tile.enabled = true;
      tile.noisy = t % 2;
      tile.converterBits = 9;
      tile.columns = 128 - 20 * t;
      tile.first = 64 * t;
      tile.port = t;
      tile.stream = 50 + t;
      tile.delay = t;
      tile.number = t;
      tile.firstStep = t;
      for (size_t s = 0; s < 4; ++s) {
        tile.low[s] = -500;
        tile.gain[s] = (1 << 24) / 2;
        tile.zero[s] = 250;
        tile.scale[s] = s < 3 ? 64u << s : 0;
      }
      tile.sigma.fill(30);
      auto parts = tile.encode();
      for (uint32_t k = 0; k < parts.size(); ++k)
        write(Memory::Tile, 32 * t + k, parts[k]);
      for (uint32_t row : {3u, 77u})
        for (uint32_t k = 0; k < CrossbarSizes::cellParts; ++k)
          write(Memory::Cell, (t * 128 + row) * CrossbarSizes::cellParts + k,
                static_cast<uint32_t>(numbers.bits()));
    }
    for (uint32_t axon = 0; axon < 256; axon += 3)
      write(Memory::Axon, axon, 3u << 30 | numbers.below(16) << 7 | (numbers.oneIn(2) ? 3u : 77u));
  }
  void expectSame(Memory memory) {
    for (uint32_t k = 0; k < memoryParts(memory, parameters); ++k)
      ASSERT_EQ(rtl.read(memory, k), golden.read(memory, k)) << memoryName(memory) << " " << k;
  }
  void expectSameRegisters() {
    for (Register r : {Register::Control, Register::SeedLow, Register::SeedHigh, Register::Flags,
                       Register::FirstErrorCause, Register::FirstErrorAddress, Register::Sops,
                       Register::SpikesOut, Register::SpikesIn, Register::Saturations,
                       Register::Rows, Register::Conversions, Register::Drives}) {
      auto number = static_cast<uint32_t>(r);
      ASSERT_EQ(rtl.read(Memory::Register, number), golden.read(Memory::Register, number))
          << "register " << number;
    }
  }
};

TEST(Core, EqualsTheGoldenModelStepByStep) {
  for (uint64_t seed = 1; seed < 3 && !testing::Test::HasFailure(); ++seed) {
    Pair pair(seed);
    pair.writeProgram();
    pair.writeRows();
    for (uint32_t step = 0; step < 27 && !testing::Test::HasFailure(); ++step) {
      std::vector<Spike> injected, sent;
      for (uint32_t k = pair.numbers.below(30); k > 0; --k)
        injected.push_back({0x1000 + pair.numbers.below(256),
                            static_cast<int32_t>(pair.numbers.below(4000)) - 2000});
      pair.rtl.step(step, injected);
      for (const Spike &spike : injected)
        pair.golden.deliver(spike, step);
      pair.golden.update(step, sent);
      for (const Spike &spike : sent)
        pair.golden.deliver(spike, step);
      pair.expectSame(Memory::Spikes);
      pair.expectSame(Memory::State);
      pair.expectSameRegisters();
      if (step % 13 == 0)
        pair.expectSame(Memory::Ring);
    }
    EXPECT_GT(pair.golden.counters.spikesOut, 200u);
    for (Memory memory : {Memory::Program, Memory::Synapse, Memory::Axon, Memory::KeyMap,
                          Memory::Ring, Memory::Constant, Memory::Segment})
      pair.expectSame(memory);
    uint32_t cycles = pair.rtl.read(Memory::Register, 20);
    EXPECT_GT(cycles, 27u * 246 * 14);
  }
}

TEST(Core, EqualsTheGoldenModelWithACrossbar) {
  for (uint64_t seed = 1; seed < 3 && !testing::Test::HasFailure(); ++seed) {
    Pair pair(seed);
    pair.writeProgram();
    pair.writeRows();
    pair.writeCrossbar();
    for (uint32_t step = 0; step < 20 && !testing::Test::HasFailure(); ++step) {
      std::vector<Spike> injected, sent;
      for (uint32_t k = pair.numbers.below(30); k > 0; --k)
        injected.push_back({0x1000 + pair.numbers.below(256),
                            static_cast<int32_t>(pair.numbers.below(511)) - 255});
      // The last ones do not fit.
      if (step > 15)
        injected.push_back({0x1000 + 3 * pair.numbers.below(80), 256});
      pair.rtl.step(step, injected);
      for (const Spike &spike : injected)
        pair.golden.deliver(spike, step);
      pair.golden.update(step, sent);
      for (const Spike &spike : sent)
        pair.golden.deliver(spike, step);
      pair.expectSame(Memory::Spikes);
      pair.expectSame(Memory::State);
      pair.expectSameRegisters();
      if (step % 9 == 0)
        pair.expectSame(Memory::Ring);
    }
    EXPECT_GT(pair.golden.counters.drives, 1000u);
    EXPECT_GT(pair.golden.counters.conversions, 10000u);
    EXPECT_EQ(pair.rtl.read(Memory::Register, 9), static_cast<uint32_t>(Cause::Address));
    EXPECT_GT(pair.rtl.read(Memory::Register, 29), pair.golden.counters.conversions / 8);
    for (Memory memory : {Memory::Tile, Memory::Noise, Memory::Axon, Memory::Ring})
      pair.expectSame(memory);
    for (uint32_t k = 0; k < memoryParts(Memory::Cell, pair.parameters); k += 37)
      ASSERT_EQ(pair.rtl.read(Memory::Cell, k), pair.golden.read(Memory::Cell, k)) << k;
  }
}

TEST(Core, AddressesBeyondAMemoryReadAsZeroAndWritesAreDropped) {
  Pair pair(5);
  for (uint32_t memory = 0; memory < 16; ++memory) {
    auto m = static_cast<Memory>(memory);
    uint32_t parts = memory < numMemories ? memoryParts(m, pair.parameters) : 0;
    for (uint32_t address : {parts, parts + 1, 0xfffffu}) {
      pair.rtl.write(m, address, ~0u);
      EXPECT_EQ(pair.rtl.read(m, address), 0u);
    }
    if (memory < numMemories && m != Memory::Route)
      EXPECT_EQ(pair.rtl.read(m, 0), 0u);
  }
}

TEST(Core, TheRoutersTableIsReachedAndItsErrorsAreKept) {
  Pair pair(6);
  pair.rtl.write(Memory::Route, 4 * 17 + 2, 0x80000011);
  EXPECT_EQ(pair.rtl.routeAccess, (std::array<uint32_t, 3>{17, 2, 0x80000011}));
  EXPECT_EQ(pair.rtl.read(Memory::Route, 4 * 9 + 1), 1000u + 37);
  pair.rtl.routerReports(false, 0x55);
  pair.rtl.routerReports(true, 0x66);
  EXPECT_EQ(pair.rtl.read(Memory::Register, 8), uint32_t(FlagUnrouted | FlagParity));
  EXPECT_EQ(pair.rtl.read(Memory::Register, 9), static_cast<uint32_t>(Cause::Unrouted));
  EXPECT_EQ(pair.rtl.read(Memory::Register, 10), 0x55u);
  EXPECT_EQ(pair.rtl.read(Memory::Register, 23), 1u);
  EXPECT_EQ(pair.rtl.read(Memory::Register, 24), 1u);
  pair.rtl.write(Memory::Register, 9, 0);
  pair.rtl.write(Memory::Register, 8, 0);
  EXPECT_EQ(pair.rtl.read(Memory::Register, 8), 0u);
  pair.rtl.routerReports(true, 0x77);
  EXPECT_EQ(pair.rtl.read(Memory::Register, 9), static_cast<uint32_t>(Cause::Parity));
  EXPECT_EQ(pair.rtl.read(Memory::Register, 10), 0x77u);
}

TEST(Core, TheFirstErrorStaysUntilItIsCleared) {
  Pair pair(8);
  pair.write(Memory::Register, 0, 1);
  // Instruction 3 is none.
  pair.write(Memory::Program, 7, ~0u);
  pair.write(Memory::Segment, 0, 1u << 31 | 3);
  auto step = [&](uint32_t number, const std::vector<Spike> &injected) {
    std::vector<Spike> sent;
    pair.rtl.step(number, injected);
    for (const Spike &spike : injected)
      pair.golden.deliver(spike, number);
    pair.golden.update(number, sent);
    pair.expectSameRegisters();
  };
  step(0, {{0x77, 1}});
  EXPECT_EQ(pair.rtl.read(Memory::Register, 9), static_cast<uint32_t>(Cause::NoKey));
  EXPECT_EQ(pair.rtl.read(Memory::Register, 10), 0x77u);
  pair.write(Memory::Register, 9, 0);
  pair.write(Memory::Register, 10, 5);
  pair.expectSameRegisters();
  step(1, {});
  EXPECT_EQ(pair.rtl.read(Memory::Register, 9), static_cast<uint32_t>(Cause::Illegal));
  EXPECT_EQ(pair.rtl.read(Memory::Register, 10), 3u);
}

TEST(Core, InjectedBitErrorsAreCorrectedOrReported) {
  Pair pair(7);
  for (uint32_t part = 0; part < 4; ++part)
    pair.rtl.write(Memory::Synapse, 40 + part, 0x11111111 * part);
  auto inject = [&](Memory memory, uint32_t address, uint32_t low, uint32_t high, uint32_t check) {
    pair.rtl.write(Memory::Register, 33, low);
    pair.rtl.write(Memory::Register, 34, high);
    pair.rtl.write(Memory::Register, 35, check);
    pair.rtl.write(Memory::Register, 32, static_cast<uint32_t>(memory) << 20 | address);
  };
  inject(Memory::Synapse, 42, 0, 1u << 9, 0);
  EXPECT_EQ(pair.rtl.read(Memory::Synapse, 43), 0x33333333u);
  EXPECT_EQ(pair.rtl.read(Memory::Register, 21), 1u);
  EXPECT_EQ(pair.rtl.read(Memory::Register, 8), uint32_t(FlagEccCorrected));
  inject(Memory::Synapse, 42, 0, 0, 1u << 3);
  pair.rtl.read(Memory::Synapse, 40);
  EXPECT_EQ(pair.rtl.read(Memory::Register, 22), 1u);
  EXPECT_EQ(pair.rtl.read(Memory::Register, 9), static_cast<uint32_t>(Cause::EccDouble));
  EXPECT_EQ(pair.rtl.read(Memory::Register, 10), 3u << 20 | 40);
  // Elsewhere there is nothing to turn over.
  inject(Memory::Ring, 0, 1, 0, 0);
  EXPECT_EQ(pair.rtl.read(Memory::Ring, 0), 0u);
}

} // namespace
