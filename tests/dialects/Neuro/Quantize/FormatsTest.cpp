// Formats for ranges and constants, and functions as pieces of polynomials.
#include "dialects/Neuro/Quantize/PiecewisePolynomial.h"
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::neuro;

namespace {

std::string text(fx::Format format) {
  return (format.isSigned ? "q" : "uq") + std::to_string(format.integerBits) + "," +
         std::to_string(format.fractionBits);
}

TEST(FormatOfRange, GivesTheRangeItsIntegerBitsAndTheRestToTheFraction) {
  EXPECT_EQ(text(formatOfRange({-1, 0.5}, 16)), "q1,15");
  EXPECT_EQ(text(formatOfRange({-1.5, 0.5}, 16)), "q2,14");
  EXPECT_EQ(text(formatOfRange({-70, 20}, 16)), "q8,8");
  EXPECT_EQ(text(formatOfRange({0, 0.03}, 8)), "q-4,12");
  EXPECT_EQ(text(formatOfRange({-3000, 0}, 8)), "q13,-5");
  EXPECT_EQ(text(formatOfRange({-3, 3}, 16, 8)), "q8,8");
}

TEST(FormatOfValues, UsesAllBitsAndDropsThoseThatAreZero) {
  EXPECT_EQ(text(formatOfValues({0.8}, 16)), "uq0,16");
  EXPECT_EQ(text(formatOfValues({0.0013}, 16)), "uq-9,25");
  EXPECT_EQ(text(formatOfValues({1.0}, 16)), "uq1,0");
  EXPECT_EQ(text(formatOfValues({-70.0}, 16)), "q8,0");
  EXPECT_EQ(text(formatOfValues({0.5, 0.75}, 16)), "uq0,2");
  EXPECT_EQ(text(formatOfValues({0}, 16)), "uq1,0");
  EXPECT_EQ(roundTo(formatOfValues({0.9999999}, 16), 0.9999999), 1.0);
}

TEST(FormatOfValues, ErrsByHalfAStepAtMost) {
  for (double x = 1e-6; x < 1e6; x *= 1.37)
    for (double y : {x, -x})
      for (int bits : {4, 8, 16}) {
        fx::Format format = formatOfValues({y}, bits);
        EXPECT_LE(format.width(), bits) << y;
        EXPECT_LE(std::abs(roundTo(format, y) - y), x * std::ldexp(1, 1 - bits)) << y;
      }
}

TEST(Range, WidensAboutItsMiddle) {
  Range range = Range{-70, 20}.widened(1);
  EXPECT_EQ(range.low, -115);
  EXPECT_EQ(range.high, 65);
  EXPECT_EQ((Range{3, 3}).widened(1).high, 4.5);
}

struct Curve {
  const char *name;
  double (*f)(double);
  Range domain, range;
};

TEST(FitPiecewise, IsAsNearToTheFunctionAsAsked) {
  const Curve curves[] = {
      {"exp", [](double x) { return std::exp(x); }, {-8, 1}, {0, 2.75}},
      {"1/x", [](double x) { return 1 / x; }, {1, 30}, {0, 1}},
      {"tanh", [](double x) { return std::tanh(x); }, {-4, 4}, {-1, 1}},
      {"log", [](double x) { return std::log(x); }, {0.25, 7}, {-2, 2}},
  };
  fx::Format argument{true, 8, 12};
  for (const Curve &curve : curves) {
    fx::Format result = formatOfRange(curve.range, 16);
    auto fit =
        fitPiecewise(curve.f, curve.domain, curve.range, argument, result, {stepOf(result)}, 64);
    EXPECT_LE(fit.pieces.size(), 64u) << curve.name;
    double worst = 0;
    for (double x = curve.domain.low; x <= curve.domain.high; x += stepOf(argument))
      worst = std::max(worst, std::abs(fit.evaluate(fx::Rounding::NearestEven, x) -
                                       std::min(curve.f(x), rangeOf(result).high)));
    // Half a step of the fit, and half a step and a bit more of rounding.
    EXPECT_LE(worst, 1.25 * stepOf(result)) << curve.name;
    EXPECT_LE(fit.error, 1.01 * worst) << curve.name;
  }
}

TEST(FitPiecewise, TakesFewPiecesAtThePriceOfAnErrorThatItTells) {
  auto exp = [](double x) { return std::exp(x); };
  fx::Format argument{true, 8, 8}, result{true, 3, 13};
  auto fine = fitPiecewise(exp, {-8, 1}, {0, 3}, argument, result, {stepOf(result)}, 64);
  auto coarse = fitPiecewise(exp, {-8, 1}, {0, 3}, argument, result, {stepOf(result)}, 4);
  EXPECT_LE(coarse.pieces.size(), 4u);
  EXPECT_GT(coarse.error, 4 * fine.error);
  EXPECT_LT(coarse.error, 0.02);
}

TEST(FitPiecewise, GoesThroughPolesWithinTheRange) {
  auto pole = [](double x) { return 1 / x; };
  fx::Format argument{true, 4, 8}, result{true, 5, 8};
  auto fit = fitPiecewise(pole, {-2, 2}, {-8, 8}, argument, result, {stepOf(result)}, 64);
  EXPECT_NEAR(fit.evaluate(fx::Rounding::NearestEven, 1.5), 1 / 1.5, 0.05);
  EXPECT_NEAR(fit.evaluate(fx::Rounding::NearestEven, 0.0625), 8, 0.1);
}

} // namespace
