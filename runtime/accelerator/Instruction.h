// Instructions of the neuron engine: fields, encoding, text, and what they compute.
#pragma once

#include "runtime/Error.h"
#include <cstdint>
#include <string>
#include <string_view>

namespace engram::a1 {

enum class Opcode : uint8_t {
  END,
  LDS,
  STS,
  LDC,
  LDP,
  ADD,
  SUB,
  MUL,
  MAD,
  CVT,
  NEG,
  ABS,
  MIN,
  MAX,
  CMP,
  SEL,
  AND,
  OR,
  XOR,
  ADDW,
  SUBW,
  MULW,
  SHL,
  SHR,
  RND,
  SPK,
  EMT,
  SPB,
  LDX,
  FND
};
constexpr int numOpcodes = 30;

enum class Rounding : uint8_t { NearestEven, TowardZero, Floor, Stochastic };
enum class Relation : uint8_t { Eq, Ne, Lt, Le, Gt, Ge };

/// Fields as in docs/accelerator.md.
struct Instruction {
  Opcode opcode = Opcode::END;
  uint8_t rd = 0, ra = 0, rb = 0, rc = 0, rr = 0;
  Rounding rounding = Rounding::NearestEven;
  uint8_t width = 32; ///< 1 to 33, unsigned 1 to 32
  bool isSigned = true;
  int8_t shift = 0;  ///< -64 to 63
  uint8_t align = 0; ///< 0 to 63
  uint16_t imm = 0;

  uint64_t encode() const;
  /// Every word decodes; opcodes that there are not stay as they are (`isLegal`).
  static Instruction decode(uint64_t word);
  /// The width that counts: one that registers cannot hold is like the widest, 33 or unsigned 32.
  int resultWidth() const;
  bool isLegal() const { return static_cast<int>(opcode) < numOpcodes; }
  /// As a listing shows it: "mul r3, r1, r2 shr 16 nearest_even s16".
  std::string text() const;
  /// The same with all fields that do not count at their defaults.
  Instruction canonical() const;
};

/// The instruction of a text that `Instruction::text` gives; spaces do not matter. An error if it
/// is none.
Expected<Instruction> assemble(std::string_view line);

/// A word as text from which `assembleWord` makes the same word: an instruction, or ".word 0x..."
/// of what is illegal or has fields that do not count.
std::string disassemble(uint64_t word);
Expected<uint64_t> assembleWord(std::string_view line);

/// Cycles that an instruction takes, whatever its values.
int latencyOf(const Instruction &instruction);

/// LDS and STS of half a word: 'align' 16 is the upper one. A store of 16 bits leaves the other
/// half as it is.
constexpr int halfBits = 16;
bool isUpperHalf(const Instruction &instruction);
bool storesHalf(const Instruction &instruction);

/// What FND gives for the value of its register: how many of the `align` constants from imm on are
/// not greater, if they ascend. `constantAt(k)` is the k-th of them.
template <typename ConstantAt>
int64_t find(const Instruction &instruction, int64_t a, ConstantAt constantAt) {
  int position = 0;
  for (int bit = 32; bit > 0; bit /= 2)
    if (int next = position + bit; next <= instruction.align && a >= constantAt(next - 1))
      position = next;
  return position;
}

/// Registers hold two's complement numbers of 33 bits.
constexpr int registerBits = 33;

/// What a computing instruction (5 to 23 but loads and stores) gives for the values of its
/// registers. The definition for the golden model; the RTL's ALU equals it.
int64_t execute(const Instruction &instruction, int64_t a, int64_t b, int64_t c, uint32_t random);

/// The nearest number of `width` bits.
int64_t saturate(__int128 x, int width, bool isSigned);
/// The low `width` bits, extended.
int64_t cut(int64_t x, int width, bool isSigned);

} // namespace engram::a1
