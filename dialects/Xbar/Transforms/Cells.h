// From whole weights to cells and converters of tiles. Numbers alone.
#pragma once

#include "dialects/Xbar/Transforms/Devices.h"
#include "runtime/Error.h"

#include <array>
#include <vector>

namespace engram::xbar {

struct CellOptions {
  int rows = 128, columns = 128;
  int cellBits = 0; ///< of a cell; 0: 2, or as few as four slices need
  Device device = Device::Ideal;
  double onOffRatio = -1;     ///< g_max / g_min; 0: g_min is 0; below 0: that of the device
  double seconds = firstRead; ///< since programming
  double stuck = 0;           ///< part of the cells that are stuck, half at g_min, half at g_max
  /// What is left of a cell's current, for segments of a column that have equally many rows, from
  /// the one nearest to the converter; empty: all.
  std::vector<double> lineScales;
  uint64_t seed = 0;
};

/// Whole weights, targets by sources, and how they lie in cells: |weight| / 2^shift in digits of
/// `cellBits` bits, least significant first, a slice each; the sign chooses the cell of the pair
/// that holds the digit, g_min + digit * step.
struct Slicing {
  int64_t targets = 0, sources = 0;
  std::vector<int64_t> weights;
  int cellBits = 2, slices = 1, shift = 0;
  int step = 85, least = 0; ///< codes between two digits, and of g_min
  int rows = 128, columns = 128;

  int64_t rowBlocks() const { return (sources + rows - 1) / rows; }
  int64_t columnBlocks() const { return (targets + columns - 1) / columns; }
  int64_t tiles() const { return rowBlocks() * columnBlocks(); }
  int64_t tileOf(int64_t source, int64_t target) const {
    return source / rows + rowBlocks() * (target / columns);
  }
  /// G+ - G- as it should be.
  int64_t wanted(int64_t source, int slice, int64_t target) const;
  size_t cell(int64_t source, int slice, int sign, int64_t target) const {
    return static_cast<size_t>(((source * slices + slice) * 2 + sign) * targets + target);
  }
};

/// Failure if the weights need more than four slices, or g_min leaves no room for the digits.
Expected<Slicing> slice(std::vector<int64_t> weights, int64_t targets, int64_t sources,
                        const CellOptions &options);

/// The codes of all cells, sources by slices by 2 by targets. Random numbers are those of
/// (seed, stream) at the number of the cell.
std::vector<uint8_t> programCells(const Slicing &slicing, const CellOptions &options,
                                  uint32_t stream);

/// What the cells of each tile and slice are on average of what they should be: the least squares
/// factor, 1 where they should all be nothing. Tiles by slices.
std::vector<double> meanGains(const Slicing &slicing, const std::vector<uint8_t> &codes);

/// The weights that the cells stand for, in units of 2^shift: targets by sources.
std::vector<double> weightsOf(const Slicing &slicing, const std::vector<uint8_t> &codes,
                              const std::vector<double> &gains);

/// Least and greatest current of a slice of a tile.
struct CurrentRange {
  double low = 0, high = 0;
};
/// Of all inputs that there can be: of outputs with a sign, both ways. Tiles by slices.
std::vector<CurrentRange> greatestCurrents(const Slicing &slicing,
                                           const std::vector<uint8_t> &codes, bool isSigned);

/// The converters of all tiles and slices, as '#xbar.crossbar' has them; `shift` is for the sums.
struct Converters {
  std::vector<int64_t> low, gain, zero, scale;
  int shift = 0;
};
/// Ranges that differ by powers of two from slice to slice of a tile, each at least the given one.
/// Codes are at least one unit of current apart.
Converters convertersFor(const Slicing &slicing, std::vector<CurrentRange> ranges, int bits,
                         const std::vector<double> &gains);
/// A code for each step of a cell, as many as `bits` allows, the others beyond the ends: exact
/// where that is all (xbar_s6).
Converters convertersByStep(const Slicing &slicing, const std::vector<CurrentRange> &ranges,
                            int bits, const std::vector<double> &gains);

/// The table of noise, 64 by 128: 32 times normal numbers.
std::vector<int64_t> noiseTable(uint64_t seed);
/// `sigma` of the attribute for standard deviations of a read that are the device's, or a part of
/// the conductance.
std::array<int64_t, 16> noiseSigmas(Device device, double seconds);
std::array<int64_t, 16> noiseSigmas(double part);

} // namespace engram::xbar
