// libFuzzer harness: any bytes as a NIR file, read, checked, written and read again.
//
// By default the file is read in this process, so that the fuzzer sees coverage; then it also finds
// what HDF5 1.10 itself does wrong. With ENGRAM_FUZZ_ISOLATE=1 each input is read as the tools read
// it, in a child, and every crash is ours.
#include "lowering/NIRToNeuro/NIRChecks.h"
#include "lowering/NIRToNeuro/NIRFile.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  using namespace engram::nir;
  static const bool isolate = std::getenv("ENGRAM_FUZZ_ISOLATE") != nullptr;
  auto graph = readImage(data, size, "fuzz.nir", {isolate});
  if (graph)
    (void)checkGraph(*graph, "fuzz.nir");
  return 0;
}
