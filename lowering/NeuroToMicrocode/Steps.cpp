// Dead steps, and places of constants and states.
#include "lowering/NeuroToMicrocode/Steps.h"

using namespace mlir;
using namespace engram;
using namespace engram::a1;

int ConstantTable::indexOf(uint32_t bits) { return indexOfRun(bits); }

int ConstantTable::indexOfRun(llvm::ArrayRef<uint32_t> run) {
  size_t at = 0;
  // Where the run is already, or the table ends with how it begins.
  auto isBeginning = [&] {
    for (size_t k = 0; k < run.size() && at + k < table.size(); ++k)
      if (table[at + k] != run[k])
        return false;
    return true;
  };
  while (!isBeginning())
    ++at;
  if (at + run.size() > table.size())
    table.insert(table.end(), run.begin() + static_cast<std::ptrdiff_t>(table.size() - at),
                 run.end());
  return static_cast<int>(at);
}

void engram::a1::dropUnused(std::vector<Step> &steps, size_t values) {
  std::vector<int> uses(values);
  for (const Step &step : steps)
    for (int operand : step.operands)
      if (operand >= 0)
        ++uses[operand];
  for (size_t k = steps.size(); k-- > 0;) {
    const Step &step = steps[k];
    if (step.result < 0 || uses[step.result] || step.instruction.opcode == Opcode::LDP)
      continue;
    for (int operand : step.operands)
      if (operand >= 0)
        --uses[operand];
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(k));
  }
}

void engram::a1::placeConstants(std::vector<Step> &steps, std::vector<ValueInfo> &values,
                                ConstantTable &constants) {
  // The longest first: others are often parts of them.
  std::vector<Step *> lookups;
  for (Step &step : steps)
    if (!step.table.empty())
      lookups.push_back(&step);
  llvm::sort(lookups, [](const Step *a, const Step *b) {
    return std::pair(b->table.size(), a) < std::pair(a->table.size(), b);
  });
  for (Step *step : lookups)
    step->instruction.imm = static_cast<uint16_t>(constants.indexOfRun(step->table));
  for (const Step &step : steps)
    for (int operand : step.operands)
      if (operand >= 0 && values[operand].kind == ValueInfo::Constant)
        values[operand].index = constants.indexOf(values[operand].bits);
}

int engram::a1::placeStates(std::vector<Step> &steps, std::vector<ValueInfo> &values,
                            std::vector<StateWord> &words, bool packs) {
  int used = 0, open = -1; ///< open: a word with an empty upper half
  for (StateWord &word : words) {
    word.isHalf = packs && word.width <= halfBits;
    word.upper = word.isHalf && open >= 0;
    word.word = word.upper ? open : used++;
    if (word.isHalf)
      open = word.upper ? -1 : word.word;
  }
  for (ValueInfo &value : values) {
    if (value.kind != ValueInfo::State)
      continue;
    const StateWord &word = words[value.index];
    value.index = word.word;
    value.width = word.isHalf ? halfBits : 32;
    value.bit = word.upper ? halfBits : 0;
  }
  for (Step &step : steps) {
    if (step.instruction.opcode != Opcode::STS)
      continue;
    const StateWord &word = words[step.instruction.imm];
    step.instruction.imm = static_cast<uint16_t>(word.word);
    step.instruction.width = word.isHalf ? halfBits : 32;
    step.instruction.align = word.upper ? halfBits : 0;
  }
  return used;
}
