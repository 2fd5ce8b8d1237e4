// What a core's program is joined with, compiled when Engram is built.
#pragma once

#include "llvm/ADT/StringRef.h"

namespace engram::spinnaker {

/// "VARIANT/NAME": bitcode of the core runtime (core.bc, source.bc), objects, a linker script.
/// Variants are arm968, cortex-m4 and host.
struct EmbeddedFile {
  const char *name;
  const char *begin, *end;
  llvm::StringRef bytes() const { return {begin, static_cast<size_t>(end - begin)}; }
};

extern const EmbeddedFile embeddedFiles[];
extern const size_t numEmbeddedFiles;

} // namespace engram::spinnaker
