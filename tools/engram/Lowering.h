// A network through the pipelines, with what 'engram compile' can show on the way, and files of
// code.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"

#include <string>
#include <vector>

namespace engram::tool {

struct LoweringArguments {
  std::string precision, cpu;
  std::vector<std::string> dumpAfter;
  bool timing = false;
};

/// Lowers the module in place to a level: "neuro", "discrete", "linalg", "llvm". Returns an exit
/// code, after a message if it is not 'done'.
int lowerTo(const std::string &level, mlir::ModuleOp module, const LoweringArguments &arguments);

/// Lowers the network's module and writes code for this host: "llvm" (LLVM's own IR), "asm",
/// "object", "static" (an archive of the object), "shared", or the C "header". An empty path is
/// standard output, for text.
int emitCode(const std::vector<std::pair<std::string, std::string>> &stagesAndPaths,
             neuro::NetworkOp network, const LoweringArguments &arguments);

} // namespace engram::tool
