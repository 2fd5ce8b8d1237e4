// The regions of a model become one function on words: convert-fx-to-arith makes integers of
// fixed-point numbers, and MLIR's passes the llvm dialect of those.
#include "backends/SpiNNaker/UpdateProgram.h"
#include "backends/SpiNNaker/PieceTables.h"
#include "backends/SpiNNaker/WideProducts.h"
#include "dialects/Fx/IR/FxOps.h"
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/FxToArith/Passes.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "runtime/spinnaker/Layout.h"

using namespace mlir;
using namespace engram;
using namespace engram::spinnaker;

static IntegerType containerOf(Type type) {
  if (auto fixed = dyn_cast<fx::FixedType>(type))
    return fixed.getContainer();
  return cast<IntegerType>(type);
}

int RecordWord::words() const { return containerOf(type).getWidth() > 32 ? 2 : 1; }

namespace {

/// The arguments of `neuron_update`.
enum Argument { Core, Record, Shared, Sums, Index, Step, Output };

class UpdateBuilder {
public:
  UpdateBuilder(neuro::PopulationOp population, neuro::ModelOp model)
      : population(population), model(model), b(model.getLoc(), model.getContext()) {}

  LogicalResult layOut(UpdateProgram &program);
  OwningOpRef<ModuleOp> build(UpdateProgram &program);

private:
  neuro::PopulationOp population;
  neuro::ModelOp model;
  ImplicitLocOpBuilder b;
  func::FuncOp function, random;
  IRMapping values; ///< parameters, inputs and current states

  InFlightDiagnostic refuse() {
    return population.emitOpError() << "model '" << model.getSymName() << "' ";
  }
  Value word(int64_t value, unsigned bits = 32) {
    return arith::ConstantOp::create(b, b.getIntegerAttr(b.getIntegerType(bits), value));
  }
  Value place(Argument argument, uint32_t at) {
    return LLVM::GEPOp::create(b, LLVM::LLVMPointerType::get(b.getContext()), b.getI32Type(),
                               function.getArgument(argument),
                               ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(at)});
  }
  Value loadWord(Argument argument, uint32_t at) {
    return LLVM::LoadOp::create(b, b.getI32Type(), place(argument, at), 4);
  }
  void storeWord(Value value, Argument argument, uint32_t at) {
    LLVM::StoreOp::create(b, value, place(argument, at), 4);
  }
  Value fromContainer(Value value, Type type) {
    return value.getType() == type
               ? value
               : UnrealizedConversionCastOp::create(b, type, value).getResult(0);
  }
  Value toContainer(Value value) {
    Type type = containerOf(value.getType());
    return value.getType() == type
               ? value
               : UnrealizedConversionCastOp::create(b, type, value).getResult(0);
  }
  Value widened(Value value, Type type);
  Value load(Argument argument, const RecordWord &entry);
  void store(Value value, const RecordWord &entry);
  Value readSum(uint32_t port, Type type);
  void clone(Operation &op, IRMapping &map);
  Value yielded(Operation *region);
  void assignAll(Operation *region, Value condition);
  void constant(StringRef name, uint32_t value);
};

} // namespace

//===-- where numbers lie --===//

LogicalResult UpdateBuilder::layOut(UpdateProgram &program) {
  auto isKept = [&](Type type, StringRef name) -> LogicalResult {
    if (isa<fx::FixedType>(type) || type.isSignlessInteger())
      return success();
    return refuse() << "has '" << name << "' in floating-point numbers, which cores do not have; "
                    << "run neuro-quantize";
  };
  auto add = [](std::vector<RecordWord> &list, uint32_t &words, RecordWord entry) {
    entry.word = words;
    words += entry.words();
    list.push_back(entry);
  };
  for (neuro::StateOp state : model.getStates()) {
    if (failed(isKept(state.getType(), state.getName())))
      return failure();
    add(program.record, program.recordWords, {state, {}, state.getType(), 0});
  }
  for (neuro::ParameterOp parameter : model.getParameters()) {
    if (parameter.use_empty())
      continue;
    if (failed(isKept(parameter.getType(), parameter.getName())))
      return failure();
    FailureOr<std::vector<double>> numbers = neuro::parameterValues(population, parameter);
    if (failed(numbers))
      return failure();
    RecordWord entry{{}, parameter, parameter.getType(), 0};
    if (numbers->size() == 1)
      add(program.shared, program.sharedWords, entry);
    else
      add(program.record, program.recordWords, entry);
  }
  auto network = population->getParentOfType<neuro::NetworkOp>();
  for (neuro::InputOp input : model.getInputs()) {
    bool isFed =
        llvm::any_of(network.getOps<neuro::ProjectionOp>(), [&](neuro::ProjectionOp projection) {
          return projection.getTarget() == population.getSymName() &&
                 neuro::portOf(projection, model) == input;
        });
    if (!isFed)
      continue;
    if (!isa<fx::FixedType>(input.getType()))
      return refuse() << "has a port '" << input.getName()
                      << "' of floating-point numbers; run neuro-quantize";
    program.ports.push_back(input);
  }
  if (program.ports.size() > CORE_PORTS)
    return refuse() << "needs " << program.ports.size() << " ports, limit is "
                    << static_cast<int>(CORE_PORTS);
  if (auto emit = model.find<neuro::EmitOp>()) {
    auto yield = cast<neuro::YieldOp>(emit.getBody().front().back());
    program.output = dyn_cast<fx::FixedType>(yield.getValue().getType());
    if (!program.output)
      return refuse() << "puts out floating-point numbers; run neuro-quantize";
    if (program.output.getWidth() > 32)
      return refuse() << "puts out numbers of " << program.output.getWidth()
                      << " bits, limit is 32, the payload of a packet";
  }
  return success();
}

//===-- words --===//

// As a number of the type is extended in memory.
Value UpdateBuilder::widened(Value value, Type type) {
  Value raw = toContainer(value);
  if (raw.getType() == type)
    return raw;
  auto fixed = dyn_cast<fx::FixedType>(value.getType());
  if ((fixed && !fixed.getIsSigned()) || raw.getType().isInteger(1))
    return arith::ExtUIOp::create(b, type, raw);
  return arith::ExtSIOp::create(b, type, raw);
}

Value UpdateBuilder::load(Argument argument, const RecordWord &entry) {
  IntegerType container = containerOf(entry.type);
  Value low = loadWord(argument, entry.word);
  if (entry.words() == 1) {
    Value raw =
        container.getWidth() < 32 ? arith::TruncIOp::create(b, container, low).getResult() : low;
    return fromContainer(raw, entry.type);
  }
  Type i64 = b.getI64Type();
  Value high = arith::ExtUIOp::create(b, i64, loadWord(argument, entry.word + 1));
  Value both = arith::OrIOp::create(b, arith::ShLIOp::create(b, high, word(32, 64)),
                                    arith::ExtUIOp::create(b, i64, low));
  return fromContainer(both, entry.type);
}

void UpdateBuilder::store(Value value, const RecordWord &entry) {
  if (entry.words() == 1)
    return storeWord(widened(value, b.getI32Type()), Record, entry.word);
  Value both = widened(value, b.getI64Type());
  storeWord(arith::TruncIOp::create(b, b.getI32Type(), both), Record, entry.word);
  Value high = arith::ShRUIOp::create(b, both, word(32, 64));
  storeWord(arith::TruncIOp::create(b, b.getI32Type(), high), Record, entry.word + 1);
}

// neuro_s13: the sum is exact, and saturates once.
Value UpdateBuilder::readSum(uint32_t port, Type type) {
  auto fixed = cast<fx::FixedType>(type);
  fx::Format format = fixed.getFormat();
  Value sum = loadWord(Sums, port);
  if (format.maxRaw() < INT32_MAX)
    sum = arith::MinSIOp::create(b, sum, word(format.maxRaw()));
  if (format.minRaw() > INT32_MIN)
    sum = arith::MaxSIOp::create(b, sum, word(format.minRaw()));
  IntegerType container = fixed.getContainer();
  if (container.getWidth() < 32)
    sum = arith::TruncIOp::create(b, container, sum);
  else if (container.getWidth() > 32)
    sum = arith::ExtSIOp::create(b, container, sum);
  return fromContainer(sum, type);
}

//===-- regions --===//

void UpdateBuilder::clone(Operation &op, IRMapping &map) {
  auto use = dyn_cast<neuro::RandomOp>(op);
  if (!use) {
    b.clone(op, map);
    return;
  }
  Value arguments[] = {function.getArgument(Core), word(use.getStream()),
                       function.getArgument(Index), function.getArgument(Step)};
  map.map(use.getResult(), func::CallOp::create(b, random, arguments).getResult(0));
}

Value UpdateBuilder::yielded(Operation *region) {
  IRMapping local(values);
  for (Operation &op : region->getRegion(0).front()) {
    if (auto yield = dyn_cast<neuro::YieldOp>(op))
      return local.lookup(yield.getValue());
    clone(op, local);
  }
  llvm_unreachable("verified to yield");
}

// neuro_s4: all assignments of a region together; only where the condition is true, if there is
// one.
void UpdateBuilder::assignAll(Operation *region, Value condition) {
  if (!region)
    return;
  IRMapping local(values);
  SmallVector<std::pair<Value, Value>> assignments;
  for (Operation &op : region->getRegion(0).front()) {
    if (auto assign = dyn_cast<neuro::AssignOp>(op))
      assignments.push_back({assign.getState(), local.lookup(assign.getValue())});
    else
      clone(op, local);
  }
  for (auto [state, value] : assignments)
    values.map(state,
               condition
                   ? arith::SelectOp::create(b, condition, value, values.lookup(state)).getResult()
                   : value);
}

void UpdateBuilder::constant(StringRef name, uint32_t value) {
  LLVM::GlobalOp::create(b, b.getI32Type(), /*isConstant=*/true, LLVM::Linkage::External, name,
                         b.getI32IntegerAttr(static_cast<int32_t>(value)));
}

OwningOpRef<ModuleOp> UpdateBuilder::build(UpdateProgram &program) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(b.getUnknownLoc());
  b.setInsertionPointToEnd(module->getBody());
  b.setLoc(b.getUnknownLoc());
  Type pointer = LLVM::LLVMPointerType::get(b.getContext()), i32 = b.getI32Type();
  constant("neuron_ports", program.ports.size());
  constant("neuron_record_words", program.recordWords);
  constant("neuron_shared_words", program.sharedWords);
  random =
      func::FuncOp::create(b, "core_random", b.getFunctionType({pointer, i32, i32, i32}, {i32}));
  random.setPrivate();
  function = func::FuncOp::create(
      b, "neuron_update",
      b.getFunctionType({pointer, pointer, pointer, pointer, i32, i32, pointer}, {i32}));
  b.setInsertionPointToStart(function.addEntryBlock());

  for (const RecordWord &entry : program.shared)
    values.map(neuro::ParameterOp(entry.parameter).getResult(), load(Shared, entry));
  for (const RecordWord &entry : program.record)
    values.map(entry.state ? neuro::StateOp(entry.state).getResult()
                           : neuro::ParameterOp(entry.parameter).getResult(),
               load(Record, entry));
  for (auto [port, input] : llvm::enumerate(program.ports))
    values.map(input.getResult(), readSum(port, input.getType()));
  for (neuro::InputOp input : model.getInputs())
    if (!values.contains(input.getResult())) {
      Type type = input.getType();
      if (isa<fx::FixedType>(type))
        values.map(input.getResult(), fx::ConstantOp::create(b, fx::FixedAttr::get(type, 0)));
      else
        values.map(input.getResult(), arith::ConstantOp::create(b, b.getZeroAttr(type)));
    }
  for (Operation &op : model.getBody().front())
    if (!isa<neuro::ParameterOp, neuro::StateOp, neuro::InputOp>(op) && op.getNumRegions() == 0)
      clone(op, values);
  assignAll(model.find<neuro::ReceiveOp>(), Value());
  assignAll(model.find<neuro::UpdateOp>(), Value());
  Value fires = word(0, 1);
  if (auto fire = model.find<neuro::FireOp>()) {
    fires = yielded(fire);
    assignAll(model.find<neuro::ResetOp>(), fires);
  }
  for (const RecordWord &entry : program.record)
    if (entry.state)
      store(values.lookup(neuro::StateOp(entry.state).getResult()), entry);
  Value spike = arith::ExtUIOp::create(b, i32, fires);
  Value output = spike;
  if (auto emit = model.find<neuro::EmitOp>())
    output = widened(yielded(emit), i32);
  storeWord(output, Output, 0);
  func::ReturnOp::create(b, spike);
  tabulatePieces(*module, function);
  shareWideProducts(*module, function);
  return module;
}

//===-- to the llvm dialect --===//

/// The first operation with a number that is no integer; null if there is none.
static Operation *findFloat(ModuleOp module) {
  auto isFloat = [](Type type) { return isa<FloatType>(getElementTypeOrSelf(type)); };
  Operation *found = nullptr;
  module.walk([&](Operation *op) {
    if (!llvm::any_of(op->getResultTypes(), isFloat) &&
        !llvm::any_of(op->getOperandTypes(), isFloat))
      return WalkResult::advance();
    found = op;
    return WalkResult::interrupt();
  });
  return found;
}

FailureOr<UpdateProgram> engram::spinnaker::compileUpdate(neuro::PopulationOp population) {
  FailureOr<neuro::ModelOp> model = neuro::requireModel(population);
  if (failed(model))
    return failure();
  UpdateProgram program;
  UpdateBuilder builder(population, *model);
  if (failed(builder.layOut(program)))
    return failure();
  program.module = builder.build(program);
  PassManager first(population.getContext());
  first.addPass(createConvertFxToArithPass());
  first.addPass(createCanonicalizerPass());
  first.addPass(createCSEPass());
  if (failed(first.run(*program.module)))
    return failure();
  if (Operation *op = findFloat(*program.module))
    return population.emitOpError()
           << "model '" << model->getSymName() << "' computes with floating-point numbers ('"
           << op->getName() << "'), which cores do not have; run neuro-quantize";
  PassManager second(population.getContext());
  second.addPass(createArithToLLVMConversionPass());
  second.addPass(createConvertFuncToLLVMPass());
  second.addPass(createReconcileUnrealizedCastsPass());
  if (failed(second.run(*program.module)))
    return failure();
  llvm::raw_string_ostream stream(program.text);
  program.module->print(stream);
  return program;
}
