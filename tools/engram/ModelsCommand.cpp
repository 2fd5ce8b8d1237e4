// engram models: lists and shows models of neurons.
#include "tools/engram/LoadNetwork.h"

#include "dialects/Neuro/Library/Library.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>
#include <map>

using namespace mlir;

namespace engram::tool {

namespace {

struct ModelsOptions {
  std::string verb = "list", name;
  std::vector<std::string> files;
  bool text = false;
};

/// The models of the library and of the files, by name; a file's model hides the library's.
struct Models {
  std::vector<OwningOpRef<ModuleOp>> modules;
  std::map<std::string, neuro::ModelOp> byName;

  bool add(OwningOpRef<ModuleOp> module) {
    if (!module)
      return false;
    for (auto model : module->getOps<neuro::ModelOp>())
      byName.insert({model.getSymName().str(), model});
    modules.push_back(std::move(module));
    return true;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto &[name, model] : byName)
      result.push_back(name);
    return result;
  }
};

} // namespace

static int list(const Models &models) {
  size_t width = 0;
  for (const auto &[name, model] : models.byName)
    width = std::max(width, name.size());
  std::string text;
  for (const auto &[name, op] : models.byName) {
    neuro::ModelOp model = op;
    llvm::StringRef doc = model.getDoc().value_or("").split('\n').first;
    text += llvm::StringRef(fmt::format("{:<{}}  {}", name, width, doc.str())).rtrim().str() + '\n';
  }
  return writeText("", text);
}

static int show(const Models &models, const ModelsOptions &options) {
  auto found = models.byName.find(options.name);
  if (found == models.byName.end())
    return failCall(fmt::format("no model '{}'{}; 'engram models' lists all", options.name,
                                suggestion(options.name, models.names())));
  if (!options.text)
    return writeText("", neuro::describeModel(found->second));
  std::string text;
  llvm::raw_string_ostream(text) << found->second << '\n';
  return writeText("", text);
}

static int runModels(const ModelsOptions &options) {
  Session session;
  Models models;
  for (const std::string &file : options.files)
    if (!models.add(neuro::loadModels(file, &session.context)))
      return inputFault;
  if (!models.add(neuro::loadLibrary(&session.context)))
    return failInput("the library of models cannot be read");
  return options.verb == "show" ? show(models, options) : list(models);
}

void addModelsCommand(CLI::App &app, Action &action) {
  auto options = std::make_shared<ModelsOptions>();
  CLI::App *command = app.add_subcommand("models", "list and show models of neurons");
  auto addFiles = [options](CLI::App *to) {
    to->add_option("--models", options->files, "file of further models (.mlir); may be repeated")
        ->allow_extra_args(false);
  };
  addFiles(command);
  CLI::App *listing = command->add_subcommand("list", "one line a model (the default)");
  addFiles(listing);
  CLI::App *showing =
      command->add_subcommand("show", "equations, parameters, states and inputs of a model");
  showing->add_option("NAME", options->name, "name of the model")->required();
  showing->add_flag("--mlir", options->text, "its definition, as text to copy and change");
  addFiles(showing);
  command->require_subcommand(0, 1);
  command->footer("examples:\n  engram models\n  engram models show AdEx\n"
                  "  engram models show LIF --mlir > mine.mlir");
  command->callback([options, showing, &action] {
    options->verb = showing->parsed() ? "show" : "list";
    action = [options] { return runModels(*options); };
  });
}

} // namespace engram::tool
