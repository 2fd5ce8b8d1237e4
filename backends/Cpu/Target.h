// The host as a target: from the llvm dialect to machine code.
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace engram::cpu {

struct TargetOptions {
  std::string cpu =
      "x86-64"; ///< as in `clang -march`; "native" is the machine we run on; ignored off x86-64
  unsigned optLevel = 3;
};

/// A target machine of the host's architecture for position-independent code; null, with an error
/// on `loc`, if the cpu is unknown.
std::unique_ptr<llvm::TargetMachine> createTargetMachine(mlir::Location loc,
                                                         const TargetOptions &options);

/// Translates a module in the llvm dialect and optimizes it. Floating-point operations are never
/// contracted or reassociated. Null, with a diagnostic, on failure.
std::unique_ptr<llvm::Module> translate(mlir::ModuleOp module, llvm::LLVMContext &context,
                                        llvm::TargetMachine &machine, unsigned optLevel);

/// Registers what translation needs; for `DialectRegistry` of tools.
void registerTranslations(mlir::DialectRegistry &registry);

} // namespace engram::cpu
