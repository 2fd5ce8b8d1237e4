// Greedy moves and swaps, annealing, and merging of cores.
#include "lowering/NeuroToNCore/Refine.h"
#include "lowering/NeuroToNCore/FirstCut.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace engram::ncore;

static constexpr double epsilon = 1e-9;

// Exchanges a unit that wants to a full core with one that is there, if both together gain. The
// second gain is computed after the first move, so nets that join the two are counted right.
static bool swapInto(CoreState &state, int32_t unit, int32_t to, double gain, size_t tries,
                     std::mt19937_64 &random) {
  int32_t from = state.coreOf(unit);
  std::vector<int32_t> partners = state.unitsOn(to);
  if (partners.empty())
    return false;
  if (partners.size() > tries)
    for (size_t k = 0; k < tries; ++k)
      std::swap(partners[k], partners[k + below(random, partners.size() - k)]);
  partners.resize(std::min(tries, partners.size()));
  state.move(unit, to);
  int32_t best = -1;
  double most = epsilon;
  for (int32_t partner : partners)
    if (double sum = gain + state.gain(partner, from); sum > most) {
      most = sum;
      best = partner;
    }
  if (best >= 0) {
    state.move(best, from);
    if (state.withinLimits(from) && state.withinLimits(to))
      return true;
    state.move(best, to);
  }
  state.move(unit, from);
  return false;
}

// Units that have nets, those of a core one after another: their nets have much in common, and the
// memory of these is then near.
static std::vector<int32_t> shuffledByCore(const CoreState &state, std::mt19937_64 &random) {
  std::vector<int32_t> cores(state.numCores()), order;
  std::iota(cores.begin(), cores.end(), 0);
  shuffle(cores, random);
  for (int32_t core : cores) {
    size_t first = order.size();
    for (int32_t unit : state.unitsOn(core))
      if (state.graph.hasNets(unit))
        order.push_back(unit);
    for (size_t k = order.size(); k > first + 1; --k)
      std::swap(order[k - 1], order[first + below(random, k - first)]);
  }
  return order;
}

void engram::ncore::refineGreedily(CoreState &state, std::mt19937_64 &random, int rounds) {
  const SpikeGraph &graph = state.graph;
  // All partners while that is cheap; a sample of them in large graphs.
  size_t tries = graph.pins.size() < 200000 ? 64 : graph.pins.size() < 1000000 ? 8 : 4;
  for (int round = 0; round < rounds; ++round) {
    std::vector<int32_t> order = shuffledByCore(state, random);
    size_t changes = 0;
    for (int32_t unit : order) {
      // A copy: moves use the same memory.
      std::vector<CoreState::Candidate> candidates = state.candidates(unit, 4);
      for (const CoreState::Candidate &candidate : candidates) {
        if (candidate.gain <= epsilon)
          break;
        bool done = false;
        if (state.fits(unit, candidate.core)) {
          state.move(unit, candidate.core);
          done = true;
        } else {
          done = swapInto(state, unit, candidate.core, candidate.gain, tries, random);
        }
        if (done) {
          ++changes;
          break;
        }
      }
    }
    if (changes * 200 <= order.size())
      break;
  }
}

namespace {
class Annealing {
public:
  Annealing(CoreState &state, std::mt19937_64 &random) : state(state), random(random) {
    for (int32_t unit = 0; unit < state.graph.numPlaced; ++unit)
      if (state.graph.hasNets(unit))
        units.push_back(unit);
  }
  void run(double work);

private:
  int32_t neighbourCore(int32_t unit);
  double propose(double temperature);
  bool accepts(double gain, double temperature) {
    return gain >= 0 || double(random() >> 11) * 0x1p-53 < std::exp(gain / temperature);
  }
  double typicalWeight() const;

  CoreState &state;
  std::mt19937_64 &random;
  std::vector<int32_t> units;
};
} // namespace

// A core that a random net of the unit touches.
int32_t Annealing::neighbourCore(int32_t unit) {
  const SpikeGraph &graph = state.graph;
  auto incident =
      static_cast<uint64_t>(graph.incidenceStart[unit + 1] - graph.incidenceStart[unit]);
  bool own = graph.netStart[unit] != graph.netStart[unit + 1];
  uint64_t k = below(random, incident + own);
  // The own net stands for as many as its pins.
  if (own && below(random, 2) == 0)
    k = incident;
  int32_t net =
      k == incident ? unit : graph.incidence[graph.incidenceStart[unit] + int64_t(k)].unit;
  return state.coreInSpan(net, below(random, state.spanOf(net)));
}

double Annealing::propose(double temperature) {
  int32_t unit = units[below(random, units.size())];
  int32_t from = state.coreOf(unit), to = neighbourCore(unit);
  if (to == from)
    return 0;
  double gain = state.gain(unit, to);
  if (state.fits(unit, to)) {
    if (!accepts(gain, temperature))
      return 0;
    state.move(unit, to);
    return gain;
  }
  const std::vector<int32_t> &there = state.unitsOn(to);
  if (there.empty())
    return 0;
  int32_t partner = there[below(random, there.size())];
  state.move(unit, to);
  gain += state.gain(partner, from);
  if (accepts(gain, temperature)) {
    state.move(partner, from);
    if (state.withinLimits(from) && state.withinLimits(to))
      return gain;
    state.move(partner, to);
  }
  state.move(unit, from);
  return 0;
}

double Annealing::typicalWeight() const {
  double sum = 0;
  for (int32_t unit : units)
    sum += state.graph.rates[unit];
  return units.empty() ? 0 : std::max(sum / double(units.size()), 1e-3);
}

void Annealing::run(double work) {
  if (units.size() < 2 || state.numCores() < 2)
    return;
  double pinsOfUnit = 1 + 2 * double(state.graph.pins.size()) / double(units.size());
  auto proposals = static_cast<int64_t>(work / pinsOfUnit);
  // From half a typical net down to where only what gains is taken.
  double first = 0.5 * typicalWeight(), last = first / 50;
  double gained = 0, most = 0;
  std::vector<int32_t> best = state.coresOfUnits();
  int64_t sinceBest = 0;
  for (int64_t k = 0; k < proposals; ++k) {
    double temperature = first * std::pow(last / first, double(k) / double(proposals));
    gained += propose(temperature);
    // Copies of the best are made rarely: at most once in as many proposals as there are units.
    if (++sinceBest >= static_cast<int64_t>(units.size()) && gained > most + epsilon) {
      most = gained;
      best = state.coresOfUnits();
      sinceBest = 0;
    }
  }
  if (gained > most)
    return;
  // Units without nets have moved too, as partners.
  for (int32_t unit = 0; unit < state.graph.numPlaced; ++unit)
    if (state.coreOf(unit) != best[unit])
      state.move(unit, best[unit]);
}

void engram::ncore::anneal(CoreState &state, std::mt19937_64 &random, double work) {
  Annealing(state, random).run(work);
}

void engram::ncore::mergeCores(CoreState &state) {
  std::vector<int32_t> order(state.numCores());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return std::make_pair(state.neuronsOn(a), a) < std::make_pair(state.neuronsOn(b), b);
  });
  int failures = 0;
  for (int32_t core : order) {
    // The rest is fuller than those that found no room.
    if (failures >= 8)
      break;
    std::vector<int32_t> units = state.unitsOn(core);
    if (units.empty())
      continue;
    std::vector<int32_t> done;
    for (int32_t unit : units) {
      int32_t chosen = -1;
      std::vector<CoreState::Candidate> candidates = state.candidates(unit, 8);
      for (const CoreState::Candidate &candidate : candidates)
        if (chosen < 0 && state.fits(unit, candidate.core))
          chosen = candidate.core;
      for (auto other = order.rbegin(); other != order.rend() && chosen < 0; ++other)
        if (*other != core && !state.unitsOn(*other).empty() && state.fits(unit, *other))
          chosen = *other;
      if (chosen < 0)
        break;
      state.move(unit, chosen);
      done.push_back(unit);
    }
    if (done.size() == units.size())
      continue;
    for (int32_t unit : done)
      state.move(unit, core);
    ++failures;
  }
}
