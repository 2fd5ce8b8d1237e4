// Hessians of connectors: by w H w^T they give the mean square of what a connector puts out.
#include "dialects/Neuro/Quantize/LayerInputs.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

namespace {

class LayerInputs : public testing::Test {
protected:
  MLIRContext context{MLIRContext::Threading::DISABLED};
  LayerInputs() { context.loadDialect<NeuroDialect>(); }

  ConnectorInterface parse(const std::string &text) {
    return dyn_cast_or_null<ConnectorInterface>(parseAttribute(text, &context));
  }

  /// Some vectors, with zeros among them.
  static std::vector<std::vector<double>> samples(int64_t size) {
    std::vector<std::vector<double>> result(5, std::vector<double>(size));
    for (size_t s = 0; s < result.size(); ++s)
      for (int64_t i = 0; i < size; ++i)
        result[s][i] = (7 * i + 3 * int64_t(s) * i + 5 * int64_t(s)) % 11 - 4;
    return result;
  }

  static std::vector<double> apply(ConnectorInterface connector, ArrayRef<int64_t> from,
                                   ArrayRef<int64_t> to, const std::vector<double> &x) {
    std::vector<double> y(numElements(to));
    connector.expand(from, to, {}, [&](int64_t j, int64_t i, double w) { y[i] += w * x[j]; });
    return y;
  }

  /// For each output channel (`positions` outputs each) the mean of y^2, and w H w^T of its
  /// weights.
  void expectMeanSquares(const std::string &text, const SmallVector<int64_t> &from,
                         const SmallVector<int64_t> &to, int64_t channels, size_t map = 0) {
    ConnectorInterface connector = parse(text);
    ASSERT_TRUE(connector);
    HessianSum sum(connector, from);
    ASSERT_TRUE(sum.hasMatrices());
    std::vector<double> squares(channels);
    int64_t positions = numElements(to) / channels;
    auto inputs = samples(numElements(from));
    for (const auto &x : inputs) {
      sum.add(x);
      std::vector<double> y = apply(connector, from, to, x);
      for (size_t i = 0; i < y.size(); ++i)
        squares[i / positions] += y[i] * y[i] / double(positions) / double(inputs.size());
    }
    quantize::Matrix hessian = readHessian(sum.result("h"), map);
    Attribute weighted = connector;
    if (auto compose = dyn_cast<ComposeAttr>(weighted))
      weighted = compose.getMaps()[map];
    std::vector<double> weights = readNumbers(cast<ConnectorInterface>(weighted).weightsAttr());
    int64_t inputsOfRow = static_cast<int64_t>(weights.size()) / channels;
    ASSERT_EQ(hessian.rows(), inputsOfRow);
    for (int64_t c = 0; c < channels; ++c) {
      Eigen::Map<Eigen::VectorXd> w(weights.data() + c * inputsOfRow, inputsOfRow);
      EXPECT_NEAR(w.dot(hessian * w), squares[c], 1e-9 * squares[c]) << text << ", " << c;
    }
  }
};

TEST_F(LayerInputs, OfAMatrix) {
  expectMeanSquares("#neuro.dense<weights = dense<[[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]]> : "
                    "tensor<2x3xf64>>",
                    {3}, {2}, 2);
}

TEST_F(LayerInputs, OfConvolutions) {
  expectMeanSquares("#neuro.conv<weights = dense<[[[1.0, -0.5, 2.0], [0.25, 3.0, -1.0]], [[0.5, "
                    "1.0, 1.5], [2.0, -2.0, 0.75]]]> : tensor<2x2x3xf64>, stride = [2], padding = "
                    "[1, 2], dilation = [1], groups = 1>",
                    {2, 9}, {2, 5}, 2);
  expectMeanSquares("#neuro.conv<weights = dense<[[[[1.0, -0.5], [2.0, 0.75]], [[0.25, 3.0], "
                    "[-1.0, 0.5]]]]> : tensor<1x2x2x2xf64>, stride = [1, 2], padding = [1, 0, 0, "
                    "1], dilation = [2, 1], groups = 1>",
                    {2, 5, 6}, {1, 4, 3}, 1);
}

// The filters of all groups have one H, the mean over groups: here both have the same filter.
TEST_F(LayerInputs, OfGroupsIsTheirMean) {
  ConnectorInterface connector =
      parse("#neuro.conv<weights = dense<[[[1.0, -0.5]], [[1.0, -0.5]]]> : tensor<2x1x2xf64>, "
            "stride = [1], padding = [0, 0], dilation = [1], groups = 2>");
  HessianSum sum(connector, {2, 4});
  double squares = 0;
  auto inputs = samples(8);
  for (const auto &x : inputs) {
    sum.add(x);
    for (double y : apply(connector, {2, 4}, {2, 3}, x))
      squares += y * y / 6 / double(inputs.size());
  }
  quantize::Matrix hessian = readHessian(sum.result("h"), 0);
  Eigen::Vector2d w(1.0, -0.5);
  EXPECT_NEAR(w.dot(hessian * w), squares, 1e-9);
}

TEST_F(LayerInputs, WithinACompositionWentThroughTheMapsBefore) {
  expectMeanSquares(
      "#neuro.compose<maps = [#neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = "
      "[0, 0, 0, 0]>, #neuro.dense<weights = dense<[[1.0, 0.5, -1.0, 2.0], [0.0, 1.0, 3.0, "
      "-0.5]]> : tensor<2x4xf64>>]>",
      {1, 4, 4}, {2}, 2, 1);
  ConnectorInterface connector =
      parse("#neuro.compose<maps = [#neuro.one_to_one<weight = 2.0>, #neuro.dense<weights = "
            "dense<1.0> : tensor<1x2xf64>>]>");
  HessianSum sum(connector, {2});
  sum.add({1.0, 3.0});
  auto entries = cast<ArrayAttr>(sum.result("h"));
  EXPECT_TRUE(isa<UnitAttr>(entries[0]));
  EXPECT_EQ(readNumbers(entries[1]), (std::vector<double>{4, 12, 12, 36}));
}

TEST_F(LayerInputs, OthersHaveNone) {
  HessianSum sum(parse("#neuro.all_to_all<weight = 1.0>"), {2});
  EXPECT_FALSE(sum.hasMatrices());
  sum.add({1.0, 2.0});
  EXPECT_FALSE(sum.result("h"));
  EXPECT_EQ(readHessian({}, 0).size(), 0);
  EXPECT_EQ(readHessian(UnitAttr::get(&context), 0).size(), 0);
}

} // namespace
