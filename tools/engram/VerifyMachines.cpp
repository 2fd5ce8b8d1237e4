// Lowering a network form by form.
#include "tools/engram/VerifyMachines.h"

#include "backends/Accelerator/AcceleratorMachine.h"
#include "backends/Cpu/CpuMachine.h"
#include "backends/Reference/CoreMachine.h"
#include "backends/Reference/Interpreter.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/Transforms/Alignment.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "dialects/Neuro/Transforms/ProbeStates.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Pass/PassManager.h"
#include "tools/engram/SpiNNakerRun.h"

#include <cmath>
#include <fmt/format.h>

using namespace mlir;
using namespace engram::neuro;

namespace engram::tool {

using MachineOr = FailureOr<std::unique_ptr<Machine>>;
using BuildPipeline = llvm::function_ref<void(PassManager &)>;

/// A copy that has gone through some passes; null after a diagnostic.
static OwningOpRef<ModuleOp> lowered(ModuleOp module, BuildPipeline build) {
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(module->clone());
  PassManager manager(module.getContext());
  build(manager);
  return succeeded(manager.run(*copy)) ? std::move(copy) : OwningOpRef<ModuleOp>();
}

static NetworkOp networkOf(ModuleOp module) { return *module.getOps<NetworkOp>().begin(); }

//===-- machines --------------------------------------------------------------------------===//

static MachineOr interpret(ModuleOp module) {
  FailureOr<std::unique_ptr<reference::Interpreter>> machine =
      reference::Interpreter::create(networkOf(module));
  if (failed(machine))
    return failure();
  return std::unique_ptr<Machine>(std::move(*machine));
}

static MachineOr compile(ModuleOp module) { return cpu::createMachine(networkOf(module)); }

//===-- what may differ -------------------------------------------------------------------===//

/// The methods for which the discrete form is not the interpreter's integration, bit for bit.
static std::string inexactMethods(NetworkOp network) {
  for (auto population : network.getBody().getOps<PopulationOp>()) {
    ModelOp model = modelOf(population);
    if (!model || !model.find<DynamicsOp>())
      continue;
    std::optional<Method> method = population.getMethod();
    if (!method)
      method = model.getMethod();
    if (method == Method::Exact || method == Method::ExponentialEuler)
      return fmt::format("method '{}'", stringifyMethod(*method).str());
  }
  return "";
}

/// All that forms sums, as it is written.
static std::vector<Attribute> sumsOf(NetworkOp network) {
  std::vector<Attribute> sums;
  for (auto projection : network.getBody().getOps<ProjectionOp>()) {
    sums.push_back(projection.getSymNameAttr());
    sums.push_back(projection.getConnector());
    sums.push_back(projection.getBiasAttr());
  }
  return sums;
}

//===-- weights ---------------------------------------------------------------------------===//

/// All weights of a projection, those of a composition one map after another.
static std::vector<double> weightsOf(ProjectionOp projection) {
  auto connector = cast<ConnectorInterface>(projection.getConnector());
  SmallVector<Attribute> maps{connector};
  if (auto compose = dyn_cast<ComposeAttr>(projection.getConnector()))
    maps.assign(compose.getMaps().begin(), compose.getMaps().end());
  std::vector<double> weights;
  for (Attribute map : maps)
    if (Attribute attr = cast<ConnectorInterface>(map).weightsAttr()) {
      std::vector<double> numbers = readNumbers(attr);
      weights.insert(weights.end(), numbers.begin(), numbers.end());
    }
  return weights;
}

static std::vector<WeightDistance> compareWeights(NetworkOp before, NetworkOp after) {
  std::vector<WeightDistance> distances;
  for (auto projection : after.getBody().getOps<ProjectionOp>()) {
    auto old = dyn_cast_or_null<ProjectionOp>(
        SymbolTable::lookupSymbolIn(before, projection.getSymName()));
    if (!old)
      continue;
    std::vector<double> x = weightsOf(old), y = weightsOf(projection);
    if (x.empty() || x.size() != y.size())
      continue;
    WeightDistance distance;
    distance.projection = projection.getSymName().str();
    distance.numbers = static_cast<int64_t>(x.size());
    double squares = 0;
    for (size_t k = 0; k < x.size(); ++k) {
      double apart = std::abs(x[k] - y[k]);
      distance.differing += apart != 0;
      distance.becameZero += x[k] != 0 && y[k] == 0;
      distance.largest = std::max(distance.largest, std::abs(x[k]));
      distance.most = std::max(distance.most, apart);
      squares += apart * apart;
    }
    distance.rms = std::sqrt(squares / static_cast<double>(x.size()));
    distances.push_back(std::move(distance));
  }
  return distances;
}

//===-- all together ----------------------------------------------------------------------===//

ModuleOp VerifiedMachines::keep(OwningOpRef<ModuleOp> module) {
  modules.push_back(std::move(module));
  probeStates(networkOf(*modules.back()));
  return *modules.back();
}

int VerifiedMachines::add(VerifiedMachine machine, MachineOr made) {
  if (failed(made))
    return inputFault;
  machine.machine = std::move(*made);
  machines.push_back(std::move(machine));
  return done;
}

int VerifiedMachines::buildFloat(ModuleOp module, const std::string &precision) {
  OwningOpRef<ModuleOp> written = lowered(module, [&](PassManager &manager) {
    if (precision.empty())
      return;
    ConvertPrecisionPassOptions options;
    options.type = precision;
    manager.addPass(createConvertPrecisionPass(options));
  });
  OwningOpRef<ModuleOp> folded =
      lowered(module, [](PassManager &manager) { buildNeuroPipeline(manager, PipelineOptions()); });
  if (!written || !folded)
    return inputFault;
  std::string mayDiffer = sumsOf(networkOf(module)) == sumsOf(networkOf(*folded))
                              ? inexactMethods(networkOf(module))
                              : "linear maps are folded";
  OwningOpRef<ModuleOp> discrete = lowered(*folded, [&](PassManager &manager) {
    PipelineOptions options;
    options.precision = precision;
    buildDiscretePipeline(manager, options);
  });
  if (!discrete)
    return inputFault;
  ModuleOp form = keep(std::move(written));
  if (int code = add({"equations", "interpreter, the network as it is written", "", "", form},
                     interpret(form)))
    return code;
  form = keep(std::move(discrete));
  if (int code =
          add({"discrete", "interpreter, steps and update programs", "equations", mayDiffer, form},
              interpret(form)))
    return code;
  return add({"cpu", "native code of 'discrete'", "discrete", "", form}, compile(form));
}

int VerifiedMachines::buildFixed(ModuleOp module, const FixedPointArguments &arguments,
                                 const InputArguments &input) {
  OwningOpRef<ModuleOp> fixed = cast<ModuleOp>(module->clone());
  if (int code = makeFixedPoint(*fixed, arguments, input))
    return code;
  ModuleOp form = keep(std::move(fixed));
  weights = compareWeights(networkOf(machines.back().module), networkOf(form));
  std::string description = "interpreter, fixed-point numbers";
  if (arguments.bits)
    description += fmt::format(", weights of {} bits", *arguments.bits);
  if (!arguments.crossbars.projections.empty())
    description += ", crossbars";
  if (int code =
          add({"fixed", description, "discrete", "numbers are rounded", form}, interpret(form)))
    return code;
  return add({"fixed-cpu", "native code of 'fixed'", "fixed", "", form}, compile(form));
}

/// True if each port is of fixed-point numbers, whose sums do not round.
static bool sumsAreExact(NetworkOp network) {
  for (auto population : network.getBody().getOps<PopulationOp>())
    for (InputOp input : modelOf(population).getInputs())
      if (isa<FloatType>(input.getType()))
        return false;
  return true;
}

int VerifiedMachines::buildCores(ModuleOp module, const MachineArguments &arguments) {
  OwningOpRef<ModuleOp> mapped = cast<ModuleOp>(module->clone());
  if (int code = mapOntoTarget(*mapped, arguments))
    return code;
  ModuleOp form = keep(std::move(mapped));
  FailureOr<std::unique_ptr<reference::CoreMachine>> cores =
      reference::CoreMachine::create(networkOf(form));
  if (failed(cores))
    return inputFault;
  reference::CoreMachine *machine = cores->get();
  VerifiedMachine verified{"cores",
                           fmt::format("cores of '{}', by keys and routes", arguments.target),
                           machines.back().like, "", form};
  if (!sumsAreExact(networkOf(form)))
    verified.mayDiffer = "sums are formed in another order";
  verified.faults = [machine] { return machine->errors(); };
  std::string like = verified.like;
  if (int code = add(std::move(verified), alignMachine(networkOf(form), std::move(*cores))))
    return code;
  ncore::Target target = ncore::targetOf(ncore::targetAttrOf(form));
  bool runsOnChip =
      llvm::StringRef(target.name).starts_with("engram-a1") && sumsAreExact(networkOf(form));
  if (arguments.model == "rtl" && !runsOnChip)
    return failCall(fmt::format("'--model rtl' is for fixed-point networks on 'engram-a1'; give "
                                "'--quantize' and such a target"));
  if (llvm::StringRef(target.name).starts_with("spinnaker-") && sumsAreExact(networkOf(form)))
    return buildSpiNNaker(form, arguments, like);
  if (isSpiNNakerModel(arguments.model))
    return failCall(fmt::format("'--model {}' is for fixed-point networks on SpiNNaker; give "
                                "'--quantize' and such a target",
                                arguments.model));
  MachineArguments golden = arguments;
  golden.model = "golden";
  int code = runsOnChip ? buildChip({"chip",
                                     "golden model of the chip: its programs, rows and "
                                     "tables",
                                     like, "", form},
                                    golden)
                        : int(done);
  if (code != done || arguments.model != "rtl")
    return code;
  return buildChip({"rtl", "RTL of the chip in Verilator, cycle by cycle", like, "", form},
                   arguments);
}

int VerifiedMachines::buildChip(VerifiedMachine verified, const MachineArguments &arguments) {
  ModuleOp mapped = verified.module;
  MachineOr chip = a1::createMachine(networkOf(mapped), chipMaker(arguments));
  if (failed(chip))
    return inputFault;
  verified.faults = [machine = chip->get()] {
    std::string fault = machine->fault();
    return fault.empty() ? std::vector<std::string>() : std::vector<std::string>{fault};
  };
  return add(std::move(verified), alignMachine(networkOf(mapped), std::move(*chip)));
}

int VerifiedMachines::buildSpiNNaker(ModuleOp mapped, const MachineArguments &arguments,
                                     const std::string &like) {
  FailureOr<std::unique_ptr<spinnaker::SpiNNakerMachine>> made =
      simulateSpiNNaker(networkOf(mapped), arguments);
  if (failed(made))
    return inputFault;
  bool isArm = arguments.model == "arm";
  VerifiedMachine verified{isArm ? "arm" : "fast",
                           isArm ? "simulated machine: packets in time, ARM binaries"
                                 : "simulated machine: packets in time, programs as host code",
                           like, "", mapped};
  verified.faults = [machine = made->get()] {
    std::string fault = machine->fault();
    return fault.empty() ? std::vector<std::string>() : std::vector<std::string>{fault};
  };
  std::unique_ptr<Machine> machine = std::move(*made);
  return add(std::move(verified), alignMachine(networkOf(mapped), std::move(machine)));
}

int VerifiedMachines::build(ModuleOp module, const VerifyMachinesArguments &arguments,
                            const InputArguments &input) {
  if (int code = buildFloat(module, arguments.machine.precision))
    return code;
  FixedPointArguments fixedPoint = arguments.fixedPoint;
  fixedPoint.crossbars.target = arguments.machine.target;
  if (fixedPoint.bits || !fixedPoint.crossbars.projections.empty())
    if (int code = buildFixed(module, fixedPoint, input))
      return code;
  return arguments.machine.target.empty() ? int(done)
                                          : buildCores(machines.back().module, arguments.machine);
}

} // namespace engram::tool
