// A dense row-major array value: what the file readers return and what a network is fed with.
#pragma once

#include "runtime/Error.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace engram {

enum class DType : uint8_t { Bool, U8, I8, U16, I16, U32, I32, U64, I64, F32, F64 };

/// Bytes of one element.
size_t byteSize(DType dtype);
/// "bool", "u8", "i8", ..., "f64", as diagnostics print it.
std::string_view dtypeName(DType dtype);
inline bool isFloat(DType dtype) { return dtype == DType::F32 || dtype == DType::F64; }

template <typename T> constexpr DType dtypeOf();
template <> constexpr DType dtypeOf<uint8_t>() { return DType::U8; }
template <> constexpr DType dtypeOf<int8_t>() { return DType::I8; }
template <> constexpr DType dtypeOf<uint16_t>() { return DType::U16; }
template <> constexpr DType dtypeOf<int16_t>() { return DType::I16; }
template <> constexpr DType dtypeOf<uint32_t>() { return DType::U32; }
template <> constexpr DType dtypeOf<int32_t>() { return DType::I32; }
template <> constexpr DType dtypeOf<uint64_t>() { return DType::U64; }
template <> constexpr DType dtypeOf<int64_t>() { return DType::I64; }
template <> constexpr DType dtypeOf<float>() { return DType::F32; }
template <> constexpr DType dtypeOf<double>() { return DType::F64; }

/// Invariant: data.size() == size() * byteSize(dtype). A Bool element is one byte, 0 or 1.
/// Rank 0 is a scalar with one element.
struct Tensor {
  std::vector<int64_t> shape;
  DType dtype = DType::F64;
  std::vector<std::byte> data;

  /// All zero. The caller has bounded the shape: nothing is checked here.
  static Tensor zeros(std::vector<int64_t> shape, DType dtype);

  /// Row-major elements; values.size() is the product of the shape.
  template <typename T>
  static Tensor from(std::vector<int64_t> shape, const std::vector<T> &values) {
    Tensor tensor;
    tensor.shape = std::move(shape);
    tensor.dtype = dtypeOf<T>();
    tensor.data.resize(values.size() * sizeof(T));
    if (!values.empty())
      std::memcpy(tensor.data.data(), values.data(), tensor.data.size());
    return tensor;
  }

  int64_t rank() const { return static_cast<int64_t>(shape.size()); }
  /// Number of elements: the product of the shape.
  int64_t size() const;

  /// The elements in place; T must be the type of 'dtype' (uint8_t also for Bool).
  template <typename T> T *as() { return reinterpret_cast<T *>(data.data()); }
  template <typename T> const T *as() const { return reinterpret_cast<const T *>(data.data()); }

  /// Element number 'flat' in row-major order. Integers beyond 2^53 are rounded to nearest.
  double at(int64_t flat) const;
  std::vector<double> toDoubles() const;
  /// Fails on a fraction, a value that is not finite, or one outside int64.
  Expected<std::vector<int64_t>> toInts() const;
};

/// "(3, 4)", as numpy prints a shape.
std::string shapeString(const std::vector<int64_t> &shape);

} // namespace engram
