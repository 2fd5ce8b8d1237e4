// METIS (Karypis and Kumar 1998, SIAM J. Sci. Comput. 20:359), first-fit packing and random cuts.
#include "lowering/NeuroToNCore/FirstCut.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <metis.h>
#include <numeric>

using namespace engram::ncore;

int32_t engram::ncore::leastCores(const SpikeGraph &graph, const Target &target) {
  int64_t least = 1;
  if (target.neurons > 0)
    least =
        std::max(least, (graph.network.numCountedNeurons() + target.neurons - 1) / target.neurons);
  if (target.memoryBytes > 0) {
    double cores = 0;
    for (const Group &group : graph.network.groups)
      if (int64_t most = mostNeurons(group, target); most > 0 && !group.isSource)
        cores += double(group.size) / double(most);
    least = std::max(least, static_cast<int64_t>(std::ceil(cores)));
  }
  if (target.synapseWords > 0) {
    std::vector<RowFormat> formats = rowFormats(graph.network, target);
    double words = 0;
    for (const Relation &relation : graph.network.relations) {
      const RowFormat &format = formats[relation.source];
      double pairs = double(graph.network.groups[relation.source].size) *
                     double(graph.network.groups[relation.target].size);
      double synapses = relation.kind == Relation::Kind::Explicit
                            ? double(relation.rows->targets.size())
                            : pairs * synapsesOfPair(graph.network, relation);
      words += synapses / double(format.denseRows ? format.perWordDense : format.perWord);
    }
    // Certain but for random relations, whose sum varies little; headers come on top.
    least = std::max(least, static_cast<int64_t>(std::floor(words / double(target.synapseWords))));
  }
  return static_cast<int32_t>(std::min<int64_t>(least, std::max(1, graph.numPlaced)));
}

//===-- METIS
//-----------------------------------------------------------------------------------===//

namespace {
/// METIS's graph: compressed adjacency, both directions of each edge.
struct MetisGraph {
  std::vector<idx_t> starts, neighbours, edgeWeights, vertexWeights;
};
} // namespace

static MetisGraph metisGraphOf(const SpikeGraph &graph, const std::vector<int32_t> &vertexOf,
                               const std::vector<int32_t> &units) {
  double most = 0;
  for (double rate : graph.rates)
    most = std::max(most, rate);
  auto weightOf = [&](int32_t net) -> idx_t {
    return most > 0 ? 1 + static_cast<idx_t>(999 * graph.rates[net] / most) : 1;
  };
  // An edge for each pin, and its mirror; parallel edges are merged.
  MetisGraph result;
  result.starts.push_back(0);
  std::vector<idx_t> merged(units.size(), 0);
  std::vector<idx_t> touched;
  for (int32_t unit : units) {
    auto add = [&](int32_t other, idx_t weight) {
      if (vertexOf[other] < 0 || other == unit)
        return;
      if (merged[vertexOf[other]] == 0)
        touched.push_back(vertexOf[other]);
      merged[vertexOf[other]] += weight;
    };
    for (int64_t k = graph.netStart[unit]; k < graph.netStart[unit + 1]; ++k)
      add(graph.pins[k].unit, weightOf(unit));
    for (int64_t k = graph.incidenceStart[unit]; k < graph.incidenceStart[unit + 1]; ++k)
      add(graph.incidence[k].unit, weightOf(graph.incidence[k].unit));
    for (idx_t vertex : touched) {
      result.neighbours.push_back(vertex);
      result.edgeWeights.push_back(merged[vertex]);
      merged[vertex] = 0;
    }
    touched.clear();
    result.starts.push_back(static_cast<idx_t>(result.neighbours.size()));
  }
  return result;
}

std::vector<int32_t> engram::ncore::cutByMetis(const SpikeGraph &graph, const Target &target,
                                               const std::vector<int32_t> &units, int32_t parts,
                                               uint64_t seed) {
  if (parts <= 1 || units.size() <= 1)
    return std::vector<int32_t>(units.size(), 0);
  // Vertices: the units, and all others that send them spikes or get theirs, without weight. METIS
  // counts edges with 32 bits.
  if (graph.pins.size() > size_t(std::numeric_limits<idx_t>::max()) / 2)
    return {};
  std::vector<int32_t> vertexOf(graph.units.size(), -1), vertices = units;
  for (size_t k = 0; k < units.size(); ++k)
    vertexOf[units[k]] = static_cast<int32_t>(k);
  for (int32_t unit : units)
    for (int64_t k = graph.incidenceStart[unit]; k < graph.incidenceStart[unit + 1]; ++k)
      if (int32_t net = graph.incidence[k].unit; vertexOf[net] < 0) {
        vertexOf[net] = static_cast<int32_t>(vertices.size());
        vertices.push_back(net);
      }
  MetisGraph metis = metisGraphOf(graph, vertexOf, vertices);

  // One weight for both, neurons and synapses, by the one of which a unit takes the larger part of
  // a core: sums of these bound both, and a second constraint would cost METIS four times as long.
  std::vector<double> shares;
  double sum = 0;
  for (int32_t unit : units) {
    int64_t synapses = 0;
    for (int64_t k = graph.incidenceStart[unit]; k < graph.incidenceStart[unit + 1]; ++k)
      synapses += graph.incidence[k].synapses;
    double neurons = graph.units[unit].size;
    int64_t most = mostNeurons(graph.network.groups[graph.units[unit].group], target);
    shares.push_back(
        std::max(most > 0 ? neurons / double(most) : 1e-9 * neurons,
                 target.synapseWords > 0 ? double(synapses) / double(target.synapseWords) : 0));
    sum += shares.back();
  }
  for (double share : shares)
    metis.vertexWeights.push_back(1 + static_cast<idx_t>(1e9 * share / (sum + 1e-300)));
  metis.vertexWeights.resize(vertices.size(), 0);

  idx_t numVertices = static_cast<idx_t>(vertices.size()), numParts = parts, cut = 0,
        constraints = 1;
  idx_t options[METIS_NOPTIONS];
  METIS_SetDefaultOptions(options);
  options[METIS_OPTION_SEED] = static_cast<idx_t>(seed & 0x7fffffff);
  options[METIS_OPTION_NUMBERING] = 0;
  // As uneven as cores leave room for; below some percent METIS loses more than relieving costs.
  real_t imbalance = real_t(1.03);
  if (target.neurons > 0 || target.synapseWords > 0)
    imbalance = real_t(std::clamp(double(parts) / (sum + 1e-300), 1.03, 1.2));
  std::vector<idx_t> part(vertices.size(), 0);
  int status =
      METIS_PartGraphKway(&numVertices, &constraints, metis.starts.data(), metis.neighbours.data(),
                          metis.vertexWeights.data(), nullptr, metis.edgeWeights.data(), &numParts,
                          nullptr, &imbalance, options, &cut, part.data());
  if (status != METIS_OK)
    return {};
  return std::vector<int32_t>(part.begin(), part.begin() + static_cast<int64_t>(units.size()));
}

//===-- placing
//---------------------------------------------------------------------------------===//

void engram::ncore::placeFirstFit(CoreState &state, const std::vector<int32_t> &units,
                                  int32_t firstCore) {
  // A core that refuses several in a row is taken as full: trying each of a thousand for each unit
  // would be quadratic.
  constexpr int patience = 4;
  struct Open {
    int32_t core;
    int refusals = 0;
  };
  std::vector<Open> open;
  for (int32_t core = firstCore; core < state.numCores(); ++core)
    open.push_back({core});
  for (int32_t unit : units) {
    bool placed = false;
    for (Open &candidate : open) {
      if (!state.fits(unit, candidate.core)) {
        ++candidate.refusals;
        continue;
      }
      candidate.refusals = 0;
      state.put(unit, candidate.core);
      placed = true;
      break;
    }
    open.erase(std::remove_if(open.begin(), open.end(),
                              [](const Open &o) { return o.refusals >= patience; }),
               open.end());
    if (placed)
      continue;
    int32_t core = state.addCore();
    state.put(unit, core);
    open.push_back({core});
  }
}

namespace {
/// Finds room for a unit of a full core by a chain of moves: one unit of the core to a neighbour,
/// one of that to its neighbour, until one fits. Breadth first, so that chains are short.
class Relief {
public:
  explicit Relief(CoreState &state) : state(state) {}
  /// Moves units until the core is within its limits; false, and nothing changed, if no chain was
  /// found.
  bool relieve(int32_t core);

private:
  struct Step {
    int32_t core, parent, unit; ///< `unit` came from the step `parent`
  };
  static constexpr size_t mostSteps = 48;
  int32_t expand(int32_t step);

  CoreState &state;
  std::vector<Step> steps;
};
} // namespace

// Adds the neighbours of a step's core; the number of one that has room for its unit, or -1.
int32_t Relief::expand(int32_t step) {
  std::map<int32_t, CoreState::Candidate> best; // by neighbour: unit and gain
  for (int32_t unit : state.unitsOn(steps[step].core))
    for (const CoreState::Candidate &candidate : state.candidates(unit, 3)) {
      auto [at, isNew] =
          best.try_emplace(candidate.core, CoreState::Candidate{unit, candidate.gain});
      if (!isNew && candidate.gain > at->second.gain)
        at->second = {unit, candidate.gain};
    }
  for (auto [core, move] : best) {
    bool known = std::any_of(steps.begin(), steps.end(),
                             [core = core](const Step &other) { return other.core == core; });
    if (known)
      continue;
    steps.push_back({core, step, move.core});
    if (state.fits(move.core, core))
      return static_cast<int32_t>(steps.size()) - 1;
  }
  return -1;
}

bool Relief::relieve(int32_t core) {
  steps = {{core, -1, -1}};
  int32_t last = -1;
  for (size_t step = 0; step < steps.size() && steps.size() < mostSteps && last < 0; ++step)
    last = expand(static_cast<int32_t>(step));
  if (last < 0)
    return false;
  std::vector<std::pair<int32_t, int32_t>> done; // unit and where it came from
  bool fine = true;
  for (int32_t step = last; steps[step].parent >= 0; step = steps[step].parent) {
    int32_t unit = steps[step].unit;
    fine &= state.fits(unit, steps[step].core);
    done.push_back({unit, state.coreOf(unit)});
    state.move(unit, steps[step].core);
  }
  if (fine)
    return true;
  for (size_t k = done.size(); k > 0; --k)
    state.move(done[k - 1].first, done[k - 1].second);
  return false;
}

void engram::ncore::placeParts(CoreState &state, const std::vector<int32_t> &units,
                               const std::vector<int32_t> &parts, int32_t numParts) {
  int32_t first = state.numCores();
  for (int32_t k = 0; k < numParts; ++k)
    state.addCore();
  std::vector<int32_t> left, rest;
  for (size_t k = 0; k < units.size(); ++k) {
    int32_t core = first + parts[k];
    // An empty core takes any unit: one that fits nowhere is told of by the check.
    if (state.unitsOn(core).empty() || state.fits(units[k], core))
      state.put(units[k], core);
    else
      left.push_back(static_cast<int32_t>(k));
  }
  Relief relief(state);
  for (int32_t k : left) {
    int32_t core = first + parts[k];
    if (!state.fits(units[k], core) && !relief.relieve(core)) {
      rest.push_back(units[k]);
      continue;
    }
    if (state.fits(units[k], core))
      state.put(units[k], core);
    else
      rest.push_back(units[k]);
  }
  placeFirstFit(state, rest, first);
}

void engram::ncore::placeRandomly(CoreState &state, int32_t cores, std::mt19937_64 &random) {
  while (state.numCores() < cores)
    state.addCore();
  std::vector<int32_t> units(state.graph.numPlaced);
  std::iota(units.begin(), units.end(), 0);
  shuffle(units, random);
  for (int32_t unit : units) {
    int32_t chosen = -1;
    for (int attempt = 0; attempt < 8 && chosen < 0; ++attempt) {
      auto core = static_cast<int32_t>(below(random, state.numCores()));
      if (state.fits(unit, core))
        chosen = core;
    }
    for (int32_t core = 0; core < state.numCores() && chosen < 0; ++core)
      if (state.fits(unit, core))
        chosen = core;
    state.put(unit, chosen >= 0 ? chosen : state.addCore());
  }
}
