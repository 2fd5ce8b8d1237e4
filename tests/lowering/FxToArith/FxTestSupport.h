// Fixed-point functions on numbers: their operands, and compiled code for them.
#pragma once

#include "dialects/Fx/IR/FxOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/IR/BuiltinOps.h"
#include <functional>
#include <string>

namespace engram::fx {

/// Calls back with the operands that tests/dialects/Fx/IR/Inputs/reference.py goes through, in its
/// order: "all" or a "sample". 'amount' marks an i32 as a number of places; another i32 is a random
/// number.
void forEachOperands(llvm::ArrayRef<mlir::Type> types, bool all, bool amount,
                     const std::function<void(llvm::ArrayRef<int64_t>)> &visit);

/// Reads a file of the tests of dialects/Fx/IR; a null module is a failed test.
mlir::OwningOpRef<mlir::ModuleOp> parseTestFile(mlir::MLIRContext &context,
                                                const std::string &name);
void loadDialects(mlir::MLIRContext &context);

/// Functions after convert-fx-to-arith and LLVM.
class CompiledModule {
public:
  /// Takes a copy. The functions have one result.
  explicit CompiledModule(mlir::ModuleOp module);

  using Function = std::function<int64_t(llvm::ArrayRef<int64_t>)>;
  /// Numbers as EvaluateInterface has them.
  Function lookup(mlir::func::FuncOp original);
  explicit operator bool() const { return engine != nullptr; }

private:
  mlir::OwningOpRef<mlir::ModuleOp> lowered;
  std::unique_ptr<mlir::ExecutionEngine> engine;
};

} // namespace engram::fx
