// What a core holds under a partition, and where that is more than the target has. Plain C++.
#pragma once

#include "lowering/NeuroToNCore/SpikeGraph.h"

namespace engram::ncore {

/// What one core needs. The row of a source neuron in a core holds all synapses of that neuron
/// onto the neurons of the core, with weights as wide as the widest of the neuron's projections:
/// `rowHeaderWords` words and then the synapses, `synapsesPerWord` to a word.
struct CoreUsage {
  int64_t neurons = 0;     ///< of an extension core those of its largest stage
  int64_t populations = 0; ///< with different update programs
  int64_t synapses = 0;
  int64_t synapseWords = 0;
  int64_t fanIn = 0; ///< source neurons with a synapse into the core: its rows
  int64_t axons = 0; ///< keys in the entries of the key map, where the target has one
  int64_t keyMapEntries = 0;
  int64_t fanOut = 0; ///< cores that a spike of its neurons reaches, itself included; the most
  int64_t weightBits = 0;
  int64_t delaySlots = 0; ///< the longest delay into the core, and one
  int64_t stateWords = 0, stateBits = 0;
  int64_t programLength = 0; ///< the different programs together
  int64_t constants = 0;     ///< likewise
  int64_t accumulatorBits = 0;
  int64_t ports = 0;
  int64_t memoryBytes = 0; ///< of the target's one memory, if it has one
  int64_t crossbars = 0;   ///< tiles
  /// False if synapses, synapseWords, fanIn and fanOut are bounds of random connections: mean and
  /// five standard deviations, at most all.
  bool exact = true;
};

enum class Resource {
  Neurons,
  Populations,
  SynapseWords,
  FanIn,
  Axons,
  KeyMapEntries,
  FanOut,
  WeightBits,
  DelaySlots,
  Delay,
  StateWords,
  StateBits,
  ProgramLength,
  Constants,
  AccumulatorBits,
  Ports,
  MemoryBytes,
  Crossbars,
  Cores
};

/// "neurons", "synapse words", ...: what a sentence says behind the number.
const char *resourceName(Resource resource);
/// The field of a target that limits it, as its attribute writes it: "neurons", "synapse_words",
/// ...
const char *limitName(Resource resource);

/// True of what each single neuron needs, whatever else is on its core: no partition changes it.
bool isOfNeurons(Resource resource);

/// A need above its limit.
struct Excess {
  int core = -1;     ///< the core's number, or -1
  std::string group; ///< the source or population, or empty
  Resource resource = Resource::Neurons;
  int64_t need = 0, limit = 0;

  /// `core c3 needs 300 neurons, limit is 256`
  std::string message() const;
};

struct CountOptions {
  /// Random relations are drawn, for exact numbers, as long as all together take at most so many
  /// random numbers.
  double maxDraws = 5e7;
};

/// The usage of each core of a complete assignment.
std::vector<CoreUsage> countUsage(const SpikeNetwork &network, const Assignment &assignment,
                                  const Target &target, const CountOptions &options = {});

/// Every need above its limit: cores in order, resources in the order of `Resource`, at the end the
/// number of cores.
std::vector<Excess> checkUsage(const std::vector<CoreUsage> &usage, const Target &target);

/// What no partition can cure: needs of single neurons above a core's limits, for each group and
/// resource the largest. Fan-in and words of a random relation count as their mean.
std::vector<Excess> checkNeurons(const SpikeNetwork &network, const Target &target);

/// Bytes of a core's memory that a neuron of a group takes, without rows.
int64_t memoryOfNeuron(const Group &group, const Target &target);

/// Cores and sources that send to a core with neurons of a group, at most, if each group is cut
/// into as few slices as memory lets it be.
std::vector<int64_t> fewestSenders(const SpikeNetwork &network, const Target &target);

/// Neurons of a group that a core holds by number and memory, rows aside; 0: any.
int64_t mostNeurons(const Group &group, const Target &target);

/// Width at which the weights of a relation are stored: the target's next one, its widest where
/// the network says nothing or has none.
int64_t storedWeightBits(const Relation &relation, const Target &target);

/// Words of a row format: what the synapses of the neurons of one group take.
struct RowFormat {
  int64_t header = 0, perWord = 1, perWordDense = 1;
  bool denseRows = false;

  /// Words of `rows` rows with `synapses` synapses in all, at most.
  int64_t words(int64_t rows, int64_t synapses) const {
    return rows * header + (synapses + rows * (perWord - 1)) / perWord;
  }
};

/// The format of the rows of each group's spikes.
std::vector<RowFormat> rowFormats(const SpikeNetwork &network, const Target &target);

/// Rows, synapses and words in one core, and the bound that they are.
struct RowCount {
  int64_t rows = 0, synapses = 0, words = 0;
};

/// What relations that are not explicit put into a core that has `neurons[g]` neurons of group g
/// for each g of `present`. Relations for which `skip` is set are left out. Adds, for each source
/// group, to `perSource` if given.
class LawCounter {
public:
  LawCounter(const SpikeNetwork &network, const Target &target);
  /// neuronsOf(k) is the number of neurons of group present[k].
  RowCount count(const std::vector<int32_t> &present, const std::vector<int64_t> &neurons);
  void skip(int relation) { skipped[relation] = true; }

private:
  struct Sum {
    double logMiss = 0, mean = 0, variance = 0;
    int64_t certain = 0, certainDense = 0, most = 0;
    bool touched = false, onCrossbars = false;
  };
  RowCount ofSource(int source, const Sum &sum) const;

  const SpikeNetwork &network;
  std::vector<RowFormat> formats;
  std::vector<std::vector<int>> into;
  std::vector<bool> skipped;
  std::vector<Sum> sums;
  std::vector<int> touched;
  // log of no synapse and mean synapses of one pair, a relation each.
  std::vector<double> logMissOfPair, meanOfPair;
};

} // namespace engram::ncore
