// Plans the projections of an import. Depth-first searches keep their own stack, as a chain of
// nodes may be long.
#include "lowering/NIRToNeuro/Hops.h"
#include "lowering/NIRToNeuro/NIRAttributes.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace engram::nir {

bool hasBias(const Node &node) {
  const Array *bias = node.array("bias");
  if (!bias)
    return false;
  std::optional<double> value = uniformValue(*bias);
  return !value || *value != 0 || std::signbit(*value);
}

namespace {

/// Depth-first search over `next`; calls `onBack(v, k)` for each edge (the k-th of v) into a node
/// that is still open. Returns the stack at the first back edge if `onBack` returns false.
template <typename Next, typename OnBack>
std::vector<int> search(int count, const std::vector<int> &roots, Next next, OnBack onBack) {
  enum : char { Unseen, Open, Done };
  std::vector<char> state(count, Unseen);
  std::vector<std::pair<int, size_t>> stack;
  for (int root : roots) {
    if (state[root] != Unseen)
      continue;
    state[root] = Open;
    stack.push_back({root, 0});
    while (!stack.empty()) {
      auto &[v, k] = stack.back();
      int to = next(v, k);
      if (to == -1) {
        state[v] = Done;
        stack.pop_back();
        continue;
      }
      size_t edge = k++;
      if (to == -2) // not an edge of this search
        continue;
      if (state[to] == Open && !onBack(v, edge)) {
        std::vector<int> cycle;
        for (size_t i = stack.size(); i-- > 0 && (cycle.empty() || cycle.back() != to);)
          cycle.push_back(stack[i].first);
        std::reverse(cycle.begin(), cycle.end());
        return cycle;
      }
      if (state[to] == Unseen) {
        state[to] = Open;
        stack.push_back({to, 0});
      }
    }
  }
  return {};
}

class Planner {
public:
  Planner(const FlatGraph &graph, const std::vector<NodeShapes> &shapes, ExtraDelay extra,
          const std::vector<int64_t> &leastDelay)
      : graph(graph), shapes(shapes), extra(extra), leastDelay(leastDelay),
        entry(graph.nodes.size(), -1), exit(graph.nodes.size(), -1) {}

  Plan run() {
    makePlaces();
    makeHops();
    addConventionDelays();
    closeCycles();
    keepBiasesPunctual();
    return std::move(plan);
  }

private:
  const Node &node(int v) const { return *graph.nodes[v].node; }
  bool linear(int v) const { return isLinear(node(v)); }

  bool needsEntry(int v) const {
    const auto &sources = graph.nodes[v].sources;
    if (node(v).type == "Output")
      // Else it is a probe of its source.
      return sources.size() != 1 || linear(sources[0]) || extra != ExtraDelay::None;
    if (!linear(v))
      return false;
    bool shaped = shapes[v].input.size() > 1;
    return sources.size() != 1 || linear(sources[0]) ||
           (shaped && shapes[sources[0]].output != shapes[v].input);
  }

  int addPlace(Place::Kind kind, int v) {
    plan.places.push_back({kind, v});
    return static_cast<int>(plan.places.size()) - 1;
  }

  void makePlaces() {
    int n = static_cast<int>(graph.nodes.size());
    plan.placeOf.assign(n, -1);
    for (int v = 0; v < n; ++v) {
      if (needsEntry(v))
        entry[v] = addPlace(Place::Entry, v);
      if (node(v).type == "Output")
        plan.placeOf[v] = entry[v];
      else if (!linear(v))
        plan.placeOf[v] = addPlace(Place::Node, v);
      if (linear(v) && graph.nodes[v].targets.empty())
        exit[v] = addPlace(Place::Exit, v);
    }
    // The place that a linear node reads from.
    for (int v = 0; v < n; ++v)
      if (linear(v))
        plan.placeOf[v] = entry[v] >= 0 ? entry[v] : plan.placeOf[graph.nodes[v].sources[0]];
  }

  void makeHops() {
    for (int v = 0; v < static_cast<int>(graph.nodes.size()); ++v) {
      if (node(v).type == "Output")
        continue;
      int via = linear(v) ? v : -1;
      for (int target : graph.nodes[v].targets) {
        bool enters = linear(target) || node(target).type == "Output";
        int to = enters ? entry[target] : plan.placeOf[target];
        if (to >= 0)
          plan.hops.push_back({plan.placeOf[v], to, via});
      }
      if (exit[v] >= 0)
        plan.hops.push_back({plan.placeOf[v], exit[v], via});
    }
  }

  void addConventionDelays() {
    for (Hop &hop : plan.hops) {
      const Place &from = plan.places[hop.from];
      const std::string &type = node(from.node).type;
      bool spikes =
          from.kind == Place::Node && type.size() > 1 && type.substr(type.size() - 2) == "IF";
      bool input = from.kind == Place::Node && type == "Input";
      bool weighted = hop.via >= 0 && node(hop.via).array("weight");
      bool late = (extra == ExtraDelay::Weights && weighted) ||
                  (extra == ExtraDelay::Sources && (spikes || input)) ||
                  (extra == ExtraDelay::Neurons && spikes);
      hop.added = late ? 1 : 0;
    }
  }

  void closeCycles() {
    int count = static_cast<int>(plan.places.size());
    std::vector<std::vector<int>> leaving(count);
    for (int h = 0; h < static_cast<int>(plan.hops.size()); ++h)
      leaving[plan.hops[h].from].push_back(h);
    for (auto &hops : leaving)
      std::sort(hops.begin(), hops.end(), [&](int a, int b) {
        return std::pair(plan.places[plan.hops[a].to].node, a) <
               std::pair(plan.places[plan.hops[b].to].node, b);
      });
    std::vector<int> roots;
    for (bool inputs : {true, false})
      for (int p = 0; p < count; ++p)
        if ((node(plan.places[p].node).type == "Input") == inputs)
          roots.push_back(p);
    auto next = [&](int p, size_t k) {
      if (k >= leaving[p].size())
        return -1;
      const Hop &hop = plan.hops[leaving[p][k]];
      bool delayed = hop.added > 0 || (hop.via >= 0 && leastDelay[hop.via] > 0);
      return delayed ? -2 : hop.to;
    };
    search(count, roots, next, [&](int p, size_t k) {
      plan.hops[leaving[p][k]].added = 1;
      return true;
    });
  }

  void keepBiasesPunctual() {
    std::vector<int> late(graph.nodes.size(), -1);
    std::vector<Hop> hops;
    for (const Hop &hop : plan.hops) {
      if (hop.added == 0 || hop.via < 0 || !hasBias(node(hop.via))) {
        hops.push_back(hop);
        continue;
      }
      int &place = late[hop.via];
      if (place < 0) {
        place = addPlace(Place::Late, hop.via);
        hops.push_back({hop.from, place, -1, hop.added});
      }
      hops.push_back({place, hop.to, hop.via, 0});
    }
    plan.hops = std::move(hops);
  }

  const FlatGraph &graph;
  const std::vector<NodeShapes> &shapes;
  ExtraDelay extra;
  const std::vector<int64_t> &leastDelay;
  Plan plan;
  std::vector<int> entry, exit;
};

} // namespace

Expected<Plan> planHops(const FlatGraph &graph, const std::vector<NodeShapes> &shapes,
                        ExtraDelay extra, const std::vector<int64_t> &leastDelay,
                        const std::string &file) {
  int n = static_cast<int>(graph.nodes.size());
  std::vector<int> roots;
  auto instant = [&](int v) { return isLinear(*graph.nodes[v].node) && leastDelay[v] == 0; };
  for (int v = 0; v < n; ++v)
    if (instant(v))
      roots.push_back(v);
  auto next = [&](int v, size_t k) {
    const auto &targets = graph.nodes[v].targets;
    return k >= targets.size() ? -1 : instant(targets[k]) ? targets[k] : -2;
  };
  std::vector<int> cycle = search(n, roots, next, [](int, size_t) { return false; });
  if (!cycle.empty()) {
    std::string names;
    for (size_t i = 0; i < std::min<size_t>(cycle.size(), 8); ++i)
      names += quoted(graph.nodes[cycle[i]].path) + " to ";
    if (cycle.size() > 8)
      names += "... to ";
    return fail(fmt::format("{}: node {}, field 'edges': the cycle {}{} has neither a neuron nor a "
                            "delay",
                            quoted(file), quoted(graph.nodes[cycle[0]].path), names,
                            quoted(graph.nodes[cycle[0]].path)));
  }
  return Planner(graph, shapes, extra, leastDelay).run();
}

} // namespace engram::nir
