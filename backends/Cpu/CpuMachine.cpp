// Just-in-time compilation by ORC, and the block of state of one instance.
#include "backends/Cpu/CpuMachine.h"
#include "backends/Cpu/Tables.h"
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/NeuroToLinalg/Abi.h"
#include "lowering/Pipelines/Pipelines.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

namespace {

class CpuMachine : public Machine {
public:
  NetworkInfo networkInfo;
  Abi abi;
  std::unique_ptr<llvm::orc::LLJIT> jit;
  void (*initFn)(void *) = nullptr;
  void (*stepFn)(void *) = nullptr;
  cpu::Tables tables;
  cpu::Memory state;
  std::vector<const AbiArray *> inputs, spikes, probes;
  std::vector<bool> probesSpikesOfOutput; ///< "spikes" of a source: whether it puts out anything

  const NetworkInfo &info() const override { return networkInfo; }
  void reset() override { initFn(state.get()); }
  int64_t stepsDone() const override { return *reinterpret_cast<const int64_t *>(state.get()); }

  void step(const std::vector<const double *> &values) override {
    for (size_t k = 0; k < inputs.size(); ++k) {
      const AbiArray &array = *inputs[k];
      for (int64_t i = 0, n = array.count(); i < n; ++i) {
        double value = values[k] ? values[k][i] : 0;
        if (array.type.isF32())
          reinterpret_cast<float *>(state.get() + array.offset)[i] = static_cast<float>(value);
        else
          reinterpret_cast<double *>(state.get() + array.offset)[i] = value;
      }
    }
    stepFn(state.get());
  }

  /// Calls `use(values)` with the array's numbers as they are stored.
  template <typename F> void withValues(const AbiArray &array, F use) const {
    const char *base = state.get() + array.offset;
    if (array.type.isF64())
      return use(reinterpret_cast<const double *>(base));
    if (array.type.isF32())
      return use(reinterpret_cast<const float *>(base));
    bool isSigned = array.format && array.format->isSigned;
    switch (array.type.getIntOrFloatBitWidth()) {
    case 1:
    case 8:
      return isSigned ? use(reinterpret_cast<const int8_t *>(base))
                      : use(reinterpret_cast<const uint8_t *>(base));
    case 16:
      return array.format && !isSigned ? use(reinterpret_cast<const uint16_t *>(base))
                                       : use(reinterpret_cast<const int16_t *>(base));
    case 32:
      return array.format && !isSigned ? use(reinterpret_cast<const uint32_t *>(base))
                                       : use(reinterpret_cast<const int32_t *>(base));
    default:
      return use(reinterpret_cast<const int64_t *>(base));
    }
  }

  void readSpikes(size_t population, double *out) const override {
    withValues(*spikes[population], [&](auto *values) {
      std::copy_n(values, networkInfo.populations[population].size, out);
    });
  }

  void readProbe(size_t probe, double *out) const override {
    const ProbeInfo &info = networkInfo.probes[probe];
    const std::optional<fx::Format> &format = probes[probe]->format;
    double scale = format ? std::ldexp(1.0, -format->fractionBits) : 1;
    withValues(*probes[probe], [&](auto *values) {
      for (int64_t k = 0; k < info.size; ++k) {
        auto value = values[info.neurons.empty() ? k : info.neurons[k]];
        out[k] = probesSpikesOfOutput[probe] ? value != 0 : static_cast<double>(value) * scale;
      }
    });
  }

  /// The array behind a variable of a source or population.
  const AbiArray *find(const std::string &target, const std::string &variable) const {
    if (const AbiArray *array = abi.find(target + "." + variable))
      return array;
    // A source's output lies in its input, if it has one; its spikes are made from that. The output
    // of a population that only spikes is its spikes.
    for (const char *array : {".output", ".input", ".spikes"})
      if (const AbiArray *found = abi.find(target + array))
        return found;
    return nullptr;
  }
};

} // namespace

static LogicalResult compile(ModuleOp module, const cpu::TargetOptions &options,
                             CpuMachine &machine) {
  auto fail = [&](llvm::Error error) {
    return module.emitError() << "just-in-time compilation failed: "
                              << llvm::toString(std::move(error));
  };
  std::unique_ptr<llvm::TargetMachine> target = cpu::createTargetMachine(module.getLoc(), options);
  if (!target)
    return failure();
  FailureOr<cpu::Tables> tables = cpu::takeTables(module);
  if (failed(tables))
    return failure();
  machine.tables = std::move(*tables);
  auto context = std::make_unique<llvm::LLVMContext>();
  std::unique_ptr<llvm::Module> code = cpu::translate(module, *context, *target, options.optLevel);
  if (!code)
    return failure();
  llvm::orc::JITTargetMachineBuilder builder(target->getTargetTriple());
  builder.setCPU(target->getTargetCPU().str());
  builder.addFeatures(llvm::SubtargetFeatures(target->getTargetFeatureString()).getFeatures());
  builder.setCodeGenOptLevel(target->getOptLevel());
  builder.getOptions() = target->Options;
  // Constants may lie further from the code than the small code model reaches.
  builder.setCodeModel(llvm::CodeModel::Large);
  auto jit = llvm::orc::LLJITBuilder().setJITTargetMachineBuilder(builder).create();
  if (!jit)
    return fail(jit.takeError());
  machine.jit = std::move(*jit);
  auto process = llvm::orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
      machine.jit->getDataLayout().getGlobalPrefix());
  if (!process)
    return fail(process.takeError());
  machine.jit->getMainJITDylib().addGenerator(std::move(*process));
  llvm::orc::SymbolMap symbols;
  for (auto &[name, address] : machine.tables.symbols)
    symbols[machine.jit->mangleAndIntern(name)] = {llvm::orc::ExecutorAddr::fromPtr(address),
                                                   llvm::JITSymbolFlags::Exported};
  if (llvm::Error error =
          machine.jit->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(symbols))))
    return fail(std::move(error));
  if (llvm::Error error = machine.jit->addIRModule({std::move(code), std::move(context)}))
    return fail(std::move(error));
  auto init = machine.jit->lookup(machine.abi.network + "_init"),
       step = machine.jit->lookup(machine.abi.network + "_step");
  if (!init)
    return fail(init.takeError());
  if (!step)
    return fail(step.takeError());
  machine.initFn = init->toPtr<void (*)(void *)>();
  machine.stepFn = step->toPtr<void (*)(void *)>();
  return success();
}

FailureOr<std::unique_ptr<Machine>> cpu::createMachine(NetworkOp network,
                                                       const TargetOptions &options) {
  auto machine = std::make_unique<CpuMachine>();
  machine->networkInfo = describeNetwork(network);
  OwningOpRef<ModuleOp> module = cast<ModuleOp>(network->getParentOp()->clone());
  PassManager pm(network.getContext());
  pm.enableVerifier(false);
  buildLinalgPipeline(pm);
  buildLLVMPipeline(pm);
  if (failed(pm.run(*module)))
    return failure();
  FailureOr<Abi> abi = Abi::fromModule(*module, network.getSymName());
  if (failed(abi))
    return module->emitError() << "the lowered module has no layout for '" << network.getSymName()
                               << "'";
  machine->abi = std::move(*abi);
  if (failed(compile(*module, options, *machine)))
    return failure();
  for (const SourceInfo &input : machine->networkInfo.inputs)
    machine->inputs.push_back(machine->find(input.name, "input"));
  for (const PopulationInfo &population : machine->networkInfo.populations)
    machine->spikes.push_back(machine->find(population.name, "spikes"));
  for (const ProbeInfo &probe : machine->networkInfo.probes) {
    machine->probes.push_back(machine->find(probe.target, probe.variable));
    bool isSource = !machine->abi.find(probe.target + ".spikes");
    machine->probesSpikesOfOutput.push_back(isSource && probe.variable == "spikes");
  }
  machine->state = allocateMemory(machine->abi.bytes);
  if (!machine->state)
    return network.emitOpError() << "no memory for " << machine->abi.bytes << " bytes of state";
  machine->reset();
  return std::unique_ptr<Machine>(std::move(machine));
}
