// Ranges and the choice of formats.
#include "dialects/Neuro/Quantize/Formats.h"
#include <algorithm>

using namespace engram;
using namespace engram::neuro;

Range Range::of(llvm::ArrayRef<double> values) {
  Range result;
  for (double value : values)
    result.include(value);
  return result;
}

void Range::include(double x) { include(Range{x, x}); }

void Range::include(Range other) {
  if (other.empty())
    return;
  *this = empty() ? other : Range{std::min(low, other.low), std::max(high, other.high)};
}

Range Range::intersect(Range other) const {
  return {std::max(low, other.low), std::min(high, other.high)};
}

Range Range::widened(int headroom) const {
  if (empty() || !isFinite())
    return *this;
  double width = high > low ? high - low : std::abs(high);
  double margin = (std::ldexp(1.0, headroom) - 1) / 2 * width;
  return {low - margin, high + margin};
}

Range engram::neuro::operator+(Range a, Range b) { return {a.low + b.low, a.high + b.high}; }

Range engram::neuro::operator*(Range a, Range b) {
  // Zero times an unknown number is zero.
  auto product = [](double x, double y) { return x == 0 || y == 0 ? 0 : x * y; };
  double ends[] = {product(a.low, b.low), product(a.low, b.high), product(a.high, b.low),
                   product(a.high, b.high)};
  return {*std::min_element(ends, ends + 4), *std::max_element(ends, ends + 4)};
}

Range engram::neuro::operator*(double a, Range b) { return Range{a, a} * b; }

int engram::neuro::integerBitsOf(Range range, bool isSigned) {
  double magnitude = range.magnitude();
  if (magnitude == 0)
    return 1;
  // The least k with magnitude <= 2^k.
  int exponent = 0;
  double mantissa = std::frexp(magnitude, &exponent);
  int k = mantissa == 0.5 ? exponent - 1 : exponent;
  // What is tinier than any format's step is zero; what is huge saturates.
  return std::clamp(k + isSigned, 2 - maxFractionBits, 60);
}

fx::Format engram::neuro::formatOfRange(Range range, int bits, std::optional<int> fractionBits) {
  int integer = integerBitsOf(range, /*isSigned=*/true);
  int fraction = std::clamp(fractionBits.value_or(bits - integer), bits - 64, maxFractionBits);
  return {/*isSigned=*/true, bits - fraction, fraction};
}

std::optional<int> engram::neuro::exactFractionBits(llvm::ArrayRef<double> values, int limit) {
  int needed = -64;
  for (double value : values) {
    if (value == 0)
      continue;
    int low = needed;
    while (low <= limit && std::ldexp(value, low) != std::trunc(std::ldexp(value, low)))
      ++low;
    if (low > limit)
      return std::nullopt;
    needed = low;
  }
  return needed;
}

fx::Format engram::neuro::formatOfValues(llvm::ArrayRef<double> values, int bits) {
  Range range = Range::of(values);
  bool isSigned = range.low < 0;
  if (range.magnitude() == 0)
    return {false, 1, 0};
  // A number on the limit 2^k itself, or one that is rounded up to it, needs a bit more.
  int integer = integerBitsOf(range, isSigned);
  fx::Format format{isSigned, integer, std::min(bits - integer, maxFractionBits)};
  if (std::ldexp(range.high, format.fractionBits) > static_cast<double>(format.maxRaw()) + 0.5)
    format = {isSigned, integer + 1, std::min(bits - integer - 1, maxFractionBits)};
  std::vector<double> rounded;
  for (double value : values)
    rounded.push_back(roundTo(format, value));
  int fraction = std::max(*exactFractionBits(rounded, format.fractionBits), 0);
  // What cannot be written with a fraction bit less keeps its format.
  format.fractionBits = std::min(format.fractionBits, std::max(fraction, 1 - format.integerBits));
  return format;
}

double engram::neuro::stepOf(fx::Format format) { return std::ldexp(1.0, -format.fractionBits); }

Range engram::neuro::rangeOf(fx::Format format) {
  return {fx::toDouble(format.minRaw(), format), fx::toDouble(format.maxRaw(), format)};
}
