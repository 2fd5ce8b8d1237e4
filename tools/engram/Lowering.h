// A network through the pipelines, with what 'engram compile' can show on the way.
#pragma once

#include "mlir/IR/BuiltinOps.h"

#include <string>
#include <vector>

namespace engram::tool {

struct LoweringArguments {
  std::string precision;
  std::vector<std::string> dumpAfter;
  bool timing = false;
};

/// True for the stages that are MLIR: neuro, discrete, linalg, llvm.
bool isMlirStage(const std::string &stage);

/// Lowers the module in place. Returns an exit code, after a message if it is not 'done'.
int lowerTo(const std::string &stage, mlir::ModuleOp module, const LoweringArguments &arguments);

/// Lowers, and writes what 'stage' (llvm, asm, object, shared, static, header) gives for this host.
int emitCode(const std::string &stage, mlir::ModuleOp module, const LoweringArguments &arguments,
             const std::string &output);

} // namespace engram::tool
