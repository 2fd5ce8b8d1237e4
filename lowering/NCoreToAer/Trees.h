// Multicast trees from one router to many cores.
#pragma once

#include "dialects/NCore/IR/Target.h"
#include "runtime/Error.h"
#include <vector>

namespace engram::aer {

enum class TreeMethod {
  DimensionOrdered,   ///< each path from the source: X then Y; hexagonal: longest dimension first
  NeighbourExploring, ///< each path from the nearest router that is in the tree already
};

/// A router on a tree.
struct TreeNode {
  ncore::Router router;
  int arrival = -1;       ///< its own link on which packets come in; -1 at the source
  std::vector<int> links; ///< on which packets leave, ascending
  std::vector<int> cores; ///< that get a copy, ascending
};

/// The source first, parents before children, each router at most once.
using Tree = std::vector<TreeNode>;

/// Number of links that a packet crosses.
inline int64_t hopsOf(const Tree &tree) { return static_cast<int64_t>(tree.size()) - 1; }

/// Builds trees on one target. The result depends on the arguments alone.
class TreeBuilder {
public:
  /// `radius`: how far from a destination the neighbour-exploring method looks for the tree; 20 is
  /// what its authors found to be enough for 65,536 routers.
  TreeBuilder(const ncore::Target &target, TreeMethod method, int radius = 20);

  /// Where the straight path is blocked by an absent router or a dead link, a shortest path around
  /// it from anywhere in the tree. An error where there is none.
  Expected<Tree> build(ncore::Router source, const std::vector<ncore::CorePlace> &destinations);

private:
  const ncore::Target &target;
  TreeMethod method;
  std::vector<int64_t> next;             ///< [router * links + link], -1 where nothing is
  std::vector<ncore::Router> offsets;    ///< around a router, nearest first
  std::vector<int> nodeAt;               ///< of a router in the tree being built, or -1
  std::vector<std::vector<int>> coresAt; ///< of a router, that the tree has to reach
  Tree tree;

  std::vector<int> idealPath(ncore::Router from, ncore::Router to) const;
  ncore::Router moved(ncore::Router router, int link) const;
  int nearestNode(ncore::Router router) const;
  void extend(int node, const std::vector<int> &path);
  bool reachStraight(int start, ncore::Router destination);
  bool reachAround(ncore::Router destination);
};

} // namespace engram::aer
