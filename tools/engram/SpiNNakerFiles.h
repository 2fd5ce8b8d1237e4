// Packages for SpiNNaker machines (.spin) as the commands meet them: written, described.
#pragma once

#include "tools/engram/Description.h"

#include "mlir/IR/BuiltinOps.h"
#include "runtime/Error.h"

namespace engram::tool {

/// True of a folder that is a package by its ending; a slash may follow.
bool isSpiNNakerPackage(const std::string &path);

/// Compiles the mapped network of a module into a package, and says what is in it, as JSON or not
/// at all. Returns an exit code, after a message.
int writeSpiNNakerPackage(mlir::ModuleOp mapped, const std::string &path, bool json);

/// What is in a package. Errors name the folder and what is wrong in it.
Expected<Description> describeSpiNNakerPackage(const std::string &path);

} // namespace engram::tool
