// The sizes of a chip as the SystemVerilog package that rtl/ is built with.
#pragma once

#include "runtime/accelerator/Chip.h"

namespace engram::a1 {

/// The text of rtl/engram_chip_pkg.sv for a chip; `target` is named in its comment.
std::string chipPackage(const ChipParameters &chip, const std::string &target);

} // namespace engram::a1
