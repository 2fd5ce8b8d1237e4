// The host's part of a run: sources become injected spikes, probes become reads of memories.
#include "backends/Accelerator/AcceleratorMachine.h"
#include "dialects/Neuro/Evaluate/SourceState.h"
#include "dialects/Neuro/IR/Instance.h"
#include <cmath>
#include <fmt/format.h>

using namespace mlir;
using namespace engram;
using namespace engram::a1;

namespace {

// An output that is wider than a payload is none of a network that was compiled.
int32_t payloadOf(double output, int fractionBits) {
  constexpr double most = (1 << 23) - 1;
  return static_cast<int32_t>(std::clamp(std::ldexp(output, fractionBits), -most - 1, most));
}

class AcceleratorMachine : public Machine {
public:
  NetworkInfo networkInfo;
  HostPlan plan;
  std::vector<uint32_t> words;
  std::unique_ptr<Device> device;
  std::vector<neuro::SourceState> sources;
  int64_t now = 0;
  std::string error;

  /// What a probe reads of each neuron.
  struct Probe {
    int source = -1, population = -1;
    enum What { Spikes, Output, State } what = Spikes;
    HostPlan::Word place;
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
    spikesKnown = false;
    error.clear();
    for (neuro::SourceState &source : sources)
      source.reset();
    if (Expected<void> loaded = device->load(words); !loaded)
      error = loaded.error().message;
  }

  void step(const std::vector<const double *> &inputs) override {
    std::vector<Spike> injected;
    for (auto [source, place] : llvm::zip(sources, plan.sources)) {
      source.step(now, inputs);
      if (!place.used)
        continue;
      for (size_t n = 0; n < source.output.size(); ++n)
        if (source.output[n] != 0)
          injected.push_back({place.firstKey + static_cast<uint32_t>(n),
                              payloadOf(source.output[n], place.fractionBits)});
    }
    if (Expected<void> done = device->step(injected); !done && error.empty())
      error = done.error().message;
    ++now;
    spikesKnown = false;
  }

  void readSpikes(size_t population, double *out) const override {
    readSpikeBits();
    for (NeuronPlace place : plan.populations[population].places)
      *out++ = spikeBits[place.core][place.neuron / 32] >> place.neuron % 32 & 1;
  }

  void readProbe(size_t k, double *out) const override {
    const Probe &probe = probes[k];
    auto value = [&](int64_t i) -> double {
      if (probe.source >= 0)
        return probe.what == Probe::Spikes ? sources[probe.source].spikes[i]
                                           : sources[probe.source].output[i];
      NeuronPlace place = plan.populations[probe.population].places[i];
      if (probe.what != Probe::State)
        return spikeBits[place.core][place.neuron / 32] >> place.neuron % 32 & 1;
      uint32_t bits = 0;
      device->read(place.core, Memory::State,
                   place.neuron * plan.chip.stateWords + static_cast<uint32_t>(probe.place.word),
                   &bits, 1);
      return probe.place.numberIn(bits);
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
    size_t count = memoryParts(Memory::Spikes, plan.chip);
    spikeBits.assign(plan.chip.cores(), std::vector<uint32_t>(count));
    if (now > 0)
      for (size_t core = 0; core < spikeBits.size(); ++core)
        device->read(static_cast<uint32_t>(core), Memory::Spikes, 0, spikeBits[core].data(), count);
    spikesKnown = true;
  }
};

} // namespace

/// Where each probe of the plan is read, whose names are known to be right.
static void resolveProbes(AcceleratorMachine &machine) {
  for (const HostPlan::Probe &described : machine.plan.probes) {
    AcceleratorMachine::Probe probe;
    probe.neurons = described.neurons;
    for (auto [k, source] : llvm::enumerate(machine.plan.sources))
      if (source.name == described.target)
        probe.source = static_cast<int>(k);
    for (auto [k, population] : llvm::enumerate(machine.plan.populations)) {
      if (population.name != described.target)
        continue;
      probe.source = -1;
      probe.population = static_cast<int>(k);
      bool spikes =
          described.variable == "spikes" || (described.variable == "output" && !population.graded);
      for (const HostPlan::Word &word : population.words)
        if (!spikes && word.name == described.variable &&
            (word.holds == "state" || word.holds == "output")) {
          probe.what = AcceleratorMachine::Probe::State;
          probe.place = word;
        }
    }
    if (probe.source >= 0 && described.variable == "output")
      probe.what = AcceleratorMachine::Probe::Output;
    machine.probes.push_back(std::move(probe));
  }
}

Expected<std::unique_ptr<Machine>> engram::a1::createMachine(HostPlan plan, const Image &image,
                                                             neuro::NetworkOp sources,
                                                             const MakeDevice &makeDevice) {
  auto machine = std::make_unique<AcceleratorMachine>();
  machine->plan = std::move(plan);
  machine->words = image.serialize();
  Expected<std::unique_ptr<Device>> device = makeDevice(machine->plan.chip);
  if (!device)
    return fail(fmt::format("no chip to run on: {}", device.error().message));
  machine->device = std::move(*device);
  machine->sources = neuro::sourceStatesOf(sources);
  resolveProbes(*machine);
  if (Expected<void> loaded = machine->device->load(machine->words); !loaded)
    return fail(fmt::format("the chip refuses the image: {}", loaded.error().message));
  machine->networkInfo = machine->plan.info();
  return std::unique_ptr<Machine>(std::move(machine));
}

FailureOr<std::unique_ptr<Machine>> engram::a1::createMachine(neuro::NetworkOp network,
                                                              const MakeDevice &makeDevice) {
  FailureOr<CompiledNetwork> compiled = compileImage(network);
  if (failed(compiled))
    return failure();
  FailureOr<HostPlan> plan = planHost(network, *compiled);
  if (failed(plan))
    return failure();
  Expected<std::unique_ptr<Machine>> machine =
      createMachine(std::move(*plan), compiled->image, network, makeDevice);
  if (!machine)
    return network.emitOpError() << "cannot run: " << machine.error().message;
  return std::move(*machine);
}
