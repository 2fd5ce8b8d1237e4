// The numbers that quantized weights may take: multiples of a power of two, or a codebook.
#pragma once

#include <cstdint>
#include <vector>

namespace engram::quantize {

/// Steps are 2^-fraction with fractions in -maxFraction ... maxFraction, as formats of models have.
inline constexpr int maxFraction = 48;

/// An ascending list of numbers. A uniform one is not stored: code * 2^-fraction, code a signed
/// number of `bits` bits.
class Grid {
public:
  static Grid uniform(int bits, int fraction);
  /// `values` ascend and are not empty.
  static Grid codebook(std::vector<double> values);

  /// The nearest number; of two that are as near the one with an even code, in a codebook the
  /// lesser one. Beyond the ends the end.
  double nearest(double x) const;

  /// floor(x + random / 2^32) in steps, saturated. In a codebook: of the two values around x the
  /// upper one if random / 2^32 is at least what x lacks to it, as a part of their distance.
  double stochastic(double x, uint32_t random) const;

  double least() const;
  double greatest() const;
  double step() const; ///< of a uniform grid

  /// True if x lies farther than half a step outside of a uniform grid.
  bool isClipped(double x) const;
  /// True if rounding x to the nearest errs by more than half a step, that is: x lies outside.
  bool isOutlier(double x) const { return isUniform && isClipped(x); }

private:
  bool isUniform = true;
  int fraction = 0;
  double low = 0, high = 0;   ///< codes
  std::vector<double> values; ///< of a codebook
};

/// The largest fraction (smallest step) with which signed numbers of `bits` bits reach from `low`
/// to `high`, each rounded to the nearest; bits - 1 if both are 0.
int fractionFor(double low, double high, int bits);

} // namespace engram::quantize
