// The harness of the conformance tests.
#include "tests/conformance/Conformance.h"
#include "backends/Cpu/CpuMachine.h"
#include "backends/Cpu/Target.h"
#include "backends/Reference/CoreMachine.h"
#include "backends/Reference/Interpreter.h"
#include "backends/Reference/Passes.h"
#include "dialects/NCore/Targets/Targets.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/Transforms/Alignment.h"
#include "dialects/Neuro/Transforms/ProbeStates.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Parser/Parser.h"
#include "runtime/Compare.h"
#include "runtime/NoiseInput.h"
#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>

using namespace mlir;
using namespace engram;

std::unique_ptr<MLIRContext> conformance::createContext() {
  DialectRegistry registry;
  engram::registerDialects(registry);
  cpu::registerTranslations(registry);
  auto context = std::make_unique<MLIRContext>(registry);
  context->loadAllAvailableDialects();
  return context;
}

std::vector<std::string> conformance::networks(const std::string &below) {
  std::vector<std::string> names;
  std::string folder = ENGRAM_SOURCE_DIR "/tests/conformance/" + below;
  if (!std::filesystem::exists(folder))
    return names;
  for (auto &entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".mlir")
      names.push_back(below + entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string conformance::testName(std::string parameter) {
  std::replace_if(
      parameter.begin(), parameter.end(),
      [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return parameter;
}

static OwningOpRef<ModuleOp> complete(OwningOpRef<ModuleOp> module) {
  if (!module)
    return {};
  PassManager pm(module->getContext());
  PipelineOptions options;
  buildNeuroPipeline(pm, options);
  return succeeded(pm.run(*module)) ? std::move(module) : OwningOpRef<ModuleOp>();
}

OwningOpRef<ModuleOp> conformance::loadComplete(const std::string &path, MLIRContext *context) {
  return complete(parseSourceFile<ModuleOp>(path, context));
}
OwningOpRef<ModuleOp> conformance::parseComplete(const std::string &text, MLIRContext *context) {
  return complete(parseSourceString<ModuleOp>(text, context));
}

OwningOpRef<ModuleOp> conformance::quantized(ModuleOp discrete, int64_t bits, int64_t steps) {
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(discrete->clone());
  PassManager pm(discrete.getContext());
  reference::CalibratePassOptions calibrate;
  for (auto network : discrete.getOps<neuro::NetworkOp>())
    for (auto source : network.getBody().getOps<neuro::SourceOp>())
      if (isa<neuro::ExternalAttr>(source.getKind()))
        calibrate.inputs.push_back(source.getSymName().str() + "=noise");
  calibrate.steps = steps;
  pm.addPass(reference::createCalibratePass(calibrate));
  FixedPointOptions options;
  options.bits = bits;
  buildFixedPointPipeline(pm, options);
  return succeeded(pm.run(*copy)) ? std::move(copy) : OwningOpRef<ModuleOp>();
}

OwningOpRef<ModuleOp> conformance::mapped(ModuleOp discrete, const std::string &target,
                                          const std::string &partition, uint64_t seed) {
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(discrete->clone());
  FailureOr<ncore::TargetAttr> machine = ncore::loadTarget(target, discrete.getContext());
  if (failed(machine))
    return {};
  (*copy)->setAttr(ncore::targetAttrName, *machine);
  PassManager pm(discrete.getContext());
  MappingOptions options;
  options.partition = partition;
  options.seed = seed;
  buildMappingPipeline(pm, options);
  return succeeded(pm.run(*copy)) ? std::move(copy) : OwningOpRef<ModuleOp>();
}

std::unique_ptr<Machine> conformance::runOnCores(ModuleOp mapped) {
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(mapped);
  if (failed(network))
    return nullptr;
  auto machine = reference::CoreMachine::create(*network);
  if (failed(machine))
    return nullptr;
  auto aligned = neuro::alignMachine(*network, std::move(*machine));
  return succeeded(aligned) ? std::move(*aligned) : nullptr;
}

void conformance::probeAll(ModuleOp module) {
  for (auto network : module.getOps<neuro::NetworkOp>())
    neuro::probeStates(network);
}

OwningOpRef<ModuleOp> conformance::discretized(ModuleOp module, const std::string &precision) {
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(module->clone());
  PassManager pm(module.getContext());
  PipelineOptions options;
  options.precision = precision;
  buildDiscretePipeline(pm, options);
  return succeeded(pm.run(*copy)) ? std::move(copy) : OwningOpRef<ModuleOp>();
}

std::unique_ptr<Machine> conformance::interpret(ModuleOp module) {
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(module);
  if (failed(network))
    return nullptr;
  auto machine = reference::Interpreter::create(*network);
  return succeeded(machine) ? std::move(*machine) : nullptr;
}

std::unique_ptr<Machine> conformance::compileForCpu(ModuleOp discrete, unsigned optimize) {
  FailureOr<neuro::NetworkOp> network = neuro::findNetwork(discrete);
  if (failed(network))
    return nullptr;
  auto machine = cpu::createMachine(*network, {"native", optimize});
  return succeeded(machine) ? std::move(*machine) : nullptr;
}

conformance::Trace conformance::run(Machine &machine, int64_t steps) {
  Trace trace;
  const NetworkInfo &info = machine.info();
  for (const PopulationInfo &population : info.populations)
    for (int64_t i = 0; i < population.size; ++i)
      trace.names.push_back(fmt::format("{} spikes[{}]", population.name, i));
  for (const ProbeInfo &probe : info.probes)
    for (int64_t i = 0; i < probe.size; ++i)
      trace.names.push_back(fmt::format("{}.{}[{}]", probe.target, probe.variable, i));
  machine.reset();
  int64_t late = machine.latency();
  for (int64_t step = 0; step < steps + late; ++step) {
    std::vector<std::vector<double>> inputs;
    std::vector<const double *> pointers;
    for (const SourceInfo &source : info.inputs) {
      auto &values = inputs.emplace_back();
      for (int64_t i = 0; i < source.size; ++i)
        values.push_back(noiseAt(source.name, 0, step, i));
    }
    for (auto &values : inputs)
      pointers.push_back(values.data());
    machine.step(pointers);
    if (step < late)
      continue;
    auto &row = trace.values.emplace_back(trace.names.size());
    double *out = row.data();
    for (size_t k = 0; k < info.populations.size(); out += info.populations[k++].size)
      machine.readSpikes(k, out);
    for (size_t k = 0; k < info.probes.size(); out += info.probes[k++].size)
      machine.readProbe(k, out);
  }
  return trace;
}

std::string conformance::firstDifference(const Trace &a, const Trace &b, int64_t ulps) {
  if (a.names != b.names || a.values.size() != b.values.size())
    return "the traces show different things";
  for (size_t step = 0; step < a.values.size(); ++step)
    for (size_t k = 0; k < a.names.size(); ++k)
      if (ulpDistance(a.values[step][k], b.values[step][k], /*single=*/false) >
          static_cast<double>(ulps))
        return fmt::format("step {}, '{}': {:.17g} and {:.17g}", step, a.names[k],
                           a.values[step][k], b.values[step][k]);
  return "";
}

double conformance::largestDifference(const Trace &a, const Trace &b) {
  double largest = 0;
  for (size_t step = 0; step < a.values.size(); ++step)
    for (size_t k = 0; k < a.names.size(); ++k)
      largest =
          std::max(largest, ulpDistance(a.values[step][k], b.values[step][k], /*single=*/false));
  return largest;
}
