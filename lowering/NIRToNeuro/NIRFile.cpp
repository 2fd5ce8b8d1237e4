// Entry points for reading NIR files, and the checks made before HDF5 sees the bytes.
#include "lowering/NIRToNeuro/NIRFileImpl.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace engram::nir {
namespace {

constexpr std::string_view hdf5Signature = "\x89HDF\r\n\x1a\n";

struct Signature {
  std::string_view start;
  const char *what;
};

/// Things that were found under the name of a network, in the wild.
constexpr std::array<Signature, 9> otherSignatures = {{
    {"PK\x03\x04", "a zip archive"},
    {"PK\x05\x06", "a zip archive"},
    {"\x1f\x8b", "a gzip file"},
    {"BZh", "a bzip2 file"},
    {"\x93NUMPY", "a NumPy array"},
    {"version https://git-lfs", "a Git LFS pointer, the file itself was not fetched"},
    {"<!DOCTYPE", "a web page"},
    {"<html", "a web page"},
    {"<?xml", "an XML file"},
}};

/// HDF5 looks for its signature at 0, 512, 1024, 2048, ...; `readAt` fills a buffer from an offset.
template <typename ReadAt> Expected<void> checkSignature(const Source &source, ReadAt readAt) {
  std::array<char, 24> buffer{};
  if (source.size == 0)
    return fail(fmt::format("{}: the file is empty", quoted(source.name)));
  for (std::uint64_t offset = 0; offset + hdf5Signature.size() <= source.size;
       offset = offset ? offset * 2 : 512)
    if (readAt(buffer.data(), hdf5Signature.size(), offset) &&
        std::memcmp(buffer.data(), hdf5Signature.data(), hdf5Signature.size()) == 0)
      return {};
  std::size_t length = std::min<std::uint64_t>(buffer.size(), source.size);
  if (readAt(buffer.data(), length, 0))
    for (const Signature &other : otherSignatures)
      if (std::string_view(buffer.data(), length).substr(0, other.start.size()) == other.start)
        return fail(fmt::format("{}: not an HDF5 file (it begins like {})", quoted(source.name),
                                other.what));
  return fail(fmt::format("{}: not an HDF5 file", quoted(source.name)));
}

Expected<Graph> read(const Source &source, ReadOptions options) {
  return options.isolate ? readInChild(source) : readHere(source);
}

} // namespace

Expected<Graph> readFile(const std::string &path, ReadOptions options) {
  // A pipe or device could block for ever or never end, so it is not opened for reading at all.
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return fail(fmt::format("{}: {}", quoted(path), std::strerror(errno)));
  Source source{path};
  struct stat status{};
  Expected<void> checked;
  if (::fstat(descriptor, &status) != 0)
    checked = fail(fmt::format("{}: {}", quoted(path), std::strerror(errno)));
  else if (!S_ISREG(status.st_mode))
    checked = fail(fmt::format("{}: not a regular file", quoted(path)));
  else {
    source.size = static_cast<std::uint64_t>(status.st_size);
    checked = checkSignature(source, [&](char *buffer, std::size_t size, std::uint64_t offset) {
      return ::pread(descriptor, buffer, size, static_cast<off_t>(offset)) ==
             static_cast<ssize_t>(size);
    });
  }
  ::close(descriptor);
  if (!checked)
    return tl::unexpected(checked.error());
  return read(source, options);
}

Expected<Graph> readImage(const void *bytes, std::size_t size, const std::string &name,
                          ReadOptions options) {
  Source source{name, bytes, size};
  auto checked = checkSignature(source, [&](char *buffer, std::size_t count, std::uint64_t offset) {
    std::memcpy(buffer, static_cast<const char *>(bytes) + offset, count);
    return true;
  });
  if (!checked)
    return tl::unexpected(checked.error());
  return read(source, options);
}

} // namespace engram::nir
