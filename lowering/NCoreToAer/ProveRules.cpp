// The proof is a case distinction over bits of keys, which both lists shrink along.
#include "lowering/NCoreToAer/ProveRules.h"
#include <algorithm>

using namespace engram;
using namespace engram::aer;

namespace {

class Prover {
public:
  Prover(const Demands &demands, const Rules &rules, Work &work)
      : demands(demands), rules(rules), work(work) {}

  /// The lists hold what meets the region, in order. False ends the proof.
  bool visit(Cube region, const std::vector<uint32_t> &wanted, const std::vector<uint32_t> &given);

  Proof proof;

private:
  const Demands &demands;
  const Rules &rules;
  Work &work;

  bool refute(Cube region, const Demand &demand, RouteId got);
  bool split(Cube region, uint64_t bits, const std::vector<uint32_t> &wanted,
             const std::vector<uint32_t> &given);
  /// Whether all rules say the same as the demand, and one of them catches every key.
  bool agree(Cube region, const Demand &demand, const std::vector<uint32_t> &given);
};

} // namespace

bool Prover::refute(Cube region, const Demand &demand, RouteId got) {
  proof.outcome = Proof::Refuted;
  proof.key = region.key;
  proof.demanded = demand.route;
  proof.mightMiss = demand.mayMiss;
  proof.got = got;
  return false;
}

template <typename List, typename Items>
static std::vector<uint32_t> meeting(Cube region, const Items &items, const List &list) {
  std::vector<uint32_t> result;
  for (uint32_t k : list)
    if (meet(items[k].cube, region))
      result.push_back(k);
  return result;
}

bool Prover::split(Cube region, uint64_t bits, const std::vector<uint32_t> &wanted,
                   const std::vector<uint32_t> &given) {
  work.spend(wanted.size() + given.size());
  if (work.exhausted()) {
    proof.outcome = Proof::TooLong;
    return false;
  }
  uint64_t bit = uint64_t(1) << (63 - __builtin_clzll(bits));
  for (uint64_t value : {uint64_t(0), bit}) {
    Cube half = {region.key | value, region.mask | bit};
    if (!visit(half, meeting(half, demands, wanted), meeting(half, rules, given)))
      return false;
  }
  return true;
}

bool Prover::agree(Cube region, const Demand &demand, const std::vector<uint32_t> &given) {
  for (uint32_t k : given) {
    if (rules[k].route != demand.route)
      return false;
    if (contains(rules[k].cube, region))
      return true;
  }
  return demand.mayMiss;
}

bool Prover::visit(Cube region, const std::vector<uint32_t> &wanted,
                   const std::vector<uint32_t> &given) {
  ++proof.regions;
  if (wanted.empty())
    return true;
  const Demand &demand = demands[wanted.front()];
  uint64_t open = demand.cube.mask & ~region.mask;
  if (open != 0)
    return split(region, open, wanted, given);
  if (given.empty())
    return demand.route == noRoute || demand.mayMiss || refute(region, demand, noRoute);
  const Rule &rule = rules[given.front()];
  if (rule.route != demand.route)
    return refute(common(region, rule.cube), demand, rule.route);
  work.spend(given.size());
  uint64_t unknown = rule.cube.mask & ~region.mask;
  return unknown == 0 || agree(region, demand, given) || split(region, unknown, wanted, given);
}

Proof engram::aer::prove(const Demands &demands, const Rules &rules, Work &work) {
  Prover prover(demands, rules, work);
  std::vector<uint32_t> wanted(demands.size()), given(rules.size());
  for (size_t k = 0; k < wanted.size(); ++k)
    wanted[k] = static_cast<uint32_t>(k);
  for (size_t k = 0; k < given.size(); ++k)
    given[k] = static_cast<uint32_t>(k);
  prover.visit({}, wanted, given);
  return prover.proof;
}
