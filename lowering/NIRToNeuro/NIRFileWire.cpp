// The bytes in which the reading child hands its graph to the parent. Nothing in them is trusted:
// a child whose memory HDF5 has overrun may send anything.
#include "lowering/NIRToNeuro/NIRFileImpl.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace engram::nir {
namespace {

constexpr std::uint8_t graphMark = 'G', errorMark = 'E', endMark = '.';

class Sender {
public:
  explicit Sender(int descriptor) : descriptor(descriptor) { buffer.reserve(bufferSize); }

  void bytes(const void *data, std::size_t size) {
    const char *next = static_cast<const char *>(data);
    if (size > bufferSize - buffer.size())
      flush();
    if (size > bufferSize)
      return push(next, size);
    buffer.insert(buffer.end(), next, next + size);
  }
  void byte(std::uint8_t value) { bytes(&value, 1); }
  void number(std::uint64_t value) { bytes(&value, sizeof(value)); }
  void text(const std::string &value) {
    number(value.size());
    bytes(value.data(), value.size());
  }
  void shape(const std::vector<std::int64_t> &value) {
    number(value.size());
    bytes(value.data(), value.size() * sizeof(std::int64_t));
  }
  void field(const Field &value) {
    byte(static_cast<std::uint8_t>(value.index()));
    if (auto *array = std::get_if<Array>(&value)) {
      shape(array->shape);
      byte(static_cast<std::uint8_t>(array->data.index()));
      number(array->size());
      std::visit([&](const auto &v) { bytes(v.data(), v.size() * sizeof(v[0])); }, array->data);
    } else if (auto *single = std::get_if<std::string>(&value)) {
      text(*single);
    } else {
      const auto &texts = std::get<StringArray>(value);
      shape(texts.shape);
      number(texts.values.size());
      for (const std::string &entry : texts.values)
        text(entry);
    }
  }
  void fields(const std::map<std::string, Field> &values) {
    number(values.size());
    for (const auto &[name, value] : values) {
      text(name);
      field(value);
    }
  }
  void metadata(const Metadata &value) {
    fields(value.fields);
    number(value.groups.size());
    for (const auto &[name, group] : value.groups) {
      text(name);
      metadata(group);
    }
  }
  void graph(const Graph &value) {
    text(value.version);
    metadata(value.metadata);
    number(value.edges.size());
    for (const auto &[source, target] : value.edges) {
      text(source);
      text(target);
    }
    number(value.nodes.size());
    for (const auto &[name, node] : value.nodes) {
      text(name);
      text(node.type);
      fields(node.fields);
      metadata(node.metadata);
      byte(node.graph ? 1 : 0);
      if (node.graph)
        graph(*node.graph);
    }
  }
  bool finish() {
    byte(endMark);
    flush();
    return good;
  }

private:
  static constexpr std::size_t bufferSize = 1 << 16;

  void flush() {
    push(buffer.data(), buffer.size());
    buffer.clear();
  }
  void push(const char *data, std::size_t size) {
    while (good && size > 0) {
      ssize_t written = ::write(descriptor, data, size);
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0) {
        good = false;
        return;
      }
      data += written;
      size -= static_cast<std::size_t>(written);
    }
  }

  int descriptor;
  bool good = true;
  std::vector<char> buffer;
};

/// Every method returns false if what comes is not an answer; the caller then gives up.
class Receiver {
public:
  Receiver(int descriptor, const Limits &limits)
      : descriptor(descriptor), buffer(1 << 16),
        // Shapes, lengths and names come on top of the data that Limits counts.
        bytesLeft(2 * limits.totalBytes() + 256 * limits.totalLinks()) {}

  bool bytes(void *data, std::size_t size) {
    char *next = static_cast<char *>(data);
    while (good && size > 0) {
      if (position == filled && !refill())
        return false;
      std::size_t part = std::min(size, filled - position);
      std::memcpy(next, buffer.data() + position, part);
      next += part;
      position += part;
      size -= part;
    }
    return good;
  }
  bool byte(std::uint8_t &value, std::uint8_t most) {
    return bytes(&value, 1) && (value <= most || wrong());
  }
  /// A number of things of which each takes at least `least` bytes here.
  bool count(std::uint64_t &value, std::uint64_t least) {
    if (!bytes(&value, sizeof(value)))
      return false;
    if (value > bytesLeft / least)
      return wrong();
    bytesLeft -= value * least;
    return true;
  }
  bool text(std::string &value) {
    std::uint64_t size = 0;
    if (!count(size, 1))
      return false;
    return growing(value, size) && (isUTF8(value) || wrong());
  }
  bool shape(std::vector<std::int64_t> &value, std::uint64_t &elements) {
    std::uint64_t rank = 0;
    if (!count(rank, sizeof(std::int64_t)) || rank > 64)
      return false;
    value.resize(rank);
    if (!bytes(value.data(), rank * sizeof(std::int64_t)))
      return false;
    elements = 1;
    for (std::int64_t dim : value) {
      if (dim < 0 || static_cast<std::uint64_t>(dim) > Limits::mostBytes)
        return wrong();
      if (dim > 0 && elements > Limits::mostBytes / static_cast<std::uint64_t>(dim))
        return wrong();
      elements *= static_cast<std::uint64_t>(dim);
    }
    return true;
  }
  template <typename T> bool numbers(Array &array, std::uint64_t elements) {
    std::uint64_t size = 0;
    if (!count(size, sizeof(T)) || size != elements)
      return false;
    return growing(array.data.emplace<std::vector<T>>(), size);
  }
  bool array(Array &value) {
    std::uint64_t elements = 0;
    std::uint8_t type = 0;
    if (!shape(value.shape, elements) || !byte(type, 3))
      return false;
    switch (static_cast<DType>(type)) {
    case DType::Bool:
      return numbers<std::uint8_t>(value, elements);
    case DType::I64:
      return numbers<std::int64_t>(value, elements);
    case DType::F32:
      return numbers<float>(value, elements);
    case DType::F64:
      return numbers<double>(value, elements);
    }
    return wrong();
  }
  bool field(Field &value) {
    std::uint8_t kind = 0;
    if (!byte(kind, 2))
      return false;
    if (kind == 0)
      return array(value.emplace<Array>());
    if (kind == 1)
      return text(value.emplace<std::string>());
    auto &texts = value.emplace<StringArray>();
    std::uint64_t elements = 0, size = 0;
    if (!shape(texts.shape, elements) || !count(size, sizeof(std::uint64_t)) || size != elements)
      return false;
    texts.values.resize(size);
    for (std::string &entry : texts.values)
      if (!text(entry))
        return false;
    return true;
  }
  bool fields(std::map<std::string, Field> &values) {
    std::uint64_t size = 0;
    if (!count(size, 8))
      return false;
    for (std::uint64_t i = 0; i < size; ++i) {
      std::string name;
      if (!text(name) || !field(values[std::move(name)]))
        return false;
    }
    return true;
  }
  bool metadata(Metadata &value, int depth) {
    std::uint64_t size = 0;
    if (depth > 2 * Limits::mostDepth)
      return wrong();
    if (!fields(value.fields) || !count(size, 8))
      return false;
    for (std::uint64_t i = 0; i < size; ++i) {
      auto &[name, group] = value.groups.emplace_back();
      if (!text(name) || !metadata(group, depth + 1))
        return false;
    }
    return true;
  }
  bool graph(Graph &value, int depth) {
    std::uint64_t size = 0;
    if (depth > 2 * Limits::mostDepth)
      return wrong();
    if (!text(value.version) || !metadata(value.metadata, 0) || !count(size, 16))
      return false;
    for (std::uint64_t i = 0; i < size; ++i) {
      auto &[source, target] = value.edges.emplace_back();
      if (!text(source) || !text(target))
        return false;
    }
    if (!count(size, 16))
      return false;
    for (std::uint64_t i = 0; i < size; ++i) {
      auto &[name, node] = value.nodes.emplace_back();
      std::uint8_t nested = 0;
      if (!text(name) || !text(node.type) || !fields(node.fields) || !metadata(node.metadata, 0) ||
          !byte(nested, 1) || (nested == 1) != (node.type == "NIRGraph"))
        return false;
      if (!nested)
        continue;
      node.graph = std::make_unique<Graph>();
      if (!graph(*node.graph, depth + 1))
        return false;
    }
    return true;
  }
  bool end() {
    std::uint8_t mark = 0;
    return bytes(&mark, 1) && mark == endMark;
  }

private:
  bool wrong() { return good = false; }

  /// Memory is taken as the elements come, not as they are announced.
  template <typename Container> bool growing(Container &values, std::uint64_t size) {
    constexpr std::uint64_t most = 1 << 20;
    while (values.size() < size) {
      std::size_t before = values.size(), part = std::min<std::uint64_t>(most, size - before);
      values.resize(before + part);
      if (!bytes(values.data() + before, part * sizeof(values[0])))
        return false;
    }
    return true;
  }

  bool refill() {
    ssize_t got;
    while ((got = ::read(descriptor, buffer.data(), buffer.size())) < 0 && errno == EINTR)
      ;
    position = 0;
    filled = got > 0 ? static_cast<std::size_t>(got) : 0;
    return got > 0 || wrong();
  }

  int descriptor;
  bool good = true;
  std::vector<char> buffer;
  std::size_t position = 0, filled = 0;
  std::uint64_t bytesLeft;
};

Expected<Graph> receive(Receiver &receiver) {
  std::uint8_t mark = 0;
  if (!receiver.bytes(&mark, 1))
    return fail("");
  if (mark == errorMark) {
    std::string message;
    return fail(receiver.text(message) && receiver.end() ? message : "");
  }
  Graph graph;
  if (mark != graphMark || !receiver.graph(graph, 0) || !receiver.end())
    return fail("");
  return graph;
}

} // namespace

bool sendAnswer(int descriptor, const Expected<Graph> &answer) {
  Sender sender(descriptor);
  sender.byte(answer ? graphMark : errorMark);
  if (answer)
    sender.graph(*answer);
  else
    sender.text(answer.error().message);
  return sender.finish();
}

Expected<Graph> receiveAnswer(int descriptor, const Limits &limits) {
  Receiver receiver(descriptor, limits);
  return receive(receiver);
}

} // namespace engram::nir
