// The machine of a network whose delays were mapped, as one of the network before: all that it
// shows comes later by the same number of steps.
#pragma once

#include "runtime/Machine.h"

#include <map>
#include <set>

namespace engram {

/// How a mapped network differs from the one that was given, as callers see it.
struct Alignment {
  /// Steps by which what a population does comes later; 0 for those that are not here.
  std::map<std::string, int64_t> lags;
  /// Populations that the network that was given does not have.
  std::set<std::string> hidden;

  bool empty() const { return lags.empty() && hidden.empty(); }
};

/// Shows, after step t, what the network that was given does in step t - latency(): what lags less
/// than the latency is held back. Nothing can show step t after step t, since the machine needs
/// the inputs of the steps in between; so who runs n steps runs latency() more, with any inputs,
/// and drops what the first latency() of them show (zeros). `runSamples` does.
class AlignedMachine : public Machine {
public:
  /// An error if what is held back may need more memory than `maxBytes`.
  static Expected<std::unique_ptr<Machine>> create(std::unique_ptr<Machine> machine,
                                                   const Alignment &alignment,
                                                   int64_t maxBytes = int64_t(4) << 30);

  const NetworkInfo &info() const override { return network; }
  void reset() override;
  void step(const std::vector<const double *> &inputs) override;
  int64_t stepsDone() const override { return machine->stepsDone(); }
  int64_t latency() const override { return machine->latency() + longestLag; }
  void readSpikes(size_t population, double *out) const override;
  void readProbe(size_t probe, double *out) const override;
  std::string fault() const override { return machine->fault(); }
  std::vector<std::pair<std::string, uint64_t>> counters() const override {
    return machine->counters();
  }

private:
  /// A population's spikes or a probe, with the values of the last `held` steps and of this one.
  struct Series {
    size_t index = 0; ///< in the machine
    int64_t size = 0, held = 0;
    std::vector<std::vector<double>> values;  ///< of a probe, by step mod (held + 1)
    std::vector<std::vector<int64_t>> spikes; ///< of a population: who spiked
  };

  std::unique_ptr<Machine> machine;
  NetworkInfo network;
  int64_t longestLag = 0;
  std::vector<Series> populations, probes;
  std::vector<double> buffer;
};

} // namespace engram
