// Flattening of nested NIR graphs.
#include "lowering/NIRToNeuro/FlatGraph.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace engram::nir {
namespace {

/// More edges than any network of nodes written by a person or a framework has.
constexpr std::size_t mostEdges = 4'000'000;

class Flattener {
public:
  explicit Flattener(const std::string &file) : file(file) {}

  Expected<FlatGraph> run(const Graph &graph) {
    add(graph, "");
    for (std::size_t v = 0; v < nodes.size(); ++v)
      if (nodes[v].vanishes)
        if (auto done = eliminate(static_cast<int>(v)); !done)
          return tl::unexpected(done.error());
    FlatGraph flat;
    std::vector<int> number(nodes.size(), -1);
    for (std::size_t v = 0; v < nodes.size(); ++v)
      if (!nodes[v].vanishes) {
        number[v] = static_cast<int>(flat.nodes.size());
        flat.nodes.push_back({nodes[v].path, nodes[v].node, {}, {}});
      }
    for (std::size_t v = 0; v < nodes.size(); ++v)
      for (int target : nodes[v].targets)
        if (number[v] >= 0 && number[target] >= 0) {
          flat.nodes[number[v]].targets.push_back(number[target]);
          flat.nodes[number[target]].sources.push_back(number[v]);
        }
    for (FlatNode &node : flat.nodes) {
      std::sort(node.sources.begin(), node.sources.end());
      std::sort(node.targets.begin(), node.targets.end());
    }
    return flat;
  }

private:
  struct Item {
    std::string path;
    const Node *node;
    bool vanishes;
    std::vector<int> sources, targets;
  };
  /// Where edges to and from a name lead: the same item, but for a subgraph its ends.
  struct Ends {
    int enter = -1, leave = -1;
  };

  Ends add(const Graph &graph, const std::string &prefix) {
    std::map<std::string, Ends> ends;
    Ends own;
    for (const auto &[name, node] : graph.nodes) {
      std::string path = prefix + name;
      if (node.graph) {
        ends[name] = add(*node.graph, path + "/");
        continue;
      }
      bool inner = !prefix.empty();
      bool vanishes = inner && (node.type == "Input" || node.type == "Output");
      int index = static_cast<int>(nodes.size());
      nodes.push_back({path, &node, vanishes, {}, {}});
      ends[name] = {index, index};
      // Which of several is meant is an error of its own where an edge needs to know.
      if (node.type == "Input" && own.enter < 0)
        own.enter = index;
      if (node.type == "Output" && own.leave < 0)
        own.leave = index;
    }
    for (const auto &[source, target] : graph.edges) {
      int from = ends[source].leave, to = ends[target].enter;
      if (from < 0 || to < 0)
        continue;
      nodes[from].targets.push_back(to);
      nodes[to].sources.push_back(from);
      ++edges;
    }
    return own;
  }

  Expected<void> eliminate(int v) {
    Item &item = nodes[v];
    edges += item.sources.size() * item.targets.size();
    if (edges > mostEdges)
      return fail(fmt::format("{}: node {}: its subgraph joins {} sources to {} targets, which "
                              "makes more than {} edges",
                              quoted(file), quoted(item.path), item.sources.size(),
                              item.targets.size(), mostEdges));
    for (int source : item.sources) {
      auto &targets = nodes[source].targets;
      targets.erase(std::find(targets.begin(), targets.end(), v));
      targets.insert(targets.end(), item.targets.begin(), item.targets.end());
    }
    for (int target : item.targets) {
      auto &sources = nodes[target].sources;
      sources.erase(std::find(sources.begin(), sources.end(), v));
      sources.insert(sources.end(), item.sources.begin(), item.sources.end());
    }
    item.sources.clear();
    item.targets.clear();
    return {};
  }

  const std::string &file;
  std::vector<Item> nodes;
  std::size_t edges = 0;
};

} // namespace

Expected<FlatGraph> flatten(const Graph &graph, const std::string &file) {
  return Flattener(file).run(graph);
}

bool isLinear(const Node &node) {
  static const char *const types[] = {"Affine", "Linear",    "Scale",     "Conv1d", "Conv2d",
                                      "Delay",  "SumPool2d", "AvgPool2d", "Flatten"};
  return std::find(std::begin(types), std::end(types), node.type) != std::end(types);
}

} // namespace engram::nir
