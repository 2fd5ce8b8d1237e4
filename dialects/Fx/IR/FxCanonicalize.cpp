// Rewrites to simpler operations that give the same bits for every number.
#include "dialects/Fx/IR/FxOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace engram::fx;

namespace {

Format formatOf(Value value) { return cast<FixedType>(value.getType()).getFormat(); }

std::optional<int64_t> constantOf(Value value) {
  Attribute attr;
  return matchPattern(value, m_Constant(&attr)) ? toRaw(attr) : std::nullopt;
}

bool isOne(Value value) {
  int fraction = formatOf(value).fractionBits;
  return fraction >= 0 && fraction < 63 && constantOf(value) == int64_t(1) << fraction;
}

// The last operation of a chain rounds; its mode and its random operand go to the one that replaces
// the chain.
template <typename OpTy> Value convertLike(PatternRewriter &rewriter, OpTy op, Value value) {
  return ConvertOp::create(rewriter, op.getLoc(), op.getType(), value, op.getRounding(),
                           op.getRandom());
}

// A constant factor goes to the right. The trait Commutative would move it behind the random
// operand.
struct ConstantFactorLast : OpRewritePattern<MulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MulOp op, PatternRewriter &rewriter) const override {
    if (!constantOf(op.getLhs()) || constantOf(op.getRhs()))
      return rewriter.notifyMatchFailure(op, "nothing to swap");
    Value lhs = op.getLhs();
    rewriter.modifyOpInPlace(op, [&] {
      op.getLhsMutable().assign(op.getRhs());
      op.getRhsMutable().assign(lhs);
    });
    return success();
  }
};

// x * 1 is x in the result's format.
struct MulByOne : OpRewritePattern<MulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MulOp op, PatternRewriter &rewriter) const override {
    if (!isOne(op.getRhs()))
      return rewriter.notifyMatchFailure(op, "no factor is the constant one");
    rewriter.replaceOp(op, convertLike(rewriter, op, op.getLhs()));
    return success();
  }
};

// A product with zero leaves the addend, a zero addend the product, a factor of one in a single
// format the sum.
struct SimplifyMulAdd : OpRewritePattern<MulAddOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MulAddOp op, PatternRewriter &rewriter) const override {
    Value lhs = op.getLhs(), rhs = op.getRhs(), addend = op.getAddend();
    if (constantOf(lhs) == 0 || constantOf(rhs) == 0) {
      rewriter.replaceOp(op, convertLike(rewriter, op, addend));
      return success();
    }
    if (constantOf(addend) == 0) {
      rewriter.replaceOpWithNewOp<MulOp>(op, op.getType(), lhs, rhs, op.getRounding(),
                                         op.getRandom());
      return success();
    }
    if (isOne(lhs))
      std::swap(lhs, rhs);
    if (isOne(rhs) && lhs.getType() == op.getType() && addend.getType() == op.getType()) {
      rewriter.replaceOpWithNewOp<AddOp>(op, op.getType(), lhs, addend);
      return success();
    }
    return rewriter.notifyMatchFailure(op, "neither zero nor one among the operands");
  }
};

// A conversion to a format that has every number of the first one does nothing before a second
// conversion.
struct ConvertOfExactConvert : OpRewritePattern<ConvertOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ConvertOp op, PatternRewriter &rewriter) const override {
    auto inner = op.getOperand().getDefiningOp<ConvertOp>();
    if (!inner || !hasAllOf(formatOf(inner.getResult()), formatOf(inner.getOperand())))
      return rewriter.notifyMatchFailure(op, "not a conversion of an exact conversion");
    rewriter.replaceOp(op, convertLike(rewriter, op, inner.getOperand()));
    return success();
  }
};

// |-x| = |x|, also for the least number: both saturate to the greatest.
struct AbsOfNeg : OpRewritePattern<AbsOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(AbsOp op, PatternRewriter &rewriter) const override {
    auto inner = op.getOperand().getDefiningOp<NegOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "not of a negation");
    rewriter.replaceOpWithNewOp<AbsOp>(op, op.getType(), inner.getOperand());
    return success();
  }
};

// What is never between two steps of the result is not rounded: one mode stands for all, without a
// random operand.
template <typename OpTy> struct NoRounding : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  static bool isExact(MulOp op) {
    return formatOf(op.getLhs()).fractionBits + formatOf(op.getRhs()).fractionBits <=
           formatOf(op.getResult()).fractionBits;
  }
  static bool isExact(MulAddOp op) {
    int result = formatOf(op.getResult()).fractionBits;
    return formatOf(op.getAddend()).fractionBits <= result &&
           formatOf(op.getLhs()).fractionBits + formatOf(op.getRhs()).fractionBits <= result;
  }
  static bool isExact(ConvertOp op) {
    return formatOf(op.getOperand()).fractionBits <= formatOf(op.getResult()).fractionBits;
  }

  LogicalResult matchAndRewrite(OpTy op, PatternRewriter &rewriter) const override {
    if (op.getRounding() == Rounding::NearestEven || !isExact(op))
      return rewriter.notifyMatchFailure(op, "the rounding matters, or is the canonical one");
    rewriter.modifyOpInPlace(op, [&] {
      op.setRounding(Rounding::NearestEven);
      op.getRandomMutable().clear();
    });
    return success();
  }
};

} // namespace

void MulOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<ConstantFactorLast, MulByOne, NoRounding<MulOp>>(context);
}
void MulAddOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<SimplifyMulAdd, NoRounding<MulAddOp>>(context);
}
void ConvertOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<ConvertOfExactConvert, NoRounding<ConvertOp>>(context);
}
void AbsOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<AbsOfNeg>(context);
}
