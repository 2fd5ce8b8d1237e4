// Writes a NIR file in the layout of the format's own library.
#include "lowering/NIRToNeuro/NIRFileImpl.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace engram::nir {
namespace {

/// HDF5 refuses chunks of 4 GiB and reads a whole chunk at a time; 1 MiB is its cache.
constexpr std::uint64_t chunkElements = 1 << 17;
constexpr unsigned gzipLevel = 4; // h5py's default, which the format's own library uses.

class Writer {
public:
  Writer(std::string path, WriteOptions options) : path(std::move(path)), options(options) {}

  Expected<void> writeRoot(hid_t file, const Graph &graph);

private:
  using Done = Expected<void>;

  Done writeGraph(hid_t group, const Graph &graph, const std::string &place, int depth);
  Done writeNode(hid_t group, const Node &node, const std::string &place, int depth);
  Done writeFields(hid_t group, const std::map<std::string, Field> &fields,
                   const std::string &place);
  Done writeMetadata(hid_t parent, const Metadata &metadata, const std::string &name,
                     const std::string &place, int depth);
  Done writeField(hid_t group, const std::string &name, const Field &field,
                  const std::string &place);
  Done writeArray(hid_t group, const std::string &name, const Array &array,
                  const std::string &place);
  Done writeTexts(hid_t group, const std::string &name, const std::vector<std::int64_t> *shape,
                  const std::vector<std::string> &values, const std::string &place);
  Done writeDataset(hid_t group, const std::string &name, hid_t type,
                    const std::vector<std::int64_t> *shape, std::size_t elements, bool chunk,
                    const void *data, const std::string &place);
  Done createGroup(hid_t parent, const std::string &name, const std::string &place, Handle &group);
  Done checkName(const std::string &name, const std::string &place) const;

  tl::unexpected<Error> failAt(const std::string &place, const std::string &what) const {
    return fail(fmt::format("{}: {}{}{}", quoted(path), place, place.empty() ? "" : ": ", what));
  }
  static std::string inField(const std::string &place, const std::string &name) {
    return fmt::format("{}{}field {}", place, place.empty() ? "" : ", ", quoted(name));
  }

  std::string path;
  WriteOptions options;
};

Expected<void> Writer::checkName(const std::string &name, const std::string &place) const {
  if (name.empty() || name == "." || !isUTF8(name) ||
      name.find_first_of(std::string_view("/\0", 2)) != std::string::npos)
    return failAt(place, fmt::format("{} cannot be a name in the file", quoted(name)));
  return {};
}

Expected<void> Writer::createGroup(hid_t parent, const std::string &name, const std::string &place,
                                   Handle &group) {
  if (auto checked = checkName(name, place); !checked)
    return checked;
  Handle creation(H5Pcreate(H5P_GROUP_CREATE));
  Handle naming(H5Pcreate(H5P_LINK_CREATE));
  H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_char_encoding(naming, H5T_CSET_UTF8);
  group = Handle(H5Gcreate2(parent, name.c_str(), naming, creation, H5P_DEFAULT));
  if (!group)
    return failAt(place, fmt::format("cannot write group {}", quoted(name)));
  return {};
}

Expected<void> Writer::writeDataset(hid_t group, const std::string &name, hid_t type,
                                    const std::vector<std::int64_t> *shape, std::size_t elements,
                                    bool chunk, const void *data, const std::string &place) {
  if (auto checked = checkName(name, place); !checked)
    return checked;
  std::vector<hsize_t> dims;
  std::uint64_t expected = 1;
  for (std::int64_t dim : shape ? *shape : std::vector<std::int64_t>{}) {
    if (dim < 0 || (dim > 0 && expected > Limits::mostBytes / static_cast<std::uint64_t>(dim)))
      return failAt(place, fmt::format("shape {} is out of range", shapeText(*shape)));
    expected *= static_cast<std::uint64_t>(dim);
    dims.push_back(static_cast<hsize_t>(dim));
  }
  if (dims.size() > H5S_MAX_RANK || expected != elements)
    return failAt(
        place, fmt::format("shape {} does not describe {} elements", shapeText(*shape), elements));
  Handle space(dims.empty()
                   ? H5Screate(H5S_SCALAR)
                   : H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr));
  Handle creation(H5Pcreate(H5P_DATASET_CREATE));
  Handle naming(H5Pcreate(H5P_LINK_CREATE));
  H5Pset_char_encoding(naming, H5T_CSET_UTF8);
  if (chunk && !dims.empty() && elements > 0) {
    std::vector<hsize_t> chunkDims = dims;
    std::uint64_t size = elements;
    for (std::size_t i = 0; i < chunkDims.size() && size > chunkElements; ++i) {
      std::uint64_t inner = size / chunkDims[i];
      chunkDims[i] = std::max<std::uint64_t>(1, chunkElements / inner);
      size = chunkDims[i] * inner;
    }
    H5Pset_chunk(creation, static_cast<int>(chunkDims.size()), chunkDims.data());
    H5Pset_deflate(creation, gzipLevel);
  }
  Handle dataset(H5Dcreate2(group, name.c_str(), type, space, naming, creation, H5P_DEFAULT));
  if (!dataset ||
      (elements > 0 && H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0))
    return failAt(place, "cannot be written (is the disk full?)");
  return {};
}

Expected<void> Writer::writeTexts(hid_t group, const std::string &name,
                                  const std::vector<std::int64_t> *shape,
                                  const std::vector<std::string> &values,
                                  const std::string &place) {
  std::vector<const char *> pointers;
  for (const std::string &value : values) {
    if (!isUTF8(value) || value.find('\0') != std::string::npos)
      return failAt(place, fmt::format("{} is not text", quoted(value)));
    pointers.push_back(value.c_str());
  }
  Handle type(H5Tcopy(H5T_C_S1));
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return writeDataset(group, name, type, shape, values.size(), false, pointers.data(), place);
}

Expected<void> Writer::writeArray(hid_t group, const std::string &name, const Array &array,
                                  const std::string &place) {
  auto write = [&](hid_t type, const void *data) {
    return writeDataset(group, name, type, &array.shape, array.size(), options.compress, data,
                        place);
  };
  switch (array.dtype()) {
  case DType::I64:
    return write(H5T_NATIVE_INT64, std::get<std::vector<std::int64_t>>(array.data).data());
  case DType::F32:
    return write(H5T_NATIVE_FLOAT, std::get<std::vector<float>>(array.data).data());
  case DType::F64:
    return write(H5T_NATIVE_DOUBLE, std::get<std::vector<double>>(array.data).data());
  case DType::Bool:
    break;
  }
  // As h5py writes a bool.
  Handle type(H5Tenum_create(H5T_NATIVE_INT8));
  std::int8_t no = 0, yes = 1;
  H5Tenum_insert(type, "FALSE", &no);
  H5Tenum_insert(type, "TRUE", &yes);
  return write(type, std::get<std::vector<std::uint8_t>>(array.data).data());
}

Expected<void> Writer::writeField(hid_t group, const std::string &name, const Field &field,
                                  const std::string &place) {
  std::string where = inField(place, name);
  if (auto *array = std::get_if<Array>(&field))
    return writeArray(group, name, *array, where);
  if (auto *text = std::get_if<std::string>(&field))
    return writeTexts(group, name, nullptr, {*text}, where);
  const auto &texts = std::get<StringArray>(field);
  return writeTexts(group, name, &texts.shape, texts.values, where);
}

Expected<void> Writer::writeFields(hid_t group, const std::map<std::string, Field> &fields,
                                   const std::string &place) {
  for (const auto &[name, field] : fields)
    if (auto done = writeField(group, name, field, place); !done)
      return done;
  return {};
}

Expected<void> Writer::writeMetadata(hid_t parent, const Metadata &metadata,
                                     const std::string &name, const std::string &place, int depth) {
  if (depth > Limits::mostDepth)
    return failAt(place, "metadata are nested too deeply");
  Handle group;
  if (auto done = createGroup(parent, name, place, group); !done)
    return done;
  if (auto done = writeFields(group, metadata.fields, place); !done)
    return done;
  for (const auto &[child, nested] : metadata.groups)
    if (auto done = writeMetadata(group, nested, child, place, depth + 1); !done)
      return done;
  return {};
}

Expected<void> Writer::writeNode(hid_t group, const Node &node, const std::string &place,
                                 int depth) {
  if ((node.type == "NIRGraph") != (node.graph != nullptr))
    return failAt(place, "type 'NIRGraph' and a subgraph go together");
  if (node.graph && !(node.fields.empty() && node.metadata.empty()))
    return failAt(place, "a subgraph holds its fields and metadata itself");
  if (node.graph)
    return writeGraph(group, *node.graph, place, depth);
  for (const char *reserved : {"type", "metadata"})
    if (node.fields.count(reserved))
      return failAt(inField(place, reserved), "this name is taken by the format");
  if (auto done = writeField(group, "type", node.type, place); !done)
    return done;
  if (auto done = writeFields(group, node.fields, place); !done)
    return done;
  if (!node.metadata.empty())
    return writeMetadata(group, node.metadata, "metadata", place, depth);
  return {};
}

Expected<void> Writer::writeGraph(hid_t group, const Graph &graph, const std::string &path,
                                  int depth) {
  if (depth > Limits::mostDepth)
    return failAt(path, "graphs are nested too deeply");
  std::vector<std::string> ends;
  for (const auto &[source, target] : graph.edges) {
    ends.push_back(source);
    ends.push_back(target);
  }
  std::vector<std::int64_t> shape = {static_cast<std::int64_t>(graph.edges.size()), 2};
  if (auto done = writeTexts(group, "edges", &shape, ends, inField(path, "edges")); !done)
    return done;
  if (auto done = writeField(group, "type", Field(std::string("NIRGraph")), path); !done)
    return done;
  if (!graph.metadata.empty())
    if (auto done = writeMetadata(group, graph.metadata, "metadata", path, depth); !done)
      return done;
  Handle nodes;
  if (auto done = createGroup(group, "nodes", path, nodes); !done)
    return done;
  std::set<std::string_view> names;
  for (const auto &[name, node] : graph.nodes) {
    std::string place = fmt::format("{}{}node {}", path, path.empty() ? "" : ", ", quoted(name));
    if (!names.insert(name).second)
      return failAt(place, "two nodes have this name");
    Handle member;
    if (auto done = createGroup(nodes, name, place, member); !done)
      return done;
    if (auto done = writeNode(member, node, place, depth + 1); !done)
      return done;
  }
  return {};
}

Expected<void> Writer::writeRoot(hid_t file, const Graph &graph) {
  if (!graph.version.empty())
    if (auto done = writeField(file, "version", graph.version, ""); !done)
      return done;
  Handle node;
  if (auto done = createGroup(file, "node", "", node); !done)
    return done;
  return writeGraph(node, graph, "", 0);
}

} // namespace

Expected<void> writeHere(const Graph &graph, const std::string &temporary, const std::string &path,
                         WriteOptions options) {
  QuietHDF5 quiet;
  Handle access(H5Pcreate(H5P_FILE_ACCESS));
  H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
  hid_t file = H5Fcreate(temporary.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
  if (file < 0)
    return fail(fmt::format("{}: cannot create the file", quoted(path)));
  Expected<void> done = Writer(path, options).writeRoot(file, graph);
  // Much is only written now, so a full disk may show itself as late as here.
  if (H5Fclose(file) < 0 && done)
    return fail(fmt::format("{}: cannot be written (is the disk full?)", quoted(path)));
  return done;
}

Expected<void> writeFile(const Graph &graph, const std::string &path, WriteOptions options) {
  std::string temporary = path + ".XXXXXX";
  int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0)
    return fail(fmt::format("{}: {}", quoted(path), std::strerror(errno)));
  // mkstemp makes files that only their owner may read; the result is to be as any other file.
  mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(descriptor, 0666 & ~mask);
  ::close(descriptor);
  Expected<void> done = writeInChild(graph, temporary, path, options);
  if (done && std::rename(temporary.c_str(), path.c_str()) != 0)
    done = fail(fmt::format("{}: {}", quoted(path), std::strerror(errno)));
  if (!done)
    ::unlink(temporary.c_str());
  return done;
}

} // namespace engram::nir
