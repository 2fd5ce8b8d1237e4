// Ordered demands as disjoint ones: what the search for smaller tables works on.
#pragma once

#include "lowering/NCoreToAer/Rules.h"
#include <optional>

namespace engram::aer {

/// Appends what `cube` has outside of `hole`, which it meets, as cubes without a common key.
void cutOut(Cube cube, Cube hole, std::vector<Cube> &pieces);

/// The same demands with cubes that have no key in common. Nothing if `work` runs out, since each
/// overlap may cut a cube into as many pieces as it has bits.
std::optional<Demands> makeDisjoint(const Demands &demands, Work &work);

/// Joins cubes that differ in the lowest bit of their masks and demand the same, from narrow to
/// wide, until at most `enough` are left or no more can be joined.
void joinSiblings(Demands &demands, size_t enough);

} // namespace engram::aer
