// Rounding of weights against naive numpy (Inputs/reference.py), closed forms, and what each method
// promises.
#include "dialects/Neuro/Quantize/WeightRounding.h"
#include "dialects/Neuro/Quantize/Codebook.h"
#include "dialects/Neuro/Quantize/RowRounding.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace engram::quantize;

namespace {

#include "tests/dialects/Neuro/Quantize/WeightRoundingCases.inc"

// The generator of reference.py.
std::vector<double> numbers(uint32_t seed, size_t count) {
  std::vector<double> result;
  for (size_t k = 0; k < count; ++k) {
    seed = 1664525u * seed + 1013904223u;
    result.push_back(seed * 0x1p-32 - 0.5);
  }
  return result;
}

Layer layerOf(uint32_t seed, size_t rows, Eigen::Index inputs) {
  Layer layer;
  std::vector<double> w = numbers(seed, rows * inputs), a = numbers(seed + 1, 2 * inputs * inputs);
  for (size_t i = 0; i < rows; ++i)
    layer.rows.emplace_back(w.begin() + i * inputs, w.begin() + (i + 1) * inputs);
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Matrix samples = Eigen::Map<RowMajor>(a.data(), 2 * inputs, inputs);
  Vector first = samples.col(0);
  samples.colwise() += 0.6 * first;
  layer.hessian = samples.transpose() * samples / (2.0 * double(inputs));
  return layer;
}

std::vector<int> codesOf(const Rows &rows, int fraction) {
  std::vector<int> codes;
  for (const auto &row : rows)
    for (double w : row) {
      EXPECT_EQ(std::ldexp(w, fraction), std::nearbyint(std::ldexp(w, fraction)));
      codes.push_back(static_cast<int>(std::ldexp(w, fraction)));
    }
  return codes;
}

std::vector<bool> all(const std::vector<double> &row) {
  return std::vector<bool>(row.size(), true);
}

double errorOf(const Layer &layer, const Rows &rounded) {
  double sum = 0;
  for (size_t i = 0; i < rounded.size(); ++i)
    sum += formOf(rounded[i], layer.rows[i], layer.hessianOf(i));
  return sum;
}

const Layer small = layerOf(7, 4, 12), large = layerOf(11, 2, 150);

TEST(WeightRounding, TestAndScriptStartFromTheSameNumbers) {
  EXPECT_EQ(small.rows[0], firstWeights);
  for (Eigen::Index j = 0; j < 12; ++j)
    EXPECT_NEAR(small.hessian(j, j), hessianDiagonal[j], 1e-14);
}

TEST(WeightRounding, NearestIsThatOfNumpy) {
  RoundingOptions options;
  options.bits = 4;
  RoundedWeights result = roundWeights({small.rows, {}, {}, {}}, options);
  EXPECT_EQ(result.fractions, std::vector<int>{4});
  EXPECT_EQ(codesOf(result.rows, 4), nearestCodes);
}

TEST(WeightRounding, GreedyCompressionIsThatWithFreshInverses) {
  Rows plain, clipped;
  Inverse inverse(damped(small.hessian));
  for (const auto &row : small.rows) {
    plain.push_back(roundGreedily(row, all(row), inverse, Grid::uniform(3, 3)));
    clipped.push_back(roundGreedily(row, all(row), inverse, Grid::uniform(3, 4)));
  }
  EXPECT_EQ(codesOf(plain, 3), obqCodes);
  EXPECT_EQ(codesOf(clipped, 4), obqClippedCodes);
}

TEST(WeightRounding, OrderedCompressionIsThatWithFreshInverses) {
  Grid grid = Grid::uniform(3, 3);
  std::vector<std::vector<bool>> kept(4, all(small.rows[0]));
  EXPECT_EQ(codesOf(roundInOrder(small.rows, kept, Inverse(damped(small.hessian)), grid), 3),
            gptqCodes);
}

// 150 inputs are more than one block of the ordered form.
TEST(WeightRounding, LongRowsAreCompressedTheSameWay) {
  Grid grid = Grid::uniform(4, 4);
  std::vector<std::vector<bool>> kept(2, all(large.rows[0]));
  Inverse inverse(damped(large.hessian));
  EXPECT_EQ(codesOf(roundInOrder(large.rows, kept, inverse, grid), 4), longGptqCodes);
  Rows rows;
  for (const auto &row : large.rows)
    rows.push_back(roundGreedily(row, all(row), inverse, grid));
  EXPECT_EQ(codesOf(rows, 4), longObqCodes);
}

TEST(WeightRounding, DescentIsThatOfNumpy) {
  Grid grid = Grid::uniform(3, 3);
  Rows rows = small.rows;
  for (size_t i = 0; i < rows.size(); ++i) {
    for (double &w : rows[i])
      w = grid.nearest(w);
    descend(rows[i], small.rows[i], all(rows[i]), small.hessian, grid);
  }
  EXPECT_EQ(codesOf(rows, 3), descendedCodes);
}

TEST(WeightRounding, LearnedDivisorsAreThoseOfNumpy) {
  EXPECT_EQ(codesOf(roundFlexibly(small.rows, small.hessian, Grid::uniform(3, 3)), 3),
            flexroundCodes);
}

TEST(WeightRounding, PruningTakesTheCheapestAndLeavesTheLeastSquares) {
  Pruned pruned = prune(small, 0.4);
  EXPECT_EQ(pruned.removed, 19); // of 48
  for (size_t i = 0; i < 4; ++i)
    for (size_t j = 0; j < 12; ++j) {
      EXPECT_NEAR(pruned.rows[i][j], prunedWeights[i * 12 + j], 1e-9) << i << ", " << j;
      EXPECT_EQ(pruned.kept[i][j], prunedWeights[i * 12 + j] != 0) << i << ", " << j;
    }
}

TEST(WeightRounding, WithoutAHessianTheLeastWeightsGo) {
  Pruned pruned = prune({{{0.5, -0.1, 0.3}, {-0.2, 0.9, 0.4}}, {}, {}, {}}, 0.5);
  EXPECT_EQ(pruned.rows, (Rows{{0.5, 0, 0}, {0, 0.9, 0.4}}));
}

TEST(WeightRounding, StochasticRoundingIsPhiloxOfSeedStreamAndIndex) {
  RoundingOptions options;
  options.bits = 4;
  options.rounding = Rounding::Stochastic;
  options.seed = 5 * (uint64_t(1) << 32) + 9;
  options.stream = 77;
  Rows rows;
  RoundedWeights result = roundWeights({small.rows, {}, {}, {}}, options);
  ASSERT_EQ(result.fractions, std::vector<int>{4});
  EXPECT_EQ(codesOf(result.rows, 4), stochasticCodes);
}

// The mean of n roundings of x has a standard deviation of at most step / (2 sqrt(n)).
TEST(WeightRounding, StochasticRoundingIsRightInTheMean) {
  RoundingOptions options;
  options.bits = 4;
  options.rounding = Rounding::Stochastic;
  options.stepByError = false;
  Layer layer{{std::vector<double>(10000, 0.3)}, {}, {}, {}};
  layer.rows[0].push_back(0.875); // step 1/8
  RoundedWeights result = roundWeights(layer, options);
  double sum = 0;
  for (size_t k = 0; k < 10000; ++k)
    sum += result.rows[0][k];
  EXPECT_NEAR(sum / 10000, 0.3, 4 * 0.125 / 2 / 100);
}

TEST(WeightRounding, StepsAreThoseWithTheLeastError) {
  std::vector<int> free, byHessian, widest;
  for (int bits : {2, 4, 8}) {
    RoundingOptions options;
    options.bits = bits;
    free.push_back(roundWeights({small.rows, {}, {}, {}}, options).fractions[0]);
    byHessian.push_back(roundWeights(small, options).fractions[0]);
    options.stepByError = false;
    RoundedWeights result = roundWeights(small, options);
    widest.push_back(result.fractions[0]);
    EXPECT_EQ(result.clipped, 0);
  }
  EXPECT_EQ(free, bestFractions);
  EXPECT_EQ(byHessian, bestFractionsByHessian);
  EXPECT_EQ(widest, widestFractions);
}

TEST(WeightRounding, ChannelsHaveStepsOfTheirOwn) {
  RoundingOptions options;
  options.bits = 4;
  options.perChannel = true;
  EXPECT_EQ(roundWeights({small.rows, {}, {}, {}}, options).fractions, channelFractions);
  // A channel a thousand times smaller keeps its four bits.
  RoundedWeights result =
      roundWeights({{{0.7, -0.3}, {0.7 / 1024, -0.3 / 1024}}, {}, {}, {}}, options);
  EXPECT_EQ(result.fractions[1], result.fractions[0] + 10);
  EXPECT_EQ(result.rows[1][0] * 1024, result.rows[0][0]);
  EXPECT_EQ(result.finestFraction(), result.fractions[1]);
}

TEST(WeightRounding, CompressionIsNeverWorseThanTheNearest) {
  for (Rounding rounding : {Rounding::OBC, Rounding::FlexRound})
    for (int bits : {2, 3, 4, 8})
      for (bool perChannel : {false, true})
        for (bool stepByError : {false, true})
          for (uint32_t seed = 1; seed < 9; ++seed) {
            Layer layer = layerOf(seed, 3, 4 + 5 * seed);
            RoundingOptions options;
            options.bits = bits;
            options.perChannel = perChannel;
            options.stepByError = stepByError;
            double plain = errorOf(layer, roundWeights(layer, options).rows);
            options.rounding = rounding;
            EXPECT_LE(errorOf(layer, roundWeights(layer, options).rows), plain);
          }
}

// Where inputs do not correlate, no weight can make good for another.
TEST(WeightRounding, WithADiagonalHessianCompressionIsTheNearest) {
  Layer layer = small;
  layer.hessian = Vector::LinSpaced(12, 0.5, 3).asDiagonal();
  RoundingOptions options;
  options.bits = 3;
  options.stepByError = false;
  Rows plain = roundWeights(layer, options).rows;
  options.rounding = Rounding::OBC;
  EXPECT_EQ(roundWeights(layer, options).rows, plain);
}

// Two inputs that are always equal: only the sum of their weights matters.
TEST(WeightRounding, EqualInputsShareTheirSum) {
  Layer layer;
  layer.rows = {{0.45, 0.45, 1.0}};
  layer.hessian = Matrix::Zero(3, 3);
  layer.hessian << 1, 1, 0, 1, 1, 0, 0, 0, 1;
  RoundingOptions options;
  options.bits = 2;
  options.stepByError = false; // codes -2 ... 1, step 1
  EXPECT_EQ(roundWeights(layer, options).rows, (Rows{{0, 0, 1}}));
  options.rounding = Rounding::OBC;
  RoundedWeights result = roundWeights(layer, options);
  EXPECT_EQ(result.rows[0][0] + result.rows[0][1], 1); // 0.9 in all
  EXPECT_EQ(result.method, "obq");
  EXPECT_EQ(result.zeroed, 1);
}

// No mean of x x^T has such entries; whoever writes them gets numbers of the grid all the same.
TEST(WeightRounding, AHessianThatIsNoneStillGivesNumbers) {
  for (Rounding rounding : {Rounding::OBC, Rounding::FlexRound})
    for (double sparsity : {0.0, 0.5}) {
      Layer layer{{{0.3, -0.7, 0.2}}, {}, {}, Matrix(3, 3)};
      layer.hessian << 1, 5, 0, 5, 1, 0, 0, 0, -2;
      RoundingOptions options;
      options.bits = 4;
      options.rounding = rounding;
      options.sparsity = sparsity;
      RoundedWeights result = roundWeights(layer, options);
      for (double w : result.rows[0])
        EXPECT_EQ(std::ldexp(w, result.fractions[0]),
                  std::nearbyint(std::ldexp(w, result.fractions[0])));
    }
}

TEST(WeightRounding, RowsWithInputsOfTheirOwnTakeTheirPartOfTheHessian) {
  Layer ragged = small;
  ragged.columns = {{0, 3, 5}, {}, {11, 2}, {4, 4, 1}}; // the last has two synapses of one source
  for (size_t i = 0; i < 4; ++i)
    ragged.rows[i].resize(ragged.columns[i].size());
  EXPECT_EQ(ragged.hessianOf(2)(0, 1), small.hessian(11, 2));
  RoundingOptions options;
  options.bits = 3;
  double plain = errorOf(ragged, roundWeights(ragged, options).rows);
  for (Rounding rounding : {Rounding::OBC, Rounding::FlexRound}) {
    options.rounding = rounding;
    EXPECT_LE(errorOf(ragged, roundWeights(ragged, options).rows), plain);
  }
}

TEST(WeightRounding, PrunedWeightsStayZeroUnderEveryMethod) {
  for (Rounding rounding :
       {Rounding::Nearest, Rounding::Stochastic, Rounding::OBC, Rounding::FlexRound})
    for (int codebook : {0, 12}) {
      RoundingOptions options;
      options.bits = 4;
      options.rounding = rounding;
      options.codebookBits = codebook;
      options.sparsity = 0.5;
      RoundedWeights result = roundWeights(small, options);
      EXPECT_EQ(result.pruned, 24);
      long zeros = 0;
      for (const auto &row : result.rows)
        zeros += std::count(row.begin(), row.end(), 0.0);
      EXPECT_EQ(zeros, result.pruned + result.zeroed);
    }
}

TEST(Codebook, IsNearlyTheBestThereIs) {
  std::vector<double> values, importance;
  for (const auto &row : small.rows)
    for (size_t j = 0; j < row.size(); ++j) {
      values.push_back(row[j]);
      importance.push_back(small.hessian(j, j));
    }
  for (int bits : {1, 2, 3}) {
    Codebook book = findCodebook(values, importance, {1 << bits, 32, false});
    EXPECT_EQ(book.values.size(), size_t(1) << bits);
    Grid grid = Grid::codebook(book.values);
    double error = 0;
    for (size_t k = 0; k < values.size(); ++k)
      error += importance[k] * std::pow(grid.nearest(values[k]) - values[k], 2);
    EXPECT_GE(error, kmeansErrors[bits - 1] * (1 - 1e-6));
    EXPECT_LE(error, kmeansErrors[bits - 1] * 1.1);
  }
}

TEST(Codebook, HasFewNumbersAsTheyAre) {
  Codebook book = findCodebook({0.5, -0.25, 0.5, 0.125}, {1, 1, 1, 1}, {4, 8, false});
  EXPECT_EQ(book.values, (std::vector<double>{-0.25, 0.125, 0.5}));
}

TEST(Codebook, HasZeroWhereItHasTo) {
  Codebook book = findCodebook({0.9, 0.8, -0.7, -0.9, 0.1, 0.2}, {1, 1, 1, 1, 1, 1}, {3, 16, true});
  EXPECT_EQ(book.values.size(), 3u);
  EXPECT_EQ(std::count(book.values.begin(), book.values.end(), 0.0), 1);
}

TEST(Codebook, ValuesAreFixedPointNumbers) {
  Codebook book = findCodebook({0.3, 0.7, -0.9}, {1, 1, 1}, {4, 4, false});
  EXPECT_EQ(book.fraction, 3); // -8/8 ... 7/8
  EXPECT_EQ(book.values, (std::vector<double>{-0.875, 0.25, 0.75}));
}

TEST(Grid, RoundsHalvesToEvenCodesAndSaturates) {
  Grid grid = Grid::uniform(3, 1); // -2 ... 1.5
  EXPECT_EQ(grid.nearest(0.25), 0);
  EXPECT_EQ(grid.nearest(0.75), 1);
  EXPECT_EQ(grid.nearest(-9), -2);
  EXPECT_EQ(grid.nearest(9), 1.5);
  EXPECT_FALSE(std::signbit(grid.nearest(-0.1)));
  EXPECT_FALSE(grid.isClipped(1.7));
  EXPECT_TRUE(grid.isClipped(1.8));
}

TEST(Grid, FractionReachesBothEnds) {
  EXPECT_EQ(fractionFor(-1, 0.5, 8), 7); // -128 / 128
  EXPECT_EQ(fractionFor(-0.5, 1, 8), 6);
  EXPECT_EQ(fractionFor(0, 127, 8), 0);
  EXPECT_EQ(fractionFor(0, 1000, 8), -3);
  EXPECT_EQ(fractionFor(0, 0, 8), 7);
}

} // namespace
