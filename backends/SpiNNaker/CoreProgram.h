// From an update program to what a core executes: an ELF for an ARM, a shared object for a host.
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "runtime/Error.h"

namespace engram::spinnaker {

enum class Variant { Arm968, CortexM4, Host };

struct CoreProgram {
  std::string bytes;
  uint32_t codeBytes = 0; ///< vectors, code and constants; 0 of a host's
};

/// Joins the core runtime with `neuron_update` (a module in the llvm dialect, as compileUpdate
/// makes it; null: the program of sources), optimizes and links it. An error if there is no linker,
/// ld.lld, or if it refuses.
Expected<CoreProgram> makeCoreProgram(mlir::ModuleOp update, Variant variant);

} // namespace engram::spinnaker
