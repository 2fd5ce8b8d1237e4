// Spike raster plots as self-contained SVG pictures.
#pragma once

#include "runtime/SpikeTable.h"

#include <string>
#include <vector>

namespace engram {

using RasterSeries = SpikeSeries;

struct RasterOptions {
  std::string title;
  /// ms per step; 0 draws the axis in steps and no rates.
  double dtMs = 0;
  /// The steps shown are 0 .. stepCount-1; 0 means up to the last spike.
  int64_t stepCount = 0;
  /// Pixels of the whole picture; the height follows the number of populations.
  int width = 960;
  /// At most this many marks; above it a random choice is drawn and the picture says so.
  int64_t maxMarks = 40000;
  /// At most this many populations; the picture says how many are left out.
  int64_t maxSeries = 24;
};

/// The populations stacked from top to bottom, each with name, size and number of spikes (mean rate
/// per neuron where dtMs is given); time to the right, neuron index upwards. Spikes at one place of
/// the picture share a mark. Spikes outside of the steps or of the population are not drawn. The
/// choice among too many marks depends on the spikes alone, so the same run gives the same picture.
std::string renderRaster(const std::vector<RasterSeries> &series,
                         const RasterOptions &options = {});

} // namespace engram
