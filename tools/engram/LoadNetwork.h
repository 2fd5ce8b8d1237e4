// Reading a network from a .nir or .mlir file, and the options that this takes.
#pragma once

#include "tools/engram/Command.h"

#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Support/Timing.h"
#include "llvm/Support/SourceMgr.h"

#include <memory>
#include <optional>

namespace mlir {
class SourceMgrDiagnosticHandler;
}

namespace engram::tool {

/// The context with all dialects, and the text that diagnostics point into.
class Session {
public:
  Session();
  ~Session();
  mlir::MLIRContext context;
  llvm::SourceMgr sources;
  std::unique_ptr<mlir::SourceMgrDiagnosticHandler> diagnostics;
};

/// What an importer has to be told, as it stands on the command line; empty where nothing does.
struct ImportArguments {
  std::optional<double> dt;
  std::string timeUnit, convention, reset, method;
};

/// Which network, and whose models.
struct NetworkArguments {
  std::string path, network;
  std::vector<std::string> models;
  ImportArguments import;
};

/// INPUT, --network, --models.
void addNetworkOptions(CLI::App &command, NetworkArguments &arguments);
/// --dt, --time-unit, --convention, --reset, --method.
void addImportOptions(CLI::App &command, ImportArguments &arguments);

struct LoadedNetwork {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  neuro::NetworkOp network;
};

/// Parses or imports the file by its extension. Null after a message, with the exit code in 'code'.
mlir::OwningOpRef<mlir::ModuleOp> loadModule(Session &session, const std::string &path,
                                             const ImportArguments &import, int &code);

/// The same, and picks the network; its models and shapes are in the module then.
std::optional<LoadedNetwork> loadNetwork(Session &session, const NetworkArguments &arguments,
                                         int &code);

/// A module as text, elements beyond 'elide' of an array left out if that is not negative.
std::string printModule(mlir::ModuleOp module, int64_t elide = -1);

} // namespace engram::tool
