// Input for external sources that nobody has data for: numbers that set a network in motion.
#pragma once

#include "runtime/SampleInput.h"

namespace engram {

/// What neuron i of an external source gets in a step: 0 mostly, often 1, else 14/32 or 15/32. A
/// function of the arguments alone, so that each machine, and a network from which other sources
/// have been taken away, sees the same.
double noiseAt(const std::string &source, int64_t sample, int64_t step, int64_t neuron);

/// The numbers of noiseAt for as many samples and steps as are asked for.
std::unique_ptr<SampleInput> noiseInput(const SourceInfo &source, int64_t samples);

} // namespace engram
