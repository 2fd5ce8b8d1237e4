// Programs as text: each instruction beside the operation that it is made from.
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/NeuroToMicrocode/Program.h"
#include "mlir/IR/AsmState.h"
#include <fmt/format.h>

using namespace mlir;
using namespace engram;
using namespace engram::a1;

/// The first place in a file that a location knows of; empty if there is none.
static std::string placeOf(Location location) {
  std::string place;
  location->walk([&](Location part) {
    auto file = dyn_cast<FileLineColLoc>(part);
    if (!file)
      return WalkResult::advance();
    place = fmt::format("{}:{}:{}", file.getFilename().str(), file.getLine(), file.getColumn());
    return WalkResult::interrupt();
  });
  return place;
}

static std::string typeOf(const StateWord &word) {
  std::string text;
  llvm::raw_string_ostream(text) << word.type;
  return text;
}

/// The operation on one line, without what it contains.
static std::string textOf(Operation *op, AsmState &state) {
  std::string text;
  llvm::raw_string_ostream out(text);
  op->print(out, state);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

static std::string noteOf(const Line &line, const Program &program, const ConstantTable &constants,
                          AsmState &state) {
  const Instruction &i = line.instruction;
  if (line.source) {
    std::string place = placeOf(line.source->getLoc());
    return textOf(line.source, state) + (place.empty() ? "" : "  @ " + place);
  }
  if (i.opcode == Opcode::LDC && i.imm < constants.words().size()) {
    uint32_t word = constants.words()[i.imm];
    return fmt::format("{}", i.isSigned ? int64_t(static_cast<int32_t>(word)) : int64_t(word));
  }
  if (i.opcode != Opcode::LDS && i.opcode != Opcode::STS)
    return "";
  for (const StateWord &word : program.stateWords)
    if (word.word == i.imm && (!word.isHalf || word.upper == isUpperHalf(i)))
      return word.name;
  return "put aside, since all registers are in use";
}

std::string engram::a1::listing(neuro::PopulationOp population, const Program &program,
                                const ConstantTable &constants) {
  neuro::ModelOp model = neuro::modelOf(population);
  // One numbering of the values for all lines, as if the model were printed as a whole.
  AsmState state(model, OpPrintingFlags().skipRegions());
  int cycles = 0;
  for (const Line &line : program.lines)
    cycles += latencyOf(line.instruction);
  std::string text = fmt::format(
      "; population '{}', model '{}': {} instructions, {} cycles a neuron\n",
      population.getSymName().str(), model.getSymName().str(), program.lines.size(), cycles);
  for (const StateWord &word : program.stateWords)
    text += fmt::format("; state[{}]{} {} {}\n", word.word,
                        !word.isHalf ? ""
                        : word.upper ? ".hi"
                                     : ".lo",
                        word.name, typeOf(word));
  for (auto [k, port] : llvm::enumerate(program.ports))
    text += fmt::format("; port[{}] {}\n", k, port);
  for (auto [k, line] : llvm::enumerate(program.lines)) {
    std::string note = noteOf(line, program, constants, state);
    text += fmt::format("{:3} {:016x}  {:52}{}\n", k, line.instruction.encode(),
                        line.instruction.text(), note.empty() ? "" : "; " + note);
  }
  return text;
}
