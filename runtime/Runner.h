// Running samples on a machine: reset, feed, step, count, record. Knows no compiler.
#pragma once

#include "runtime/Recording.h"
#include "runtime/SampleInput.h"
#include "runtime/SpikeTable.h"

#include <functional>
#include <optional>

namespace engram {

struct RunOptions {
  /// Steps of each sample; by default as long as its inputs are. Needed where all are held.
  std::optional<int64_t> steps;
  /// Samples first .. end-1 are run; by default all.
  int64_t firstSample = 0;
  std::optional<int64_t> endSample;
  /// The probe whose records, summed over a sample, decide the class: the largest sum, the lowest
  /// index on ties.
  std::optional<size_t> readout;
  /// Probes whose records are kept.
  std::vector<size_t> recorded;
  /// Keep the spikes of all spiking populations in the first sample that is run.
  bool keepSpikes = false;
  /// All that is kept may take this much memory; more is refused.
  int64_t maxBytes = int64_t(4) << 30;
  /// Called before the first and after every step of a sample: samples that are done, of how many;
  /// steps of the current one, of how many.
  std::function<void(int64_t, int64_t, int64_t, int64_t)> progress;
};

struct SampleResult {
  /// Number in the input, and name where it has one.
  int64_t index = 0;
  std::string name;
  int64_t steps = 0;
  /// Sums of the readout, one a number of the probe; empty without a readout.
  std::vector<double> counts;
  /// Empty without a readout, and if a sum is not a number.
  std::optional<int64_t> predicted;
};

struct RunResult {
  std::vector<SampleResult> samples;
  int64_t steps = 0;
  double seconds = 0;
  /// Spikes of each population of NetworkInfo over all samples; 0 if it does not spike.
  std::vector<int64_t> spikes;
  std::vector<Recording> recordings;
  /// With keepSpikes, one for each spiking population.
  std::vector<SpikeSeries> firstSpikes;
  /// Of the machine, by name.
  std::vector<std::pair<std::string, uint64_t>> counters;
};

/// Runs the samples one after another, the machine reset before each. 'inputs' has an entry for
/// each external source of the network, null for zeros.
/// Errors: inputs with different numbers of samples; samples out of range; a sample whose length
/// nothing gives; more to keep than 'maxBytes'; errors of the files.
Expected<RunResult> runSamples(Machine &machine,
                               const std::vector<std::unique_ptr<SampleInput>> &inputs,
                               const RunOptions &options);

/// The index of the largest number, the lowest of several; empty if there is none or one is nan.
std::optional<int64_t> classOf(const std::vector<double> &counts);

} // namespace engram
