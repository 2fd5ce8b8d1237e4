// A NIR network that is imported and exported again is the same network.
#include "tests/lowering/NIRToNeuro/ImportTestSupport.h"

#include "mlir/Parser/Parser.h"

using namespace engram;
using namespace engram::nir;
using namespace engram::nir::test;

namespace {

Graph sorted(Graph graph) {
  sortEdges(graph);
  return graph;
}

/// Imports, exports into a file and reads that. Empty, with messages, if the import refuses.
std::optional<Graph> roundTrip(Session &session, const std::string &path, ImportOptions options) {
  auto module = session.import(path, options);
  if (!module)
    return std::nullopt;
  TemporaryFolder folder;
  EXPECT_TRUE(succeeded(exportNIR(networkIn(*module), folder / "again.nir"))) << session.messages;
  Expected<Graph> again = readFile(folder / "again.nir");
  EXPECT_TRUE(again) << path << session.messages;
  return again ? std::optional(std::move(*again)) : std::nullopt;
}

void expectSame(const std::string &path, ImportOptions options = {}) {
  Session session;
  std::optional<Graph> again = roundTrip(session, path, options);
  if (!again)
    return;
  EXPECT_EQ(sorted(std::move(*again)), sorted(*readFile(path))) << path;
}

TEST(RoundTrip, EveryFixtureIsTheSameAfterwards) {
  int imported = 0;
  for (const std::string &path : networksIn(here / "fixtures")) {
    expectSame(path);
    Session session;
    imported += session.import(path) ? 1 : 0;
  }
  EXPECT_GE(imported, 3);
}

TEST(RoundTrip, TinyNetworksAreTheSameUnderEachConvention) {
  for (const Convention &convention : conventions())
    for (const char *name : {"recurrent", "nested", "convolution"}) {
      ImportOptions options;
      options.convention = convention.name.str();
      std::string path = (here / "Inputs" / (std::string(name) + ".nir")).string();
      Session session;
      EXPECT_TRUE(session.import(path, options)) << session.messages;
      expectSame(path, options);
    }
}

TEST(RoundTrip, EveryNetworkOfTheSharedDataIsTheSameAfterwards) {
  SKIP_WITHOUT_SHARED_DATA();
  for (const std::string &path : networksIn(sharedData))
    expectSame(path);
}

TEST(RoundTrip, ConventionsLeaveNoTraceInTheFile) {
  for (const Convention &convention : conventions()) {
    ImportOptions options;
    options.convention = convention.name.str();
    for (const std::string &path : networksIn(here / "fixtures"))
      expectSame(path, options);
  }
}

// These three add delays, models with other names, and both.
TEST(RoundTrip, ConventionsLeaveNoTraceInNetworksOfOthers) {
  SKIP_WITHOUT_SHARED_DATA();
  for (const char *convention : {"lava", "rockpool", "spinnaker2"}) {
    ImportOptions options;
    options.convention = convention;
    for (const std::string &path : networksIn(sharedData / "rewritten_1.0.8"))
      expectSame(path, options);
    for (const char *name :
         {"recurrent_on_first_node.0", "two_independent_branches_merging.2", "complex.0"})
      expectSame(sharedData /
                     ("testsuite_graphs/test_architectures.test_" + std::string(name) + ".nir"),
                 options);
  }
}

TEST(RoundTrip, TextOfTheNetworkKeepsEverything) {
  for (const std::string &path : networksIn(here / "fixtures")) {
    Session session;
    auto module = session.import(path);
    if (!module)
      continue;
    std::string text;
    llvm::raw_string_ostream stream(text);
    module->print(stream);
    auto parsed = mlir::parseSourceString<mlir::ModuleOp>(text, &session.context);
    ASSERT_TRUE(parsed) << path << session.messages;
    auto graph = exportNIR(networkIn(*parsed));
    ASSERT_TRUE(succeeded(graph)) << path << session.messages;
    EXPECT_EQ(sorted(std::move(*graph)), sorted(*readFile(path))) << path;
  }
}

// Only what NIR cannot say may be lost; the names say which nodes become what.
TEST(RoundTrip, NetworkWrittenByHandBecomesNodes) {
  Session session;
  auto module = mlir::parseSourceString<mlir::ModuleOp>(R"(
    neuro.network @n dt = 0.5 ms {
      source @in [2] is #neuro.external
      population @a [2] of @LIF parameters {tau = 8.0, r = 1.0, v_leak = 0.0, v_threshold = 1.0, v_reset = 0.0}
      population @b [3] of @Relay
      projection @full from @in to @a via #neuro.all_to_all<weight = 0.5>
      projection @late from @a to @b via #neuro.dense<weights = dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>> bias dense<[1.0, 2.0, 3.0]> : tensor<3xf32> delay 4
      probe @out of @b "output"
    })",
                                                        &session.context);
  ASSERT_TRUE(module) << session.messages;
  auto graph = exportNIR(networkIn(*module));
  ASSERT_TRUE(succeeded(graph)) << session.messages;
  Graph expected;
  expected.version = formatVersion;
  Array full = std::get<Array>(numbers({2, 2}, 0.5));
  Array weight, bias;
  weight.shape = {3, 2};
  weight.data = std::vector<float>{1, 2, 3, 4, 5, 6};
  bias.shape = {3};
  bias.data = std::vector<float>{1, 2, 3};
  auto each = [](double value) { return numbers({2}, value); };
  expected.nodes.emplace_back("in", makeNode("Input", {{"shape", integers({2})}}));
  expected.nodes.emplace_back("a", makeNode("LIF", {{"tau", each(8)},
                                                    {"r", each(1)},
                                                    {"v_leak", each(0)},
                                                    {"v_threshold", each(1)},
                                                    {"v_reset", each(0)}}));
  expected.nodes.emplace_back("full", makeNode("Linear", {{"weight", full}}));
  expected.nodes.emplace_back("late", makeNode("Affine", {{"weight", weight}, {"bias", bias}}));
  expected.nodes.emplace_back("late.delay", makeNode("Delay", {{"delay", numbers({3}, 2.0)}}));
  expected.nodes.emplace_back("out", makeNode("Output", {{"shape", integers({3})}}));
  expected.edges = {
      {"a", "late"}, {"full", "a"}, {"in", "full"}, {"late", "late.delay"}, {"late.delay", "out"}};
  EXPECT_EQ(sorted(std::move(*graph)), expected);
}

TEST(RoundTrip, ConvolutionsAndDoubledEdgesWrittenByHandBecomeNodes) {
  Session session;
  auto module = mlir::parseSourceString<mlir::ModuleOp>(R"(
    neuro.network @n dt = 1.0 ms {
      source @in [1, 3, 3] is #neuro.external
      population @r [1, 3, 3] of @Relay
      population @s [1, 2, 2] of @Relay
      projection @once from @in to @r via #neuro.one_to_one<weight = 1.0>
      projection @twice from @in to @r via #neuro.one_to_one<weight = 1.0>
      projection @c from @r to @s via #neuro.conv<weights = dense<1.0> : tensor<1x1x2x2xf32>, stride = [1, 1], padding = [0, 0, 0, 0], dilation = [1, 1], groups = 1>
      probe @out of @s "output"
    })",
                                                        &session.context);
  ASSERT_TRUE(module) << session.messages;
  auto graph = exportNIR(networkIn(*module));
  ASSERT_TRUE(succeeded(graph)) << session.messages;
  Simulation simulation(session.import(std::move(*graph)));
  ASSERT_TRUE(simulation) << session.messages;
  // Twice the sum of each 2 by 2 window of 1 to 9.
  EXPECT_EQ(simulation.probe({{1, 2, 3, 4, 5, 6, 7, 8, 9}})[0],
            (std::vector<double>{24, 32, 48, 56}));
}

/// The network of one line of text, refused: the message.
std::string refusal(const std::string &parts) {
  Session session;
  auto module = mlir::parseSourceString<mlir::ModuleOp>(
      "neuro.network @n dt = 1.0 ms {\nsource @in [2] is #neuro.external\n"
      "population @r [2] of @Relay\nprojection @e from @in to @r via "
      "#neuro.one_to_one<weight = 1.0>\n" +
          parts + "\n}",
      &session.context);
  EXPECT_TRUE(module) << session.messages;
  if (!module || succeeded(exportNIR(networkIn(*module))))
    return "no error";
  return session.messages;
}

TEST(ExportRefuses, WhatNIRCannotSay) {
  auto has = [](const std::string &text, const std::string &part) {
    return text.find(part) != std::string::npos ? testing::AssertionSuccess()
                                                : testing::AssertionFailure() << text;
  };
  EXPECT_TRUE(has(refusal(""), "expected a probe of \"output\" or \"spikes\""));
  EXPECT_TRUE(has(refusal("source @p [2] is #neuro.poisson<rate = 5.0>"),
                  "NIR has no source but the Input"));
  EXPECT_TRUE(has(refusal("population @x [2] of @AdEx"), "NIR has no node for model 'AdEx'"));
  EXPECT_TRUE(
      has(refusal("population @x [2] of @IF initial {v = 1.0}"), "NIR cannot say initial values"));
  EXPECT_TRUE(has(refusal("population @x [2] of @IF {neuro.start = 3 : i64}"),
                  "NIR cannot say that a population starts late"));
  EXPECT_TRUE(has(refusal("projection @f from @in to @r via "
                          "#neuro.fixed_probability<probability = 0.5, weight = 1.0>"),
                  "NIR cannot say the connector #neuro.fixed_probability"));
  EXPECT_TRUE(has(refusal("projection @f from @in to @r via #neuro.dense<weights = "
                          "dense<1.0> : tensor<2x2xf32>> delay steps dense<[[1, 2], [3, 4]]> : "
                          "tensor<2x2xi64>"),
                  "NIR cannot say a delay for each synapse"));
  EXPECT_TRUE(has(refusal("probe @o of @r \"output\" neurons [0]"), "no Output of some neurons"));
  EXPECT_TRUE(has(refusal("probe @o of @r \"spikes\""), "model 'Relay' has no spikes to put out"));
}

} // namespace
