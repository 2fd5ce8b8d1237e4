// Reads a NIR file with HDF5 in this process: groups become nodes, datasets become fields.
#include "lowering/NIRToNeuro/NIRFileImpl.h"

#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <new>
#include <stdexcept>

namespace engram::nir {
namespace {

using Error = engram::Error;

/// A link of a group, with what it leads to.
struct Entry {
  std::string name;
  H5O_type_t type;
  haddr_t address;
};

enum class Element { Integer, Unsigned64, Half, Float, Double, Bool, FixedString, Text };

struct ElementType {
  Element element;
  std::size_t size = 0;
  H5T_str_t padding = H5T_STR_ERROR;
  H5T_cset_t charset = H5T_CSET_ERROR;
};

/// Names of the element types that are refused, for messages.
const char *className(H5T_class_t type) {
  switch (type) {
  case H5T_TIME:
    return "time";
  case H5T_BITFIELD:
    return "bit field";
  case H5T_OPAQUE:
    return "opaque";
  case H5T_COMPOUND:
    return "compound";
  case H5T_REFERENCE:
    return "reference";
  case H5T_ENUM:
    return "enumeration";
  case H5T_VLEN:
    return "variable-length array";
  case H5T_ARRAY:
    return "array";
  case H5T_INTEGER:
    return "unusual integer";
  case H5T_FLOAT:
    return "unusual floating-point";
  default:
    return "unknown";
  }
}

/// IEEE 754 binary16, which the library has no constant for.
bool isHalf(hid_t type) {
  std::size_t sign, exponent, exponentBits, mantissa, mantissaBits;
  return H5Tget_size(type) == 2 && H5Tget_precision(type) == 16 &&
         H5Tget_fields(type, &sign, &exponent, &exponentBits, &mantissa, &mantissaBits) >= 0 &&
         sign == 15 && exponent == 10 && exponentBits == 5 && mantissa == 0 && mantissaBits == 10 &&
         H5Tget_ebias(type) == 15 && H5Tget_norm(type) == H5T_NORM_IMPLIED;
}

/// Only the plain machine types: the library's conversions of others are where its bugs are.
bool classify(hid_t type, ElementType &result) {
  std::size_t size = H5Tget_size(type);
  result.size = size;
  switch (H5Tget_class(type)) {
  case H5T_INTEGER: {
    H5T_order_t order = H5Tget_order(type);
    if ((size != 1 && size != 2 && size != 4 && size != 8) || H5Tget_precision(type) != size * 8 ||
        H5Tget_offset(type) != 0 || (order != H5T_ORDER_LE && order != H5T_ORDER_BE))
      return false;
    bool wide = size == 8 && H5Tget_sign(type) == H5T_SGN_NONE;
    result.element = wide ? Element::Unsigned64 : Element::Integer;
    return true;
  }
  case H5T_FLOAT:
    if (H5Tequal(type, H5T_IEEE_F32LE) > 0 || H5Tequal(type, H5T_IEEE_F32BE) > 0)
      result.element = Element::Float;
    else if (H5Tequal(type, H5T_IEEE_F64LE) > 0 || H5Tequal(type, H5T_IEEE_F64BE) > 0)
      result.element = Element::Double;
    else if (isHalf(type))
      result.element = Element::Half;
    else
      return false;
    return true;
  case H5T_ENUM: {
    // h5py writes a bool as an enumeration of one byte with the members FALSE and TRUE.
    std::int8_t no = -1, yes = -1;
    if (size != 1 || H5Tget_nmembers(type) != 2 || H5Tenum_valueof(type, "FALSE", &no) < 0 ||
        H5Tenum_valueof(type, "TRUE", &yes) < 0 || no != 0 || yes != 1)
      return false;
    result.element = Element::Bool;
    return true;
  }
  case H5T_STRING:
    result.element = H5Tis_variable_str(type) > 0 ? Element::Text : Element::FixedString;
    result.padding = H5Tget_strpad(type);
    result.charset = H5Tget_cset(type);
    return size > 0 && result.charset >= 0;
  default:
    return false;
  }
}

std::string describe(const Field &field) {
  if (std::holds_alternative<std::string>(field))
    return "a string";
  return std::holds_alternative<Array>(field) ? "a number array" : "an array of strings";
}

/// Memory for variable-length strings, with an upper bound: one stored string can be named by many
/// elements. The library does not free what it got when a later element fails, so this does.
class TextArena {
public:
  explicit TextArena(std::uint64_t &remaining) : remaining(remaining) {}
  ~TextArena() {
    for (void *block : blocks)
      std::free(block);
  }
  static void *allocate(std::size_t size, void *self) {
    auto &arena = *static_cast<TextArena *>(self);
    if (size > arena.remaining)
      return nullptr;
    void *block = std::malloc(size ? size : 1);
    if (!block)
      return nullptr;
    arena.remaining -= size;
    arena.blocks.push_back(block);
    return block;
  }
  static void release(void *, void *) {}

private:
  std::uint64_t &remaining;
  std::vector<void *> blocks;
};

class Reader {
public:
  explicit Reader(const Source &source)
      : file(source.name), fileSize(source.size), bytesLeft(Limits{source.size}.totalBytes()),
        linksLeft(Limits{source.size}.totalLinks()) {}

  Expected<Graph> readRoot(hid_t root);

private:
  Expected<Graph> readGraph(hid_t group, const std::vector<Entry> &entries, const std::string &path,
                            int depth);
  Expected<Node> readNode(hid_t parent, const Entry &entry, const std::string &path, int depth);
  Expected<Metadata> readMetadata(hid_t parent, const Entry &entry, const std::string &place,
                                  int depth);
  Expected<void> readEdges(hid_t group, const Entry &entry, const std::string &place, Graph &graph);
  Expected<std::string> readString(hid_t group, const Entry &entry, const std::string &place);
  Expected<Field> readDataset(hid_t group, const std::string &name, const std::string &place);
  Expected<void> checkStorage(hid_t dataset, const std::string &place);
  Expected<std::vector<std::int64_t>> readShape(hid_t dataset, std::size_t elementSize,
                                                std::uint64_t &count, const std::string &place);
  Expected<std::vector<std::string>> readTexts(hid_t dataset, hid_t type, const ElementType &kind,
                                               std::uint64_t count, const std::string &place);
  Expected<Array::Data> readNumbers(hid_t dataset, hid_t type, const ElementType &kind,
                                    std::uint64_t count, const std::string &place);
  Expected<std::vector<Entry>> listEntries(hid_t group, const std::string &place);

  /// `place` is empty or names the node: "node 'a'" or "node 'a', field 'b'".
  tl::unexpected<Error> failAt(const std::string &place, const std::string &what) const {
    return fail(fmt::format("{}: {}{}{}", quoted(file), place, place.empty() ? "" : ": ", what));
  }
  static std::string inField(const std::string &place, const std::string &name) {
    return fmt::format("{}{}field {}", place, place.empty() ? "" : ", ", quoted(name));
  }

  std::string file;
  std::uint64_t fileSize;
  std::uint64_t bytesLeft;
  std::uint64_t linksLeft;
  std::vector<haddr_t> openGroups; ///< From the root to here; meeting one again is a cycle.
};

const Entry *findEntry(const std::vector<Entry> &entries, std::string_view name) {
  for (const Entry &entry : entries)
    if (entry.name == name)
      return &entry;
  return nullptr;
}

struct LinkScan {
  std::vector<std::pair<std::string, H5L_type_t>> links;
  std::uint64_t *remaining;
};

herr_t visitLink(hid_t, const char *name, const H5L_info_t *info, void *data) {
  auto &scan = *static_cast<LinkScan *>(data);
  if (*scan.remaining == 0)
    return 1;
  --*scan.remaining;
  scan.links.emplace_back(name, info->type);
  return 0;
}

Expected<std::vector<Entry>> Reader::listEntries(hid_t group, const std::string &place) {
  Handle plist(H5Gget_create_plist(group));
  unsigned order = 0;
  bool tracked =
      plist && H5Pget_link_creation_order(plist, &order) >= 0 && (order & H5P_CRT_ORDER_TRACKED);
  LinkScan scan{{}, &linksLeft};
  hsize_t position = 0;
  herr_t status = H5Literate(group, tracked ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME, H5_ITER_INC,
                             &position, visitLink, &scan);
  if (status > 0)
    return failAt(place, "more names than a file of this size can hold");
  if (status < 0)
    return failAt(place, "cannot list the group: the file is corrupt");
  std::vector<Entry> entries;
  for (auto &[name, type] : scan.links) {
    if (!isUTF8(name) || name.empty() || name == "." || name.find('/') != std::string::npos)
      return failAt(place, fmt::format("{} is not a name", quoted(name)));
    if (type == H5L_TYPE_SOFT || type == H5L_TYPE_EXTERNAL)
      return failAt(place, fmt::format("{} is {} link, which a network may not hold", quoted(name),
                                       type == H5L_TYPE_SOFT ? "a soft" : "an external"));
    H5O_info_t info;
    if (type != H5L_TYPE_HARD ||
        H5Oget_info_by_name2(group, name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0)
      return failAt(place, fmt::format("cannot follow {}: the file is corrupt", quoted(name)));
    if (info.type != H5O_TYPE_GROUP && info.type != H5O_TYPE_DATASET)
      return failAt(place, fmt::format("{} is neither a group nor a dataset", quoted(name)));
    entries.push_back({std::move(name), info.type, info.addr});
  }
  return entries;
}

Expected<void> Reader::checkStorage(hid_t dataset, const std::string &place) {
  Handle plist(H5Dget_create_plist(dataset));
  if (!plist)
    return failAt(place, "cannot be opened: the file is corrupt, or too new for this HDF5 library");
  H5D_layout_t layout = H5Pget_layout(plist);
  if (layout == H5D_VIRTUAL || H5Pget_external_count(plist) != 0)
    return failAt(place, "its data lie in another file");
  if (layout != H5D_COMPACT && layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED)
    return failAt(place, "unknown storage layout");
  int filters = H5Pget_nfilters(plist);
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    char name[64] = "";
    H5Z_filter_t filter =
        H5Pget_filter2(plist, i, &flags, &values, nullptr, sizeof(name), name, nullptr);
    name[sizeof(name) - 1] = 0;
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE &&
        filter != H5Z_FILTER_FLETCHER32)
      return failAt(place, fmt::format("stored with filter {} ({}), only gzip, shuffle and "
                                       "fletcher32 are supported",
                                       static_cast<int>(filter), quoted(name)));
  }
  if (filters < 0)
    return failAt(place, "unknown filters");
  return {};
}

Expected<std::vector<std::int64_t>> Reader::readShape(hid_t dataset, std::size_t elementSize,
                                                      std::uint64_t &count,
                                                      const std::string &place) {
  Handle space(H5Dget_space(dataset));
  H5S_class_t type = H5Sget_simple_extent_type(space);
  if (type == H5S_NULL)
    return failAt(place, "holds no value");
  int rank = type == H5S_SCALAR ? 0 : H5Sget_simple_extent_ndims(space);
  hsize_t dims[H5S_MAX_RANK] = {};
  if (!space || type == H5S_NO_CLASS || rank < 0 || rank > H5S_MAX_RANK ||
      (rank > 0 && H5Sget_simple_extent_dims(space, dims, nullptr) != rank))
    return failAt(place, "has no shape: the file is corrupt");
  std::vector<std::int64_t> shape;
  count = 1;
  std::uint64_t largest =
      Limits::mostBytes; // Of the product without zeros, so that 0 hides nothing.
  for (int i = 0; i < rank; ++i) {
    if (dims[i] > largest)
      return failAt(place, fmt::format("too large: dimension {} is {}", i, dims[i]));
    largest /= dims[i] ? dims[i] : 1;
    count *= dims[i];
    shape.push_back(static_cast<std::int64_t>(dims[i]));
  }
  if (elementSize > Limits::mostBytes || (count && elementSize > Limits::mostBytes / count))
    return failAt(place, fmt::format("too large: shape {}", shapeText(shape)));
  std::uint64_t bytes = count * elementSize;
  std::uint64_t stored = std::min<std::uint64_t>(H5Dget_storage_size(dataset), fileSize);
  if (bytes > Limits::smallBytes && bytes / Limits::mostExpansion > stored)
    return failAt(place,
                  fmt::format("claims {} bytes of data, of which {} are stored", bytes, stored));
  if (bytes > bytesLeft)
    return failAt(place, "the data are larger than a file of this size can explain");
  bytesLeft -= bytes;
  return shape;
}

Expected<std::vector<std::string>> Reader::readTexts(hid_t dataset, hid_t type,
                                                     const ElementType &kind, std::uint64_t count,
                                                     const std::string &place) {
  std::vector<std::string> texts;
  if (count == 0)
    return texts;
  if (kind.element == Element::Text) {
    TextArena arena(bytesLeft);
    Handle transfer(H5Pcreate(H5P_DATASET_XFER));
    Handle memory(H5Tcopy(H5T_C_S1));
    if (H5Tset_size(memory, H5T_VARIABLE) < 0 || H5Tset_cset(memory, kind.charset) < 0 ||
        H5Pset_vlen_mem_manager(transfer, TextArena::allocate, &arena, TextArena::release, &arena) <
            0)
      return failAt(place, "cannot read strings");
    std::vector<char *> pointers(count, nullptr);
    if (H5Dread(dataset, memory, H5S_ALL, H5S_ALL, transfer, pointers.data()) < 0)
      return failAt(place, "cannot be read: the file is corrupt or its strings are too long");
    for (const char *pointer : pointers)
      texts.emplace_back(pointer ? pointer : "");
  } else {
    std::vector<char> bytes(count * kind.size);
    if (H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()) < 0)
      return failAt(place, "cannot be read: the file is corrupt");
    for (std::uint64_t i = 0; i < count; ++i) {
      std::string_view text(bytes.data() + i * kind.size, kind.size);
      if (kind.padding == H5T_STR_SPACEPAD)
        text = text.substr(0, text.find_last_not_of(' ') + 1);
      texts.emplace_back(text.substr(0, text.find('\0')));
    }
  }
  for (const std::string &text : texts)
    if (!isUTF8(text))
      return failAt(place, fmt::format("{} is not UTF-8", quoted(text)));
  return texts;
}

template <typename T>
bool readAs(hid_t dataset, hid_t memoryType, std::uint64_t count, std::vector<T> &values) {
  values.resize(count);
  return count == 0 ||
         H5Dread(dataset, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0;
}

Expected<Array::Data> Reader::readNumbers(hid_t dataset, hid_t type, const ElementType &kind,
                                          std::uint64_t count, const std::string &place) {
  Array::Data data;
  bool done = false;
  switch (kind.element) {
  case Element::Bool: {
    auto &values = data.emplace<std::vector<std::uint8_t>>();
    done = readAs(dataset, type, count, values);
    for (std::uint8_t &value : values)
      value = value != 0;
    break;
  }
  case Element::Unsigned64: {
    std::vector<std::uint64_t> wide;
    done = readAs(dataset, H5T_NATIVE_UINT64, count, wide);
    for (std::uint64_t value : wide)
      if (value > std::uint64_t(std::numeric_limits<std::int64_t>::max()))
        return failAt(place, fmt::format("{} does not fit into a signed 64-bit number", value));
    data = std::vector<std::int64_t>(wide.begin(), wide.end());
    break;
  }
  case Element::Integer:
    done = readAs(dataset, H5T_NATIVE_INT64, count, data.emplace<std::vector<std::int64_t>>());
    break;
  case Element::Half:
  case Element::Float:
    done = readAs(dataset, H5T_NATIVE_FLOAT, count, data.emplace<std::vector<float>>());
    break;
  default:
    done = readAs(dataset, H5T_NATIVE_DOUBLE, count, data.emplace<std::vector<double>>());
  }
  if (!done)
    return failAt(place, "cannot be read: the file is corrupt or cut short");
  return data;
}

Expected<Field> Reader::readDataset(hid_t group, const std::string &name,
                                    const std::string &place) {
  Handle dataset(H5Dopen2(group, name.c_str(), H5P_DEFAULT));
  if (!dataset)
    return failAt(place, "cannot be opened: the file is corrupt, or too new for this HDF5 library");
  if (auto checked = checkStorage(dataset, place); !checked)
    return tl::unexpected(checked.error());
  Handle type(H5Dget_type(dataset));
  if (!type)
    return failAt(place, "has no element type: the file is corrupt");
  ElementType kind{};
  if (!classify(type, kind))
    return failAt(place, fmt::format("expected numbers or strings, got elements of {} type",
                                     className(H5Tget_class(type))));
  std::uint64_t count = 0;
  // What one element takes in memory here, as small integers and half floats grow.
  bool fixed = kind.element == Element::FixedString;
  std::size_t elementSize = kind.element == Element::Bool                                       ? 1
                            : kind.element == Element::Integer || kind.element == Element::Text ? 8
                            : kind.element == Element::Half ? 4
                                                            : kind.size;
  auto shape = readShape(dataset, fixed ? kind.size : elementSize, count, place);
  if (!shape)
    return tl::unexpected(shape.error());
  if (!fixed && kind.element != Element::Text) {
    auto data = readNumbers(dataset, type, kind, count, place);
    if (!data)
      return tl::unexpected(data.error());
    return Array{std::move(*shape), std::move(*data)};
  }
  auto texts = readTexts(dataset, type, kind, count, place);
  if (!texts)
    return tl::unexpected(texts.error());
  if (shape->empty())
    return std::move(texts->front());
  return StringArray{std::move(*shape), std::move(*texts)};
}

Expected<std::string> Reader::readString(hid_t group, const Entry &entry,
                                         const std::string &place) {
  std::string where = inField(place, entry.name);
  if (entry.type != H5O_TYPE_DATASET)
    return failAt(where, "expected a string, got a group");
  auto field = readDataset(group, entry.name, where);
  if (!field)
    return tl::unexpected(field.error());
  if (auto *text = std::get_if<std::string>(&*field))
    return std::move(*text);
  if (auto *array = std::get_if<StringArray>(&*field); array && array->values.size() == 1)
    return std::move(array->values.front());
  return failAt(where, fmt::format("expected a string, got {}", describe(*field)));
}

Expected<Metadata> Reader::readMetadata(hid_t parent, const Entry &entry, const std::string &place,
                                        int depth) {
  if (entry.type != H5O_TYPE_GROUP)
    return failAt(inField(place, entry.name), "expected a group");
  if (depth > Limits::mostDepth)
    return failAt(place, fmt::format("groups are nested more than {} deep", Limits::mostDepth));
  if (std::find(openGroups.begin(), openGroups.end(), entry.address) != openGroups.end())
    return failAt(place, fmt::format("group {} holds itself", quoted(entry.name)));
  Handle group(H5Gopen2(parent, entry.name.c_str(), H5P_DEFAULT));
  if (!group)
    return failAt(place, fmt::format("cannot open {}: the file is corrupt", quoted(entry.name)));
  auto entries = listEntries(group, place);
  if (!entries)
    return tl::unexpected(entries.error());
  openGroups.push_back(entry.address);
  Metadata metadata;
  for (const Entry &child : *entries) {
    if (child.type == H5O_TYPE_GROUP) {
      auto nested = readMetadata(group, child, place, depth + 1);
      if (!nested)
        return nested;
      metadata.groups.emplace_back(child.name, std::move(*nested));
      continue;
    }
    auto field = readDataset(
        group, child.name,
        fmt::format("{}{}metadata {}", place, place.empty() ? "" : ", ", quoted(child.name)));
    if (!field)
      return tl::unexpected(field.error());
    metadata.fields.emplace(child.name, std::move(*field));
  }
  openGroups.pop_back();
  return metadata;
}

Expected<void> Reader::readEdges(hid_t group, const Entry &entry, const std::string &place,
                                 Graph &graph) {
  std::string where = inField(place, "edges");
  if (entry.type != H5O_TYPE_DATASET)
    return failAt(where, "expected an array of strings, got a group");
  auto field = readDataset(group, entry.name, where);
  if (!field)
    return tl::unexpected(field.error());
  // Without edges the format's own library writes an empty array of floats.
  if (auto *array = std::get_if<Array>(&*field); array && array->size() == 0)
    return {};
  auto *names = std::get_if<StringArray>(&*field);
  if (!names)
    return failAt(where, fmt::format("expected an array of strings, got {}", describe(*field)));
  if (names->values.empty())
    return {};
  if (names->shape.size() != 2 || names->shape[1] != 2)
    return failAt(where,
                  fmt::format("expected pairs of names, got shape {}", shapeText(names->shape)));
  for (std::size_t i = 0; i < names->values.size(); i += 2)
    graph.edges.emplace_back(std::move(names->values[i]), std::move(names->values[i + 1]));
  return {};
}

Expected<Graph> Reader::readGraph(hid_t group, const std::vector<Entry> &entries,
                                  const std::string &path, int depth) {
  std::string place = path.empty() ? "" : fmt::format("node {}", quoted(path));
  Graph graph;
  const Entry *nodes = findEntry(entries, "nodes");
  const Entry *edges = findEntry(entries, "edges");
  if (!nodes || nodes->type != H5O_TYPE_GROUP)
    return failAt(place, "the graph has no group 'nodes'");
  if (!edges)
    return failAt(place, "the graph has no field 'edges'");
  if (auto done = readEdges(group, *edges, place, graph); !done)
    return tl::unexpected(done.error());
  for (const Entry &entry : entries) {
    // Derived from the Input and Output nodes; some versions of the library stored them.
    if (entry.name == "input_type" || entry.name == "output_type" || entry.name == "type" ||
        &entry == nodes || &entry == edges)
      continue;
    if (entry.name != "metadata")
      return failAt(place, fmt::format("unexpected {} in the graph", quoted(entry.name)));
    auto metadata = readMetadata(group, entry, place, depth);
    if (!metadata)
      return tl::unexpected(metadata.error());
    graph.metadata = std::move(*metadata);
  }
  if (std::find(openGroups.begin(), openGroups.end(), nodes->address) != openGroups.end())
    return failAt(place, "group 'nodes' holds itself");
  Handle members(H5Gopen2(group, "nodes", H5P_DEFAULT));
  if (!members)
    return failAt(place, "cannot open 'nodes': the file is corrupt");
  auto listed = listEntries(members, place);
  if (!listed)
    return tl::unexpected(listed.error());
  openGroups.push_back(nodes->address);
  for (const Entry &entry : *listed) {
    auto node =
        readNode(members, entry, path.empty() ? entry.name : path + "/" + entry.name, depth + 1);
    if (!node)
      return tl::unexpected(node.error());
    graph.nodes.emplace_back(entry.name, std::move(*node));
  }
  openGroups.pop_back();
  return graph;
}

Expected<Node> Reader::readNode(hid_t parent, const Entry &entry, const std::string &path,
                                int depth) {
  std::string place = fmt::format("node {}", quoted(path));
  if (entry.type != H5O_TYPE_GROUP)
    return failAt(place, "expected a group, got a dataset");
  if (depth > Limits::mostDepth)
    return failAt(place, fmt::format("graphs are nested more than {} deep", Limits::mostDepth));
  if (std::find(openGroups.begin(), openGroups.end(), entry.address) != openGroups.end())
    return failAt(place, "the graph holds itself");
  Handle group(H5Gopen2(parent, entry.name.c_str(), H5P_DEFAULT));
  if (!group)
    return failAt(place, "cannot be opened: the file is corrupt, or too new for this HDF5 library");
  auto entries = listEntries(group, place);
  if (!entries)
    return tl::unexpected(entries.error());
  const Entry *type = findEntry(*entries, "type");
  if (!type)
    return failAt(place, "has no field 'type'");
  Node node;
  auto typeName = readString(group, *type, place);
  if (!typeName)
    return tl::unexpected(typeName.error());
  node.type = std::move(*typeName);
  openGroups.push_back(entry.address);
  if (node.type == "NIRGraph") {
    auto graph = readGraph(group, *entries, path, depth);
    if (!graph)
      return tl::unexpected(graph.error());
    node.graph = std::make_unique<Graph>(std::move(*graph));
    openGroups.pop_back();
    return node;
  }
  for (const Entry &child : *entries) {
    if (&child == type)
      continue;
    if (child.name == "metadata") {
      auto metadata = readMetadata(group, child, place, depth);
      if (!metadata)
        return tl::unexpected(metadata.error());
      node.metadata = std::move(*metadata);
      continue;
    }
    std::string where = inField(place, child.name);
    if (child.type != H5O_TYPE_DATASET)
      return failAt(where, "expected a number array, got a group");
    auto field = readDataset(group, child.name, where);
    if (!field)
      return tl::unexpected(field.error());
    node.fields.emplace(child.name, std::move(*field));
  }
  openGroups.pop_back();
  return node;
}

Expected<Graph> Reader::readRoot(hid_t root) {
  auto entries = listEntries(root, "");
  if (!entries)
    return tl::unexpected(entries.error());
  const Entry *top = findEntry(*entries, "node");
  if (!top || top->type != H5O_TYPE_GROUP)
    return failAt("", H5Aexists(root, "__type__") > 0
                          ? "holds recorded data (NIRGraphData), not a network"
                          : "not a NIR file (it has no group 'node')");
  Handle group(H5Gopen2(root, "node", H5P_DEFAULT));
  if (!group)
    return failAt("", "cannot open 'node': the file is corrupt");
  auto members = listEntries(group, "");
  if (!members)
    return tl::unexpected(members.error());
  if (const Entry *type = findEntry(*members, "type")) {
    auto name = readString(group, *type, "");
    if (!name)
      return tl::unexpected(name.error());
    if (*name != "NIRGraph")
      return failAt("field 'type'", fmt::format("expected 'NIRGraph', got {}", quoted(*name)));
  } else {
    return failAt("", "the graph has no field 'type'");
  }
  openGroups.push_back(top->address);
  auto graph = readGraph(group, *members, "", 0);
  if (!graph)
    return graph;
  if (const Entry *version = findEntry(*entries, "version")) {
    auto text = readString(root, *version, "");
    if (!text)
      return tl::unexpected(text.error());
    graph->version = std::move(*text);
  }
  return graph;
}

/// A file image is copied by the library; a path is read in place.
Handle openSource(const Source &source) {
  Handle access(H5Pcreate(H5P_FILE_ACCESS));
  // The library's default is to wait for datasets to close; here nothing may stay open.
  H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
  if (source.image) {
    H5Pset_fapl_core(access, std::size_t(1) << 16, false);
    if (H5Pset_file_image(access, const_cast<void *>(source.image), source.size) < 0)
      return Handle();
    return Handle(H5Fopen("image.nir", H5F_ACC_RDONLY, access));
  }
#if H5_VERSION_GE(1, 10, 7)
  // Locks are refused on some network file systems, and a reader needs none.
  H5Pset_file_locking(access, false, true);
#endif
  return Handle(H5Fopen(source.name.c_str(), H5F_ACC_RDONLY, access));
}

} // namespace

Expected<Graph> readHere(const Source &source) {
  QuietHDF5 quiet;
  // A file may name a filter; no code is loaded for one.
  unsigned plugins = 0;
  H5PLget_loading_state(&plugins);
  H5PLset_loading_state(0);
  Expected<Graph> graph = [&]() -> Expected<Graph> {
    try {
      Handle file = openSource(source);
      if (!file)
        return fail(fmt::format("{}: cannot be opened as HDF5: the file is corrupt or cut short",
                                quoted(source.name)));
      Handle root(H5Gopen2(file, "/", H5P_DEFAULT));
      if (!root)
        return fail(fmt::format("{}: the file is corrupt", quoted(source.name)));
      return Reader(source).readRoot(root);
    } catch (const std::bad_alloc &) {
      return fail(fmt::format("{}: not enough memory", quoted(source.name)));
    } catch (const std::length_error &) {
      return fail(fmt::format("{}: not enough memory", quoted(source.name)));
    }
  }();
  H5PLset_loading_state(plugins);
  return graph;
}

} // namespace engram::nir
