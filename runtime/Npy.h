// Reading and writing numpy's .npy arrays.
#pragma once

#include "runtime/Tensor.h"

namespace engram {

/// Reads format versions 1.0, 2.0 and 3.0 in C or Fortran order, both byte orders, of bool, signed
/// and unsigned integers and floats; float16 becomes F32. The result is row-major. Before anything
/// is allocated, the shape is checked against the length of the file, which must end with the
/// array. Errors: the file cannot be read; it is not an .npy file; unsupported element type; more
/// than 32 dimensions or 2^40 elements; the length differs from the shape's. Source:
/// numpy.lib.format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
Expected<Tensor> readNpy(const std::string &path);

/// The same for bytes in memory; 'name' is the file named in errors.
Expected<Tensor> parseNpy(std::vector<std::byte> bytes, const std::string &name);

/// The bytes ahead of the elements in a file of version 1.0, as numpy.save writes them.
std::string npyHeader(const std::vector<int64_t> &shape, DType dtype);

/// Version 1.0, C order, little endian; byte for byte what numpy.save writes. Atomic.
Expected<void> writeNpy(const std::string &path, const Tensor &tensor);

} // namespace engram
