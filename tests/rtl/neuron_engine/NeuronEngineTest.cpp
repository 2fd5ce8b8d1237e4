// The neuron engine in lock-step with GoldenCore::update: random programs, segments, states and
// sums.
#include "Vengram_neuron_engine.h"
#include "runtime/reference/GoldenChip.h"
#include "tests/rtl/Numbers.h"
#include "tests/rtl/RandomInstruction.h"
#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <memory>

using namespace engram::a1;
using namespace engram::a1::test;

namespace {

// The chip of the target; another one is built with longer programs.
const ChipParameters chip = [] {
  ChipParameters parameters;
#ifdef ENGRAM_INSTRUCTIONS
  parameters.instructions = ENGRAM_INSTRUCTIONS;
#endif
  return parameters;
}();

struct Events {
  std::vector<Spike> spikes;
  uint32_t saturations = 0, illegal = 0, cycles = 0;
  int illegalPc = -1; ///< of the first one
  std::vector<int> takes = std::vector<int>(chip.neurons);
};

// The engine with a ring beside it, which answers one cycle after a take.
class Engine {
public:
  std::vector<uint32_t> ring = std::vector<uint32_t>(chip.slots * chip.neurons * chip.ports);

  Engine() : model(std::make_unique<Vengram_neuron_engine>()) {
    model->rst_ni = 0;
    tick();
    model->rst_ni = 1;
    tick();
  }

  void write(Memory memory, uint32_t address, uint32_t value) {
    control(memory, address);
    model->ctrl_write_i = 1;
    model->ctrl_wdata_i = value;
    tick();
    model->ctrl_valid_i = model->ctrl_write_i = 0;
  }

  uint32_t read(Memory memory, uint32_t address) {
    control(memory, address);
    tick();
    model->ctrl_valid_i = 0;
    return model->ctrl_rdata_o;
  }

  /// Of `readyOf` 256 cycles the receiver takes spikes.
  Events update(uint32_t step, bool enable, uint64_t seed, Numbers &numbers, uint32_t readyOf) {
    Events events;
    model->start_i = 1;
    model->step_i = step;
    model->enable_i = enable;
    model->seed_i = seed;
    for (bool done = false; !done && events.cycles < 1000000; ++events.cycles) {
      model->spike_ready_i = numbers.below(256) < readyOf;
      model->eval();
      done = model->done_o;
      if (model->spike_valid_o && model->spike_ready_i)
        events.spikes.push_back(
            {model->spike_key_o, static_cast<int32_t>(cut(model->spike_payload_o, 24, true))});
      events.saturations += model->saturated_o;
      if (model->illegal_o && !events.illegal++)
        events.illegalPc = model->illegal_pc_o;
      bool take = model->take_valid_o;
      uint32_t neuron = model->take_neuron_o, slot = model->take_slot_o;
      tick();
      model->start_i = 0;
      answer(take, slot, neuron);
      if (take)
        ++events.takes[neuron];
    }
    return events;
  }

  bool idle() const { return model->idle_o; }

private:
  std::unique_ptr<Vengram_neuron_engine> model;

  void tick() {
    model->clk_i = 0;
    model->eval();
    model->clk_i = 1;
    model->eval();
  }

  void control(Memory memory, uint32_t address) {
    model->ctrl_valid_i = 1;
    model->ctrl_memory_i = static_cast<uint8_t>(memory);
    model->ctrl_address_i = address;
    model->eval();
    EXPECT_TRUE(model->ctrl_ready_o);
  }

  // What is on the port when no take was made must not matter.
  void answer(bool take, uint32_t slot, uint32_t neuron) {
    unsigned __int128 sums = ~static_cast<unsigned __int128>(0) / 3;
    if (take) {
      sums = 0;
      for (int port = chip.ports - 1; port >= 0; --port) {
        uint32_t &sum = ring[(slot * chip.neurons + neuron) * chip.ports + port];
        sums = sums << 24 | sum;
        sum = 0;
      }
    }
    for (int word = 0; word < 3; ++word)
      model->take_sums_i[word] = static_cast<uint32_t>(sums >> (32 * word));
  }
};

class Pair {
public:
  Engine engine;
  GoldenCore golden{chip};

  void write(Memory memory, uint32_t address, uint32_t value) {
    golden.write(memory, address, value);
    if (memory == Memory::Ring)
      engine.ring[address] = value & 0xffffff;
    else if (memory != Memory::Register)
      engine.write(memory, address, value);
  }

  void writeProgram(uint32_t pc, uint64_t word) {
    write(Memory::Program, 2 * pc, static_cast<uint32_t>(word));
    write(Memory::Program, 2 * pc + 1, static_cast<uint32_t>(word >> 32));
  }

  /// Runs a step on both and compares all that there is.
  Events step(uint32_t step, Numbers &numbers, uint32_t readyOf) {
    auto word = [&](uint32_t r) { return golden.read(Memory::Register, r); };
    uint32_t before = golden.counters.saturations;
    std::vector<Spike> want;
    golden.flags = 0;
    golden.update(step, want);
    Events got =
        engine.update(step, word(0) & 1, word(1) | uint64_t(word(2)) << 32, numbers, readyOf);
    EXPECT_TRUE(engine.idle());
    EXPECT_EQ(got.spikes.size(), want.size());
    for (size_t k = 0; k < std::min(want.size(), got.spikes.size()); ++k)
      EXPECT_TRUE(got.spikes[k] == want[k])
          << "spike " << k << ": key " << got.spikes[k].key << " payload " << got.spikes[k].payload
          << ", expected " << want[k].key << ", " << want[k].payload;
    EXPECT_EQ(got.saturations, golden.counters.saturations - before);
    EXPECT_EQ(got.saturations > 0, (golden.flags & FlagSaturated) != 0);
    EXPECT_EQ(got.illegal > 0, (golden.flags & FlagIllegal) != 0);
    for (Memory memory :
         {Memory::State, Memory::Spikes, Memory::Program, Memory::Constant, Memory::Segment})
      for (uint32_t k = 0; k < memoryParts(memory, chip); ++k)
        EXPECT_EQ(engine.read(memory, k), golden.read(memory, k)) << memoryName(memory) << " " << k;
    for (uint32_t k = 0; k < engine.ring.size(); ++k)
      EXPECT_EQ(engine.ring[k], golden.read(Memory::Ring, k)) << "ring " << k;
    return got;
  }
};

uint32_t segmentWord(uint32_t count, uint32_t first, uint32_t pc) {
  return 1u << 31 | (count - 1) << 16 | first << 8 | pc;
}

Instruction make(Opcode opcode, int rd = 0, int ra = 0, int rb = 0, int imm = 0) {
  Instruction i;
  i.opcode = opcode;
  i.rd = static_cast<uint8_t>(rd);
  i.ra = static_cast<uint8_t>(ra);
  i.rb = static_cast<uint8_t>(rb);
  i.imm = static_cast<uint16_t>(imm);
  return i;
}

void randomize(Pair &pair, Numbers &numbers) {
  uint32_t programs = 1 + numbers.below(4);
  const auto instructions = static_cast<uint32_t>(chip.instructions);
  for (uint32_t pc = 0; pc < instructions; ++pc)
    pair.writeProgram(pc, numbers.oneIn(64 / programs) ? 0 : randomInstruction(numbers));
  for (uint32_t k = 0; k < static_cast<uint32_t>(chip.constants); ++k)
    pair.write(Memory::Constant, k, static_cast<uint32_t>(numbers.operand()));
  for (uint32_t k = 0; k < 2048; ++k)
    pair.write(Memory::State, k, static_cast<uint32_t>(numbers.operand()));
  uint32_t used = numbers.below(6), budget = 300;
  for (uint32_t s = 0; s < static_cast<uint32_t>(chip.segments); ++s) {
    uint32_t count = 1 + numbers.below(numbers.oneIn(8) ? 256 : 40);
    bool valid = used && budget > count && numbers.oneIn(4);
    used -= valid;
    budget -= valid ? count : 0;
    uint32_t word = segmentWord(count, numbers.below(256), numbers.below(instructions));
    pair.write(Memory::Segment, 8 * s, valid ? word : word & 0x7fffffff);
    for (uint32_t part = 1; part < 8; ++part)
      pair.write(Memory::Segment, 8 * s + part, static_cast<uint32_t>(numbers.bits()));
    pair.write(Memory::Segment, 8 * s + 4, numbers.below(3) ? 0 : numbers.below(20));
  }
  pair.write(Memory::Register, 0, !numbers.oneIn(10));
  pair.write(Memory::Register, 1, static_cast<uint32_t>(numbers.bits()));
  pair.write(Memory::Register, 2, static_cast<uint32_t>(numbers.bits()));
}

TEST(NeuronEngine, EqualsTheGoldenCoreOnRandomProgramsWithBackPressure) {
  Pair pair;
  Numbers numbers(31);
  size_t spikes = 0, saturations = 0, illegal = 0, takes = 0;
  for (int k = 0; k < 300 && !testing::Test::HasFailure(); ++k) {
    randomize(pair, numbers);
    uint32_t readyOf = numbers.oneIn(3) ? 256 : 1 + numbers.below(256);
    for (uint32_t step = numbers.below(20), last = step + 3; step < last; ++step) {
      SCOPED_TRACE(fmt::format("configuration {}, step {}", k, step));
      for (uint32_t n = 0; n < 1024; ++n)
        pair.write(Memory::Ring, step % 16 * 1024 + n, static_cast<uint32_t>(numbers.bits()));
      Events events = pair.step(step, numbers, readyOf);
      spikes += events.spikes.size();
      saturations += events.saturations;
      illegal += events.illegal;
      for (int n : events.takes)
        takes += n;
    }
  }
  // The programs are not all of one kind.
  EXPECT_GT(spikes, 5000u);
  EXPECT_GT(saturations, 5000u);
  EXPECT_GT(illegal, 50u);
  EXPECT_GT(takes, 20000u);
}

TEST(NeuronEngine, TakesEachNeuronOncePerStepAlsoBeforeItsFirstStep) {
  Pair pair;
  Numbers numbers(32);
  pair.write(Memory::Register, 0, 1);
  pair.write(Memory::Segment, 8 * 3, segmentWord(256, 200, 5));
  pair.write(Memory::Segment, 8 * 3 + 4, 2);
  pair.writeProgram(5, make(Opcode::LDP, 1, 0, 0, 1).encode());
  pair.writeProgram(6, make(Opcode::EMT, 0, 1).encode());
  for (uint32_t step = 0; step < 4; ++step) {
    for (uint32_t n = 0; n < 1024; ++n)
      pair.write(Memory::Ring, step * 1024 + n, 1000 + n);
    Events events = pair.step(step, numbers, 200);
    EXPECT_EQ(events.takes, std::vector<int>(256, 1)) << "step " << step;
    EXPECT_EQ(events.spikes.size(), step < 2 ? 0u : 256u);
  }
}

TEST(NeuronEngine, ALoadFollowsItsStoreWithoutAGap) {
  Pair pair;
  Numbers numbers(33);
  pair.write(Memory::Register, 0, 1);
  pair.write(Memory::Segment, 0, segmentWord(10, 0, 0));
  pair.write(Memory::Constant, 0, 77);
  int pc = 0;
  for (Instruction i :
       {make(Opcode::LDC, 1), make(Opcode::STS, 0, 1, 0, 2), make(Opcode::LDS, 2, 0, 0, 2),
        make(Opcode::STS, 0, 2, 0, 3), make(Opcode::END)})
    pair.writeProgram(pc++, i.encode());
  pair.step(0, numbers, 256);
  for (uint32_t n = 0; n < 10; ++n)
    EXPECT_EQ(pair.engine.read(Memory::State, 8 * n + 3), 77u);
}

TEST(NeuronEngine, StoresAndLoadsHalvesOfAWord) {
  Pair pair;
  Numbers numbers(35);
  pair.write(Memory::Register, 0, 1);
  pair.write(Memory::Segment, 0, segmentWord(3, 0, 0));
  pair.write(Memory::Constant, 0, 0x89abcdef);
  for (uint32_t n = 0; n < 3; ++n)
    pair.write(Memory::State, 8 * n, 0x01234567);
  int pc = 0;
  for (const char *text :
       {"ldc r1, const[0] s32", "sts state[0].hi, r1", "lds r2, state[0].hi s16",
        "sts state[1], r2", "lds r3, state[0] u16", "sts state[2], r3", "sts state[3].lo, r2",
        "lds r4, state[3] s32", "sts state[4].lo, r4", "end"})
    pair.writeProgram(pc++, *assembleWord(text));
  pair.step(0, numbers, 256);
  for (uint32_t n = 0; n < 3; ++n) {
    EXPECT_EQ(pair.engine.read(Memory::State, 8 * n), 0xcdef4567u);
    EXPECT_EQ(pair.engine.read(Memory::State, 8 * n + 1), 0xffffcdefu);
    EXPECT_EQ(pair.engine.read(Memory::State, 8 * n + 2), 0x4567u);
    EXPECT_EQ(pair.engine.read(Memory::State, 8 * n + 3), 0xcdefu);
    EXPECT_EQ(pair.engine.read(Memory::State, 8 * n + 4), 0xcdefu);
  }
}

// The number of ascending constants that a number is not below, by std::upper_bound; and the
// constant at that place of another table.
TEST(NeuronEngine, FindsThePieceOfANumberAndItsConstant) {
  Pair pair;
  Numbers numbers(36);
  pair.write(Memory::Register, 0, 1);
  pair.write(Memory::Segment, 0, segmentWord(40, 0, 0));
  for (int count : {1, 2, 3, 7, 8, 31, 32, 63})
    for (bool isSigned : {true, false}) {
      std::vector<int64_t> starts;
      while (starts.size() < static_cast<size_t>(count))
        starts.push_back(cut(static_cast<int64_t>(numbers.bits()), 32, isSigned));
      std::sort(starts.begin(), starts.end());
      for (int k = 0; k < count; ++k)
        pair.write(Memory::Constant, 20 + k, static_cast<uint32_t>(starts[k]));
      for (int k = 0; k <= count; ++k)
        pair.write(Memory::Constant, 150 + k, 1000 + k);
      std::vector<int64_t> asked;
      for (uint32_t n = 0; n < 40; ++n) {
        // Also the starts themselves and what is beside them.
        int64_t x = numbers.oneIn(2) ? starts[numbers.below(static_cast<uint32_t>(count))] +
                                           static_cast<int64_t>(numbers.below(3)) - 1
                                     : static_cast<int64_t>(numbers.bits());
        asked.push_back(cut(x, 32, isSigned));
        pair.write(Memory::State, 8 * n, static_cast<uint32_t>(x));
      }
      int pc = 0;
      std::string sign = isSigned ? "s32" : "u32";
      for (const std::string &text :
           {"lds r1, state[0] " + sign, fmt::format("fnd r2, r1, const[20] of {} {}", count, sign),
            std::string("sts state[1], r2"), std::string("ldx r3, const[150 + r2] s32"),
            std::string("sts state[2], r3"), std::string("end")})
        pair.writeProgram(pc++, *assembleWord(text));
      pair.step(0, numbers, 256);
      for (uint32_t n = 0; n < 40; ++n) {
        auto place = static_cast<uint32_t>(
            std::upper_bound(starts.begin(), starts.end(), asked[n]) - starts.begin());
        EXPECT_EQ(pair.engine.read(Memory::State, 8 * n + 1), place) << asked[n];
        EXPECT_EQ(pair.engine.read(Memory::State, 8 * n + 2), 1000 + place);
      }
    }
}

// docs/accelerator.md, Timing: instructions and their latencies, 8 cycles a valid segment, 1 for
// each other, 2 for the step.
TEST(NeuronEngine, TakesTheCyclesOfTheDataSheet) {
  Pair pair;
  Numbers numbers(34);
  pair.write(Memory::Register, 0, 1);
  // A search among 63, 12 and no constants takes a cycle and 6, 4 or 0 more.
  auto search = [](uint8_t count) {
    Instruction i = make(Opcode::FND, 1, 1);
    i.align = count;
    return i;
  };
  const std::pair<Instruction, uint32_t> body[] = {{make(Opcode::LDS, 1), 1},
                                                   {make(Opcode::MUL, 1, 1, 1), 3},
                                                   {make(Opcode::MAD, 1, 1, 1), 3},
                                                   {make(Opcode::RND, 1), 12},
                                                   {make(Opcode::ADD, 1, 1, 1), 1},
                                                   {make(Opcode::LDX, 1, 1), 2},
                                                   {search(63), 7},
                                                   {search(12), 5},
                                                   {search(0), 1},
                                                   {make(Opcode::STS, 0, 1), 1}};
  uint32_t program = 1, pc = 0;
  for (auto [instruction, cycles] : body) {
    pair.writeProgram(pc++, instruction.encode());
    program += cycles;
    EXPECT_EQ(latencyOf(instruction), static_cast<int>(cycles));
  }
  uint32_t neurons = 0, valid = 0;
  for (uint32_t s : {0u, 1u, 7u}) {
    pair.write(Memory::Segment, 8 * s, segmentWord(20 + s, 30 * s, 0));
    neurons += 20 + s;
    ++valid;
    Events events = pair.step(0, numbers, 256);
    EXPECT_EQ(events.cycles, neurons * program + 8 * valid + (chip.segments - valid) + 3) << s;
  }
}

TEST(NeuronEngine, AnswersControlReadsBeyondItsMemoriesWithZero) {
  Engine engine;
  engine.write(Memory::Constant, 255, 5);
  engine.write(Memory::Constant, 256, 6);
  engine.write(Memory::State, 2048, 7);
  EXPECT_EQ(engine.read(Memory::Constant, 255), 5u);
  EXPECT_EQ(engine.read(Memory::Constant, 0), 0u);
  EXPECT_EQ(engine.read(Memory::Constant, 256), 0u);
  EXPECT_EQ(engine.read(Memory::State, 0), 0u);
  EXPECT_EQ(engine.read(Memory::State, 2048), 0u);
  EXPECT_EQ(engine.read(Memory::Spikes, 8), 0u);
}

} // namespace
