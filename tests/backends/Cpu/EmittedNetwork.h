// A network compiled to files in a temporary folder, for tests of what a C user gets.
#pragma once

#include "backends/Cpu/Emit.h"
#include "lowering/NeuroToLinalg/Abi.h"
#include "mlir/IR/OwningOpRef.h"
#include <filesystem>

namespace engram::cputest {

/// A folder that goes away with the object.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  std::string operator/(const std::string &name) const { return (path / name).string(); }
  std::vector<std::string> files() const;

  std::filesystem::path path;
};

/// A discrete network in the llvm dialect.
struct Lowered {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  Abi abi;
  double dtSeconds = 0;

  /// Writes a file, and NAME.h beside it; an error as text, empty without one.
  std::string emit(cpu::FileKind kind, const std::string &path,
                   const cpu::TargetOptions &options = {}) const;
  void writeHeader(const std::string &path) const;
};
Lowered lower(mlir::ModuleOp discrete);

/// What a command printed (both streams), and its exit status.
struct Output {
  int status = -1;
  std::string text;
};
Output runCommand(const std::string &command);

} // namespace engram::cputest
