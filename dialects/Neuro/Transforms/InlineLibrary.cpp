// neuro-inline-library: for each population of the module, in the order of the text, the model that
// it names is looked for in the module, then in the users' files, then in the library, and a copy
// of it is put in front of the module's first operation.
#include "dialects/Neuro/Library/Library.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "llvm/ADT/StringExtras.h"

namespace engram::neuro {
#define GEN_PASS_DEF_INLINELIBRARYPASS
#include "dialects/Neuro/Transforms/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;

namespace {

struct UserFile {
  std::string path;
  OwningOpRef<ModuleOp> models;
};

std::string quoted(ArrayRef<std::string> names) {
  std::string result;
  for (size_t k = 0; k < names.size(); ++k)
    result += (k == 0 ? "'" : k + 1 == names.size() ? " or '" : ", '") + names[k] + "'";
  return result;
}

struct InlineLibraryPass : public engram::neuro::impl::InlineLibraryPassBase<InlineLibraryPass> {
  using InlineLibraryPassBase::InlineLibraryPassBase;

  void runOnOperation() override {
    std::vector<UserFile> files;
    for (const std::string &path : models) {
      files.push_back({path, loadModels(path, &getContext())});
      if (!files.back().models)
        return signalPassFailure();
    }
    ModuleOp module = getOperation();
    OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
    bool failed = false;
    for (NetworkOp network : llvm::to_vector(module.getOps<NetworkOp>()))
      for (PopulationOp population : network.getBody().getOps<PopulationOp>())
        if (mlir::failed(bring(population, files, builder)))
          failed = true;
    if (failed)
      signalPassFailure();
  }

private:
  LogicalResult bring(PopulationOp population, ArrayRef<UserFile> files, OpBuilder &builder) {
    StringRef name = population.getModel();
    if (Operation *existing = SymbolTable::lookupSymbolIn(getOperation(), name)) {
      if (isa<ModelOp>(existing))
        return success();
      InFlightDiagnostic error = population.emitOpError()
                                 << "expected '" << name << "' to be a model";
      error.attachNote(existing->getLoc()) << "this has the name";
      return error;
    }
    ModelOp found;
    const UserFile *origin = nullptr;
    for (const UserFile &file : files) {
      auto model = file.models.get().lookupSymbol<ModelOp>(name);
      if (!model)
        continue;
      if (found)
        return population.emitOpError() << "model '" << name << "' is both in '" << origin->path
                                        << "' and in '" << file.path << "'";
      found = model;
      origin = &file;
    }
    OwningOpRef<ModuleOp> fromLibrary;
    if (!found) {
      fromLibrary = loadLibraryModel(name, &getContext());
      if (!fromLibrary)
        return reportUnknown(population, files);
      found = fromLibrary->lookupSymbol<ModelOp>(name);
    }
    builder.clone(*found);
    return success();
  }

  LogicalResult reportUnknown(PopulationOp population, ArrayRef<UserFile> files) {
    std::vector<std::string> names;
    for (ModelOp model : getOperation().getOps<ModelOp>())
      names.push_back(model.getSymName().str());
    for (const UserFile &file : files)
      for (ModelOp model : file.models.get().getOps<ModelOp>())
        names.push_back(model.getSymName().str());
    for (const LibraryModel &model : libraryModels())
      names.push_back(model.name.str());
    std::vector<std::string> near = nearNames(population.getModel(), names);
    InFlightDiagnostic error = population.emitOpError()
                               << "model '" << population.getModel()
                               << "' is not in the module, the given files or the library; ";
    if (near.empty())
      error << "'engram models' lists the library";
    else
      error << "did you mean " << quoted(near) << "?";
    return error;
  }
};

} // namespace
