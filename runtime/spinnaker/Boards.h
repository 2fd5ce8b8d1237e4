// The chips of a machine, their links, and which of these lead from board to board.
#pragma once

#include "runtime/spinnaker/Package.h"
#include "runtime/spinnaker/Shape.h"

namespace engram::spinnaker {

/// Places of chips row by row; the number of a chip is its index. Links that are dead, or lead to
/// no chip, have none.
std::vector<ChipShape> chipsOf(const MachineShape &machine);

/// Whether (x, y) is the place of a board's Ethernet chip: x a multiple of 4, and x + y of 12.
bool isEthernetChip(int x, int y);
/// The Ethernet chip of the board that a place belongs to where boards tile a plane; it may be
/// negative.
std::pair<int, int> boardOf(int x, int y);

} // namespace engram::spinnaker
