// Expansions of connectors against an independent program, and the statistics of random ones
// against the binomial distribution.
#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Diagnostics.h"
#include <cmath>
#include <gtest/gtest.h>
#include <map>

using namespace mlir;
using namespace engram::neuro;

namespace {

using Synapse = std::tuple<int64_t, int64_t, double>;
struct Case {
  const char *connector;
  std::vector<int64_t> source, target;
  std::vector<Synapse> synapses; ///< sorted
};
const std::vector<Case> cases{
#include "tests/dialects/Neuro/IR/ConnectorCases.inc"
};
const RandomKey key{0x123456789ABCDEF0, streamOf("random")};

class Connectors : public testing::Test {
protected:
  Connectors() { context.loadDialect<NeuroDialect>(); }

  std::vector<Synapse> expand(const std::string &text, ArrayRef<int64_t> source,
                              ArrayRef<int64_t> target, RandomKey key) {
    auto connector = dyn_cast_or_null<ConnectorInterface>(parseAttribute(text, &context));
    std::vector<Synapse> synapses;
    if (!connector || failed(connector.verifyShapes(
                          source, target, [&] { return emitError(UnknownLoc::get(&context)); })))
      ADD_FAILURE() << text;
    else
      connector.expand(source, target, key,
                       [&](int64_t j, int64_t i, double w) { synapses.push_back({j, i, w}); });
    return synapses;
  }

  MLIRContext context;
};

TEST_F(Connectors, ExpandAsAnIndependentProgramSays) {
  ASSERT_GT(cases.size(), 20u);
  for (const Case &one : cases) {
    auto synapses = expand(one.connector, one.source, one.target, key);
    std::sort(synapses.begin(), synapses.end());
    EXPECT_EQ(synapses, one.synapses) << one.connector;
  }
}

TEST_F(Connectors, ListTheSourcesOfATargetInAscendingOrder) {
  for (const Case &one : cases) {
    std::map<int64_t, int64_t> last;
    for (auto [j, i, w] : expand(one.connector, one.source, one.target, key)) {
      EXPECT_LE(last[i], j) << one.connector;
      last[i] = j;
    }
  }
}

// The number of synapses is binomial; so is that of each target. Four standard deviations, for a
// fixed seed.
TEST_F(Connectors, OfFixedProbabilityAreBinomial) {
  for (double p : {0.01, 0.1, 0.5}) {
    int64_t n = 800, m = 500;
    auto synapses =
        expand("#neuro.fixed_probability<probability = " + std::to_string(p) + ", weight = 1.0>",
               {n}, {m}, {5, streamOf("other")});
    double pairs = static_cast<double>(n * m);
    EXPECT_NEAR(synapses.size(), pairs * p, 4 * std::sqrt(pairs * p * (1 - p)));
    std::vector<double> degree(m);
    for (auto [j, i, w] : synapses)
      ++degree[i];
    double variance = 0;
    for (double d : degree)
      variance += (d - n * p) * (d - n * p) / m;
    // The variance of a sample variance of m nearly normal numbers is 2 sigma^4 / m.
    double expected = n * p * (1 - p);
    EXPECT_NEAR(variance, expected, 4 * expected * std::sqrt(2.0 / m)) << p;
  }
}

TEST_F(Connectors, OfFixedIndegreeChooseEachSourceAlike) {
  int64_t n = 50, m = 2000, degree = 10;
  auto synapses = expand("#neuro.fixed_indegree<indegree = 10, weight = 1.0>", {n}, {m},
                         {6, streamOf("other")});
  ASSERT_EQ(synapses.size(), static_cast<size_t>(m * degree));
  std::vector<int64_t> out(n), in(m);
  for (auto [j, i, w] : synapses)
    ++out[j], ++in[i];
  for (int64_t d : in)
    EXPECT_EQ(d, degree);
  double trials = static_cast<double>(m * degree), p = 1.0 / static_cast<double>(n);
  for (int64_t d : out)
    EXPECT_NEAR(d, trials * p, 4 * std::sqrt(trials * p * (1 - p)));
}

TEST_F(Connectors, OfOtherSeedsOrNamesDiffer) {
  const char *text = "#neuro.fixed_probability<probability = 0.5, weight = 1.0>";
  auto synapses = expand(text, {20}, {20}, key);
  EXPECT_EQ(synapses, expand(text, {20}, {20}, key));
  EXPECT_NE(synapses, expand(text, {20}, {20}, {key.seed + 1, key.stream}));
  EXPECT_NE(synapses, expand(text, {20}, {20}, {key.seed, streamOf("other")}));
}

} // namespace
