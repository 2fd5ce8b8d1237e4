// Runs the HDF5 reader in a forked child with limits, and takes its answer through a pipe.
//
// The child only allocates and calls HDF5, which this process does not use for reading; that is
// safe after a fork even where other threads run, as the C library makes its allocator so.
#include "lowering/NIRToNeuro/NIRFileImpl.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <new>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ENGRAM_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ENGRAM_ADDRESS_SANITIZER 1
#endif
#endif

namespace engram::nir {
namespace {

#ifndef ENGRAM_ADDRESS_SANITIZER
/// Address space that this process has in use, in bytes.
std::uint64_t addressSpace() {
  unsigned long long pages = 0;
  if (std::FILE *file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%llu", &pages) != 1)
      pages = 0;
    std::fclose(file);
  }
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}
#endif

void lowerLimit(int resource, std::uint64_t value) {
  rlimit limit;
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &limit) != 0)
    return;
  if (limit.rlim_max != RLIM_INFINITY)
    value = std::min<std::uint64_t>(value, limit.rlim_max);
  limit.rlim_cur = value;
  ::setrlimit(static_cast<__rlimit_resource>(resource), &limit);
}

/// A usual file takes some milliseconds, and inflating runs at some 100 MB/s; the rest is for slow
/// machines and sanitizers.
std::uint64_t processorSeconds(const Limits &limits) { return 2 + limits.fileSize / 1'000'000; }

/// The child dies of what befalls it, without a word and without the parent's handlers.
[[noreturn]] void runChild(const Source &source, int descriptor) {
  for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU, SIGTERM, SIGINT})
    ::signal(signal, SIG_DFL);
  ::signal(SIGPIPE, SIG_IGN);
  Limits limits{source.size};
  lowerLimit(RLIMIT_CORE, 0);
  lowerLimit(RLIMIT_CPU, processorSeconds(limits));
#ifndef ENGRAM_ADDRESS_SANITIZER
  // The sanitizer reserves terabytes and must be heard; otherwise the C library's last words about
  // a broken heap would reach the user.
  std::uint64_t image = source.image ? source.size * 2 : 0;
  lowerLimit(RLIMIT_AS,
             addressSpace() + image + 2 * limits.totalBytes() + (std::uint64_t(512) << 20));
  int null = ::open("/dev/null", O_WRONLY);
  if (null >= 0)
    ::dup2(null, STDERR_FILENO);
#endif
  bool sent = sendAnswer(descriptor, readHere(source));
  ::_exit(sent ? 0 : 1);
}

std::string explainDeath(int status, const Limits &limits) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
    return fmt::format("the HDF5 library did not finish within {} s: the file is corrupt",
                       processorSeconds(limits));
  if (WIFSIGNALED(status))
    return fmt::format("the HDF5 library failed on it (signal {}): the file is corrupt",
                       WTERMSIG(status));
  return "the HDF5 library failed on it: the file is corrupt";
}

} // namespace

Expected<Graph> readInChild(const Source &source) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return fail(fmt::format("{}: {}", quoted(source.name), std::strerror(errno)));
  pid_t child = ::fork();
  if (child < 0) {
    int cause = errno;
    ::close(ends[0]);
    ::close(ends[1]);
    return fail(fmt::format("{}: {}", quoted(source.name), std::strerror(cause)));
  }
  if (child == 0) {
    ::close(ends[0]);
    runChild(source, ends[1]);
  }
  ::close(ends[1]);
  Limits limits{source.size};
  Expected<Graph> answer;
  try {
    answer = receiveAnswer(ends[0], limits);
  } catch (const std::bad_alloc &) {
    answer = fail(fmt::format("{}: not enough memory", quoted(source.name)));
  }
  ::close(ends[0]);
  if (!answer && answer.error().message.empty())
    ::kill(child, SIGKILL); // It may be alive with nonsense to say; a dead one does not notice.
  int status = 0;
  pid_t waited;
  while ((waited = ::waitpid(child, &status, 0)) < 0 && errno == EINTR)
    ;
  if (!answer && answer.error().message.empty())
    return fail(fmt::format("{}: {}", quoted(source.name),
                            explainDeath(waited == child ? status : 0, limits)));
  return answer;
}

} // namespace engram::nir
