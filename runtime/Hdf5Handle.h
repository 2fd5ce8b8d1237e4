// Owning HDF5 identifiers, and silence of the library's own error printing.
#pragma once

#include <functional>
#include <hdf5.h>
#include <string>
#include <utility>

namespace engram {

/// Closes an HDF5 identifier. Negative identifiers, which are failures, are not closed.
class Hdf5Handle {
public:
  using Close = herr_t (*)(hid_t);

  Hdf5Handle() = default;
  Hdf5Handle(hid_t id, Close close) : id(id), close(close) {}
  Hdf5Handle(Hdf5Handle &&other) noexcept : id(std::exchange(other.id, -1)), close(other.close) {}
  Hdf5Handle &operator=(Hdf5Handle &&other) noexcept {
    std::swap(id, other.id);
    std::swap(close, other.close);
    return *this;
  }
  ~Hdf5Handle() {
    if (id >= 0)
      close(id);
  }

  hid_t get() const { return id; }
  explicit operator bool() const { return id >= 0; }

private:
  hid_t id = -1;
  Close close = nullptr;
};

/// While one lives, HDF5 prints no error stacks; the previous state is restored after it.
class Hdf5Silence {
public:
  Hdf5Silence() {
    H5Eget_auto2(H5E_DEFAULT, &function, &data);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~Hdf5Silence() { H5Eset_auto2(H5E_DEFAULT, function, data); }
  Hdf5Silence(const Hdf5Silence &) = delete;
  Hdf5Silence &operator=(const Hdf5Silence &) = delete;

private:
  H5E_auto2_t function = nullptr;
  void *data = nullptr;
};

/// Runs 'probe' in a child process and says whether it came to its end within 'limitSeconds'. HDF5
/// 1.10 trusts lengths and indices in a file, so that a damaged one makes it crash or never return;
/// what a child has survived on the same bytes is safe to do here. The child sees the open files of
/// the parent and changes nothing that the parent sees. HDF5 must not be in use by another thread.
bool survivesInChild(const std::function<void()> &probe, unsigned limitSeconds);

/// The library's innermost description of the last failure, such as "unable to open file"; empty
/// where it says nothing.
std::string lastHdf5Problem();

} // namespace engram
