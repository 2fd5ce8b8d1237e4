// convert-fx-to-arith: each operation becomes integer operations between casts from and to its
// fixed-point types; then the types are replaced in place everywhere, which leaves nothing of the
// casts.
#include "dialects/Fx/IR/FxOps.h"
#include "lowering/FxToArith/EmitPhilox.h"
#include "lowering/FxToArith/ExactInteger.h"
#include "lowering/FxToArith/Passes.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

namespace engram {
#define GEN_PASS_DEF_CONVERTFXTOARITHPASS
#include "lowering/FxToArith/Passes.h.inc"
} // namespace engram

using namespace mlir;
using namespace engram;
using namespace engram::fx;

static IntegerAttr integerOf(FixedAttr attr) {
  IntegerType type = cast<FixedType>(attr.getType()).getContainer();
  return IntegerAttr::get(type, APInt(64, attr.getRaw(), true).trunc(type.getWidth()));
}

namespace {

// Rounding that is not known to be needed takes place on Ranged numbers; results are in the range
// of the format.
class OpLowering {
public:
  explicit OpLowering(Operation *op) : b(op->getLoc(), op), e(b) {}

  Value lower(ConstantOp op) { return arith::ConstantOp::create(b, integerOf(op.getValue())); }
  Value lower(AddOp op) {
    return saturated(e.add(load(op.getLhs()), load(op.getRhs())), op.getType());
  }
  Value lower(SubOp op) {
    return saturated(e.sub(load(op.getLhs()), load(op.getRhs())), op.getType());
  }
  Value lower(NegOp op) { return saturated(negative(load(op.getOperand())), op.getType()); }
  Value lower(AbsOp op) {
    Ranged x = load(op.getOperand());
    return saturated(e.select(isNegative(x), negative(x), x), op.getType());
  }
  Value lower(MinOp op) {
    return least(op.getType(), arith::CmpIPredicate::slt, op.getLhs(), op.getRhs());
  }
  Value lower(MaxOp op) {
    return least(op.getType(), arith::CmpIPredicate::sgt, op.getLhs(), op.getRhs());
  }
  Value lower(MulOp op);
  Value lower(MulAddOp op);
  Value lower(ShlOp op);
  Value lower(ShrOp op);
  Value lower(CmpOp op);
  Value lower(ConvertOp op) {
    return rescale(op, load(op.getOperand()), formatOf(op.getOperand()).fractionBits);
  }
  Value lower(BitcastOp op);
  Value lower(FromFloatOp op);
  Value lower(ToFloatOp op);
  Value lower(RandomOp op);

private:
  ImplicitLocOpBuilder b;
  ExactBuilder e;

  static Format formatOf(Value value) { return cast<FixedType>(value.getType()).getFormat(); }
  static std::optional<uint32_t> constantAmount(Value amount) {
    APInt value;
    if (!matchPattern(amount, m_ConstantInt(&value)))
      return std::nullopt;
    return static_cast<uint32_t>(value.getZExtValue());
  }

  Ranged load(Value value);
  Ranged unsignedWord(Value value) {
    return e.fromInteger(value, 0, (Wide(1) << 32) - 1, /*isSigned=*/false);
  }
  Ranged bit(Value value) { return e.fromInteger(value, 0, 1, /*isSigned=*/false); }
  Ranged negative(const Ranged &x) { return e.sub(e.constant(0), x); }
  Value isNegative(const Ranged &x) {
    return e.compare(arith::CmpIPredicate::slt, x, e.constant(0));
  }
  Value least(FixedType type, arith::CmpIPredicate predicate, Value lhs, Value rhs) {
    Ranged x = load(lhs), y = load(rhs);
    return saturated(e.select(e.compare(predicate, x, y), x, y), type);
  }

  Value saturated(const Ranged &x, FixedType type) {
    Format format = type.getFormat();
    return e.toInteger(e.clamp(x, format.minRaw(), format.maxRaw()),
                       type.getContainer().getWidth());
  }
  Ranged saturatingShiftLeft(const Ranged &x, int64_t shift, Format to);
  Ranged roundShift(const Ranged &x, int64_t shift, Rounding rounding, Value random);
  Ranged roundShift(const Ranged &x, const Ranged &shift, Rounding rounding, Value random);
  template <typename OpTy> Value rescale(OpTy op, const Ranged &x, int fraction) {
    Format to = op.getType().getFormat();
    int shift = fraction - to.fractionBits;
    return saturated(shift < 0 ? saturatingShiftLeft(x, -shift, to)
                               : roundShift(x, shift, op.getRounding(), op.getRandom()),
                     op.getType());
  }
};

} // namespace

Ranged OpLowering::load(Value value) {
  auto type = cast<FixedType>(value.getType());
  Value integer = UnrealizedConversionCastOp::create(b, type.getContainer(), value).getResult(0);
  Format format = type.getFormat();
  return e.fromInteger(integer, format.minRaw(), format.maxRaw(), format.isSigned);
}

//===-- shifts
//------------------------------------------------------------------------------------===//

// What stays within the format is shifted; the rest is replaced by the bound that it lies beyond.
Ranged OpLowering::saturatingShiftLeft(const Ranged &x, int64_t shift, Format to) {
  Wide low = -floorShift(-Wide(to.minRaw()), shift), high = floorShift(to.maxRaw(), shift);
  Ranged inside = e.clamp(x, low, high);
  Ranged result = e.shiftLeft(inside, shift);
  if (x.high > high)
    result = e.select(e.compare(arith::CmpIPredicate::sgt, x, e.constant(high)),
                      e.constant(to.maxRaw()), result);
  if (x.low < low)
    result = e.select(e.compare(arith::CmpIPredicate::slt, x, e.constant(low)),
                      e.constant(to.minRaw()), result);
  return result;
}

Ranged OpLowering::roundShift(const Ranged &x, int64_t shift, Rounding rounding, Value random) {
  if (shift == 0)
    return x;
  if (rounding == Rounding::Stochastic) {
    Ranged r = unsignedWord(random);
    if (shift < 32)
      return e.shiftRight(e.add(x, e.shiftRight(r, 32 - shift)), shift);
    return e.shiftRight(e.add(e.shiftRight(x, shift - 32), r), 32);
  }
  if (rounding == Rounding::Floor)
    return e.shiftRight(x, shift);
  // The modes are monotone, so the bounds of the range give those of the result.
  Wide low = fx::roundShift(x.low, shift, rounding), high = fx::roundShift(x.high, shift, rounding);
  if (low == high)
    return e.constant(low);
  Ranged sum;
  if (rounding == Rounding::TowardZero) {
    Ranged up = e.constant((Wide(1) << shift) - 1);
    sum = x.low < 0 ? e.add(x, e.select(isNegative(x), up, e.constant(0))) : x;
  } else {
    // Just below one half for an even quotient, one half for an odd one.
    Ranged odd = e.bitAnd(e.shiftRight(x, shift), e.constant(1));
    sum = e.add(e.add(x, e.constant((Wide(1) << (shift - 1)) - 1)), odd);
  }
  return e.known(e.shiftRight(sum, shift), low, high);
}

// A shift that is not constant. From some amount on, results no longer depend on it.
Ranged OpLowering::roundShift(const Ranged &x, const Ranged &amount, Rounding rounding,
                              Value random) {
  int bits = 1;
  while (x.low < -(Wide(1) << bits) || x.high > (Wide(1) << bits))
    ++bits;
  Wide low = std::min<Wide>(x.low, 0), high = std::max<Wide>(x.high, 0);
  if (rounding == Rounding::Stochastic) {
    Ranged shift = e.clamp(amount, 0, bits + 33);
    Ranged scaled = e.shiftRight(e.shiftLeft(x, 32), shift);
    return e.known(e.shiftRight(e.add(scaled, unsignedWord(random)), 32), low, high);
  }
  Ranged shift = e.clamp(amount, 0, bits + 1);
  Ranged below = e.shiftRight(x, shift);
  if (rounding == Rounding::Floor)
    return e.known(below, low, high);
  Ranged one = e.constant(1), step = e.shiftLeft(one, shift);
  Ranged rest = e.bitAnd(x, e.sub(step, one));
  Value up;
  if (rounding == Rounding::TowardZero) {
    up = arith::AndIOp::create(b, isNegative(x),
                               e.compare(arith::CmpIPredicate::ne, rest, e.constant(0)));
  } else {
    Ranged twice = e.add(rest, rest);
    Value more = e.compare(arith::CmpIPredicate::sgt, twice, step);
    Value tie = e.compare(arith::CmpIPredicate::eq, twice, step);
    Value odd = e.compare(arith::CmpIPredicate::ne, e.bitAnd(below, one), e.constant(0));
    up = arith::OrIOp::create(b, more, arith::AndIOp::create(b, tie, odd));
  }
  return e.known(e.add(below, bit(up)), low, high);
}

//===-- operations
//--------------------------------------------------------------------------------===//

Value OpLowering::lower(MulOp op) {
  Ranged product = e.mul(load(op.getLhs()), load(op.getRhs()));
  return rescale(op, product,
                 formatOf(op.getLhs()).fractionBits + formatOf(op.getRhs()).fractionBits);
}

Value OpLowering::lower(MulAddOp op) {
  int product = formatOf(op.getLhs()).fractionBits + formatOf(op.getRhs()).fractionBits;
  int addend = formatOf(op.getAddend()).fractionBits, fraction = std::max(product, addend);
  Ranged x = e.shiftLeft(e.mul(load(op.getLhs()), load(op.getRhs())), fraction - product);
  return rescale(op, e.add(x, e.shiftLeft(load(op.getAddend()), fraction - addend)), fraction);
}

Value OpLowering::lower(ShlOp op) {
  Ranged x = load(op.getOperand());
  Format format = op.getType().getFormat();
  if (std::optional<uint32_t> amount = constantAmount(op.getAmount()))
    return saturated(saturatingShiftLeft(x, *amount, format), op.getType());
  // A shift by the width already takes every number but zero out of the range.
  Ranged amount = e.clamp(unsignedWord(op.getAmount()), 0, format.width());
  return saturated(e.shiftLeft(x, amount), op.getType());
}

Value OpLowering::lower(ShrOp op) {
  Ranged x = load(op.getOperand());
  if (std::optional<uint32_t> amount = constantAmount(op.getAmount()))
    return saturated(roundShift(x, *amount, op.getRounding(), op.getRandom()), op.getType());
  return saturated(roundShift(x, unsignedWord(op.getAmount()), op.getRounding(), op.getRandom()),
                   op.getType());
}

Value OpLowering::lower(CmpOp op) {
  auto predicate = [&] {
    switch (op.getPredicate()) {
    case Predicate::Eq:
      return arith::CmpIPredicate::eq;
    case Predicate::Ne:
      return arith::CmpIPredicate::ne;
    case Predicate::Lt:
      return arith::CmpIPredicate::slt;
    case Predicate::Le:
      return arith::CmpIPredicate::sle;
    case Predicate::Gt:
      return arith::CmpIPredicate::sgt;
    case Predicate::Ge:
      return arith::CmpIPredicate::sge;
    }
    llvm_unreachable("all predicates are listed");
  }();
  return e.compare(predicate, load(op.getLhs()), load(op.getRhs()));
}

Value OpLowering::lower(BitcastOp op) {
  Value bits = op.getOperand();
  if (auto from = dyn_cast<FixedType>(bits.getType()))
    bits = e.toInteger(load(bits), from.getWidth());
  auto to = dyn_cast<FixedType>(op.getType());
  if (!to)
    return bits;
  Format format = to.getFormat();
  Ranged number = e.fromInteger(bits, format.minRaw(), format.maxRaw(), format.isSigned);
  return e.toInteger(number, to.getContainer().getWidth());
}

// The bits of a double taken apart: mantissa * 2^exponent, shifted to the left or to the right.
Value OpLowering::lower(FromFloatOp op) {
  Format to = op.getType().getFormat();
  Value number = op.getOperand();
  if (!number.getType().isF64())
    number = arith::ExtFOp::create(b, b.getF64Type(), number);
  Value word = arith::BitcastOp::create(b, b.getI64Type(), number);
  Ranged bits = e.fromInteger(word, INT64_MIN, INT64_MAX, /*isSigned=*/true);
  Ranged exponent = e.bitAnd(e.shiftRight(bits, 52), e.constant(0x7ff));
  Ranged fraction = e.bitAnd(bits, e.constant((Wide(1) << 52) - 1));
  Value isNormal = e.compare(arith::CmpIPredicate::ne, exponent, e.constant(0));
  Ranged mantissa = e.add(fraction, e.select(isNormal, e.constant(Wide(1) << 52), e.constant(0)));
  mantissa = e.select(isNegative(bits), negative(mantissa), mantissa);
  Ranged shift = e.add(e.clamp(exponent, 1, 0x7ff), e.constant(to.fractionBits - 1075));

  Ranged left =
      e.clamp(e.shiftLeft(mantissa, e.clamp(shift, 0, to.width())), to.minRaw(), to.maxRaw());
  Ranged right = roundShift(mantissa, negative(e.clamp(shift, shift.low, 0)), op.getRounding(),
                            op.getRandom());
  right = e.clamp(right, to.minRaw(), to.maxRaw());
  Ranged result = e.select(e.compare(arith::CmpIPredicate::sge, shift, e.constant(0)), left, right);
  Value isNaN = arith::CmpFOp::create(b, arith::CmpFPredicate::UNO, number, number);
  return saturated(e.select(isNaN, e.constant(0), result), op.getType());
}

Value OpLowering::lower(ToFloatOp op) {
  int fraction = formatOf(op.getOperand()).fractionBits;
  auto type = cast<FloatType>(op.getType());
  Value number = arith::SIToFPOp::create(b, type, load(op.getOperand()).value);
  if (fraction == 0)
    return number;
  Value scale = arith::ConstantOp::create(b, b.getFloatAttr(type, std::ldexp(1.0, -fraction)));
  return arith::MulFOp::create(b, number, scale);
}

Value OpLowering::lower(RandomOp op) {
  return emitPhilox(b, op.getSeed(), op.getStream(), op.getIndex(), op.getStep())[op.getWord()];
}

//===-- the pass
//----------------------------------------------------------------------------------===//

static void lowerOp(Operation *op) {
  Value result =
      llvm::TypeSwitch<Operation *, Value>(op)
          .Case<ConstantOp, AddOp, SubOp, NegOp, AbsOp, MinOp, MaxOp, MulOp, MulAddOp, ShlOp, ShrOp,
                CmpOp, ConvertOp, BitcastOp, FromFloatOp, ToFloatOp, RandomOp>(
              [](auto typed) { return OpLowering(typed).lower(typed); });
  OpBuilder b(op);
  Type type = op->getResult(0).getType();
  if (isa<FixedType>(type))
    result = UnrealizedConversionCastOp::create(b, op->getLoc(), type, result).getResult(0);
  op->getResult(0).replaceAllUsesWith(result);
  op->erase();
}

namespace {
struct ConvertFxToArith : public engram::impl::ConvertFxToArithPassBase<ConvertFxToArith> {
  void runOnOperation() override {
    SmallVector<Operation *> operations;
    SmallVector<UnrealizedConversionCastOp> casts;
    getOperation()->walk([&](Operation *op) {
      if (isa_and_nonnull<FxDialect>(op->getDialect()))
        operations.push_back(op);
    });
    for (Operation *op : operations)
      lowerOp(op);

    AttrTypeReplacer replacer;
    replacer.addReplacement([](FixedType type) -> Type { return type.getContainer(); });
    replacer.addReplacement([](FixedAttr attr) -> Attribute { return integerOf(attr); });
    replacer.recursivelyReplaceElementsIn(getOperation(), /*replaceAttrs=*/true,
                                          /*replaceLocs=*/false, /*replaceTypes=*/true);

    getOperation()->walk([&](UnrealizedConversionCastOp cast) {
      if (cast->getNumOperands() == 1 && cast.getOperand(0).getType() == cast.getType(0))
        casts.push_back(cast);
    });
    for (UnrealizedConversionCastOp cast : casts) {
      cast.getResult(0).replaceAllUsesWith(cast.getOperand(0));
      cast.erase();
    }
  }
};
} // namespace
