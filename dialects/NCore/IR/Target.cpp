// Geometry of a machine: neighbours, distances, presence.
#include "dialects/NCore/IR/Target.h"

#include <algorithm>
#include <cstdlib>
#include <deque>

using namespace engram::ncore;

template <class T> static void sortUnique(std::vector<T> &list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

template <class T> static bool contains(const std::vector<T> &sorted, const T &value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

void Target::normalize() {
  sortUnique(absent);
  sortUnique(deadCores);
  sortUnique(deadLinks);
  sortUnique(weightBits);
}

void Target::reserveSourceCores(Router host) {
  if (!isPresent(host) && numRouters() > 0)
    host = routers().front();
  int64_t left = sourceCores;
  for (int p = coresPerRouter; p-- > 0 && left > 0;)
    if (isCore({host.x, host.y, p})) {
      deadCores.push_back({host.x, host.y, p});
      normalize();
      --left;
    }
}

engram::StepTiming Target::timing() const {
  StepTiming t;
  t.overlaps = deliversWhileUpdating;
  t.step = cyclesPerStep;
  t.stepEnd = cyclesPerStepEnd;
  t.population = cyclesPerPopulation;
  t.neuron = cyclesPerNeuron;
  t.operation = cyclesPerOperation;
  t.product = cyclesPerProduct > 0 ? cyclesPerProduct : cyclesPerOperation;
  t.random = cyclesPerRandom > 0 ? cyclesPerRandom : cyclesPerOperation;
  t.spike = cyclesPerSpike;
  t.synapse = cyclesPerSynapse;
  t.latency = spikeLatency;
  t.lanes = lanes;
  t.hop = hopSeconds * clockHz;
  t.drive = cyclesPerDrive;
  t.noise = cyclesPerNoise;
  t.conversion = cyclesPerConversion;
  t.conversionsPerCycle = conversionsPerCycle > 0 ? conversionsPerCycle : 1;
  return t;
}

std::optional<int64_t> Target::maxDelay() const {
  if (longestDelay > 0)
    return longestDelay;
  if (delaySlots > 0)
    return delaySlots - 1;
  return std::nullopt;
}

int64_t Target::synapsesPerWord(int64_t bits, bool dense) const {
  int64_t each = bits + (dense && denseRows ? 0 : synapseOverheadBits);
  return each > 0 ? std::max<int64_t>(1, synapseWordBits / each) : 1;
}

std::optional<int64_t> Target::weightWidth(int64_t bits) const {
  if (weightBits.empty())
    return bits;
  auto found = std::lower_bound(weightBits.begin(), weightBits.end(), bits);
  if (found == weightBits.end())
    return std::nullopt;
  return *found;
}

const char *Target::linkName(int link) const {
  static const char *const square[] = {"E", "N", "W", "S"};
  static const char *const hexagonal[] = {"E", "NE", "N", "W", "SW", "S"};
  if (link < 0 || link >= numLinks())
    return "?";
  return isHexagonal() ? hexagonal[link] : square[link];
}

bool Target::isPresent(Router router) const { return inGrid(router) && !contains(absent, router); }

bool Target::isCore(CorePlace core) const {
  return isPresent(core.router()) && core.p >= 0 && core.p < coresPerRouter &&
         !contains(deadCores, core);
}

std::vector<Router> Target::routers() const {
  std::vector<Router> result;
  for (int y = 0; y < gridY; ++y)
    for (int x = 0; x < gridX; ++x)
      if (isPresent({x, y}))
        result.push_back({x, y});
  return result;
}

std::vector<CorePlace> Target::cores() const {
  std::vector<CorePlace> result;
  for (Router router : routers())
    for (int p = 0; p < coresPerRouter; ++p)
      if (isCore({router.x, router.y, p}))
        result.push_back({router.x, router.y, p});
  return result;
}

int64_t Target::numRouters() const {
  return gridSize() -
         std::count_if(absent.begin(), absent.end(), [&](Router router) { return inGrid(router); });
}

int64_t Target::numCores() const {
  auto counts = [&](CorePlace core) {
    return isPresent(core.router()) && core.p >= 0 && core.p < coresPerRouter;
  };
  return numRouters() * coresPerRouter - std::count_if(deadCores.begin(), deadCores.end(), counts);
}

static Router offsetOf(bool hexagonal, int link) {
  static const Router square[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  static const Router six[] = {{1, 0}, {1, 1}, {0, 1}, {-1, 0}, {-1, -1}, {0, -1}};
  return hexagonal ? six[link] : square[link];
}

std::optional<Router> Target::neighbour(Router router, int link) const {
  if (link < 0 || link >= numLinks() || !isPresent(router))
    return std::nullopt;
  Router offset = offsetOf(isHexagonal(), link);
  Router other = {router.x + offset.x, router.y + offset.y};
  if (wraps())
    other = {(other.x + gridX) % gridX, (other.y + gridY) % gridY};
  // On a ring of one router a link would lead back to its own start.
  if (other == router || !isPresent(other))
    return std::nullopt;
  if (contains(deadLinks, {router.x, router.y, link}) ||
      contains(deadLinks, {other.x, other.y, opposite(link)}))
    return std::nullopt;
  return other;
}

static int flatDistance(bool hexagonal, int x, int y) {
  return hexagonal ? std::max({x, y, 0}) - std::min({x, y, 0}) : std::abs(x) + std::abs(y);
}

int Target::distance(Router a, Router b) const {
  int x = b.x - a.x, y = b.y - a.y;
  if (!wraps())
    return flatDistance(isHexagonal(), x, y);
  // The way around once in each direction; a second time around is never shorter.
  x = (x % gridX + gridX) % gridX;
  y = (y % gridY + gridY) % gridY;
  bool six = isHexagonal();
  return std::min({flatDistance(six, x, y), flatDistance(six, x - gridX, y),
                   flatDistance(six, x, y - gridY), flatDistance(six, x - gridX, y - gridY)});
}

std::vector<int> Target::hopsFrom(Router start) const {
  std::vector<int> hops(gridSize(), -1);
  if (!isPresent(start))
    return hops;
  std::deque<Router> next = {start};
  hops[indexOf(start)] = 0;
  while (!next.empty()) {
    Router router = next.front();
    next.pop_front();
    for (int link = 0; link < numLinks(); ++link)
      if (std::optional<Router> other = neighbour(router, link);
          other && hops[indexOf(*other)] < 0) {
        hops[indexOf(*other)] = hops[indexOf(router)] + 1;
        next.push_back(*other);
      }
  }
  return hops;
}
