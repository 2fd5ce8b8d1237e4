// Linear allocation over straight-line code.
#include "lowering/NeuroToMicrocode/Registers.h"

using namespace mlir;
using namespace engram;
using namespace engram::a1;

namespace {

constexpr int numRegisters = 16;

class Allocator {
public:
  Allocator(ArrayRef<Step> steps, std::vector<ValueInfo> values, int used,
            neuro::PopulationOp population)
      : steps(steps), values(std::move(values)), spillWord(used), population(population),
        uses(this->values.size()), registerOf(this->values.size(), -1) {
    for (auto [k, step] : llvm::enumerate(steps))
      for (int operand : step.operands)
        if (operand >= 0)
          uses[operand].push_back(k);
  }

  FailureOr<Allocated> run() {
    for (now = 0; now < steps.size(); ++now) {
      const Step &step = steps[now];
      for (int operand : step.operands)
        if (operand >= 0 && failed(load(operand)))
          return failure();
      Instruction i = step.instruction;
      uint8_t *fields[] = {&i.ra, &i.rb, &i.rc, &i.rr};
      for (auto [k, operand] : llvm::enumerate(step.operands))
        if (operand >= 0)
          *fields[k] = static_cast<uint8_t>(registerOf[operand]);
      for (int operand : step.operands)
        if (operand >= 0 && registerOf[operand] >= 0 && nextUse(operand, now + 1) == never)
          release(operand);
      if (step.result >= 0) {
        // A result that nothing uses (of a random number, say) still needs a place.
        FailureOr<int> place = freeRegister();
        if (failed(place))
          return failure();
        i.rd = static_cast<uint8_t>(*place);
        take(step.result, *place);
      }
      lines.push_back({i.canonical(), step.source});
      if (step.result >= 0 && nextUse(step.result, now + 1) == never)
        release(step.result);
    }
    return Allocated{std::move(lines), spillWord};
  }

private:
  static constexpr size_t never = SIZE_MAX;
  ArrayRef<Step> steps;
  std::vector<ValueInfo> values;
  int spillWord;
  neuro::PopulationOp population;
  std::vector<std::vector<size_t>> uses;
  std::vector<int> registerOf;
  int holder[numRegisters] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  llvm::SmallVector<int> putAside; ///< values in state words of their own
  std::vector<Line> lines;
  size_t now = 0;

  size_t nextUse(int value, size_t from) const {
    auto use = llvm::lower_bound(uses[value], from);
    return use == uses[value].end() ? never : *use;
  }
  void take(int value, int place) {
    holder[place] = value;
    registerOf[value] = place;
  }
  void release(int value) {
    holder[registerOf[value]] = -1;
    registerOf[value] = -1;
  }

  /// A state word for a value that has to leave its register: that of one which is not used again,
  /// or the next one.
  int freeWord() {
    for (int &value : putAside)
      if (nextUse(value, now) == never) {
        int word = values[value].index;
        putAside.erase(&value);
        return word;
      }
    return spillWord++;
  }
  bool mustStay(int value) const {
    return values[value].kind == ValueInfo::Computed && values[value].isWide;
  }

  FailureOr<int> freeRegister() {
    int farthest = -1;
    size_t when = 0;
    for (int r = 0; r < numRegisters; ++r) {
      if (holder[r] < 0)
        return r;
      // Operands of this step stay.
      if (llvm::is_contained(steps[now].operands, holder[r]) || mustStay(holder[r]))
        continue;
      if (size_t use = nextUse(holder[r], now); farthest < 0 || use > when) {
        farthest = r;
        when = use;
      }
    }
    if (farthest < 0)
      return population.emitOpError()
             << "its program needs more than " << numRegisters << " registers";
    int value = holder[farthest];
    if (values[value].kind == ValueInfo::Computed) {
      int word = freeWord();
      putAside.push_back(value);
      Instruction store;
      store.opcode = Opcode::STS;
      store.ra = static_cast<uint8_t>(farthest);
      store.imm = static_cast<uint16_t>(word);
      lines.push_back({store, nullptr});
      values[value].kind = ValueInfo::State;
      values[value].index = word;
    }
    release(value);
    return farthest;
  }

  LogicalResult load(int value) {
    if (registerOf[value] >= 0)
      return success();
    FailureOr<int> place = freeRegister();
    if (failed(place))
      return failure();
    Instruction i;
    i.opcode = values[value].kind == ValueInfo::State ? Opcode::LDS : Opcode::LDC;
    i.rd = static_cast<uint8_t>(*place);
    i.imm = static_cast<uint16_t>(values[value].index);
    if (values[value].kind == ValueInfo::State) {
      i.width = static_cast<uint8_t>(values[value].width);
      i.align = static_cast<uint8_t>(values[value].bit);
    }
    i.isSigned = values[value].isSigned;
    lines.push_back({i, nullptr});
    take(value, *place);
    return success();
  }
};

} // namespace

FailureOr<Allocated> engram::a1::allocateRegisters(ArrayRef<Step> steps,
                                                   std::vector<ValueInfo> values,
                                                   int stateWordsUsed,
                                                   neuro::PopulationOp population) {
  return Allocator(steps, std::move(values), stateWordsUsed, population).run();
}
