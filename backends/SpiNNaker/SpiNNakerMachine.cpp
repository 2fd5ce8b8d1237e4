// The host's part of a run: what sources emit goes to their cores' memory before a tick, what cores
// have recorded is read after it.
#include "backends/SpiNNaker/SpiNNakerMachine.h"
#include "dialects/Neuro/Evaluate/SourceState.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "runtime/spinnaker/Layout.h"
#include <cmath>
#include <cstring>
#include <fmt/format.h>

using namespace mlir;
using namespace engram;
using namespace engram::spinnaker;

namespace {

class SimulatedMachine final : public SpiNNakerMachine {
public:
  NetworkInfo networkInfo;
  std::unique_ptr<Simulator> machine;
  std::vector<neuro::SourceState> sources;
  struct Probe {
    int source = -1, population = -1, state = -1;
    bool isSpikes = true;
    std::vector<int64_t> neurons;
  };
  std::vector<Probe> probes;

  void connect(neuro::NetworkOp network);

  const Simulator &simulator() const override { return *machine; }
  const NetworkInfo &info() const override { return networkInfo; }
  int64_t stepsDone() const override { return now; }
  int64_t latency() const override { return package().latency; }
  void reset() override;
  void step(const std::vector<const double *> &inputs) override;
  void readSpikes(size_t population, double *out) const override;
  void readProbe(size_t k, double *out) const override;
  std::string fault() const override;
  std::vector<std::pair<std::string, uint64_t>> counters() const override;

private:
  int64_t now = 0;
  std::string error;
  std::vector<core_data> headers; ///< by core
  std::vector<core_recording> recordings;
  std::vector<core_input> inputsOf;
  std::vector<std::vector<double>> outputsBefore; ///< of sources, in the step that can be read
  std::vector<uint64_t> before;                   ///< counted before the last reset

  const Package &package() const { return machine->package(); }
  void feedSources(const std::vector<const double *> &inputs);
  std::vector<uint64_t> counted() const;
  Time mostBusy() const;
  template <typename Value> void readStep(size_t population, double *out, Value value) const;
  void readInitial(size_t population, const Variable &variable, double *out) const;
  void readVariable(const Probe &probe, double *out) const;
};

} // namespace

static double numberOf(const Variable &variable, const uint32_t *words) {
  uint64_t raw = words[0];
  if (variable.bits > 32)
    raw |= uint64_t(words[1]) << 32;
  else if (variable.isSigned)
    raw = static_cast<uint64_t>(int64_t(int32_t(words[0])));
  double value = variable.isSigned ? double(int64_t(raw)) : double(raw);
  return std::ldexp(value, -variable.fractionBits);
}

//===-- steps -----------------------------------------------------------------------------===//

void SimulatedMachine::connect(neuro::NetworkOp network) {
  networkInfo = neuro::describeNetwork(network);
  sources = neuro::sourceStatesOf(network);
  for (auto op : network.getOps<neuro::ProbeOp>()) {
    Probe probe;
    for (auto [k, source] : llvm::enumerate(package().sources))
      if (source.name == op.getTarget())
        probe.source = static_cast<int>(k);
    for (auto [k, population] : llvm::enumerate(package().populations))
      if (population.name == op.getTarget()) {
        probe.population = static_cast<int>(k);
        for (auto [s, state] : llvm::enumerate(population.states))
          if (state.name == op.getVariable())
            probe.state = static_cast<int>(s);
        bool isOutput = op.getVariable() == "output" && population.graded;
        probe.isSpikes = probe.state < 0 && !isOutput;
      }
    if (probe.source >= 0)
      probe.isSpikes = op.getVariable() == "spikes";
    if (op.getNeurons())
      probe.neurons.assign(op.getNeurons()->begin(), op.getNeurons()->end());
    probes.push_back(std::move(probe));
  }
  size_t count = package().cores.size();
  headers.resize(count);
  recordings.resize(count);
  inputsOf.resize(count);
  for (size_t k = 0; k < count; ++k) {
    core_data &header = headers[k];
    machine->read(k, 0, &header, sizeof header);
    if (header.kind == CORE_KIND_SOURCE)
      machine->read(k, header.channel, &inputsOf[k], sizeof(core_input));
    else if (header.channel)
      machine->read(k, header.channel, &recordings[k], sizeof(core_recording));
  }
  outputsBefore.assign(sources.size(), {});
  before.assign(counted().size(), 0);
}

void SimulatedMachine::reset() {
  std::vector<uint64_t> counts = counted();
  for (size_t k = 0; k < counts.size(); ++k)
    before[k] += counts[k];
  now = 0;
  error.clear();
  for (neuro::SourceState &source : sources)
    source.reset();
  outputsBefore.assign(sources.size(), {});
  if (Expected<void> done = machine->reset(); !done)
    error = done.error().message;
}

void SimulatedMachine::feedSources(const std::vector<const double *> &inputs) {
  std::vector<uint32_t> words;
  for (size_t k = 0; k < sources.size(); ++k) {
    outputsBefore[k] = sources[k].output;
    sources[k].step(now, inputs);
    const PackageSource &described = package().sources[k];
    for (const Part &part : described.parts) {
      const core_input &channel = inputsOf[part.core];
      words.clear();
      for (size_t r = 0; r < part.ranges.size(); r += 2)
        for (int64_t n = part.ranges[r]; n < part.ranges[r + 1]; ++n)
          words.push_back(static_cast<uint32_t>(
              static_cast<int64_t>(std::ldexp(sources[k].output[n], described.fractionBits))));
      uint32_t step = static_cast<uint32_t>(now % channel.capacity);
      machine->write(part.core,
                     headers[part.core].channel + sizeof(core_input) + step * channel.step_bytes +
                         4 * part.first,
                     words.data(), static_cast<uint32_t>(4 * words.size()));
    }
  }
  for (size_t k = 0; k < headers.size(); ++k)
    if (headers[k].kind == CORE_KIND_SOURCE)
      machine->setWord(k, headers[k].channel, static_cast<uint32_t>(now + 1));
}

void SimulatedMachine::step(const std::vector<const double *> &inputs) {
  feedSources(inputs);
  machine->runTick();
  // What was recorded in the step before the last has been read.
  for (size_t k = 0; k < headers.size(); ++k)
    if (recordings[k].capacity && now > 1)
      machine->setWord(k, headers[k].channel + 4, static_cast<uint32_t>(now - 1));
  ++now;
}

//===-- reading ---------------------------------------------------------------------------===//

/// `value(core, words of the step, number in the core)` of each neuron; 0 before the first step is
/// there.
template <typename Value>
void SimulatedMachine::readStep(size_t population, double *out, Value value) const {
  std::fill_n(out, package().populations[population].neurons, 0.0);
  if (now < 2)
    return;
  std::vector<uint32_t> words;
  for (const Part &part : package().populations[population].parts) {
    const core_recording &recording = recordings[part.core];
    if (recording.capacity == 0)
      continue;
    words.resize(recording.step_bytes / 4);
    uint32_t step = static_cast<uint32_t>((now - 2) % recording.capacity);
    machine->read(part.core,
                  headers[part.core].channel + sizeof(core_recording) + step * recording.step_bytes,
                  words.data(), recording.step_bytes);
    uint32_t n = 0;
    for (size_t r = 0; r < part.ranges.size(); r += 2)
      for (int64_t i = part.ranges[r]; i < part.ranges[r + 1]; ++i)
        out[i] = value(part.core, words.data(), n++);
  }
}

void SimulatedMachine::readSpikes(size_t population, double *out) const {
  readStep(population, out, [](uint32_t, const uint32_t *step, uint32_t n) {
    return static_cast<double>(step[n / 32] >> n % 32 & 1);
  });
}

void SimulatedMachine::readInitial(size_t population, const Variable &variable, double *out) const {
  for (const Part &part : package().populations[population].parts) {
    const core_data &h = headers[part.core];
    uint32_t n = 0;
    for (size_t r = 0; r < part.ranges.size(); r += 2)
      for (int64_t i = part.ranges[r]; i < part.ranges[r + 1]; ++i, ++n) {
        uint32_t words[2] = {0, 0}, place = h.records + 4 * (n * h.record_words + variable.word);
        machine->read(part.core, place, words, variable.bits > 32 ? 8 : 4);
        out[i] = numberOf(variable, words);
      }
  }
}

void SimulatedMachine::readVariable(const Probe &probe, double *out) const {
  const PackagePopulation &population = package().populations[probe.population];
  bool isOutput = probe.state < 0;
  const Variable &variable = isOutput ? population.output : population.states[probe.state];
  if (now < 2 && !isOutput)
    return readInitial(probe.population, variable, out);
  readStep(probe.population, out, [&](uint32_t core, const uint32_t *step, uint32_t n) {
    const core_data &h = headers[core];
    const uint32_t *words = step + (h.neurons + 31) / 32;
    if (isOutput)
      return numberOf(variable, words + n);
    words += h.flags & CORE_RECORDS_OUTPUTS ? h.neurons : 0;
    return numberOf(variable, words + n * h.record_words + variable.word);
  });
}

void SimulatedMachine::readProbe(size_t k, double *out) const {
  const Probe &probe = probes[k];
  std::vector<double> all;
  if (probe.source >= 0) {
    all = outputsBefore[probe.source];
    all.resize(sources[probe.source].output.size());
    if (probe.isSpikes)
      for (double &x : all)
        x = x != 0;
  } else {
    all.resize(package().populations[probe.population].neurons);
    if (probe.isSpikes)
      readSpikes(probe.population, all.data());
    else
      readVariable(probe, all.data());
  }
  if (probe.neurons.empty())
    std::copy(all.begin(), all.end(), out);
  else
    for (int64_t n : probe.neurons)
      *out++ = all[n];
}

//===-- what happened ---------------------------------------------------------------------===//

/// Of any core in any tick.
Time SimulatedMachine::mostBusy() const {
  Time most = 0;
  for (size_t k = 0; k < package().cores.size(); ++k)
    most = std::max(most, machine->load(k).most);
  return most;
}

std::string SimulatedMachine::fault() const {
  if (!error.empty())
    return error;
  std::string text = machine->faults().summary();
  if (machine->faults().count(Fault::Overrun) || machine->faults().count(Fault::Late))
    text += fmt::format("; the busiest core worked {:.2f} ms of a tick of {:.2f} ms: '--slow-down' "
                        "gives it more time",
                        static_cast<double>(mostBusy()) / millisecond,
                        static_cast<double>(machine->tickTime()) / millisecond);
  return text;
}

static const char *const counterNames[] = {"packets sent",           "copies to cores",
                                           "copies over links",      "default routed",
                                           "packets that waited",    "waiting (ns)",
                                           "emergency routes",       "packets dumped",
                                           "packets reinjected",     "rows",
                                           "synaptic events",        "updates of neurons",
                                           "events of the simulator"};

std::vector<uint64_t> SimulatedMachine::counted() const {
  RouterCounters routers = machine->routerTotals();
  uint64_t rows = 0, synapses = 0, updates = 0, sent = 0;
  for (size_t k = 0; k < package().cores.size(); ++k) {
    const core_counters &work = machine->load(k).work;
    rows += work.rows;
    synapses += work.synapses;
    updates += work.updates;
    sent += work.sent;
  }
  return {sent,
          routers.toCores,
          routers.toLinks,
          routers.defaultRouted,
          routers.waited,
          static_cast<uint64_t>(routers.waitedFor / nanosecond),
          routers.emergency,
          routers.dumped,
          routers.reinjected,
          rows,
          synapses,
          updates,
          machine->eventsDone()};
}

std::vector<std::pair<std::string, uint64_t>> SimulatedMachine::counters() const {
  std::vector<uint64_t> counts = counted();
  std::vector<std::pair<std::string, uint64_t>> result;
  for (size_t k = 0; k < counts.size(); ++k)
    result.emplace_back(counterNames[k], before[k] + counts[k]);
  result.emplace_back("busiest core in a tick (us)",
                      static_cast<uint64_t>(mostBusy() / microsecond));
  result.emplace_back("tick (us)", static_cast<uint64_t>(machine->tickTime() / microsecond));
  return result;
}

FailureOr<std::unique_ptr<SpiNNakerMachine>>
engram::spinnaker::createMachine(neuro::NetworkOp network, const SimulatorOptions &options) {
  PackageOptions programs;
  programs.host = options.execution == Execution::Fast;
  // The fast mode measures its costs on the ARM binaries.
  programs.arm = options.execution == Execution::Arm || options.costs.empty();
  FailureOr<Package> package = compilePackage(network, programs);
  if (failed(package))
    return failure();
  auto machine = std::make_unique<SimulatedMachine>();
  Expected<std::unique_ptr<Simulator>> simulator = Simulator::create(std::move(*package), options);
  if (!simulator)
    return network.emitOpError() << "does not run on the simulated machine: "
                                 << simulator.error().message;
  machine->machine = std::move(*simulator);
  machine->connect(network);
  return std::unique_ptr<SpiNNakerMachine>(std::move(machine));
}
