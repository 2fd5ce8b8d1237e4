// First cuts of a network: by METIS, in the given order, at random.
#pragma once

#include "lowering/NeuroToNCore/CoreState.h"

#include <random>

namespace engram::ncore {

/// The least number of cores that the sums of neurons and of synapse words allow.
int32_t leastCores(const SpikeGraph &graph, const Target &target);

/// A part in [0, parts) for each of the units, by METIS's multilevel k-way cut of the graph in
/// which each unit is joined to the units that its explicit synapses reach, with its rate as
/// weight. Sources take part without weight. Balanced in what fills a core. Empty if METIS
/// fails.
std::vector<int32_t> cutByMetis(const SpikeGraph &graph, const Target &target,
                                const std::vector<int32_t> &units, int32_t parts, uint64_t seed);

/// Puts the units that are nowhere onto cores, in the given order, each onto the first of the open
/// cores from `firstCore` on that has room, or onto a new one.
void placeFirstFit(CoreState &state, const std::vector<int32_t> &units, int32_t firstCore = 0);

/// Puts units onto new cores as `parts` says; what does not fit goes where it costs least, or onto
/// a new core.
void placeParts(CoreState &state, const std::vector<int32_t> &units,
                const std::vector<int32_t> &parts, int32_t numParts);

/// Each unit onto any core that has room.
void placeRandomly(CoreState &state, int32_t cores, std::mt19937_64 &random);

/// A number in [0, bound), the same in every standard library.
inline uint64_t below(std::mt19937_64 &random, uint64_t bound) { return random() % bound; }

template <typename T> void shuffle(std::vector<T> &values, std::mt19937_64 &random) {
  for (size_t k = values.size(); k > 1; --k)
    std::swap(values[k - 1], values[below(random, k)]);
}

} // namespace engram::ncore
