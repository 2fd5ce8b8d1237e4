// Reading and writing numpy's .npy arrays.
#include "runtime/Npy.h"

#include "runtime/AtomicFile.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace engram {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "elements are stored as the machine has them");

static constexpr std::string_view magic("\x93NUMPY", 6);
static constexpr size_t maxRank = 32;
static constexpr int64_t maxElements = int64_t(1) << 40;

namespace {

struct Header {
  std::string descr;
  std::vector<int64_t> shape;
  bool fortranOrder = false;
};

/// The Python dictionary of the header: three keys in any order, of which numpy writes literals
/// only.
class HeaderParser {
public:
  explicit HeaderParser(std::string_view text) : text(text) {}

  /// An error text without the file's name.
  Expected<Header> parse() {
    bool haveDescr = false, haveOrder = false, haveShape = false;
    if (!take('{'))
      return fail("expected a dictionary as the header");
    while (!take('}')) {
      std::optional<std::string> key = string();
      if (!key || !take(':'))
        return fail("expected a key and ':' in the header");
      bool valid = false;
      if (*key == "descr" && !haveDescr)
        valid = haveDescr = descr();
      else if (*key == "fortran_order" && !haveOrder)
        valid = haveOrder = boolean();
      else if (*key == "shape" && !haveShape)
        valid = haveShape = shape();
      else
        return fail(fmt::format("unexpected or repeated key {} in the header", quote(*key)));
      if (!valid)
        return fail(problem.empty() ? fmt::format("malformed value of '{}' in the header", *key)
                                    : problem);
      if (!take(',') && !peek('}'))
        return fail("expected ',' or '}' in the header");
    }
    skipBlanks();
    if (!text.empty())
      return fail("unexpected text after the header's dictionary");
    if (!haveDescr || !haveOrder || !haveShape)
      return fail("expected the keys 'descr', 'fortran_order' and 'shape' in the header");
    return header;
  }

private:
  void skipBlanks() {
    size_t start = text.find_first_not_of(" \t\r\n");
    text.remove_prefix(std::min(start, text.size()));
  }
  bool peek(char c) {
    skipBlanks();
    return !text.empty() && text[0] == c;
  }
  bool take(char c) {
    if (!peek(c))
      return false;
    text.remove_prefix(1);
    return true;
  }
  std::optional<std::string> string() {
    skipBlanks();
    if (text.empty() || (text[0] != '\'' && text[0] != '"'))
      return std::nullopt;
    size_t end = text.find(text[0], 1);
    if (end == std::string_view::npos)
      return std::nullopt;
    std::string value(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
    return value;
  }
  bool word(std::string_view expected) {
    skipBlanks();
    if (text.substr(0, expected.size()) != expected)
      return false;
    text.remove_prefix(expected.size());
    return true;
  }
  bool descr() {
    if (peek('[')) {
      problem = "unsupported: structured elements";
      return false;
    }
    std::optional<std::string> value = string();
    header.descr = value.value_or("");
    return value.has_value();
  }
  bool boolean() {
    header.fortranOrder = word("True");
    return header.fortranOrder || word("False");
  }
  bool shape() {
    if (!take('('))
      return false;
    while (!take(')')) {
      skipBlanks();
      int64_t extent = -1;
      auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), extent);
      if (error != std::errc() || extent < 0)
        return false;
      text.remove_prefix(static_cast<size_t>(end - text.data()));
      // Python 2 wrote long integers with this suffix.
      word("L");
      header.shape.push_back(extent);
      if (header.shape.size() > maxRank) {
        problem = fmt::format("expected at most {} dimensions", maxRank);
        return false;
      }
      if (!take(',') && !peek(')'))
        return false;
    }
    return true;
  }

  std::string_view text;
  std::string problem;
  Header header;
};

struct ElementType {
  DType dtype;
  size_t bytes;
  bool half = false, bigEndian = false;
};

} // namespace

static std::optional<ElementType> elementType(const std::string &descr) {
  static constexpr struct {
    const char *code;
    DType dtype;
  } codes[] = {{"b1", DType::Bool}, {"u1", DType::U8},  {"i1", DType::I8},  {"u2", DType::U16},
               {"i2", DType::I16},  {"u4", DType::U32}, {"i4", DType::I32}, {"u8", DType::U64},
               {"i8", DType::I64},  {"f4", DType::F32}, {"f8", DType::F64}, {"f2", DType::F32}};
  if (descr.size() != 3 || std::string_view("<>|=").find(descr[0]) == std::string_view::npos)
    return std::nullopt;
  for (const auto &[code, dtype] : codes) {
    if (descr.compare(1, 2, code) != 0)
      continue;
    bool half = descr[1] == 'f' && descr[2] == '2';
    return ElementType{dtype, half ? 2 : byteSize(dtype), half, descr[0] == '>'};
  }
  return std::nullopt;
}

// The number of elements, or nothing where it is absurd. An extent of 0 does not hide a huge one,
// since a reader may loop over either.
static std::optional<int64_t> elementCount(const std::vector<int64_t> &shape) {
  int64_t count = 1;
  bool empty = false;
  for (int64_t extent : shape) {
    empty |= extent == 0;
    if (extent > maxElements / count)
      return std::nullopt;
    count *= std::max<int64_t>(extent, 1);
  }
  return empty ? 0 : count;
}

static void swapBytes(std::vector<std::byte> &data, size_t width) {
  for (size_t i = 0; i + width <= data.size(); i += width)
    std::reverse(data.begin() + i, data.begin() + i + width);
}

// IEEE 754 binary16 to binary32; every binary16 is exact there.
static float floatOfHalf(uint16_t half) {
  uint32_t sign = uint32_t(half & 0x8000) << 16, exponent = (half >> 10) & 31,
           fraction = half & 1023;
  if (exponent == 0) {
    // A subnormal is fraction * 2^-24.
    float magnitude = static_cast<float>(fraction) * 0x1p-24f;
    return sign ? -magnitude : magnitude;
  }
  uint32_t bits = sign | (exponent == 31 ? 0x7f800000u : (exponent + 112) << 23) | (fraction << 13);
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

static std::vector<std::byte> widenHalves(const std::vector<std::byte> &data) {
  std::vector<std::byte> wide(data.size() * 2);
  for (size_t i = 0; i < data.size() / 2; ++i) {
    uint16_t half;
    std::memcpy(&half, data.data() + 2 * i, 2);
    float value = floatOfHalf(half);
    std::memcpy(wide.data() + 4 * i, &value, 4);
  }
  return wide;
}

// Column-major elements to row-major: an odometer over the row-major indices.
static void transpose(Tensor &tensor) {
  size_t width = byteSize(tensor.dtype), rank = tensor.shape.size();
  std::vector<std::byte> result(tensor.data.size());
  std::vector<int64_t> index(rank, 0), stride(rank, 1);
  for (size_t axis = 1; axis < rank; ++axis)
    stride[axis] = stride[axis - 1] * tensor.shape[axis - 1];
  int64_t source = 0, count = tensor.size();
  for (int64_t flat = 0; flat < count; ++flat) {
    std::memcpy(result.data() + flat * width, tensor.data.data() + source * width, width);
    for (size_t axis = rank; axis-- > 0;) {
      source += stride[axis];
      if (++index[axis] < tensor.shape[axis])
        break;
      source -= stride[axis] * tensor.shape[axis];
      index[axis] = 0;
    }
  }
  tensor.data = std::move(result);
}

// The header's text and where the elements start.
static Expected<std::pair<std::string_view, size_t>> headerText(std::string_view bytes) {
  if (bytes.substr(0, magic.size()) != magic)
    return fail("not an .npy file");
  if (bytes.size() < 10)
    return fail("truncated header");
  unsigned major = static_cast<unsigned char>(bytes[6]),
           minor = static_cast<unsigned char>(bytes[7]);
  if (major < 1 || major > 3 || minor != 0)
    return fail(fmt::format("unsupported: .npy version {}.{}", major, minor));
  size_t lengthBytes = major == 1 ? 2 : 4, length = 0;
  if (bytes.size() < 8 + lengthBytes)
    return fail("truncated header");
  for (size_t i = 0; i < lengthBytes; ++i)
    length |= size_t(static_cast<unsigned char>(bytes[8 + i])) << (8 * i);
  size_t start = 8 + lengthBytes;
  if (length > bytes.size() - start)
    return fail("truncated header");
  return std::pair(bytes.substr(start, length), start + length);
}

static Expected<Tensor> parse(std::vector<std::byte> bytes) {
  auto text = headerText(textOf(bytes));
  if (!text)
    return fail(text.error().message);
  Expected<Header> header = HeaderParser(text->first).parse();
  if (!header)
    return fail(header.error().message);
  std::optional<ElementType> type = elementType(header->descr);
  if (!type)
    return fail(fmt::format("unsupported: elements of type {}", quote(header->descr)));
  std::optional<int64_t> count = elementCount(header->shape);
  if (!count)
    return fail(
        fmt::format("expected at most 2^40 elements, got shape {}", shapeString(header->shape)));
  size_t needed = static_cast<size_t>(*count) * type->bytes, present = bytes.size() - text->second;
  if (needed != present)
    return fail(fmt::format("expected {} bytes of elements for shape {} of '{}', got {}", needed,
                            shapeString(header->shape), header->descr, present));
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(text->second));
  if (type->bigEndian)
    swapBytes(bytes, type->bytes);
  Tensor tensor{std::move(header->shape), type->dtype,
                type->half ? widenHalves(bytes) : std::move(bytes)};
  if (tensor.dtype == DType::Bool)
    for (std::byte &value : tensor.data)
      value = std::byte(value != std::byte(0));
  if (header->fortranOrder && tensor.rank() > 1)
    transpose(tensor);
  return tensor;
}

Expected<Tensor> parseNpy(std::vector<std::byte> bytes, const std::string &name) {
  return parse(std::move(bytes)).map_error([&](const Error &error) {
    return Error{fmt::format("'{}': {}", name, error.message)};
  });
}

Expected<Tensor> readNpy(const std::string &path) {
  Expected<std::vector<std::byte>> bytes = readFile(path);
  if (!bytes)
    return fail(bytes.error().message);
  return parseNpy(std::move(*bytes), path);
}

std::string npyHeader(const std::vector<int64_t> &shape, DType dtype) {
  constexpr const char *codes[] = {"|b1", "|u1", "|i1", "<u2", "<i2", "<u4",
                                   "<i4", "<u8", "<i8", "<f4", "<f8"};
  std::string text = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}",
                                 codes[static_cast<size_t>(dtype)], shapeString(shape));
  // numpy leaves room for the first extent to grow to 21 digits.
  if (!shape.empty())
    text.append(21 - std::min<size_t>(21, std::to_string(shape[0]).size()), ' ');
  constexpr size_t prefix = 10, alignment = 64;
  text.append((alignment - (prefix + text.size() + 1) % alignment) % alignment, ' ');
  text += '\n';
  std::string header(magic);
  header +=
      {'\x01', '\x00', static_cast<char>(text.size() & 255), static_cast<char>(text.size() >> 8)};
  return header + text;
}

Expected<void> writeNpy(const std::string &path, const Tensor &tensor) {
  if (tensor.shape.size() > maxRank)
    return fail(fmt::format("'{}': expected at most {} dimensions, got {}", path, maxRank,
                            tensor.shape.size()));
  Expected<AtomicFile> file = AtomicFile::create(path);
  if (!file)
    return fail(file.error().message);
  if (Expected<void> done = file->write(npyHeader(tensor.shape, tensor.dtype)); !done)
    return done;
  if (Expected<void> done = file->write(textOf(tensor.data)); !done)
    return done;
  return file->commit();
}

} // namespace engram
