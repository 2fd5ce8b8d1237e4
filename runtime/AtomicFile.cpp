// A file that appears under its name only when it is whole.
#include "runtime/AtomicFile.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace engram {

namespace fs = std::filesystem;

static constexpr size_t bufferLimit = size_t(1) << 16;

// 0 or the errno of the failure.
static int writeAll(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = ::write(fd, bytes, count);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return errno;
    bytes += written;
    count -= static_cast<size_t>(written);
  }
  return 0;
}

// Creates a file that did not exist; the name does not contain the target's, which may already be
// as long as a name can be. Returns -1 with errno set.
static int createTemporary(const fs::path &folder, std::string &name) {
  static std::atomic<unsigned> counter{0};
  for (int attempt = 0; attempt < 1000; ++attempt) {
    name = (folder / fmt::format(".engram-{}-{}.tmp", ::getpid(), counter++)).string();
    int fd = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST)
      return fd;
  }
  return -1;
}

Expected<AtomicFile> AtomicFile::create(const std::string &path) {
  AtomicFile file;
  file.given = path;
  if (path.empty())
    return fail("expected the name of a file to write, got an empty one");
  std::error_code error;
  fs::path target =
      fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : fs::path(path);
  if (error && error != std::errc::no_such_file_or_directory)
    return fail(fmt::format("'{}': cannot be written: {}", path, error.message()));
  struct stat info;
  bool exists = ::stat(target.c_str(), &info) == 0;
  if ((exists && S_ISDIR(info.st_mode)) || !target.has_filename())
    return fail(fmt::format("'{}': expected the name of a file to write, got a directory", path));
  file.target = target.string();
  file.device = exists && !S_ISREG(info.st_mode);
  fs::path folder = target.parent_path();
  if (file.device)
    folder = fs::temp_directory_path(error);
  else if (folder.empty())
    folder = ".";
  file.fd = createTemporary(folder, file.temporary);
  if (file.fd < 0) {
    file.temporary.clear();
    return fail(fmt::format("'{}': cannot be written: {}", path, std::strerror(errno)));
  }
  if (exists && !file.device && ::fchmod(file.fd, info.st_mode & 07777) != 0)
    return file.failWith("cannot keep its permissions", errno);
  return file;
}

AtomicFile::AtomicFile(AtomicFile &&other) noexcept { *this = std::move(other); }

AtomicFile &AtomicFile::operator=(AtomicFile &&other) noexcept {
  if (this == &other)
    return *this;
  discard();
  given = std::move(other.given);
  target = std::move(other.target);
  temporary = std::exchange(other.temporary, {});
  buffer = std::move(other.buffer);
  fd = std::exchange(other.fd, -1);
  device = other.device;
  return *this;
}

void AtomicFile::discard() noexcept {
  if (fd >= 0)
    ::close(fd);
  fd = -1;
  if (!temporary.empty())
    ::unlink(temporary.c_str());
  temporary.clear();
}

tl::unexpected<Error> AtomicFile::failWith(std::string_view what, int code) {
  discard();
  return fail(fmt::format("'{}': {}: {}", given, what, std::strerror(code)));
}

Expected<void> AtomicFile::flush() {
  if (fd < 0)
    return fail(fmt::format("'{}': cannot be written: it is already closed", given));
  if (int code = writeAll(fd, buffer.data(), buffer.size()))
    return failWith("cannot be written", code);
  buffer.clear();
  return {};
}

Expected<void> AtomicFile::write(std::string_view bytes) {
  if (fd < 0)
    return fail(fmt::format("'{}': cannot be written: it is already closed", given));
  buffer.append(bytes);
  return buffer.size() < bufferLimit ? Expected<void>() : flush();
}

Expected<void> AtomicFile::copyToDevice() {
  int out = ::open(target.c_str(), O_WRONLY | O_CLOEXEC);
  if (out < 0)
    return failWith("cannot be written", errno);
  char bytes[1 << 14];
  int code = ::lseek(fd, 0, SEEK_SET) < 0 ? errno : 0;
  while (code == 0) {
    ssize_t count = ::read(fd, bytes, sizeof bytes);
    if (count == 0)
      break;
    if (count > 0)
      code = writeAll(out, bytes, static_cast<size_t>(count));
    else if (errno != EINTR)
      code = errno;
  }
  ::close(out);
  if (code)
    return failWith("cannot be written", code);
  discard();
  return {};
}

Expected<void> AtomicFile::commit() {
  if (Expected<void> flushed = flush(); !flushed)
    return flushed;
  if (device)
    return copyToDevice();
  if (::fsync(fd) != 0)
    return failWith("cannot be written", errno);
  int code = ::close(std::exchange(fd, -1)) != 0 ? errno : 0;
  if (code == 0 && ::rename(temporary.c_str(), target.c_str()) != 0)
    code = errno;
  if (code)
    return failWith("cannot be written", code);
  temporary.clear();
  // Best effort: some file systems cannot fsync a folder, and the file itself is safe.
  fs::path folder = fs::path(target).parent_path();
  int folderFd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folderFd >= 0) {
    (void)::fsync(folderFd);
    ::close(folderFd);
  }
  return {};
}

Expected<void> writeFileAtomically(const std::string &path, std::string_view bytes) {
  Expected<AtomicFile> file = AtomicFile::create(path);
  if (!file)
    return fail(file.error().message);
  if (Expected<void> written = file->write(bytes); !written)
    return written;
  return file->commit();
}

} // namespace engram
