// What the key maps of cores need under a partition, and partitions in which they fit. Plain C++.
#pragma once

#include "lowering/NeuroToNCore/SpikeGraph.h"

namespace engram::ncore {

/// Senders of spikes to a core are sources and slices of populations; of a slice, neurons have keys
/// in their order in the population.
struct KeyMapNeed {
  int64_t entries = 0;
  int64_t axons = 0; ///< keys in the blocks of the entries
};

/// Of each core, by the cover that fits if there is one (see `coverKeys`). Random relations count
/// as if they joined all pairs where that fits, or where drawing all of them takes more than
/// `maxDraws` random numbers. Empty if the target has no key maps.
std::vector<KeyMapNeed> countKeyMaps(const SpikeNetwork &network, const Assignment &assignment,
                                     const Target &target, double maxDraws = 5e7);

bool keyMapsFit(const SpikeNetwork &network, const Assignment &assignment, const Target &target);

/// Halves cores whose key maps do not fit, in the order of their neurons, until all fit; leaves the
/// assignment as it is if they then still do not.
void splitForKeyMaps(const SpikeGraph &graph, Assignment &assignment, const Target &target);

} // namespace engram::ncore
