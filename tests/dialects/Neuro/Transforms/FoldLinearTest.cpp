// Folded and unfolded networks do the same: equal spikes, states that differ by rounding alone.
#include "tests/dialects/Neuro/Transforms/TransformsTestSupport.h"

using namespace mlir;
using namespace engram;
using namespace engram::tests;

namespace {

void expectSameMeaning(const std::string &body) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  std::string text = "neuro.network @n dt = 1.0 ms {\n" + body + "}\n";
  auto plain = transformed(text, &context, [](PassManager &) {});
  auto folded = transformed(text, &context,
                            [](PassManager &pm) { pm.addPass(neuro::createFoldLinearPass()); });
  ASSERT_TRUE(plain && folded);
  auto populations = [](ModuleOp module) {
    return llvm::range_size(
        (*module.getOps<neuro::NetworkOp>().begin()).getBody().getOps<neuro::PopulationOp>());
  };
  EXPECT_LT(populations(*folded), populations(*plain)) << "nothing was folded";
  auto a = probesOf(*plain, 60), b = probesOf(*folded, 60);
  ASSERT_EQ(a.size(), b.size());
  double activity = 0;
  for (size_t step = 0; step < a.size(); ++step)
    for (size_t k = 0; k < a[step].size(); ++k) {
      EXPECT_NEAR(a[step][k], b[step][k], 1e-12) << "step " << step << ", number " << k;
      activity += std::abs(a[step][k]);
    }
  EXPECT_GT(activity, 0);
}

// An affine layer, a batch normalization (a factor and a bias a channel), a mean, a flatten, a
// scale.
TEST(FoldLinear, KeepsAConvolutionalChain) {
  expectSameMeaning(R"(
    source @in [2, 6, 6] is #neuro.external
    population @conv of @Relay
    population @norm of @Relay
    population @pool of @Relay
    population @flat [12] of @Relay
    population @out [3] of @LIF parameters {tau = 3.0, v_threshold = 0.4}
    projection @a from @in to @conv via #neuro.conv<weights = dense<[[[[0.1, 0.2, 0.3]], [[-0.1, 0.5, 0.7]]], [[[0.4, -0.2, 0.6]], [[0.3, 0.25, 0.01]]], [[[0.1, 0.1, 0.1]], [[0.2, 0.9, -0.4]]]]> : tensor<3x2x1x3xf64>, stride = [1, 1], padding = [0, 1, 0, 1], dilation = [1, 1], groups = 1> bias dense<0.05> : tensor<108xf64>
    projection @b from @conv to @norm via #neuro.one_to_one<weight = 0.7> bias dense<-0.02> : tensor<108xf64>
    projection @c from @norm to @pool via #neuro.pool<kind = mean, kernel = [3, 3], stride = [3, 3], padding = [0, 0, 0, 0]> delay 2
    projection @d from @pool to @flat via #neuro.one_to_one<weight = 1.0> delay 1
    projection @e from @flat to @out via #neuro.dense<weights = dense<[[0.5, 0.4, 0.3, 0.2, 0.1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3], [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0, -0.1], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2]]> : tensor<3x12xf64>>
    probe @z of @out "spikes"
    probe @v of @out "v"
)");
}

TEST(FoldLinear, KeepsIntegerWeightsTimesAFactor) {
  expectSameMeaning(R"(
    source @in [2] is #neuro.external
    population @r of @Relay
    population @out [2] of @LI parameters {tau = 2.0}
    projection @a from @in to @r via #neuro.dense<weights = dense<[[1, 2], [3, 5]]> : tensor<2x2xi8>> bias dense<[1, 3]> : tensor<2xi32>
    projection @b from @r to @out via #neuro.one_to_one<weight = dense<[0.5, 0.25]> : tensor<2xf64>> delay 1
    probe @v of @out "v"
)");
}

// One bias counts once, however many projections it is spread over.
TEST(FoldLinear, KeepsSeveralInputsOfAJunction) {
  expectSameMeaning(R"(
    source @in [2] is #neuro.external
    source @other [2] is #neuro.external
    population @sum of @Relay
    population @out [2] of @LI parameters {tau = 2.0}
    projection @a from @in to @sum via #neuro.one_to_one<weight = 0.5> bias dense<0.125> : tensor<2xf64>
    projection @b from @other to @sum via #neuro.dense<weights = dense<0.3> : tensor<2x2xf64>> delay 2
    projection @c from @sum to @out via #neuro.one_to_one<weight = 3.0> delay 1
    probe @v of @out "v"
)");
}

TEST(FoldLinear, KeepsMatricesInARow) {
  expectSameMeaning(R"(
    source @in [3] is #neuro.external
    population @r of @Relay
    population @s of @Relay
    population @out [3] of @LI parameters {tau = 2.0}
    projection @a from @in to @r via #neuro.dense<weights = dense<[[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]]> : tensor<3x3xf32>>
    projection @b from @r to @s via #neuro.dense<weights = dense<[[0.3, 0.2, 0.1], [0.6, 0.5, 0.4], [0.9, 0.8, 0.7]]> : tensor<3x3xf64>>
    projection @c from @s to @out via #neuro.one_to_one<weight = dense<[1.0, -1.0, 2.0]> : tensor<3xf64>>
    probe @v of @out "v"
)");
}

} // namespace
