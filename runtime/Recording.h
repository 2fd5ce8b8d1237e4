// What a probe recorded, and writing it as .npy, .csv or SONATA spikes.
#pragma once

#include "runtime/Machine.h"

#include <string>
#include <vector>

namespace engram {

/// The records of one probe over all samples that were run, one after another.
struct Recording {
  ProbeInfo probe;
  /// Records of each sample.
  std::vector<int64_t> records;
  /// One byte a number if the probe watches spikes, else one double; the other is empty.
  std::vector<uint8_t> spikes;
  std::vector<double> values;

  bool ofSpikes() const { return probe.variable == "spikes"; }
  /// Bytes that one record takes.
  int64_t recordBytes() const { return probe.size * (ofSpikes() ? 1 : 8); }
  void append(const double *numbers);
};

/// Whether a file of this extension can hold what the probe records: .npy and .csv anything, .h5
/// spikes in every step. The error names the file.
Expected<void> checkRecordingPath(const std::string &path, const ProbeInfo &probe);

/// .npy: shape (samples, records, neurons), or (records, neurons) of one sample; U8 for spikes, F64
/// else; all samples must have the same number of records. The others hold one sample. .csv of
/// spikes: runtime/SpikeTable.h, the population is the probe's target. .csv of numbers: a line a
/// record, under "step,time_ms" and "variable[i]" for each flat index i. .h5: SONATA spikes; node
/// ids are the indices in the target. Atomic.
Expected<void> writeRecording(const std::string &path, const Recording &recording,
                              double dtSeconds);

} // namespace engram
