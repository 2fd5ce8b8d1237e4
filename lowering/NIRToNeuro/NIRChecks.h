// Structural validation of NIR networks: what can be said without inferring shapes along the edges.
#pragma once

#include "lowering/NIRToNeuro/NIRGraph.h"
#include "runtime/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engram::nir {

/// What the format says of one type of node, in the order of its documentation.
struct NodeType {
  std::string_view name;
  std::vector<std::string_view> required;
  std::vector<std::string_view> optional;
};

/// All node types with fields (all but NIRGraph).
const std::vector<NodeType> &nodeTypes();
/// Null if the format has no such type.
const NodeType *findNodeType(std::string_view name);

struct Finding {
  bool isError = true; ///< Otherwise a warning.
  std::string message; ///< Names file, node and field.
};

/// Every finding, in the order of the file, subgraphs included.
///
/// Errors: no Input or Output; a node of unknown type; a field that is missing, unknown, of the
/// wrong kind, not finite, out of range, or of a shape that does not fit the node's other fields (a
/// scalar or a single element fits all); an edge that names no node, appears twice (the format's
/// own library refuses that as well), enters an Input, leaves an Output, or joins a subgraph of
/// which it cannot say which Input or Output is meant. Warnings: nodes that no edge touches; a
/// reset at or above the threshold.
std::vector<Finding> checkGraph(const Graph &graph, const std::string &file);

/// The first error of checkGraph, if any.
Expected<void> requireValid(const Graph &graph, const std::string &file);

/// A field as whole numbers: an integer array, or a float array that holds whole numbers, as the
/// format's own library writes for an empty shape. Empty if it is anything else.
std::optional<std::vector<std::int64_t>> wholeNumbers(const Field &field);

} // namespace engram::nir
