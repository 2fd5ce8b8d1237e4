// Affine terms: sums, products with one factor free of states, quotients with a divisor free of
// states.
#include "dialects/Neuro/Transforms/Linearity.h"

using namespace mlir;
using namespace engram::neuro;

// A value that is used twice is looked at once: terms may share parts without end.
bool engram::neuro::dependsOn(Value value, ArrayRef<Value> states) {
  SmallVector<Value> open{value};
  llvm::SmallDenseSet<Value> seen;
  while (!open.empty()) {
    Value next = open.pop_back_val();
    if (llvm::is_contained(states, next))
      return true;
    Operation *op = next.getDefiningOp();
    if (!op || isa<ParameterOp, StateOp, InputOp>(op) || !seen.insert(next).second)
      continue;
    llvm::append_range(open, op->getOperands());
  }
  return false;
}

static bool isAffineIn(Value value, ArrayRef<Value> states, llvm::DenseMap<Value, bool> &known);

bool engram::neuro::isAffine(Value value, ArrayRef<Value> states) {
  llvm::DenseMap<Value, bool> known;
  return isAffineIn(value, states, known);
}

static bool combinesAffinely(Operation *op, ArrayRef<Value> states,
                             llvm::DenseMap<Value, bool> &known) {
  auto operandIsAffine = [&](unsigned k) { return isAffineIn(op->getOperand(k), states, known); };
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

static bool isAffineIn(Value value, ArrayRef<Value> states, llvm::DenseMap<Value, bool> &known) {
  auto found = known.find(value);
  if (found != known.end())
    return found->second;
  bool result = llvm::is_contained(states, value) || !dependsOn(value, states) ||
                combinesAffinely(value.getDefiningOp(), states, known);
  known[value] = result;
  return result;
}

using Coefficients = llvm::DenseMap<Value, Value>;

static Value computeCoefficient(Value value, Value state, OpBuilder &builder, IRMapping &map,
                                Coefficients &known);

Value engram::neuro::coefficientOf(Value value, Value state, OpBuilder &builder, IRMapping &map) {
  Coefficients known;
  return computeCoefficient(value, state, builder, map, known);
}

static Value lookupCoefficient(Value value, Value state, OpBuilder &builder, IRMapping &map,
                               Coefficients &known) {
  auto found = known.find(value);
  if (found != known.end())
    return found->second;
  Value result = computeCoefficient(value, state, builder, map, known);
  known[value] = result;
  return result;
}

static Value computeCoefficient(Value value, Value state, OpBuilder &builder, IRMapping &map,
                                Coefficients &known) {
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
  auto part = [&](unsigned k) {
    return lookupCoefficient(op->getOperand(k), state, builder, map, known);
  };
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
