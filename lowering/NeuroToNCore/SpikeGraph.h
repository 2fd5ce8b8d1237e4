// A network as the partitioner sees it: groups of neurons, relations between them, and units with
// the nets of their spikes. Plain C++.
#pragma once

#include "dialects/NCore/IR/Target.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace engram::ncore {

/// Synapses as lists of targets, a row a source neuron; a target that comes up twice is two
/// synapses.
struct Rows {
  std::vector<int64_t> starts; ///< sources + 1
  std::vector<uint32_t> targets;

  int64_t numSources() const { return static_cast<int64_t>(starts.size()) - 1; }
};

/// A source or a population of the network.
struct Group {
  std::string name;
  int64_t size = 0;
  bool isSource = false;     ///< its neurons are on the host, not on cores
  std::vector<double> rates; ///< spikes a second: one for all, or one a neuron
  int program = -1;          ///< groups with the same number share an update program
  int64_t programLength = 0; ///< its operations or instructions
  int64_t constants = 0;     ///< its constants, where instructions are counted
  UpdateCount update;        ///< what a neuron's update consists of
  Outputs outputs;
  int extension = -1;          ///< groups with the same number are stages of one extension core
  int64_t stateWords = 0;      ///< words of state a neuron
  int64_t stateBits = 0;       ///< of the widest state
  int64_t recordWords = 0;     ///< of 32 bits: states and own parameters of a neuron
  int64_t ports = 0;           ///< inputs of the model
  int64_t accumulatorBits = 0; ///< that the sums of its ports need; 0: not known
  /// Neurons k block .. (k + 1) block - 1 are the columns of tiles and stay on one core; 0: none
  /// do.
  int64_t block = 0;

  double rate(int64_t neuron) const {
    return rates.empty() ? 0 : rates[rates.size() == 1 ? 0 : neuron];
  }
};

/// A projection. All but `Explicit` are kept as laws and never expanded to partition.
struct Relation {
  enum class Kind {
    Explicit,    ///< `rows`
    AllToAll,    ///< each pair once, without those of a neuron with itself unless `allowSelf`
    Probability, ///< each pair with `probability`
    Indegree     ///< `indegree` sources for each target, drawn with replacement
  };

  std::string name;
  int source = 0, target = 0; ///< groups
  Kind kind = Kind::Explicit;
  bool allowSelf = true;
  double probability = 0;
  int64_t indegree = 0;
  std::shared_ptr<const Rows> rows;
  int64_t weightBits = 0; ///< 0: not fixed yet, counted as the widest that the target has
  /// Source neurons of a tile of a projection on crossbars, which takes no words of synapses; 0:
  /// it has rows.
  int64_t crossbarRows = 0;
  int64_t slices = 0;                    ///< of its tiles
  bool noisy = false;                    ///< they draw numbers for the noise of reading
  int64_t leastDelay = 0, mostDelay = 0; ///< steps
  /// Draws the synapses of a random relation; may be empty. Costs `drawCost` random numbers.
  std::function<Rows()> draw;

  bool isOnCrossbars() const { return crossbarRows > 0; }
  bool isRandom() const { return kind == Kind::Probability || kind == Kind::Indegree; }
};

struct SpikeNetwork {
  std::vector<Group> groups;
  std::vector<Relation> relations;

  int64_t numNeurons() const; ///< without sources
  /// For machines that share no update program between populations (`own_programs`).
  void separatePrograms() {
    for (size_t k = 0; k < groups.size(); ++k)
      groups[k].program = static_cast<int>(k);
  }
  /// The same as limits of cores count them: of each extension core those of its largest stage.
  int64_t numCountedNeurons() const;
  /// Expected number of synapses; exact for relations that are not random.
  double numSynapses() const;
};

/// Number of random numbers that drawing a relation takes.
double drawCost(const SpikeNetwork &network, const Relation &relation);

/// Tiles that each block of neurons of a group takes.
std::vector<int64_t> tilesOfBlocks(const SpikeNetwork &network);

/// Whether groups may share a core: a spike finds a row of synapses or crossbars in a core, not
/// both, so a source with both may not reach them in one. [group][group]; empty if all may.
std::vector<std::vector<bool>> conflictsOfGroups(const SpikeNetwork &network);

/// The chance that a given source neuron of a random relation has no synapse onto any of `targets`
/// given neurons, as a natural logarithm: n log(1 - p), and K n log(1 - 1 / N) for K draws from N
/// sources. -infinity where it is certain to have one.
double logOfNoSynapse(const SpikeNetwork &network, const Relation &relation, double targets);

/// Synapses of a pair on average: p, 1, K / N.
double synapsesOfPair(const SpikeNetwork &network, const Relation &relation);

/// Where each neuron is: cores are numbered from 0.
struct Assignment {
  int cores = 0;
  /// [group][neuron]; empty for sources.
  std::vector<std::vector<int32_t>> coreOf;
};

/// A contiguous block of neurons of one group that is not cut further.
struct Unit {
  int32_t group = 0;
  int32_t size = 0;
  int64_t first = 0;
};

/// Units, and a net for each of them: the units that its explicit synapses reach. The units of
/// populations, which are placed, come before those of sources.
class SpikeGraph {
public:
  /// Single neurons as units while that gives at most `maxUnits`, else blocks of equal length;
  /// where neurons stay together their blocks.
  SpikeGraph(const SpikeNetwork &network, int64_t maxUnits = 100000);

  const SpikeNetwork &network;
  std::vector<Unit> units;
  int32_t numPlaced = 0;

  struct Pin {
    int32_t unit;     ///< target in a net, net in an incidence list
    int32_t synapses; ///< from the net's unit to it
  };
  /// Net of unit u: pins[netStart[u] .. netStart[u + 1]), ascending units.
  std::vector<int64_t> netStart;
  std::vector<Pin> pins;
  /// Nets that end in unit v, ascending; `unit` is the net.
  std::vector<int64_t> incidenceStart;
  std::vector<Pin> incidence;
  /// Spikes a second of each unit.
  std::vector<double> rates;

  /// Relations that are not explicit, by source group and by target group (there
  /// ordered by source).
  std::vector<std::vector<int>> lawsFrom, lawsInto;

  int32_t numUnits() const { return static_cast<int32_t>(units.size()); }
  /// The neurons of each unit on the unit's core.
  Assignment assignmentOf(const std::vector<int32_t> &coreOfUnit, int cores) const;
  /// True if an explicit synapse of weight in the graph starts or ends in a unit.
  bool hasNets(int32_t unit) const {
    return netStart[unit] != netStart[unit + 1] || incidenceStart[unit] != incidenceStart[unit + 1];
  }

private:
  void buildNets(const std::vector<int64_t> &firstUnit, const std::vector<int64_t> &blockSize);
};

/// Renumbers cores in the order of the first neuron on each, and drops empty ones.
void renumberCores(Assignment &assignment);

} // namespace engram::ncore
