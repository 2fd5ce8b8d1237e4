// The arithmetic of crossbar tiles.
#include "runtime/accelerator/Crossbar.h"
#include "runtime/Philox.h"
#include <algorithm>

using namespace engram;
using namespace engram::a1;

using Sizes = CrossbarSizes;

static int32_t extend(uint32_t value, int bits) {
  return static_cast<int32_t>(value << (32 - bits)) >> (32 - bits);
}

//===-- configuration ---------------------------------------------------------------------===//

std::array<uint32_t, Sizes::tileParts> CrossbarTile::encode() const {
  std::array<uint32_t, Sizes::tileParts> parts{};
  parts[0] = uint32_t(enabled) | uint32_t(noisy) << 1 |
             static_cast<uint32_t>((converterBits - 1) & 0xf) << 4 | ((columns - 1) & 0x7f) << 8 |
             (first & 0xff) << 16 | (port & 3) << 24 | (shift & 0x1f) << 26;
  parts[1] = stream;
  parts[2] = (delay & 0xf) | (number & 0xff) << 8;
  parts[3] = firstStep;
  for (size_t s = 0; s < Sizes::slices; ++s) {
    parts[4 + s] = static_cast<uint32_t>(low[s]) & 0xfffff;
    parts[8 + s] = gain[s] & 0xffffff;
    parts[12 + s] = static_cast<uint32_t>(zero[s]) & 0xffff;
    parts[16 + s] = scale[s] & 0xffff;
  }
  for (size_t k = 0; k < sigma.size(); ++k)
    parts[20 + k / 4] |= uint32_t(sigma[k]) << 8 * (k % 4);
  return parts;
}

CrossbarTile CrossbarTile::decode(const uint32_t *parts) {
  CrossbarTile tile;
  tile.enabled = parts[0] & 1;
  tile.noisy = parts[0] >> 1 & 1;
  tile.converterBits = static_cast<int>(parts[0] >> 4 & 0xf) + 1;
  tile.columns = (parts[0] >> 8 & 0x7f) + 1;
  tile.first = parts[0] >> 16 & 0xff;
  tile.port = parts[0] >> 24 & 3;
  tile.shift = parts[0] >> 26 & 0x1f;
  tile.stream = parts[1];
  tile.delay = parts[2] & 0xf;
  tile.number = parts[2] >> 8 & 0xff;
  tile.firstStep = parts[3];
  for (size_t s = 0; s < Sizes::slices; ++s) {
    tile.low[s] = extend(parts[4 + s], 20);
    tile.gain[s] = parts[8 + s] & 0xffffff;
    tile.zero[s] = extend(parts[12 + s], 16);
    tile.scale[s] = parts[16 + s] & 0xffff;
  }
  for (size_t k = 0; k < tile.sigma.size(); ++k)
    tile.sigma[k] = static_cast<uint8_t>(parts[20 + k / 4] >> 8 * (k % 4));
  return tile;
}

//===-- rows ------------------------------------------------------------------------------===//

uint32_t engram::a1::noiseSelector(const CrossbarTile &tile, uint64_t seed, uint32_t row,
                                   uint32_t step) {
  return uniform32(seed, tile.stream, row + Sizes::rows * tile.number, step - tile.firstStep);
}

int32_t engram::a1::noiseOf(const CrossbarTile &tile, const ReadNoise &noise, int slice, int column,
                            int plus, int minus) {
  uint32_t word = (noise.selector + static_cast<uint32_t>(slice)) % Sizes::noiseWords;
  uint32_t entry = static_cast<uint32_t>(column) ^ (noise.selector >> 6 & 0x7f);
  uint32_t part = noise.table[Sizes::noiseParts * word + entry / 4];
  int32_t number = extend(part >> 8 * (entry % 4), 8);
  return (number * tile.sigma[static_cast<size_t>(std::max(plus, minus) >> 4)] + 64) >> 7;
}

int CrossbarSums::drive(const CrossbarTile &tile, const uint32_t *row, int32_t payload,
                        const ReadNoise *noise) {
  if (!takes(payload) || payload == 0)
    return 0;
  sums.resize(index(Sizes::payloadBits, 0, 0));
  auto magnitude = static_cast<uint32_t>(payload < 0 ? -payload : payload);
  int drives = 0;
  for (int bit = 0; bit < Sizes::payloadBits; ++bit)
    drives += magnitude >> bit & 1;
  for (int slice = 0; slice < Sizes::slices; ++slice)
    for (int column = 0; column < Sizes::columns; ++column) {
      int plus = cellCode(row, slice, false, column), minus = cellCode(row, slice, true, column);
      int32_t current = plus - minus;
      if (noise)
        current += noiseOf(tile, *noise, slice, column, plus, minus);
      if (payload < 0)
        current = -current;
      for (int bit = 0; bit < Sizes::payloadBits; ++bit)
        if (magnitude >> bit & 1) {
          int32_t &sum = sums[index(bit, slice, column)];
          sum =
              extend(static_cast<uint32_t>((bits >> bit & 1 ? sum : 0) + current), Sizes::sumBits);
        }
    }
  bits |= magnitude;
  return drives;
}

//===-- conversion ------------------------------------------------------------------------===//

uint32_t engram::a1::converterCode(const CrossbarTile &tile, int slice, int32_t sum) {
  auto s = static_cast<size_t>(slice);
  int64_t scaled = (int64_t(sum) - tile.low[s]) * tile.gain[s];
  if (scaled <= 0)
    return 0;
  constexpr int64_t one = int64_t(1) << 24, half = one / 2;
  int64_t code = scaled / one, rest = scaled % one;
  if (rest > half || (rest == half && code % 2))
    ++code;
  return static_cast<uint32_t>(std::min<int64_t>(code, (int64_t(1) << tile.converterBits) - 1));
}

std::vector<int64_t> CrossbarSums::convert(const CrossbarTile &tile, uint32_t &codes) {
  std::vector<int64_t> values(tile.columns);
  for (uint32_t column = 0; column < tile.columns; ++column) {
    int64_t y = 0;
    for (int bit = 0; bit < Sizes::payloadBits; ++bit)
      for (int slice = 0; slice < Sizes::slices; ++slice) {
        auto s = static_cast<size_t>(slice);
        // A slice that counts for nothing is not converted.
        if (!(bits >> bit & 1) || tile.scale[s] == 0)
          continue;
        int32_t x = sums[index(bit, slice, static_cast<int>(column))];
        int64_t code = converterCode(tile, slice, x);
        y += (int64_t(tile.scale[s]) * (code - tile.zero[s])) * (int64_t(1) << bit);
        ++codes;
      }
    values[column] = static_cast<int64_t>(static_cast<uint64_t>((y + 128) >> 8) << tile.shift);
  }
  bits = 0;
  return values;
}
