// Assembler and disassembler of the neuron engine: one pattern an opcode is read and written, and
// says which fields count.
#include "runtime/accelerator/Instruction.h"
#include <charconv>
#include <fmt/format.h>
#include <iterator>

using namespace engram;
using namespace engram::a1;

namespace {

struct Mnemonic {
  const char *name;
  /// What follows the name. %d %a %b %c are the registers rd, ra, rb, rc; %i imm; %p a port; %+
  /// " + ra" if imm says so; %w what is aligned and %l by how many bits; %h shift; %r rounding; %q
  /// relation; %f signed and width; %s signed, of 32 bits; %u ".hi" for the upper half of a word;
  /// %k
  /// ".lo" or ".hi" for half a word that is stored; %n how many.
  const char *pattern;
};

constexpr Mnemonic mnemonics[] = {{"end", ""},
                                  {"lds", " %d, state[%i]%u %f"},
                                  {"sts", " state[%i]%k, %a"},
                                  {"ldc", " %d, const[%i] %s"},
                                  {"ldp", " %d, port[%p]%+ %f"},
                                  {"add", " %d, %a, %b %f"},
                                  {"sub", " %d, %a, %b %f"},
                                  {"mul", " %d, %a, %b shr %h %r %f"},
                                  {"mad", " %d, %a, %b, %c align %w %l shr %h %r %f"},
                                  {"cvt", " %d, %a shr %h %r %f"},
                                  {"neg", " %d, %a %f"},
                                  {"abs", " %d, %a %f"},
                                  {"min", " %d, %a, %b"},
                                  {"max", " %d, %a, %b"},
                                  {"cmp", ".%q %d, %a, %b"},
                                  {"sel", " %d, %c ? %a : %b"},
                                  {"and", " %d, %a, %b %f"},
                                  {"or", " %d, %a, %b %f"},
                                  {"xor", " %d, %a, %b %f"},
                                  {"addw", " %d, %a, %b %f"},
                                  {"subw", " %d, %a, %b %f"},
                                  {"mulw", " %d, %a, %b %f"},
                                  {"shl", " %d, %a, %b %f"},
                                  {"shr", " %d, %a, %b %r %f"},
                                  {"rnd", " %d, %i"},
                                  {"spk", " %a"},
                                  {"emt", " %a"},
                                  {"spb", " %a"},
                                  {"ldx", " %d, const[%i + %a] %s"},
                                  {"fnd", " %d, %a, const[%i] of %n %s"}};
static_assert(std::size(mnemonics) == numOpcodes);

constexpr const char *roundingNames[] = {"nearest_even", "toward_zero", "floor", "stochastic"};
constexpr const char *relationNames[] = {"eq", "ne", "lt", "le", "gt", "ge", "none6", "none7"};

std::string fieldText(const Instruction &i, char field) {
  switch (field) {
  case 'd':
    return fmt::format("r{}", i.rd);
  case 'a':
    return fmt::format("r{}", i.ra);
  case 'b':
    return fmt::format("r{}", i.rb);
  case 'c':
    return fmt::format("r{}", i.rc);
  case 'i':
    return fmt::format("{}", i.imm);
  case 'p':
    return fmt::format("{}", i.imm & 3);
  case '+':
    return i.imm & 16 ? fmt::format(" + r{}", i.ra) : "";
  case 'w':
    return i.imm & 1 ? "addend" : "product";
  case 'l':
    return fmt::format("{}", i.align);
  case 'h':
    return fmt::format("{}", i.shift);
  case 'r':
    return i.rounding == Rounding::Stochastic ? fmt::format("stochastic(r{})", i.rr)
                                              : roundingNames[static_cast<int>(i.rounding)];
  case 'q':
    return relationNames[i.imm & 7];
  case 'u':
    return isUpperHalf(i) ? ".hi" : "";
  case 'k':
    return !storesHalf(i) ? "" : isUpperHalf(i) ? ".hi" : ".lo";
  case 'n':
    return fmt::format("{}", i.align);
  case 'f':
    return fmt::format("{}{}", i.isSigned ? "s" : "u", i.width);
  default:
    return i.isSigned ? "s32" : "u32";
  }
}

/// Takes a text apart from its front on.
class Scanner {
public:
  explicit Scanner(std::string_view text) : text(text) {}

  void skipSpace() {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
      text.remove_prefix(1);
  }
  bool take(std::string_view what) {
    skipSpace();
    if (text.substr(0, what.size()) != what)
      return false;
    text.remove_prefix(what.size());
    return true;
  }
  std::string_view word() {
    skipSpace();
    size_t end = 0;
    while (end < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_'))
      ++end;
    std::string_view result = text.substr(0, end);
    text.remove_prefix(end);
    return result;
  }
  /// A number within bounds.
  bool number(int low, int high, int &value) {
    skipSpace();
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || value < low || value > high)
      return false;
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    return true;
  }
  bool atEnd() {
    skipSpace();
    return text.empty();
  }
  std::string_view rest() const { return text; }

private:
  std::string_view text;
};

template <size_t N> int indexIn(const char *const (&names)[N], std::string_view name) {
  for (size_t k = 0; k < N; ++k)
    if (name == names[k])
      return static_cast<int>(k);
  return -1;
}

bool takeRegister(Scanner &scanner, uint8_t &field) {
  int value = 0;
  if (!scanner.take("r") || !scanner.number(0, 15, value))
    return false;
  field = static_cast<uint8_t>(value);
  return true;
}

bool takeRounding(Scanner &scanner, Instruction &i) {
  int rounding = indexIn(roundingNames, scanner.word());
  i.rounding = static_cast<Rounding>(std::max(rounding, 0));
  if (i.rounding == Rounding::Stochastic)
    return scanner.take("(") && takeRegister(scanner, i.rr) && scanner.take(")");
  return rounding >= 0;
}

bool takeField(Scanner &scanner, Instruction &i, char field) {
  int value = 0;
  switch (field) {
  case 'd':
    return takeRegister(scanner, i.rd);
  case 'a':
    return takeRegister(scanner, i.ra);
  case 'b':
    return takeRegister(scanner, i.rb);
  case 'c':
    return takeRegister(scanner, i.rc);
  case 'i':
  case 'p':
    if (!scanner.number(0, field == 'i' ? 0xffff : 3, value))
      return false;
    i.imm = static_cast<uint16_t>(value);
    return true;
  case '+':
    if (!scanner.take("+"))
      return true;
    i.imm |= 16;
    return takeRegister(scanner, i.ra);
  case 'w':
    i.imm = scanner.take("addend");
    return i.imm || scanner.take("product");
  case 'u':
    i.align = scanner.take(".hi") ? halfBits : 0;
    return true;
  case 'k':
    i.align = scanner.take(".hi") ? halfBits : 0;
    i.width = i.align || scanner.take(".lo") ? halfBits : i.width;
    return true;
  case 'l':
  case 'n':
    i.align = static_cast<uint8_t>(scanner.number(0, 63, value) ? value : 64);
    return i.align < 64;
  case 'h':
    if (!scanner.number(-64, 63, value))
      return false;
    i.shift = static_cast<int8_t>(value);
    return true;
  case 'r':
    return takeRounding(scanner, i);
  case 'q':
    value = indexIn(relationNames, scanner.word());
    i.imm = static_cast<uint16_t>(value);
    return value >= 0;
  default:
    i.isSigned = scanner.take("s");
    if ((!i.isSigned && !scanner.take("u")) || !scanner.number(0, 63, value))
      return false;
    i.width = static_cast<uint8_t>(value);
    return field == 'f' || value == 32;
  }
}

} // namespace

std::string Instruction::text() const {
  if (!isLegal())
    return fmt::format("illegal {}", static_cast<int>(opcode));
  const Mnemonic &mnemonic = mnemonics[static_cast<int>(opcode)];
  std::string result = mnemonic.name;
  for (const char *at = mnemonic.pattern; *at; ++at) {
    if (*at == '%')
      result += fieldText(*this, *++at);
    else
      result += *at;
  }
  return result;
}

Expected<Instruction> engram::a1::assemble(std::string_view line) {
  Scanner scanner(line);
  std::string_view name = scanner.word();
  auto wrong = [&] {
    return fail(fmt::format("'{}': expected an instruction of the neuron engine, stuck at '{}'",
                            line, scanner.rest()));
  };
  int opcode = 0;
  while (opcode < numOpcodes && name != mnemonics[opcode].name)
    ++opcode;
  if (opcode == numOpcodes)
    return fail(fmt::format("'{}': the neuron engine has no instruction '{}'", line, name));
  Instruction i;
  i.opcode = static_cast<Opcode>(opcode);
  for (const char *at = mnemonics[opcode].pattern; *at; ++at) {
    if (*at == '%' ? !takeField(scanner, i, *++at)
                   : *at != ' ' && !scanner.take(std::string_view(at, 1)))
      return wrong();
  }
  if (!scanner.atEnd())
    return wrong();
  return i;
}

Instruction Instruction::canonical() const {
  Expected<Instruction> same = assemble(text());
  return same ? *same : *this;
}

std::string engram::a1::disassemble(uint64_t word) {
  Instruction i = Instruction::decode(word);
  if (i.isLegal() && i.canonical().encode() == word)
    return i.text();
  return fmt::format(".word {:#018x}", word);
}

Expected<uint64_t> engram::a1::assembleWord(std::string_view line) {
  Scanner scanner(line);
  if (!scanner.take(".word")) {
    Expected<Instruction> i = assemble(line);
    return i ? Expected<uint64_t>(i->encode()) : tl::unexpected(i.error());
  }
  uint64_t word = 0;
  bool hex = scanner.take("0x");
  std::string_view digits = scanner.word();
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), word, 16);
  if (!hex || error != std::errc() || end != digits.data() + digits.size() || !scanner.atEnd())
    return fail(fmt::format("'{}': expected a word of 64 bits as 0x and hexadecimal digits", line));
  return word;
}
