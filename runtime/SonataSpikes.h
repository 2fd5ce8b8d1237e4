// Spike files of the SONATA format (.h5).
#pragma once

#include "runtime/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace engram {

enum class SpikeSorting : uint8_t { None = 0, ById = 1, ByTime = 2 };

/// Spike i is of neuron nodeIds[i] (from 0, within the population) at timesMs[i].
struct SpikePopulation {
  std::string name;
  std::vector<uint64_t> nodeIds;
  std::vector<double> timesMs;
  SpikeSorting sorting = SpikeSorting::None;
};

/// Reads /spikes/<population>/{node_ids, timestamps}, populations in the order of their names, and
/// the older layout /spikes/{gids, timestamps}, whose population has the name "". Times are in ms;
/// an attribute 'units' of "s" or "us" is converted. 'sorting' may be an enumeration or a string,
/// and is reported as it stands: nothing is sorted here.
/// Errors name file and data set: not HDF5, truncated, a data set missing, of another type or rank,
/// lengths that differ, negative ids, times that are not finite, more elements than the file can
/// hold.
/// Source: https://github.com/AllenInstitute/sonata/blob/master/docs/SONATA_DEVELOPER_GUIDE.md
Expected<std::vector<SpikePopulation>> readSonataSpikes(const std::string &path);

/// Writes the layout above with the root attributes 'magic' (0x0A7A) and 'version' (0, 1), units
/// "ms" and 'sorting' as an enumeration. Names of populations are not empty, without '/', and
/// distinct. The spikes must be in the order that 'sorting' claims. Atomic.
Expected<void> writeSonataSpikes(const std::string &path,
                                 const std::vector<SpikePopulation> &populations);

} // namespace engram
