// Regions to instruction lists, and their execution.
#include "dialects/Neuro/Evaluate/ScalarProgram.h"
#include "dialects/Fx/IR/FxOps.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "runtime/Philox.h"

using namespace mlir;
using namespace engram::neuro;
namespace fx = engram::fx;

void ScalarProgram::run(Slots &slots, const NeuronContext &context) const {
  for (const Instruction &i : instructions) {
    double value = 0;
    switch (i.kind) {
    case Instruction::Compute:
      value = i.function(slots[i.operands[0]], slots[i.operands[1]], slots[i.operands[2]]);
      break;
    case Instruction::FixedPoint: {
      double operands[maxOperands];
      for (unsigned k = 0; k < maxOperands; ++k)
        operands[k] = slots[i.operands[k]];
      value = i.fixedPoint(operands);
      break;
    }
    case Instruction::Random:
      value = static_cast<int32_t>(
          uniform32(context.seed, context.stream + i.stream, context.neuron, context.step));
      break;
    case Instruction::TimeStep:
      value = i.single ? static_cast<float>(context.timeStep) : context.timeStep;
      break;
    case Instruction::Uniform:
      value = uniform01(
          uniform32(context.seed, context.stream + i.stream, context.neuron, context.step));
      value = i.single ? static_cast<float>(value) : value;
      break;
    }
    slots[i.result] = value;
  }
}

void ScalarProgram::runAndAssign(Slots &slots, const NeuronContext &context) const {
  run(slots, context);
  llvm::SmallVector<double, 8> values;
  for (auto [state, value] : results)
    values.push_back(slots[value]);
  for (auto [assignment, value] : llvm::zip(results, values))
    slots[assignment.first] = value;
}

unsigned ModelProgram::addSlot(Value value, double number) {
  unsigned slot = initial.size();
  slots[value.getAsOpaquePointer()] = slot;
  initial.push_back(number);
  return slot;
}

static std::optional<double> constantOf(Operation *op) {
  if (auto constant = dyn_cast<arith::ConstantOp>(op))
    return readNumbers(constant.getValue()).front();
  if (auto constant = dyn_cast<fx::ConstantOp>(op))
    return fx::toDouble(constant.getValue().getRaw(), constant.getType().getFormat());
  return std::nullopt;
}

LogicalResult ModelProgram::compileBlock(Block &block, ScalarProgram &program) {
  for (Operation &op : block) {
    if (isa<AssignOp, DerivativeOp>(op)) {
      program.results.push_back({slotOf(op.getOperand(0)), slotOf(op.getOperand(1))});
      continue;
    }
    if (auto yield = dyn_cast<YieldOp>(op)) {
      program.yielded = slotOf(yield.getValue());
      continue;
    }
    if (std::optional<double> constant = constantOf(&op)) {
      addSlot(op.getResult(0), *constant);
      continue;
    }
    ScalarProgram::Instruction instruction;
    instruction.single = op.getResult(0).getType().isF32();
    if (isa<TimeStepOp>(op)) {
      instruction.kind = ScalarProgram::Instruction::TimeStep;
    } else if (auto uniform = dyn_cast<UniformOp>(op)) {
      instruction.kind = ScalarProgram::Instruction::Uniform;
      instruction.stream = uniform.getStream();
    } else if (auto random = dyn_cast<RandomOp>(op)) {
      instruction.kind = ScalarProgram::Instruction::Random;
      instruction.stream = random.getStream();
    } else {
      if ((instruction.fixedPoint = fixedPointFunction(&op)))
        instruction.kind = ScalarProgram::Instruction::FixedPoint;
      else
        instruction.function = scalarFunction(&op);
      if (!instruction.function && !instruction.fixedPoint)
        return op.emitOpError()
               << "unsupported: no meaning is defined for this operation on scalars";
      for (auto [k, operand] : llvm::enumerate(op.getOperands()))
        instruction.operands[k] = slotOf(operand);
    }
    instruction.result = addSlot(op.getResult(0));
    program.instructions.push_back(std::move(instruction));
  }
  return success();
}

FailureOr<ModelProgram> ModelProgram::compile(ModelOp model) {
  ModelProgram result;
  for (Operation &op : model.getBody().front()) {
    if (isa<ParameterOp, StateOp, InputOp>(op))
      result.addSlot(op.getResult(0));
    else if (std::optional<double> constant = constantOf(&op))
      result.addSlot(op.getResult(0), *constant);
  }
  auto compileRegion = [&](Operation *op, std::optional<ScalarProgram> &program) {
    return op ? result.compileBlock(op->getRegion(0).front(), program.emplace()) : success();
  };
  if (failed(compileRegion(model.find<ReceiveOp>(), result.receive)) ||
      failed(compileRegion(model.find<DynamicsOp>(), result.dynamics)) ||
      failed(compileRegion(model.find<UpdateOp>(), result.update)) ||
      failed(compileRegion(model.find<FireOp>(), result.fire)) ||
      failed(compileRegion(model.find<ResetOp>(), result.reset)) ||
      failed(compileRegion(model.find<EmitOp>(), result.emit)))
    return failure();
  if (result.initial.empty())
    result.initial.push_back(0); // operands of instructions without any point here
  return result;
}
