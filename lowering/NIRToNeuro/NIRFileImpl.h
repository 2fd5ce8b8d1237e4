// What the parts of reading and writing NIR files share: HDF5 handles, limits, the child's
// messages.
#pragma once

#include "lowering/NIRToNeuro/NIRFile.h"

#include <hdf5.h>

#include <algorithm>
#include <utility>

namespace engram::nir {

/// Owns an HDF5 identifier of any kind.
class Handle {
public:
  Handle() = default;
  explicit Handle(hid_t id) : id(id) {}
  Handle(Handle &&other) noexcept : id(std::exchange(other.id, -1)) {}
  Handle &operator=(Handle &&other) noexcept {
    std::swap(id, other.id);
    return *this;
  }
  ~Handle() {
    if (id >= 0)
      H5Idec_ref(id);
  }
  explicit operator bool() const { return id >= 0; }
  operator hid_t() const { return id; }

private:
  hid_t id = -1;
};

/// Keeps the library from printing its error stack; restores what was set before.
class QuietHDF5 {
public:
  QuietHDF5() {
    H5Eget_auto2(H5E_DEFAULT, &function, &data);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~QuietHDF5() { H5Eset_auto2(H5E_DEFAULT, function, data); }
  QuietHDF5(const QuietHDF5 &) = delete;
  QuietHDF5 &operator=(const QuietHDF5 &) = delete;

private:
  H5E_auto2_t function = nullptr;
  void *data = nullptr;
};

/// How much a file of a given size may ask for. Deflate shrinks at most 1032-fold, so honest data
/// stays below the ratio; what is small is allowed whatever its ratio.
struct Limits {
  static constexpr std::uint64_t smallBytes = std::uint64_t(64) << 20;
  static constexpr std::uint64_t mostBytes = std::uint64_t(16) << 30;
  static constexpr std::uint64_t mostExpansion = 1100;
  static constexpr std::uint64_t mostLinks = 16'000'000;
  static constexpr int mostDepth = 32;

  std::uint64_t fileSize = 0;

  /// Of all arrays and strings together.
  std::uint64_t totalBytes() const {
    std::uint64_t size = std::min(fileSize, mostBytes);
    return std::min(mostBytes, smallBytes + mostExpansion * size);
  }
  /// Of all fields, nodes and groups together. Hard links let a small file name one object often;
  /// an own object takes more than 16 bytes.
  std::uint64_t totalLinks() const { return std::min(mostLinks, 1024 + fileSize / 16); }
};

/// Where the bytes are: a path, or an image in memory if `image` is set.
struct Source {
  std::string name;
  const void *image = nullptr;
  std::uint64_t size = 0;
};

/// Reads with HDF5 in this process.
Expected<Graph> readHere(const Source &source);

/// Reads with HDF5 in a child process.
Expected<Graph> readInChild(const Source &source);

/// Writes with HDF5 in this process; `path` is for messages. After an error that the disk caused
/// the library is broken and crashes when the process ends normally.
Expected<void> writeHere(const Graph &graph, const std::string &temporary, const std::string &path,
                         WriteOptions options);

/// Writes with HDF5 in a child process.
Expected<void> writeInChild(const Graph &graph, const std::string &temporary,
                            const std::string &path, WriteOptions options);

/// The child's answer as bytes. `sendAnswer` returns false if the other end is gone;
/// `receiveAnswer` fails with an empty message if the answer is cut short or makes no sense, and
/// throws std::bad_alloc if this process has no memory for it.
bool sendAnswer(int descriptor, const Expected<Graph> &answer);
Expected<Graph> receiveAnswer(int descriptor, const Limits &limits);

} // namespace engram::nir
