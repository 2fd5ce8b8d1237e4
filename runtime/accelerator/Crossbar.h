// Crossbar tiles: the arithmetic of in-memory computing, for the golden model of the chip and for
// the interpreter. The definition is docs/accelerator.md, section Crossbar; the RTL equals it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace engram::a1 {

/// A tile: places of four differential pairs of cells. Conductances are codes, 255 being g_max.
struct CrossbarSizes {
  static constexpr int rows = 128, columns = 128, slices = 4;
  static constexpr int payloadBits = 8;   ///< of a payload's magnitude
  static constexpr int sumBits = 18;      ///< of the sum of a column, two's complement
  static constexpr int cellParts = 256;   ///< 32-bit parts of the memory CELL in a row
  static constexpr int tileParts = 32;    ///< of the memory TILE in a tile
  static constexpr int noiseWords = 64;   ///< of the memory NOISE
  static constexpr int noiseParts = 32;   ///< in a word of it
  static constexpr int sigmaEntries = 16; ///< of a tile: read noise by conductance
};

/// The configuration of a tile: its parts of the memory TILE.
struct CrossbarTile {
  bool enabled = false, noisy = false;
  int converterBits = 8;  ///< 1 to 16
  uint32_t columns = 128; ///< in use, 1 to 128
  uint32_t first = 0;     ///< neuron of column 0; the others follow, mod 256
  uint32_t port = 0, shift = 0;
  uint32_t stream = 0;             ///< of the random numbers of its noise
  uint32_t delay = 0;              ///< from the update that converts
  uint32_t number = 0;             ///< of the tile in its projection, 0 to 255
  uint32_t firstStep = 0;          ///< of the population that sends; noise counts steps from there
  std::array<int32_t, 4> low{};    ///< a slice: the sum that gives code 0; 20 bits
  std::array<uint32_t, 4> gain{};  ///< codes for a unit of a sum, in 2^-24; 24 bits
  std::array<int32_t, 4> zero{};   ///< the code of nothing; 16 bits
  std::array<uint32_t, 4> scale{}; ///< what a code is worth, in 2^-8; 16 bits
  std::array<uint8_t, CrossbarSizes::sigmaEntries> sigma{};

  std::array<uint32_t, CrossbarSizes::tileParts> encode() const;
  static CrossbarTile decode(const uint32_t *parts);
  bool operator==(const CrossbarTile &o) const { return encode() == o.encode(); }
};

/// The part of a row in memory CELL that holds the code of a cell, and the code's lowest bit there.
struct CellPlace {
  uint32_t part, bit;
};
constexpr CellPlace cellPlace(int slice, bool negative, int column) {
  return {static_cast<uint32_t>(slice) << 6 | static_cast<uint32_t>(negative) << 5 |
              static_cast<uint32_t>(column) >> 2,
          static_cast<uint32_t>(column & 3) * 8};
}
/// The code of a cell of a row of `CrossbarSizes::cellParts` parts.
inline int cellCode(const uint32_t *row, int slice, bool negative, int column) {
  CellPlace place = cellPlace(slice, negative, column);
  return static_cast<int>(row[place.part] >> place.bit & 0xff);
}
inline void setCellCode(uint32_t *row, int slice, bool negative, int column, uint32_t code) {
  CellPlace place = cellPlace(slice, negative, column);
  row[place.part] = (row[place.part] & ~(0xffu << place.bit)) | (code & 0xff) << place.bit;
}

/// Which numbers of the table of noise a row sees in a step.
struct ReadNoise {
  const uint32_t *table; ///< memory NOISE
  uint32_t selector;     ///< `noiseSelector`
};
/// Random bits of a row, of which the numbers of the table follow, for a spike sent in a step.
uint32_t noiseSelector(const CrossbarTile &tile, uint64_t seed, uint32_t row, uint32_t step);
/// What the noise adds to the difference of a pair of cells.
int32_t noiseOf(const CrossbarTile &tile, const ReadNoise &noise, int slice, int column, int plus,
                int minus);

/// What the columns of a tile have added up since the last conversion.
class CrossbarSums {
public:
  /// Payloads that a tile takes: the others drive nothing.
  static bool takes(int32_t payload) {
    return payload > -(1 << CrossbarSizes::payloadBits) &&
           payload < 1 << CrossbarSizes::payloadBits;
  }
  /// Drives a row of `CrossbarSizes::cellParts` parts once for each bit of the payload's magnitude,
  /// with its sign. `noise` may be null. Sums wrap, which 257 drives of a bit cannot do. Returns
  /// the number of drives.
  int drive(const CrossbarTile &tile, const uint32_t *row, int32_t payload, const ReadNoise *noise);
  /// Bits that were driven.
  uint32_t driven() const { return bits; }
  int32_t sum(int bit, int slice, int column) const {
    return bits >> bit & 1 ? sums[index(bit, slice, column)] : 0;
  }
  /// Converts the columns in use, forgets them, and adds the number of codes to `codes`. Of each
  /// column what goes to its neuron's sum; only the low bits of that, as many as the sum has,
  /// count.
  std::vector<int64_t> convert(const CrossbarTile &tile, uint32_t &codes);

private:
  uint32_t bits = 0;
  std::vector<int32_t> sums; ///< empty before the first drive

  static std::size_t index(int bit, int slice, int column) {
    return (std::size_t(bit) * CrossbarSizes::slices + slice) * CrossbarSizes::columns + column;
  }
};

/// The converter of a slice.
uint32_t converterCode(const CrossbarTile &tile, int slice, int32_t sum);

} // namespace engram::a1
