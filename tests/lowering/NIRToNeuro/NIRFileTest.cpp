// Reading and writing NIR files: every storage form, every refusal, and files of others.
#include "tests/lowering/NIRToNeuro/NIRTestSupport.h"

#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <set>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/stat.h>

namespace engram::nir::test {
namespace {

/// Throws, which ends and fails the test, if the file is not read.
Graph mustRead(const std::string &path) {
  auto graph = readFile(path);
  if (!graph)
    throw std::runtime_error(graph.error().message);
  return std::move(*graph);
}

std::string whyNot(const std::string &path) {
  auto graph = readFile(path);
  return graph ? "(was read)" : graph.error().message;
}

template <typename T>
std::vector<T> valuesOf(const Graph &graph, const char *node, const char *field) {
  const Node *found = graph.find(node);
  const Array *array = found ? found->array(field) : nullptr;
  if (!array || !std::holds_alternative<std::vector<T>>(array->data)) {
    ADD_FAILURE() << node << '.' << field << " has another type or is absent";
    return {};
  }
  return std::get<std::vector<T>>(array->data);
}

std::vector<std::string> namesOf(const Graph &graph) {
  std::vector<std::string> names;
  for (const auto &[name, node] : graph.nodes)
    names.push_back(name);
  return names;
}

// The values in these three tests are those that make_fixtures.py put in.

TEST(NIRFile, ReadsTheContiguousFormOfOldFiles) {
  Graph graph = mustRead(fixture("contiguous"));
  EXPECT_EQ(graph.version, "0.2.0");
  EXPECT_EQ(namesOf(graph), (std::vector<std::string>{"in", "lif", "lin", "out"}));
  using Edges = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(graph.edges, (Edges{{"in", "lin"}, {"lin", "lif"}, {"lif", "out"}}));
  ASSERT_TRUE(graph.find("lin"));
  EXPECT_EQ(graph.find("lin")->type, "Affine");
  EXPECT_EQ(graph.find("lin")->array("weight")->shape, (std::vector<std::int64_t>{2, 2}));
  EXPECT_EQ(valuesOf<float>(graph, "lin", "weight"), (std::vector<float>{1, -2, 0.5, 4}));
  EXPECT_EQ(valuesOf<double>(graph, "lif", "tau"), (std::vector<double>{0.01, 0.02}));
  EXPECT_EQ(graph.find("lif")->field("v_reset"), nullptr);
  EXPECT_EQ(valuesOf<std::int64_t>(graph, "in", "shape"), (std::vector<std::int64_t>{2}));
}

TEST(NIRFile, ReadsChunksFiltersMetadataAndSubgraphs) {
  Graph graph = mustRead(fixture("chunked"));
  EXPECT_EQ(namesOf(graph), (std::vector<std::string>{"10", "2", "sub.net", "ünï"}));
  EXPECT_EQ(valuesOf<double>(graph, "10", "scale"), (std::vector<double>{0, 0.25, 0.5}));
  const Metadata &metadata = graph.find("10")->metadata;
  EXPECT_EQ(std::get<std::string>(metadata.fields.at("some")), "thing");
  EXPECT_EQ(std::get<StringArray>(metadata.fields.at("names")).values,
            (std::vector<std::string>{"a", "", "bc"}));
  const Array &flags = std::get<Array>(metadata.fields.at("flags"));
  EXPECT_EQ(flags.dtype(), DType::Bool);
  EXPECT_EQ(flags.toDoubles(), (std::vector<double>{1, 0}));
  ASSERT_EQ(metadata.groups.size(), 1u);
  const Metadata &still = metadata.groups[0].second.groups.at(0).second;
  EXPECT_EQ(std::get<std::string>(still.fields.at("x")), "y");
  const Node *sub = graph.find("sub.net");
  ASSERT_TRUE(sub->graph);
  EXPECT_EQ(std::get<std::string>(sub->graph->metadata.fields.at("who")), "sub");
  EXPECT_EQ(sub->graph->edges.size(), 4u);
  EXPECT_TRUE(sub->graph->find("lif")->array("tau_syn")->shape.empty());
  EXPECT_EQ(valuesOf<float>(*sub->graph, "lif", "w_in"), (std::vector<float>{1.5}));
}

TEST(NIRFile, ReadsBigEndianNarrowScalarAndFixedStringFields) {
  Graph graph = mustRead(fixture("odd"));
  EXPECT_EQ(graph.version, "1.0");
  EXPECT_EQ(namesOf(graph), (std::vector<std::string>{"z", "conv", "flat", "a"}))
      << "tracked creation order is the order of the file";
  EXPECT_EQ(valuesOf<std::int64_t>(graph, "z", "shape"), (std::vector<std::int64_t>{2, 4, 5}));
  EXPECT_EQ(valuesOf<double>(graph, "conv", "weight"),
            (std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  EXPECT_EQ(valuesOf<float>(graph, "conv", "bias"), (std::vector<float>{0.5, -0.25}));
  EXPECT_EQ(valuesOf<std::int64_t>(graph, "conv", "groups"), (std::vector<std::int64_t>{1}));
  EXPECT_EQ(std::get<std::string>(*graph.find("conv")->field("padding")), "same");
  EXPECT_EQ(valuesOf<std::int64_t>(graph, "flat", "end_dim"), (std::vector<std::int64_t>{-1}));
  EXPECT_EQ(valuesOf<double>(graph, "a", "shape"), (std::vector<double>{40}));
}

TEST(NIRFile, ReadsAGraphWithoutEdges) {
  Graph graph = mustRead(fixture("no_edges"));
  EXPECT_TRUE(graph.edges.empty());
  EXPECT_EQ(graph.nodes.size(), 2u);
  EXPECT_EQ(graph.version, "");
}

TEST(NIRFile, SaysWhatIsWrongAndWhere) {
  const std::pair<const char *, const char *> cases[] = {
      {"external_link", "node 'lif': 'v_reset' is an external link, which a network may not hold"},
      {"soft_link", "node 'lif': 'v_reset' is a soft link, which a network may not hold"},
      {"cycle", "node 'sub': group 'nodes' holds itself"},
      {"metadata_cycle", "node 'lif': group 'b' holds itself"},
      {"reference", "node 'lif', field 'v_reset': expected numbers or strings, got elements of "
                    "reference type"},
      {"compound", "node 'lif', field 'v_reset': expected numbers or strings, got elements of "
                   "compound type"},
      {"no_value", "node 'lif', field 'v_reset': holds no value"},
      {"claims_10_gb", "node 'lif', field 'v_reset': claims 10000000000 bytes of data, of which 0 "
                       "are stored"},
      {"claims_chunks", "node 'lif', field 'v_reset': claims 10000000000 bytes of data, of which 0 "
                        "are stored"},
      {"many_small_claims",
       "node 'lif', field 'x1': the data are larger than a file of this size can explain"},
      {"lzf", "node 'lif', field 'v_reset': stored with filter 32000 ('lzf'), only gzip, shuffle "
              "and fletcher32 are supported"},
      {"external_storage", "node 'lif', field 'v_reset': its data lie in another file"},
      {"virtual", "node 'lif', field 'v_reset': its data lie in another file"},
      {"group_field", "node 'lif', field 'v_reset': expected a number array, got a group"},
      {"not_utf8", "node 'lif', field 'note': '\\xff\\xfe' is not UTF-8"},
      {"no_type", "node 'lif': has no field 'type'"},
      {"number_type", "node 'lif', field 'type': expected a string, got a number array"},
      {"edges_shape", "field 'edges': expected pairs of names, got shape (1, 3)"},
      {"uint64", "node 'lif', field 'v_reset': 9223372036854775808 does not fit into a signed "
                 "64-bit number"},
      {"stray_group_member", "node 'stray': expected a group, got a dataset"},
      {"doubling", "node 'lif': more names than a file of this size can hold"},
      {"long_string_often", "node 'lif', metadata 'names': cannot be read: the file is corrupt or "
                            "its strings are too long"},
      {"root_node", "field 'type': expected 'NIRGraph', got 'LIF'"},
      {"no_node", "not a NIR file (it has no group 'node')"},
      {"recorded_data", "holds recorded data (NIRGraphData), not a network"},
      {"zip", "not an HDF5 file (it begins like a zip archive)"},
      {"text", "not an HDF5 file"},
      {"empty", "the file is empty"},
      {"cut", "cannot be opened as HDF5: the file is corrupt or cut short"},
  };
  for (auto [name, message] : cases) {
    std::string path = fixture(std::string("bad_") + name);
    EXPECT_EQ(whyNot(path), "'" + path + "': " + message) << name;
  }
  std::string nested;
  for (int i = 0; i < 33; ++i)
    nested += i ? "/s" : "s";
  EXPECT_EQ(whyNot(fixture("bad_deep")), "'" + fixture("bad_deep") + "': node '" + nested +
                                             "': graphs are nested more than 32 deep");
}

TEST(NIRFile, EveryBadFixtureIsRefusedOrLeftToTheChecks) {
  std::set<std::string> left = {"bad_string_tau.nir"};
  int count = 0;
  for (const auto &entry : fs::directory_iterator(here / "fixtures")) {
    std::string name = entry.path().filename().string();
    if (name.rfind("bad_", 0) != 0)
      continue;
    ++count;
    EXPECT_EQ(readFile(entry.path().string()).has_value(), left.count(name) == 1) << name;
  }
  EXPECT_GT(count, 25);
}

TEST(NIRFile, RefusesWhatIsNoFile) {
  TemporaryFolder folder;
  EXPECT_EQ(whyNot(folder / "absent.nir"),
            "'" + folder / "absent.nir" + "': No such file or directory");
  EXPECT_EQ(whyNot(folder.path.string()), "'" + folder.path.string() + "': not a regular file");
  std::string pipe = folder / "pipe.nir";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(whyNot(pipe), "'" + pipe + "': not a regular file");
}

TEST(NIRFile, ReadsTheSameWithoutIsolationAndFromMemory) {
  for (const char *name : {"contiguous", "chunked", "odd", "no_edges"}) {
    Graph graph = mustRead(fixture(name));
    auto direct = readFile(fixture(name), {/*isolate=*/false});
    ASSERT_TRUE(direct) << name;
    EXPECT_TRUE(*direct == graph) << name;
    std::vector<char> bytes = bytesOf(fixture(name));
    auto image = readImage(bytes.data(), bytes.size(), "memory.nir");
    ASSERT_TRUE(image) << image.error().message;
    EXPECT_TRUE(*image == graph) << name;
  }
}

/// A graph with every kind of content, in an order that is not that of the names.
Graph everything() {
  Graph graph = around(makeNode("Affine", {{"weight", numbers({2, 2}, 0.5)},
                                           {"bias", numbers({-0.0, std::nan("")})}}),
                       "b.1");
  graph.version = formatVersion;
  graph.nodes[1].second.fields["empty"] = numbers(std::vector<double>{});
  graph.nodes[1].second.fields["scalar"] = integer(std::numeric_limits<std::int64_t>::min());
  graph.nodes[1].second.fields["mode"] = std::string("same, grüezi");
  graph.nodes[1].second.fields["narrow"] = Array{{2, 1}, std::vector<float>{1e-45f, 3.4e38f}};
  graph.nodes[1].second.metadata.fields["flags"] = Array{{2}, std::vector<std::uint8_t>{1, 0}};
  graph.nodes[1].second.metadata.groups.emplace_back("deep", Metadata());
  graph.nodes[1].second.metadata.groups[0].second.fields["names"] =
      StringArray{{2, 2}, {"a", "", "c", "d"}};
  graph.metadata.fields["note"] = std::string("");
  Node sub = makeNode("NIRGraph", {});
  sub.graph = std::make_unique<Graph>(around(makeNode("I", {{"r", numbers({3}, 1)}})));
  sub.graph->metadata.fields["k"] = integers({1, 2, 3});
  graph.nodes.emplace(graph.nodes.begin(), "zz", std::move(sub));
  Node lonely = makeNode("NIRGraph", {});
  lonely.graph = std::make_unique<Graph>();
  graph.nodes.emplace_back("a", std::move(lonely));
  return graph;
}

TEST(NIRFile, WhatIsWrittenIsReadBackEqual) {
  TemporaryFolder folder;
  for (bool compress : {false, true}) {
    Graph graph = everything();
    auto written = writeFile(graph, folder / "x.nir", {compress});
    ASSERT_TRUE(written) << written.error().message;
    EXPECT_TRUE(mustRead(folder / "x.nir") == graph) << "compress " << compress;
  }
}

TEST(NIRFile, LargeCompressibleArraysSurviveCompression) {
  TemporaryFolder folder;
  Graph graph = around(makeNode("Linear", {{"weight", numbers({4000, 2500}, 0)}}));
  auto written = writeFile(graph, folder / "x.nir", {/*compress=*/true});
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_LT(fs::file_size(folder / "x.nir"), 200'000u) << "80 MB of zeros";
  EXPECT_TRUE(mustRead(folder / "x.nir") == graph);
}

TEST(NIRFile, EqualityIsOfBits) {
  Graph graph = everything(), other = everything();
  EXPECT_TRUE(graph == other) << "NaN equals itself";
  std::get<std::vector<double>>(std::get<Array>(other.nodes[2].second.fields["bias"]).data)[0] = 0;
  EXPECT_TRUE(graph != other) << "0 is not -0";
}

TEST(NIRFile, AFailedWriteLeavesTheOldFileAndNoOther) {
  TemporaryFolder folder;
  Graph good = mustRead(fixture("contiguous"));
  ASSERT_TRUE(writeFile(good, folder / "x.nir"));
  auto refuse = [&](const char *message, auto change) {
    Graph graph = around(makeNode("I", {{"r", numbers({1, 2})}}));
    change(graph);
    auto written = writeFile(graph, folder / "x.nir");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().message, "'" + folder / "x.nir" + "': " + message);
    EXPECT_TRUE(mustRead(folder / "x.nir") == good);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()), 1);
  };
  refuse("node 'a/b': 'a/b' cannot be a name in the file",
         [](Graph &g) { g.nodes[1].first = "a/b"; });
  refuse("node '': '' cannot be a name in the file", [](Graph &g) { g.nodes[1].first = ""; });
  refuse("node 'in': two nodes have this name", [](Graph &g) { g.nodes[1].first = "in"; });
  refuse("node 'x', field 'r': shape (3,) does not describe 2 elements",
         [](Graph &g) { std::get<Array>(g.nodes[1].second.fields["r"]).shape = {3}; });
  refuse("node 'x', field 'r': shape (-1,) is out of range",
         [](Graph &g) { std::get<Array>(g.nodes[1].second.fields["r"]).shape = {-1}; });
  refuse("node 'x': type 'NIRGraph' and a subgraph go together",
         [](Graph &g) { g.nodes[1].second.type = "NIRGraph"; });
  refuse("node 'x', field 'type': this name is taken by the format",
         [](Graph &g) { g.nodes[1].second.fields["type"] = std::string("y"); });
  refuse("field 'edges': 'a\\x00b' is not text",
         [](Graph &g) { g.edges[0].first = std::string("a\0b", 3); });
}

TEST(NIRFile, AFullDiskLeavesNothing) {
  TemporaryFolder folder;
  Graph graph = around(makeNode("Linear", {{"weight", numbers({1000, 1000}, 1)}}));
  rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 1 << 20;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  auto written = writeFile(graph, folder / "x.nir");
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message,
            "'" + folder / "x.nir" +
                "': node 'x', field 'weight': cannot be written (is the disk "
                "full?)");
  EXPECT_TRUE(fs::is_empty(folder.path));
}

// Against h5py ---------------------------------------------------------------------------------

std::string hexOf(const void *data, std::size_t size) {
  std::string text;
  text.reserve(2 * size);
  for (std::size_t i = 0; i < size; ++i) {
    constexpr const char *digits = "0123456789abcdef";
    unsigned char byte = static_cast<const unsigned char *>(data)[i];
    text += {digits[byte >> 4], digits[byte & 15]};
  }
  return text;
}

void addField(std::vector<std::string> &lines, const std::string &place, const std::string &name,
              const Field &field) {
  if (auto *text = std::get_if<std::string>(&field)) {
    lines.push_back(fmt::format("S {} {} {}", place, name, *text));
  } else if (auto *array = std::get_if<Array>(&field)) {
    const char *types[] = {"bool", "i64", "f32", "f64"};
    std::visit(
        [&](const auto &values) {
          lines.push_back(fmt::format("F {} {} {} [{}] {}", place, name,
                                      types[static_cast<int>(array->dtype())],
                                      fmt::join(array->shape, ", "),
                                      hexOf(values.data(), values.size() * sizeof(values[0]))));
        },
        array->data);
  } else {
    const auto &texts = std::get<StringArray>(field);
    lines.push_back(fmt::format("T {} {} [{}] {}", place, name, fmt::join(texts.shape, ", "),
                                fmt::join(texts.values, "|")));
  }
}

void addMetadata(std::vector<std::string> &lines, const std::string &place,
                 const Metadata &metadata) {
  for (const auto &[name, field] : metadata.fields)
    addField(lines, place, name, field);
  for (const auto &[name, group] : metadata.groups)
    addMetadata(lines, place + "/" + name, group);
}

void addGraph(std::vector<std::string> &lines, const std::string &place, const Graph &graph) {
  lines.push_back(fmt::format("N {} NIRGraph", place));
  addMetadata(lines, place + "@", graph.metadata);
  for (const auto &[source, target] : graph.edges)
    lines.push_back(fmt::format("E {} {} -> {}", place, source, target));
  for (const auto &[name, node] : graph.nodes) {
    std::string inner = place + "/" + name;
    if (node.graph) {
      addGraph(lines, inner, *node.graph);
      continue;
    }
    lines.push_back(fmt::format("N {} {}", inner, node.type));
    addMetadata(lines, inner + "@", node.metadata);
    for (const auto &[field, value] : node.fields)
      addField(lines, inner, field, value);
  }
}

std::vector<std::string> linesOf(const Graph &graph) {
  std::vector<std::string> lines = {"V " + graph.version};
  addGraph(lines, "", graph);
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// The lines that dump_nir.py prints, file by file.
std::map<std::string, std::vector<std::string>> dump(const std::string &python,
                                                     const std::vector<std::string> &paths) {
  std::string command = python + " '" + (here / "dump_nir.py").string() + "'";
  for (const std::string &path : paths)
    command += " '" + path + "'";
  std::map<std::string, std::vector<std::string>> dumps;
  std::FILE *stream = ::popen(command.c_str(), "r");
  char *line = nullptr;
  std::size_t capacity = 0;
  std::string current;
  for (ssize_t length; stream && (length = ::getline(&line, &capacity, stream)) > 0;) {
    std::string text(line, static_cast<std::size_t>(length) - 1);
    if (text.rfind("@ ", 0) == 0)
      current = text.substr(2);
    else
      dumps[current].push_back(text);
  }
  std::free(line);
  EXPECT_EQ(stream ? ::pclose(stream) : -1, 0);
  return dumps;
}

void compareWithH5py(const std::vector<std::string> &paths) {
  std::string python = pythonWith("h5py");
  if (python.empty())
    GTEST_SKIP() << "no Python with h5py (set ENGRAM_PYTHON)";
  auto dumps = dump(python, paths);
  for (const std::string &path : paths) {
    std::vector<std::string> ours = linesOf(mustRead(path)), theirs = dumps[path];
    ASSERT_EQ(ours.size(), theirs.size()) << path;
    for (std::size_t i = 0; i < ours.size(); ++i)
      ASSERT_EQ(ours[i], theirs[i]) << path;
  }
}

TEST(NIRFile, FixturesReadAsH5pyReadsThem) { compareWithH5py(networksIn(here / "fixtures")); }

TEST(NIRFile, FilesOfOthersReadAsH5pyReadsThem) {
  std::vector<std::string> paths = networksIn(sharedData);
  if (paths.empty())
    GTEST_SKIP() << "no files in " << sharedData;
  EXPECT_GE(paths.size(), 63u);
  compareWithH5py(paths);
}

TEST(NIRFile, FilesOfOthersSurviveARoundTrip) {
  std::vector<std::string> paths = networksIn(sharedData);
  if (paths.empty())
    GTEST_SKIP() << "no files in " << sharedData;
  TemporaryFolder folder;
  for (const std::string &path : paths)
    for (bool compress : {false, true}) {
      Graph graph = mustRead(path);
      auto written = writeFile(graph, folder / "x.nir", {compress});
      ASSERT_TRUE(written) << written.error().message;
      EXPECT_TRUE(mustRead(folder / "x.nir") == graph) << path;
    }
}

TEST(NIRFile, TheFormatsOwnLibraryReadsWhatIsWritten) {
  std::string python = pythonWith("nir");
  if (python.empty())
    GTEST_SKIP() << "no Python with the package nir (set ENGRAM_PYTHON)";
  std::vector<std::string> paths = networksIn(sharedData);
  // The library wants equal shapes in a neuron, and so refuses the scalars in the other fixtures.
  paths.push_back(fixture("contiguous"));
  paths.push_back(fixture("no_edges"));
  TemporaryFolder folder;
  std::string command = python + " '" + (here / "check_with_nir.py").string() + "'";
  for (std::size_t i = 0; i < paths.size(); ++i) {
    std::string copy = folder / fmt::format("{}.nir", i);
    ASSERT_TRUE(writeFile(mustRead(paths[i]), copy, {i % 2 == 0}));
    command += " '" + paths[i] + "' '" + copy + "'";
  }
  EXPECT_EQ(std::system(command.c_str()), 0);
}

/// What today's library adds to an old file: a reset of zeros, and its version.
void modernise(Graph &graph) {
  graph.version.clear();
  for (auto &[name, node] : graph.nodes) {
    if (node.graph)
      modernise(*node.graph);
    const Array *threshold = node.array("v_threshold");
    if (threshold && !node.field("v_reset")) {
      Array reset = *threshold;
      std::visit([](auto &values) { std::fill(values.begin(), values.end(), 0); }, reset.data);
      node.fields["v_reset"] = reset;
    }
  }
}

TEST(NIRFile, OldAndRewrittenFilesHoldTheSame) {
  std::vector<std::string> rewritten = networksIn(sharedData / "rewritten_1.0.8");
  if (rewritten.empty())
    GTEST_SKIP() << "no files in " << sharedData / "rewritten_1.0.8";
  int compared = 0;
  for (const std::string &path : networksIn(sharedData)) {
    if (path.find("rewritten") != std::string::npos)
      continue;
    fs::path other = sharedData / "rewritten_1.0.8" / fs::path(path).filename();
    if (!fs::exists(other))
      continue;
    Graph old = mustRead(path), now = mustRead(other.string());
    EXPECT_TRUE(old != now) << "the version differs";
    modernise(old);
    modernise(now);
    EXPECT_TRUE(old == now) << path;
    ++compared;
  }
  EXPECT_EQ(compared, static_cast<int>(rewritten.size()));
}

} // namespace
} // namespace engram::nir::test
