// The meaning of each operation on raw numbers (fx_n1, fx_n2), by FixedPoint.h, and folding:
// constants by the same functions, and identities that hold for every number.
#include "dialects/Fx/IR/FxOps.h"
#include "runtime/Philox.h"
#include "llvm/ADT/bit.h"

using namespace mlir;
using namespace engram::fx;

//===-- evaluation
//--------------------------------------------------------------------------------===//

static Format formatOf(Value value) { return cast<FixedType>(value.getType()).getFormat(); }

// The random operand, if there is one, is the last.
template <typename OpTy> static uint32_t randomOf(OpTy op, ArrayRef<int64_t> operands) {
  return op.getRandom() ? static_cast<uint32_t>(operands.back()) : 0;
}

int64_t AddOp::evaluate(ArrayRef<int64_t> x) { return add(x[0], x[1], formatOf(getResult())); }
int64_t SubOp::evaluate(ArrayRef<int64_t> x) { return sub(x[0], x[1], formatOf(getResult())); }
int64_t NegOp::evaluate(ArrayRef<int64_t> x) { return neg(x[0], formatOf(getResult())); }
int64_t AbsOp::evaluate(ArrayRef<int64_t> x) { return fx::abs(x[0], formatOf(getResult())); }
int64_t MinOp::evaluate(ArrayRef<int64_t> x) { return std::min(x[0], x[1]); }
int64_t MaxOp::evaluate(ArrayRef<int64_t> x) { return std::max(x[0], x[1]); }

int64_t MulOp::evaluate(ArrayRef<int64_t> x) {
  return mul(x[0], formatOf(getLhs()), x[1], formatOf(getRhs()), formatOf(getResult()),
             getRounding(), randomOf(*this, x));
}

int64_t MulAddOp::evaluate(ArrayRef<int64_t> x) {
  return mulAdd(x[0], formatOf(getLhs()), x[1], formatOf(getRhs()), x[2], formatOf(getAddend()),
                formatOf(getResult()), getRounding(), randomOf(*this, x));
}

int64_t ShlOp::evaluate(ArrayRef<int64_t> x) {
  return shl(x[0], static_cast<uint32_t>(x[1]), formatOf(getResult()));
}

int64_t ShrOp::evaluate(ArrayRef<int64_t> x) {
  return shr(x[0], static_cast<uint32_t>(x[1]), formatOf(getResult()), getRounding(),
             randomOf(*this, x));
}

int64_t CmpOp::evaluate(ArrayRef<int64_t> x) { return compare(getPredicate(), x[0], x[1]); }

int64_t ConvertOp::evaluate(ArrayRef<int64_t> x) {
  return convert(x[0], formatOf(getOperand()), formatOf(getResult()), getRounding(),
                 randomOf(*this, x));
}

// fx_n6
int64_t BitcastOp::evaluate(ArrayRef<int64_t> x) {
  if (auto fixed = dyn_cast<FixedType>(getType()))
    return fromBits(x[0], fixed.getFormat());
  unsigned width = getType().getIntOrFloatBitWidth();
  return fromBits(x[0], {/*isSigned=*/width > 1, static_cast<int>(width), 0});
}

// fx_n5
int64_t FromFloatOp::evaluate(ArrayRef<int64_t> x) {
  double value = getOperand().getType().isF64()
                     ? llvm::bit_cast<double>(x[0])
                     : llvm::bit_cast<float>(static_cast<uint32_t>(x[0]));
  return fromDouble(value, formatOf(getResult()), getRounding(), randomOf(*this, x));
}

int64_t ToFloatOp::evaluate(ArrayRef<int64_t> x) {
  Format from = formatOf(getOperand());
  return getType().isF64() ? llvm::bit_cast<int64_t>(toDouble(x[0], from))
                           : llvm::bit_cast<uint32_t>(toFloat(x[0], from));
}

// fx_n4
int64_t RandomOp::evaluate(ArrayRef<int64_t> x) {
  return static_cast<int32_t>(
      uniform32(x[0], static_cast<uint32_t>(x[1]), x[2], static_cast<uint32_t>(x[3]), getWord()));
}

//===-- folding of constants
//----------------------------------------------------------------------===//

std::optional<int64_t> engram::fx::toRaw(Attribute attr) {
  if (auto fixed = dyn_cast_or_null<FixedAttr>(attr))
    return fixed.getRaw();
  if (auto integer = dyn_cast_or_null<IntegerAttr>(attr)) {
    const APInt &value = integer.getValue();
    if (value.getBitWidth() > 64)
      return std::nullopt;
    return value.getBitWidth() == 1 ? value.getZExtValue() : value.getSExtValue();
  }
  if (auto number = dyn_cast_or_null<FloatAttr>(attr))
    return number.getValue().bitcastToAPInt().getZExtValue();
  return std::nullopt;
}

Attribute engram::fx::fromRaw(int64_t raw, Type type) {
  if (isa<FixedType>(type))
    return FixedAttr::get(type, raw);
  if (auto number = dyn_cast<FloatType>(type))
    return FloatAttr::get(
        type, APFloat(number.getFloatSemantics(), APInt(number.getWidth(), raw, false, true)));
  return IntegerAttr::get(type, APInt(type.getIntOrFloatBitWidth(), raw, true, true));
}

// The result of an operation whose operands are all constant.
template <typename OpTy> static OpFoldResult foldConstants(OpTy op, ArrayRef<Attribute> operands) {
  SmallVector<int64_t, 4> values;
  for (Attribute attr : operands) {
    std::optional<int64_t> value = toRaw(attr);
    if (!value)
      return {};
    values.push_back(*value);
  }
  return fromRaw(op.evaluate(values), op.getType());
}

static bool isRaw(Attribute attr, int64_t raw) {
  auto fixed = dyn_cast_or_null<FixedAttr>(attr);
  return fixed && fixed.getRaw() == raw;
}
static bool isZero(Attribute attr) { return isRaw(attr, 0); }

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

//===-- folding of identities
//---------------------------------------------------------------------===//
// Each holds for all numbers of all formats; tests run them over all numbers of 8-bit formats.

OpFoldResult AddOp::fold(FoldAdaptor adaptor) {
  if (isZero(adaptor.getRhs()))
    return getLhs();
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult SubOp::fold(FoldAdaptor adaptor) {
  if (isZero(adaptor.getRhs()))
    return getLhs();
  if (getLhs() == getRhs())
    return fromRaw(0, getType());
  return foldConstants(*this, adaptor.getOperands());
}

// Not -(-x) = x: the least signed number would become the greatest and then its negative.
OpFoldResult NegOp::fold(FoldAdaptor adaptor) {
  if (!getType().getIsSigned())
    return fromRaw(0, getType());
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult AbsOp::fold(FoldAdaptor adaptor) {
  if (!getType().getIsSigned() || getOperand().getDefiningOp<AbsOp>())
    return getOperand();
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult MinOp::fold(FoldAdaptor adaptor) {
  Format format = getType().getFormat();
  if (getLhs() == getRhs() || isRaw(adaptor.getRhs(), format.maxRaw()))
    return getLhs();
  if (isRaw(adaptor.getRhs(), format.minRaw()))
    return adaptor.getRhs();
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult MaxOp::fold(FoldAdaptor adaptor) {
  Format format = getType().getFormat();
  if (getLhs() == getRhs() || isRaw(adaptor.getRhs(), format.minRaw()))
    return getLhs();
  if (isRaw(adaptor.getRhs(), format.maxRaw()))
    return adaptor.getRhs();
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult MulOp::fold(FoldAdaptor adaptor) {
  if (isZero(adaptor.getLhs()) || isZero(adaptor.getRhs()))
    return fromRaw(0, getType());
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult MulAddOp::fold(FoldAdaptor adaptor) {
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult ShlOp::fold(FoldAdaptor adaptor) {
  if (toRaw(adaptor.getAmount()) == 0)
    return getOperand();
  if (isZero(adaptor.getOperand()))
    return adaptor.getOperand();
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult ShrOp::fold(FoldAdaptor adaptor) {
  if (toRaw(adaptor.getAmount()) == 0)
    return getOperand();
  if (isZero(adaptor.getOperand()))
    return adaptor.getOperand();
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult CmpOp::fold(FoldAdaptor adaptor) {
  if (getLhs() == getRhs())
    return fromRaw(compare(getPredicate(), 0, 0), getType());
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult ConvertOp::fold(FoldAdaptor adaptor) {
  if (getOperand().getType() == getType())
    return getOperand();
  // There and back through a format that has every number.
  if (auto inner = getOperand().getDefiningOp<ConvertOp>())
    if (inner.getOperand().getType() == getType() &&
        hasAllOf(formatOf(getOperand()), formatOf(getResult())))
      return inner.getOperand();
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult BitcastOp::fold(FoldAdaptor adaptor) {
  if (getOperand().getType() == getType())
    return getOperand();
  if (auto inner = getOperand().getDefiningOp<BitcastOp>())
    if (inner.getOperand().getType() == getType())
      return inner.getOperand();
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult FromFloatOp::fold(FoldAdaptor adaptor) {
  // A float that has every number of the format gives it back.
  if (auto inner = getOperand().getDefiningOp<ToFloatOp>()) {
    unsigned mantissa = cast<FloatType>(getOperand().getType()).getFPMantissaWidth();
    if (inner.getOperand().getType() == getType() && getType().getWidth() <= mantissa)
      return inner.getOperand();
  }
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult ToFloatOp::fold(FoldAdaptor adaptor) {
  return foldConstants(*this, adaptor.getOperands());
}

OpFoldResult RandomOp::fold(FoldAdaptor adaptor) {
  return foldConstants(*this, adaptor.getOperands());
}
