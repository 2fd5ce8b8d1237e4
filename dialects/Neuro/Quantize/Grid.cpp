// Rounding to grids of numbers.
#include "dialects/Neuro/Quantize/Grid.h"
#include <algorithm>
#include <cmath>

using namespace engram::quantize;

Grid Grid::uniform(int bits, int fraction) {
  Grid grid;
  grid.fraction = fraction;
  grid.low = -std::ldexp(1.0, bits - 1);
  grid.high = std::ldexp(1.0, bits - 1) - 1;
  return grid;
}

Grid Grid::codebook(std::vector<double> values) {
  Grid grid;
  grid.isUniform = false;
  grid.values = std::move(values);
  return grid;
}

double Grid::nearest(double x) const {
  // Zero is added since -0.0 is no fixed-point number.
  if (isUniform)
    return std::ldexp(std::clamp(std::nearbyint(std::ldexp(x, fraction)), low, high), -fraction) +
           0.0;
  auto above = std::lower_bound(values.begin(), values.end(), x);
  if (above == values.begin())
    return values.front();
  if (above == values.end())
    return values.back();
  return x - above[-1] <= *above - x ? above[-1] : *above;
}

double Grid::stochastic(double x, uint32_t random) const {
  double part = random * 0x1p-32;
  if (isUniform) {
    double scaled = std::ldexp(x, fraction), below = std::floor(scaled);
    // The fraction of 'scaled' is exact; adding the random part to 'scaled' itself might round up.
    double code = below + (scaled - below + part >= 1 ? 1 : 0);
    return std::ldexp(std::clamp(code, low, high), -fraction) + 0.0;
  }
  auto above = std::upper_bound(values.begin(), values.end(), x);
  if (above == values.begin())
    return values.front();
  if (above == values.end())
    return values.back();
  return (x - above[-1]) / (*above - above[-1]) + part >= 1 ? *above : above[-1];
}

double Grid::least() const { return isUniform ? std::ldexp(low, -fraction) : values.front(); }
double Grid::greatest() const { return isUniform ? std::ldexp(high, -fraction) : values.back(); }
double Grid::step() const { return std::ldexp(1.0, -fraction); }

bool Grid::isClipped(double x) const {
  if (!isUniform)
    return false;
  double code = std::nearbyint(std::ldexp(x, fraction));
  return code < low || code > high;
}

int engram::quantize::fractionFor(double low, double high, int bits) {
  double most = std::max(std::abs(low), std::abs(high));
  if (most == 0)
    return bits - 1;
  int exponent = 0;
  std::frexp(most, &exponent);
  // With this one the greatest code is at least twice too large; each further step halves codes.
  int fraction = std::min(bits + 1 - exponent, maxFraction);
  while (fraction > -maxFraction) {
    Grid grid = Grid::uniform(bits, fraction);
    if (!grid.isClipped(low) && !grid.isClipped(high))
      break;
    --fraction;
  }
  return fraction;
}
