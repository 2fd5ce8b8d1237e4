// Baselines after PACMAN's PairCompressor and RangeCompressor (University of Manchester, written
// anew). Keys that no rule matches may be covered.
#include "lowering/NCoreToAer/PairMerging.h"
#include "lowering/NCoreToAer/CubeScan.h"
#include <algorithm>
#include <map>

using namespace engram;
using namespace engram::aer;

/// The rarest route first; rules of one route in their order.
static Rules byFrequency(const Rules &rules) {
  std::map<RouteId, Rules> groups;
  for (const Rule &rule : rules)
    groups[rule.route].push_back(rule);
  std::vector<std::pair<size_t, RouteId>> order;
  order.reserve(groups.size());
  for (auto &[route, group] : groups)
    order.emplace_back(group.size(), route);
  std::sort(order.begin(), order.end());
  Rules result;
  for (auto [count, route] : order)
    result.insert(result.end(), groups[route].begin(), groups[route].end());
  return result;
}

std::optional<Rules> engram::aer::mergePairs(Rules rules, const std::vector<Cube> &forbidden,
                                             Work &work) {
  rules = byFrequency(rules);
  Rules merged;
  CubeList others; // of routes to come, then forbidden
  for (const Rule &rule : rules)
    others.push_back(rule.cube);
  for (Cube cube : forbidden)
    others.push_back(cube);
  size_t hit = 0; // what was in the way last is likely to be so again
  auto clashes = [&](Cube cube, size_t from) {
    if (hit >= from && hit < others.size() && meet(others[hit], cube))
      return true;
    hit = others.firstMeeting(cube, from, others.size());
    work.spend(hit - from + 1);
    return hit < others.size();
  };
  for (size_t left = 0, end = 0; left < rules.size(); left = end) {
    while (end < rules.size() && rules[end].route == rules[left].route)
      ++end;
    for (size_t right = end; left < right;) {
      bool found = false;
      for (size_t k = left + 1; k < right && !found; ++k) {
        if (work.exhausted())
          return std::nullopt;
        work.spend(1);
        Cube both = join(rules[left].cube, rules[k].cube);
        if (clashes(both, end))
          continue;
        rules[left].cube = both;
        rules[k] = rules[--right];
        found = true;
      }
      if (!found)
        merged.push_back(rules[left++]);
    }
  }
  return merged;
}

Rules engram::aer::mergeRanges(Rules rules) {
  uint64_t all = 0;
  for (const Rule &rule : rules)
    all |= rule.cube.mask;
  all |= (all & -all) - 1;
  Rules given = rules;
  std::sort(rules.begin(), rules.end(),
            [](const Rule &a, const Rule &b) { return a.cube.key < b.cube.key; });
  auto last = [&](size_t k) { return rules[k].cube.key | (~rules[k].cube.mask & all); };
  for (size_t k = 0; k < rules.size(); ++k) {
    uint64_t low = ~rules[k].cube.mask & all;
    if ((low & (low + 1)) != 0 || (k > 0 && rules[k].cube.key <= last(k - 1)))
      return given;
  }
  Rules merged;
  for (size_t first = 0, stop = 0; first < rules.size();) {
    while (stop < rules.size() && rules[stop].route == rules[first].route)
      ++stop;
    uint64_t key = rules[first].cube.key, size = last(first) - key; // less one
    for (uint64_t wider = 2 * size + 1; wider <= all && wider > size; wider = 2 * wider + 1) {
      uint64_t begin = key & ~wider;
      if ((first > 0 && begin <= last(first - 1)) ||
          (stop < rules.size() && (begin | wider) >= rules[stop].cube.key))
        break;
      size = wider;
    }
    size_t next = first;
    while (next < stop && last(next) <= (key | size))
      ++next;
    uint64_t least = 0;
    while ((key | least) < last(next - 1))
      least = 2 * least + 1;
    merged.push_back({{key & ~least, all & ~least}, rules[first].route});
    first = next;
  }
  return merged;
}
