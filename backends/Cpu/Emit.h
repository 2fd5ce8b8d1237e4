// Files that a network compiles to.
#pragma once

#include "backends/Cpu/Target.h"
#include "runtime/Error.h"

namespace engram::cpu {

enum class FileKind { LLVMIR, Assembly, Object, Shared };

/// Writes a module in the llvm dialect (from `buildLLVMPipeline`, with its `engram.abi`) with the C
/// interface of its network as a file of a kind. A shared object is linked by the system's compiler
/// driver (`cc`). Nothing is left behind on failure.
Expected<void> emitFile(mlir::ModuleOp module, llvm::StringRef network, FileKind kind,
                        const std::string &path, const TargetOptions &options);

} // namespace engram::cpu
