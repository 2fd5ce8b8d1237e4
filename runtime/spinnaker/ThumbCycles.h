// Clock cycles of Thumb instructions on a Cortex-M4 with its code and data in memory without wait
// states.
#pragma once

#include "runtime/spinnaker/ArmCycles.h"

namespace engram::spinnaker {

/// By ARM DDI 0439, 3.3: tables 3-1 and the timings of loads and stores that follow one another. A
/// branch that is taken refills the pipeline in two cycles of the one to three that it may take,
/// and a division takes its most, 12 (assumptions). Conditional instructions count as executed.
BlockCycles thumbCycles(const uint16_t *code, size_t count);

} // namespace engram::spinnaker
