// A NIR network in memory, just as its file holds it: nodes with named fields, edges, metadata.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace engram::nir {

enum class DType { Bool, I64, F32, F64 };

/// A dense array in row-major order. Integers of every width are held as int64, half floats as
/// float; otherwise the element type is that of the file.
struct Array {
  using Data = std::variant<std::vector<std::uint8_t>, std::vector<std::int64_t>,
                            std::vector<float>, std::vector<double>>;

  std::vector<std::int64_t> shape; ///< Empty: a scalar.
  Data data;                       ///< The alternatives are in the order of DType.

  DType dtype() const { return static_cast<DType>(data.index()); }
  std::size_t size() const;
  /// Every element as a double; int64 beyond 2^53 rounds.
  std::vector<double> toDoubles() const;
};

/// An array of strings. No field of a node is one, but metadata may be.
struct StringArray {
  std::vector<std::int64_t> shape;
  std::vector<std::string> values;
};

using Field = std::variant<Array, std::string, StringArray>;

/// Free-form annotations, kept whole so that reading and writing loses nothing.
struct Metadata {
  std::map<std::string, Field> fields;
  std::vector<std::pair<std::string, Metadata>> groups;

  bool empty() const { return fields.empty() && groups.empty(); }
};

struct Graph;

struct Node {
  std::string type;
  std::map<std::string, Field> fields; ///< All but `type`. Empty for a subgraph.
  Metadata metadata;                   ///< Empty for a subgraph: see Graph::metadata.
  std::unique_ptr<Graph> graph;        ///< Set exactly if type is "NIRGraph".

  const Field *field(std::string_view name) const;
  /// Null if the field is absent or is not an array.
  const Array *array(std::string_view name) const;
};

struct Graph {
  /// In the order of the file: by creation where it is tracked, else by name ("10" before "2").
  std::vector<std::pair<std::string, Node>> nodes;
  std::vector<std::pair<std::string, std::string>> edges;
  Metadata metadata;
  std::string version; ///< Of the library that wrote the file; empty if absent and in subgraphs.

  const Node *find(std::string_view name) const;
};

/// Equality is of bits: NaN equals itself and 0 differs from -0, so that a round trip can be
/// judged.
bool operator==(const Array &a, const Array &b);
bool operator==(const StringArray &a, const StringArray &b);
bool operator==(const Metadata &a, const Metadata &b);
bool operator==(const Node &a, const Node &b);
bool operator==(const Graph &a, const Graph &b);
inline bool operator!=(const Array &a, const Array &b) { return !(a == b); }
inline bool operator!=(const StringArray &a, const StringArray &b) { return !(a == b); }
inline bool operator!=(const Metadata &a, const Metadata &b) { return !(a == b); }
inline bool operator!=(const Node &a, const Node &b) { return !(a == b); }
inline bool operator!=(const Graph &a, const Graph &b) { return !(a == b); }

/// A name from a file in single quotes, fit for a message: bytes that a terminal would act on are
/// escaped, and long names are cut.
std::string quoted(std::string_view name);

bool isUTF8(std::string_view text);

/// "(2, 3)", as Python writes a shape.
std::string shapeText(const std::vector<std::int64_t> &shape);

} // namespace engram::nir
