// Rates of firing from recorded spikes.
#pragma once

#include "runtime/Error.h"

#include <cstdint>
#include <map>
#include <string>

namespace engram::ncore {

struct RecordedRates {
  /// Spikes of each neuron that has any, by population.
  std::map<std::string, std::map<int64_t, int64_t>> counts;
  double seconds = 0; ///< up to the end of the step of the last spike
};

/// Reads spikes as `engram run --output` writes them: .csv with the columns
/// "step,time_ms,population,neuron", or SONATA .h5; several files with commas between them are one
/// recording. `dt` in seconds. Errors name the file and its line.
Expected<RecordedRates> readRates(const std::string &paths, double dt);

} // namespace engram::ncore
