// Encoding and meaning of instructions.
#include "runtime/accelerator/Instruction.h"
#include <algorithm>

using namespace engram::a1;
using Wide = __int128;

uint64_t Instruction::encode() const {
  auto field = [](uint64_t value, int low, int bits) {
    return (value & ((uint64_t(1) << bits) - 1)) << low;
  };
  return field(static_cast<uint64_t>(opcode), 58, 6) | field(rd, 54, 4) | field(ra, 50, 4) |
         field(rb, 46, 4) | field(rc, 42, 4) | field(static_cast<uint64_t>(rounding), 40, 2) |
         field(width, 34, 6) | field(isSigned, 33, 1) | field(static_cast<uint8_t>(shift), 26, 7) |
         field(align, 20, 6) | field(rr, 16, 4) | imm;
}

Instruction Instruction::decode(uint64_t word) {
  auto field = [&](int low, int bits) {
    return static_cast<uint8_t>(word >> low & ((uint64_t(1) << bits) - 1));
  };
  Instruction i;
  i.opcode = static_cast<Opcode>(field(58, 6));
  i.rd = field(54, 4);
  i.ra = field(50, 4);
  i.rb = field(46, 4);
  i.rc = field(42, 4);
  i.rounding = static_cast<Rounding>(field(40, 2));
  i.width = field(34, 6);
  i.isSigned = field(33, 1);
  i.shift = static_cast<int8_t>(static_cast<int8_t>(field(26, 7) << 1) >> 1);
  i.align = field(20, 6);
  i.rr = field(16, 4);
  i.imm = static_cast<uint16_t>(word);
  return i;
}

int Instruction::resultWidth() const {
  int widest = isSigned ? registerBits : registerBits - 1;
  return width >= 1 && width <= widest ? width : widest;
}

int engram::a1::latencyOf(const Instruction &instruction) {
  switch (instruction.opcode) {
  case Opcode::MUL:
  case Opcode::MAD:
  case Opcode::CVT:
  case Opcode::SHL:
  case Opcode::SHR:
  case Opcode::MULW:
    return 3;
  case Opcode::RND:
    return 12;
  case Opcode::LDX:
    return 2;
  case Opcode::FND: {
    // A cycle to read the first constant, and one for each bit of their number.
    int cycles = 1;
    for (int count = instruction.align & 0x3f; count > 0; count /= 2)
      ++cycles;
    return cycles;
  }
  default:
    return 1;
  }
}

bool engram::a1::isUpperHalf(const Instruction &i) { return i.align & halfBits; }
bool engram::a1::storesHalf(const Instruction &i) { return i.width == halfBits; }

int64_t engram::a1::saturate(Wide x, int width, bool isSigned) {
  Wide high = (Wide(1) << (isSigned ? width - 1 : width)) - 1, low = isSigned ? -high - 1 : 0;
  return static_cast<int64_t>(std::clamp(x, low, high));
}

int64_t engram::a1::cut(int64_t x, int width, bool isSigned) {
  auto bits = static_cast<uint64_t>(x) << (64 - width);
  return isSigned ? static_cast<int64_t>(bits) >> (64 - width)
                  : static_cast<int64_t>(bits >> (64 - width));
}

static Wide floorShift(Wide x, int shift) { return x >> std::min(shift, 126); }

// x / 2^shift as a whole number; fx_n3 of docs/spec-fx.md.
static Wide roundShift(Wide x, int shift, Rounding rounding, uint32_t random) {
  // Beyond 34 bits each shift to the left leads out of every range.
  if (shift < 0)
    return std::clamp(x, -(Wide(1) << 34), Wide(1) << 34) * (Wide(1) << std::min(-shift, 64));
  if (shift == 0)
    return x;
  Wide below = floorShift(x, shift), rest = x - below * (Wide(1) << shift);
  Wide half = Wide(1) << (shift - 1);
  switch (rounding) {
  case Rounding::NearestEven:
    return below + (rest > half || (rest == half && (below & 1)));
  case Rounding::TowardZero:
    return below + (x < 0 && rest != 0);
  case Rounding::Floor:
    return below;
  case Rounding::Stochastic:
    break;
  }
  // floor(x / 2^s + r / 2^32): the bits below 2^-32 never decide.
  return shift >= 32 ? floorShift(floorShift(x, shift - 32) + random, 32)
                     : floorShift(x + (random >> (32 - shift)), shift);
}

int64_t engram::a1::execute(const Instruction &i, int64_t a, int64_t b, int64_t c,
                            uint32_t random) {
  auto sat = [&](Wide x) { return saturate(x, i.resultWidth(), i.isSigned); };
  // Larger amounts take every number but zero out of the range, or to its sign.
  auto amount = static_cast<int>(std::min<uint64_t>(static_cast<uint64_t>(b), 64));
  switch (i.opcode) {
  case Opcode::ADD:
    return sat(Wide(a) + b);
  case Opcode::SUB:
    return sat(Wide(a) - b);
  case Opcode::MUL:
    return sat(roundShift(Wide(a) * b, i.shift, i.rounding, random));
  case Opcode::MAD: {
    auto product = static_cast<unsigned __int128>(Wide(a) * b);
    auto addend = static_cast<unsigned __int128>(Wide(c));
    (i.imm & 1 ? addend : product) <<= i.align;
    // The adder has 100 bits; compilers see to it that they are enough.
    Wide sum = static_cast<Wide>((product + addend) << 28) >> 28;
    return sat(roundShift(sum, i.shift, i.rounding, random));
  }
  case Opcode::CVT:
    return sat(roundShift(a, i.shift, i.rounding, random));
  case Opcode::NEG:
    return sat(-Wide(a));
  case Opcode::ABS:
    return sat(a < 0 ? -Wide(a) : Wide(a));
  case Opcode::MIN:
    return std::min(a, b);
  case Opcode::MAX:
    return std::max(a, b);
  case Opcode::CMP:
    switch (static_cast<Relation>(i.imm & 7)) {
    case Relation::Eq:
      return a == b;
    case Relation::Ne:
      return a != b;
    case Relation::Lt:
      return a < b;
    case Relation::Le:
      return a <= b;
    case Relation::Gt:
      return a > b;
    case Relation::Ge:
      return a >= b;
    }
    return 0;
  case Opcode::SEL:
    return c & 1 ? a : b;
  case Opcode::AND:
    return cut(a & b, i.resultWidth(), i.isSigned);
  case Opcode::OR:
    return cut(a | b, i.resultWidth(), i.isSigned);
  case Opcode::XOR:
    return cut(a ^ b, i.resultWidth(), i.isSigned);
  case Opcode::ADDW:
    return cut(a + b, i.resultWidth(), i.isSigned);
  case Opcode::SUBW:
    return cut(a - b, i.resultWidth(), i.isSigned);
  case Opcode::MULW:
    return cut(static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b)),
               i.resultWidth(), i.isSigned);
  case Opcode::SHL:
    return sat(Wide(a) * (Wide(1) << amount));
  case Opcode::SHR:
    return sat(roundShift(a, amount, i.rounding, random));
  default:
    return 0;
  }
}
