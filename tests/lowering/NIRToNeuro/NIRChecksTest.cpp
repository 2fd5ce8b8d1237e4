// Structural validation: each rule is broken once, and sound networks give no finding.
#include "lowering/NIRToNeuro/NIRChecks.h"
#include "tests/lowering/NIRToNeuro/NIRTestSupport.h"

#include <cmath>
#include <limits>

namespace engram::nir::test {
namespace {

std::vector<std::string> messages(const Graph &graph, bool errors = true) {
  std::vector<std::string> result;
  for (const Finding &finding : checkGraph(graph, "x.nir"))
    if (finding.isError == errors)
      result.push_back(finding.message);
  return result;
}

using Messages = std::vector<std::string>;

Node conv2d() {
  return makeNode("Conv2d", {{"weight", numbers({4, 3, 5, 3}, 1)},
                             {"bias", numbers({4}, 0)},
                             {"stride", integers({1, 2})},
                             {"padding", integer(1)},
                             {"dilation", integers({1, 1})},
                             {"groups", integer(2)},
                             {"input_shape", integers({8, 9})}});
}

Node lif() {
  return makeNode("LIF", {{"tau", numbers({2}, 1)},
                          {"r", numbers({2}, 1)},
                          {"v_leak", numbers({2}, 0)},
                          {"v_threshold", numbers({2}, 1)}});
}

Node pool() {
  return makeNode("SumPool2d", {{"kernel_size", integers({2, 3})},
                                {"stride", integers({2, 2})},
                                {"padding", integers({0, 1})}});
}

Node flatten() {
  return makeNode(
      "Flatten",
      {{"start_dim", integer(0)}, {"end_dim", integer(-1)}, {"input_type", integers({2, 3, 4})}});
}

Node affine() {
  return makeNode("Affine", {{"weight", numbers({3, 2}, 1)}, {"bias", numbers({3}, 1)}});
}

/// The one error after a field of a sound node was replaced.
void expectAfter(Node node, const char *field, std::optional<Field> value, const char *message) {
  Graph graph = around(std::move(node));
  auto &fields = graph.nodes[1].second.fields;
  if (value)
    fields[field] = *value;
  else
    fields.erase(field);
  std::string place = std::string("'x.nir': node 'x', field '") + field + "': ";
  EXPECT_EQ(messages(graph), Messages{place + message});
}

TEST(NIRChecks, SoundNodesGiveNoFinding) {
  for (Node (*make)() : {conv2d, lif, pool, flatten, affine}) {
    Graph graph = around(make());
    EXPECT_TRUE(checkGraph(graph, "x.nir").empty()) << checkGraph(graph, "x.nir")[0].message;
    EXPECT_TRUE(requireValid(graph, "x.nir"));
  }
}

TEST(NIRChecks, ScalarsAndSinglesFitEveryShape) {
  Node node = lif();
  node.fields["r"] = integer(1);
  node.fields["tau"] = numbers({1, 1}, 5);
  EXPECT_EQ(messages(around(std::move(node))), Messages{});
}

TEST(NIRChecks, ABiasWithLeadingOnesFits) {
  Node node = affine();
  node.fields["bias"] = numbers({1, 3}, 0);
  EXPECT_EQ(messages(around(std::move(node))), Messages{});
}

TEST(NIRChecks, EveryTypeOfTheFormatNamesItsMissingFields) {
  for (const NodeType &type : nodeTypes()) {
    Graph graph = around(makeNode(std::string(type.name), {}));
    if (type.name == "Input" || type.name == "Output")
      graph.edges.clear();
    Messages expected;
    for (std::string_view field : type.required)
      expected.push_back("'x.nir': node 'x', field '" + std::string(field) + "': a node of type '" +
                         std::string(type.name) + "' needs this field");
    EXPECT_EQ(messages(graph), expected);
  }
}

TEST(NIRChecks, UnknownTypesAndFieldsAreErrors) {
  EXPECT_EQ(messages(around(makeNode("Softmax", {}))),
            Messages{"'x.nir': node 'x': unknown type 'Softmax'"});
  expectAfter(lif(), "refractory", integer(3), "a node of type 'LIF' has no such field");
}

TEST(NIRChecks, NeuronParametersAreInRange) {
  expectAfter(lif(), "tau", numbers({1.0, 0.0}), "expected to be positive, got 0 at element 1");
  expectAfter(lif(), "tau", numbers({-2.0, 1.0}), "expected to be positive, got -2 at element 0");
  expectAfter(lif(), "r", numbers({3}, 1), "shape (3,) does not fit shape (2,) of field 'tau'");
  expectAfter(lif(), "v_leak", numbers({2, 1}, 1),
              "shape (2, 1) does not fit shape (2,) of field 'tau'");
  expectAfter(lif(), "v_reset", numbers(std::vector<double>{}), "holds no values");
  expectAfter(lif(), "v_threshold", std::nullopt, "a node of type 'LIF' needs this field");
  expectAfter(lif(), "tau", std::string("slow"), "expected numbers, got the string 'slow'");
  expectAfter(lif(), "tau", StringArray{{1}, {"a"}}, "expected numbers, got an array of strings");
}

TEST(NIRChecks, NumbersAreFinite) {
  expectAfter(affine(), "weight", numbers({3, 2}, std::nan("")),
              "expected finite numbers, got nan at element 0");
  expectAfter(affine(), "bias", numbers({0.0, -std::numeric_limits<double>::infinity(), 0.0}),
              "expected finite numbers, got -inf at element 1");
}

TEST(NIRChecks, AResetAboveTheThresholdIsAWarning) {
  Graph graph = around(lif());
  graph.nodes[1].second.fields["v_reset"] = numbers({0.0, 1.5});
  EXPECT_EQ(messages(graph), Messages{});
  EXPECT_EQ(messages(graph, false),
            Messages{"'x.nir': node 'x', field 'v_reset': resets to 1.5, above the threshold 1, at "
                     "element 1"});
}

TEST(NIRChecks, LinearShapesFit) {
  expectAfter(affine(), "weight", numbers({6}, 1),
              "expected at least 2 dimensions, got shape (6,)");
  expectAfter(affine(), "weight", numbers({0, 2}, 1), "holds no values, its shape is (0, 2)");
  expectAfter(affine(), "bias", numbers({2}, 1),
              "shape (2,) does not fit shape (3, 2) of field 'weight'");
}

TEST(NIRChecks, ConvolutionsAreWellFormed) {
  expectAfter(conv2d(), "weight", numbers({4, 3, 5}, 1),
              "expected 4 dimensions, got shape (4, 3, 5)");
  expectAfter(conv2d(), "stride", integers({1, 0}), "expected at least 1, got 0");
  expectAfter(conv2d(), "stride", integers({1, 1, 1}),
              "expected one or two whole numbers, got an array of shape (3,)");
  expectAfter(conv2d(), "dilation", integer(-1), "expected at least 1, got -1");
  expectAfter(conv2d(), "dilation", numbers({1.5, 1.0}),
              "expected one or two whole numbers, got an array of shape (2,)");
  expectAfter(conv2d(), "padding", integers({0, -1}), "expected at least 0, got -1");
  expectAfter(conv2d(), "padding", std::string("full"),
              "expected 'same', 'valid' or numbers, got 'full'");
  expectAfter(conv2d(), "padding", std::string("same"), "'same' needs a stride of 1");
  expectAfter(conv2d(), "groups", integer(0), "expected at least 1, got 0");
  expectAfter(conv2d(), "groups", integer(3), "4 output channels cannot be split into 3 groups");
  expectAfter(conv2d(), "bias", numbers({3}, 1),
              "expected one for each of 4 output channels, got shape (3,)");
  expectAfter(conv2d(), "input_shape", integers({3, 8, 9}),
              "expected height and width without channels, got shape (3, 8, 9)");
  expectAfter(conv2d(), "input_shape", integers({2, 9}),
              "2 is too small for the kernel, which needs 3");
}

TEST(NIRChecks, TheLargestDilationAndKernelDoNotOverflow) {
  Node node = conv2d();
  node.fields["dilation"] = integer(std::numeric_limits<std::int32_t>::max());
  EXPECT_EQ(messages(around(std::move(node))),
            Messages{"'x.nir': node 'x', field 'input_shape': 8 is too small for the kernel, which "
                     "needs 8589934587"}); // 4 (2^31 - 1) + 1 - 2
}

TEST(NIRChecks, PoolsAndFlattenAreWellFormed) {
  expectAfter(pool(), "kernel_size", integers({0, 1}), "expected at least 1, got 0");
  expectAfter(pool(), "padding", integers({2, 0}), "expected less than the kernel's 2, got 2");
  expectAfter(pool(), "padding", std::string("same"), "expected numbers, got the string 'same'");
  expectAfter(flatten(), "start_dim", integer(3), "3 is no dimension of shape (2, 3, 4)");
  expectAfter(flatten(), "end_dim", integer(-4), "-4 is no dimension of shape (2, 3, 4)");
  expectAfter(flatten(), "start_dim", std::string("x"), "expected numbers, got the string 'x'");
}

TEST(NIRChecks, FlattenDimensionsAreInOrder) {
  Node node = flatten();
  node.fields["start_dim"] = integer(2);
  node.fields["end_dim"] = integer(-2);
  EXPECT_EQ(messages(around(std::move(node))),
            Messages{"'x.nir': node 'x', field 'start_dim': dimension 2 comes after end_dim 1"});
}

TEST(NIRChecks, DelaysAreNotNegative) {
  EXPECT_EQ(messages(around(makeNode("Delay", {{"delay", numbers({0.0, -1.0})}}))),
            Messages{"'x.nir': node 'x', field 'delay': expected not to be negative, got -1 at "
                     "element 1"});
}

TEST(NIRChecks, ShapesAreSane) {
  auto after = [](Field shape) {
    Graph graph = around(lif());
    graph.nodes[0].second.fields["shape"] = std::move(shape);
    Messages found = messages(graph);
    return found.size() == 1 ? found[0] : std::to_string(found.size()) + " findings";
  };
  std::string place = "'x.nir': node 'in', field 'shape': ";
  EXPECT_EQ(after(integers({2, -1})), place + "expected positive dimensions, got -1");
  EXPECT_EQ(after(integers({0})), place + "expected positive dimensions, got 0");
  EXPECT_EQ(after(integers({std::int64_t(1) << 62, 4})),
            place + "shape (4611686018427387904, 4) is absurdly large");
  EXPECT_EQ(after(numbers({1.5})),
            place + "expected a list of whole numbers, got an array of shape (1,)");
  EXPECT_EQ(after(numbers({2, 2}, 1)),
            place + "expected a list of whole numbers, got an array of shape (2, 2)");
  EXPECT_EQ(after(numbers(std::vector<double>{})), "0 findings") << "a scalar's shape";
}

TEST(NIRChecks, EdgesJoinNodesOnce) {
  Graph graph = around(lif());
  graph.edges.emplace_back("x", "nowhere");
  graph.edges.emplace_back("in", "x");
  graph.edges.emplace_back("x", "in");
  graph.edges.emplace_back("out", "x");
  std::string place = "'x.nir': field 'edges': edge ";
  EXPECT_EQ(messages(graph),
            (Messages{place + "'x' to 'nowhere': no node has the name 'nowhere'",
                      place + "'in' to 'x' appears twice", place + "'x' to 'in' enters an Input",
                      place + "'out' to 'x' leaves an Output"}));
}

TEST(NIRChecks, InputAndOutputAreNeededInSubgraphsToo) {
  Graph graph = around(lif());
  Node sub = makeNode("NIRGraph", {});
  sub.graph = std::make_unique<Graph>();
  sub.graph->nodes.emplace_back("l", lif());
  graph.nodes.emplace_back("sub", std::move(sub));
  EXPECT_EQ(messages(graph),
            (Messages{"'x.nir': node 'sub': the graph has no node of type 'Input'",
                      "'x.nir': node 'sub': the graph has no node of type 'Output'"}));
  EXPECT_EQ(messages(graph, false),
            (Messages{"'x.nir': node 'sub/l': no edge touches it, so it does nothing: remove it or "
                      "connect it",
                      "'x.nir': node 'sub': no edge touches it, so it does nothing: remove it or "
                      "connect it"}));
  auto required = requireValid(graph, "x.nir");
  ASSERT_FALSE(required);
  EXPECT_EQ(required.error().message, messages(graph)[0]);
}

TEST(NIRChecks, AnEdgeMustSayWhichInputOfASubgraphItEnters) {
  Node sub = makeNode("NIRGraph", {});
  sub.graph = std::make_unique<Graph>(around(lif()));
  sub.graph->nodes.emplace_back("in2", makeNode("Input", {{"shape", integers({2})}}));
  sub.graph->edges.emplace_back("in2", "x");
  EXPECT_EQ(
      messages(around(std::move(sub), "s")),
      Messages{"'x.nir': field 'edges': edge 'in' to 's' enters a subgraph with 2 Inputs, and "
               "the format cannot say which"});
}

TEST(NIRChecks, NamesAreEscapedInMessages) {
  EXPECT_EQ(messages(around(makeNode("\x1b[2J'", {}))),
            Messages{"'x.nir': node 'x': unknown type '\\x1b[2J\\x27'"});
}

TEST(NIRChecks, FixturesAreSound) {
  for (const std::string &path : networksIn(here / "fixtures")) {
    auto graph = readFile(path);
    ASSERT_TRUE(graph);
    EXPECT_EQ(messages(*graph), Messages{}) << path;
  }
  auto graph = readFile(fixture("bad_string_tau"));
  ASSERT_TRUE(graph);
  EXPECT_EQ(messages(*graph),
            Messages{"'x.nir': node 'lif', field 'tau': expected numbers, got the string 'slow'"});
}

TEST(NIRChecks, OfTheFormatsOwnTestsFourAreNotNetworks) {
  std::vector<std::string> paths = networksIn(sharedData);
  if (paths.empty())
    GTEST_SKIP() << "no files in " << sharedData;
  // Random delays and shapes that the library does not check; see the messages.
  const std::map<std::string, std::string> unsound = {
      {"test_architectures.test_merge_and_split_single_output.11.nir",
       "node 'junction', field 'bias'"},
      {"test_ir.test_conv2d_same.0.nir", "node 'conv2d', field 'weight'"},
      {"test_ir.test_delay.0.nir", "node 'd', field 'delay'"},
      {"test_ir.test_nested.1.nir", "node 'inner/delay', field 'delay'"}};
  for (const std::string &path : paths) {
    auto graph = readFile(path);
    ASSERT_TRUE(graph) << path;
    auto valid = requireValid(*graph, path);
    auto known = unsound.find(fs::path(path).filename().string());
    EXPECT_EQ(valid.has_value(), known == unsound.end()) << path;
    if (!valid && known != unsound.end())
      EXPECT_NE(valid.error().message.find(known->second), std::string::npos)
          << valid.error().message;
  }
}

} // namespace
} // namespace engram::nir::test
