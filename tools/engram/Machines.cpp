// Machines of modules.
#include "tools/engram/Machines.h"

#include "backends/Accelerator/AcceleratorMachine.h"
#include "backends/Cpu/CpuMachine.h"
#include "backends/Reference/CoreMachine.h"
#include "backends/Reference/Interpreter.h"
#include "dialects/Aer/IR/AerOps.h"
#include "dialects/NCore/IR/NCoreOps.h"
#include "dialects/NCore/Targets/Targets.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/Transforms/Alignment.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "lowering/NIRToNeuro/ImportNIR.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Pass/PassManager.h"
#include "runtime/NumberText.h"
#include "runtime/accelerator/RtlDevice.h"
#include "tools/engram/SpiNNakerRun.h"

#include <fmt/format.h>

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

std::vector<std::string> hostTargets() { return {"cpu", "reference"}; }

CLI::Validator targetName() {
  auto check = [](std::string &name) -> std::string {
    if (llvm::is_contained(hostTargets(), name))
      return "";
    return ncore::unknownTarget(name).value_or("");
  };
  return {check, "TARGET"};
}

void addMappingOptions(CLI::App &command, MachineArguments &arguments) {
  command
      .add_option("--partition", arguments.partition,
                  "how a network is cut onto the cores of a target")
      ->check(CLI::IsMember({"engram", "metis", "first-fit", "random"}))
      ->capture_default_str();
  command.add_option("--placement", arguments.placement, "how cores are put onto a target")
      ->check(CLI::IsMember({"engram", "hilbert-force", "hilbert", "linear"}))
      ->capture_default_str();
  command.add_option("--rates", arguments.rates,
                     "FILE: a recording of spikes, for the traffic that is to be kept low");
  command
      .add_option(
          "--model", arguments.model,
          "how a target is executed: cores (packets by keys and routes, without a clock) or "
          "golden (engram-a1: the chip's programs and memories, without a clock) or "
          "rtl (engram-a1: its RTL in Verilator, cycle by cycle) or "
          "fast, arm (spinnaker-*: routers, links and cores in time; programs as host code, or as "
          "ARM binaries)")
      ->check(CLI::IsMember({"cores", "golden", "rtl", "fast", "arm"}))
      ->capture_default_str();
  addSpiNNakerOptions(command, arguments.spinnaker);
  command.add_option("--mapping-seed", arguments.mappingSeed, "seed of partition and placement")
      ->check(wholeNumber(0))
      ->capture_default_str();
}

int mapOntoTarget(ModuleOp module, const MachineArguments &arguments) {
  FailureOr<ncore::TargetAttr> target = ncore::loadTarget(arguments.target, module.getContext());
  if (failed(target))
    return inputFault;
  // A mapping that is there is taken as it is, on the target that it is for.
  if (!module.getOps<ncore::MappingOp>().empty()) {
    if (ncore::targetAttrOf(module) == *target)
      return done;
    return failInput(
        fmt::format("the network is mapped already, and not onto '{}'", arguments.target));
  }
  module->setAttr(ncore::targetAttrName, *target);
  PassManager manager(module.getContext());
  PipelineOptions options;
  options.precision = arguments.precision;
  buildNeuroPipeline(manager, options);
  buildDiscretePipeline(manager, options);
  MappingOptions mapping;
  mapping.partition = arguments.partition;
  mapping.placement = arguments.placement;
  mapping.rates = arguments.rates;
  mapping.seed = arguments.mappingSeed;
  mapping.overfull = arguments.overfull;
  buildMappingPipeline(manager, mapping);
  return succeeded(manager.run(module)) ? done : inputFault;
}

// Callers see the steps of the network as it was written, also where its delays have been mapped.
static std::unique_ptr<Machine> aligned(neuro::NetworkOp network,
                                        std::unique_ptr<Machine> machine) {
  FailureOr<std::unique_ptr<Machine>> result = neuro::alignMachine(network, std::move(machine));
  return failed(result) ? nullptr : std::move(*result);
}

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
  return failed(machine) ? nullptr : aligned(*network, std::move(*machine));
}

static std::unique_ptr<Machine> createCompiled(ModuleOp module, const MachineArguments &arguments) {
  // Native code has one core; where neurons would lie on others is nothing to it.
  for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
    if (isa<aer::KeysOp, aer::RoutesOp, ncore::MappingOp>(op))
      op.erase();
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
  return failed(machine) ? nullptr : aligned(*network, std::move(*machine));
}

static Expected<std::unique_ptr<a1::Device>> makeRtl(const a1::ChipParameters &parameters,
                                                     const MachineArguments &arguments) {
  a1::RtlOptions options;
  options.wave = arguments.wave;
  if (!arguments.waveSteps.empty()) {
    size_t colon = arguments.waveSteps.find(':');
    std::optional<int64_t> first = parseInteger(arguments.waveSteps.substr(0, colon));
    std::optional<int64_t> end;
    if (colon != std::string::npos)
      end = parseInteger(arguments.waveSteps.substr(colon + 1));
    if (!first || !end || *first < 0 || *end <= *first)
      return fail(fmt::format("'--wave-steps {}': expected FIRST:END", arguments.waveSteps));
    options.waveFirst = *first;
    options.waveEnd = *end;
  }
  return a1::loadRtlDevice(parameters, options);
}

a1::MakeDevice chipMaker(const MachineArguments &arguments) {
  if (arguments.model != "rtl")
    return a1::makeGoldenDevice;
  return
      [arguments](const a1::ChipParameters &parameters) { return makeRtl(parameters, arguments); };
}

// On a model of the target; callers see the steps of the network as it is written.
static std::unique_ptr<Machine> createMapped(ModuleOp module, const MachineArguments &arguments) {
  if (mapOntoTarget(module, arguments))
    return nullptr;
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(module);
  if (failed(network))
    return nullptr;
  std::unique_ptr<Machine> machine;
  if (isSpiNNakerModel(arguments.model)) {
    FailureOr<std::unique_ptr<spinnaker::SpiNNakerMachine>> simulated =
        simulateSpiNNaker(*network, arguments);
    if (failed(simulated))
      return nullptr;
    machine = std::move(*simulated);
  } else if (arguments.model != "cores") {
    FailureOr<std::unique_ptr<Machine>> chip = a1::createMachine(*network, chipMaker(arguments));
    if (failed(chip))
      return nullptr;
    machine = std::move(*chip);
  } else {
    FailureOr<std::unique_ptr<reference::CoreMachine>> cores =
        reference::CoreMachine::create(*network);
    if (failed(cores))
      return nullptr;
    machine = std::move(*cores);
  }
  return aligned(*network, std::move(machine));
}

std::unique_ptr<Machine> createMachine(ModuleOp module, const MachineArguments &arguments) {
  if (arguments.target == "cpu")
    return createCompiled(module, arguments);
  if (arguments.target == "reference")
    return createInterpreter(module, arguments);
  return createMapped(module, arguments);
}

} // namespace engram::tool
