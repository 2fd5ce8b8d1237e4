// Cutting a network into what each core holds. Plain C++.
#pragma once

#include "lowering/NeuroToNCore/SpikeGraph.h"

#include <optional>
#include <string_view>

namespace engram::ncore {

enum class PartitionMethod {
  Engram,   ///< METIS or the given order as the first cut, then our own refinement
  Metis,    ///< METIS alone, made to fit
  FirstFit, ///< neurons in the given order, each onto the first core that has room
  Random    ///< any partition within the limits: results must not depend on it
};

std::optional<PartitionMethod> parsePartitionMethod(std::string_view name);

struct PartitionOptions {
  PartitionMethod method = PartitionMethod::Engram;
  uint64_t seed = 1;
};

/// A core for each unit, within all limits of a core at once as far as single units are; the number
/// of cores may exceed the target's, and limits that no cut changes are not looked at (see
/// `checkUsage`). The same for the same seed. Limits of fan-out bind explicit synapses alone.
Assignment partition(const SpikeGraph &graph, const Target &target,
                     const PartitionOptions &options = {});

} // namespace engram::ncore
