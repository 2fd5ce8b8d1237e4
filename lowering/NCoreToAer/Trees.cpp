// Multicast trees. The neighbour-exploring method is that of Navaridas, Luján, Plana, Temple and
// Furber, "SpiNNaker: Enhanced multicast routing", Parallel Computing 45, 2015.
#include "lowering/NCoreToAer/Trees.h"
#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

using namespace engram;
using namespace engram::aer;
using ncore::Router;
using ncore::Topology;

/// What link `link` adds to column and row.
static Router stepOf(const ncore::Target &target, int link) {
  static constexpr std::array<Router, 4> square{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
  static constexpr std::array<Router, 6> hexagon{
      {{1, 0}, {1, 1}, {0, 1}, {-1, 0}, {-1, -1}, {0, -1}}};
  return target.isHexagonal() ? hexagon[link] : square[link];
}

static std::string text(Router router) {
  return "(" + std::to_string(router.x) + ", " + std::to_string(router.y) + ")";
}

TreeBuilder::TreeBuilder(const ncore::Target &target, TreeMethod method, int radius)
    : target(target), method(method), nodeAt(target.gridSize(), -1), coresAt(target.gridSize()) {
  int links = target.numLinks();
  next.assign(target.gridSize() * links, -1);
  for (Router router : target.routers())
    for (int link = 0; link < links; ++link)
      if (std::optional<Router> other = target.neighbour(router, link))
        next[target.indexOf(router) * links + link] = target.indexOf(*other);
  int reachX = std::min(radius, target.gridX - 1), reachY = std::min(radius, target.gridY - 1);
  std::vector<std::pair<int, Router>> around;
  for (int y = -reachY; y <= reachY; ++y)
    for (int x = -reachX; x <= reachX; ++x) {
      int hops = target.isHexagonal() ? std::max({x, y, 0}) - std::min({x, y, 0})
                                      : std::abs(x) + std::abs(y);
      if (hops > 0 && hops <= radius)
        around.push_back({hops, {x, y}});
    }
  std::sort(around.begin(), around.end());
  for (auto &[hops, offset] : around)
    offsets.push_back(offset);
}

Router TreeBuilder::moved(Router router, int link) const {
  Router step = stepOf(target, link);
  Router result{router.x + step.x, router.y + step.y};
  if (target.wraps()) {
    result.x = (result.x + target.gridX) % target.gridX;
    result.y = (result.y + target.gridY) % target.gridY;
  }
  return result;
}

/// Differences that lead from `from` to `to` the shortest way; of ways around a torus that are as
/// short, the one without wrap, then the first.
static Router difference(const ncore::Target &target, Router from, Router to) {
  Router direct{to.x - from.x, to.y - from.y}, best = direct;
  if (!target.wraps())
    return best;
  auto hops = [&](Router d) {
    return target.isHexagonal() ? std::max({d.x, d.y, 0}) - std::min({d.x, d.y, 0})
                                : std::abs(d.x) + std::abs(d.y);
  };
  for (int y : {0, target.gridY, -target.gridY})
    for (int x : {0, target.gridX, -target.gridX})
      if (Router d{direct.x + x, direct.y + y}; hops(d) < hops(best))
        best = d;
  return best;
}

/// The links of a shortest path on a grid without faults, one dimension after another.
std::vector<int> TreeBuilder::idealPath(Router from, Router to) const {
  Router d = difference(target, from, to);
  struct Leg {
    int link, hops;
    size_t rank;
  };
  std::vector<Leg> legs;
  auto add = [&](int link, int hops) {
    legs.push_back(hops >= 0 ? Leg{link, hops, legs.size()}
                             : Leg{target.opposite(link), -hops, legs.size()});
  };
  if (target.isHexagonal()) {
    int diagonal = (d.x > 0) == (d.y > 0) ? (std::abs(d.x) < std::abs(d.y) ? d.x : d.y) : 0;
    add(0, d.x - diagonal);
    add(1, diagonal);
    add(2, d.y - diagonal);
    std::sort(legs.begin(), legs.end(), [](const Leg &a, const Leg &b) {
      return std::tie(b.hops, a.rank) < std::tie(a.hops, b.rank);
    });
  } else {
    add(0, d.x);
    add(1, d.y);
  }
  std::vector<int> path;
  for (const Leg &leg : legs)
    path.insert(path.end(), leg.hops, leg.link);
  return path;
}

/// The node of the tree from which the path to a router begins.
int TreeBuilder::nearestNode(Router router) const {
  if (method == TreeMethod::DimensionOrdered)
    return 0;
  for (Router offset : offsets) {
    Router at{router.x + offset.x, router.y + offset.y};
    if (target.wraps()) {
      at.x = (at.x + target.gridX) % target.gridX;
      at.y = (at.y + target.gridY) % target.gridY;
    } else if (!target.inGrid(at)) {
      continue;
    }
    if (int node = nodeAt[target.indexOf(at)]; node >= 0)
      return node;
  }
  return 0;
}

void TreeBuilder::extend(int node, const std::vector<int> &path) {
  for (int link : path) {
    tree[node].links.push_back(link);
    Router router = moved(tree[node].router, link);
    node = static_cast<int>(tree.size());
    nodeAt[target.indexOf(router)] = node;
    tree.push_back({router, target.opposite(link), {}, {}});
  }
}

/// Adds the ideal path, from the last router on it that is in the tree; false if it is blocked.
bool TreeBuilder::reachStraight(int start, Router destination) {
  std::vector<int> path = idealPath(tree[start].router, destination), rest;
  Router at = tree[start].router;
  bool open = true;
  for (int link : path) {
    open &= next[target.indexOf(at) * target.numLinks() + link] >= 0;
    at = moved(at, link);
    rest.push_back(link);
    if (int node = nodeAt[target.indexOf(at)]; node >= 0) {
      start = node;
      rest.clear();
      open = true;
    }
  }
  if (open)
    extend(start, rest);
  return open;
}

/// A search in breadth from the whole tree.
bool TreeBuilder::reachAround(Router destination) {
  int links = target.numLinks();
  int64_t goal = target.indexOf(destination);
  std::vector<int> arrival(target.gridSize(), -1);
  std::vector<int64_t> queue;
  for (const TreeNode &node : tree)
    queue.push_back(target.indexOf(node.router));
  for (size_t k = 0; k < queue.size() && arrival[goal] < 0; ++k)
    for (int link = 0; link < links; ++link) {
      int64_t other = next[queue[k] * links + link];
      if (other < 0 || nodeAt[other] >= 0 || arrival[other] >= 0)
        continue;
      arrival[other] = link;
      queue.push_back(other);
    }
  if (arrival[goal] < 0)
    return false;
  std::vector<int> path;
  int64_t at = goal;
  while (nodeAt[at] < 0) {
    path.push_back(arrival[at]);
    at = target.indexOf(moved(target.routerAt(at), target.opposite(arrival[at])));
  }
  std::reverse(path.begin(), path.end());
  extend(nodeAt[at], path);
  return true;
}

Expected<Tree> TreeBuilder::build(Router source,
                                  const std::vector<ncore::CorePlace> &destinations) {
  for (const TreeNode &node : tree)
    nodeAt[target.indexOf(node.router)] = -1;
  tree.clear();
  if (!target.isPresent(source))
    return fail("router " + text(source) + " is not there");
  for (const ncore::CorePlace &core : destinations)
    if (!target.isPresent(core.router()))
      return fail("router " + text(core.router()) + " is not there");
  std::vector<std::pair<int, Router>> order;
  for (const ncore::CorePlace &core : destinations) {
    std::vector<int> &list = coresAt[target.indexOf(core.router())];
    if (list.empty())
      order.push_back({target.distance(source, core.router()), core.router()});
    list.push_back(core.p);
  }
  std::sort(order.begin(), order.end());

  tree.push_back({source, -1, {}, {}});
  nodeAt[target.indexOf(source)] = 0;
  std::optional<Router> unreachable;
  for (auto &[distance, router] : order) {
    std::vector<int> list = std::move(coresAt[target.indexOf(router)]);
    coresAt[target.indexOf(router)].clear();
    if (!unreachable && nodeAt[target.indexOf(router)] < 0 &&
        !reachStraight(nearestNode(router), router) && !reachAround(router))
      unreachable = router;
    if (unreachable)
      continue;
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    tree[nodeAt[target.indexOf(router)]].cores = std::move(list);
  }
  if (unreachable)
    return fail("no links lead from router " + text(source) + " to router " + text(*unreachable));
  for (TreeNode &node : tree)
    std::sort(node.links.begin(), node.links.end());
  return tree;
}
