// Quantization of the weights of a layer: choice of the numbers, rounding, pruning, and the account
// of what it cost.
#pragma once

#include "dialects/Neuro/Quantize/Layer.h"
#include <cstdint>
#include <string>

namespace engram::quantize {

enum class Rounding {
  Nearest,    ///< ties to the even code
  Stochastic, ///< by word 0 of Philox at (seed, stream, index of the weight, step 0)
  OBC,        ///< Optimal Brain Compression, then coordinate descent
  FlexRound   ///< learned divisors
};

struct RoundingOptions {
  int bits = 8; ///< 1 to 24: 2^bits numbers
  Rounding rounding = Rounding::Nearest;
  bool perChannel = false; ///< a step, or a codebook, for each row
  bool stepByError =
      true;             ///< the step with the least error, else the least step that clips nothing
  int codebookBits = 0; ///< > 0: the numbers are free, fixed-point numbers of this width
  double sparsity = 0;  ///< the part of the weights that becomes zero
  uint64_t seed = 0;
  uint32_t stream = 0;
};

struct RoundedWeights {
  Rows rows;
  std::vector<int> fractions; ///< one, or one a row: weights are multiples of 2^-fraction
  std::vector<std::vector<double>> codebooks; ///< none, one, or one a row
  std::string method;       ///< what was done: nearest, stochastic, obq, gptq, flexround
  double low = 0, high = 0; ///< range of the weights before
  double meanError = 0, worstError = 0; ///< of |q - w|
  /// Sum of e H e^T over that of w H w^T: the part of the layer's mean square output that is wrong.
  double outputError = 0;
  int64_t count = 0, zeroed = 0, clipped = 0;
  int64_t pruned = 0; ///< asked to be zero; not among the zeroed

  int finestFraction() const;
};

/// Quantizes a layer. With `stepByError` the steps from the least that clips nothing down to an
/// eighth of it are tried; the error is e H e^T, H being the identity if it is not known. OBC and
/// FlexRound are never worse by H than rounding to the nearest with the same options. OBC takes the
/// better of the greedy and the ordered form for each row of up to `greedyLimit` weights, and the
/// ordered form for longer ones.
RoundedWeights roundWeights(const Layer &layer, const RoundingOptions &options);

} // namespace engram::quantize
