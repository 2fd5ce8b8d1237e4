// Reading networks, and picking one of a module.
#include "tools/engram/LoadNetwork.h"

#include "tools/engram/Machines.h"

#include "dialects/Neuro/IR/Instance.h"
#include "lowering/NIRToNeuro/Conventions.h"
#include "lowering/NIRToNeuro/ImportNIR.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "runtime/Nesting.h"
#include "runtime/ReadFile.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <fmt/format.h>

using namespace mlir;

namespace engram::tool {

Session::Session() {
  DialectRegistry registry;
  registerDialects(registry);
  context.appendDialectRegistry(registry);
  context.loadAllAvailableDialects();
  // A network's operation may be 50 MB of text.
  context.printOpOnDiagnostic(false);
  diagnostics = std::make_unique<SourceMgrDiagnosticHandler>(sources, &context);
}

Session::~Session() = default;

void addNetworkOptions(CLI::App &command, NetworkArguments &arguments) {
  command.add_option("INPUT", arguments.path, "network to read: .nir or .mlir")->required();
  command.add_option("--network", arguments.network,
                     "name of the network, where the file has several");
  command
      .add_option("--models", arguments.models,
                  "file of models (.mlir), searched before the library; may be repeated")
      ->allow_extra_args(false);
  addImportOptions(command, arguments.import);
}

static std::vector<std::string> conventionNames() {
  std::vector<std::string> names;
  for (const nir::Convention &convention : nir::conventions())
    names.push_back(convention.name.str());
  return names;
}

void addImportOptions(CLI::App &command, ImportArguments &arguments) {
  const char *group = "Import of .nir";
  command
      .add_option("--dt", arguments.dt, "length of a step, in seconds unless --time-unit says else")
      ->check(CLI::PositiveNumber)
      ->group(group);
  command.add_option("--time-unit", arguments.timeUnit, "unit of times in the file and of --dt")
      ->group(group);
  command
      .add_option("--convention", arguments.convention,
                  "framework whose reading of NIR is meant; default: the text of NIR")
      ->check(CLI::IsMember(conventionNames()))
      ->group(group);
  command
      .add_option("--reset", arguments.reset,
                  "what a spike does to the membrane; overrides the convention's")
      ->check(CLI::IsMember({"v_reset", "subtract", "subtract_late", "subtract_many"}))
      ->group(group);
  command
      .add_option("--method", arguments.method,
                  "how derivatives become a step; overrides the convention's")
      ->check(CLI::IsMember({"euler", "sequential_euler", "exponential_euler", "exact", "rk4"}))
      ->group(group);
}

static OwningOpRef<ModuleOp> parseModule(Session &session, const std::string &path) {
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> file = openInputFile(path, &message);
  if (!file) {
    failInput(message);
    return nullptr;
  }
  const char *text = file->getBufferStart();
  std::optional<size_t> deep = nestedTooDeep({text, file->getBufferSize()}, mostNesting);
  session.sources.AddNewSourceBuffer(std::move(file), llvm::SMLoc());
  if (deep) {
    session.sources.PrintMessage(
        llvm::SMLoc::getFromPointer(text + *deep), llvm::SourceMgr::DK_Error,
        fmt::format("expected at most {} brackets or signs within each other", mostNesting));
    return nullptr;
  }
  return parseSourceFile<ModuleOp>(session.sources, &session.context);
}

OwningOpRef<ModuleOp> loadModule(Session &session, const std::string &path,
                                 const ImportArguments &import, int &code) {
  code = inputFault;
  std::string extension = extensionOf(path);
  if (extension == "nir")
    return importNetwork(session.context, path, import);
  if (extension == "mlir" || path == "-") {
    bool any = import.dt || !import.timeUnit.empty() || !import.convention.empty() ||
               !import.reset.empty();
    if (!any)
      return parseModule(session, path);
    code =
        failCall(fmt::format("'{}': '--dt', '--time-unit', '--convention' and '--reset' say how a "
                             ".nir file is read; a .mlir file holds its own",
                             path));
    return nullptr;
  }
  failInput(fmt::format("'{}': expected a network that ends in .nir or .mlir", path));
  return nullptr;
}

std::optional<LoadedNetwork> loadNetwork(Session &session, const NetworkArguments &arguments,
                                         int &code) {
  LoadedNetwork loaded;
  loaded.module = loadModule(session, arguments.path, arguments.import, code);
  if (!loaded.module)
    return std::nullopt;
  std::vector<std::string> names;
  for (auto network : loaded.module->getOps<neuro::NetworkOp>()) {
    names.push_back(network.getSymName().str());
    if (arguments.network.empty() || names.back() == arguments.network)
      loaded.network = network;
  }
  if (names.empty()) {
    failInput(fmt::format("'{}': expected a network, the file holds none", arguments.path));
    return std::nullopt;
  }
  if (!loaded.network) {
    code = failCall(fmt::format("'{}': no network '{}'{}; it has {}", arguments.path,
                                arguments.network, suggestion(arguments.network, names),
                                listOf(names)));
    return std::nullopt;
  }
  if (arguments.network.empty() && names.size() > 1) {
    code = failCall(fmt::format("'{}': which network; '--network' picks one of {}", arguments.path,
                                listOf(names)));
    return std::nullopt;
  }
  // What is not asked for must neither fail nor cost time.
  for (auto network : llvm::make_early_inc_range(loaded.module->getOps<neuro::NetworkOp>()))
    if (network != loaded.network)
      network.erase();
  if (failed(resolveModels(*loaded.module, arguments.models)))
    return std::nullopt;
  // The importer has applied it already; a network in text says it a population.
  if (std::optional<neuro::Method> method = neuro::symbolizeMethod(arguments.import.method))
    for (auto population : loaded.network.getBody().getOps<neuro::PopulationOp>())
      if (neuro::modelOf(population).find<neuro::DynamicsOp>())
        population.setMethodAttr(neuro::MethodAttr::get(&session.context, *method));
  code = done;
  return loaded;
}

std::string printModule(ModuleOp module, int64_t elide) {
  OpPrintingFlags flags;
  if (elide >= 0) {
    flags.elideLargeElementsAttrs(elide);
    // Blobs print as two digits of hexadecimal a byte, behind an alignment of eight digits.
    flags.elideLargeResourceString(elide * 8);
  }
  std::string text;
  llvm::raw_string_ostream out(text);
  module.print(out, flags);
  out << '\n';
  return text;
}

} // namespace engram::tool
