// Running the pipelines.
#include "tools/engram/Lowering.h"

#include "tools/engram/Command.h"

#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"

#include <algorithm>
#include <fmt/format.h>

using namespace mlir;

namespace engram::tool {

static const std::vector<std::string> mlirStages = {"neuro", "discrete", "linalg", "llvm"};

bool isMlirStage(const std::string &stage) { return llvm::is_contained(mlirStages, stage); }

/// The passes of a pipeline, from its text: names outside of braces that nothing is nested in.
static std::vector<std::string> passNames(PassManager &manager) {
  std::string text, name;
  llvm::raw_string_ostream out(text);
  manager.printAsTextualPipeline(out);
  std::vector<std::string> names;
  int braces = 0;
  for (char c : text + ",") {
    if (braces == 0 && (llvm::isAlnum(c) || c == '-' || c == '_' || c == '.')) {
      name += c;
      continue;
    }
    if (!name.empty() && c != '(' && !llvm::is_contained(names, name))
      names.push_back(name);
    name.clear();
    braces += (c == '{') - (c == '}');
  }
  return names;
}

int lowerTo(const std::string &stage, ModuleOp module, const LoweringArguments &arguments) {
  PassManager manager(module.getContext());
  PipelineOptions options;
  options.precision = arguments.precision;
  auto last = llvm::find(mlirStages, stage) - mlirStages.begin();
  buildNeuroPipeline(manager, options);
  if (last >= 1)
    buildDiscretePipeline(manager, options);
  if (last >= 2)
    buildLinalgPipeline(manager);
  if (last >= 3)
    buildLLVMPipeline(manager);

  std::vector<std::string> names = passNames(manager);
  for (const std::string &name : arguments.dumpAfter)
    if (!llvm::is_contained(names, name))
      return failCall(
          fmt::format("'--dump-after={}': no such pass on the way to '{}'{}; there are {}", name,
                      stage, suggestion(name, names), listOf(names)));
  if (!arguments.dumpAfter.empty()) {
    // Printing whole modules and running passes on parts of them in threads exclude each other.
    module.getContext()->disableMultithreading();
    manager.enableIRPrinting([](Pass *, Operation *) { return false; },
                             [&](Pass *pass, Operation *) {
                               return llvm::is_contained(arguments.dumpAfter,
                                                         pass->getArgument().str());
                             },
                             /*printModuleScope=*/true, /*printAfterOnlyOnChange=*/false);
  }
  DefaultTimingManager timing;
  timing.setEnabled(arguments.timing);
  TimingScope scope = timing.getRootScope();
  manager.enableTiming(scope);
  return succeeded(manager.run(module)) ? done : inputFault;
}

int emitCode(const std::string &stage, ModuleOp module, const LoweringArguments &arguments,
             const std::string &output) {
  return failCall("");
}

} // namespace engram::tool
