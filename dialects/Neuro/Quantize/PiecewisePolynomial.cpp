// Greedy pieces: each is as long as its error allows, found by doubling and bisection on a grid of
// numbers of the argument's format.
#include "dialects/Neuro/Quantize/PiecewisePolynomial.h"
#include <algorithm>
#include <cmath>

using namespace engram;
using namespace engram::neuro;

namespace {

// Fine enough for a curve of some numbers within a range of a million.
constexpr int64_t gridParts = int64_t(1) << 20;

class Fitter {
public:
  Fitter(const std::function<double(double)> &f, Range domain, Range clip, fx::Format argument)
      : f(f), clip(clip), step(stepOf(argument)),
        first(static_cast<int64_t>(std::ceil(domain.low / step))),
        last(std::max(first, static_cast<int64_t>(std::floor(domain.high / step)))),
        unit(std::max<int64_t>(1, (last - first + gridParts) / gridParts)) {}

  Range domain() const { return {at(first), at(last)}; }

  std::vector<Piece> pieces(Tolerance tolerance, size_t limit) const {
    std::vector<Piece> result;
    for (int64_t start = first; start <= last;) {
      if (result.size() == limit)
        return {};
      int64_t good = 1, bad = 2, most = (last - start) / unit + 1;
      while (bad <= most && isNear(start, bad, tolerance)) {
        good = bad;
        bad *= 2;
      }
      bad = std::min(bad, most + 1);
      while (bad - good > 1) {
        int64_t middle = (good + bad) / 2;
        (isNear(start, middle, tolerance) ? good : bad) = middle;
      }
      result.push_back(fit(start, good));
      start += good * unit;
    }
    return result;
  }

  double value(double x) const {
    double y = f(x);
    return std::isnan(y) ? 0.5 * clip.low + 0.5 * clip.high : std::clamp(y, clip.low, clip.high);
  }
  double at(int64_t raw) const { return static_cast<double>(raw) * step; }

private:
  const std::function<double(double)> &f;
  Range clip;
  double step;
  int64_t first, last, unit;

  /// The last number of a piece of so many grid parts.
  double endOf(int64_t start, int64_t parts) const {
    return at(std::min(last, start + parts * unit - 1));
  }

  Piece fit(int64_t start, int64_t parts) const {
    double a = at(start), width = endOf(start, parts) - a;
    if (width == 0)
      return {a, {value(a), 0, 0}};
    // Chebyshev nodes of [0, width], then Newton's divided differences.
    double t[3], y[3];
    for (int k = 0; k < 3; ++k) {
      t[k] = width / 2 * (1 - std::cos((2 * k + 1) * M_PI / 6));
      y[k] = value(a + t[k]);
    }
    double d01 = (y[1] - y[0]) / (t[1] - t[0]), d12 = (y[2] - y[1]) / (t[2] - t[1]);
    double d = (d12 - d01) / (t[2] - t[0]);
    return {a, {y[0] - d01 * t[0] + d * t[0] * t[1], d01 - d * (t[0] + t[1]), d}};
  }

  bool isNear(int64_t start, int64_t parts, Tolerance tolerance) const {
    Piece piece = fit(start, parts);
    double width = endOf(start, parts) - piece.start;
    constexpr int samples = 24;
    for (int k = 0; k <= samples; ++k) {
      double t = width * k / samples, y = value(piece.start + t);
      double error = std::abs(piece.c[0] + t * (piece.c[1] + t * piece.c[2]) - y);
      if (!(error <= tolerance.absolute + tolerance.relative * std::abs(y)))
        return false;
    }
    return true;
  }
};

/// A signed format for numbers up to a magnitude with a given step, of at most so many bits.
fx::Format formatWithStep(double magnitude, double step, int mostBits) {
  int integer = integerBitsOf({-magnitude, magnitude}, true) + 1;
  int fraction = static_cast<int>(std::ceil(-std::log2(step)));
  fraction =
      std::clamp(fraction, 2 - integer, std::min(maxFractionBits, std::max(2, mostBits) - integer));
  return {true, integer, fraction};
}

} // namespace

double PiecewisePolynomial::evaluate(fx::Rounding rounding, double x) const {
  x = std::clamp(x, domain.low, domain.high);
  size_t k = pieces.size() - 1;
  while (k > 0 && x < pieces[k].start)
    --k;
  auto raw = [](double number, fx::Format format) {
    return fx::fromDouble(number, format, fx::Rounding::NearestEven);
  };
  const auto &c = pieces[k].c;
  int64_t t = raw(x - pieces[k].start, offset);
  int64_t s = fx::mulAdd(raw(c[2], coefficients[2]), coefficients[2], t, offset,
                         raw(c[1], coefficients[1]), coefficients[1], slope, rounding);
  int64_t y = fx::mulAdd(s, slope, t, offset, raw(c[0], coefficients[0]), coefficients[0], result,
                         rounding);
  return fx::toDouble(y, result);
}

PiecewisePolynomial engram::neuro::fitPiecewise(const std::function<double(double)> &f,
                                                Range domain, Range clip, fx::Format argument,
                                                fx::Format result, Tolerance tolerance,
                                                int maxPieces, int mostBits) {
  Fitter fitter(f, domain, clip, argument);
  PiecewisePolynomial fitted;
  fitted.domain = fitter.domain();
  fitted.result = result;
  // Rounding of coefficients and results takes the other half.
  double allowed = std::max(tolerance.absolute, stepOf(result));
  Tolerance half{allowed / 2, tolerance.relative / 2};
  while ((fitted.pieces = fitter.pieces(half, maxPieces)).empty()) {
    half = {2 * half.absolute, 2 * half.relative};
    allowed *= 2;
  }

  double longest = stepOf(argument), magnitudes[3] = {0, 0, 0}, steepest = 0;
  for (size_t k = 0; k < fitted.pieces.size(); ++k) {
    const Piece &piece = fitted.pieces[k];
    double end = k + 1 < fitted.pieces.size() ? fitted.pieces[k + 1].start : fitted.domain.high;
    longest = std::max(longest, end - piece.start);
    for (int i = 0; i < 3; ++i)
      magnitudes[i] = std::max(magnitudes[i], std::abs(piece.c[i]));
    steepest = std::max(
        {steepest, std::abs(piece.c[1]), std::abs(piece.c[1] + piece.c[2] * (end - piece.start))});
  }
  // A difference of two numbers may need a bit more than they.
  fitted.offset = argument;
  fitted.offset.integerBits += !argument.isSigned || longest > rangeOf(argument).high;
  fitted.offset.isSigned = true;
  double step = allowed / 16;
  for (int i = 0; i < 3; ++i, step /= longest)
    fitted.coefficients[i] = formatWithStep(magnitudes[i], step, mostBits);
  fitted.slope = formatWithStep(steepest, allowed / 16 / longest, mostBits);
  for (Piece &piece : fitted.pieces)
    for (int i = 0; i < 3; ++i)
      piece.c[i] = roundTo(fitted.coefficients[i], piece.c[i]);

  Range limits = rangeOf(result);
  for (size_t k = 0; k < fitted.pieces.size(); ++k) {
    constexpr int samples = 256;
    double start = fitted.pieces[k].start;
    double end = k + 1 < fitted.pieces.size() ? fitted.pieces[k + 1].start : fitted.domain.high;
    for (int i = 0; i <= samples; ++i) {
      double x = roundTo(argument, start + (end - start) * i / samples);
      double exact = std::clamp(fitter.value(x), limits.low, limits.high);
      double error = std::abs(fitted.evaluate(fx::Rounding::NearestEven, x) - exact);
      fitted.error = std::max(fitted.error, error);
      fitted.relativeError = std::max(fitted.relativeError, error / std::max(1.0, std::abs(exact)));
    }
  }
  return fitted;
}
