// Element access of the dense array value.
#include "runtime/Tensor.h"

#include "runtime/NumberText.h"

#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace engram {

size_t byteSize(DType dtype) {
  switch (dtype) {
  case DType::Bool:
  case DType::U8:
  case DType::I8:
    return 1;
  case DType::U16:
  case DType::I16:
    return 2;
  case DType::U32:
  case DType::I32:
  case DType::F32:
    return 4;
  case DType::U64:
  case DType::I64:
  case DType::F64:
    return 8;
  }
  return 0;
}

std::string_view dtypeName(DType dtype) {
  constexpr std::string_view names[] = {"bool", "u8",  "i8",  "u16", "i16", "u32",
                                        "i32",  "u64", "i64", "f32", "f64"};
  return names[static_cast<size_t>(dtype)];
}

std::string shapeString(const std::vector<int64_t> &shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

Tensor Tensor::zeros(std::vector<int64_t> shape, DType dtype) {
  Tensor tensor;
  tensor.shape = std::move(shape);
  tensor.dtype = dtype;
  tensor.data.resize(static_cast<size_t>(tensor.size()) * byteSize(dtype));
  return tensor;
}

int64_t Tensor::size() const {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  return count;
}

// Calls 'visit' with the typed elements, so that a loop over them is compiled once per type.
template <typename Visit> static auto visitElements(const Tensor &tensor, Visit visit) {
  switch (tensor.dtype) {
  case DType::Bool:
  case DType::U8:
    return visit(tensor.as<uint8_t>());
  case DType::I8:
    return visit(tensor.as<int8_t>());
  case DType::U16:
    return visit(tensor.as<uint16_t>());
  case DType::I16:
    return visit(tensor.as<int16_t>());
  case DType::U32:
    return visit(tensor.as<uint32_t>());
  case DType::I32:
    return visit(tensor.as<int32_t>());
  case DType::U64:
    return visit(tensor.as<uint64_t>());
  case DType::I64:
    return visit(tensor.as<int64_t>());
  case DType::F32:
    return visit(tensor.as<float>());
  case DType::F64:
    break;
  }
  return visit(tensor.as<double>());
}

double Tensor::at(int64_t flat) const {
  return visitElements(
      *this, [flat](const auto *elements) { return static_cast<double>(elements[flat]); });
}

std::vector<double> Tensor::toDoubles() const {
  return visitElements(*this, [this](const auto *elements) {
    return std::vector<double>(elements, elements + size());
  });
}

// The open interval of doubles that convert to int64 without overflow: 2^63 itself does not.
static bool isInt64(double value) {
  return value >= -9223372036854775808.0 && value < 9223372036854775808.0 &&
         std::trunc(value) == value;
}

Expected<std::vector<int64_t>> Tensor::toInts() const {
  return visitElements(*this, [this](const auto *elements) -> Expected<std::vector<int64_t>> {
    using T = std::decay_t<decltype(*elements)>;
    std::vector<int64_t> result(static_cast<size_t>(size()));
    for (int64_t i = 0; i < size(); ++i) {
      if constexpr (std::is_floating_point_v<T>) {
        if (!isInt64(elements[i]))
          return fail(fmt::format("expected a whole number at element {}, got {}", i,
                                  shortestNumber(static_cast<double>(elements[i]))));
      } else if constexpr (std::is_same_v<T, uint64_t>) {
        if (elements[i] > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
          return fail(fmt::format("expected element {} to be below 2^63, got {}", i, elements[i]));
      }
      result[i] = static_cast<int64_t>(elements[i]);
    }
    return result;
  });
}

} // namespace engram
