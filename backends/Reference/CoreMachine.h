// A machine of cores without a clock: executes a network as mapping, keys and routing tables cut it
// up. docs/spec-aer.md has the rules. It is what every real machine of cores has to equal.
#pragma once

#include "backends/Reference/PopulationState.h"
#include "dialects/Aer/IR/AerOps.h"
#include "dialects/Neuro/Evaluate/SourceState.h"
#include "dialects/Xbar/IR/Tiles.h"
#include "runtime/Machine.h"
#include <unordered_map>

namespace engram::reference {

/// What packets did since the last reset.
struct PacketCounts {
  int64_t packets = 0;    ///< sent by cores and hosts
  int64_t hops = 0;       ///< links crossed
  int64_t deliveries = 0; ///< copies that reached a core which has synapses for the key's block
  int64_t unwanted = 0;   ///< copies that reached a core which has none
  int64_t unmatched = 0;  ///< copies lost at a router without an entry for them (aer_p3)
  int64_t loops = 0;      ///< copies that came to a router a second time on the same link (aer_p3)
};

/// Each core holds the neurons of its slices, and rows of synapses by the keys of their sources; it
/// knows nothing of other cores. Spikes reach it as keys that walk the tables.
class CoreMachine : public Machine {
public:
  /// Runs the network with the mapping, keys and routes that its module has for it. Failure with a
  /// diagnostic if one is missing, or a projection between populations has no delay (aer_p6).
  static mlir::FailureOr<std::unique_ptr<CoreMachine>> create(neuro::NetworkOp network);

  const NetworkInfo &info() const override { return networkInfo; }
  void reset() override;
  void step(const std::vector<const double *> &inputs) override;
  int64_t stepsDone() const override { return now; }
  void readSpikes(size_t population, double *out) const override;
  void readProbe(size_t probe, double *out) const override;

  const PacketCounts &counts() const { return packetCounts; }
  /// What went wrong since the last reset, each error of a key once, at most 100: "packet with key
  /// 0x00000100 matches no entry at router (1, 0)".
  const std::vector<std::string> &errors() const { return errorTexts; }

private:
  struct Synapse {
    uint32_t slice;
    uint32_t neuron; ///< local
    uint32_t port;
    int64_t delay;
    double weight;
  };
  /// The row of a source neuron in the crossbars of a core.
  struct Drive {
    uint32_t array;
    int64_t source;
  };
  /// The synapses of the neurons of one block of keys into one core.
  struct Region {
    uint64_t key = 0; ///< of the first row
    std::vector<std::vector<Synapse>> rows;
    std::vector<std::vector<Drive>> drives; ///< empty, or as many as rows
  };
  /// The columns of a projection on crossbars whose targets are in one core.
  struct Columns {
    xbar::CrossbarArray array;
    int64_t firstStep, delay;
    bool early; ///< from a source: before the neurons' step
    int outputFraction, sumFraction;
    uint32_t port;
    /// Slice and neuron of each target of the projection; slice -1 of those elsewhere.
    std::vector<std::pair<int32_t, uint32_t>> targets;
  };
  /// What a projection adds to a slice without any spike.
  struct Bias {
    uint32_t slice;
    uint32_t port;
    int64_t start; ///< of the projection's source
    int64_t delay;
    bool early; ///< from a source: before the neurons' step
    std::vector<double> values;
  };
  struct Core {
    std::vector<PopulationState> slices;
    std::vector<Region> regions; ///< in the order of keys
    std::vector<Bias> biases;
    std::vector<Columns> crossbars;
  };
  /// What sends packets: a source, or a slice of a core.
  struct Sender {
    uint64_t key = 0;
    int64_t router = 0;
    bool sends = false; ///< a synapse leaves it
  };
  struct Entry {
    uint64_t key, mask;
    std::vector<int> links;
    std::vector<int32_t> cores; ///< in `cores`, -1 for one without neurons
  };
  /// Where a key goes from a router: a function of the tables, so that it is looked up once.
  struct Walk {
    std::vector<int32_t> cores;
    PacketCounts counts;
    std::vector<std::string> errors;
    bool reported = false;
  };
  struct Probe {
    bool ofSource = false;
    size_t target = 0;            ///< number of the source or population
    std::optional<unsigned> slot; ///< of a state
    bool spikes = false;
    std::vector<int64_t> neurons;
  };
  struct Place {
    uint32_t core, slice, neuron;
  };

  class Builder;

  NetworkInfo networkInfo;
  ncore::Target target;
  bool defaultRoutes = false;
  int64_t now = 0;
  std::vector<neuro::SourceState> sources;
  std::vector<Sender> sourceSenders;
  std::vector<Core> cores;
  std::vector<std::vector<Sender>> coreSenders; ///< [core][slice]
  std::vector<std::vector<Place>> populations;  ///< where each neuron is
  std::vector<Probe> probes;
  std::vector<std::vector<Entry>> tables; ///< by router
  std::unordered_map<uint64_t, Walk> walks;
  PacketCounts packetCounts;
  std::vector<std::string> errorTexts;

  void send(const Sender &sender, const std::vector<double> &output);
  void deliver(Core &core, uint64_t key, double payload);
  void addBiases(bool early);
  void convert(bool early);
  const Walk &walkOf(uint64_t key, int64_t router);
  Walk walk(uint64_t key, int64_t router) const;
};

} // namespace engram::reference
