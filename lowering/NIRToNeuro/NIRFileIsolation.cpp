// Runs HDF5 in a forked child, with limits for reading, and takes its answer through a pipe.
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
#include <functional>
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

using ChildWork = const std::function<Expected<Graph>()> &;

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

/// What a child may use; reading a file of others is limited, writing an own graph is not.
struct Allowance {
  bool limited = false;
  std::uint64_t seconds = 0;
  std::uint64_t bytes = 0; ///< On top of what this process has in use.
};

/// The child dies of what befalls it, without a word and without the parent's handlers.
[[noreturn]] void runChild(const Allowance &allowance, int descriptor, ChildWork work) {
  for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU, SIGTERM, SIGINT})
    ::signal(signal, SIG_DFL);
  // As errors of write(2), these can be reported.
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  lowerLimit(RLIMIT_CORE, 0);
  if (allowance.limited)
    lowerLimit(RLIMIT_CPU, allowance.seconds);
#ifndef ENGRAM_ADDRESS_SANITIZER
  // The sanitizer reserves terabytes and must be heard; otherwise the C library's last words about
  // a broken heap would reach the user.
  if (allowance.limited)
    lowerLimit(RLIMIT_AS, addressSpace() + allowance.bytes);
  int null = ::open("/dev/null", O_WRONLY);
  if (null >= 0)
    ::dup2(null, STDERR_FILENO);
#endif
  bool sent = sendAnswer(descriptor, work());
  ::_exit(sent ? 0 : 1);
}

std::string explainDeath(int status, const Allowance &allowance) {
  std::string cause = allowance.limited ? ": the file is corrupt" : "";
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
    return fmt::format("the HDF5 library did not finish within {} s{}", allowance.seconds, cause);
  if (WIFSIGNALED(status))
    return fmt::format("the HDF5 library failed on it (signal {}){}", WTERMSIG(status), cause);
  return "the HDF5 library failed on it" + cause;
}

Expected<Graph> runInChild(const std::string &name, const Limits &limits,
                           const Allowance &allowance, ChildWork work) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return fail(fmt::format("{}: {}", quoted(name), std::strerror(errno)));
  pid_t child = ::fork();
  if (child < 0) {
    int cause = errno;
    ::close(ends[0]);
    ::close(ends[1]);
    return fail(fmt::format("{}: {}", quoted(name), std::strerror(cause)));
  }
  if (child == 0) {
    ::close(ends[0]);
    runChild(allowance, ends[1], work);
  }
  ::close(ends[1]);
  Expected<Graph> answer;
  try {
    answer = receiveAnswer(ends[0], limits);
  } catch (const std::bad_alloc &) {
    answer = fail(fmt::format("{}: not enough memory", quoted(name)));
  }
  ::close(ends[0]);
  bool noAnswer = !answer && answer.error().message.empty();
  if (noAnswer)
    ::kill(child, SIGKILL); // It may be alive with nonsense to say; a dead one does not notice.
  int status = 0;
  pid_t waited;
  while ((waited = ::waitpid(child, &status, 0)) < 0 && errno == EINTR)
    ;
  if (noAnswer)
    return fail(
        fmt::format("{}: {}", quoted(name), explainDeath(waited == child ? status : 0, allowance)));
  return answer;
}

} // namespace

Expected<Graph> readInChild(const Source &source) {
  Limits limits{source.size};
  std::uint64_t image = source.image ? source.size * 2 : 0;
  std::uint64_t bytes = image + 2 * limits.totalBytes() + (std::uint64_t(512) << 20);
  return runInChild(source.name, limits, {true, processorSeconds(limits), bytes},
                    [&] { return readHere(source); });
}

Expected<void> writeInChild(const Graph &graph, const std::string &temporary,
                            const std::string &path, WriteOptions options) {
  auto answer = runInChild(path, Limits(), Allowance(), [&]() -> Expected<Graph> {
    if (auto done = writeHere(graph, temporary, path, options); !done)
      return tl::unexpected(done.error());
    return Graph();
  });
  if (!answer)
    return tl::unexpected(answer.error());
  return {};
}

} // namespace engram::nir
