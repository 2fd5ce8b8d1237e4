// Bookkeeping of units on cores: spans of nets, resources, gains.
#include "lowering/NeuroToNCore/CoreState.h"

#include <algorithm>
#include <cmath>

using namespace engram::ncore;

CoreState::CoreState(const SpikeGraph &graph, const Target &target)
    : graph(graph), target(target), formats(rowFormats(graph.network, target)),
      laws(graph.network, target), tilesOfBlock(tilesOfBlocks(graph.network)),
      senders(fewestSenders(graph.network, target)), conflicts(conflictsOfGroups(graph.network)),
      place(graph.units.size(), -1), position(graph.units.size(), 0), spans(graph.units.size()),
      reached(graph.units.size(), 0) {
  for (const Relation &relation : graph.network.relations)
    hasCrossbars |= relation.isOnCrossbars();
  for (const Relation &relation : graph.network.relations)
    logMissOfPair.push_back(logOfNoSynapse(graph.network, relation, 1));
  // A silent neuron may speak one day: its structure counts a little.
  for (double rate : graph.rates)
    weight.push_back(std::max(rate, 1e-3));
  rateOfGroup.resize(graph.network.groups.size(), 0);
  for (int32_t u = 0; u < graph.numUnits(); ++u)
    rateOfGroup[graph.units[u].group] += weight[u];
}

int32_t CoreState::addCore() {
  cores.emplace_back();
  sums.push_back(0);
  return numCores() - 1;
}

//===-- spans
//-----------------------------------------------------------------------------------===//

const CoreState::Entry *CoreState::find(int32_t net, int32_t core) const {
  const std::vector<Entry> &span = spans[net];
  auto at = std::lower_bound(span.begin(), span.end(), core,
                             [](const Entry &entry, int32_t core) { return entry.core < core; });
  return at != span.end() && at->core == core ? &*at : nullptr;
}

void CoreState::addPin(int32_t net, int32_t core, int32_t pins, int32_t synapses) {
  std::vector<Entry> &span = spans[net];
  auto at = std::lower_bound(span.begin(), span.end(), core,
                             [](const Entry &entry, int32_t core) { return entry.core < core; });
  if (at == span.end() || at->core != core)
    at = span.insert(at, {core, 0, 0});
  Core &c = cores[core];
  c.words -= wordsOf(net, at->synapses);
  c.fanIn -= rowsOf(net, at->synapses);
  reached[net] -= at->synapses > 0;
  at->pins += pins;
  at->synapses += synapses;
  c.words += wordsOf(net, at->synapses);
  c.fanIn += rowsOf(net, at->synapses);
  reached[net] += at->synapses > 0;
  if (at->pins == 0 && at->synapses == 0)
    span.erase(at);
}

void CoreState::put(int32_t unit, int32_t core) {
  place[unit] = core;
  Core &c = cores[core];
  position[unit] = static_cast<int32_t>(c.units.size());
  c.units.push_back(unit);
  const Unit &u = graph.units[unit];
  c.neurons += u.size;
  auto at = std::lower_bound(c.shares.begin(), c.shares.end(), u.group,
                             [](const Share &share, int32_t group) { return share.group < group; });
  if (at == c.shares.end() || at->group != u.group)
    at = c.shares.insert(at, {u.group, 0, 0});
  at->neurons += u.size;
  at->rate += weight[unit];
  if (graph.netStart[unit] != graph.netStart[unit + 1])
    addPin(unit, core, 1, 0);
  for (int64_t k = graph.incidenceStart[unit]; k < graph.incidenceStart[unit + 1]; ++k) {
    const SpikeGraph::Pin &pin = graph.incidence[k];
    addPin(pin.unit, core, pin.unit != unit, pin.synapses);
  }
  if (!graph.lawsInto[u.group].empty())
    c.laws = lawsWith(c, -1, 0);
}

void CoreState::take(int32_t unit) {
  int32_t core = place[unit];
  Core &c = cores[core];
  place[unit] = -1;
  c.units[position[unit]] = c.units.back();
  position[c.units.back()] = position[unit];
  c.units.pop_back();
  const Unit &u = graph.units[unit];
  c.neurons -= u.size;
  auto at = std::lower_bound(c.shares.begin(), c.shares.end(), u.group,
                             [](const Share &share, int32_t group) { return share.group < group; });
  at->neurons -= u.size;
  at->rate -= weight[unit];
  if (at->neurons == 0)
    c.shares.erase(at);
  for (int64_t k = graph.incidenceStart[unit]; k < graph.incidenceStart[unit + 1]; ++k) {
    const SpikeGraph::Pin &pin = graph.incidence[k];
    addPin(pin.unit, core, -(pin.unit != unit), -pin.synapses);
  }
  if (graph.netStart[unit] != graph.netStart[unit + 1])
    addPin(unit, core, -1, 0);
  if (!graph.lawsInto[u.group].empty())
    c.laws = lawsWith(c, -1, 0);
}

//===-- limits
//----------------------------------------------------------------------------------===//

RowCount CoreState::lawsWith(const Core &core, int32_t group, int64_t neurons) {
  presentScratch.clear();
  neuronsScratch.clear();
  bool added = false;
  for (const Share &share : core.shares) {
    bool same = share.group == group;
    presentScratch.push_back(share.group);
    neuronsScratch.push_back(share.neurons + (same ? neurons : 0));
    added |= same;
  }
  if (!added && neurons > 0) {
    presentScratch.push_back(group);
    neuronsScratch.push_back(neurons);
  }
  return laws.count(presentScratch, neuronsScratch);
}

bool CoreState::programsFit(const Core &core, int32_t group) const {
  if (target.populations == 0 && target.programLength == 0 && target.constants == 0)
    return true;
  const std::vector<Group> &groups = graph.network.groups;
  int64_t programs = 1, length = groups[group].programLength, constants = groups[group].constants;
  for (size_t k = 0; k < core.shares.size(); ++k) {
    int program = groups[core.shares[k].group].program;
    bool known = program == groups[group].program;
    for (size_t l = 0; l < k && !known; ++l)
      known = groups[core.shares[l].group].program == program;
    if (known)
      continue;
    ++programs;
    length += groups[core.shares[k].group].programLength;
    constants += groups[core.shares[k].group].constants;
  }
  return within(programs, target.populations) && within(length, target.programLength) &&
         within(constants, target.constants);
}

bool CoreState::neuronsFit(const Core &core, int32_t group, int64_t more) const {
  const std::vector<Group> &groups = graph.network.groups;
  int extension = groups[group].extension;
  int64_t ofGroup = more;
  for (const Share &share : core.shares) {
    if (groups[share.group].extension != extension)
      return false;
    if (share.group == group)
      ofGroup += share.neurons;
  }
  return within(extension < 0 ? core.neurons + more : ofGroup, target.neurons);
}

bool CoreState::memoryFits(const Core &core, int32_t group, int64_t more, int64_t words) const {
  if (target.memoryBytes == 0)
    return true;
  const std::vector<Group> &groups = graph.network.groups;
  int64_t bytes = target.memoryFixed + more * memoryOfNeuron(groups[group], target) +
                  (target.rowsInMemory ? 4 * words : 0),
          from = senders[group];
  for (const Share &share : core.shares) {
    bytes += share.neurons * memoryOfNeuron(groups[share.group], target);
    from += share.group == group ? 0 : senders[share.group];
  }
  return bytes + from * target.memorySender <= target.memoryBytes;
}

bool CoreState::crossbarsFit(const Core &core, int32_t group, int64_t more) const {
  if (!hasCrossbars)
    return true;
  const std::vector<Group> &groups = graph.network.groups;
  int64_t tiles = 0;
  auto add = [&](int32_t g, int64_t neurons) {
    if (tilesOfBlock[g] > 0 && neurons > 0)
      tiles += (neurons + groups[g].block - 1) / groups[g].block * tilesOfBlock[g];
  };
  bool here = false;
  for (const Share &share : core.shares) {
    if (!conflicts.empty() && conflicts[group][share.group])
      return false;
    add(share.group, share.neurons + (share.group == group ? more : 0));
    here |= share.group == group;
  }
  if (!here)
    add(group, more);
  return tiles <= target.crossbars;
}

bool CoreState::fits(int32_t unit, int32_t core) {
  const Core &c = cores[core];
  const Unit &u = graph.units[unit];
  if (!neuronsFit(c, u.group, u.size) || !programsFit(c, u.group) ||
      !crossbarsFit(c, u.group, u.size))
    return false;
  if (target.synapseWords == 0 && target.fanIn == 0 && target.fanOut == 0 && !target.rowsInMemory)
    return memoryFits(c, u.group, u.size, 0);
  int64_t words = c.words, fanIn = c.fanIn;
  for (int64_t k = graph.incidenceStart[unit]; k < graph.incidenceStart[unit + 1]; ++k) {
    const SpikeGraph::Pin &pin = graph.incidence[k];
    const Entry *entry = find(pin.unit, core);
    int64_t before = entry ? entry->synapses : 0, after = before + pin.synapses;
    words += wordsOf(pin.unit, after) - wordsOf(pin.unit, before);
    fanIn += rowsOf(pin.unit, after) - rowsOf(pin.unit, before);
    // Coming from another core the unit may leave one behind that the net then no longer reaches.
    if (before == 0 && target.fanOut > 0 &&
        !graph.network.groups[graph.units[pin.unit].group].isSource) {
      const Entry *left = place[unit] >= 0 ? find(pin.unit, place[unit]) : nullptr;
      bool leaves = left && left->synapses == pin.synapses;
      if (reached[pin.unit] + 1 - leaves > target.fanOut)
        return false;
    }
  }
  RowCount ofLaws = graph.lawsInto[u.group].empty() ? c.laws : lawsWith(c, u.group, u.size);
  return within(words + ofLaws.words, target.synapseWords) &&
         within(fanIn + ofLaws.rows, target.fanIn) &&
         memoryFits(c, u.group, u.size, words + ofLaws.words);
}

bool CoreState::withinLimits(int32_t core) {
  const Core &c = cores[core];
  if (!within(c.words + c.laws.words, target.synapseWords) ||
      !within(c.fanIn + c.laws.rows, target.fanIn))
    return false;
  for (const Share &share : c.shares)
    if (!neuronsFit(c, share.group, 0) || !crossbarsFit(c, share.group, 0))
      return false;
  if (!c.shares.empty() && (!programsFit(c, c.shares.front().group) ||
                            !memoryFits(c, c.shares.front().group, 0, c.words + c.laws.words)))
    return false;
  if (target.fanOut > 0)
    for (int32_t unit : c.units)
      for (int64_t k = graph.incidenceStart[unit]; k < graph.incidenceStart[unit + 1]; ++k) {
        int32_t net = graph.incidence[k].unit;
        if (reached[net] > target.fanOut && !graph.network.groups[graph.units[net].group].isSource)
          return false;
      }
  return true;
}

//===-- gains
//-----------------------------------------------------------------------------------===//

double CoreState::netGain(int32_t unit, int32_t from, int32_t to) const {
  double gain = 0;
  auto ofNet = [&](int32_t net) {
    if (find(net, from)->pins == 1)
      gain += weight[net];
    const Entry *entry = find(net, to);
    if (!entry || entry->pins == 0)
      gain -= weight[net];
  };
  if (graph.netStart[unit] != graph.netStart[unit + 1])
    ofNet(unit);
  for (int64_t k = graph.incidenceStart[unit]; k < graph.incidenceStart[unit + 1]; ++k)
    if (graph.incidence[k].unit != unit)
      ofNet(graph.incidence[k].unit);
  return gain;
}

const CoreState::Share *CoreState::shareOf(const Core &core, int32_t group) {
  for (const Share &share : core.shares)
    if (share.group == group)
      return &share;
  return nullptr;
}

// Log of the chance that a neuron of `source` reaches nobody on a core whose share of the group
// `changed` is changed by so many neurons.
double CoreState::logMiss(int32_t source, const Core *core, int32_t changed, int64_t by) const {
  double sum = 0;
  for (int r : graph.lawsFrom[source]) {
    int32_t group = graph.network.relations[r].target;
    const Share *share = shareOf(*core, group);
    int64_t neurons = (share ? share->neurons : 0) + (group == changed ? by : 0);
    if (neurons > 0)
      sum += double(neurons) * logMissOfPair[r];
  }
  return sum;
}

double CoreState::lawGain(int32_t unit, int32_t from, int32_t to) {
  const Unit &u = graph.units[unit];
  const Core *c = &cores[from], *d = &cores[to];
  double gain = 0;
  auto reachedChange = [&](int32_t source, const Core *core, int64_t by) {
    return std::exp(logMiss(source, core, u.group, 0)) -
           std::exp(logMiss(source, core, u.group, by));
  };
  if (!graph.lawsFrom[u.group].empty())
    gain += weight[unit] *
            (std::exp(logMiss(u.group, c, -1, 0)) - std::exp(logMiss(u.group, d, -1, 0)));
  int last = -1;
  for (int r : graph.lawsInto[u.group]) {
    int source = graph.network.relations[r].source;
    if (source == last)
      continue;
    last = source;
    const Share *atC = shareOf(*c, source), *atD = shareOf(*d, source);
    gain -= (rateOfGroup[source] - (atC ? atC->rate : 0)) * reachedChange(source, c, -u.size);
    gain -= (rateOfGroup[source] - (atD ? atD->rate : 0)) * reachedChange(source, d, u.size);
  }
  return gain;
}

double CoreState::gain(int32_t unit, int32_t core) {
  double gain = netGain(unit, place[unit], core);
  return hasLaws(graph.units[unit].group) ? gain + lawGain(unit, place[unit], core) : gain;
}

const std::vector<CoreState::Candidate> &CoreState::candidates(int32_t unit, size_t most) {
  best.clear();
  touched.clear();
  double total = 0, freed = 0;
  int32_t from = place[unit];
  auto ofNet = [&](int32_t net) {
    bool any = false;
    for (const Entry &entry : spans[net]) {
      if (entry.pins == 0)
        continue;
      any = true;
      if (entry.core == from) {
        freed += entry.pins == 1 ? weight[net] : 0;
        continue;
      }
      if (sums[entry.core] == 0)
        touched.push_back(entry.core);
      sums[entry.core] += weight[net];
    }
    total += any ? weight[net] : 0;
  };
  if (graph.netStart[unit] != graph.netStart[unit + 1])
    ofNet(unit);
  for (int64_t k = graph.incidenceStart[unit]; k < graph.incidenceStart[unit + 1]; ++k)
    if (graph.incidence[k].unit != unit)
      ofNet(graph.incidence[k].unit);
  for (int32_t core : touched) {
    best.push_back({core, freed - total + sums[core]});
    sums[core] = 0;
  }
  auto better = [](const Candidate &a, const Candidate &b) {
    return a.gain != b.gain ? a.gain > b.gain : a.core < b.core;
  };
  size_t kept = std::min(most, best.size());
  std::partial_sort(best.begin(), best.begin() + static_cast<int64_t>(kept), best.end(), better);
  best.resize(kept);
  if (from >= 0 && hasLaws(graph.units[unit].group)) {
    for (Candidate &candidate : best)
      candidate.gain += lawGain(unit, from, candidate.core);
    std::sort(best.begin(), best.end(), better);
  }
  return best;
}

double CoreState::cost() {
  double cost = 0;
  for (int32_t net = 0; net < graph.numUnits(); ++net) {
    int64_t span = 0;
    for (const Entry &entry : spans[net])
      span += entry.pins > 0;
    bool onCore = net < graph.numPlaced;
    if (span > 0)
      cost += weight[net] * double(span - onCore);
  }
  for (size_t source = 0; source < graph.lawsFrom.size(); ++source) {
    if (graph.lawsFrom[source].empty())
      continue;
    for (const Core &core : cores) {
      const Share *own = shareOf(core, static_cast<int32_t>(source));
      cost += (rateOfGroup[source] - (own ? own->rate : 0)) *
              -std::expm1(logMiss(static_cast<int32_t>(source), &core, -1, 0));
    }
  }
  return cost;
}
