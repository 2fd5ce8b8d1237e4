// How long a step takes on a machine whose cores deliver spikes while they update: a formula of the
// machine's cycles and of what each core has to do. Counts may be those of a step or means.
#pragma once

#include <cstdint>
#include <vector>

namespace engram {

/// Cycles of a machine, as a target describes them (docs/targets.md has their meaning).
struct StepTiming {
  bool overlaps = true;         ///< cores deliver while they update; else one after the other
  double step = 0, stepEnd = 0; ///< of a step before its first program, and behind its last one
  double population = 0;        ///< of a core for each population on it
  double neuron = 0, operation = 0, product = 0, random = 0; ///< of updates
  double spike = 0;   ///< of a spike in a core, and of each segment of its row
  double synapse = 0; ///< that is listed, among neurons by chance
  double latency = 0; ///< from a spike's arrival until what it does is done, beside its synapses
  int64_t lanes = 0; ///< neurons that a core adds to in a cycle, each with another number modulo it
  double hop = 0;
  double drive = 0, noise = 0; ///< of a row of a crossbar tile: a bit of a payload; a noisy row
  double conversion = 0, conversionsPerCycle = 0; ///< of a tile; codes

  bool operator==(const StepTiming &o) const;
};

/// Cycles in which the lanes take synapses of a word: in their order, until one has a neuron whose
/// lane is taken.
int64_t cyclesOfLanes(const uint32_t *neurons, int64_t count, int64_t lanes);

/// Of a row: `segments` with a header each, `words` of memory with the headers, and the cycles of
/// the lanes.
double cyclesOfRow(const StepTiming &timing, double segments, double words, double lanes);

/// Of the conversion of `tiles`, of which `planes` bits of payloads were driven together.
double cyclesOfConversion(const StepTiming &timing, double tiles, double planes, int64_t slices,
                          int64_t columns);

/// What a neuron's update consists of.
struct UpdateCount {
  int64_t operations = 0; ///< that neither multiply, shift nor round
  int64_t products = 0, randoms = 0;
};
double cyclesOfUpdate(const StepTiming &timing, const UpdateCount &update);

/// What the outputs of a neuron or input are.
struct Outputs {
  enum Kind {
    Spikes, ///< 1, or none
    Counts, ///< of events of a Poisson process
    Levels  ///< any number that is not 0, each bit as often 1 as 0
  };
  Kind kind = Spikes;
  int64_t bits = 1; ///< of a number's magnitude, at most

  /// How often there is one in a step, if events (of levels: numbers) come `mean` times a step.
  double chance(double mean) const;
  /// How often each bit of it is 1.
  std::vector<double> bitChances(double mean) const;
};

/// What a core has to do in a step.
struct CoreWork {
  /// Spikes that arrive, the cycles of their rows and the synapses in them, the cycles in which
  /// they drive rows of crossbar tiles, and those of the core for all of that.
  struct Arrivals {
    double spikes = 0, cycles = 0, sops = 0, drives = 0, busy = 0;

    /// The next spike in order: a row or tiles, or neither. It waits for the last one of its kind,
    /// and those behind it wait for it.
    void add(const StepTiming &timing, double rowCycles, double rowSops, double driveCycles);
    /// Sums without an order.
    void add(const Arrivals &other);
    /// So many spikes a step, in no order.
    void addMean(const StepTiming &timing, double mean, double rowCycles, double rowSops,
                 double driveCycles);

  private:
    double next = 0, rowEnd = 0, driveEnd = 0;
  };
  Arrivals host;  ///< before the update
  Arrivals cores; ///< while the cores update
  /// Of what crossbars have added up since the last update; neurons come behind it.
  double conversion = 0;
  /// Of crossbars, for their energy: rows driven by a bit, and codes of columns.
  double driven = 0, codes = 0;
  /// Of the programs of all neurons, and behind the last one.
  double programs = 0, after = 0;
  double neurons = 0;
};

/// Cycles of a step by what they are spent on; the sum is the step.
struct StepCycles {
  double step = 0;       ///< whatever the step holds
  double host = 0;       ///< the host's spikes, which come before the update
  double conversion = 0; ///< of the core that is done last
  double update = 0;     ///< from then until the last program ends
  double delivery = 0;   ///< of cores' spikes behind that
  double hops = 0;
  int slowest = -1; ///< the core that is done last; -1: there is none

  double sum() const { return step + host + conversion + update + delivery + hops; }
};

/// A step from the first injection to its end. Cores work side by side; in a core, the update and
/// the delivery of what it causes overlap, and crossbars convert before the update. `links`: on the
/// longest way of a spike.
StepCycles cyclesOfStep(const std::vector<CoreWork> &cores, const StepTiming &timing, double links);

} // namespace engram
