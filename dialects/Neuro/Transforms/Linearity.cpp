// Affine terms: sums, products with one factor free of states, quotients with a divisor free of
// states.
#include "dialects/Neuro/Transforms/Linearity.h"

using namespace mlir;
using namespace engram::neuro;

bool engram::neuro::dependsOn(Value value, ArrayRef<Value> states) {
  if (llvm::is_contained(states, value))
    return true;
  Operation *op = value.getDefiningOp();
  if (!op || isa<ParameterOp, StateOp, InputOp>(op))
    return false;
  return llvm::any_of(op->getOperands(), [&](Value operand) { return dependsOn(operand, states); });
}

bool engram::neuro::isAffine(Value value, ArrayRef<Value> states) {
  if (!dependsOn(value, states) || llvm::is_contained(states, value))
    return true;
  Operation *op = value.getDefiningOp();
  auto operandIsAffine = [&](unsigned k) { return isAffine(op->getOperand(k), states); };
  auto operandIsFree = [&](unsigned k) { return !dependsOn(op->getOperand(k), states); };
  if (isa<arith::AddFOp, arith::SubFOp>(op))
    return operandIsAffine(0) && operandIsAffine(1);
  if (isa<arith::NegFOp>(op))
    return operandIsAffine(0);
  if (isa<arith::MulFOp>(op))
    return (operandIsFree(0) && operandIsAffine(1)) || (operandIsAffine(0) && operandIsFree(1));
  if (isa<arith::DivFOp>(op))
    return operandIsAffine(0) && operandIsFree(1);
  if (isa<arith::SelectOp>(op))
    return operandIsFree(0) && operandIsAffine(1) && operandIsAffine(2);
  return false;
}

Value engram::neuro::coefficientOf(Value value, Value state, OpBuilder &builder, IRMapping &map) {
  Location loc = value.getLoc();
  auto constant = [&](double number) -> Value {
    return arith::ConstantOp::create(builder, loc,
                                     FloatAttr::get(cast<FloatType>(value.getType()), number));
  };
  if (value == state)
    return constant(1);
  if (!dependsOn(value, state))
    return {};
  Operation *op = value.getDefiningOp();
  auto part = [&](unsigned k) { return coefficientOf(op->getOperand(k), state, builder, map); };
  auto copy = [&](unsigned k) { return map.lookupOrDefault(op->getOperand(k)); };
  if (isa<arith::NegFOp>(op))
    return arith::NegFOp::create(builder, loc, part(0));
  if (isa<arith::DivFOp>(op))
    return arith::DivFOp::create(builder, loc, part(0), copy(1));
  if (isa<arith::MulFOp>(op)) {
    unsigned varying = dependsOn(op->getOperand(0), state) ? 0 : 1;
    return arith::MulFOp::create(builder, loc, part(varying), copy(1 - varying));
  }
  if (isa<arith::SelectOp>(op)) {
    Value yes = part(1), no = part(2);
    return arith::SelectOp::create(builder, loc, copy(0), yes ? yes : constant(0),
                                   no ? no : constant(0));
  }
  Value left = part(0), right = part(1);
  bool minus = isa<arith::SubFOp>(op);
  if (!right)
    return left;
  if (!left)
    return minus ? arith::NegFOp::create(builder, loc, right).getResult() : right;
  return minus ? arith::SubFOp::create(builder, loc, left, right).getResult()
               : arith::AddFOp::create(builder, loc, left, right).getResult();
}
