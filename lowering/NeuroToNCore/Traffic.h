// Spikes between cores under a partition, and over links under a placement. Plain C++.
#pragma once

#include "lowering/NeuroToNCore/SpikeGraph.h"

#include <map>

namespace engram::ncore {

/// Spikes a second from node to node. Nodes are the cores, and behind them the host with all
/// sources. A spike to a core counts once, whatever it does there.
struct Traffic {
  struct Flow {
    int32_t to;
    double rate;
  };
  /// Flows from each of some nodes to each of some cores, with the product of a node's rate and a
  /// core's chance, but not from a core to itself. They are added to those that are listed.
  struct Law {
    std::vector<Flow> from; ///< node, rate
    std::vector<Flow> to;   ///< core, chance
  };
  int cores = 0;
  /// Ascending `to`, without flows of a core to itself; cores + 1 lists.
  std::vector<std::vector<Flow>> from;
  std::vector<Law> laws;

  int32_t host() const { return cores; }
  double betweenCores() const;
  double fromHost() const;
};

/// Which cores the spikes of each neuron reach.
class Reach {
public:
  /// Random relations are drawn if all together take at most `maxDraws` random numbers, and are
  /// expectations otherwise.
  Reach(const SpikeNetwork &network, const Assignment &assignment, double maxDraws = 0);

  /// False if relations are expectations.
  bool isExact() const { return exact; }
  /// Flows that come from laws are listed, unless they are more than `mostListed`.
  Traffic traffic(size_t mostListed = 250000) const;
  /// Calls `set(node, rate, cores)` for the spikes of a node that go to the same cores (ascending,
  /// the own one too if reached). Only if `isExact`.
  void
  forEachSet(const std::function<void(int32_t, double, const std::vector<int32_t> &)> &set) const;

private:
  struct Listed {
    const Rows *rows;
    int target;
  };
  struct Source {
    std::vector<Listed> listed;
    std::vector<int> laws;
  };
  int32_t nodeOf(size_t group, int64_t neuron) const {
    return network.groups[group].isSource ? assignment.cores : assignment.coreOf[group][neuron];
  }
  std::vector<int32_t> coresOf(const Source &source, int64_t neuron, std::vector<char> &seen) const;
  std::vector<double> chances(const Source &source) const;

  const SpikeNetwork &network;
  const Assignment &assignment;
  bool exact = true;
  std::vector<Rows> drawn;
  std::vector<Source> sources;
  std::vector<std::map<int32_t, int64_t>> neuronsOn; ///< [group][core]
};

/// Where cores are, and the router at which the host's spikes enter.
struct Placement {
  std::vector<CorePlace> placeOf;
  Router host;
};

struct Quality {
  double crossing = 0;  ///< spikes a second from core to core, a core counted once
  double fromHost = 0;  ///< spikes a second from the host to cores
  double hops = 0;      ///< packets a second over all links
  double worstLink = 0; ///< packets a second over the busiest link
  int cores = 0;
};

/// Measures with a multicast tree for each spike: the union of dimension-ordered shortest paths (x
/// before y, around dead links where there are).
Quality measure(const Reach &reach, const Assignment &assignment, const Placement &placement,
                const Target &target);

} // namespace engram::ncore
