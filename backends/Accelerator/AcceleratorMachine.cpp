// The host's part of a run: sources become injected spikes, probes become reads of memories.
#include "backends/Accelerator/AcceleratorMachine.h"
#include "dialects/Neuro/Evaluate/SourceState.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::a1;

namespace {

class AcceleratorMachine : public Machine {
public:
  NetworkInfo networkInfo;
  CompiledNetwork compiled;
  std::vector<uint32_t> words;
  std::unique_ptr<Device> device;
  std::vector<neuro::SourceState> sources;
  int64_t now = 0;
  std::string error;

  /// What a probe reads of each neuron.
  struct Probe {
    int source = -1, population = -1;
    enum What { Spikes, Output, State } what = Spikes;
    uint32_t word = 0;
    bool isSigned = true;
    int fractionBits = 0;
    std::vector<int64_t> neurons;
  };
  std::vector<Probe> probes;

  const NetworkInfo &info() const override { return networkInfo; }
  int64_t stepsDone() const override { return now; }

  std::string fault() const override { return error; }
  std::vector<std::pair<std::string, uint64_t>> counters() const override {
    return device->counters();
  }

  void reset() override {
    now = 0;
    error.clear();
    for (neuro::SourceState &source : sources)
      source.reset();
    if (Expected<void> loaded = device->load(words); !loaded)
      error = loaded.error().message;
  }

  void step(const std::vector<const double *> &inputs) override {
    std::vector<Spike> injected;
    for (auto [source, plan] : llvm::zip(sources, compiled.sources)) {
      source.step(now, inputs);
      if (!plan.used)
        continue;
      for (size_t n = 0; n < source.output.size(); ++n)
        if (source.output[n] != 0)
          injected.push_back(
              {plan.firstKey + static_cast<uint32_t>(n),
               static_cast<int32_t>(std::ldexp(source.output[n], plan.fractionBits))});
    }
    if (Expected<void> done = device->step(injected); !done && error.empty())
      error = done.error().message;
    ++now;
    spikesKnown = false;
  }

  void readSpikes(size_t population, double *out) const override {
    readSpikeBits();
    for (NeuronPlace place : compiled.populations[population].places)
      *out++ = spikeBits[place.core][place.neuron / 32] >> place.neuron % 32 & 1;
  }

  void readProbe(size_t k, double *out) const override {
    const Probe &probe = probes[k];
    auto value = [&](int64_t i) -> double {
      if (probe.source >= 0)
        return probe.what == Probe::Spikes ? sources[probe.source].spikes[i]
                                           : sources[probe.source].output[i];
      NeuronPlace place = compiled.populations[probe.population].places[i];
      if (probe.what != Probe::State)
        return spikeBits[place.core][place.neuron / 32] >> place.neuron % 32 & 1;
      uint32_t bits = 0;
      device->read(place.core, Memory::State, place.neuron * compiled.chip.stateWords + probe.word,
                   &bits, 1);
      return std::ldexp(probe.isSigned ? static_cast<double>(static_cast<int32_t>(bits))
                                       : static_cast<double>(bits),
                        -probe.fractionBits);
    };
    readSpikeBits();
    if (probe.neurons.empty())
      for (int64_t i = 0; i < networkInfo.probes[k].size; ++i)
        out[i] = value(i);
    else
      for (int64_t neuron : probe.neurons)
        *out++ = value(neuron);
  }

private:
  mutable bool spikesKnown = false;
  mutable std::vector<std::vector<uint32_t>> spikeBits; ///< [core]

  void readSpikeBits() const {
    if (spikesKnown)
      return;
    size_t count = memoryParts(Memory::Spikes, compiled.chip);
    spikeBits.assign(compiled.chip.cores(), std::vector<uint32_t>(count));
    if (now > 0)
      for (size_t core = 0; core < spikeBits.size(); ++core)
        device->read(static_cast<uint32_t>(core), Memory::Spikes, 0, spikeBits[core].data(), count);
    spikesKnown = true;
  }
};

} // namespace

static LogicalResult addProbes(neuro::NetworkOp network, AcceleratorMachine &machine) {
  for (auto op : network.getOps<neuro::ProbeOp>()) {
    AcceleratorMachine::Probe probe;
    for (auto [k, source] : llvm::enumerate(machine.compiled.sources))
      if (source.name == op.getTarget())
        probe.source = static_cast<int>(k);
    for (auto [k, population] : llvm::enumerate(machine.compiled.populations))
      if (population.name == op.getTarget())
        probe.population = static_cast<int>(k);
    if (op.getNeurons())
      probe.neurons.assign(op.getNeurons()->begin(), op.getNeurons()->end());
    bool graded = probe.population >= 0 && machine.compiled.populations[probe.population].graded;
    if (op.getVariable() == "output")
      probe.what = AcceleratorMachine::Probe::Output;
    if (op.getVariable() != "spikes" && (op.getVariable() != "output" || graded)) {
      probe.what = AcceleratorMachine::Probe::State;
      const PopulationPlan &plan = machine.compiled.populations[probe.population];
      auto word = llvm::find_if(plan.stateWords, [&](const StateWord &content) {
        bool isKept = content.state || content.name == outputWordName;
        return isKept && content.name == op.getVariable();
      });
      if (word == plan.stateWords.end())
        return op.emitOpError() << "unsupported: no state word is free to keep the graded outputs "
                                   "of '"
                                << op.getTarget() << "'; probe a state";
      probe.word = static_cast<uint32_t>(word - plan.stateWords.begin());
      if (auto fixed = dyn_cast<fx::FixedType>(word->type)) {
        probe.isSigned = fixed.getIsSigned();
        probe.fractionBits = fixed.getFractionBits();
      }
    }
    machine.probes.push_back(std::move(probe));
  }
  return success();
}

FailureOr<std::unique_ptr<Machine>> engram::a1::createMachine(neuro::NetworkOp network,
                                                              const MakeDevice &makeDevice) {
  auto machine = std::make_unique<AcceleratorMachine>();
  FailureOr<CompiledNetwork> compiled = compileImage(network);
  if (failed(compiled))
    return failure();
  machine->compiled = std::move(*compiled);
  machine->words = machine->compiled.image.serialize();
  Expected<std::unique_ptr<Device>> device = makeDevice(machine->compiled.chip);
  if (!device)
    return network.emitOpError() << "has no chip to run on: " << device.error().message;
  machine->device = std::move(*device);
  int inputs = 0;
  for (auto source : network.getOps<neuro::SourceOp>()) {
    bool isExternal = isa<neuro::ExternalAttr>(source.getKind());
    machine->sources.emplace_back(source, neuro::numElements(*source.getShape()),
                                  isExternal ? inputs++ : -1);
  }
  if (failed(addProbes(network, *machine)))
    return failure();
  if (Expected<void> loaded = machine->device->load(machine->words); !loaded)
    return network.emitOpError() << "the chip refuses the image: " << loaded.error().message;
  machine->networkInfo = neuro::describeNetwork(network);
  return std::unique_ptr<Machine>(std::move(machine));
}
