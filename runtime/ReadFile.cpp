// Reading a whole file into memory, with a bound that does not trust the file.
#include "runtime/ReadFile.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <new>
#include <sys/stat.h>
#include <unistd.h>

namespace engram {

static constexpr size_t pipeLimit = size_t(1) << 30;

// Fills 'bytes' from its current end to its size; shrinks it where the file ends earlier.
static bool fillFrom(int fd, std::vector<std::byte> &bytes, size_t offset) {
  while (offset < bytes.size()) {
    ssize_t count = ::read(fd, bytes.data() + offset, bytes.size() - offset);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return false;
    if (count == 0)
      break;
    offset += static_cast<size_t>(count);
  }
  bytes.resize(offset);
  return true;
}

static Expected<std::vector<std::byte>> readOpen(int fd, const std::string &path) {
  struct stat info;
  if (::fstat(fd, &info) != 0)
    return fail(fmt::format("'{}': cannot be read: {}", path, std::strerror(errno)));
  if (S_ISDIR(info.st_mode))
    return fail(fmt::format("'{}': expected a file, got a directory", path));
  std::vector<std::byte> bytes;
  // Files under /proc say that they are regular and have length 0.
  if (S_ISREG(info.st_mode) && info.st_size > 0) {
    bytes.resize(static_cast<size_t>(info.st_size));
    if (!fillFrom(fd, bytes, 0))
      return fail(fmt::format("'{}': cannot be read: {}", path, std::strerror(errno)));
    return bytes;
  }
  for (size_t chunk = size_t(1) << 16;; chunk = std::min(2 * chunk, pipeLimit)) {
    size_t offset = bytes.size();
    if (offset > pipeLimit)
      return fail(fmt::format("'{}': more than 1 GiB from something that is not a file", path));
    bytes.resize(offset + chunk);
    if (!fillFrom(fd, bytes, offset))
      return fail(fmt::format("'{}': cannot be read: {}", path, std::strerror(errno)));
    if (bytes.size() < offset + chunk)
      return bytes;
  }
}

Expected<std::vector<std::byte>> readFile(const std::string &path) {
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return fail(fmt::format("'{}': cannot be opened: {}", path, std::strerror(errno)));
  Expected<std::vector<std::byte>> result = fail("");
  try {
    result = readOpen(fd, path);
  } catch (const std::bad_alloc &) {
    result = fail(fmt::format("'{}': is too long for the memory of this machine", path));
  }
  ::close(fd);
  return result;
}

std::string extensionOf(const std::string &path) {
  std::string extension = std::filesystem::path(path).extension().string();
  if (!extension.empty())
    extension.erase(0, 1);
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

} // namespace engram
