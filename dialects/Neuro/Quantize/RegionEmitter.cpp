// Nodes to operations of fx. Formats of intermediate results: integer bits for the range; fraction
// bits that keep what is rounded away below an eighth of what any state would notice.
#include "dialects/Neuro/Quantize/FixedPointModel.h"
#include "dialects/Neuro/Quantize/PiecewisePolynomial.h"
#include "runtime/NumberText.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

static constexpr int guardBits = 3;

fx::Format RegionEmitter::formatOf(Value value) {
  return cast<fx::FixedType>(value.getType()).getFormat();
}

static fx::FixedType typeOf(MLIRContext *context, fx::Format format) {
  return fx::FixedType::get(context, format);
}

//===-- operations ------------------------------------------------------------------------===//

Value RegionEmitter::random(fx::Rounding rounding) {
  if (rounding != fx::Rounding::Stochastic)
    return {};
  return RandomOp::create(builder, loc, builder.getI32Type(), target.nextStream());
}

Value RegionEmitter::constant(double x, fx::Format format) {
  int64_t raw = fx::fromDouble(x, format, fx::Rounding::NearestEven);
  return fx::ConstantOp::create(builder, loc,
                                fx::FixedAttr::get(typeOf(builder.getContext(), format), raw));
}

Value RegionEmitter::convert(Value value, fx::Format to, fx::Rounding rounding) {
  fx::Format from = formatOf(value);
  if (from == to)
    return value;
  // Where nothing is rounded, no random number is drawn.
  if (to.fractionBits >= from.fractionBits)
    rounding = fx::Rounding::NearestEven;
  return fx::ConvertOp::create(builder, loc, typeOf(builder.getContext(), to), value, rounding,
                               random(rounding));
}

Value RegionEmitter::convert(Value value, fx::Format to) {
  return convert(value, to, options.rounding);
}

Value RegionEmitter::multiply(Value a, Value b, fx::Format to) {
  fx::Rounding rounding = to.fractionBits >= formatOf(a).fractionBits + formatOf(b).fractionBits
                              ? fx::Rounding::NearestEven
                              : options.rounding;
  return fx::MulOp::create(builder, loc, typeOf(builder.getContext(), to), a, b, rounding,
                           random(rounding));
}

Value RegionEmitter::multiplyAdd(Value a, Value b, Value c, fx::Format to) {
  if (fx::mulAddBits(formatOf(a), formatOf(b), formatOf(c)) > 127)
    return fx::AddOp::create(builder, loc, multiply(a, b, to), convert(c, to));
  fx::Rounding rounding = options.rounding;
  return fx::MulAddOp::create(builder, loc, typeOf(builder.getContext(), to), a, b, c, rounding,
                              random(rounding));
}

//===-- formats ---------------------------------------------------------------------------===//

fx::Format RegionEmitter::chooseFormat(Range range, double tolerance, int exactFraction) const {
  int integer = integerBitsOf(range, /*isSigned=*/true);
  int fraction = options.stateBits - integer;
  if (std::isfinite(tolerance) && tolerance > 0)
    fraction = static_cast<int>(std::ceil(-std::log2(tolerance))) + guardBits;
  fraction =
      std::min({fraction, exactFraction, options.intermediateBits - integer, maxFractionBits});
  return {/*isSigned=*/true, integer, std::max(fraction, 2 - integer)};
}

fx::Format RegionEmitter::chooseFormat(const Node &node, int exactFraction) const {
  return chooseFormat(node.range, node.tolerance, exactFraction);
}

LogicalResult RegionEmitter::needRange(const Node &node, StringRef name) {
  if (node.range.isFinite())
    return success();
  InFlightDiagnostic diagnostic = emitError(loc) << "no bound is known for a value that '" << name
                                                 << "' of model '" << target.model.getSymName()
                                                 << "' depends on; run neuro-calibrate first";
  return diagnostic;
}

//===-- nodes -----------------------------------------------------------------------------===//

FailureOr<Value> RegionEmitter::emit(unsigned index, StringRef name) {
  if (!values[index]) {
    FailureOr<Value> value = emitNode(index, std::nullopt, name);
    if (failed(value))
      return failure();
    values[index] = *value;
  }
  return values[index];
}

FailureOr<Value> RegionEmitter::emitAs(unsigned index, fx::Format format, StringRef name) {
  const Node &node = graph.nodes[index];
  if (node.kind == Node::Constants && node.isReal() && node.numbers.size() == 1 &&
      roundTo(format, node.numbers[0]) == node.numbers[0] && !values[index])
    return constant(node.numbers[0], format);
  // The last operation rounds into the format itself, if nothing else needs its result.
  FailureOr<Value> value =
      !values[index] && node.uses <= 1 ? emitNode(index, format, name) : emit(index, name);
  return failed(value) ? value : convert(*value, format);
}

FailureOr<Value> RegionEmitter::emitNode(unsigned index, std::optional<fx::Format> wanted,
                                         StringRef name) {
  const Node &node = graph.nodes[index];
  if (node.value)
    loc = node.value.getLoc();
  if (node.isReal() && failed(needRange(node, name)))
    return failure();
  switch (node.kind) {
  case Node::Constants: {
    auto parameter = node.value ? node.value.getDefiningOp<ParameterOp>() : ParameterOp();
    if (!node.value || isa<FloatType>(node.value.getType()))
      return target.parameter(node.numbers, parameter ? parameter.getName() : name);
    if (parameter)
      return target.integerParameter(parameter, node.numbers);
    if (node.numbers.size() != 1)
      return emitError(loc) << "unsupported: an integer of model '" << target.model.getSymName()
                            << "' is computed from parameters that differ between neurons";
    return Value(arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(node.value.getType(), int64_t(node.numbers[0]))));
  }
  case Node::Leaf:
    return target.valueOf(node.value);
  case Node::Random: {
    // u = (word + 1/2) / 2^32 is above a number of at most 32 fraction bits iff word / 2^32 is not
    // below it.
    Value word = RandomOp::create(builder, loc, builder.getI32Type(),
                                  node.value.getDefiningOp<UniformOp>().getStream());
    return Value(
        fx::BitcastOp::create(builder, loc, typeOf(builder.getContext(), {false, 0, 32}), word));
  }
  case Node::Affine:
    return emitSum(node, wanted, name);
  case Node::Product:
    return emitProduct(node, wanted, name);
  case Node::Function:
    return emitFunction(node, wanted, name);
  case Node::Select:
  case Node::Minimum:
  case Node::Maximum:
    return emitChoice(node, name);
  case Node::Absolute:
  case Node::CopySign:
  case Node::Rounded:
    return emitRounded(node, name);
  case Node::FromInteger:
  case Node::ToInteger:
    return emitConversion(node, name);
  case Node::Compare:
    return emitCompare(node, name);
  case Node::Integer:
    return emitInteger(node, name);
  }
  return failure();
}

// acc = offset; acc = factor * x + acc for one term after another. A partial sum has the integer
// bits that its terms need.
FailureOr<Value> RegionEmitter::emitSum(const Node &node, std::optional<fx::Format> wanted,
                                        StringRef name) {
  Value sum;
  Range range{0, 0};
  int exact = -64;
  auto isUnit = [](const Constant &factor) {
    return factor.size() == 1 && std::abs(factor[0]) == 1;
  };
  if (llvm::any_of(node.numbers, [](double x) { return x != 0; })) {
    sum = target.parameter(node.numbers, (name + "_offset").str());
    range = Range::of(node.numbers);
    exact = formatOf(sum).fractionBits;
  }
  // Terms without a factor come first, since they cannot round into the last format.
  SmallVector<size_t> order;
  for (bool wantUnit : {true, false})
    for (size_t k = 0; k < node.operands.size(); ++k)
      if (wantUnit ==
          (isUnit(node.factors[k]) && graph.nodes[node.operands[k]].kind != Node::Product))
        order.push_back(k);
  for (size_t k : order) {
    bool isLast = k == order.back();
    const Node &operand = graph.nodes[node.operands[k]];
    const Constant &factor = node.factors[k];
    range = range + Range::of(factor) * operand.range;
    Range partial = isLast ? node.range : range;
    auto formatAt = [&](int exactFraction) {
      exact = std::max(exact, exactFraction);
      return isLast && wanted ? *wanted : chooseFormat(partial, node.tolerance, exact);
    };
    Value a, x;
    if (isUnit(factor) && factor[0] == 1 && operand.kind == Node::Product && operand.uses == 1 &&
        !values[node.operands[k]]) {
      FailureOr<Value> left = emit(operand.operands[0], name), right = failure();
      if (failed(left) || failed(right = emit(operand.operands[1], name)))
        return failure();
      a = *left, x = *right;
    } else {
      FailureOr<Value> value = emit(node.operands[k], name);
      if (failed(value))
        return failure();
      x = *value;
      StringRef atom = "value";
      if (Operation *op = operand.value ? operand.value.getDefiningOp() : nullptr)
        if (auto attr = op->getAttrOfType<StringAttr>("name"); attr && isa<StateOp, InputOp>(op))
          atom = attr;
      if (!isUnit(factor))
        a = target.parameter(factor, (atom + "_to_" + name).str());
    }
    if (a) {
      fx::Format format = formatAt(formatOf(a).fractionBits + formatOf(x).fractionBits);
      sum = sum ? multiplyAdd(a, x, sum, format) : multiply(a, x, format);
      continue;
    }
    // Both numbers are brought to a format that holds them and the sum, so that this rounds once.
    exact = std::max(exact, formatOf(x).fractionBits);
    Range hull = partial;
    hull.include(operand.range);
    if (sum)
      hull.include(range);
    hull.include(-1 * operand.range);
    fx::Format format = chooseFormat(hull, node.tolerance, exact);
    x = convert(x, format);
    if (!sum)
      sum = factor[0] > 0 ? x : Value(fx::NegOp::create(builder, loc, x));
    else if (factor[0] > 0)
      sum = fx::AddOp::create(builder, loc, convert(sum, format), x);
    else
      sum = fx::SubOp::create(builder, loc, convert(sum, format), x);
  }
  return sum;
}

FailureOr<Value> RegionEmitter::emitProduct(const Node &node, std::optional<fx::Format> wanted,
                                            StringRef name) {
  FailureOr<Value> a = emit(node.operands[0], name);
  FailureOr<Value> b = failed(a) ? a : emit(node.operands[1], name);
  if (failed(b))
    return failure();
  int exact = formatOf(*a).fractionBits + formatOf(*b).fractionBits;
  return multiply(*a, *b, wanted.value_or(chooseFormat(node, exact)));
}

// y = (c2 t + c1) t + c0 with t = x - start, the four constants selected by x.
FailureOr<Value> RegionEmitter::emitFunction(const Node &node, std::optional<fx::Format> wanted,
                                             StringRef name) {
  const Node &operand = graph.nodes[node.operands[0]];
  FailureOr<Value> argument = emit(node.operands[0], name);
  if (failed(argument))
    return failure();
  // Differences of arguments need a bit more.
  fx::Format format = formatOf(*argument), result = chooseFormat(node, maxFractionBits);
  if (format.width() >= int(maxFixedPointWidth)) {
    format.fractionBits = int(maxFixedPointWidth) - 1 - format.integerBits;
    argument = convert(*argument, format);
  }
  Range domain = operand.range.intersect(rangeOf(format));
  if (domain.empty())
    domain = rangeOf(format);
  // Where a value is huge, what it adds to saturates or spikes.
  Tolerance tolerance{std::isfinite(node.tolerance) ? node.tolerance : stepOf(result),
                      std::ldexp(1.0, -options.stateBits)};
  PiecewisePolynomial fit =
      fitPiecewise(limited(node.function, node.range), domain, node.range, format, result,
                   tolerance, options.maxPieces, options.intermediateBits);
  std::string what =
      node.value ? node.value.getDefiningOp()->getName().getStringRef().str() : "1/x";
  target.approximations.push_back({name.str() + ": " + what, fit.domain, fit.pieces.size(),
                                   fit.error, fit.relativeError, stepOf(result)});

  Value x = *argument;
  if (fit.domain.high < rangeOf(format).high)
    x = fx::MinOp::create(builder, loc, x, constant(fit.domain.high, format));
  if (fit.domain.low > rangeOf(format).low)
    x = fx::MaxOp::create(builder, loc, x, constant(fit.domain.low, format));
  Value start, c[3];
  for (const Piece &piece : fit.pieces) {
    Value here;
    if (start)
      here = fx::CmpOp::create(builder, loc, fx::Predicate::Ge, x, constant(piece.start, format));
    auto choose = [&](double number, fx::Format in, Value &value) {
      Value next = constant(number, in);
      value = value ? Value(arith::SelectOp::create(builder, loc, here, next, value)) : next;
    };
    for (int k = 0; k < 3; ++k)
      choose(piece.c[k], fit.coefficients[k], c[k]);
    choose(piece.start, fit.offset, start);
  }
  Value t = fx::SubOp::create(builder, loc, convert(x, fit.offset), start);
  Value slope = multiplyAdd(c[2], t, c[1], fit.slope);
  Value y = multiplyAdd(slope, t, c[0], wanted.value_or(result));
  return y;
}

// A number that is written in the model, and is one of the other's format, is a constant of it.
FailureOr<std::pair<Value, Value>> RegionEmitter::emitPair(unsigned a, unsigned b, StringRef name) {
  auto isLiteral = [&](unsigned index) {
    const Node &node = graph.nodes[index];
    return node.kind == Node::Constants && node.value && node.numbers.size() == 1 &&
           isa<arith::ConstantOp>(node.value.getDefiningOp());
  };
  bool swapped = isLiteral(a);
  if (swapped)
    std::swap(a, b);
  FailureOr<Value> x = emit(a, name);
  if (failed(x))
    return failure();
  double number = isLiteral(b) ? graph.nodes[b].numbers[0] : NAN;
  FailureOr<Value> y = roundTo(formatOf(*x), number) == number
                           ? FailureOr<Value>(constant(number, formatOf(*x)))
                           : emit(b, name);
  if (failed(y))
    return failure();
  return swapped ? std::pair(*y, *x) : std::pair(*x, *y);
}

FailureOr<Value> RegionEmitter::emitChoice(const Node &node, StringRef name) {
  bool isSelect = node.kind == Node::Select;
  FailureOr<Value> condition = Value();
  if (isSelect && failed(condition = emit(node.operands[0], name)))
    return failure();
  unsigned first = node.operands[isSelect ? 1 : 0], second = node.operands[isSelect ? 2 : 1];
  FailureOr<std::pair<Value, Value>> pair = emitPair(first, second, name);
  if (failed(pair))
    return failure();
  auto [a, b] = *pair;
  fx::Format fa = formatOf(a), fb = formatOf(b);
  fx::Format format = fx::hasAllOf(fa, fb) ? fa
                      : fx::hasAllOf(fb, fa)
                          ? fb
                          : chooseFormat(node, std::max(fa.fractionBits, fb.fractionBits));
  Value x = convert(a, format), y = convert(b, format);
  if (isSelect)
    return Value(arith::SelectOp::create(builder, loc, *condition, x, y));
  if (node.kind == Node::Minimum)
    return Value(fx::MinOp::create(builder, loc, x, y));
  return Value(fx::MaxOp::create(builder, loc, x, y));
}

FailureOr<Value> RegionEmitter::emitRounded(const Node &node, StringRef name) {
  FailureOr<Value> operand = emit(node.operands[0], name);
  if (failed(operand))
    return failure();
  Value x = *operand;
  // A signed format with room for the magnitude and for the next whole number.
  fx::Format format = formatOf(x);
  format = {true, format.integerBits + 2, format.fractionBits};
  if (format.width() > int(maxFixedPointWidth))
    format.fractionBits = maxFixedPointWidth - format.integerBits;
  x = convert(x, format);
  auto withSignOf = [&](Value magnitude, Value sign) {
    Value isNegative =
        fx::CmpOp::create(builder, loc, fx::Predicate::Lt, sign, constant(0, formatOf(sign)));
    Value negative = fx::NegOp::create(builder, loc, magnitude);
    return Value(arith::SelectOp::create(builder, loc, isNegative, negative, magnitude));
  };
  if (node.kind == Node::Absolute)
    return Value(fx::AbsOp::create(builder, loc, x));
  if (node.kind == Node::CopySign) {
    FailureOr<Value> sign = emit(node.operands[1], name);
    if (failed(sign))
      return failure();
    return withSignOf(fx::AbsOp::create(builder, loc, x), *sign);
  }
  fx::Format whole{true, std::clamp(format.integerBits, 2, int(maxFixedPointWidth)), 0};
  StringRef op = node.value.getDefiningOp()->getName().getStringRef();
  if (op == "math.floor")
    return convert(x, whole, fx::Rounding::Floor);
  if (op == "math.trunc")
    return convert(x, whole, fx::Rounding::TowardZero);
  if (op == "math.roundeven")
    return convert(x, whole, fx::Rounding::NearestEven);
  if (op == "math.ceil") {
    Value down = convert(fx::NegOp::create(builder, loc, x), whole, fx::Rounding::Floor);
    return Value(fx::NegOp::create(builder, loc, down));
  }
  // math.round takes halves away from zero.
  fx::Format withHalf = {true, format.integerBits, std::max(format.fractionBits, 1)};
  Value up = fx::AddOp::create(builder, loc, convert(fx::AbsOp::create(builder, loc, x), withHalf),
                               constant(0.5, withHalf));
  return withSignOf(convert(up, whole, fx::Rounding::Floor), x);
}

FailureOr<Value> RegionEmitter::emitConversion(const Node &node, StringRef name) {
  FailureOr<Value> operand = emit(node.operands[0], name);
  if (failed(operand))
    return failure();
  MLIRContext *context = builder.getContext();
  if (node.kind == Node::ToInteger) {
    int width = node.value.getType().getIntOrFloatBitWidth();
    int used = std::min(width, 32);
    Value whole = convert(*operand, {true, used, 0}, fx::Rounding::TowardZero);
    Value bits = fx::BitcastOp::create(builder, loc, builder.getIntegerType(used), whole);
    return used == width ? bits
                         : Value(arith::ExtSIOp::create(builder, loc, node.value.getType(), bits));
  }
  int width = (*operand).getType().getIntOrFloatBitWidth();
  bool isUnsigned = isa<arith::UIToFPOp>(node.value.getDefiningOp());
  if (width > 32)
    return emitError(loc) << "unsupported: model '" << target.model.getSymName()
                          << "' makes a real number of an integer of " << width << " bits";
  Value fixed =
      fx::BitcastOp::create(builder, loc, typeOf(context, {!isUnsigned, width, 0}), *operand);
  return convert(fixed, chooseFormat(node, 0));
}

FailureOr<Value> RegionEmitter::emitCompare(const Node &node, StringRef name) {
  using P = arith::CmpFPredicate;
  auto op = cast<arith::CmpFOp>(node.value.getDefiningOp());
  std::optional<fx::Predicate> predicate;
  bool always = false;
  switch (op.getPredicate()) {
  case P::OEQ:
  case P::UEQ:
    predicate = fx::Predicate::Eq;
    break;
  case P::ONE:
  case P::UNE:
    predicate = fx::Predicate::Ne;
    break;
  case P::OLT:
  case P::ULT:
    predicate = fx::Predicate::Lt;
    break;
  case P::OLE:
  case P::ULE:
    predicate = fx::Predicate::Le;
    break;
  case P::OGT:
  case P::UGT:
    predicate = fx::Predicate::Gt;
    break;
  case P::OGE:
  case P::UGE:
    predicate = fx::Predicate::Ge;
    break;
  case P::AlwaysTrue:
  case P::ORD: // every fixed-point number is a number
    always = true;
    break;
  case P::AlwaysFalse:
  case P::UNO:
    break;
  }
  if (!predicate)
    return Value(arith::ConstantOp::create(builder, loc,
                                           builder.getIntegerAttr(builder.getI1Type(), always)));
  FailureOr<std::pair<Value, Value>> pair = emitPair(node.operands[0], node.operands[1], name);
  if (failed(pair))
    return failure();
  auto [a, b] = *pair;
  fx::Format fa = formatOf(a), fb = formatOf(b), common = fa;
  if (!(fa == fb)) {
    common.isSigned = fa.isSigned || fb.isSigned;
    common.integerBits = std::max(fa.integerBits + (common.isSigned && !fa.isSigned),
                                  fb.integerBits + (common.isSigned && !fb.isSigned));
    common.fractionBits = std::min(std::max(fa.fractionBits, fb.fractionBits),
                                   int(maxFixedPointWidth) - common.integerBits);
  }
  return Value(fx::CmpOp::create(builder, loc, *predicate, convert(a, common), convert(b, common)));
}

FailureOr<Value> RegionEmitter::emitInteger(const Node &node, StringRef name) {
  IRMapping map;
  Operation *op = node.value.getDefiningOp();
  for (auto [operand, index] : llvm::zip(op->getOperands(), node.operands)) {
    FailureOr<Value> value = emit(index, name);
    if (failed(value))
      return failure();
    map.map(operand, *value);
  }
  return builder.clone(*op, map)->getResult(0);
}
