// engram compile: lowers a network and writes what a stage of the way gives.
#include "tools/engram/AcceleratorFiles.h"
#include "tools/engram/CheckNetwork.h"
#include "tools/engram/DescribeNetwork.h"
#include "tools/engram/FixedPoint.h"
#include "tools/engram/LoadNetwork.h"
#include "tools/engram/Lowering.h"
#include "tools/engram/Machines.h"
#include "tools/engram/SpiNNakerFiles.h"

#include "dialects/NCore/Targets/Targets.h"
#include "runtime/ReadFile.h"

#include <algorithm>
#include <fmt/format.h>

namespace engram::tool {

namespace {

struct CompileOptions {
  NetworkArguments network;
  LoweringArguments lowering;
  FixedPointArguments fixedPoint;
  MachineArguments mapping;
  std::string target = "cpu", output, emit, listing;
  bool alone = true, check = false, json = false;
  int64_t elide = -1;
};

/// The stage that a file's ending stands for; empty if it is no ending of ours.
std::string stageOf(const std::string &extension) {
  const std::pair<const char *, const char *> stages[] = {
      {"mlir", "neuro"}, {"ll", "llvm"},  {"s", "asm"},   {"o", "object"},
      {"so", "shared"},  {"a", "static"}, {"h", "header"}};
  for (auto [ending, stage] : stages)
    if (extension == ending)
      return stage;
  return "";
}

/// A shared object comes with all that a C program can use instead of it or needs beside it, unless
/// the call says that it is to be alone.
std::vector<std::pair<std::string, std::string>> filesOf(const CompileOptions &options) {
  if (options.alone || options.emit != "shared")
    return {{options.emit, options.output}};
  std::string stem = options.output.substr(0, options.output.rfind('.'));
  return {{"header", stem + ".h"}, {"static", stem + ".a"}, {"shared", options.output}};
}

/// The network, in fixed-point numbers if '--quantize' asks for it. Null after a message, with the
/// exit code in 'code'.
std::optional<LoadedNetwork> loadQuantized(Session &session, const CompileOptions &options,
                                           int &code) {
  std::optional<LoadedNetwork> loaded = loadNetwork(session, options.network, code);
  FixedPointArguments fixedPoint = options.fixedPoint;
  fixedPoint.crossbars.target = options.target;
  if (loaded)
    code = makeFixedPoint(*loaded->module, fixedPoint, {});
  return code ? std::nullopt : std::move(loaded);
}

int runCheck(const CompileOptions &options) {
  if (options.target == "cpu")
    return failCall("'--check' looks at the limits of a machine, and 'cpu' has none; give "
                    "'--target=NAME', 'engram targets' lists all");
  Session session;
  int code = done;
  std::optional<LoadedNetwork> loaded = loadQuantized(session, options, code);
  if (!loaded)
    return code;
  MachineArguments machine = options.mapping;
  machine.target = options.target;
  return checkNetworkOn(machine, session, *loaded, options.lowering, options.json);
}

// A network on the cores of a target: as text that shows where everything lies, or as what the
// target loads.
int runMapping(const CompileOptions &options, const std::string &extension) {
  if (!options.emit.empty() && options.emit != "mapped")
    return failCall(fmt::format("'--emit={}' is for '--target=cpu'; for '{}' it is 'mapped'",
                                options.emit, options.target));
  bool image = options.emit.empty() && isAcceleratorImage(options.output);
  bool package = options.emit.empty() && isSpiNNakerPackage(options.output);
  if (!options.output.empty() && options.output != "-" && extension != "mlir" && !image && !package)
    return failCall(fmt::format("'{}': expected an output that ends in .mlir, in .egi for an "
                                "image of the accelerator, or in .spin for a SpiNNaker machine",
                                options.output));
  if (!options.listing.empty() && !image)
    return failCall("'--listing' goes with an image; give '-o FILE.egi'");
  Session session;
  int code = done;
  std::optional<LoadedNetwork> loaded = loadQuantized(session, options, code);
  if (!loaded)
    return code;
  MachineArguments machine = options.mapping;
  machine.target = options.target;
  machine.precision = options.lowering.precision;
  code = mapOntoTarget(*loaded->module, machine);
  if (code == done && package)
    return writeSpiNNakerPackage(*loaded->module, options.output, options.json);
  if (code == done && image)
    return writeAcceleratorImage(*loaded->module, options.output, options.listing);
  return code ? code : writeText(options.output, printModule(*loaded->module, options.elide));
}

int runCompile(CompileOptions options) {
  if (options.check)
    return runCheck(options);
  std::string extension = extensionOf(options.output);
  if (!options.listing.empty() && options.target == "cpu")
    return failCall("'--listing' is for a target of cores");
  if (options.json &&
      (options.target == "cpu" || !options.emit.empty() || !isSpiNNakerPackage(options.output)))
    return failCall("'--json' goes with '--check', or with a package; give '-o FOLDER.spin'");
  if (options.target != "cpu")
    return runMapping(options, extension);
  if (options.emit.empty()) {
    options.emit = stageOf(extension);
    options.alone = false;
    if (options.output.empty())
      return failCall("what to write; give '-o FILE' or '--emit STAGE'");
    if (options.emit.empty())
      return failCall(
          fmt::format("'{}': expected an output that ends in .mlir, .ll, .s, .o, .so, .a "
                      "or .h, or '--emit STAGE'",
                      options.output));
  }
  bool binary = options.emit == "object" || options.emit == "shared" || options.emit == "static";
  if (binary && (options.output.empty() || options.output == "-"))
    return failCall(fmt::format("'--emit={}' writes a binary file; give '-o FILE'", options.emit));
  Session session;
  int code = done;
  std::optional<LoadedNetwork> loaded = loadQuantized(session, options, code);
  if (!loaded)
    return code;
  bool symbolic = options.emit == "neuro" || options.emit == "discrete";
  if (!symbolic && failed(checkSynapseCounts(loaded->network)))
    return inputFault;
  bool mlir = symbolic || options.emit == "linalg" || (options.emit == "llvm" && extension != "ll");
  if (mlir) {
    code = lowerTo(options.emit, *loaded->module, options.lowering);
    return code ? code : writeText(options.output, printModule(*loaded->module, options.elide));
  }
  return emitCode(filesOf(options), loaded->network, options.lowering);
}

} // namespace

void addCompileCommand(CLI::App &app, Action &action) {
  auto options = std::make_shared<CompileOptions>();
  CLI::App *command =
      app.add_subcommand("compile", "lower a network, write code or any stage of the way");
  addNetworkOptions(*command, options->network);
  command
      ->add_option("--target", options->target,
                   "machine to compile for: cpu, one of 'engram targets', or a .mlir file that "
                   "describes one")
      ->check([](const std::string &name) {
        return name == "cpu" ? std::string() : ncore::unknownTarget(name).value_or("");
      })
      ->capture_default_str();
  command->add_flag(
      "--check", options->check,
      "write nothing: say whether the network fits the target, all that it lacks, and "
      "what would help");
  command->add_flag("--json", options->json,
                    "with --check: as JSON; with a .spin: say what is in it, as JSON");
  command->add_option(
      "-o,--output", options->output,
      "file to write; its ending says what: .mlir, .ll, .s, .o, .a, .h, or .so with the "
      ".a and .h beside it; .egi is an image of the accelerator, .spin a folder of what a "
      "SpiNNaker machine loads");
  command->add_option("--listing", options->listing,
                      "with an image: FILE, or FOLDER with a file a population, for its programs "
                      "beside the operations that they come from");
  command
      ->add_option("--emit", options->emit,
                   "stage to stop at: neuro, discrete, linalg, llvm, asm, object, shared, static "
                   "or header; mapped for a target of cores")
      ->check(CLI::IsMember({"neuro", "discrete", "linalg", "llvm", "asm", "object", "shared",
                             "static", "header", "mapped"}));
  command
      ->add_option("--precision", options->lowering.precision, "f32 or f64; default: the network's")
      ->check(CLI::IsMember({"f32", "f64"}));
  command
      ->add_option("--elide", options->elide,
                   "leave out arrays of more than N numbers of .mlir text, for reading only")
      ->check(wholeNumber(0));
  command
      ->add_option("--dump-after", options->lowering.dumpAfter,
                   "print the module to standard error after a pass; may be repeated")
      ->allow_extra_args(false);
  addFixedPointOptions(*command, options->fixedPoint);
  addMappingOptions(*command, options->mapping);
  command->add_flag("--mlir-timing", options->lowering.timing, "print how long each pass takes");
  command->footer(
      "examples:\n"
      "  engram compile digits.nir --target=cpu -o digits.so\n"
      "  engram compile net.mlir --emit=discrete\n"
      "  engram compile net.mlir --target=engram-a1 --check\n"
      "  engram compile digits.nir --target=engram-a1-1x1 --quantize=8 --calibrate images.npy -o "
      "digits.egi --listing digits.lst\n"
      "  engram compile net.mlir --emit=llvm --dump-after=neuro-discretize -o net.mlir");
  command->callback([options, &action] { action = [options] { return runCompile(*options); }; });
}

} // namespace engram::tool
