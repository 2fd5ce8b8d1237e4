// Lowering a network form by form.
#include "tools/engram/VerifyMachines.h"

#include "backends/Cpu/CpuMachine.h"
#include "backends/Reference/Interpreter.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "dialects/Neuro/Transforms/ProbeStates.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Pass/PassManager.h"

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

static std::map<std::string, int64_t> lagsOf(NetworkOp network, NetworkOp written) {
  std::map<std::string, int64_t> lags, starts;
  for (auto population : written.getBody().getOps<PopulationOp>())
    starts[population.getSymName().str()] = startOf(population);
  for (auto population : network.getBody().getOps<PopulationOp>())
    if (auto start = starts.find(population.getSymName().str()); start != starts.end())
      if (int64_t lag = startOf(population) - start->second)
        lags[start->first] = lag;
  return lags;
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

[[maybe_unused]] static std::vector<WeightDistance> compareWeights(NetworkOp before,
                                                                   NetworkOp after) {
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
  machine.lags = lagsOf(networkOf(machine.module),
                        networkOf(machines.empty() ? machine.module : machines.front().module));
  machines.push_back(std::move(machine));
  return done;
}

int VerifiedMachines::build(ModuleOp module, const VerifyMachinesArguments &given) {
  arguments = &given;
  OwningOpRef<ModuleOp> written = lowered(module, [&](PassManager &manager) {
    if (given.precision.empty())
      return;
    ConvertPrecisionPassOptions precision;
    precision.type = given.precision;
    manager.addPass(createConvertPrecisionPass(precision));
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
    options.precision = given.precision;
    buildDiscretePipeline(manager, options);
  });
  if (!discrete)
    return inputFault;

  ModuleOp form = keep(std::move(written));
  if (int code =
          add({"equations", "interpreter, the network as it is written", "", "", form, {}, {}},
              interpret(form)))
    return code;
  form = keep(std::move(discrete));
  if (int code = add({"discrete",
                      "interpreter, steps and update programs",
                      "equations",
                      mayDiffer,
                      form,
                      {},
                      {}},
                     interpret(form)))
    return code;
  return add({"cpu", "native code", "discrete", "", form, {}, {}}, compile(form));
}

} // namespace engram::tool
