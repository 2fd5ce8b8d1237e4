// Machines side by side on the same input: which numbers differ, where first, and how far they lie
// apart. Knows no compiler.
#pragma once

#include "runtime/SampleInput.h"

#include <functional>
#include <map>

namespace engram {

struct ComparedMachine {
  std::string name;
  Machine *machine = nullptr;
  /// Steps by which what a population (or a source) shows comes later than elsewhere.
  std::map<std::string, int64_t> lags;
};

struct CompareOptions {
  int64_t steps = 0; ///< a sample
  int64_t firstSample = 0, endSample = 1;
  /// What is kept of machines that are ahead may take this much memory; more is refused.
  int64_t maxBytes = int64_t(4) << 30;
  /// Called before each step: steps that are done, of how many.
  std::function<void(int64_t, int64_t)> progress;
};

/// Two numbers that are not the same bits. The sign of zero counts; all NaN are one.
struct Difference {
  int64_t sample = 0, step = 0;
  std::string target, variable;
  int64_t neuron = 0;
  double a = 0, b = 0;
  /// Units in the last place of the larger: of single precision if all numbers of the variable are
  /// of it so far, else of double. Infinite if one is no number.
  double ulps = 0;
};

/// A variable of a source or population, over all steps.
struct VariableDistance {
  std::string probe; ///< empty for the spikes that a machine shows without a probe
  std::string target, variable;
  int64_t numbers = 0, differing = 0;
  double largest = 0;       ///< |a|
  double most = 0, rms = 0; ///< |a - b|
  /// Spikes of each of the two; other variables have none.
  int64_t spikesA = 0, spikesB = 0;
};

struct Comparison {
  size_t a = 0, b = 0;
  int64_t numbers = 0, differing = 0;
  std::optional<Difference> first;
  std::vector<VariableDistance> variables;
  /// What only one of the two shows.
  std::vector<std::string> onlyA, onlyB;
};

/// Resets the machines for each sample, steps all of them together and compares the pairs: the
/// spikes of spiking populations of one name, and probes of one name in the steps in which they
/// record. With a lag, step t of one is compared with step t + lag of the other. 'sources' names
/// what 'inputs' feeds (null: zeros). Errors: those of the inputs; too much to keep.
Expected<std::vector<Comparison>> compareMachines(
    const std::vector<ComparedMachine> &machines,
    const std::vector<std::pair<size_t, size_t>> &pairs, const std::vector<std::string> &sources,
    const std::vector<std::unique_ptr<SampleInput>> &inputs, const CompareOptions &options);

/// Whether two numbers are the same bits, in the sense of Difference.
bool sameBits(double a, double b);

/// Their distance in units in the last place, likewise; 0 only for the same bits.
double ulpDistance(double a, double b, bool single);

} // namespace engram
