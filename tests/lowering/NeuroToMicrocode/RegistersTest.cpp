// Random programs of many values in 16 registers compute what they do with a register a value.
#include "lowering/NeuroToMicrocode/Registers.h"
#include "runtime/reference/GoldenChip.h"
#include <gtest/gtest.h>
#include <random>

using namespace engram;
using namespace engram::a1;

namespace {

constexpr int states = 12, stores = 6, mostWords = 128;

struct RandomProgram {
  std::vector<Step> steps;
  std::vector<ValueInfo> values;
  std::vector<uint32_t> constants, stateWords;
  std::vector<uint32_t> expected; ///< state words 0 to stores - 1 afterwards
};

RandomProgram randomProgram(uint64_t seed, int length) {
  std::mt19937_64 random(seed);
  auto below = [&](size_t n) { return static_cast<int>(random() % n); };
  RandomProgram program;
  std::vector<int64_t> numbers;
  auto add = [&](ValueInfo info, int64_t number) {
    program.values.push_back(info);
    numbers.push_back(number);
    return static_cast<int>(numbers.size()) - 1;
  };
  // The first words are for stores; halves and whole ones follow.
  program.stateWords.assign(mostWords, 0);
  for (int k = 0; k < states; ++k) {
    auto word = static_cast<uint32_t>(random());
    program.stateWords[stores + k] = word;
    for (int bit = 0; bit < 32; bit += halfBits) {
      ValueInfo half{ValueInfo::State, stores + k, random() % 2 == 0};
      half.width = halfBits;
      half.bit = bit;
      add(half, cut(word >> bit, halfBits, half.isSigned));
    }
    ValueInfo whole{ValueInfo::State, stores + k, true};
    add(whole, cut(word, 32, whole.isSigned));
    program.constants.push_back(static_cast<uint32_t>(random()));
    ValueInfo constant{ValueInfo::Constant, k, true};
    add(constant, cut(program.constants.back(), 32, constant.isSigned));
  }
  const Opcode opcodes[] = {Opcode::ADD, Opcode::SUB, Opcode::MUL, Opcode::MAD, Opcode::MIN,
                            Opcode::MAX, Opcode::SEL, Opcode::XOR, Opcode::CVT};
  for (int k = 0; k < length; ++k) {
    Step step;
    step.instruction.opcode = opcodes[below(std::size(opcodes))];
    step.instruction.width = 32;
    step.instruction.shift = static_cast<int8_t>(below(20));
    int64_t inputs[3] = {};
    for (int64_t &input : inputs) {
      // Old and new values.
      int value =
          random() % 2 ? below(numbers.size()) : static_cast<int>(numbers.size()) - 1 - below(20);
      step.operands.push_back(value);
      input = numbers[value];
    }
    step.result = add({ValueInfo::Computed, 0, true},
                      execute(step.instruction, inputs[0], inputs[1], inputs[2], 0));
    program.steps.push_back(step);
  }
  for (int word = 0; word < stores; ++word) {
    Step store;
    store.instruction.opcode = Opcode::STS;
    store.instruction.imm = static_cast<uint16_t>(word);
    int value = below(numbers.size());
    store.operands.push_back(value);
    program.expected.push_back(static_cast<uint32_t>(numbers[value]));
    program.steps.push_back(store);
  }
  program.steps.push_back({});
  return program;
}

} // namespace

TEST(Registers, HoldWhatProgramsOfManyValuesCompute) {
  ChipParameters chip;
  chip.stateWords = mostWords;
  chip.instructions = 1024;
  int putAside = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    RandomProgram program = randomProgram(seed, 20 + static_cast<int>(seed));
    auto allocated = allocateRegisters(program.steps, program.values, stores + states, {});
    ASSERT_TRUE(mlir::succeeded(allocated));
    ASSERT_LE(allocated->stateWords, mostWords);
    putAside += allocated->stateWords - stores - states;
    GoldenCore core(chip);
    core.write(Memory::Register, 0, 1);
    core.write(Memory::Segment, 0, 1u << 31);
    for (size_t k = 0; k < program.stateWords.size(); ++k)
      core.write(Memory::State, static_cast<uint32_t>(k), program.stateWords[k]);
    for (size_t k = 0; k < program.constants.size(); ++k)
      core.write(Memory::Constant, static_cast<uint32_t>(k), program.constants[k]);
    for (size_t k = 0; k < allocated->lines.size(); ++k) {
      uint64_t word = allocated->lines[k].instruction.encode();
      core.write(Memory::Program, static_cast<uint32_t>(2 * k), static_cast<uint32_t>(word));
      core.write(Memory::Program, static_cast<uint32_t>(2 * k + 1),
                 static_cast<uint32_t>(word >> 32));
    }
    std::vector<Spike> spikes;
    core.update(0, spikes);
    for (uint32_t word = 0; word < stores; ++word)
      ASSERT_EQ(core.read(Memory::State, word), program.expected[word])
          << "program " << seed << ", word " << word;
  }
  // They have more values than registers.
  EXPECT_GT(putAside, 1000);
}
