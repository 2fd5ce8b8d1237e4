// Machines of modules.
#include "tools/engram/Machines.h"

#include "backends/Cpu/CpuMachine.h"
#include "backends/Reference/Interpreter.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "lowering/NIRToNeuro/ImportNIR.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace engram::tool {

void registerDialects(DialectRegistry &registry) {
  engram::registerDialects(registry);
  cpu::registerTranslations(registry);
}

OwningOpRef<ModuleOp> importNetwork(MLIRContext &context, const std::string &path,
                                    const ImportArguments &arguments) {
  nir::ImportOptions options;
  if (arguments.dt)
    options.dt = *arguments.dt;
  if (!arguments.timeUnit.empty())
    options.timeUnit = arguments.timeUnit;
  if (!arguments.convention.empty())
    options.convention = arguments.convention;
  if (!arguments.reset.empty())
    options.reset = nir::symbolizeReset(arguments.reset);
  if (!arguments.method.empty())
    options.method = neuro::symbolizeMethod(arguments.method);
  FailureOr<OwningOpRef<ModuleOp>> module = nir::importNIR(path, &context, options);
  return failed(module) ? OwningOpRef<ModuleOp>() : std::move(*module);
}

LogicalResult resolveModels(ModuleOp module, const std::vector<std::string> &models) {
  PassManager manager(module.getContext());
  neuro::InlineLibraryPassOptions library;
  library.models.assign(models.begin(), models.end());
  manager.addPass(neuro::createInlineLibraryPass(library));
  manager.addPass(neuro::createInferShapesPass());
  return manager.run(module);
}

std::vector<std::string> targetNames() { return {"cpu", "reference"}; }

// The interpreter is the law: it gets the network as it is written, nothing folded.
static std::unique_ptr<Machine> createInterpreter(ModuleOp module,
                                                  const MachineArguments &arguments) {
  PassManager manager(module.getContext());
  if (!arguments.precision.empty()) {
    neuro::ConvertPrecisionPassOptions precision;
    precision.type = arguments.precision;
    manager.addPass(neuro::createConvertPrecisionPass(precision));
  }
  if (failed(manager.run(module)))
    return nullptr;
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(module);
  if (failed(network))
    return nullptr;
  FailureOr<std::unique_ptr<reference::Interpreter>> machine =
      reference::Interpreter::create(*network);
  return failed(machine) ? nullptr : std::move(*machine);
}

static std::unique_ptr<Machine> createCompiled(ModuleOp module, const MachineArguments &arguments) {
  PassManager manager(module.getContext());
  PipelineOptions options;
  options.precision = arguments.precision;
  buildNeuroPipeline(manager, options);
  buildDiscretePipeline(manager, options);
  if (failed(manager.run(module)))
    return nullptr;
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(module);
  if (failed(network))
    return nullptr;
  FailureOr<std::unique_ptr<Machine>> machine = cpu::createMachine(*network);
  return failed(machine) ? nullptr : std::move(*machine);
}

std::unique_ptr<Machine> createMachine(ModuleOp module, const MachineArguments &arguments) {
  if (arguments.target == "cpu")
    return createCompiled(module, arguments);
  return createInterpreter(module, arguments);
}

} // namespace engram::tool
