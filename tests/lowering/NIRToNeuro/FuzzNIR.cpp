// libFuzzer harness: any bytes as a NIR file, read and checked as the tools do, and as the answer
// of a reading child.
//
// Files are read in a child, so every crash is ours. With ENGRAM_FUZZ_IN_PROCESS=1 they are read in
// this process instead: the fuzzer then sees coverage, and soon finds what HDF5 1.10 does wrong
// (run it with -fork=1 -ignore_crashes=1 and look for our frames).
#include "lowering/NIRToNeuro/NIRChecks.h"
#include "lowering/NIRToNeuro/NIRFileImpl.h"

#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace {

/// The bytes come through a pipe, as from a child; more than fits into one is left out.
void readAsAnswer(const std::uint8_t *data, std::size_t size) {
  using namespace engram::nir;
  int ends[2];
  if (::pipe2(ends, O_NONBLOCK) != 0)
    return;
  ssize_t written = ::write(ends[1], data, size);
  ::close(ends[1]);
  if (written > 0)
    if (auto graph = receiveAnswer(ends[0], Limits{size}))
      (void)checkGraph(*graph, "fuzz.nir");
  ::close(ends[0]);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  using namespace engram::nir;
  static const bool isolate = std::getenv("ENGRAM_FUZZ_IN_PROCESS") == nullptr;
  readAsAnswer(data, size);
  if (auto graph = readImage(data, size, "fuzz.nir", {isolate}))
    (void)checkGraph(*graph, "fuzz.nir");
  return 0;
}
