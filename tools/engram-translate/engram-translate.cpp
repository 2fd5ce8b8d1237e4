// engram-translate: files of other formats to IR and back, as MLIR people expect. NIR is HDF5, so
// it is read and written by file name and not through a stream.
#include "dialects/Neuro/IR/NeuroOps.h"
#include "lowering/NIRToNeuro/ExportNIR.h"
#include "lowering/NIRToNeuro/ImportNIR.h"

#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace engram;

namespace {

struct ImportFlags {
  llvm::cl::OptionCategory category{"NIR import"};
  llvm::cl::opt<double> dt{"dt", llvm::cl::desc("length of a step, in --time-unit (1e-4)"),
                           llvm::cl::init(1e-4), llvm::cl::cat(category)};
  llvm::cl::opt<std::string> timeUnit{"time-unit", llvm::cl::desc("unit of the file's times (s)"),
                                      llvm::cl::init("s"), llvm::cl::cat(category)};
  llvm::cl::opt<std::string> convention{
      "convention",
      llvm::cl::desc("whose reading of NIR: nir, norse, snntorch, lava, sinabs, "
                     "rockpool, nengo, spinnaker2, spyx"),
      llvm::cl::init("nir"), llvm::cl::cat(category)};
  llvm::cl::opt<std::string> reset{
      "reset", llvm::cl::desc("what a spike does: v_reset, subtract, subtract_late, subtract_many"),
      llvm::cl::cat(category)};
  llvm::cl::opt<std::string> method{"method",
                                    llvm::cl::desc("euler, sequential_euler, exponential_euler, "
                                                   "exact, rk4"),
                                    llvm::cl::cat(category)};
  llvm::cl::opt<std::string> name{"network", llvm::cl::desc("name of the network"),
                                  llvm::cl::cat(category)};
  llvm::cl::opt<bool> single{"single", llvm::cl::desc("form sums in f32"), llvm::cl::cat(category)};
};

OwningOpRef<Operation *> importFile(llvm::SourceMgr &sources, MLIRContext *context,
                                    const ImportFlags &flags) {
  std::string path = sources.getMemoryBuffer(sources.getMainFileID())->getBufferIdentifier().str();
  Location location = FileLineColLoc::get(context, path, 0, 0);
  if (path == "-" || path == "<stdin>") {
    emitError(location) << "NIR is read from a named file, not from standard input";
    return {};
  }
  nir::ImportOptions options;
  options.dt = flags.dt;
  options.timeUnit = flags.timeUnit;
  options.convention = flags.convention;
  options.networkName = flags.name;
  options.singlePrecision = flags.single;
  if (!flags.reset.empty() && !(options.reset = nir::symbolizeReset(flags.reset))) {
    emitError(location) << "expected a reset (v_reset, subtract, subtract_late, subtract_many), "
                           "got '"
                        << flags.reset << "'";
    return {};
  }
  if (!flags.method.empty() && !(options.method = neuro::symbolizeMethod(flags.method))) {
    emitError(location) << "expected a method (euler, sequential_euler, exponential_euler, exact, "
                           "rk4), got '"
                        << flags.method << "'";
    return {};
  }
  FailureOr<OwningOpRef<ModuleOp>> module = nir::importNIR(path, context, options);
  if (failed(module))
    return {};
  return OwningOpRef<Operation *>(module->release());
}

LogicalResult exportFile(Operation *op, const std::string &path) {
  SmallVector<neuro::NetworkOp> networks;
  op->walk([&](neuro::NetworkOp network) { networks.push_back(network); });
  if (networks.size() != 1)
    return op->emitError() << "expected one network, got " << networks.size();
  if (path.empty() || path == "-")
    return op->emitError() << "NIR is written to a named file: use --nir-file=FILE";
  return nir::exportNIR(networks.front(), path);
}

} // namespace

/// The common main opens, and thereby empties, what `-o` names before a translation starts; a NIR
/// file is to appear whole or not at all, so `-o FILE` of an export becomes `--nir-file=FILE`.
static std::vector<std::string> ownOutput(ArrayRef<char *> arguments) {
  std::vector<std::string> result;
  bool exports = llvm::any_of(arguments, [](StringRef text) {
    return text.ltrim('-') == "export-nir" && text.starts_with("-");
  });
  for (size_t i = 0; i < arguments.size(); ++i) {
    StringRef text = arguments[i];
    if (exports && (text == "-o" || text == "--o") && i + 1 < arguments.size())
      result.push_back("--nir-file=" + std::string(arguments[++i]));
    else if (exports && (text.consume_front("--o=") || text.consume_front("-o=")))
      result.push_back("--nir-file=" + text.str());
    else
      result.push_back(arguments[i]);
  }
  return result;
}

int main(int argc, char **argv) {
  ImportFlags flags;
  llvm::cl::opt<std::string> target{"nir-file",
                                    llvm::cl::desc("NIR file to write (-o FILE does "
                                                   "the same)"),
                                    llvm::cl::value_desc("file")};
  TranslateToMLIRRegistration importNIR(
      "import-nir", "NIR file to a neuro network",
      [&](llvm::SourceMgr &sources, MLIRContext *context) {
        return importFile(sources, context, flags);
      },
      [](DialectRegistry &registry) {
        registry.insert<neuro::NeuroDialect, arith::ArithDialect, math::MathDialect>();
      });
  TranslateFromMLIRRegistration exportNIR(
      "export-nir", "neuro network to a NIR file",
      [&](Operation *op, raw_ostream &) { return exportFile(op, target); },
      [](DialectRegistry &registry) {
        registry.insert<neuro::NeuroDialect, arith::ArithDialect, math::MathDialect>();
      });
  std::vector<std::string> arguments = ownOutput(ArrayRef(argv, argc));
  SmallVector<char *> pointers;
  for (std::string &text : arguments)
    pointers.push_back(text.data());
  return failed(
      mlirTranslateMain(static_cast<int>(pointers.size()), pointers.data(), "engram-translate\n"));
}
