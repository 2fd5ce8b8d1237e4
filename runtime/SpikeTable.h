// Recorded spikes, and writing them as .csv, .npy or SONATA .h5.
#pragma once

#include "runtime/Error.h"
#include "runtime/SonataSpikes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace engram {

/// The spikes of one population: neuron neurons[i] (0 .. size-1) fired in step steps[i] (from 0).
struct SpikeSeries {
  std::string name;
  int64_t size = 0;
  std::vector<int64_t> steps;
  std::vector<int64_t> neurons;
};

/// One line a spike under "step,time_ms,population,neuron", populations one after the other in the
/// given order, each in the order given. time_ms is step * dtMs to 15 significant digits. A name
/// with a comma, quote or line break is quoted as RFC 4180 says. Atomic.
Expected<void> writeSpikesCsv(const std::string &path, const std::vector<SpikeSeries> &series,
                              double dtMs);

/// Counts of shape (stepCount, size), U8, of one population. The file is written row by row, so
/// memory follows the spikes and not the shape; it is refused above 64 GiB. Errors: a spike outside
/// the shape, more than 255 in one cell. Atomic.
Expected<void> writeSpikesNpy(const std::string &path, const SpikeSeries &series,
                              int64_t stepCount);

/// SONATA spikes, sorted by time and then by neuron; timestamps are step * dtMs to 15 significant
/// digits. A population without a name is called "default". Atomic.
Expected<void> writeSpikesSonata(const std::string &path, const std::vector<SpikeSeries> &series,
                                 double dtMs);

/// Any of the three by the extension .csv, .npy or .h5; .npy takes exactly one population.
Expected<void> writeSpikes(const std::string &path, const std::vector<SpikeSeries> &series,
                           double dtMs, int64_t stepCount);

} // namespace engram
