// Proof that a table does what is demanded, for all keys, without enumerating them.
#pragma once

#include "lowering/NCoreToAer/Rules.h"

namespace engram::aer {

struct Proof {
  enum Outcome { Proved, Refuted, TooLong } outcome = Proved;
  uint64_t regions = 0; ///< of the key space, which the proof distinguished

  // Of a refutation:
  uint64_t key = 0;
  RouteId demanded = noRoute, got = noRoute;
  bool mightMiss = false;
};

/// Splits the space of keys until, in each region, one demand and one rule come first for all
/// keys. TooLong if `work` runs out. Shares no code with what makes tables smaller.
Proof prove(const Demands &demands, const Rules &rules, Work &work);

} // namespace engram::aer
