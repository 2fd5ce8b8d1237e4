// Ordered covering (Mundy et al. 2016): a baseline, and where the search may start from.
#pragma once

#include "lowering/NCoreToAer/Rules.h"
#include <optional>

namespace engram::aer {

/// Merges as many rules of one route as can be, again and again; a merged rule stands before the
/// rules that are as general as it is. The rules have to be disjoint. Nothing if `work` runs out.
std::optional<Rules> coverOrdered(const Rules &rules, Work &work);

} // namespace engram::aer
