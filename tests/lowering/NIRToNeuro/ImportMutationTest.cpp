// Networks that were damaged in memory: import and export give a module, a graph or diagnostics,
// and never crash. Run by './dev soak' under the sanitizers.
#include "tests/lowering/NIRToNeuro/ImportTestSupport.h"

#include <limits>
#include <random>

using namespace engram;
using namespace engram::nir;
using namespace engram::nir::test;

namespace {

class Mutator {
public:
  explicit Mutator(unsigned seed) : random(seed) {}

  void mutate(Graph &graph) {
    for (unsigned k = 0, count = 1 + below(3); k < count; ++k)
      mutateOnce(graph);
  }

private:
  size_t below(size_t limit) { return std::uniform_int_distribution<size_t>(0, limit - 1)(random); }

  void mutateOnce(Graph &graph) {
    if (graph.nodes.empty())
      return;
    auto &[name, node] = graph.nodes[below(graph.nodes.size())];
    switch (below(8)) {
    case 0: // another edge
      graph.edges.emplace_back(name, graph.nodes[below(graph.nodes.size())].first);
      break;
    case 1: // an edge less
      if (!graph.edges.empty())
        graph.edges.erase(graph.edges.begin() + below(graph.edges.size()));
      break;
    case 2: // another type
      if (!node.graph)
        node.type = std::string(nodeTypes()[below(nodeTypes().size())].name);
      break;
    case 3: // another name, perhaps a taken one
      name = below(2) ? graph.nodes[below(graph.nodes.size())].first : "a/b.in\"\n";
      break;
    default:
      if (node.graph)
        mutateOnce(*node.graph);
      else if (!node.fields.empty())
        mutateField(std::next(node.fields.begin(), below(node.fields.size()))->second);
    }
  }

  void mutateField(Field &field) {
    static const double values[] = {0, -1, 1, 2, 3, 0.5, -0.0, 1e30, 1e-30, 4294967296.0, 5e8};
    auto *array = std::get_if<Array>(&field);
    switch (below(5)) {
    case 0:
      field = std::string(below(2) ? "same" : "x");
      break;
    case 1:
      field = numbers({}, values[below(std::size(values))]);
      break;
    case 2:
      if (array && !array->shape.empty())
        std::swap(array->shape.front(), array->shape.back());
      break;
    case 3:
      field = integer(static_cast<std::int64_t>(below(5)) - 1);
      break;
    default:
      if (array && array->size())
        std::visit(
            [&](auto &data) {
              using T = std::decay_t<decltype(data[0])>;
              double value = values[below(std::size(values))];
              bool fits = std::is_floating_point_v<T> || (value >= -1 && value <= 5e8);
              data[below(data.size())] =
                  fits ? static_cast<T>(value) : std::numeric_limits<T>::max();
            },
            array->data);
    }
  }

  std::mt19937 random;
};

TEST(ImportMutation, DamagedNetworksGiveDiagnostics) {
  int imported = 0, refused = 0;
  for (const char *name : {"recurrent", "nested", "convolution"}) {
    std::string path = (here / "Inputs" / (std::string(name) + ".nir")).string();
    for (unsigned seed = 0; seed < 400; ++seed) {
      Graph graph = *readFile(path, {/*isolate=*/false});
      Mutator(seed).mutate(graph);
      Session session;
      ImportOptions options;
      options.convention = conventions()[seed % conventions().size()].name.str();
      auto module = session.import(std::move(graph), options);
      if (!module) {
        ++refused;
        EXPECT_NE(session.messages.find("error: "), std::string::npos) << name << seed;
        EXPECT_NE(session.messages.find("net.nir"), std::string::npos) << session.messages;
        continue;
      }
      ++imported;
      EXPECT_TRUE(succeeded(exportNIR(networkIn(*module)))) << name << seed << session.messages;
    }
  }
  EXPECT_GT(imported, 100);
  EXPECT_GT(refused, 100);
}

} // namespace
