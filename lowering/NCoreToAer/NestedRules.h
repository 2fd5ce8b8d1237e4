// The smallest table whose cubes are nested or apart, for one order of the keys' bits.
#pragma once

#include "lowering/NCoreToAer/Rules.h"
#include <optional>

namespace engram::aer {

/// Splits the keys by one bit after the other, the topmost first, and gives parts routes that
/// smaller parts override (ORTC, Draves et al. 1999, with keys that may miss or go anywhere). For
/// demands that are ranges, no table of ranges is smaller. Nothing if `work` runs out.
std::optional<Rules> nestRules(const Demands &disjoint, RouteId routes, Work &work);

} // namespace engram::aer
