// Look-up, comparison and printing of NIR networks in memory.
#include "lowering/NIRToNeuro/NIRGraph.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace engram::nir {

std::size_t Array::size() const {
  return std::visit([](const auto &values) { return values.size(); }, data);
}

std::vector<double> Array::toDoubles() const {
  return std::visit(
      [](const auto &values) { return std::vector<double>(values.begin(), values.end()); }, data);
}

const Field *Node::field(std::string_view name) const {
  auto found = fields.find(std::string(name));
  return found == fields.end() ? nullptr : &found->second;
}

const Array *Node::array(std::string_view name) const {
  const Field *found = field(name);
  return found ? std::get_if<Array>(found) : nullptr;
}

const Node *Graph::find(std::string_view name) const {
  auto found = std::find_if(nodes.begin(), nodes.end(),
                            [&](const auto &entry) { return entry.first == name; });
  return found == nodes.end() ? nullptr : &found->second;
}

bool operator==(const Array &a, const Array &b) {
  if (a.shape != b.shape || a.data.index() != b.data.index() || a.size() != b.size())
    return false;
  return std::visit(
      [&](const auto &values) {
        const auto &others = std::get<std::decay_t<decltype(values)>>(b.data);
        return values.empty() ||
               std::memcmp(values.data(), others.data(), values.size() * sizeof(values[0])) == 0;
      },
      a.data);
}

bool operator==(const StringArray &a, const StringArray &b) {
  return a.shape == b.shape && a.values == b.values;
}

bool operator==(const Metadata &a, const Metadata &b) {
  return a.fields == b.fields && a.groups == b.groups;
}

bool operator==(const Node &a, const Node &b) {
  if (a.type != b.type || a.fields != b.fields || a.metadata != b.metadata || !a.graph != !b.graph)
    return false;
  return !a.graph || *a.graph == *b.graph;
}

bool operator==(const Graph &a, const Graph &b) {
  return a.version == b.version && a.nodes == b.nodes && a.edges == b.edges &&
         a.metadata == b.metadata;
}

bool isUTF8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    unsigned char lead = text[i];
    std::size_t length = lead < 0x80   ? 1
                         : lead < 0xc2 ? 0
                         : lead < 0xe0 ? 2
                         : lead < 0xf0 ? 3
                         : lead < 0xf5 ? 4
                                       : 0;
    if (length == 0 || i + length > text.size())
      return false;
    std::uint32_t code = length == 1 ? lead : lead & (0x7fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      unsigned char next = text[i + k];
      if ((next & 0xc0) != 0x80)
        return false;
      code = code << 6 | (next & 0x3f);
    }
    bool tooLong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (tooLong || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
      return false;
    i += length;
  }
  return true;
}

std::string quoted(std::string_view name) {
  std::size_t length = std::min<std::size_t>(name.size(), 120);
  while (length < name.size() && length > 0 && (name[length] & 0xc0) == 0x80)
    --length;
  bool escapeAll = !isUTF8(name);
  std::string text = "'";
  for (unsigned char byte : name.substr(0, length)) {
    if (byte < 0x20 || byte == 0x7f || byte == '\'' || byte == '\\' || (escapeAll && byte >= 0x80))
      text += fmt::format("\\x{:02x}", byte);
    else
      text += static_cast<char>(byte);
  }
  return text + (name.size() > length ? "…'" : "'");
}

std::string shapeText(const std::vector<std::int64_t> &shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

} // namespace engram::nir
