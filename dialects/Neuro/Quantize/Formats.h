// Ranges of numbers, and the fixed-point formats that hold them.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include <optional>

namespace engram::neuro {

/// The numbers from `low` to `high`; none if low > high, all numbers by `everything()`.
struct Range {
  double low = 1, high = 0;

  static Range everything() { return {-HUGE_VAL, HUGE_VAL}; }
  static Range of(llvm::ArrayRef<double> values);

  bool empty() const { return !(low <= high); }
  bool isFinite() const { return std::isfinite(low) && std::isfinite(high); }
  double magnitude() const { return empty() ? 0 : std::max(std::abs(low), std::abs(high)); }
  bool contains(double x) const { return low <= x && x <= high; }
  void include(double x);
  void include(Range other);
  Range intersect(Range other) const;
  /// 2^headroom times as wide, about the same middle; what has no width grows by its magnitude.
  Range widened(int headroom) const;
};

Range operator+(Range a, Range b);
Range operator*(Range a, Range b);
Range operator*(double a, Range b);

/// No format gets more fraction bits: a double holds every number of a model exactly, and products
/// of two stay within what fx can scale.
inline constexpr int maxFractionBits = 48;

/// Integer bits that a range needs, the sign bit among them; the upper end may lie on the limit.
int integerBitsOf(Range range, bool isSigned);

/// A signed format of `bits` bits for a range: as many fraction bits as the integer bits leave, or
/// `fractionBits`.
fx::Format formatOfRange(Range range, int bits, std::optional<int> fractionBits = std::nullopt);

/// A format of at most `bits` bits that holds constants as exactly as it can: all bits serve the
/// largest, those that are zero in all are dropped, and there is a sign only if one is negative.
fx::Format formatOfValues(llvm::ArrayRef<double> values, int bits);

/// Fraction bits of which all numbers are whole multiples, if at most `limit` are enough.
std::optional<int> exactFractionBits(llvm::ArrayRef<double> values, int limit);

/// 2^-F.
double stepOf(fx::Format format);

/// The numbers that a format has.
Range rangeOf(fx::Format format);

} // namespace engram::neuro
