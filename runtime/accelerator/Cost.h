// What images and spikes make the chip do, in cycles. The RTL's counter is the truth; tests hold
// the formula of runtime/StepTime.h against it.
#pragma once

#include "runtime/StepTime.h"
#include "runtime/accelerator/Crossbar.h"
#include "runtime/accelerator/ImageUse.h"

namespace engram::a1 {

/// The cycles of the RTL. The target 'engram-a1' has the same.
StepTiming chipTiming();

/// What the row at an address of the synapse memory takes.
struct RowWork {
  int64_t cycles = 0;
  int64_t sops = 0;
};

/// The synapse memory is given as its 32-bit parts. The row's base does not matter.
RowWork workOfRow(const std::vector<uint32_t> &synapses, uint32_t address);

/// Of a spike in one tile.
double cyclesOfDrive(const CrossbarTile &tile, int32_t payload);
/// Of a tile of which some bits of payloads were driven.
double cyclesOfConversion(const CrossbarTile &tile, uint32_t drivenBits);

/// Codes that it makes of them.
double codesOf(const CrossbarTile &tile, uint32_t drivenBits);

/// The update of a core in a step in which all populations run.
CoreWork workOfUpdate(const CoreUse &use, const ChipParameters &chip);

/// Cycles of a step of the chip.
double cyclesOfStep(const std::vector<CoreWork> &cores, const ChipParameters &chip);

} // namespace engram::a1
