// R. Draves, C. King, S. Venkatachary, B. Zill, "Constructing optimal IP routing tables", INFOCOM
// 1999. A part of the keys costs m rules if it inherits one of a set of routes, and m + 1 if it
// inherits any other; what it costs if it inherits none is a number of its own.
#include "lowering/NCoreToAer/NestedRules.h"

using namespace engram;
using namespace engram::aer;

namespace {

constexpr uint64_t impossible = uint64_t(1) << 40;

struct Part {
  uint64_t bit = 0;       ///< 0: not split
  size_t half[2] = {};    ///< with the bit 0 and 1
  uint64_t least = 0;     ///< rules, inheriting one of the set
  uint64_t uncovered = 0; ///< rules, inheriting none
  size_t set = 0;         ///< where its words begin in `sets`
};

class Nesting {
public:
  Nesting(const Demands &demands, RouteId routes, Work &work)
      : demands(demands), words(routes / 64 + 1), work(work) {
    uint64_t ones = 0, zeros = 0;
    for (const Demand &demand : demands) {
      ones |= demand.cube.key;
      zeros |= demand.cube.mask & ~demand.cube.key;
    }
    differing = ones & zeros;
  }

  size_t build(const std::vector<uint32_t> &list, uint64_t bits);
  void emit(size_t number, Cube cube, RouteId inherited);

  Rules rules;
  uint64_t differing; ///< bits in which keys differ

private:
  const Demands &demands;
  size_t words;
  Work &work;
  std::vector<Part> parts;
  std::vector<uint64_t> sets;

  size_t leaf(const Demand &demand);
  size_t joined(size_t zero, size_t one, uint64_t bit);
  bool has(const Part &part, RouteId route) const {
    return (sets[part.set + route / 64] >> (route % 64) & 1) != 0;
  }
};

} // namespace

size_t Nesting::leaf(const Demand &demand) {
  Part part;
  part.set = sets.size();
  sets.resize(sets.size() + words);
  work.spend(words);
  part.uncovered = demand.route == noRoute || demand.mayMiss ? 0 : 1;
  if (demand.route == noRoute)
    part.least = impossible;
  else
    sets[part.set + demand.route / 64] |= uint64_t(1) << (demand.route % 64);
  parts.push_back(part);
  return parts.size() - 1;
}

size_t Nesting::joined(size_t zero, size_t one, uint64_t bit) {
  Part part;
  part.bit = bit;
  part.half[0] = zero;
  part.half[1] = one;
  part.set = sets.size();
  part.least = parts[zero].least + parts[one].least;
  sets.resize(sets.size() + words);
  work.spend(words);
  const uint64_t *a = &sets[parts[zero].set], *b = &sets[parts[one].set];
  uint64_t any = 0;
  for (size_t k = 0; k < words; ++k)
    any |= sets[part.set + k] = a[k] & b[k];
  if (any == 0) {
    ++part.least;
    for (size_t k = 0; k < words; ++k)
      sets[part.set + k] = a[k] | b[k];
  }
  part.least = std::min(part.least, impossible);
  part.uncovered = std::min(parts[zero].uncovered + parts[one].uncovered, part.least + 1);
  parts.push_back(part);
  return parts.size() - 1;
}

size_t Nesting::build(const std::vector<uint32_t> &list, uint64_t bits) {
  work.spend(list.size());
  const Demand &first = demands[list.front()];
  bool same = true;
  for (uint32_t k : list)
    same &= demands[k].route == first.route && demands[k].mayMiss == first.mayMiss;
  if (same || bits == 0 || work.exhausted())
    return leaf(first);
  uint64_t bit = uint64_t(1) << (63 - __builtin_clzll(bits));
  std::vector<uint32_t> half[2];
  for (uint32_t k : list) {
    Cube cube = demands[k].cube;
    for (uint64_t one : {0, 1})
      if ((cube.mask & bit) == 0 || ((cube.key & bit) != 0) == (one != 0))
        half[one].push_back(k);
  }
  bits ^= bit;
  // Where one half holds no key that matters, the bit does not either.
  if (half[0].empty() || half[1].empty())
    return build(half[0].empty() ? half[1] : half[0], bits);
  size_t zero = build(half[0], bits), one = build(half[1], bits);
  return joined(zero, one, bit);
}

void Nesting::emit(size_t number, Cube cube, RouteId inherited) {
  const Part part = parts[number];
  bool split = part.bit != 0;
  bool keeps = inherited == noRoute ? part.uncovered != part.least + 1 : has(part, inherited);
  RouteId route = inherited;
  for (RouteId k = 0; !keeps && route == inherited; ++k)
    if (has(part, k))
      route = k;
  if (split) {
    emit(part.half[0], {cube.key, cube.mask | part.bit}, route);
    emit(part.half[1], {cube.key | part.bit, cube.mask | part.bit}, route);
  }
  // Behind the smaller parts that override it.
  if (!keeps)
    rules.push_back({cube, route});
}

std::optional<Rules> engram::aer::nestRules(const Demands &disjoint, RouteId routes, Work &work) {
  if (disjoint.empty())
    return Rules();
  Nesting nesting(disjoint, routes, work);
  std::vector<uint32_t> all(disjoint.size());
  for (size_t k = 0; k < all.size(); ++k)
    all[k] = static_cast<uint32_t>(k);
  size_t root = nesting.build(all, nesting.differing);
  if (work.exhausted())
    return std::nullopt;
  nesting.emit(root, {}, noRoute);
  return std::move(nesting.rules);
}
