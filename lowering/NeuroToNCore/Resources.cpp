// Counts of what cores hold: exact where synapses are listed or cheap to draw, bounds by closed
// forms elsewhere.
#include "lowering/NeuroToNCore/Resources.h"
#include "lowering/NeuroToNCore/KeyMaps.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace engram::ncore;

//===-- names
//-----------------------------------------------------------------------------------===//

namespace {
struct ResourceNames {
  const char *words, *field;
};
} // namespace

static ResourceNames namesOf(Resource resource) {
  switch (resource) {
  case Resource::Neurons:
    return {"neurons", "neurons"};
  case Resource::Populations:
    return {"update programs", "populations"};
  case Resource::SynapseWords:
    return {"synapse words", "synapse_words"};
  case Resource::FanIn:
    return {"source neurons", "fan_in"};
  case Resource::Axons:
    return {"axons", "fan_in"};
  case Resource::KeyMapEntries:
    return {"entries of the key map", "key_map_entries"};
  case Resource::FanOut:
    return {"cores reached by one neuron", "fan_out"};
  case Resource::WeightBits:
    return {"bits a weight", "weight_bits"};
  case Resource::DelaySlots:
    return {"delay slots", "delay_slots"};
  case Resource::Delay:
    return {"steps of delay", "max_delay"};
  case Resource::StateWords:
    return {"state words a neuron", "state_words"};
  case Resource::StateBits:
    return {"bits a state word", "state_bits"};
  case Resource::ProgramLength:
    return {"operations of update programs", "program_length"};
  case Resource::Constants:
    return {"constants of update programs", "constants"};
  case Resource::AccumulatorBits:
    return {"bits an accumulator", "accumulator_bits"};
  case Resource::Ports:
    return {"ports", "ports"};
  case Resource::MemoryBytes:
    return {"bytes of data memory", "memory_bytes"};
  case Resource::Crossbars:
    return {"crossbars", "crossbars"};
  case Resource::Cores:
    return {"cores", "grid"};
  }
  return {"", ""};
}

const char *engram::ncore::resourceName(Resource resource) { return namesOf(resource).words; }
const char *engram::ncore::limitName(Resource resource) { return namesOf(resource).field; }

bool engram::ncore::isOfNeurons(Resource resource) {
  switch (resource) {
  case Resource::WeightBits:
  case Resource::DelaySlots:
  case Resource::Delay:
  case Resource::StateWords:
  case Resource::StateBits:
  case Resource::AccumulatorBits:
  case Resource::Ports:
    return true;
  default:
    return false;
  }
}

std::string Excess::message() const {
  std::string place = core >= 0        ? "core c" + std::to_string(core)
                      : !group.empty() ? "'" + group + "'"
                                       : "the network";
  return place + " needs " + std::to_string(need) + " " + resourceName(resource) + ", limit is " +
         std::to_string(limit);
}

//===-- rows
//------------------------------------------------------------------------------------===//

int64_t engram::ncore::storedWeightBits(const Relation &relation, const Target &target) {
  int64_t bits = relation.weightBits;
  if (bits > 0) {
    if (std::optional<int64_t> width = target.weightWidth(bits))
      return *width;
    return bits;
  }
  // Weights that are not fixed yet may become as wide as the target has them.
  return target.weightBits.empty() ? 0 : target.weightBits.back();
}

std::vector<RowFormat> engram::ncore::rowFormats(const SpikeNetwork &network,
                                                 const Target &target) {
  std::vector<int64_t> bits(network.groups.size(), 0);
  std::vector<bool> dense(network.groups.size(), target.denseRows);
  for (const Relation &relation : network.relations) {
    if (relation.isOnCrossbars())
      continue;
    bits[relation.source] = std::max(bits[relation.source], storedWeightBits(relation, target));
    if (relation.kind != Relation::Kind::AllToAll)
      dense[relation.source] = false;
  }
  std::vector<RowFormat> formats;
  for (size_t g = 0; g < network.groups.size(); ++g)
    formats.push_back({target.rowHeaderWords, target.synapsesPerWord(bits[g], false),
                       target.synapsesPerWord(bits[g], true), dense[g]});
  return formats;
}

//===-- memory
//----------------------------------------------------------------------------------===//

int64_t engram::ncore::memoryOfNeuron(const Group &group, const Target &target) {
  return target.memoryNeuron + target.memoryPort * group.ports +
         target.memoryWord * group.recordWords;
}

int64_t engram::ncore::mostNeurons(const Group &group, const Target &target) {
  int64_t bytes = memoryOfNeuron(group, target);
  if (target.memoryBytes == 0 || bytes == 0)
    return target.neurons;
  int64_t most = std::max<int64_t>(1, (target.memoryBytes - target.memoryFixed) / bytes);
  return target.neurons > 0 ? std::min(most, target.neurons) : most;
}

std::vector<int64_t> engram::ncore::fewestSenders(const SpikeNetwork &network,
                                                  const Target &target) {
  std::vector<std::set<int>> from(network.groups.size());
  for (const Relation &relation : network.relations)
    from[relation.target].insert(relation.source);
  std::vector<int64_t> senders(network.groups.size(), 0);
  for (size_t g = 0; g < from.size(); ++g)
    for (int source : from[g]) {
      const Group &group = network.groups[source];
      int64_t most = mostNeurons(group, target);
      senders[g] += group.isSource || most == 0 ? 1 : (group.size + most - 1) / most;
    }
  return senders;
}

//===-- closed forms
//----------------------------------------------------------------------------===//

// Partitioning may not exceed a limit: a bound that random connections stay below, but for less
// than once in a million cores.
static double boundOf(double mean, double variance) {
  return mean + 5 * std::sqrt(std::max(variance, 0.0));
}

LawCounter::LawCounter(const SpikeNetwork &network, const Target &target)
    : network(network), formats(rowFormats(network, target)), into(network.groups.size()),
      skipped(network.relations.size(), false), sums(network.groups.size()) {
  for (size_t r = 0; r < network.relations.size(); ++r) {
    const Relation &relation = network.relations[r];
    if (relation.kind != Relation::Kind::Explicit)
      into[relation.target].push_back(static_cast<int>(r));
    logMissOfPair.push_back(logOfNoSynapse(network, relation, 1));
    meanOfPair.push_back(synapsesOfPair(network, relation));
  }
}

RowCount LawCounter::count(const std::vector<int32_t> &present,
                           const std::vector<int64_t> &neurons) {
  for (size_t k = 0; k < present.size(); ++k) {
    if (neurons[k] == 0)
      continue;
    for (int r : into[present[k]]) {
      if (skipped[r])
        continue;
      const Relation &relation = network.relations[r];
      Sum &sum = sums[relation.source];
      if (!sum.touched) {
        sum = Sum();
        sum.touched = true;
        touched.push_back(relation.source);
      }
      int64_t n = neurons[k], sources = network.groups[relation.source].size;
      const RowFormat &format = formats[relation.source];
      if (relation.isOnCrossbars()) {
        sum.onCrossbars = true;
        continue;
      }
      if (relation.kind == Relation::Kind::AllToAll) {
        sum.certain += n;
        sum.certainDense += (n + format.perWordDense - 1) / format.perWordDense;
        continue;
      }
      sum.logMiss += double(n) * logMissOfPair[r];
      double mean = meanOfPair[r] * double(n) * double(sources);
      sum.mean += mean;
      // Each target has exactly its in-degree of synapses; only where they start is random.
      if (relation.kind == Relation::Kind::Probability) {
        sum.variance += mean * (1 - relation.probability);
        sum.most += n * sources;
      } else {
        sum.most += n * relation.indegree;
      }
    }
  }
  RowCount total;
  for (int source : touched) {
    RowCount rows = ofSource(source, sums[source]);
    total.rows += rows.rows;
    total.synapses += rows.synapses;
    total.words += rows.words;
    sums[source].touched = false;
  }
  touched.clear();
  return total;
}

RowCount LawCounter::ofSource(int source, const Sum &sum) const {
  const RowFormat &format = formats[source];
  int64_t sources = network.groups[source].size;
  // A spike into crossbars has its entry among the rows and no words.
  if (sum.onCrossbars && sum.certain == 0 && sum.most == 0)
    return {sources, 0, 0};
  if (sum.most == 0) {
    int64_t row = (sum.certain + format.perWord - 1) / format.perWord;
    if (format.denseRows)
      row = std::min(row, sum.certainDense);
    return {sources, sources * sum.certain, sources * (format.header + row)};
  }
  auto drawn = std::min(sum.most, static_cast<int64_t>(std::ceil(boundOf(sum.mean, sum.variance))));
  int64_t rows = sources;
  if (sum.certain == 0) {
    double reached = -std::expm1(sum.logMiss);
    double bound = boundOf(double(sources) * reached, double(sources) * reached * (1 - reached));
    rows = std::min({sources, drawn, static_cast<int64_t>(std::ceil(bound))});
  }
  int64_t synapses = drawn + sources * sum.certain;
  return {rows, synapses, format.words(rows, synapses)};
}

//===-- counting
//--------------------------------------------------------------------------------===//

namespace {

/// Neurons of each group on each core, as short lists.
struct Histogram {
  struct Entry {
    int32_t core;
    int64_t neurons;
  };
  std::vector<std::vector<Entry>> ofGroup;
  std::vector<std::vector<int32_t>> groupsOf;  ///< by core
  std::vector<std::vector<int64_t>> neuronsOf; ///< by core, beside `groupsOf`

  Histogram(const SpikeNetwork &network, const Assignment &assignment) {
    ofGroup.resize(network.groups.size());
    groupsOf.resize(assignment.cores);
    neuronsOf.resize(assignment.cores);
    std::vector<int64_t> count(assignment.cores, 0);
    for (size_t g = 0; g < network.groups.size(); ++g) {
      std::vector<int32_t> touched;
      for (int32_t core : assignment.coreOf[g])
        if (count[core]++ == 0)
          touched.push_back(core);
      std::sort(touched.begin(), touched.end());
      for (int32_t core : touched) {
        ofGroup[g].push_back({core, count[core]});
        groupsOf[core].push_back(static_cast<int32_t>(g));
        neuronsOf[core].push_back(count[core]);
        count[core] = 0;
      }
    }
  }
};

/// Who sends to a core is not more than all cores with neurons of a group that has relations to it.
void countMemory(const SpikeNetwork &network, const Histogram &histogram, const Target &target,
                 std::vector<CoreUsage> &usage) {
  if (target.memoryBytes == 0)
    return;
  for (size_t core = 0; core < usage.size(); ++core) {
    CoreUsage &u = usage[core];
    std::set<int> sources;
    u.memoryBytes = target.memoryFixed + (target.rowsInMemory ? 4 * u.synapseWords : 0);
    for (size_t k = 0; k < histogram.groupsOf[core].size(); ++k) {
      int group = histogram.groupsOf[core][k];
      u.memoryBytes += histogram.neuronsOf[core][k] * memoryOfNeuron(network.groups[group], target);
      for (const Relation &relation : network.relations)
        if (relation.target == group)
          sources.insert(relation.source);
    }
    int64_t senders = 0;
    for (int source : sources)
      senders += network.groups[source].isSource
                     ? 1
                     : static_cast<int64_t>(histogram.ofGroup[source].size());
    u.memoryBytes += target.memorySender * senders;
  }
}

class UsageCounter {
public:
  UsageCounter(const SpikeNetwork &network, const Assignment &assignment, const Target &target)
      : network(network), assignment(assignment), target(target),
        formats(rowFormats(network, target)), laws(network, target), histogram(network, assignment),
        usage(assignment.cores), from(network.groups.size()), counts(assignment.cores, 0),
        tilesOfBlock(tilesOfBlocks(network)) {}

  std::vector<CoreUsage> run(const CountOptions &options);

private:
  struct Listed {
    const Rows *rows;
    int target;
  };
  struct Source {
    std::vector<Listed> listed;
    std::vector<const Relation *> allToAll, notDrawn, onCrossbars;
  };

  void countGroups();
  int64_t blocksOn(int32_t core, int32_t group) const;
  void drawRows(double maxDraws);
  void countSource(size_t group);
  void countRowsOf(size_t group);
  void countLaws();
  /// Laws of a group whose random relations are not drawn are bounded together.
  bool countsByRows(const Source &source, size_t relation) const {
    return !network.relations[relation].isRandom() &&
           (source.notDrawn.empty() ||
            network.relations[relation].kind == Relation::Kind::Explicit);
  }

  const SpikeNetwork &network;
  const Assignment &assignment;
  const Target &target;
  std::vector<RowFormat> formats;
  LawCounter laws;
  Histogram histogram;
  std::vector<CoreUsage> usage;
  std::vector<Source> from;
  std::vector<Rows> drawn;
  std::vector<int64_t> counts;
  std::vector<int64_t> tilesOfBlock; ///< by group
};

} // namespace

// Blocks of a group with a neuron on a core: of a partition that keeps them together, those that it
// holds.
int64_t UsageCounter::blocksOn(int32_t core, int32_t group) const {
  const std::vector<int32_t> &cores = assignment.coreOf[group];
  int64_t block = network.groups[group].block, blocks = 0, last = -1;
  for (size_t i = 0; i < cores.size(); ++i)
    if (cores[i] == core && static_cast<int64_t>(i) / block != last) {
      last = static_cast<int64_t>(i) / block;
      ++blocks;
    }
  return blocks;
}

void UsageCounter::countGroups() {
  for (size_t core = 0; core < usage.size(); ++core) {
    CoreUsage &u = usage[core];
    std::set<int> programs, extensions;
    int64_t largest = 0;
    for (size_t k = 0; k < histogram.groupsOf[core].size(); ++k) {
      const Group &group = network.groups[histogram.groupsOf[core][k]];
      u.neurons += histogram.neuronsOf[core][k];
      largest = std::max(largest, histogram.neuronsOf[core][k]);
      extensions.insert(group.extension);
      if (programs.insert(group.program).second) {
        u.programLength += group.programLength;
        u.constants += group.constants;
      }
      u.stateWords = std::max(u.stateWords, group.stateWords);
      u.stateBits = std::max(u.stateBits, group.stateBits);
      u.ports = std::max(u.ports, group.ports);
      u.accumulatorBits = std::max(u.accumulatorBits, group.accumulatorBits);
    }
    u.populations = static_cast<int64_t>(programs.size());
    for (size_t k = 0; k < histogram.groupsOf[core].size(); ++k)
      if (int64_t tiles = tilesOfBlock[histogram.groupsOf[core][k]])
        u.crossbars += tiles * static_cast<int64_t>(blocksOn(static_cast<int32_t>(core),
                                                             histogram.groupsOf[core][k]));
    if (extensions.size() == 1 && *extensions.begin() >= 0)
      u.neurons = largest;
  }
  for (const Relation &relation : network.relations)
    for (auto [core, neurons] : histogram.ofGroup[relation.target]) {
      if (!relation.isOnCrossbars())
        usage[core].weightBits = std::max(usage[core].weightBits, relation.weightBits);
      usage[core].delaySlots = std::max(usage[core].delaySlots, relation.mostDelay + 1);
    }
}

void UsageCounter::drawRows(double maxDraws) {
  double cost = 0;
  bool possible = true;
  for (const Relation &relation : network.relations)
    if (relation.isRandom()) {
      cost += drawCost(network, relation);
      possible &= static_cast<bool>(relation.draw);
    }
  bool draws = possible && cost <= maxDraws;
  drawn.reserve(network.relations.size());
  for (const Relation &relation : network.relations) {
    Source &source = from[relation.source];
    if (relation.isOnCrossbars())
      source.onCrossbars.push_back(&relation);
    else if (relation.kind == Relation::Kind::AllToAll)
      source.allToAll.push_back(&relation);
    else if (relation.kind == Relation::Kind::Explicit)
      source.listed.push_back({relation.rows.get(), relation.target});
    else if (draws)
      source.listed.push_back({&drawn.emplace_back(relation.draw()), relation.target});
    else
      source.notDrawn.push_back(&relation);
  }
}

void UsageCounter::countSource(size_t g) {
  const Source &source = from[g];
  bool selfMissing = std::any_of(source.allToAll.begin(), source.allToAll.end(),
                                 [](const Relation *relation) { return !relation->allowSelf; });
  if (!source.listed.empty() || (selfMissing && source.notDrawn.empty())) {
    for (size_t r = 0; r < network.relations.size(); ++r)
      if (network.relations[r].source == static_cast<int>(g) && countsByRows(source, r))
        laws.skip(static_cast<int>(r));
    countRowsOf(g);
    return;
  }
  std::set<int32_t> reached;
  for (const auto *list : {&source.allToAll, &source.notDrawn, &source.onCrossbars})
    for (const Relation *relation : *list)
      for (auto [core, neurons] : histogram.ofGroup[relation->target])
        reached.insert(core);
  for (auto [core, neurons] : histogram.ofGroup[g]) {
    usage[core].fanOut = std::max(usage[core].fanOut, static_cast<int64_t>(reached.size()));
    usage[core].exact &= source.notDrawn.empty();
  }
}

void UsageCounter::countRowsOf(size_t g) {
  const Source &source = from[g];
  const RowFormat &format = formats[g];
  std::set<int32_t> perhaps, byCrossbars;
  for (const Relation *relation : source.onCrossbars)
    for (auto [core, neurons] : histogram.ofGroup[relation->target])
      byCrossbars.insert(core);
  std::vector<const Relation *> byLaw = source.notDrawn, allToAll;
  std::vector<const Relation *> &more = byLaw.empty() ? allToAll : byLaw;
  more.insert(more.end(), source.allToAll.begin(), source.allToAll.end());
  for (const Relation *relation : byLaw)
    for (auto [core, neurons] : histogram.ofGroup[relation->target])
      perhaps.insert(core);
  std::vector<int32_t> touched;
  std::vector<int64_t> dense(format.denseRows ? usage.size() : 0, 0);
  auto add = [&](int32_t core, int64_t synapses) {
    if (counts[core] == 0)
      touched.push_back(core);
    counts[core] += synapses;
  };
  for (int64_t j = 0; j < network.groups[g].size; ++j) {
    for (const Listed &list : source.listed)
      for (int64_t k = list.rows->starts[j]; k < list.rows->starts[j + 1]; ++k)
        add(assignment.coreOf[list.target][list.rows->targets[k]], 1);
    for (const Relation *relation : allToAll)
      for (auto [core, neurons] : histogram.ofGroup[relation->target]) {
        bool self = !relation->allowSelf && j < network.groups[relation->target].size &&
                    assignment.coreOf[relation->target][j] == core;
        if (neurons > self)
          add(core, neurons - self);
        if (format.denseRows)
          dense[core] += (neurons + format.perWordDense - 1) / format.perWordDense;
      }
    int64_t reached = static_cast<int64_t>(perhaps.size());
    for (int32_t core : touched) {
      reached += perhaps.count(core) == 0;
      int64_t words = (counts[core] + format.perWord - 1) / format.perWord;
      if (format.denseRows)
        words = std::min(words, dense[core]);
      usage[core].synapses += counts[core];
      usage[core].synapseWords += format.header + words;
      ++usage[core].fanIn;
      counts[core] = 0;
    }
    for (int32_t core : byCrossbars)
      if (std::find(touched.begin(), touched.end(), core) == touched.end()) {
        ++usage[core].fanIn;
        reached += perhaps.count(core) == 0;
      }
    touched.clear();
    std::fill(dense.begin(), dense.end(), 0);
    if (!network.groups[g].isSource) {
      CoreUsage &own = usage[assignment.coreOf[g][j]];
      own.fanOut = std::max(own.fanOut, reached);
      own.exact &= source.notDrawn.empty();
    }
  }
}

void UsageCounter::countLaws() {
  for (size_t core = 0; core < usage.size(); ++core) {
    RowCount rows = laws.count(histogram.groupsOf[core], histogram.neuronsOf[core]);
    usage[core].synapses += rows.synapses;
    usage[core].synapseWords += rows.words;
    usage[core].fanIn += rows.rows;
  }
  for (const Source &source : from)
    for (const Relation *relation : source.notDrawn)
      for (auto [core, neurons] : histogram.ofGroup[relation->target])
        usage[core].exact = false;
}

std::vector<CoreUsage> UsageCounter::run(const CountOptions &options) {
  countGroups();
  drawRows(options.maxDraws);
  for (size_t r = 0; r < network.relations.size(); ++r)
    if (network.relations[r].isRandom() && from[network.relations[r].source].notDrawn.empty())
      laws.skip(static_cast<int>(r));
  for (size_t g = 0; g < network.groups.size(); ++g)
    countSource(g);
  countLaws();
  countMemory(network, histogram, target, usage);
  return std::move(usage);
}

std::vector<CoreUsage> engram::ncore::countUsage(const SpikeNetwork &network,
                                                 const Assignment &assignment, const Target &target,
                                                 const CountOptions &options) {
  std::vector<CoreUsage> usage = UsageCounter(network, assignment, target).run(options);
  std::vector<KeyMapNeed> needs = countKeyMaps(network, assignment, target, options.maxDraws);
  for (size_t core = 0; core < needs.size(); ++core) {
    usage[core].axons = needs[core].axons;
    usage[core].keyMapEntries = needs[core].entries;
  }
  return usage;
}

//===-- limits
//----------------------------------------------------------------------------------===//

static int64_t widest(const Target &target) {
  return target.weightBits.empty() ? 0 : target.weightBits.back();
}

std::vector<Excess> engram::ncore::checkUsage(const std::vector<CoreUsage> &usage,
                                              const Target &target) {
  std::vector<Excess> excesses;
  for (size_t core = 0; core < usage.size(); ++core) {
    const CoreUsage &u = usage[core];
    auto check = [&](Resource resource, int64_t need, int64_t limit) {
      if (limit > 0 && need > limit)
        excesses.push_back({static_cast<int>(core), "", resource, need, limit});
    };
    check(Resource::Neurons, u.neurons, target.neurons);
    check(Resource::Populations, u.populations, target.populations);
    check(Resource::SynapseWords, u.synapseWords, target.synapseWords);
    check(Resource::FanIn, u.fanIn, target.fanIn);
    check(Resource::Axons, u.axons, target.fanIn);
    check(Resource::KeyMapEntries, u.keyMapEntries, target.keyMapEntries);
    check(Resource::FanOut, u.fanOut, target.fanOut);
    check(Resource::WeightBits, u.weightBits, widest(target));
    check(Resource::DelaySlots, u.delaySlots, target.delaySlots);
    check(Resource::Delay, u.delaySlots - 1, target.longestDelay);
    check(Resource::StateWords, u.stateWords, target.stateWords);
    check(Resource::StateBits, u.stateBits, target.stateBits);
    check(Resource::ProgramLength, u.programLength, target.programLength);
    check(Resource::Constants, u.constants, target.constants);
    check(Resource::AccumulatorBits, u.accumulatorBits, target.accumulatorBits);
    check(Resource::Ports, u.ports, target.ports);
    check(Resource::MemoryBytes, u.memoryBytes, target.memoryBytes);
    // No crossbars are no tiles, not any number of them.
    if (u.crossbars > target.crossbars)
      excesses.push_back(
          {static_cast<int>(core), "", Resource::Crossbars, u.crossbars, target.crossbars});
  }
  if (static_cast<int64_t>(usage.size()) > target.numCores())
    excesses.push_back(
        {-1, "", Resource::Cores, static_cast<int64_t>(usage.size()), target.numCores()});
  return excesses;
}

namespace {
/// Rows and words that end in single neurons of a group.
struct NeuronRows {
  std::vector<int64_t> rows, words;
};
} // namespace

/// Distinct source neurons of each target neuron of a relation.
static std::vector<int64_t> sourcesOfTargets(const SpikeNetwork &network,
                                             const Relation &relation) {
  int64_t sources = network.groups[relation.source].size;
  int64_t targets = network.groups[relation.target].size;
  if (relation.kind != Relation::Kind::Explicit) {
    double reached = -std::expm1(logOfNoSynapse(network, relation, 1));
    std::vector<int64_t> rows(targets, static_cast<int64_t>(double(sources) * reached));
    if (relation.kind == Relation::Kind::AllToAll && !relation.allowSelf)
      for (int64_t i = 0; i < std::min(sources, targets); ++i)
        --rows[i];
    return rows;
  }
  std::vector<int64_t> rows(targets, 0), last(targets, -1);
  for (int64_t j = 0; j < relation.rows->numSources(); ++j)
    for (int64_t k = relation.rows->starts[j]; k < relation.rows->starts[j + 1]; ++k) {
      uint32_t i = relation.rows->targets[k];
      rows[i] += last[i] != j;
      last[i] = j;
    }
  return rows;
}

// Several relations from one group share the rows of its neurons, so the largest is a bound.
static std::vector<NeuronRows> rowsIntoNeurons(const SpikeNetwork &network, const Target &target) {
  std::vector<RowFormat> formats = rowFormats(network, target);
  std::vector<NeuronRows> into(network.groups.size());
  for (size_t g = 0; g < network.groups.size(); ++g)
    into[g].rows = into[g].words = std::vector<int64_t>(network.groups[g].size, 0);
  std::map<std::pair<int, int>, std::vector<int64_t>> ofPair;
  for (const Relation &relation : network.relations) {
    if (relation.isOnCrossbars()) {
      for (int64_t &rows : into[relation.target].rows)
        rows += network.groups[relation.source].size;
      continue;
    }
    std::vector<int64_t> rows = sourcesOfTargets(network, relation);
    std::vector<int64_t> &most = ofPair[{relation.source, relation.target}];
    most.resize(rows.size(), 0);
    for (size_t i = 0; i < rows.size(); ++i)
      most[i] = std::max(most[i], rows[i]);
  }
  for (const auto &[pair, rows] : ofPair)
    for (size_t i = 0; i < rows.size(); ++i) {
      into[pair.second].rows[i] += rows[i];
      into[pair.second].words[i] += rows[i] * (formats[pair.first].header + 1);
    }
  return into;
}

std::vector<Excess> engram::ncore::checkNeurons(const SpikeNetwork &network, const Target &target) {
  std::vector<Excess> excesses;
  std::vector<NeuronRows> into = rowsIntoNeurons(network, target);
  std::vector<int64_t> tilesOfBlock = tilesOfBlocks(network);
  for (size_t g = 0; g < network.groups.size(); ++g) {
    const Group &group = network.groups[g];
    if (group.isSource || group.size == 0)
      continue;
    auto check = [&](Resource resource, int64_t need, int64_t limit) {
      if (limit > 0 && need > limit)
        excesses.push_back({-1, group.name, resource, need, limit});
    };
    int64_t bits = 0, delay = 0;
    for (const Relation &relation : network.relations)
      if (relation.target == static_cast<int>(g)) {
        bits = std::max(bits, relation.isOnCrossbars() ? 0 : relation.weightBits);
        delay = std::max(delay, relation.mostDelay);
      }
    check(Resource::SynapseWords, *std::max_element(into[g].words.begin(), into[g].words.end()),
          target.synapseWords);
    check(Resource::FanIn, *std::max_element(into[g].rows.begin(), into[g].rows.end()),
          target.fanIn);
    check(Resource::WeightBits, bits, widest(target));
    check(Resource::DelaySlots, delay + 1, target.delaySlots);
    check(Resource::Delay, delay, target.longestDelay);
    check(Resource::StateWords, group.stateWords, target.stateWords);
    check(Resource::StateBits, group.stateBits, target.stateBits);
    check(Resource::ProgramLength, group.programLength, target.programLength);
    check(Resource::Constants, group.constants, target.constants);
    check(Resource::AccumulatorBits, group.accumulatorBits, target.accumulatorBits);
    check(Resource::Ports, group.ports, target.ports);
    check(Resource::MemoryBytes, target.memoryFixed + memoryOfNeuron(group, target),
          target.memoryBytes);
    if (tilesOfBlock[g] > target.crossbars)
      excesses.push_back({-1, group.name, Resource::Crossbars, tilesOfBlock[g], target.crossbars});
  }
  return excesses;
}
