// The ALU in lock-step with the definition of its instructions.
#include "Vengram_alu.h"
#include "runtime/accelerator/Instruction.h"
#include "tests/rtl/Numbers.h"
#include <gtest/gtest.h>
#include <memory>

using namespace engram::a1;
using namespace engram::a1::test;

namespace {

struct Operands {
  int64_t a = 0, b = 0, c = 0;
  uint32_t random = 0;
};

struct Result {
  int64_t value = 0;
  int cycles = 0;
  bool saturated = false;
};

class Alu {
public:
  Alu() : model(std::make_unique<Vengram_alu>()) {
    model->rst_ni = 0;
    tick();
    model->rst_ni = 1;
  }

  Result run(const Instruction &i, const Operands &o) {
    constexpr uint64_t mask = (uint64_t(1) << registerBits) - 1;
    model->start_i = 1;
    model->opcode_i = static_cast<uint8_t>(i.opcode);
    model->rounding_i = static_cast<uint8_t>(i.rounding);
    model->width_i = i.width;
    model->signed_i = i.isSigned;
    model->shift_i = static_cast<uint8_t>(i.shift) & 0x7f;
    model->align_i = i.align;
    model->imm_i = i.imm & 7;
    model->a_i = static_cast<uint64_t>(o.a) & mask;
    model->b_i = static_cast<uint64_t>(o.b) & mask;
    model->c_i = static_cast<uint64_t>(o.c) & mask;
    model->random_i = o.random;
    Result result;
    for (result.cycles = 1; result.cycles < 10; ++result.cycles) {
      model->eval();
      if (model->done_o)
        break;
      tick();
    }
    result.value = static_cast<int64_t>(model->result_o << 31) >> 31;
    result.saturated = model->saturated_o;
    tick();
    model->start_i = 0;
    return result;
  }

private:
  std::unique_ptr<Vengram_alu> model;

  void tick() {
    model->clk_i = 0;
    model->eval();
    model->clk_i = 1;
    model->eval();
  }
};

Instruction randomInstruction(Numbers &numbers) {
  Instruction i = Instruction::decode(numbers.bits());
  i.opcode = static_cast<Opcode>(1 + numbers.below(23));
  // Mostly amounts that leave something to round, and widths that programs use.
  if (!numbers.oneIn(4)) {
    i.shift = static_cast<int8_t>(static_cast<int>(numbers.below(50)) - 10);
    i.align = static_cast<uint8_t>(numbers.below(34));
    i.width = static_cast<uint8_t>(1 + numbers.below(33));
  }
  return i;
}

struct Expected {
  int64_t value;
  bool saturated;
};

// Loads are instructions of the engine, which has the ALU extend and saturate.
Expected expected(const Instruction &i, const Operands &o) {
  switch (i.opcode) {
  case Opcode::LDS:
    return {cut(o.a, std::min(i.resultWidth(), 32), i.isSigned), false};
  case Opcode::LDC:
    return {cut(o.a, 32, i.isSigned), false};
  case Opcode::LDP: {
    int64_t sum = saturate(o.a + o.b, i.resultWidth(), i.isSigned);
    return {sum, sum != o.a + o.b};
  }
  default:
    return {execute(i, o.a, o.b, o.c, o.random), false};
  }
}

void check(Alu &alu, const Instruction &i, const Operands &o) {
  Expected want = expected(i, o);
  Result got = alu.run(i, o);
  ASSERT_EQ(got.value, want.value)
      << i.text() << " of " << o.a << ", " << o.b << ", " << o.c << ", random " << o.random
      << ", width " << int(i.width) << ", shift " << int(i.shift) << ", align " << int(i.align)
      << ", imm " << i.imm;
  ASSERT_EQ(got.saturated, want.saturated) << i.text() << " of " << o.a << ", " << o.b;
  ASSERT_EQ(got.cycles, latencyOf(i)) << i.text();
}

TEST(Alu, EqualsTheDefinitionOnRandomInstructions) {
  Alu alu;
  Numbers numbers(20);
  for (int k = 0; k < 2000000 && !HasFatalFailure(); ++k) {
    Operands o{numbers.operand(), numbers.operand(), numbers.operand(),
               static_cast<uint32_t>(numbers.bits())};
    Instruction i = randomInstruction(numbers);
    // All ones below some bit: up to the carry, not over it.
    if (numbers.oneIn(4))
      o.random = ~uint32_t(0) << numbers.below(32) ^ (numbers.oneIn(2) ? ~uint32_t(0) : 0);
    // Amounts of shifts by registers, where they are not everything.
    if ((i.opcode == Opcode::SHL || i.opcode == Opcode::SHR) && !numbers.oneIn(8))
      o.b = numbers.below(70);
    // Halves and whole numbers, beside which the lowest bit decides.
    if (i.opcode == Opcode::MAD && numbers.oneIn(2)) {
      o.a = int64_t(1) << (10 + numbers.below(22));
      o.b = static_cast<int64_t>(1 + numbers.below(8)) << (15 + numbers.below(14));
      o.b = numbers.oneIn(2) ? -o.b : o.b;
      o.c = static_cast<int64_t>(numbers.below(3)) - 1;
      i.align = 0;
      i.shift = static_cast<int8_t>(28 + numbers.below(30));
    }
    if (i.opcode == Opcode::CMP && numbers.oneIn(3))
      o.b = o.a;
    check(alu, i, o);
  }
}

TEST(Alu, EqualsTheDefinitionOnAllPairsOfCorners) {
  Alu alu;
  Numbers numbers(21);
  const int64_t top = int64_t(1) << 32;
  const int64_t corners[] = {0,          1,          -1,
                             2,          -2,         (1 << 23) - 1,
                             -(1 << 23), 0x7fffffff, -0x80000000LL,
                             0xffffffff, top - 2,    -top,
                             1 - top,    0x55555555};
  for (int opcode = 1; opcode <= 23; ++opcode)
    for (int64_t a : corners)
      for (int64_t b : corners)
        for (int width : {1, 2, 8, 16, 24, 31, 32, 33})
          for (bool isSigned : {false, true}) {
            Instruction i = randomInstruction(numbers);
            i.opcode = static_cast<Opcode>(opcode);
            i.width = static_cast<uint8_t>(width);
            i.isSigned = isSigned;
            check(alu, i,
                  {a, b, corners[numbers.below(14)], static_cast<uint32_t>(numbers.bits())});
            if (HasFatalFailure())
              return;
          }
}

} // namespace
