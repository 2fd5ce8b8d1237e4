// Lines of relays: where they stand, whom they hold, what they cost, and what of them costs least.
#pragma once

#include "dialects/Neuro/Transforms/DelayGraph.h"
#include "dialects/Neuro/Transforms/MapDelays.h"
#include <map>
#include <optional>

namespace engram::neuro {

/// One stage of a delay line: the source itself, or a relay of some of its neurons.
struct DelayStage {
  int64_t position = 0; ///< steps behind the source
  llvm::StringRef name;
  int64_t size = 0;
  bool whole = true;            ///< all neurons, in their shape
  std::vector<int64_t> neurons; ///< else these, ascending
};

/// The last stage that a delay may leave from; hops to all later ones would be too long for it.
size_t stageOf(int64_t delay, llvm::ArrayRef<DelayStage> stages, int64_t maxDelay);

/// How a long delay is made.
enum class DelayLineKind { Source, Extension, Target };
llvm::StringRef stringify(DelayLineKind kind);

/// The cheapest way for what leaves one node, and what the others would have cost.
struct DelayPlan {
  bool tooLong = false; ///< a delay would need more than `maxRelays` relays in a row
  int64_t longest = 0;
  bool extension = false; ///< the line of the source stands on cores of its own
  /// By edge: the delay up to a relay of its sums; those that are not here use the source's line.
  std::map<size_t, int64_t> toSums;
  double cost = 0;
  std::optional<double> sourceCost, extensionCost, targetCost;
};

/// Plans the long delays of a network that has lags.
///
/// Cost of a line of relays with n_1 >= n_2 >= ... neurons behind a source:
///     by relays:           relayNeuronCost * sum of n_k
///     by extension cores:  extensionCoreCost * ceil(n_1 / extensionNeurons)
///                                            * ceil(stages / extensionStages)
/// and of a projection onto n target neurons whose sums are delayed behind their first hop:
///     relayNeuronCost * n * relays in a row.
/// All projections of a source share one line, so only the deepest are worth delaying as sums: for
/// each delay from which on all projections that can are delayed as sums, the costs are added up,
/// and the least wins; of equals the source's line, and relays before extension cores.
class DelayPlanner {
public:
  DelayPlanner(DelayGraph &graph, const DelayLimits &limits) : graph(graph), limits(limits) {}

  DelayPlan plan(size_t node);

  /// The line of a node for its edges as they are now. Empty if it would be too long.
  std::vector<DelayStage> lineOf(size_t node);

  /// The format of a relay of the sums of an edge (null for floats), if such a relay changes no
  /// bit: at a port of fixed-point type a format that holds each sum, with which the port's sums
  /// stay exact; of floats, if no other projection adds to the port.
  std::optional<fx::FixedType> sumFormat(const DelayEdge &edge);

  /// More relays in a row are a slip of the pen.
  static constexpr size_t maxRelays = 4096;

private:
  DelayGraph &graph;
  const DelayLimits &limits;

  /// What leaves a node: for each neuron its longest delay by arrays of delays, all delays of
  /// these, and the edges that have one delay.
  struct Leaving {
    std::vector<int64_t> longest; ///< 0: none; empty if no edge has an array
    std::vector<int64_t> delays;
    std::vector<size_t> uniform;
  };
  Leaving leavingOf(size_t node);
  std::vector<DelayStage> lineFor(size_t node, const Leaving &leaving,
                                  const std::map<size_t, int64_t> &toSums);
  double relayCost(llvm::ArrayRef<DelayStage> stages) const;
  std::optional<double> extensionCost(size_t node, llvm::ArrayRef<DelayStage> stages) const;
};

} // namespace engram::neuro
