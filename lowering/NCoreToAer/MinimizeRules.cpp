// Tables to start from, the search, the proof.
#include "lowering/NCoreToAer/MinimizeRules.h"
#include "lowering/NCoreToAer/DisjointDemands.h"
#include "lowering/NCoreToAer/ImproveRules.h"
#include "lowering/NCoreToAer/NestedRules.h"
#include "lowering/NCoreToAer/OrderedCovering.h"
#include "lowering/NCoreToAer/PairMerging.h"
#include "lowering/NCoreToAer/ProveRules.h"
#include <algorithm>
#include <tuple>

using namespace engram;
using namespace engram::aer;

// Steps are some nanoseconds each. The first three bound what is done before the search and after.
constexpr uint64_t cuttingSteps = 2'000'000'000, provingSteps = 2'000'000'000;
constexpr uint64_t nestingSteps = 8'000'000;
constexpr uint64_t baselineSteps = 20'000'000'000; ///< asked for by name
constexpr uint64_t million = 1'000'000;
/// How finely a table is looked at: demands beyond it are joined as far as that goes.
constexpr size_t enoughDemands = 8192;

namespace {

/// Demands as the merging baselines see them.
struct Merging {
  Rules rules;
  std::vector<Cube> forbidden;

  explicit Merging(const Demands &disjoint) {
    for (const Demand &demand : disjoint)
      if (demand.route == noRoute)
        forbidden.push_back(demand.cube);
      else
        rules.push_back({demand.cube, demand.route});
  }
};

} // namespace

const std::vector<std::string> &engram::aer::algorithmNames() {
  static const std::vector<std::string> names = {"best",  "pair",       "ordered-covering",
                                                 "range", "range-pair", "nested"};
  return names;
}

static std::optional<Rules> runBaseline(Algorithm algorithm, const Demands &disjoint,
                                        RouteId routes, Work &work) {
  Merging merging(disjoint);
  switch (algorithm) {
  case Algorithm::Pair:
    return mergePairs(std::move(merging.rules), merging.forbidden, work);
  case Algorithm::OrderedCovering:
    return coverOrdered(merging.rules, work);
  case Algorithm::Range:
    return mergeRanges(std::move(merging.rules));
  case Algorithm::RangePair:
    return mergePairs(mergeRanges(std::move(merging.rules)), merging.forbidden, work);
  default:
    return nestRules(disjoint, routes, work);
  }
}

/// The demands as entries, in their order; nothing if that is no right table, since keys that have
/// to miss come before.
static std::optional<Rules> asGiven(const Demands &demands) {
  Rules rules;
  std::vector<Cube> missing;
  Work work(cuttingSteps);
  for (const Demand &demand : demands) {
    if (demand.route == noRoute) {
      missing.push_back(demand.cube);
      continue;
    }
    work.spend(missing.size());
    if (work.exhausted() || std::any_of(missing.begin(), missing.end(),
                                        [&](Cube cube) { return meet(cube, demand.cube); }))
      return std::nullopt;
    rules.push_back({demand.cube, demand.route});
  }
  return rules;
}

/// Tables to start from: nested ranges, then the smallest of the others. Each is cheap beside the
/// search, or left out.
static std::vector<Rules> startsOf(const Demands &disjoint, const std::optional<Rules> &given,
                                   RouteId routes, uint64_t effort) {
  std::vector<Rules> starts;
  Work nesting(nestingSteps);
  if (std::optional<Rules> nested = nestRules(disjoint, routes, nesting))
    starts.push_back(std::move(*nested));
  Merging merging(disjoint);
  Rules other = merging.rules;
  auto take = [&](std::optional<Rules> rules) {
    if (rules && rules->size() < other.size())
      other = std::move(*rules);
  };
  Work pairing(effort * 2), covering(effort / 4);
  take(given);
  take(mergePairs(merging.rules, merging.forbidden, pairing));
  if (merging.forbidden.empty() && merging.rules.size() <= enoughDemands / 4)
    take(coverOrdered(merging.rules, covering));
  starts.push_back(std::move(other));
  return starts;
}

static Rules search(const Demands &disjoint, const std::optional<Rules> &given, RouteId routes,
                    const MinimizeOptions &options) {
  uint64_t effort = std::min<uint64_t>(options.effort, 1'000'000) * million;
  std::vector<Rules> starts = startsOf(disjoint, given, routes, effort);
  Rules best;
  bool have = false;
  for (size_t k = 0; k < starts.size(); ++k) {
    Rules rules = std::move(starts[k]);
    // From the other start the search gains little; it does not catch up.
    if (have && best.size() * 20 <= rules.size() * 17)
      continue;
    // From the nested table it mostly gets furthest.
    uint64_t share = starts.size() == 1 ? effort : k == 0 ? effort / 4 * 3 : effort / 4;
    if (disjoint.size() * rules.size() <= share) {
      RuleImprover improver(disjoint, rules, k + 1);
      Work work(share);
      if (improver.isRight()) {
        // A step looks at each demand a few times; some hundred rounds without a gain are enough.
        uint64_t rounds = uint64_t(2000) * disjoint.size() * (rules.size() + 1);
        improver.run(work, std::min(share / 8, rounds), options.goal);
        rules = improver.rules();
      }
    }
    if (!have || rules.size() < best.size())
      best = std::move(rules);
    have = true;
    if (best.size() <= options.goal)
      break;
  }
  return best;
}

/// Masks get the bits in which all routed keys agree, so that no other key beside them matches.
static void narrow(Rules &rules, const Demands &disjoint) {
  Cube hull;
  bool first = true;
  for (const Demand &demand : disjoint)
    if (demand.route != noRoute) {
      hull = first ? demand.cube : join(hull, demand.cube);
      first = false;
    }
  for (Rule &rule : rules)
    rule.cube = common(rule.cube, hull);
}

static std::string textOf(RouteId route) {
  return route == noRoute ? "nowhere" : "the way of route " + std::to_string(route);
}

Expected<Minimized> engram::aer::minimize(const Demands &demands, RouteId routes,
                                          const MinimizeOptions &options) {
  Work cutting(cuttingSteps);
  std::optional<Demands> disjoint = makeDisjoint(demands, cutting);
  std::optional<Rules> given = asGiven(demands);
  bool searches = options.algorithm == Algorithm::Best;
  if (!disjoint && !(searches && given))
    return fail("entries overlap too much to be told apart");
  Minimized result;
  if (!disjoint) {
    result.rules = std::move(*given);
  } else if (searches) {
    joinSiblings(*disjoint, enoughDemands);
    // Loops over demands ask for the route first, and a processor foresees that better in order.
    std::sort(disjoint->begin(), disjoint->end(), [](const Demand &a, const Demand &b) {
      return std::tuple(a.route, a.cube.key, a.cube.mask) <
             std::tuple(b.route, b.cube.key, b.cube.mask);
    });
    result.rules = search(*disjoint, given, routes, options);
    narrow(result.rules, *disjoint);
  } else {
    if (options.algorithm == Algorithm::OrderedCovering &&
        std::any_of(disjoint->begin(), disjoint->end(),
                    [](const Demand &demand) { return demand.route == noRoute; }))
      return fail("ordered covering knows no keys that have to match no entry");
    Work work(baselineSteps);
    std::optional<Rules> rules = runBaseline(options.algorithm, *disjoint, routes, work);
    if (!rules)
      return fail("this table takes the algorithm too long");
    result.rules = std::move(*rules);
  }
  if (!options.prove)
    return result;
  Work proving(provingSteps);
  Proof proof = prove(demands, result.rules, proving);
  if (proof.outcome == Proof::TooLong)
    return fail("the proof that the smaller table is right takes too long");
  if (proof.outcome == Proof::Refuted)
    return fail("the smaller table is wrong: it sends key " + std::to_string(proof.key) + " " +
                textOf(proof.got) + " instead of " + textOf(proof.demanded));
  result.proved = true;
  result.proofRegions = proof.regions;
  return result;
}
