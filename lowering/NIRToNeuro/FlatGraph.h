// A NIR network without nesting: what the importer walks over and the exporter compares with.
#pragma once

#include "lowering/NIRToNeuro/NIRGraph.h"
#include "runtime/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace engram::nir {

struct FlatNode {
  std::string path; ///< "outer/inner"; the name itself for a node of the outermost graph.
  const Node *node = nullptr;
  std::vector<int> sources, targets; ///< In the order of the nodes; a pair may be joined twice.
};

struct FlatGraph {
  std::vector<FlatNode> nodes; ///< In the order of the file, those of a subgraph in its place.
};

/// Removes the subgraphs: their Inputs and Outputs vanish, and what reached one reaches all that
/// it fed. The graph must have passed requireValid; it is referred to, not copied. Fails, naming
/// the file, where that would make too many edges.
Expected<FlatGraph> flatten(const Graph &graph, const std::string &file);

using Shape = std::vector<std::int64_t>;

/// What goes into a node and what comes out of it.
struct NodeShapes {
  Shape input, output;
};

/// Shapes of all nodes, by their parameters and along the edges, forward and back. The error names
/// file, node and field where shapes do not fit, where one cannot be known, or where a node has
/// more neurons than a network may have (2^31).
Expected<std::vector<NodeShapes>> inferShapes(const FlatGraph &graph, const std::string &file);

/// Number of elements; requires that the product fits.
std::int64_t elements(const Shape &shape);

/// True if values of one shape may be read as the other: as many elements, and the same dimensions
/// if there are as many.
bool fits(const Shape &from, const Shape &to);

/// True for nodes without state or threshold: y is linear (or affine) in x.
bool isLinear(const Node &node);

/// Window parameters of a convolution or a pool, spread over the spatial dimensions.
struct Window {
  Shape kernel, stride, dilation, low, high; ///< low, high: zeros before and after.
  std::int64_t groups = 1;
};
/// Requires a node that passed the checks. Padding "same" puts the odd zero last, as PyTorch does.
Window windowOf(const Node &node);

} // namespace engram::nir
