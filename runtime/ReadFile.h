// Reading a whole file into memory, with a bound that does not trust the file.
#pragma once

#include "runtime/Error.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace engram {

/// All bytes of 'path'. A regular file is read at its length; a pipe or device up to 1 GiB, beyond
/// which it is refused. Errors: cannot be opened or read, is a directory, is too long.
Expected<std::vector<std::byte>> readFile(const std::string &path);

inline std::string_view textOf(const std::vector<std::byte> &bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

/// "npy" of "a/b.NPY": what follows the last dot of the last component, in lower case.
std::string extensionOf(const std::string &path);

} // namespace engram
