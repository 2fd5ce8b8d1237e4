// What each core has to do in a step, and how long that takes, as expected from rates of spikes.
// Plain C++.
#pragma once

#include "lowering/NeuroToNCore/SpikeGraph.h"
#include "runtime/StepTime.h"

namespace engram::ncore {

/// Means of a step of `dt` seconds by the target's cycles. Listed synapses count as they lie in
/// rows of the cores, random ones with their expectation, tiles of crossbars with the chance that a
/// row of them is driven; payloads of several bits with half of them.
std::vector<CoreWork> expectedWork(const SpikeNetwork &network, const Assignment &assignment,
                                   const Target &target, double dt);

/// A step with that work. `links`: on the longest way of a spike.
StepCycles expectedCycles(const SpikeNetwork &network, const Assignment &assignment,
                          const Target &target, double dt, double links);

} // namespace engram::ncore
