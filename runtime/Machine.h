// What every machine that runs a network looks like from outside: the interpreter, compiled code,
// later a chip.
#pragma once

#include "runtime/Error.h"
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace engram {

/// A source, population or probe as a caller sees it.
struct SourceInfo {
  std::string name;
  std::vector<int64_t> shape;
  int64_t size = 0;
};

struct PopulationInfo {
  std::string name;
  std::vector<int64_t> shape;
  int64_t size = 0;
  bool spiking = false; ///< its model has a 'fire' region
};

struct ProbeInfo {
  std::string name;
  std::string target;           ///< source or population
  std::string variable;         ///< "spikes", "output" or a state
  std::vector<int64_t> neurons; ///< flat indices; every neuron if empty
  std::vector<int64_t> shape;   ///< of the target
  int64_t size = 0;             ///< numbers a record
  int64_t every = 1;            ///< steps between records
};

struct NetworkInfo {
  std::string name;
  double dtSeconds = 0;
  std::vector<SourceInfo> inputs; ///< the external sources, in the order of the text
  std::vector<PopulationInfo> populations;
  std::vector<ProbeInfo> probes;
};

/// One instance of a network on a machine. Not thread-safe; instances are independent of each
/// other.
class Machine {
public:
  virtual ~Machine() = default;

  virtual const NetworkInfo &info() const = 0;

  /// Back to the initial state, step 0.
  virtual void reset() = 0;

  /// One step. `inputs[k]` points to `info().inputs[k].size` numbers, or is null for zeros.
  virtual void step(const std::vector<const double *> &inputs) = 0;

  /// Steps done since the last reset.
  virtual int64_t stepsDone() const = 0;

  /// Steps by which all that can be read is late: after step t it is that of step t - latency().
  virtual int64_t latency() const { return 0; }

  /// The spikes (0 or 1 a neuron) of a population in the last step; `out` has its size.
  virtual void readSpikes(size_t population, double *out) const = 0;

  /// The values of a probe after the last step; `out` has its size.
  virtual void readProbe(size_t probe, double *out) const = 0;

  /// Why nothing that it shows is to be believed; empty if all is well. Stays until a reset.
  virtual std::string fault() const { return ""; }

  /// What it has counted in all steps since it was made, by name.
  virtual std::vector<std::pair<std::string, uint64_t>> counters() const { return {}; }
};

} // namespace engram
