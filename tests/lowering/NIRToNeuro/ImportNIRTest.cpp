// Import of NIR networks: what becomes of nodes and cycles, shapes, and what is refused.
#include "tests/lowering/NIRToNeuro/ImportTestSupport.h"

#include "mlir/Parser/Parser.h"

using namespace engram;
using namespace engram::nir;
using namespace engram::nir::test;

namespace {

testing::AssertionResult has(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos ? testing::AssertionSuccess()
                                              : testing::AssertionFailure() << text;
}

Field text(const std::string &value) { return Field(value); }

Field matrix(std::int64_t rows, std::int64_t columns, double value = 1.0) {
  return numbers({rows, columns}, value);
}

Node input(std::vector<std::int64_t> shape) {
  return makeNode("Input", {{"shape", integers(std::move(shape))}});
}
Node output(std::vector<std::int64_t> shape) {
  return makeNode("Output", {{"shape", integers(std::move(shape))}});
}
Node neuron(std::int64_t count) {
  return makeNode("IF", {{"r", numbers({count}, 1)}, {"v_threshold", numbers({count}, 1)}});
}

//===-- convolutions ------------------------------------------------------------------------===//

struct WindowCase {
  const char *type;
  std::vector<std::int64_t> input, kernel, stride, padding;
  const char *mode;
  std::vector<std::int64_t> dilation;
  std::int64_t groups;
  std::vector<std::int64_t> output;
  double checksum;
};

const WindowCase windowCases[] = {
#include "tests/lowering/NIRToNeuro/ConvolutionCases.inc"
};

Field ramp(std::vector<std::int64_t> shape, std::int64_t factor, std::int64_t modulus,
           std::int64_t offset) {
  Array array = std::get<Array>(numbers(shape, 0));
  auto &values = std::get<std::vector<double>>(array.data);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<double>(static_cast<std::int64_t>(i) * factor % modulus - offset);
  return array;
}

Node windowNode(const WindowCase &c) {
  Node node;
  node.type = c.type;
  node.fields["stride"] = integers(c.stride);
  if (c.mode[0] != '\0')
    node.fields["padding"] = text(c.mode);
  else
    node.fields["padding"] = integers(c.padding);
  if (node.type == "SumPool2d" || node.type == "AvgPool2d") {
    node.fields["kernel_size"] = integers(c.kernel);
    return node;
  }
  node.fields["weight"] = ramp(c.kernel, 7, 11, 5);
  node.fields["bias"] = ramp({c.kernel[0]}, 1, 1 << 20, -1);
  node.fields["dilation"] = integers(c.dilation);
  node.fields["groups"] = integer(c.groups);
  return node;
}

// Expected shapes and values are PyTorch's.
TEST(ImportWindows, ShapesAndSumsArePyTorchs) {
  for (const WindowCase &c : windowCases) {
    Graph graph;
    graph.nodes.emplace_back("in", input(c.input));
    graph.nodes.emplace_back("x", windowNode(c));
    graph.nodes.emplace_back("out", output(c.output));
    graph.edges = {{"in", "x"}, {"x", "out"}};
    Session session;
    auto module = session.import(std::move(graph));
    ASSERT_TRUE(module) << session.messages;
    Simulation simulation(std::move(module));
    ASSERT_TRUE(simulation) << session.messages;
    std::vector<double> x = std::get<Array>(ramp(c.input, 5, 13, 6)).toDoubles();
    std::vector<double> y = simulation.probe({x})[0];
    double scale = std::string(c.type) == "AvgPool2d" ? c.kernel[0] * c.kernel[1] : 1, sum = 0;
    for (size_t k = 0; k < y.size(); ++k)
      sum += static_cast<double>(k % 17 + 1) * y[k] * scale;
    EXPECT_NEAR(sum, c.checksum, 1e-9) << c.type;
  }
}

TEST(ImportWindows, AWrongOutputShapeIsRefused) {
  const WindowCase &c = windowCases[0];
  Graph graph;
  graph.nodes.emplace_back("in", input(c.input));
  graph.nodes.emplace_back("x", windowNode(c));
  graph.nodes.emplace_back("out", output({c.output[0], c.output[2] + 1, c.output[1]}));
  graph.edges = {{"in", "x"}, {"x", "out"}};
  Session session;
  EXPECT_FALSE(session.import(std::move(graph)));
  EXPECT_TRUE(has(session.messages, "node 'out', field 'shape': expected an input of shape"));
}

//===-- structure ---------------------------------------------------------------------------===//

TEST(ImportNIR, ALinearNodeBetweenNeuronsIsOneProjection) {
  Session session;
  auto module = session.import(fixture("contiguous"));
  ASSERT_TRUE(module) << session.messages;
  EXPECT_TRUE(std::string(networkIn(*module).getSymName()) == "contiguous");
}

TEST(ImportNIR, ShapesGoBackFromTheNodeThatKnows) {
  // A Scale of one number between an Input of unknown use and a Linear of three.
  Graph graph;
  graph.nodes.emplace_back("in", input({3}));
  graph.nodes.emplace_back("s", makeNode("Scale", {{"scale", numbers({}, 2)}}));
  graph.nodes.emplace_back("loose", makeNode("Threshold", {{"threshold", numbers({}, 1)}}));
  graph.nodes.emplace_back("w", makeNode("Linear", {{"weight", matrix(2, 3)}}));
  graph.nodes.emplace_back("out", output({2}));
  graph.edges = {{"in", "s"}, {"s", "w"}, {"loose", "w"}, {"w", "out"}};
  Session session;
  auto module = session.import(std::move(graph));
  ASSERT_TRUE(module) << session.messages;
  EXPECT_EQ(*neuro::shapeOf(networkIn(*module), "loose"), llvm::ArrayRef<int64_t>{3});
}

TEST(ImportNIR, BiasOfARecurrentNodeActsInTheFirstStep) {
  // v(t) = v(t-1) + w v(t-1) + b + x, with I's gain 1 and dt = 1 s: from zero input and b = 1 the
  // sequence is 1, 1 + 2 + 1 = 4, 4 + 8 + 1 = 13 for w = 2.
  Graph graph;
  graph.nodes.emplace_back("in", input({1}));
  graph.nodes.emplace_back("v", makeNode("I", {{"r", numbers({1}, 1)}}));
  graph.nodes.emplace_back(
      "w", makeNode("Affine", {{"weight", matrix(1, 1, 2)}, {"bias", numbers({1}, 1)}}));
  graph.nodes.emplace_back("out", output({1}));
  graph.edges = {{"in", "v"}, {"v", "w"}, {"w", "v"}, {"v", "out"}};
  Session session;
  ImportOptions options;
  options.dt = 1;
  Simulation simulation(session.import(std::move(graph), options));
  ASSERT_TRUE(simulation) << session.messages;
  EXPECT_EQ(simulation.probe({{0}, {0}, {0}}), (std::vector<std::vector<double>>{{1}, {4}, {13}}));
}

TEST(ImportNIR, ADelayIsItsTimeInSteps) {
  Session session;
  ImportOptions options;
  options.dt = 0.5;
  Array times = std::get<Array>(numbers({1.0, 0.0}));
  Simulation simulation(session.import(around(makeNode("Delay", {{"delay", times}})), options));
  ASSERT_TRUE(simulation) << session.messages;
  EXPECT_EQ(simulation.probe({{1, 2}, {3, 4}, {5, 6}}),
            (std::vector<std::vector<double>>{{0, 2}, {0, 4}, {1, 6}}));
}

TEST(ImportNIR, ADelayThatIsNotWholeStepsIsRoundedWithAWarning) {
  Session session;
  ImportOptions options;
  options.dt = 0.4;
  EXPECT_TRUE(session.import(around(makeNode("Delay", {{"delay", numbers({1.0})}})), options));
  EXPECT_TRUE(has(session.messages, "warning: "));
  EXPECT_TRUE(has(session.messages, "node 'x', field 'delay': 1 s is 2.5 steps of 0.4 s: rounded "
                                    "to 2; choose a 'dt' that divides it"));
}

TEST(ImportNIR, ADelayInACycleIsDelayEnough) {
  Graph graph;
  graph.nodes.emplace_back("in", input({1}));
  graph.nodes.emplace_back("v", makeNode("I", {{"r", numbers({1}, 1)}}));
  graph.nodes.emplace_back("d", makeNode("Delay", {{"delay", numbers({2.0})}}));
  graph.nodes.emplace_back("out", output({1}));
  graph.edges = {{"in", "v"}, {"v", "d"}, {"d", "v"}, {"v", "out"}};
  Session session;
  ImportOptions options;
  options.dt = 1;
  Simulation simulation(session.import(std::move(graph), options));
  ASSERT_TRUE(simulation) << session.messages;
  // v(t) = v(t-1) + v(t-2) + x(t): Fibonacci's numbers.
  EXPECT_EQ(simulation.probe({{1}, {0}, {0}, {0}, {0}}),
            (std::vector<std::vector<double>>{{1}, {1}, {2}, {3}, {5}}));
}

TEST(ImportNIR, SubgraphsAreFlattened) {
  Graph inner;
  inner.nodes.emplace_back("i", input({2}));
  inner.nodes.emplace_back("s", makeNode("Scale", {{"scale", numbers({3.0, 5.0})}}));
  inner.nodes.emplace_back("o", output({2}));
  inner.edges = {{"i", "s"}, {"s", "o"}};
  Node sub;
  sub.type = "NIRGraph";
  sub.graph = std::make_unique<Graph>(std::move(inner));
  Session session;
  Simulation simulation(session.import(around(std::move(sub), "sub")));
  ASSERT_TRUE(simulation) << session.messages;
  EXPECT_TRUE(networkIn(*simulation.module).lookupSymbol("sub.s"));
  EXPECT_EQ(simulation.probe({{1, 1}})[0], (std::vector<double>{3, 5}));
}

TEST(ImportNIR, BigArraysAreSharedWithTheGraph) {
  auto graph = std::make_shared<const Graph>(
      around(makeNode("Linear", {{"weight", matrix(2, 2)}}), "small"));
  Graph big;
  big.nodes.emplace_back("in", input({100}));
  big.nodes.emplace_back("w", makeNode("Linear", {{"weight", matrix(100, 100)}}));
  big.nodes.emplace_back("out", output({100}));
  big.edges = {{"in", "w"}, {"w", "out"}};
  graph = std::make_shared<const Graph>(std::move(big));
  Session session;
  auto module = importNIR(graph, "net.nir", &session.context);
  ASSERT_TRUE(succeeded(module)) << session.messages;
  auto projection = *networkIn(**module).getOps<neuro::ProjectionOp>().begin();
  auto weights = mlir::cast<mlir::DenseResourceElementsAttr>(
      mlir::cast<neuro::DenseAttr>(projection.getConnector()).getWeights());
  const auto &values = std::get<std::vector<double>>(graph->find("w")->array("weight")->data);
  EXPECT_EQ(static_cast<const void *>(weights.getRawHandle().getBlob()->getData().data()),
            static_cast<const void *>(values.data()));
}

//===-- conventions -------------------------------------------------------------------------===//

TEST(Conventions, EachHasAModelOfEachNeuron) {
  Session session;
  auto variants = parseConventionModels(&session.context);
  ASSERT_TRUE(variants) << session.messages;
  for (const Convention &convention : conventions())
    for (const char *type : {"I", "IF", "LI", "LIF", "CubaLI", "CubaLIF", "Threshold"}) {
      std::string name = modelName(type, convention);
      EXPECT_EQ(nodeTypeOf(name), type) << name;
      if (name != type)
        EXPECT_TRUE(variants->lookupSymbol<neuro::ModelOp>(name)) << name;
    }
}

/// Spikes and v of one IF neuron with threshold 1 under a reset, fed with currents.
std::vector<std::vector<double>> driven(Reset reset, const std::vector<double> &currents) {
  Session session;
  ImportOptions options;
  options.dt = 1;
  options.reset = reset;
  Graph graph;
  graph.nodes.emplace_back("in", input({1}));
  graph.nodes.emplace_back("n", neuron(1));
  graph.nodes.emplace_back("out", output({1}));
  graph.edges = {{"in", "n"}, {"n", "out"}};
  Simulation simulation(session.import(std::move(graph), options));
  EXPECT_TRUE(simulation) << session.messages;
  std::vector<std::vector<double>> rows;
  for (double current : currents)
    rows.push_back({current});
  return simulation ? simulation.probe(rows) : rows;
}

// By hand: v is 2.5, 2.75, ... with threshold 1.
TEST(Conventions, ResetsDoWhatTheirNamesSay) {
  using Rows = std::vector<std::vector<double>>;
  std::vector<double> currents{2.5, 0.25, 0, 0};
  EXPECT_EQ(driven(Reset::ToValue, currents), (Rows{{1}, {0}, {0}, {0}}));
  EXPECT_EQ(driven(Reset::Subtract, currents), (Rows{{1}, {1}, {0}, {0}}));
  EXPECT_EQ(driven(Reset::SubtractMany, currents), (Rows{{2}, {0}, {0}, {0}}));
  // After the first spike v = 1.5 is still above 1, so 1.75 must exceed 2 to fire: it does not;
  // then v = 1.75 is above again, and so on.
  EXPECT_EQ(driven(Reset::SubtractLate, currents), (Rows{{1}, {0}, {0}, {0}}));
}

TEST(Conventions, AnUnknownOneIsRefusedWithAllNames) {
  Session session;
  ImportOptions options;
  options.convention = "brian";
  EXPECT_FALSE(session.import(around(neuron(2)), options));
  EXPECT_TRUE(has(session.messages,
                  "expected a convention (nir, norse, snntorch, lava, sinabs, rockpool, nengo, "
                  "spinnaker2, spyx), got 'brian'"));
}

//===-- refusals ----------------------------------------------------------------------------===//

std::string refusal(Graph graph, ImportOptions options = {}) {
  Session session;
  return session.import(std::move(graph), options) ? "no error" : session.messages;
}

TEST(ImportRefuses, ACycleOfLinearNodes) {
  Graph graph = around(makeNode("Linear", {{"weight", matrix(2, 2)}}), "a");
  graph.nodes.emplace_back("b", makeNode("Linear", {{"weight", matrix(2, 2)}}));
  graph.edges.push_back({"a", "b"});
  graph.edges.push_back({"b", "a"});
  std::string message = refusal(std::move(graph));
  EXPECT_TRUE(has(message, "net.nir"));
  EXPECT_TRUE(has(message, "node 'a', field 'edges': the cycle 'a' to 'b' to 'a' has neither a "
                           "neuron nor a delay"));
}

TEST(ImportRefuses, ShapesThatDoNotFit) {
  EXPECT_TRUE(has(refusal(around(makeNode("Linear", {{"weight", matrix(2, 3)}}))),
                  "node 'x', field 'weight': expected an input of shape (3,), got shape (2,) from "
                  "node 'in'"));
  EXPECT_TRUE(has(refusal(around(neuron(3))), "node 'x', field 'r': expected an input of shape"));
}

TEST(ImportRefuses, AnUnknownShape) {
  Graph graph = around(makeNode("Scale", {{"scale", numbers({2.0, 2.0})}}));
  graph.nodes.emplace_back("pool", makeNode("SumPool2d", {{"kernel_size", integers({2, 2})},
                                                          {"stride", integers({2, 2})},
                                                          {"padding", integers({0, 0})}}));
  EXPECT_TRUE(
      has(refusal(std::move(graph)), "node 'pool': the shape of its input cannot be inferred"));
}

TEST(ImportRefuses, MoreNeuronsThanANetworkMayHave) {
  Graph graph = around(makeNode("Scale", {{"scale", numbers({}, 1)}}));
  graph.nodes[0].second = input({50000, 50000});
  graph.nodes[2].second = output({50000, 50000});
  EXPECT_TRUE(has(refusal(std::move(graph)), "node 'in', field 'shape': shape (50000, 50000) has "
                                             "more than 2^31 neurons"));
}

TEST(ImportRefuses, ABiasThatWouldFillTheMemory) {
  Graph graph;
  graph.nodes.emplace_back("in", input({1, 20000, 20000}));
  Node node = makeNode("Conv2d", {{"weight", numbers({1, 1, 1, 1}, 1)},
                                  {"bias", numbers({1.0})},
                                  {"stride", integer(1)},
                                  {"padding", integer(0)},
                                  {"dilation", integer(1)},
                                  {"groups", integer(1)}});
  graph.nodes.emplace_back("x", std::move(node));
  graph.nodes.emplace_back("out", output({1, 20000, 20000}));
  graph.edges = {{"in", "x"}, {"x", "out"}};
  EXPECT_TRUE(has(refusal(std::move(graph)),
                  "node 'x', field 'bias': unsupported: a bias over 400000000 neurons"));
}

TEST(ImportRefuses, TooLongADelayAndABadStep) {
  EXPECT_TRUE(has(refusal(around(makeNode("Delay", {{"delay", numbers({1e6})}}))),
                  "node 'x', field 'delay': 1000000 s is 10000000000 steps of 0.0001 s, limit is "
                  "16777216"));
  ImportOptions options;
  options.dt = 0;
  EXPECT_TRUE(has(refusal(around(neuron(2)), options), "expected 'dt' to be positive, got 0"));
  options.dt = 1;
  options.timeUnit = "mV";
  EXPECT_TRUE(has(refusal(around(neuron(2)), options), "expected a unit of time, got 'mV'"));
}

TEST(ImportRefuses, BadFilesWithOneError) {
  for (const auto &entry : fs::directory_iterator(here / "fixtures")) {
    std::string path = entry.path().string();
    if (entry.path().filename().string().rfind("bad_", 0) != 0)
      continue;
    Session session;
    EXPECT_FALSE(session.import(path)) << path;
    size_t first = session.messages.find("error: ");
    ASSERT_NE(first, std::string::npos) << path;
    EXPECT_EQ(session.messages.find("error: ", first + 1), std::string::npos) << session.messages;
    EXPECT_TRUE(has(session.messages, entry.path().filename().string()));
  }
}

// The table of docs/nir.md: what is refused, and in which words; everything else is imported.
TEST(ImportNIR, TheFormatsTestSuiteIsImportedButForSevenGraphs) {
  SKIP_WITHOUT_SHARED_DATA();
  const std::map<std::string, std::string> refused = {
      {"test_architectures.test_merge_and_split_single_output.11",
       "node 'junction', field 'bias': shape (2,) does not fit shape (3, 2)"},
      {"test_ir.test_conv2d_same.0",
       "node 'conv2d', field 'weight': expected 4 dimensions, got shape (1, 3, 3)"},
      {"test_ir.test_delay.0", "node 'd', field 'delay': expected not to be negative"},
      {"test_ir.test_nested.1", "node 'inner/delay', field 'delay': expected not to be negative"},
      {"test_readwrite.test_read_without_type_check.0",
       "node 'linear_1', field 'weight': expected an input of shape (1,), got shape (2,)"},
      {"test_readwrite.test_simple.0", "node 'a', field 'edges': the cycle 'a' to 'a' has"},
      {"test_readwrite.test_simple.3", "node 'a', field 'edges': the cycle 'a' to 'a' has"},
  };
  size_t imported = 0;
  for (const std::string &path : networksIn(sharedData / "testsuite_graphs")) {
    Session session;
    bool ok = static_cast<bool>(session.import(path));
    imported += ok;
    auto found = refused.find(fs::path(path).stem().string());
    EXPECT_EQ(ok, found == refused.end()) << session.messages;
    if (!ok && found != refused.end())
      EXPECT_TRUE(has(session.messages, found->second));
  }
  EXPECT_EQ(imported, 48u);
}

} // namespace
