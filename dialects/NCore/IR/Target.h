// A machine as numbers: its routers and links, what a core holds, how fast it is and what it costs.
// Plain C++, so that algorithms need no MLIR; `#ncore.target` is the same as an attribute.
#pragma once

#include "runtime/StepTime.h"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace engram::ncore {

/// How routers are joined. Links of a mesh or torus: 0 = E, 1 = N, 2 = W, 3 = S; of a hexagonal
/// one: 0 = E, 1 = NE, 2 = N, 3 = W, 4 = SW, 5 = S, where NE is (+1, +1). A torus wraps around in
/// both directions.
enum class Topology { Mesh, Torus, Hexagonal, HexagonalTorus };

/// A router (a chip, a tile) by its column and row, from 0.
struct Router {
  int x = 0, y = 0;
  bool operator==(const Router &o) const { return x == o.x && y == o.y; }
  bool operator!=(const Router &o) const { return !(*this == o); }
  /// Row by row: the order of `Target::indexOf`.
  bool operator<(const Router &o) const { return std::tie(y, x) < std::tie(o.y, o.x); }
};

/// A core: its router and its number there, from 0.
struct CorePlace {
  int x = 0, y = 0, p = 0;
  Router router() const { return {x, y}; }
  bool operator==(const CorePlace &o) const { return x == o.x && y == o.y && p == o.p; }
  bool operator<(const CorePlace &o) const { return std::tie(y, x, p) < std::tie(o.y, o.x, o.p); }
};

/// A link by the router that it leaves.
struct LinkPlace {
  int x = 0, y = 0, link = 0;
  bool operator==(const LinkPlace &o) const { return x == o.x && y == o.y && link == o.link; }
  bool operator<(const LinkPlace &o) const {
    return std::tie(y, x, link) < std::tie(o.y, o.x, o.link);
  }
};

/// A machine. Every limit of 0 (but `crossbars`) means that there is none, every rate or energy of
/// 0 that it is not known. `dialects/NCore/IR/TargetFields.cpp` has the unit, range and meaning of
/// each field.
struct Target {
  std::string name, description;

  Topology topology = Topology::Mesh;
  int gridX = 1, gridY = 1;   ///< columns and rows of routers
  int coresPerRouter = 1;     ///< that run neurons
  std::vector<Router> absent; ///< places of the grid without a router
  std::vector<CorePlace> deadCores;
  /// Of the router where a host's spikes enter: cores that send them, and run no neurons then.
  int64_t sourceCores = 0;
  std::vector<LinkPlace> deadLinks; ///< dead in both directions, named from either end

  // What one core holds.
  int64_t neurons = 0;
  int64_t populations = 0;         ///< with different update programs: one program a population
  bool ownPrograms = false;        ///< populations count as different, equal programs or not
  int64_t synapseWords = 0;        ///< words of synapse memory, headers of rows included
  int64_t synapseWordBits = 32;    ///< bits of such a word
  int64_t synapseOverheadBits = 0; ///< bits of a sparse synapse beside its weight
  int64_t rowHeaderWords = 1;      ///< words of a row (source neuron, core) before its synapses
  bool denseRows = false;          ///< a row may be stored as weights of consecutive neurons alone
  int64_t fanIn = 0;               ///< distinct source neurons of the synapses into the core
  int64_t keyMapEntries = 0;       ///< aligned blocks of keys that lead to rows; see `KeyCover`
  int64_t fanOut = 0;              ///< cores that one neuron's spike may reach
  std::vector<int64_t> weightBits; ///< widths of weights that there are, ascending; empty: any
  int64_t delaySlots = 0;      ///< slots of the ring of inputs, that of the current step included
  int64_t stateWords = 0;      ///< a neuron
  int64_t stateBits = 0;       ///< of a state word
  int64_t programLength = 0;   ///< operations of the update programs of the core together
  int64_t constants = 0;       ///< of programs in instructions of the neuron engine; 0: none such
  int64_t accumulatorBits = 0; ///< of the sum of a port
  int64_t ports = 0;           ///< inputs (types of synapses) of a population that projections feed
  /// One memory of a core that holds all of this: `memoryFixed` bytes, as many as the fields say
  /// for each neuron, its ports, its words of states and own parameters (32 bits), and each core or
  /// source that sends to the core; with `rowsInMemory` the words of synapses too.
  int64_t memoryBytes = 0;
  int64_t memoryFixed = 0, memoryNeuron = 0, memoryPort = 0, memoryWord = 0, memorySender = 0;
  bool rowsInMemory = false;
  int64_t crossbars = 0;                         ///< tiles for in-memory computing; 0: none
  int64_t crossbarRows = 0, crossbarColumns = 0; ///< of a tile; 0: 128

  // A router.
  int64_t tableEntries = 0;
  int64_t keyBits = 32;

  // Delays, in steps.
  int64_t minDelay = 1;
  int64_t longestDelay = 0; ///< 0: what the slots hold; see `maxDelay`

  // Rates: seconds and clock cycles.
  double stepSeconds = 0; ///< length of a step in real time; 0: as fast as it goes
  double clockHz = 0;
  double cyclesPerSynapse = 0, cyclesPerNeuron = 0, cyclesPerSpike = 0;
  bool deliversWhileUpdating = false;
  int64_t lanes = 0;
  double cyclesPerStep = 0, cyclesPerStepEnd = 0, cyclesPerPopulation = 0;
  double cyclesPerOperation = 0, cyclesPerProduct = 0, cyclesPerRandom = 0;
  double spikeLatency = 0; ///< cycles
  double cyclesPerDrive = 1, cyclesPerNoise = 0, cyclesPerConversion = 0, conversionsPerCycle = 8;
  double linkPacketsPerSecond = 0;
  double hopSeconds = 0;

  // Energy, in joules; watts for what flows anyway.
  double energyPerSynapse = 0, energyPerNeuronUpdate = 0, energyPerSpike = 0, energyPerHop = 0;
  double energyPerDrive = 0, energyPerConversion = 0; ///< of crossbars
  double idleWatts = 0;                               ///< of the whole machine

  // What splitting a long delay costs, in units of one neuron's resources (neuro-map-delays).
  double relayNeuronCost = 1, extensionCoreCost = 0;
  int64_t extensionStages = 8; ///< of a delay line, each of `neurons`, that such a core holds

  /// Sorts and removes doubles of the lists; the queries below need that once after a change.
  void normalize();

  /// Makes the last `sourceCores` of a router's cores (of the first router, if that one is not
  /// there) dead: for who places the neurons of a network with sources.
  void reserveSourceCores(Router host);

  /// The cycles of a step and what it is made of.
  StepTiming timing() const;

  /// The longest delay of a synapse: `longestDelay`, else one less than `delaySlots`; none if
  /// neither is limited.
  std::optional<int64_t> maxDelay() const;
  /// Synapses in one word when rows are sparse, and when they are dense; at least 1.
  int64_t synapsesPerWord(int64_t weightBits, bool dense) const;
  /// The narrowest width of a weight that has 'bits'; none if all are narrower.
  std::optional<int64_t> weightWidth(int64_t bits) const;

  // Geometry. All orders are fixed: routers row by row, cores by number, links by number.

  bool isHexagonal() const {
    return topology == Topology::Hexagonal || topology == Topology::HexagonalTorus;
  }
  bool wraps() const { return topology == Topology::Torus || topology == Topology::HexagonalTorus; }
  int numLinks() const { return isHexagonal() ? 6 : 4; }
  int opposite(int link) const { return (link + numLinks() / 2) % numLinks(); }
  /// "E", "NE", ...
  const char *linkName(int link) const;

  /// A dense number of a place of the grid, present or not: y * gridX + x.
  int64_t indexOf(Router router) const { return int64_t(router.y) * gridX + router.x; }
  Router routerAt(int64_t index) const {
    return {static_cast<int>(index % gridX), static_cast<int>(index / gridX)};
  }
  int64_t gridSize() const { return int64_t(gridX) * gridY; }

  bool inGrid(Router router) const {
    return router.x >= 0 && router.y >= 0 && router.x < gridX && router.y < gridY;
  }
  bool isPresent(Router router) const;
  /// The place is a core that runs neurons: its router is there, and it is not dead.
  bool isCore(CorePlace core) const;

  std::vector<Router> routers() const;
  std::vector<CorePlace> cores() const;
  int64_t numRouters() const;
  int64_t numCores() const;

  /// The router at the other end of a link, if both are there and the link is not dead.
  std::optional<Router> neighbour(Router router, int link) const;

  /// The least number of hops between two places of the grid with all routers and links there
  /// (ncore_m3):
  /// a bound from below where some are absent or dead (exact on a SpiNNaker board, which is
  /// convex). Without wrap, x and y the differences: |x| + |y| of a mesh,
  /// max(x, y, 0) - min(x, y, 0) of a hexagonal one.
  int distance(Router a, Router b) const;

  /// The least number of hops from a router to each place, by `indexOf`, over the links that work;
  /// -1 where nothing leads to.
  std::vector<int> hopsFrom(Router router) const;
};

} // namespace engram::ncore
