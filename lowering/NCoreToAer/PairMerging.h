// Merging of entries two by two and by ranges of keys, as PACMAN does it: baselines, and where the
// search for smaller tables may start from.
#pragma once

#include "lowering/NCoreToAer/Rules.h"
#include <optional>

namespace engram::aer {

/// Route by route, from the one with the fewest rules: an entry takes in each later one of its
/// route if their join meets no rule of a route that is still to come, and none of `forbidden`.
/// The rules have to be disjoint. Nothing if `work` runs out.
std::optional<Rules> mergePairs(Rules rules, const std::vector<Cube> &forbidden, Work &work);

/// Rules that follow each other in the order of keys and have the same route become the fewest
/// aligned ranges that meet no other rule, taken from the lowest key on. Rules that are not
/// disjoint ranges stay as they are.
Rules mergeRanges(Rules rules);

} // namespace engram::aer
