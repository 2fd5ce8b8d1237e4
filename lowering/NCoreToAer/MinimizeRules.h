// The smallest table that can be found for what is demanded, proved right.
#pragma once

#include "lowering/NCoreToAer/Rules.h"
#include "runtime/Error.h"
#include <string>

namespace engram::aer {

enum class Algorithm {
  Best,            ///< the search, from the smallest of the others
  Pair,            ///< PACMAN's pair merging
  OrderedCovering, ///< Mundy et al. 2016
  Range,           ///< range to prefix
  RangePair,       ///< pair merging of that
  Nested           ///< the smallest table of nested ranges
};

struct MinimizeOptions {
  Algorithm algorithm = Algorithm::Best;
  /// Millions of steps that the search may take; a step is some nanoseconds.
  uint64_t effort = 80;
  /// As small as this is small enough.
  size_t goal = 0;
  bool prove = true;
};

struct Minimized {
  Rules rules;
  bool proved = false;
  uint64_t proofRegions = 0;
};

/// Rules that route each demanded key as demanded; keys without a demand may go anywhere. Routes
/// are numbers below `routes`. The same input gives the same rules. `Best` never gives more rules
/// than there are demands with a route, unless keys that have to miss come before these. Errors: an
/// algorithm that takes more steps than it may, or demands that overlap too much for it.
///
/// The baselines take demands that may miss as if they must not; ordered covering knows no keys
/// that have to miss.
Expected<Minimized> minimize(const Demands &demands, RouteId routes,
                             const MinimizeOptions &options);

/// "pair", ...; the names of `Algorithm` in its order.
const std::vector<std::string> &algorithmNames();

} // namespace engram::aer
