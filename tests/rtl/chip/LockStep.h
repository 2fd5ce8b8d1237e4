// The RTL beside the golden model: every memory word and every counter of events.
#pragma once

#include "runtime/accelerator/RtlDevice.h"
#include <string>

namespace engram::a1::test {

/// Compares words of a memory of all cores; says the first that differ, or nothing.
std::string differenceIn(Device &rtl, const GoldenChip &golden, Memory memory, uint32_t first = 0,
                         uint32_t count = ~0u);
/// What a step changes but the ring: states, bits of spikes, flags, errors, counters.
std::string differenceAfterStep(Device &rtl, const GoldenChip &golden);
/// All memories.
std::string differenceInMemories(Device &rtl, const GoldenChip &golden);

/// One step of both; says what differs, spikes that reach the host among it. An error that the
/// chip reports is compared where the cores keep it.
std::string stepBoth(Device &rtl, GoldenChip &golden, const std::vector<Spike> &spikes);

} // namespace engram::a1::test
