// The library of neuron models: `.mlir` text that is embedded into the binary, and users' own
// files.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include <string>
#include <vector>

namespace engram::neuro {

/// A model of the library, as it stands in `dialects/Neuro/Library/Models`.
struct LibraryModel {
  llvm::StringRef name;
  llvm::StringRef text;
};

/// All models of the library, by name.
llvm::ArrayRef<LibraryModel> libraryModels();

/// The text of a model of the library; an empty optional if there is none of that name.
std::optional<llvm::StringRef> libraryText(llvm::StringRef name);

/// A module that holds one model of the library; null if there is none of that name.
mlir::OwningOpRef<mlir::ModuleOp> loadLibraryModel(llvm::StringRef name,
                                                   mlir::MLIRContext *context);

/// A module that holds all models of the library.
mlir::OwningOpRef<mlir::ModuleOp> loadLibrary(mlir::MLIRContext *context);

/// A module that holds the models of a user's file and nothing else that is in it. Null, with a
/// diagnostic, if the file cannot be read or parsed, or holds no model.
mlir::OwningOpRef<mlir::ModuleOp> loadModels(llvm::StringRef path, mlir::MLIRContext *context);

/// Those of `names` that `name` is most likely a misspelling of, the likeliest first: at most three
/// at the least distance (insertions, deletions, changes, swaps of neighbours; case is ignored), if
/// that is no more than a third of the longer name, or one.
std::vector<std::string> nearNames(llvm::StringRef name, llvm::ArrayRef<std::string> names);

/// What a person wants to know of a model: its doc with the equations, and tables of parameters
/// (name, default, unit, meaning), states and inputs.
std::string describeModel(ModelOp model);

} // namespace engram::neuro
