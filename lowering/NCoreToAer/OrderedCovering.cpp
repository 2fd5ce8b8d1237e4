// A. Mundy, J. Heathcote, J. D. Garside, "On-chip order-exploiting routing table minimization for a
// multicast supercomputer network", HPSR 2016. A merge is made smaller until it hides no rule below
// it (down-check), and none of its rules is moved below one that hides it (up-check).
#include "lowering/NCoreToAer/OrderedCovering.h"
#include <algorithm>
#include <unordered_map>

using namespace engram;
using namespace engram::aer;

namespace {

struct Row {
  Rule rule;
  std::vector<Cube> origins; ///< what it was merged from
  int generality;
};

struct Merge {
  std::vector<size_t> members; ///< ascending
  Cube cube;
  size_t at = 0; ///< in front of which row it goes

  size_t gain() const { return members.empty() ? 0 : members.size() - 1; }
};

class OrderedCovering {
public:
  OrderedCovering(const Rules &rules, Work &work) : work(work) {
    for (int general = 0; general <= 64; ++general)
      for (const Rule &rule : rules)
        if (generality(rule.cube) == general)
          rows.push_back({rule, {rule.cube}, general});
  }

  bool mergeBest();
  Rules rules() const;

private:
  Work &work;
  std::vector<Row> rows;

  static int generality(Cube cube) { return 64 - __builtin_popcountll(cube.mask); }
  Merge merge(std::vector<size_t> members);
  Merge refine(Merge merge, size_t least);
  Merge checkDown(Merge merge, size_t least);
  Merge checkUp(Merge merge, size_t least, bool &changed);
  bool settable(const Merge &merge, uint64_t &toZero, uint64_t &toOne);
};

} // namespace

Merge OrderedCovering::merge(std::vector<size_t> members) {
  Merge result;
  work.spend(members.size());
  if (members.empty())
    return result;
  result.cube = rows[members.front()].rule.cube;
  for (size_t k : members)
    result.cube = join(result.cube, rows[k].rule.cube);
  result.members = std::move(members);
  auto at = std::lower_bound(rows.begin(), rows.end(), generality(result.cube),
                             [](const Row &row, int general) { return row.generality < general; });
  result.at = at - rows.begin();
  return result;
}

/// The bits that would keep the merge off the rows it hides, of those rows with the fewest such
/// bits. False if it hides none.
bool OrderedCovering::settable(const Merge &merge, uint64_t &toZero, uint64_t &toOne) {
  int fewest = 65;
  toZero = toOne = 0;
  for (size_t k = merge.at; k < rows.size(); ++k) {
    work.spend(1);
    if (!meet(rows[k].rule.cube, merge.cube))
      continue;
    work.spend(rows[k].origins.size());
    for (Cube origin : rows[k].origins) {
      if (!meet(origin, merge.cube))
        continue;
      uint64_t bits = origin.mask & ~merge.cube.mask;
      int count = __builtin_popcountll(bits);
      if (count < fewest)
        toZero = toOne = 0;
      if (count <= fewest) {
        fewest = count;
        toZero |= bits & origin.key;
        toOne |= bits & ~origin.key;
      }
    }
  }
  return fewest < 65;
}

Merge OrderedCovering::checkDown(Merge given, size_t least) {
  while (given.gain() > least && !work.exhausted()) {
    uint64_t toZero, toOne;
    if (!settable(given, toZero, toOne))
      return given;
    if ((toZero | toOne) == 0)
      break;
    std::vector<size_t> fewest, removed, kept;
    bool have = false;
    for (uint64_t bits = toZero | toOne; bits != 0;) {
      uint64_t bit = uint64_t(1) << (63 - __builtin_clzll(bits));
      bits ^= bit;
      for (bool one : {true, false}) {
        if (((one ? toOne : toZero) & bit) == 0)
          continue;
        removed.clear();
        for (size_t k : given.members) {
          Cube cube = rows[k].rule.cube;
          if ((cube.mask & bit) == 0 || ((cube.key & bit) != 0) != one)
            removed.push_back(k);
        }
        work.spend(given.members.size());
        if (!have || removed.size() < fewest.size())
          fewest = removed;
        have = true;
      }
    }
    std::set_difference(given.members.begin(), given.members.end(), fewest.begin(), fewest.end(),
                        std::back_inserter(kept));
    given = merge(std::move(kept));
  }
  return {};
}

Merge OrderedCovering::checkUp(Merge given, size_t least, bool &changed) {
  std::vector<size_t> members = given.members;
  for (auto it = members.rbegin(); it != members.rend(); ++it) {
    bool hidden = false;
    for (size_t k = *it + 1; k < given.at && !hidden; ++k) {
      work.spend(1);
      hidden = meet(rows[*it].rule.cube, rows[k].rule.cube);
    }
    if (!hidden)
      continue;
    std::vector<size_t> kept;
    std::copy_if(given.members.begin(), given.members.end(), std::back_inserter(kept),
                 [&](size_t k) { return k != *it; });
    given = merge(std::move(kept));
    changed = true;
    if (given.gain() <= least)
      return {};
  }
  return given;
}

Merge OrderedCovering::refine(Merge given, size_t least) {
  given = checkDown(std::move(given), least);
  bool changed = false;
  if (given.gain() > least)
    given = checkUp(std::move(given), least, changed);
  if (changed && given.gain() > least)
    given = checkDown(std::move(given), least);
  return given;
}

bool OrderedCovering::mergeBest() {
  std::unordered_map<RouteId, size_t> groupOf;
  std::vector<std::vector<size_t>> groups;
  for (size_t k = 0; k < rows.size(); ++k) {
    auto [it, isNew] = groupOf.emplace(rows[k].rule.route, groups.size());
    if (isNew)
      groups.emplace_back();
    groups[it->second].push_back(k);
  }
  Merge best;
  for (std::vector<size_t> &group : groups)
    if (group.size() - 1 > best.gain())
      if (Merge refined = refine(merge(std::move(group)), best.gain());
          refined.gain() > best.gain())
        best = std::move(refined);
  if (best.gain() == 0)
    return false;
  Row row{{best.cube, rows[best.members.front()].rule.route}, {}, generality(best.cube)};
  for (size_t k : best.members)
    row.origins.insert(row.origins.end(), rows[k].origins.begin(), rows[k].origins.end());
  std::vector<Row> next;
  auto member = best.members.begin();
  for (size_t k = 0; k <= rows.size(); ++k) {
    if (k == best.at)
      next.push_back(row);
    if (member != best.members.end() && *member == k)
      ++member;
    else if (k < rows.size())
      next.push_back(std::move(rows[k]));
  }
  rows = std::move(next);
  return true;
}

Rules OrderedCovering::rules() const {
  Rules result;
  for (const Row &row : rows)
    result.push_back(row.rule);
  return result;
}

std::optional<Rules> engram::aer::coverOrdered(const Rules &rules, Work &work) {
  OrderedCovering covering(rules, work);
  while (covering.mergeBest()) {
  }
  if (work.exhausted())
    return std::nullopt;
  return covering.rules();
}
