// Codebooks: few numbers that stand for many weights.
#pragma once

#include <vector>

namespace engram::quantize {

struct CodebookOptions {
  int count = 16;       ///< values at most
  int valueBits = 16;   ///< each value is a signed fixed-point number of this width
  bool hasZero = false; ///< zero has to be one of the values
};

struct Codebook {
  std::vector<double> values; ///< ascending, all different
  int fraction = 0;           ///< each is a multiple of 2^-fraction
};

/// Values that stand for `numbers`, number k counting `importance[k]` times: k-means in one
/// dimension by Lloyd's iterations (1982) from two starts, quantiles and equal distances, of which
/// the better result is taken; then each value is rounded to the nearest fixed-point number. If
/// there are no more different numbers than values, the values are the numbers.
Codebook findCodebook(const std::vector<double> &numbers, const std::vector<double> &importance,
                      const CodebookOptions &options);

} // namespace engram::quantize
