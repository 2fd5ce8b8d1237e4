// Clock cycles of ARM instructions on an ARM968E-S with its code and data in TCM.
#pragma once

#include <cstddef>
#include <cstdint>

namespace engram::spinnaker {

/// A straight run of instructions.
struct BlockCycles {
  uint32_t cycles = 0;   ///< if its last instruction branches
  uint32_t notTaken = 0; ///< of them, what is saved if a conditional last one does not
  uint32_t sleepAt = 0;  ///< bytes to the end of a wait for interrupt in it; 0: there is none
};

/// Of instructions in ARM state, by the counts of the ARM9E-S family (ARM DDI 0222B, table 8.2)
/// with interlocks between neighbours. Conditional instructions count as executed.
BlockCycles blockCycles(const uint32_t *instructions, size_t count);

} // namespace engram::spinnaker
