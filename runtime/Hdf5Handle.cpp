// Owning HDF5 identifiers, and silence of the library's own error printing.
#include "runtime/Hdf5Handle.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace engram {

static herr_t keepInnermost(unsigned, const H5E_error2_t *entry, void *text) {
  if (entry->desc)
    *static_cast<std::string *>(text) = entry->desc;
  return 0;
}

bool survivesInChild(const std::function<void()> &probe, unsigned limitSeconds) {
  pid_t child = ::fork();
  if (child < 0)
    return false;
  if (child == 0) {
    // A crash here is an answer: no report, no core file.
    for (int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM})
      std::signal(signal, SIG_DFL);
    rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    if (!::freopen("/dev/null", "w", stderr))
      ::_exit(1);
    ::alarm(limitSeconds);
    probe();
    ::_exit(0);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string lastHdf5Problem() {
  std::string text;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, keepInnermost, &text);
  return text;
}

} // namespace engram
