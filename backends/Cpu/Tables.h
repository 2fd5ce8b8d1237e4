// Big constants of a network that is compiled in this process: kept beside the code, not in it.
#pragma once

#include "mlir/IR/BuiltinOps.h"

namespace engram::cpu {

/// Memory on huge pages where the system has them: rows of synapses are read at random.
struct FreeDeleter {
  void operator()(char *memory) const { std::free(memory); }
};
using Memory = std::unique_ptr<char, FreeDeleter>;

/// Null if there is none.
Memory allocateMemory(size_t bytes);

/// The tables that were taken out of a module.
struct Tables {
  Memory memory;
  std::vector<std::pair<std::string, char *>> symbols;
};

/// Takes the numbers of all big constants out of a module in the llvm dialect, which declares them
/// as external then, and frees them there. Through LLVM IR, object and loader they would be copied
/// several times. Failure, with a diagnostic, if there is no memory.
mlir::FailureOr<Tables> takeTables(mlir::ModuleOp module);

} // namespace engram::cpu
