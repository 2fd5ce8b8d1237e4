// A function of one number as pieces of polynomials of degree 2, for fixed-point arithmetic.
#pragma once

#include "dialects/Neuro/Quantize/Formats.h"
#include <array>
#include <functional>
#include <vector>

namespace engram::neuro {

/// For start <= x < start of the next piece: c[0] + c[1] t + c[2] t^2 with t = x - start.
struct Piece {
  double start = 0;
  std::array<double, 3> c = {0, 0, 0};
};

/// The pieces from `domain.low` to `domain.high`, both numbers of the argument's format, and the
/// formats in which they are computed.
struct PiecewisePolynomial {
  Range domain;
  std::vector<Piece> pieces;
  /// Of t; of the coefficients, which the pieces hold already rounded; of c[2] t + c[1]; of the
  /// result.
  fx::Format offset;
  std::array<fx::Format, 3> coefficients;
  fx::Format slope, result;
  /// Largest difference to the function that was seen, at 257 points of each piece; and largest one
  /// as a part of the value where this is larger than 1.
  double error = 0, relativeError = 0;

  /// What the fixed-point program gives at a number of the argument's format.
  double evaluate(fx::Rounding rounding, double x) const;
};

/// The error that is allowed where the function has the value y: absolute + relative * |y|.
struct Tolerance {
  double absolute, relative = 0;
};

/// Interpolates `f` at the Chebyshev nodes of each piece. A piece is as long as it can be with half
/// the error that is allowed; if that needs more than `maxPieces`, twice the error is allowed,
/// until it does not. Values that are no number, or infinite, take part as the ends of `clip`, to
/// which all values are limited. Pieces begin at numbers of the argument's format. Coefficients
/// have at most `mostBits` bits.
PiecewisePolynomial fitPiecewise(const std::function<double(double)> &f, Range domain, Range clip,
                                 fx::Format argument, fx::Format result, Tolerance tolerance,
                                 int maxPieces, int mostBits = int(maxFixedPointWidth));

} // namespace engram::neuro
