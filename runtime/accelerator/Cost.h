// How many cycles a step takes: the chip's timing as a formula of what its cores have to do. The
// RTL's counter is the truth; tests hold the formula against it.
#pragma once

#include "runtime/accelerator/Crossbar.h"
#include "runtime/accelerator/ImageUse.h"

namespace engram::a1 {

/// Of the neuron engine: cycles before the first program, of the programs of all neurons, and after
/// the last one.
struct UpdateWork {
  double before = 0, programs = 0, after = 0;
  double neurons = 0;
};

/// What a core has to do in a step.
struct CoreWork {
  /// Spikes that arrive, the cycles of their rows and the synapses in them, the cycles in which
  /// they drive rows of crossbar tiles, and those of the core for all of that.
  struct Arrivals {
    double spikes = 0, cycles = 0, sops = 0, drives = 0, busy = 0;

    /// The next spike in order: a row or tiles, or neither. It waits for the last one of its kind,
    /// and those behind it wait for it.
    void add(double rowCycles, double rowSops, double driveCycles);
    /// Sums without an order.
    void add(const Arrivals &other);

  private:
    double next = 0, rowEnd = 0, driveEnd = 0;
  };
  Arrivals host;  ///< before the update
  Arrivals cores; ///< while the cores update
  /// Of what crossbars have added up since the last update; neurons come behind it.
  double conversion = 0;
  UpdateWork update;
};

/// What the row at an address of the synapse memory takes.
struct RowWork {
  /// One for a header, and for each word of data as many as the 8 lanes need.
  int64_t cycles = 0;
  int64_t sops = 0;
};

/// The synapse memory is given as its 32-bit parts. The row's base does not matter.
RowWork workOfRow(const std::vector<uint32_t> &synapses, uint32_t address);

/// Of a spike in one tile.
double cyclesOfDrive(const CrossbarTile &tile, int32_t payload);
/// Of a tile of which some bits of payloads were driven.
double cyclesOfConversion(const CrossbarTile &tile, uint32_t drivenBits);

/// In a step in which all populations run.
UpdateWork workOfUpdate(const CoreUse &use, const ChipParameters &chip);

/// Cycles of a step, from the first injection to its end. Cores work side by side; in a core, the
/// update and the delivery of what it causes overlap, and crossbars convert before the update.
double cyclesOfStep(const std::vector<CoreWork> &cores, const ChipParameters &chip);

} // namespace engram::a1
