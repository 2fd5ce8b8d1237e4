// Random instructions of neuron programs.
#pragma once

#include "runtime/accelerator/Instruction.h"
#include "tests/rtl/Numbers.h"

namespace engram::a1::test {

/// Mostly instructions of programs that say something; now and then any word.
inline uint64_t randomInstruction(Numbers &numbers) {
  if (numbers.oneIn(100))
    return numbers.bits();
  Instruction i = Instruction::decode(numbers.bits());
  i.opcode = static_cast<Opcode>(1 + numbers.below(numOpcodes - 1));
  if (numbers.oneIn(3))
    i.opcode = static_cast<Opcode>(1 + numbers.below(4));
  if (!numbers.oneIn(4)) {
    i.shift = static_cast<int8_t>(static_cast<int>(numbers.below(30)) - 6);
    i.align = static_cast<uint8_t>(numbers.below(20));
    i.width = static_cast<uint8_t>(8 + numbers.below(25));
    // A store and its load meet, whole or half.
    if (i.opcode == Opcode::LDS || i.opcode == Opcode::STS) {
      i.imm = static_cast<uint16_t>(numbers.below(3));
      i.align = static_cast<uint8_t>(halfBits * numbers.below(2));
      if (numbers.oneIn(2))
        i.width = halfBits;
    }
    // Few registers, so that values meet.
    i.rd &= 3;
    i.ra &= 3;
    i.rb &= 3;
  }
  return i.encode();
}

} // namespace engram::a1::test
