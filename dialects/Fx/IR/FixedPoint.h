// What fixed-point arithmetic means, to the last bit: the definition that folding, interpreters and
// tests share.
#pragma once

#include "mlir/IR/BuiltinAttributes.h"
#include <cmath>
#include <cstdint>

#include "dialects/Fx/IR/FxEnums.h.inc"

namespace engram::fx {

/// Exact intermediate results: a product of two raw numbers has at most 127 bits.
using Wide = __int128;

/// The numbers raw * 2^-fractionBits, raw of integerBits + fractionBits bits.
struct Format {
  bool isSigned = true;
  int integerBits = 1, fractionBits = 0;

  static constexpr int maxFraction = 64;

  constexpr int width() const { return integerBits + fractionBits; }
  constexpr int64_t minRaw() const { return isSigned ? int64_t(~uint64_t(0) << (width() - 1)) : 0; }
  constexpr int64_t maxRaw() const {
    return static_cast<int64_t>((uint64_t(1) << (isSigned ? width() - 1 : width())) - 1);
  }
  constexpr bool operator==(const Format &o) const {
    return isSigned == o.isSigned && integerBits == o.integerBits && fractionBits == o.fractionBits;
  }
};

/// The nearest number that the format has.
constexpr int64_t saturate(Wide raw, Format to) {
  return raw > to.maxRaw()   ? to.maxRaw()
         : raw < to.minRaw() ? to.minRaw()
                             : static_cast<int64_t>(raw);
}

/// floor(value / 2^shift), for any shift >= 0.
constexpr Wide floorShift(Wide value, int64_t shift) {
  return value >> (shift > 127 ? 127 : shift);
}

/// value / 2^shift as a whole number, for any shift >= 0 and |value| <= 2^126:
///   nearest_even   the nearest one; of two that are as near, the even one
///   toward_zero    the nearest one that is not farther from zero
///   floor          the greatest one that is not greater
///   stochastic     floor(value / 2^shift + random / 2^32)
constexpr Wide roundShift(Wide value, int64_t shift, Rounding rounding, uint32_t random = 0) {
  if (shift == 0)
    return value;
  switch (rounding) {
  case Rounding::Floor:
    return floorShift(value, shift);
  case Rounding::TowardZero:
    return value < 0 ? -floorShift(-value, shift) : floorShift(value, shift);
  case Rounding::Stochastic:
    // floor(a + r / 2^32) = floor((floor(a 2^32) + r) / 2^32): the bits below 2^-32 never decide.
    return shift >= 32 ? (floorShift(value, shift - 32) + random) >> 32
                       : (value + (random >> (32 - shift))) >> shift;
  case Rounding::NearestEven:
    break;
  }
  if (shift > 126)
    return 0; // at most one half, and a tie goes to zero
  Wide below = value >> shift, half = Wide(1) << (shift - 1), rest = value & (2 * half - 1);
  return below + (rest > half || (rest == half && (below & 1)));
}

/// value * 2^shift, saturated, for any shift >= 0.
constexpr int64_t saturatingShiftLeft(Wide value, int64_t shift, Format to) {
  if (value == 0)
    return 0;
  // Beyond 64 bits every number but zero is outside of every format.
  Wide limit = shift > 64 ? 0 : Wide(1) << (64 - shift);
  if (value > limit || value < -limit)
    return value > 0 ? to.maxRaw() : to.minRaw();
  return saturate(value * (Wide(1) << shift), to);
}

/// value * 2^-fraction in the format: rounded once, then saturated.
constexpr int64_t rescale(Wide value, int64_t fraction, Format to, Rounding rounding,
                          uint32_t random = 0) {
  int64_t shift = fraction - to.fractionBits;
  return shift < 0 ? saturatingShiftLeft(value, -shift, to)
                   : saturate(roundShift(value, shift, rounding, random), to);
}

// Operations within one format: exact, then saturated.
constexpr int64_t add(int64_t a, int64_t b, Format f) { return saturate(Wide(a) + b, f); }
constexpr int64_t sub(int64_t a, int64_t b, Format f) { return saturate(Wide(a) - b, f); }
constexpr int64_t neg(int64_t a, Format f) { return saturate(-Wide(a), f); }
constexpr int64_t abs(int64_t a, Format f) { return saturate(a < 0 ? -Wide(a) : Wide(a), f); }

/// a * b with one rounding.
constexpr int64_t mul(int64_t a, Format fa, int64_t b, Format fb, Format to, Rounding rounding,
                      uint32_t random = 0) {
  return rescale(Wide(a) * b, fa.fractionBits + fb.fractionBits, to, rounding, random);
}

/// a * b + c with one rounding. The exact sum has to fit: mulAddBits(fa, fb, fc) <= 127.
constexpr int64_t mulAdd(int64_t a, Format fa, int64_t b, Format fb, int64_t c, Format fc,
                         Format to, Rounding rounding, uint32_t random = 0) {
  int productFraction = fa.fractionBits + fb.fractionBits;
  int fraction = productFraction > fc.fractionBits ? productFraction : fc.fractionBits;
  Wide product = Wide(a) * b * (Wide(1) << (fraction - productFraction));
  Wide sum = product + Wide(c) * (Wide(1) << (fraction - fc.fractionBits));
  return rescale(sum, fraction, to, rounding, random);
}

/// Bits of a two's complement number that is sure to hold the exact value of a * b + c.
constexpr int mulAddBits(Format fa, Format fb, Format fc) {
  auto magnitude = [](Format f) { return f.width() - f.isSigned; };
  int productFraction = fa.fractionBits + fb.fractionBits;
  int fraction = productFraction > fc.fractionBits ? productFraction : fc.fractionBits;
  int product = magnitude(fa) + magnitude(fb) + fraction - productFraction;
  int addend = magnitude(fc) + fraction - fc.fractionBits;
  return (product > addend ? product : addend) + 2;
}

/// a * 2^amount and a / 2^amount within one format.
constexpr int64_t shl(int64_t a, uint32_t amount, Format f) {
  return saturatingShiftLeft(a, amount, f);
}
constexpr int64_t shr(int64_t a, uint32_t amount, Format f, Rounding rounding,
                      uint32_t random = 0) {
  return saturate(roundShift(a, amount, rounding, random), f);
}

constexpr int64_t convert(int64_t a, Format from, Format to, Rounding rounding,
                          uint32_t random = 0) {
  return rescale(a, from.fractionBits, to, rounding, random);
}

constexpr bool compare(Predicate predicate, int64_t a, int64_t b) {
  switch (predicate) {
  case Predicate::Eq:
    return a == b;
  case Predicate::Ne:
    return a != b;
  case Predicate::Lt:
    return a < b;
  case Predicate::Le:
    return a <= b;
  case Predicate::Gt:
    return a > b;
  case Predicate::Ge:
    return a >= b;
  }
  return false;
}

/// The whole number with the low bits of 'bits'.
constexpr int64_t fromBits(uint64_t bits, Format to) {
  int unused = 64 - to.width();
  return to.isSigned ? int64_t(bits << unused) >> unused : int64_t((bits << unused) >> unused);
}

/// Not a number becomes zero, infinities saturate. A float is converted by way of a double:
/// exactly.
inline int64_t fromDouble(double value, Format to, Rounding rounding, uint32_t random = 0) {
  if (std::isnan(value))
    return 0;
  if (std::isinf(value))
    return value > 0 ? to.maxRaw() : to.minRaw();
  int exponent = 0;
  auto mantissa = static_cast<int64_t>(std::ldexp(std::frexp(value, &exponent), 53));
  return rescale(mantissa, 53 - int64_t(exponent), to, rounding, random);
}

/// The nearest float or double; of two that are as near, the one with an even mantissa. Scaling by
/// a power of two is exact, since results lie between 2^-64 and 2^127.
inline double toDouble(int64_t a, Format from) {
  return std::ldexp(static_cast<double>(a), -from.fractionBits);
}
inline float toFloat(int64_t a, Format from) {
  return std::ldexp(static_cast<float>(a), -from.fractionBits);
}

/// Whether the format 'to' has every number of 'from'.
constexpr bool hasAllOf(Format to, Format from) {
  int shift = to.fractionBits - from.fractionBits;
  if (shift < 0 || shift > 63)
    return false;
  return Wide(from.maxRaw()) * (Wide(1) << shift) <= to.maxRaw() &&
         Wide(from.minRaw()) * (Wide(1) << shift) >= to.minRaw();
}

} // namespace engram::fx
