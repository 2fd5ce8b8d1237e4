// A trial is a partition that is counted; remedies are what a further trial proves.
#include "lowering/NeuroToNCore/Check.h"

#include <algorithm>
#include <map>
#include <set>

using namespace engram::ncore;

namespace {

struct Trial {
  Assignment assignment;
  std::vector<Excess> excesses;
  int64_t cores = 0;
  bool exact = true;
  bool fits() const { return excesses.empty(); }
};

/// The target with room for what single neurons lack, so that cores are cut as if that were cured;
/// else the partitioner would give each such neuron a core.
Target relaxed(Target target, const std::vector<Excess> &excesses) {
  auto raise = [](int64_t &limit, int64_t need) { limit = std::max(limit, need); };
  for (const Excess &excess : excesses)
    if (excess.resource == Resource::SynapseWords)
      raise(target.synapseWords, excess.need);
    else if (excess.resource == Resource::FanIn)
      raise(target.fanIn, excess.need);
    else if (excess.resource == Resource::MemoryBytes)
      raise(target.memoryBytes, excess.need);
    else if (excess.resource == Resource::ProgramLength)
      raise(target.programLength, excess.need);
    else if (excess.resource == Resource::Constants)
      raise(target.constants, excess.need);
  return target;
}

/// Needs of cores that hold a single neuron, as needs of the neuron's population, the largest of
/// each. `checkNeurons` has random connections at their mean, cores have them at a bound.
std::vector<Excess> needsOfSingles(const SpikeNetwork &network, const Assignment &assignment,
                                   const std::vector<CoreUsage> &usage,
                                   const std::vector<Excess> &excesses) {
  std::vector<int> groupOf(usage.size(), -1);
  for (size_t g = 0; g < assignment.coreOf.size(); ++g)
    for (int32_t core : assignment.coreOf[g])
      groupOf[core] = static_cast<int>(g);
  std::map<std::pair<int, Resource>, Excess> largest;
  for (const Excess &excess : excesses) {
    bool ofCore = excess.core >= 0 && usage[excess.core].neurons == 1 &&
                  (excess.resource == Resource::SynapseWords || excess.resource == Resource::FanIn);
    if (!ofCore)
      continue;
    int group = groupOf[excess.core];
    auto [found, added] = largest.insert({{group, excess.resource}, excess});
    if (added || found->second.need < excess.need)
      found->second = {-1, network.groups[group].name, excess.resource, excess.need, excess.limit};
  }
  std::vector<Excess> needs;
  for (auto &entry : largest)
    needs.push_back(entry.second);
  return needs;
}

Trial tryOn(const SpikeNetwork &network, const Target &target, const CheckOptions &options,
            PartitionMethod method) {
  Trial trial;
  trial.excesses = checkNeurons(network, target);
  SpikeGraph graph(network, options.maxUnits);
  std::vector<Excess> ofCores;
  // A second time if neurons lack what their mean did not show.
  for (int round = 0; round < 2; ++round) {
    Target room = relaxed(target, trial.excesses);
    Assignment assignment = partition(graph, room, {method, options.partition.seed});
    std::vector<CoreUsage> usage = countUsage(network, assignment, room);
    trial.cores = static_cast<int64_t>(usage.size());
    trial.assignment = assignment;
    trial.exact =
        std::all_of(usage.begin(), usage.end(), [](const CoreUsage &core) { return core.exact; });
    ofCores = checkUsage(usage, room);
    std::vector<Excess> singles = needsOfSingles(network, assignment, usage, ofCores);
    if (singles.empty())
      break;
    trial.excesses.insert(trial.excesses.end(), singles.begin(), singles.end());
  }
  for (Excess &excess : ofCores)
    if (!isOfNeurons(excess.resource))
      trial.excesses.push_back(std::move(excess));
  return trial;
}

bool names(const std::vector<Excess> &excesses, std::initializer_list<Resource> resources) {
  return std::any_of(excesses.begin(), excesses.end(), [&](const Excess &excess) {
    return std::find(resources.begin(), resources.end(), excess.resource) != resources.end();
  });
}

/// Weights cut to `bits` where they are wider; those that are open get them.
SpikeNetwork withWeights(SpikeNetwork network, int64_t bits) {
  for (Relation &relation : network.relations)
    relation.weightBits = relation.weightBits == 0 ? bits : std::min(relation.weightBits, bits);
  return network;
}

/// Whether the neurons alone are too many, so that neither a cut nor narrower weights help.
bool tooManyNeurons(const SpikeNetwork &network, const Target &target) {
  return target.neurons > 0 && network.numCountedNeurons() > target.neurons * target.numCores();
}

std::string coresText(int64_t cores) {
  return std::to_string(cores) + (cores == 1 ? " core" : " cores");
}

} // namespace

//===-- remedies
//----------------------------------------------------------------------------------===//

// The widest narrower weights that fit.
static void tryWeights(const SpikeNetwork &network, const Target &target,
                       const CheckOptions &options, CheckResult &result) {
  if (!names(result.excesses, {Resource::SynapseWords, Resource::WeightBits, Resource::Cores}) ||
      tooManyNeurons(network, target))
    return;
  int64_t widest = 0;
  for (const Relation &relation : network.relations)
    widest = std::max(widest, relation.weightBits ? relation.weightBits : result.openWeightBits);
  for (auto bits = target.weightBits.rbegin(); bits != target.weightBits.rend(); ++bits) {
    if (*bits >= widest)
      continue;
    Trial trial = tryOn(withWeights(network, *bits), target, options, options.partition.method);
    if (!trial.fits())
      continue;
    result.remedies.push_back({Remedy::Kind::WeightBits, "", *bits,
                               "with weights of " + std::to_string(*bits) + " bits instead of " +
                                   std::to_string(widest) + " it fits, on " +
                                   coresText(trial.cores)});
    return;
  }
}

static void tryPartitions(const SpikeNetwork &network, const Target &target,
                          const CheckOptions &options, CheckResult &result) {
  // No partition helps what a single neuron lacks.
  if (tooManyNeurons(network, target) ||
      std::any_of(result.excesses.begin(), result.excesses.end(),
                  [](const Excess &excess) { return !excess.group.empty(); }))
    return;
  for (auto [method, name] : {std::pair(PartitionMethod::Engram, "engram"),
                              {PartitionMethod::FirstFit, "first-fit"},
                              {PartitionMethod::Metis, "metis"}}) {
    if (method == options.partition.method)
      continue;
    Trial trial = tryOn(network, target, options, method);
    if (!trial.fits())
      continue;
    result.remedies.push_back(
        {Remedy::Kind::Partition, name, trial.cores,
         "with the partition '" + std::string(name) + "' it fits, on " + coresText(trial.cores)});
    return;
  }
}

/// Whether a partition for one of them is one for the other: all that `partition` and the counts
/// read of a core.
static bool sameCores(const Target &a, const Target &b) {
  auto limits = [](const Target &t) {
    return std::tuple(t.neurons, t.populations, t.synapseWords, t.synapseWordBits,
                      t.synapseOverheadBits, t.rowHeaderWords, t.denseRows, t.fanIn,
                      t.keyMapEntries, t.fanOut, t.weightBits, t.delaySlots, t.longestDelay,
                      t.stateWords, t.stateBits, t.programLength, t.constants, t.accumulatorBits,
                      t.ports, t.memoryBytes, t.memoryFixed, t.memoryNeuron, t.memoryPort,
                      t.memoryWord, t.memorySender, t.rowsInMemory, t.crossbars);
  };
  return limits(a) == limits(b);
}

static void tryMachines(const SpikeNetwork &network, const Target &target,
                        const CheckOptions &options, const Trial &first, CheckResult &result) {
  // One trial a kind of core: without a limit of cores, the cut is the same on all of the kind.
  std::vector<std::pair<Target, Trial>> kinds;
  kinds.push_back({target, first});
  for (const Target &other : options.others) {
    auto kind = std::find_if(kinds.begin(), kinds.end(),
                             [&](const auto &known) { return sameCores(known.first, other); });
    if (kind == kinds.end()) {
      kinds.push_back({other, tryOn(network, other, options, options.partition.method)});
      kind = std::prev(kinds.end());
    }
    bool others = std::any_of(kind->second.excesses.begin(), kind->second.excesses.end(),
                              [](const Excess &e) { return e.resource != Resource::Cores; });
    if (others || kind->second.cores > other.numCores())
      continue;
    result.remedies.push_back({Remedy::Kind::Machine, other.name, other.numCores(),
                               "on '" + other.name + "' it fits, on " +
                                   std::to_string(kind->second.cores) + " of " +
                                   coresText(other.numCores())});
    return;
  }
}

// What a pass cures, by the resource that is short.
static void namePasses(const Target &target, CheckResult &result) {
  std::set<std::string> named;
  if (names(result.excesses, {Resource::Delay, Resource::DelaySlots})) {
    int64_t most = target.maxDelay().value_or(0);
    result.remedies.push_back(
        {Remedy::Kind::Delays, "", most,
         "'ncore-map-delays' splits delays of more than " + std::to_string(most) + " steps"});
  }
  for (const Excess &excess : result.excesses) {
    bool formats =
        excess.resource == Resource::StateBits || excess.resource == Resource::AccumulatorBits;
    if (!formats || !named.insert(excess.group).second)
      continue;
    result.remedies.push_back(
        {Remedy::Kind::Formats, excess.group, excess.limit,
         "narrower states and sums in '" + excess.group + "', see 'neuro-quantize'"});
  }
}

CheckResult engram::ncore::checkNetwork(const SpikeNetwork &network, const Target &target,
                                        const CheckOptions &options) {
  CheckResult result;
  result.neurons = network.numNeurons();
  result.synapses = network.numSynapses();
  for (const Relation &relation : network.relations)
    if (relation.weightBits == 0)
      result.openWeightBits = storedWeightBits(relation, target);
  Trial trial = tryOn(network, target, options, options.partition.method);
  result.excesses = trial.excesses;
  result.cores = trial.cores;
  result.assignment = std::move(trial.assignment);
  result.exact = trial.exact;
  if (result.fits())
    return result;
  tryWeights(network, target, options, result);
  tryPartitions(network, target, options, result);
  namePasses(target, result);
  tryMachines(network, target, options, trial, result);
  return result;
}
