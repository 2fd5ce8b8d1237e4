// Whether a network fits a machine; where it does not, all that it lacks, and what would help.
// Plain C++.
#pragma once

#include "lowering/NeuroToNCore/Partition.h"
#include "lowering/NeuroToNCore/Resources.h"

namespace engram::ncore {

/// What would make a network fit.
struct Remedy {
  enum class Kind {
    WeightBits, ///< weights of `number` bits
    Partition,  ///< the method `name` instead
    Machine,    ///< the machine `name`, with `number` cores
    Delays,     ///< delays of at most `number` steps
    Formats     ///< narrower states or sums, or shorter programs, in the population `name`
  };
  Kind kind;
  std::string name;
  int64_t number = 0;
  /// A sentence without a full stop.
  std::string text;
};

struct CheckOptions {
  PartitionOptions partition;
  int64_t maxUnits = 100000;
  /// Machines to look at where this one does not do, in the order of preference.
  std::vector<Target> others;
};

struct CheckResult {
  std::vector<Excess> excesses; ///< needs of single neurons first, then those of cores
  /// Weights, partitions and machines are tried: with such a one alone the network fits. Passes
  /// that shorten delays or narrow numbers are named where these are too large.
  std::vector<Remedy> remedies;
  int64_t neurons = 0;
  double synapses = 0; ///< expected, where connections are random
  int64_t cores = 0;   ///< that the partition takes
  Assignment assignment;
  bool exact = true; ///< false if bounds stand for counts of random connections
  /// Bits that weights which are no numbers of a format yet were counted with; 0: there are none.
  int64_t openWeightBits = 0;

  bool fits() const { return excesses.empty(); }
};

/// The network cut by the options' partition and counted. Needs of single neurons are listed once
/// for a population, and cores are cut as if these were cured. Laws stay laws: memory and time
/// go with neurons and cores, not with synapses.
CheckResult checkNetwork(const SpikeNetwork &network, const Target &target,
                         const CheckOptions &options = {});

} // namespace engram::ncore
