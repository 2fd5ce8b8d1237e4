// Whole numbers of which the range is known. Every width that is chosen here has the operands and
// the result, so no addition, product or left shift overflows, and no shift amount reaches the
// width.
#include "lowering/FxToArith/ExactInteger.h"

using namespace mlir;
using namespace engram;
using engram::fx::Wide;

// The narrowest width of a signed integer that has the range.
static unsigned widthOf(Wide low, Wide high) {
  for (unsigned width : {8u, 16u, 32u, 64u}) {
    Wide limit = Wide(1) << (width - 1);
    if (low >= -limit && high < limit)
      return width;
  }
  return 128;
}
static unsigned widthOf(const Ranged &x) { return x.value.getType().getIntOrFloatBitWidth(); }

Value ExactBuilder::literal(Wide value, unsigned width) {
  uint64_t words[2] = {static_cast<uint64_t>(value), static_cast<uint64_t>(value >> 64)};
  IntegerType type = b.getIntegerType(width);
  return arith::ConstantOp::create(b, IntegerAttr::get(type, APInt(128, words).trunc(width)));
}

Value ExactBuilder::resize(const Ranged &x, unsigned width) {
  IntegerType type = b.getIntegerType(width);
  if (widthOf(x) < width)
    return arith::ExtSIOp::create(b, type, x.value);
  if (widthOf(x) > width)
    return arith::TruncIOp::create(b, type, x.value);
  return x.value;
}

Ranged ExactBuilder::narrowed(Value value, Wide low, Wide high) {
  return {resize({value, low, high}, widthOf(low, high)), low, high};
}

Ranged ExactBuilder::known(const Ranged &x, Wide low, Wide high) {
  return narrowed(x.value, low, high);
}

Ranged ExactBuilder::constant(Wide value) {
  return {literal(value, widthOf(value, value)), value, value};
}

Ranged ExactBuilder::fromInteger(Value value, Wide low, Wide high, bool isSigned) {
  unsigned from = value.getType().getIntOrFloatBitWidth(), width = widthOf(low, high);
  IntegerType type = b.getIntegerType(width);
  if (from < width)
    value = isSigned ? arith::ExtSIOp::create(b, type, value).getResult()
                     : arith::ExtUIOp::create(b, type, value).getResult();
  else if (from > width)
    value = arith::TruncIOp::create(b, type, value);
  return {value, low, high};
}

Value ExactBuilder::toInteger(const Ranged &x, unsigned width) { return resize(x, width); }

Ranged ExactBuilder::add(const Ranged &x, const Ranged &y) {
  Wide low = x.low + y.low, high = x.high + y.high;
  unsigned width = std::max({widthOf(low, high), widthOf(x), widthOf(y)});
  return narrowed(arith::AddIOp::create(b, resize(x, width), resize(y, width)), low, high);
}

Ranged ExactBuilder::sub(const Ranged &x, const Ranged &y) {
  Wide low = x.low - y.high, high = x.high - y.low;
  unsigned width = std::max({widthOf(low, high), widthOf(x), widthOf(y)});
  return narrowed(arith::SubIOp::create(b, resize(x, width), resize(y, width)), low, high);
}

Ranged ExactBuilder::mul(const Ranged &x, const Ranged &y) {
  auto [low, high] = std::minmax({x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high});
  unsigned width = std::max({widthOf(low, high), widthOf(x), widthOf(y)});
  return narrowed(arith::MulIOp::create(b, resize(x, width), resize(y, width)), low, high);
}

Ranged ExactBuilder::clamp(const Ranged &x, Wide low, Wide high) {
  Ranged result = x;
  if (x.high > high) {
    unsigned width = std::max(widthOf(result), widthOf(high, high));
    Value limited = arith::MinSIOp::create(b, resize(result, width), literal(high, width));
    result = {limited, std::min(x.low, high), high};
  }
  if (result.low < low) {
    unsigned width = std::max(widthOf(result), widthOf(low, low));
    Value limited = arith::MaxSIOp::create(b, resize(result, width), literal(low, width));
    result = {limited, low, std::max(result.high, low)};
  }
  return known(result, result.low, result.high);
}

Ranged ExactBuilder::bitAnd(const Ranged &x, const Ranged &mask) {
  unsigned width = std::max(widthOf(x), widthOf(mask));
  return narrowed(arith::AndIOp::create(b, resize(x, width), resize(mask, width)), 0, mask.high);
}

Ranged ExactBuilder::select(Value condition, const Ranged &x, const Ranged &y) {
  unsigned width = std::max(widthOf(x), widthOf(y));
  return narrowed(arith::SelectOp::create(b, condition, resize(x, width), resize(y, width)),
                  std::min(x.low, y.low), std::max(x.high, y.high));
}

Value ExactBuilder::compare(arith::CmpIPredicate predicate, const Ranged &x, const Ranged &y) {
  unsigned width = std::max(widthOf(x), widthOf(y));
  return arith::CmpIOp::create(b, predicate, resize(x, width), resize(y, width));
}

Ranged ExactBuilder::shiftLeft(const Ranged &x, int shift) {
  if (shift == 0 || (x.low == 0 && x.high == 0))
    return x;
  Wide low = x.low * (Wide(1) << shift), high = x.high * (Wide(1) << shift);
  unsigned width = std::max(widthOf(x), widthOf(low, high));
  return narrowed(arith::ShLIOp::create(b, resize(x, width), literal(shift, width)), low, high);
}

Ranged ExactBuilder::shiftRight(const Ranged &x, int64_t shift) {
  if (shift == 0)
    return x;
  int64_t amount = std::min<int64_t>(shift, widthOf(x) - 1);
  return narrowed(arith::ShRSIOp::create(b, x.value, literal(amount, widthOf(x))),
                  fx::floorShift(x.low, shift), fx::floorShift(x.high, shift));
}

Ranged ExactBuilder::shiftLeft(const Ranged &x, const Ranged &shift) {
  Wide factor = Wide(1) << static_cast<int>(shift.high);
  Wide low = std::min(x.low, x.low * factor), high = std::max(x.high, x.high * factor);
  unsigned width = std::max({widthOf(x), widthOf(low, high), widthOf(shift)});
  // Also zero has to be shifted by less than the width.
  while (shift.high >= width)
    width *= 2;
  return narrowed(arith::ShLIOp::create(b, resize(x, width), resize(shift, width)), low, high);
}

Ranged ExactBuilder::shiftRight(const Ranged &x, const Ranged &shift) {
  unsigned width = std::max(widthOf(x), widthOf(shift));
  while (shift.high >= width)
    width *= 2;
  return narrowed(arith::ShRSIOp::create(b, resize(x, width), resize(shift, width)),
                  x.low < 0 ? x.low : 0, x.high < 0 ? -1 : x.high);
}
