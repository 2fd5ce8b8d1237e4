// The C interface of a compiled network: functions around init and step, and the header that
// declares them.
#pragma once

#include "lowering/NeuroToLinalg/Abi.h"
#include "mlir/IR/BuiltinOps.h"

namespace engram::cpu {

/// A name that C takes: letters, digits and underscores.
std::string cName(llvm::StringRef name);

/// A number that changes with the layout: names, shapes, offsets.
int64_t layoutOf(const Abi &abi);

/// Adds `NAME_create`, `NAME_destroy`, `NAME_reset`, `NAME_steps`, `NAME_layout` and an accessor
/// for each array that a caller may see to a module in the llvm dialect that holds `NAME_init` and
/// `NAME_step`. Everything else becomes internal.
void addCApi(mlir::ModuleOp module, const Abi &abi);

/// The C header for it. `dtSeconds` is stated in it.
std::string makeHeader(const Abi &abi, double dtSeconds);

} // namespace engram::cpu
