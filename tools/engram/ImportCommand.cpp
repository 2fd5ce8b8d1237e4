// engram import: a .nir file as text of the dialect 'neuro'.
#include "tools/engram/LoadNetwork.h"
#include "tools/engram/Machines.h"

#include "runtime/ReadFile.h"

#include <fmt/format.h>

namespace engram::tool {

namespace {
struct ImportOptions {
  std::string path, output;
  std::vector<std::string> models;
  ImportArguments import;
  int64_t elide = -1;
};
} // namespace

static int runImport(const ImportOptions &options) {
  if (extensionOf(options.path) != "nir")
    return failInput(fmt::format("'{}': expected a network that ends in .nir", options.path));
  Session session;
  int code = done;
  mlir::OwningOpRef<mlir::ModuleOp> module =
      loadModule(session, options.path, options.import, code);
  if (!module)
    return code;
  if (!options.models.empty() && failed(resolveModels(*module, options.models)))
    return inputFault;
  return writeText(options.output, printModule(*module, options.elide));
}

void addImportCommand(CLI::App &app, Action &action) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App *command = app.add_subcommand("import", "write a .nir network as .mlir text");
  command->add_option("INPUT", options->path, "network to read: .nir")->required();
  command
      ->add_option("--models", options->models,
                   "file of models (.mlir) that take the place of the library's of the same names; "
                   "the text then holds its models; may be repeated")
      ->allow_extra_args(false);
  command->add_option("-o,--output", options->output, "file to write; default: standard output");
  command
      ->add_option("--elide", options->elide,
                   "leave out arrays of more than N numbers, for reading only")
      ->check(wholeNumber(0));
  addImportOptions(*command, options->import);
  command->footer("example:\n  engram import net.nir --dt 1e-3 --convention snntorch -o net.mlir");
  command->callback([options, &action] { action = [options] { return runImport(*options); }; });
}

} // namespace engram::tool
