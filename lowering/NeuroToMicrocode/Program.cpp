// Selection: one pass over the regions makes steps on numbered values; then registers are given
// out, with loads put in where a value is needed and no longer there.
#include "lowering/NeuroToMicrocode/Program.h"
#include "dialects/Fx/IR/FxOps.h"
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/NeuroToMicrocode/Pieces.h"
#include "lowering/NeuroToMicrocode/Registers.h"
#include "llvm/ADT/TypeSwitch.h"
#include <map>

using namespace mlir;
using namespace engram;
using namespace engram::a1;

namespace {

/// How a type lies in a register.
struct Layout {
  int width;
  bool isSigned;
};

// An i1 is 0 or 1, other integers are signed. A register has one bit more than a word.
std::optional<Layout> layoutOf(Type type) {
  if (auto fixed = dyn_cast<fx::FixedType>(type))
    return fixed.getWidth() <= 32u + fixed.getIsSigned()
               ? std::optional<Layout>({static_cast<int>(fixed.getWidth()), fixed.getIsSigned()})
               : std::nullopt;
  if (type.isSignlessInteger() && type.getIntOrFloatBitWidth() <= 32)
    return Layout{static_cast<int>(type.getIntOrFloatBitWidth()), !type.isInteger(1)};
  return std::nullopt;
}

int fractionOf(Value value) { return cast<fx::FixedType>(value.getType()).getFractionBits(); }

/// How a program is made, where there is a choice.
struct Choices {
  bool shares = true;      ///< what is computed twice is computed once
  bool packs = false;      ///< two numbers in a state word
  bool keepsOutput = true; ///< what a graded neuron has put out, for who reads it
};

class Selector {
public:
  Selector(neuro::PopulationOp population, const Biases &biases, bool sends,
           const ChipParameters &chip, ConstantTable &constants, Choices choices)
      : population(population), model(neuro::modelOf(population)), biases(biases), sends(sends),
        chip(chip), constants(constants), choices(choices) {}

  FailureOr<Program> run() {
    if (failed(declare()) || failed(regions()) || failed(storeStates()))
      return failure();
    steps.push_back(Step{Instruction(), {}, -1, nullptr, {}});
    dropUnused(steps, values.size());
    placeConstants(steps, values, constants);
    int words = placeStates(steps, values, program.stateWords, choices.packs);
    FailureOr<Allocated> allocated = allocateRegisters(steps, values, words, population);
    if (failed(allocated))
      return failure();
    program.lines = std::move(allocated->lines);
    program.stateWordsUsed = allocated->stateWords;
    return std::move(program);
  }

private:
  neuro::PopulationOp population;
  neuro::ModelOp model;
  const Biases &biases;
  bool sends;
  const ChipParameters &chip;
  ConstantTable &constants;
  Choices choices;
  Program program;
  std::vector<ValueInfo> values;
  std::vector<Step> steps;
  llvm::DenseMap<Value, int> numbers; ///< what a value is now: states change from region to region
  llvm::DenseMap<Value, int> randomWords; ///< unsigned forms of 'neuro.random'
  std::vector<int> oldStates;             ///< values of the states at the start, by state word
  std::map<std::pair<uint32_t, bool>, int> constantNumbers;
  /// What has been computed, by instruction, operands and table.
  std::map<std::tuple<uint64_t, std::vector<int>, std::vector<uint32_t>>, int> computed;

  //===-- values --===//

  int newValue(ValueInfo info) {
    values.push_back(info);
    return static_cast<int>(values.size()) - 1;
  }
  int emit(Operation *source, Instruction instruction, ArrayRef<int> operands, Layout layout,
           std::vector<uint32_t> table = {}) {
    instruction.width = static_cast<uint8_t>(layout.width);
    instruction.isSigned = layout.isSigned;
    // Values never change, so what was computed once need not be again; a port is read once anyway.
    auto key = std::tuple(instruction.canonical().encode(), operands.vec(), table);
    if (auto known = computed.find(key); choices.shares && known != computed.end())
      return known->second;
    if (std::optional<int> folded = fold(instruction, operands, layout))
      return computed[key] = *folded;
    ValueInfo info{ValueInfo::Computed, 0, layout.isSigned};
    info.isWide = layout.width > 32;
    int result = newValue(info);
    steps.push_back({instruction, SmallVector<int, 4>(operands), result, source, std::move(table)});
    return computed[key] = result;
  }

  /// The constant that an instruction gives for constants, if it is one.
  std::optional<int> fold(const Instruction &instruction, ArrayRef<int> operands, Layout layout) {
    bool computes = instruction.opcode >= Opcode::ADD && instruction.opcode <= Opcode::SHR;
    if (!computes || operands.size() > 3)
      return std::nullopt;
    int64_t inputs[3] = {};
    for (auto [k, operand] : llvm::enumerate(operands)) {
      if (values[operand].kind != ValueInfo::Constant)
        return std::nullopt;
      inputs[k] = cut(values[operand].bits, 32, values[operand].isSigned);
    }
    int64_t result = execute(instruction, inputs[0], inputs[1], inputs[2], 0);
    return cut(result, 32, layout.isSigned) == result
               ? std::optional<int>(constant(result, layout.isSigned))
               : std::nullopt;
  }
  static Instruction make(Opcode opcode) {
    Instruction i;
    i.opcode = opcode;
    return i;
  }

  LogicalResult refuse(Operation *op, const Twine &why) {
    return op->emitOpError() << "unsupported by the neuron engine: " << why;
  }

  int constant(int64_t raw, bool isSigned) {
    auto bits = static_cast<uint32_t>(raw);
    // Either way it is loaded as the same number.
    isSigned |= bits >> 31 == 0;
    int &number = constantNumbers[{bits, isSigned}];
    if (!number) {
      ValueInfo info{ValueInfo::Constant, 0, isSigned};
      info.bits = bits;
      number = 1 + newValue(info);
    }
    return number - 1;
  }

  int stateWord(StateWord word, Layout layout) {
    word.width = layout.width;
    program.stateWords.push_back(std::move(word));
    int index = static_cast<int>(program.stateWords.size()) - 1;
    return newValue({ValueInfo::State, index, layout.isSigned});
  }

  /// The number behind a value, signed as its type is.
  int use(Value value) {
    if (auto random = randomWords.find(value); random != randomWords.end()) {
      int &number = numbers[value];
      if (!number)
        number = 1 + emit(value.getDefiningOp(), make(Opcode::AND),
                          {random->second, random->second}, {32, true});
      return number - 1;
    }
    return numbers.lookup(value) - 1;
  }
  void set(Value value, int number) { numbers[value] = number + 1; }
  void set(Operation &op, int number) { set(op.getResult(0), number); }

  //===-- declarations --===//

  LogicalResult declare() {
    auto layout = [&](Operation *op) -> FailureOr<Layout> {
      std::optional<Layout> found = layoutOf(op->getResult(0).getType());
      if (!found || found->width > 32)
        return op->emitOpError()
               << "expected a fixed-point number or integer of at most 32 bits, got "
               << op->getResult(0).getType();
      return *found;
    };
    for (neuro::StateOp state : model.getStates()) {
      FailureOr<Layout> form = layout(state);
      if (failed(form))
        return failure();
      int word = stateWord({state.getName().str(), state, {}, -1, state.getType()}, *form);
      oldStates.push_back(word);
      set(state, word);
    }
    for (neuro::ParameterOp parameter : model.getParameters()) {
      FailureOr<Layout> form = layout(parameter);
      FailureOr<std::vector<double>> given = neuro::parameterValues(population, parameter);
      if (failed(form) || failed(given))
        return failure();
      set(parameter,
          given->size() == 1
              ? constant(rawOf(given->front(), parameter.getType()), form->isSigned)
              : stateWord({parameter.getName().str(), {}, parameter, -1, parameter.getType()},
                          *form));
    }
    for (auto [k, input] : llvm::enumerate(model.getInputs())) {
      if (static_cast<int>(k) == chip.ports)
        return model.emitOpError() << "has more than " << chip.ports << " ports";
      FailureOr<Layout> form = layout(input);
      if (failed(form))
        return failure();
      readPort(input, static_cast<int>(k), *form);
      program.ports.push_back(input.getName().str());
    }
    return success();
  }

  static int64_t rawOf(double value, Type type) {
    auto fixed = dyn_cast<fx::FixedType>(type);
    return static_cast<int64_t>(fixed ? std::ldexp(value, fixed.getFractionBits()) : value);
  }

  void readPort(neuro::InputOp input, int port, Layout form) {
    Instruction load = make(Opcode::LDP);
    load.imm = static_cast<uint16_t>(port);
    SmallVector<int> operands;
    const std::vector<double> &bias = biases[port];
    if (llvm::any_of(bias, [](double x) { return x != 0; })) {
      std::string name = "bias of " + input.getName().str();
      operands.push_back(bias.size() == 1
                             ? constant(static_cast<int64_t>(bias[0]), true)
                             : stateWord({name, {}, {}, port, input.getType()}, {32, true}));
      load.imm |= 16;
    }
    set(input, emit(input, load, operands, form));
  }

  //===-- regions --===//

  LogicalResult regions() {
    for (Operation &op : model.getBody().front())
      if (isa<arith::ConstantOp, fx::ConstantOp>(op) && failed(select(op)))
        return failure();
    if (failed(assignAll(model.find<neuro::ReceiveOp>(), -1)) ||
        failed(assignAll(model.find<neuro::UpdateOp>(), -1)))
      return failure();
    auto emitRegion = model.find<neuro::EmitOp>();
    if (auto fire = model.find<neuro::FireOp>()) {
      FailureOr<int> fires = yielded(fire);
      if (failed(fires) || failed(assignAll(model.find<neuro::ResetOp>(), *fires)))
        return failure();
      program.spikes = true;
      steps.push_back({make(emitRegion || !sends ? Opcode::SPB : Opcode::SPK),
                       {*fires},
                       -1,
                       fire.getOperation(),
                       {}});
    }
    if (emitRegion) {
      FailureOr<int> output = yielded(emitRegion);
      if (failed(output))
        return failure();
      Type type = cast<neuro::YieldOp>(emitRegion.getBody().front().back()).getValue().getType();
      if (std::optional<Layout> form = layoutOf(type);
          !form || form->width > chip.accumulatorBits - !form->isSigned)
        return refuse(emitRegion, "an output of more than 24 bits");
      program.graded = true;
      if (sends)
        steps.push_back({make(Opcode::EMT), {*output}, -1, emitRegion.getOperation(), {}});
      if (choices.keepsOutput) {
        Instruction store = make(Opcode::STS);
        store.imm = static_cast<uint16_t>(program.stateWords.size());
        stateWord({outputWordName, {}, {}, -1, type}, *layoutOf(type));
        steps.push_back({store, {*output}, -1, emitRegion.getOperation(), {}});
      }
    }
    return success();
  }

  FailureOr<int> yielded(Operation *region) {
    for (Operation &op : region->getRegion(0).front()) {
      if (auto yield = dyn_cast<neuro::YieldOp>(op))
        return use(yield.getValue());
      if (failed(select(op)))
        return failure();
    }
    llvm_unreachable("verified to yield");
  }

  // All assignments of a region together; where a neuron fires, if there is a condition.
  LogicalResult assignAll(Operation *region, int condition) {
    if (!region)
      return success();
    SmallVector<std::pair<Value, int>> assignments;
    for (Operation &op : region->getRegion(0).front()) {
      if (auto assign = dyn_cast<neuro::AssignOp>(op)) {
        int value = use(assign.getValue()), old = use(assign.getState());
        if (condition >= 0)
          value = emit(&op, make(Opcode::SEL), {value, old, condition},
                       *layoutOf(assign.getState().getType()));
        assignments.push_back({assign.getState(), value});
      } else if (failed(select(op))) {
        return failure();
      }
    }
    for (auto [state, value] : assignments)
      set(state, value);
    return success();
  }

  // New states go into their words after the last use of the old ones.
  LogicalResult storeStates() {
    SmallVector<std::pair<int, int>> stores; // state word, value
    for (auto [word, state] : llvm::enumerate(model.getStates())) {
      int value = use(state);
      if (value == oldStates[word])
        continue;
      // A value that is another state's old one is taken into a register before any store.
      if (values[value].kind == ValueInfo::State) {
        int copy = newValue({ValueInfo::Computed, 0, values[value].isSigned});
        steps.push_back({make(Opcode::MIN), {value, value}, copy, state.getOperation(), {}});
        value = copy;
      }
      stores.push_back({static_cast<int>(word), value});
    }
    for (auto [word, value] : stores) {
      size_t after = 0;
      for (auto [k, step] : llvm::enumerate(steps))
        if (step.result == value || llvm::is_contained(step.operands, oldStates[word]))
          after = k + 1;
      Instruction store = make(Opcode::STS);
      store.imm = static_cast<uint16_t>(word);
      steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(after),
                   {store, {value}, -1, program.stateWords[word].state, {}});
    }
    return success();
  }

  //===-- operations --===//

  template <typename OpTy>
  Instruction rounded(Opcode opcode, OpTy op, SmallVectorImpl<int> &operands, int64_t shift) {
    Instruction i = make(opcode);
    i.rounding = static_cast<Rounding>(op.getRounding());
    i.shift = static_cast<int8_t>(shift);
    if (op.getRandom()) {
      operands.resize(3, -1);
      auto random = randomWords.find(op.getRandom());
      operands.push_back(random != randomWords.end() ? random->second : use(op.getRandom()));
    }
    return i;
  }

  LogicalResult select(Operation &op) {
    std::optional<Layout> form =
        op.getNumResults() == 1 ? layoutOf(op.getResult(0).getType()) : std::nullopt;
    if (!form)
      return refuse(&op, "a result that is no fixed-point number or integer of at most 32 bits");
    auto simple = [&](Opcode opcode) {
      SmallVector<int> operands;
      for (Value operand : op.getOperands())
        operands.push_back(use(operand));
      set(op, emit(&op, make(opcode), operands, *form));
      return success();
    };
    return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
        .Case([&](fx::ConstantOp c) { return setConstant(op, c.getValue().getRaw(), *form); })
        .Case([&](arith::ConstantOp c) {
          auto number = dyn_cast<IntegerAttr>(c.getValue());
          if (!number)
            return refuse(&op, "a constant that is not an integer");
          return setConstant(op,
                             form->width == 1 ? number.getValue().getZExtValue()
                                              : number.getValue().getSExtValue(),
                             *form);
        })
        .Case([&](neuro::RandomOp random) {
          if (random.getStream() > 0xffff)
            return refuse(&op, "a stream beyond 65535");
          Instruction i = make(Opcode::RND);
          i.imm = static_cast<uint16_t>(random.getStream());
          randomWords[op.getResult(0)] = emit(&op, i, {}, {32, false});
          return success();
        })
        .Case<fx::AddOp>([&](auto) { return simple(Opcode::ADD); })
        .Case<fx::SubOp>([&](auto) { return simple(Opcode::SUB); })
        .Case<fx::NegOp>([&](auto) { return simple(Opcode::NEG); })
        .Case<fx::AbsOp>([&](auto) { return simple(Opcode::ABS); })
        .Case<fx::MinOp, arith::MinSIOp>([&](auto) { return simple(Opcode::MIN); })
        .Case<fx::MaxOp, arith::MaxSIOp>([&](auto) { return simple(Opcode::MAX); })
        .Case<arith::AddIOp>([&](auto) { return simple(Opcode::ADDW); })
        .Case<arith::SubIOp>([&](auto) { return simple(Opcode::SUBW); })
        .Case<arith::MulIOp>([&](auto) { return simple(Opcode::MULW); })
        .Case<arith::AndIOp>([&](auto) { return simple(Opcode::AND); })
        .Case<arith::OrIOp>([&](auto) { return simple(Opcode::OR); })
        .Case<arith::XOrIOp>([&](auto) { return simple(Opcode::XOR); })
        .Case([&](fx::MulOp mul) {
          int64_t shift =
              fractionOf(mul.getLhs()) + fractionOf(mul.getRhs()) - fractionOf(mul.getResult());
          SmallVector<int> operands{use(mul.getLhs()), use(mul.getRhs())};
          return setRounded(op, Opcode::MUL, mul, operands, shift, *form);
        })
        .Case([&](fx::ConvertOp convert) {
          SmallVector<int> operands{use(convert.getOperand())};
          return setRounded(op, Opcode::CVT, convert, operands,
                            fractionOf(convert.getOperand()) - fractionOf(convert.getResult()),
                            *form);
        })
        .Case([&](fx::MulAddOp mad) { return mulAdd(mad, *form); })
        .Case([&](fx::ShrOp shr) {
          SmallVector<int> operands{use(shr.getOperand()), use(shr.getAmount())};
          return setRounded(op, Opcode::SHR, shr, operands, 0, *form);
        })
        .Case<fx::ShlOp>([&](auto) { return simple(Opcode::SHL); })
        .Case([&](fx::CmpOp cmp) {
          return compare(op, static_cast<Relation>(cmp.getPredicate()), use(cmp.getLhs()),
                         use(cmp.getRhs()));
        })
        .Case([&](arith::CmpIOp cmp) { return compareIntegers(cmp); })
        .Case([&](arith::SelectOp s) {
          if (std::optional<Pieces> pieces = piecesOf(s); pieces && lookUp(op, *pieces, *form))
            return success();
          set(op,
              emit(&op, make(Opcode::SEL),
                   {use(s.getTrueValue()), use(s.getFalseValue()), use(s.getCondition())}, *form));
          return success();
        })
        .Case<fx::BitcastOp, arith::ExtUIOp, arith::ExtSIOp, arith::TruncIOp>(
            [&](auto) { return recast(op, *form); })
        .Default([&](Operation *) { return refuse(&op, "there is no instruction for it"); });
  }

  LogicalResult setConstant(Operation &op, int64_t raw, Layout form) {
    if (cut(raw, 32, form.isSigned) != raw)
      return refuse(&op, "a constant of more than 32 bits");
    set(op, constant(raw, form.isSigned));
    return success();
  }

  /// A search among the starts, which selections by them share, and the choice by its place.
  bool lookUp(Operation &op, const Pieces &pieces, Layout form) {
    std::optional<Layout> argument = layoutOf(pieces.x.getType());
    auto isWord = [](int64_t raw, Layout layout) { return cut(raw, 32, layout.isSigned) == raw; };
    if (!argument ||
        llvm::any_of(pieces.starts, [&](int64_t raw) { return !isWord(raw, *argument); }) ||
        llvm::any_of(pieces.choices, [&](int64_t raw) { return !isWord(raw, form); }))
      return false;
    Instruction search = make(Opcode::FND);
    search.align = static_cast<uint8_t>(pieces.starts.size());
    int place = emit(&op, search, {use(pieces.x)}, *argument,
                     std::vector<uint32_t>(pieces.starts.begin(), pieces.starts.end()));
    set(op, emit(&op, make(Opcode::LDX), {place}, form,
                 std::vector<uint32_t>(pieces.choices.begin(), pieces.choices.end())));
    return true;
  }

  template <typename OpTy>
  LogicalResult setRounded(Operation &op, Opcode opcode, OpTy typed, SmallVectorImpl<int> &operands,
                           int64_t shift, Layout form) {
    if (shift < -64 || shift > 63)
      return refuse(&op, "a shift by more than 63 bits");
    Instruction i = rounded(opcode, typed, operands, shift);
    set(op, emit(&op, i, operands, form));
    return success();
  }

  LogicalResult mulAdd(fx::MulAddOp mad, Layout form) {
    int product = fractionOf(mad.getLhs()) + fractionOf(mad.getRhs()),
        addend = fractionOf(mad.getAddend()), fraction = std::max(product, addend);
    int align = std::abs(product - addend), shift = fraction - fractionOf(mad.getResult());
    auto formatOf = [](Value v) { return cast<fx::FixedType>(v.getType()).getFormat(); };
    if (align > 63 || shift < -64 || shift > 63 ||
        fx::mulAddBits(formatOf(mad.getLhs()), formatOf(mad.getRhs()), formatOf(mad.getAddend())) >
            100)
      return refuse(mad, "an exact sum of more than 100 bits");
    SmallVector<int> operands{use(mad.getLhs()), use(mad.getRhs()), use(mad.getAddend())};
    Instruction i = rounded(Opcode::MAD, mad, operands, shift);
    i.align = static_cast<uint8_t>(align);
    i.imm = product >= addend;
    set(*mad, emit(mad, i, operands, form));
    return success();
  }

  LogicalResult compare(Operation &op, Relation relation, int a, int b) {
    Instruction i = make(Opcode::CMP);
    i.imm = static_cast<uint16_t>(relation);
    set(op, emit(&op, i, {a, b}, {1, false}));
    return success();
  }

  LogicalResult compareIntegers(arith::CmpIOp cmp) {
    using P = arith::CmpIPredicate;
    bool isUnsigned = cmp.getPredicate() >= P::ult, isBit = cmp.getLhs().getType().isInteger(1);
    Relation relation;
    switch (cmp.getPredicate()) {
    case P::eq:
      relation = Relation::Eq;
      break;
    case P::ne:
      relation = Relation::Ne;
      break;
    case P::slt:
    case P::ult:
      relation = Relation::Lt;
      break;
    case P::sle:
    case P::ule:
      relation = Relation::Le;
      break;
    case P::sgt:
    case P::ugt:
      relation = Relation::Gt;
      break;
    default:
      relation = Relation::Ge;
      break;
    }
    // As a signed number a bit is 0 or -1.
    bool swap = isBit && !isUnsigned && relation != Relation::Eq && relation != Relation::Ne;
    auto operand = [&](Value value) {
      int number = use(value);
      if (!isUnsigned || isBit)
        return number;
      int width = static_cast<int>(value.getType().getIntOrFloatBitWidth());
      return emit(cmp, make(Opcode::AND), {number, number}, {width, false});
    };
    int a = operand(cmp.getLhs()), b = operand(cmp.getRhs());
    return swap ? compare(*cmp, relation, b, a) : compare(*cmp, relation, a, b);
  }

  // The same bits, or more or fewer of them, as another type.
  LogicalResult recast(Operation &op, Layout form) {
    Value from = op.getOperand(0);
    auto random = randomWords.find(from);
    std::optional<Layout> was = layoutOf(from.getType());
    if (!was)
      return refuse(&op, "an operand of more than 32 bits");
    if (random != randomWords.end() && isa<fx::BitcastOp>(op) && !form.isSigned) {
      set(op, random->second);
      return success();
    }
    int number = use(from);
    if (isa<arith::ExtSIOp>(op)) {
      if (was->width == 1)
        number = emit(&op, make(Opcode::NEG), {number}, form);
    } else if (isa<arith::ExtUIOp>(op)) {
      if (was->isSigned)
        number = emit(&op, make(Opcode::AND), {number, number}, {was->width, false});
    } else if (isa<arith::TruncIOp>(op) || was->isSigned != form.isSigned) {
      number = emit(&op, make(Opcode::AND), {number, number}, form);
    }
    set(op, number);
    return success();
  }
};

} // namespace

namespace {

/// A way to make a program, and what comes of it.
struct Made {
  Choices choices;
  Program program;
  ConstantTable constants;
  std::string excess; ///< the first limit of a neuron that it exceeds; empty if there is none
};

} // namespace

static std::string excessOf(const Program &program, const ChipParameters &chip) {
  auto needs = [](size_t need, const char *what, int limit) {
    return (Twine("needs ") + Twine(need) + " " + what + ", limit is " + Twine(limit)).str();
  };
  if (static_cast<int>(program.lines.size()) > chip.instructions)
    return needs(program.lines.size(), "instructions", chip.instructions);
  if (program.stateWordsUsed > chip.stateWords)
    return needs(static_cast<size_t>(program.stateWordsUsed),
                 "state words for states, parameters a neuron, biases and what registers have no "
                 "room for",
                 chip.stateWords);
  return "";
}

/// The first program that fits, or the smallest. What is shared lives longer, so it may take more
/// words; words of two numbers are the harder to read. On all cores the same one is made: what a
/// core has besides plays no part, and all are taken to send.
static FailureOr<Made> make(neuro::PopulationOp population, const Biases &biases,
                            const ChipParameters &chip, const ConstantTable &constants) {
  const Choices ways[] = {
      {true, false, true}, {true, true, true}, {false, true, true}, {true, true, false}};
  std::optional<Made> made;
  for (Choices choices : ways) {
    ConstantTable table = constants;
    FailureOr<Program> program = Selector(population, biases, true, chip, table, choices).run();
    if (failed(program))
      return failure();
    std::string excess = excessOf(*program, chip);
    made = Made{choices, std::move(*program), std::move(table), std::move(excess)};
    if (made->excess.empty())
      break;
  }
  return std::move(*made);
}

FailureOr<Program> engram::a1::compileProgram(neuro::PopulationOp population, const Biases &biases,
                                              bool sends, const ChipParameters &chip,
                                              ConstantTable &constants) {
  FailureOr<Made> made = make(population, biases, chip, constants);
  if (failed(made))
    return failure();
  auto refuse = [&] {
    return population.emitOpError() << "model '" << neuro::modelOf(population).getSymName() << "' ";
  };
  if (!made->excess.empty())
    return refuse() << made->excess;
  if (!sends) {
    made->constants = constants;
    made->program =
        *Selector(population, biases, false, chip, made->constants, made->choices).run();
  }
  constants = std::move(made->constants);
  if (!constants.fits())
    return refuse() << "brings the constants of its core to " << constants.words().size()
                    << ", limit is " << chip.constants;
  return std::move(made->program);
}

FailureOr<ProgramNeeds> engram::a1::programNeeds(neuro::PopulationOp population,
                                                 const ChipParameters &chip) {
  ScopedDiagnosticHandler quiet(population.getContext(), [](Diagnostic &) { return success(); });
  FailureOr<Made> made =
      make(population, biasesOf(population), chip, ConstantTable(chip.constants));
  if (failed(made))
    return failure();
  int cycles = 0;
  for (const Line &line : made->program.lines)
    cycles += latencyOf(line.instruction);
  return ProgramNeeds{static_cast<int>(made->program.lines.size()), made->program.stateWordsUsed,
                      static_cast<int>(made->constants.words().size()), cycles};
}
