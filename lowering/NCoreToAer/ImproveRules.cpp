// Local search over ordered tables. A demand is a point that counts as met by the first rule that
// contains it, if no rule before that meets it with another route.
#include "lowering/NCoreToAer/ImproveRules.h"
#include <algorithm>
#include <numeric>

using namespace engram;
using namespace engram::aer;

RuleImprover::RuleImprover(const Demands &demands, const Rules &rules, uint64_t seed)
    : demands(demands), all(rules), order(rules.size()), place(rules.size()), needs(rules.size()),
      meeting(demands.size()), met(rules.size()), server(demands.size(), broken),
      successor(demands.size(), none), state(seed) {
  std::iota(order.begin(), order.end(), 0);
  place = order;
  for (size_t d = 0; d < demands.size(); ++d) {
    cubes.push_back(demands[d].cube);
    for (size_t k = 0; k < rules.size(); ++k)
      if (meet(demands[d].cube, rules[k].cube)) {
        meeting[d].push_back(static_cast<int>(k));
        met[k].push_back(static_cast<uint32_t>(d));
      }
    settle(d);
  }
  spent += demands.size() * rules.size();
}

// SplitMix64 (Steele, Lea, Flood 2014).
uint64_t RuleImprover::random() {
  uint64_t z = (state += 0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

bool RuleImprover::isRight() const {
  return std::find(server.begin(), server.end(), broken) == server.end();
}

/// Server and successor of a demand.
void RuleImprover::settle(size_t demand) {
  if (alone(demand))
    --needs[server[demand]];
  std::vector<int> &list = meeting[demand];
  spent += list.size() + 1;
  for (size_t k = 1; k < list.size(); ++k)
    for (size_t j = k; j > 0 && place[list[j - 1]] > place[list[j]]; --j)
      std::swap(list[j - 1], list[j]);
  const int end = canMiss(demand) ? none : broken;
  size_t next = 0;
  auto follow = [&] {
    for (; next < list.size(); ++next) {
      if (!serves(list[next], demand))
        return false;
      if (contains(all[list[next]].cube, demands[demand].cube))
        return true;
    }
    return false;
  };
  bool served = follow();
  server[demand] = served ? list[next] : next < list.size() ? broken : end;
  successor[demand] = none;
  if (!served)
    return;
  ++next;
  if (!follow())
    successor[demand] = next < list.size() ? list[next] : end;
  if (alone(demand))
    ++needs[server[demand]];
}

void RuleImprover::attach(int rule) {
  spent += demands.size();
  const Cube cube = all[rule].cube;
  const uint64_t *key = cubes.keys.data(), *mask = cubes.masks.data();
  for (size_t d = 0, end = cubes.size(); d < end; ++d)
    if (((key[d] ^ cube.key) & mask[d] & cube.mask) == 0) {
      met[rule].push_back(static_cast<uint32_t>(d));
      meeting[d].push_back(rule);
      settle(d);
    }
}

void RuleImprover::detach(int rule) {
  for (uint32_t d : met[rule]) {
    meeting[d].erase(std::find(meeting[d].begin(), meeting[d].end(), rule));
    settle(d);
  }
  met[rule].clear();
}

void RuleImprover::renumber(size_t from) {
  for (size_t k = from; k < order.size(); ++k)
    place[order[k]] = static_cast<int>(k);
}

void RuleImprover::remove(int rule) {
  detach(rule);
  order.erase(order.begin() + place[rule]);
  renumber(place[rule]);
  place[rule] = none;
}

/// `other` is a rule, or not one for the end of the table.
void RuleImprover::moveBefore(int rule, int other) {
  size_t old = place[rule];
  size_t at = (other < 0 ? order.size() : place[other]) - 1;
  order.erase(order.begin() + old);
  order.insert(order.begin() + at, rule);
  renumber(std::min(old, at));
}

/// The least cube that holds what the rule alone serves; and the first rule that would get some of
/// it wrong, before which the rule has to stay.
Rule RuleImprover::reduced(int rule, int &before) const {
  Rule result{{}, all[rule].route};
  bool first = true;
  before = none;
  for (uint32_t d : met[rule]) {
    if (server[d] != rule || successor[d] == none)
      continue;
    result.cube = first ? demands[d].cube : join(result.cube, demands[d].cube);
    first = false;
    if (successor[d] >= 0 && (before < 0 || place[successor[d]] < place[before]))
      before = successor[d];
  }
  return result;
}

/// What a demand of another route has in the way, if it comes as far as this rule: returns the bits
/// that alone keep one apart, and notes the other sets of bits.
uint64_t RuleImprover::collectConflicts(Cube cube, size_t begin, size_t end, int at,
                                        uint64_t kept) {
  const uint64_t *key = cubes.keys.data(), *mask = cubes.masks.data();
  const int *serving = server.data(), *position = place.data();
  for (size_t d = begin; d < end; ++d) {
    uint64_t differ = (cube.key ^ key[d]) & cube.mask & mask[d];
    // A demand whose server is above never comes as far.
    if ((differ & kept) != 0 || (serving[d] >= 0 && position[serving[d]] < at))
      continue;
    if ((differ & (differ - 1)) == 0)
      kept |= differ;
    else
      conflicts.push_back(differ);
  }
  return kept;
}

/// What there is to gain from demands of the rule's own route.
void RuleImprover::collectGains(Cube cube, size_t begin, size_t end, int at) {
  const uint64_t *key = cubes.keys.data(), *mask = cubes.masks.data();
  const int *serving = server.data(), *following = successor.data(), *position = place.data();
  uint64_t *want = wanted.data();
  uint32_t *count = seen.data();
  for (size_t d = begin; d < end; ++d) {
    int by = serving[d], next = following[d];
    if (by < 0 || next == none)
      continue;
    ++count[by];
    want[by] |= ((cube.key ^ key[d]) & cube.mask & mask[d]) | (cube.mask & ~mask[d]);
    // Between a server above and this rule, another one may get it wrong.
    if (position[by] < at && next >= 0 && position[next] < at)
      stays[by] = 1;
    else
      gains.push_back(static_cast<uint32_t>(d));
  }
}

/// What is in the way of growing (the conflicts), and what there is to gain (wanted, seen, stays).
/// Returns the bits that no growing can drop.
uint64_t RuleImprover::collect(const Rule &rule, int number) {
  conflicts.clear();
  gains.clear();
  wanted.assign(all.size(), 0);
  seen.assign(all.size(), 0);
  stays.assign(all.size(), 0);
  const int at = place[number];
  auto [first, last] =
      std::equal_range(demands.begin(), demands.end(), Demand{{}, rule.route, false},
                       [](const Demand &a, const Demand &b) { return a.route < b.route; });
  size_t begin = first - demands.begin(), end = last - demands.begin();
  uint64_t kept = collectConflicts(rule.cube, 0, begin, at, 0);
  kept = collectConflicts(rule.cube, end, demands.size(), at, kept);
  collectGains(rule.cube, begin, end, at);
  spent += 2 * demands.size();
  auto isMet = [&](uint64_t bits) { return (bits & kept) != 0; };
  conflicts.erase(std::remove_if(conflicts.begin(), conflicts.end(), isMet), conflicts.end());
  keepMinimalConflicts();
  return kept;
}

/// A set of bits that contains another one says nothing new.
void RuleImprover::keepMinimalConflicts() {
  std::sort(conflicts.begin(), conflicts.end(), [](uint64_t a, uint64_t b) {
    return std::pair(__builtin_popcountll(a), a) < std::pair(__builtin_popcountll(b), b);
  });
  conflicts.erase(std::unique(conflicts.begin(), conflicts.end()), conflicts.end());
  size_t minimal = 0;
  for (uint64_t bits : conflicts) {
    spent += minimal / 4;
    if (std::none_of(conflicts.begin(), conflicts.begin() + minimal,
                     [&](uint64_t less) { return (less & ~bits) == 0; }))
      conflicts[minimal++] = bits;
  }
  conflicts.resize(minimal);
}

/// Whether a rule without these bits stays off all keys that others route.
bool RuleImprover::mayDrop(uint64_t bits, uint64_t kept) {
  spent += conflicts.size() / 8 + 1;
  return (bits & kept) == 0 &&
         std::all_of(conflicts.begin(), conflicts.end(),
                     [&](uint64_t conflict) { return (conflict & ~bits) != 0; });
}

/// Drops bits to take over all needs of other rules, the nearest first. Returns these bits.
uint64_t RuleImprover::takeRules(int number, uint64_t kept) {
  std::vector<int> candidates;
  for (int k : order)
    if (k != number && seen[k] > 0 && !stays[k] && (wanted[k] & kept) == 0)
      candidates.push_back(k);
  uint64_t dropped = 0;
  while (!candidates.empty()) {
    size_t left = 0;
    int best = none;
    double bestDistance = 0;
    for (int k : candidates) {
      uint64_t bits = wanted[k] & ~dropped;
      if (bits == 0 || !mayDrop(wanted[k] | dropped, kept))
        continue;
      candidates[left++] = k;
      double distance = __builtin_popcountll(bits) + randomPart();
      if (best < 0 || distance < bestDistance) {
        best = k;
        bestDistance = distance;
      }
    }
    candidates.resize(left);
    if (best >= 0)
      dropped |= wanted[best];
  }
  return dropped;
}

/// Drops bits for the sake of single demands.
uint64_t RuleImprover::takeDemands(uint64_t dropped, uint64_t kept) {
  std::sort(offers.begin(), offers.end());
  size_t different = 0;
  for (auto &offer : offers)
    if (different > 0 && offers[different - 1].first == offer.first)
      offers[different - 1].second += offer.second;
    else
      offers[different++] = offer;
  offers.resize(different);
  while (!offers.empty()) {
    size_t left = 0, best = 0;
    double bestWorth = -1;
    for (auto [bits, worth] : offers) {
      bits &= ~dropped;
      if (bits == 0 || !mayDrop(bits | dropped, kept))
        continue;
      double scaled = worth / __builtin_popcountll(bits) * (0.5 + randomPart());
      if (scaled > bestWorth) {
        best = left;
        bestWorth = scaled;
      }
      offers[left++] = {bits, worth};
    }
    offers.resize(left);
    if (left > 0)
      dropped |= offers[best].first;
  }
  return dropped;
}

/// What single demands want dropped, and what that is worth: the fewer needs their server has left,
/// the more, since a rule goes with its last need.
void RuleImprover::offer(const Rule &rule, uint64_t dropped, uint64_t kept) {
  offers.clear();
  for (uint32_t d : gains) {
    Cube cube = demands[d].cube;
    uint64_t differ = ((rule.cube.key ^ cube.key) & cube.mask) | ~cube.mask;
    uint64_t bits = differ & rule.cube.mask & ~dropped;
    double left = seen[server[d]];
    if (bits != 0 && (bits & kept) == 0)
      offers.emplace_back(bits, 1 / (left * left));
  }
}

void RuleImprover::improve(int number) {
  if (needs[number] == 0)
    return remove(number);
  int before;
  Rule rule = reduced(number, before);
  detach(number);
  moveBefore(number, before);
  uint64_t kept = collect(rule, number);
  uint64_t dropped = takeRules(number, kept);
  offer(rule, dropped, kept);
  dropped = takeDemands(dropped, kept);
  all[number].cube = {rule.cube.key & ~dropped, rule.cube.mask & ~dropped};
  attach(number);
  for (size_t k = 0; k < order.size();)
    if (int other = order[k]; needs[other] == 0 && all[other].route == rule.route)
      remove(other);
    else
      ++k;
}

void RuleImprover::run(Work &work, uint64_t patience, size_t goal) {
  uint64_t gainedAt = spent, begin = spent;
  auto ends = [&] {
    return work.exhausted() || order.size() <= goal || spent - gainedAt > patience;
  };
  while (!ends()) {
    std::vector<int> todo = order;
    for (size_t k = todo.size(); k > 1; --k)
      std::swap(todo[k - 1], todo[random() % k]);
    for (int rule : todo) {
      if (ends())
        break;
      size_t before = order.size();
      if (place[rule] != none)
        improve(rule);
      if (order.size() < before)
        gainedAt = spent;
      work.spend(spent - begin);
      begin = spent;
    }
  }
}

Rules RuleImprover::rules() const {
  std::vector<Cube> cubes(all.size());
  std::vector<char> used(all.size(), 0);
  for (size_t d = 0; d < demands.size(); ++d)
    if (int k = server[d]; k >= 0) {
      cubes[k] = used[k] ? join(cubes[k], demands[d].cube) : demands[d].cube;
      used[k] = 1;
    }
  Rules result;
  for (int k : order)
    if (used[k])
      result.push_back({cubes[k], all[k].route});
  return result;
}
