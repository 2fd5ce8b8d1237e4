// Units on cores while a partition is made: what each core holds, what a move costs, what fits.
#pragma once

#include "lowering/NeuroToNCore/Resources.h"

namespace engram::ncore {

/// The cost is the spikes a second that cross cores, a spike to one core counted once. For a net of
/// explicit synapses that is its rate times the number of cores of its unit and its pins, less one
/// (the connectivity metric of hypergraph partitioning); for relations that are laws it is the
/// expectation by closed form, and where a group has both, their sum.
class CoreState {
public:
  CoreState(const SpikeGraph &graph, const Target &target);

  const SpikeGraph &graph;
  const Target &target;

  int32_t numCores() const { return static_cast<int32_t>(cores.size()); }
  int32_t addCore();
  int32_t coreOf(int32_t unit) const { return place[unit]; }
  const std::vector<int32_t> &coresOfUnits() const { return place; }
  const std::vector<int32_t> &unitsOn(int32_t core) const { return cores[core].units; }
  int64_t neuronsOn(int32_t core) const { return cores[core].neurons; }

  /// Puts a unit that is nowhere onto a core; takes one away; both in one.
  void put(int32_t unit, int32_t core);
  void take(int32_t unit);
  void move(int32_t unit, int32_t core) {
    take(unit);
    put(unit, core);
  }

  /// Whether a unit that is elsewhere, or nowhere, may be put onto a core, by all limits at once.
  bool fits(int32_t unit, int32_t core);
  /// Whether a core is within its limits as it is. Limits of fan-out are those of the nets that end
  /// there.
  bool withinLimits(int32_t core);

  /// How much less the cost is after moving a placed unit to another core.
  double gain(int32_t unit, int32_t core);

  struct Candidate {
    int32_t core;
    double gain;
  };
  /// The cores that nets of a unit touch, other than its own, with the gain of moving it there (or,
  /// of a unit that is nowhere, minus the cost of putting it there); best first, at most `most`.
  const std::vector<Candidate> &candidates(int32_t unit, size_t most);

  /// Cores that net `unit` touches.
  size_t spanOf(int32_t unit) const { return spans[unit].size(); }
  int32_t coreInSpan(int32_t unit, size_t k) const { return spans[unit][k].core; }

  double cost();

private:
  struct Entry {
    int32_t core;
    int32_t pins;     ///< units of the net on the core; a unit's synapses onto itself are no pin
    int32_t synapses; ///< of the net's unit into the core
  };
  struct Share {
    int32_t group;
    int64_t neurons;
    double rate;
  };
  struct Core {
    std::vector<int32_t> units;
    std::vector<Share> shares; ///< groups with neurons here, ascending
    int64_t neurons = 0;
    int64_t words = 0, fanIn = 0; ///< of explicit synapses
    RowCount laws;
  };

  /// Of an extension core, neurons are counted a stage of its delay line at a time.
  bool neuronsFit(const Core &core, int32_t group, int64_t more) const;
  const Entry *find(int32_t net, int32_t core) const;
  void addPin(int32_t net, int32_t core, int32_t pins, int32_t synapses);
  int64_t wordsOf(int32_t net, int64_t synapses) const {
    return synapses == 0 ? 0
                         : formats[graph.units[net].group].words(rowsOf(net, synapses), synapses);
  }
  int64_t rowsOf(int32_t net, int64_t synapses) const {
    return std::min<int64_t>(graph.units[net].size, synapses);
  }
  bool within(int64_t need, int64_t limit) const { return limit == 0 || need <= limit; }
  bool programsFit(const Core &core, int32_t group) const;
  /// With `more` neurons of the group, and so many words of synapses.
  bool memoryFits(const Core &core, int32_t group, int64_t more, int64_t words) const;
  /// With `more` neurons of the group, its tiles and those that are there, and whose spikes find
  /// what in the core.
  bool crossbarsFit(const Core &core, int32_t group, int64_t more) const;
  RowCount lawsWith(const Core &core, int32_t group, int64_t neurons);
  bool hasLaws(int32_t group) const {
    return !graph.lawsFrom[group].empty() || !graph.lawsInto[group].empty();
  }
  double netGain(int32_t unit, int32_t from, int32_t to) const;
  double lawGain(int32_t unit, int32_t from, int32_t to);
  double logMiss(int32_t source, const Core *core, int32_t changed, int64_t by) const;
  static const Share *shareOf(const Core &core, int32_t group);

  std::vector<RowFormat> formats;
  LawCounter laws;
  bool hasCrossbars = false;
  std::vector<int64_t> tilesOfBlock;        ///< by group
  std::vector<int64_t> senders;             ///< by group: `fewestSenders`
  std::vector<std::vector<bool>> conflicts; ///< `conflictsOfGroups`
  std::vector<double> logMissOfPair;        ///< by relation
  std::vector<double> weight;               ///< of each net
  std::vector<double> rateOfGroup;
  std::vector<int32_t> place, position;
  std::vector<std::vector<Entry>> spans; ///< by net, ascending cores
  std::vector<int32_t> reached;          ///< cores with synapses of a net
  std::vector<Core> cores;

  std::vector<double> sums;
  std::vector<int32_t> touched;
  std::vector<Candidate> best;
  std::vector<int32_t> presentScratch;
  std::vector<int64_t> neuronsScratch;
};

} // namespace engram::ncore
