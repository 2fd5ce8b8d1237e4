// A file that appears under its name only when it is whole.
#pragma once

#include "runtime/Error.h"

#include <string>
#include <string_view>

namespace engram {

/// Writes to a temporary beside the target; commit() makes it durable and renames it over the
/// target. Without a commit the target is untouched and the temporary is removed, at the latest by
/// the destructor. A target that is a symbolic link is written where it points to; an existing
/// file keeps its permissions. A target that is a device or a pipe cannot be replaced: it gets the
/// bytes at commit(), from a temporary in the system's temporary folder.
///
/// The object is not safe to share between threads; different objects are independent.
class AtomicFile {
public:
  /// Errors: the folder does not exist or cannot be written, the target is a directory.
  static Expected<AtomicFile> create(const std::string &path);

  AtomicFile(AtomicFile &&other) noexcept;
  AtomicFile &operator=(AtomicFile &&other) noexcept;
  AtomicFile(const AtomicFile &) = delete;
  AtomicFile &operator=(const AtomicFile &) = delete;
  ~AtomicFile() { discard(); }

  /// Buffered. After an error the temporary is gone and later calls fail too.
  Expected<void> write(std::string_view bytes);

  /// Flush, fsync, rename, fsync of the folder. Nothing may be written afterwards.
  Expected<void> commit();

  /// Removes the temporary; the target stays as it was.
  void discard() noexcept;

  /// For libraries that open files by name: they may write and close this file before commit().
  const std::string &temporaryPath() const { return temporary; }

private:
  AtomicFile() = default;
  Expected<void> flush();
  Expected<void> copyToDevice();
  tl::unexpected<Error> failWith(std::string_view what, int code);

  std::string given, target, temporary, buffer;
  int fd = -1;
  bool device = false;
};

/// The whole content in one call.
Expected<void> writeFileAtomically(const std::string &path, std::string_view bytes);

} // namespace engram
