// Slicing, programming and converters of crossbar tiles.
#include "dialects/Xbar/Transforms/Cells.h"
#include "runtime/Philox.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

using namespace engram;
using namespace engram::xbar;

static constexpr int maxSlices = 4, fullCode = 255;

//===-- weights to digits -----------------------------------------------------------------===//

int64_t Slicing::wanted(int64_t source, int slice, int64_t target) const {
  int64_t weight = weights[target * sources + source];
  int64_t digit =
      (std::abs(weight) >> shift >> (slice * cellBits)) & ((int64_t(1) << cellBits) - 1);
  return (weight < 0 ? -digit : digit) * step;
}

Expected<Slicing> engram::xbar::slice(std::vector<int64_t> weights, int64_t targets,
                                      int64_t sources, const CellOptions &options) {
  Slicing result;
  result.targets = targets;
  result.sources = sources;
  result.rows = options.rows;
  result.columns = options.columns;
  uint64_t all = 0;
  for (int64_t weight : weights)
    all |= static_cast<uint64_t>(std::abs(weight));
  result.weights = std::move(weights);
  // Zeros that all weights end with cost no digit.
  while (all && !(all >> result.shift & 1))
    ++result.shift;
  int bits = 1;
  while (all >> result.shift >> bits)
    ++bits;
  result.cellBits =
      options.cellBits ? options.cellBits : std::max(2, (bits + maxSlices - 1) / maxSlices);
  result.slices = (bits + result.cellBits - 1) / result.cellBits;
  if (result.slices > maxSlices || result.cellBits > 8)
    return fail(fmt::format("weights of {} bits beside the sign need {} slices of {} bits, limit "
                            "is {} slices of at most 8",
                            bits, result.slices, result.cellBits, maxSlices));
  double ratio = options.onOffRatio < 0 ? usualOnOffRatio(options.device) : options.onOffRatio;
  result.least = ratio > 0 ? static_cast<int>(std::nearbyint(fullCode / ratio)) : 0;
  result.step = (fullCode - result.least) / ((1 << result.cellBits) - 1);
  if (result.step < 1)
    return fail(fmt::format("an on-off ratio of {} leaves no room for cells of {} bits", ratio,
                            result.cellBits));
  return result;
}

//===-- cells -----------------------------------------------------------------------------===//

std::vector<uint8_t> engram::xbar::programCells(const Slicing &slicing, const CellOptions &options,
                                                uint32_t stream) {
  std::vector<uint8_t> codes(
      static_cast<size_t>(slicing.sources * slicing.slices * 2 * slicing.targets));
  auto stuckBelow = static_cast<uint64_t>(std::floor(options.stuck * 4294967296.0));
  double lowest = double(slicing.least) / fullCode;
  for (int64_t j = 0; j < slicing.sources; ++j) {
    double line = 1;
    if (!options.lineScales.empty())
      line = options.lineScales[static_cast<size_t>(j % slicing.rows) * options.lineScales.size() /
                                static_cast<size_t>(slicing.rows)];
    for (int s = 0; s < slicing.slices; ++s)
      for (int sign = 0; sign < 2; ++sign)
        for (int64_t i = 0; i < slicing.targets; ++i) {
          size_t cell = slicing.cell(j, s, sign, i);
          int64_t wanted = slicing.wanted(j, s, i) * (sign ? -1 : 1);
          double x = double(slicing.least + std::max<int64_t>(wanted, 0)) / fullCode;
          if (options.device != Device::Ideal) {
            auto words = randomWords(options.seed, stream, cell, 0);
            x = conductanceOf(options.device, x, options.seconds, normalOf(words[0], words[1]),
                              normalOf(words[2], words[3]));
          }
          if (stuckBelow) {
            auto words = randomWords(options.seed, stream, cell, 1);
            if (words[0] < stuckBelow)
              x = words[1] >> 31 ? 1.0 : lowest;
          }
          codes[cell] =
              static_cast<uint8_t>(std::clamp(std::nearbyint(x * line * fullCode), 0.0, 255.0));
        }
  }
  return codes;
}

static int64_t difference(const Slicing &slicing, const std::vector<uint8_t> &codes, int64_t j,
                          int s, int64_t i) {
  return int64_t(codes[slicing.cell(j, s, 0, i)]) - codes[slicing.cell(j, s, 1, i)];
}

std::vector<double> engram::xbar::meanGains(const Slicing &slicing,
                                            const std::vector<uint8_t> &codes) {
  size_t entries = static_cast<size_t>(slicing.tiles() * slicing.slices);
  std::vector<double> products(entries), squares(entries), gains(entries, 1);
  for (int64_t j = 0; j < slicing.sources; ++j)
    for (int s = 0; s < slicing.slices; ++s)
      for (int64_t i = 0; i < slicing.targets; ++i) {
        auto entry = static_cast<size_t>(slicing.tileOf(j, i) * slicing.slices + s);
        auto wanted = static_cast<double>(slicing.wanted(j, s, i));
        products[entry] += wanted * static_cast<double>(difference(slicing, codes, j, s, i));
        squares[entry] += wanted * wanted;
      }
  for (size_t k = 0; k < entries; ++k)
    if (products[k] > 0)
      gains[k] = products[k] / squares[k];
  return gains;
}

std::vector<double> engram::xbar::weightsOf(const Slicing &slicing,
                                            const std::vector<uint8_t> &codes,
                                            const std::vector<double> &gains) {
  std::vector<double> weights(slicing.weights.size());
  for (int64_t j = 0; j < slicing.sources; ++j)
    for (int64_t i = 0; i < slicing.targets; ++i)
      for (int s = 0; s < slicing.slices; ++s)
        weights[i * slicing.sources + j] +=
            std::ldexp(static_cast<double>(difference(slicing, codes, j, s, i)),
                       s * slicing.cellBits) /
            (slicing.step * gains[slicing.tileOf(j, i) * slicing.slices + s]);
  return weights;
}

//===-- converters ------------------------------------------------------------------------===//

std::vector<CurrentRange> engram::xbar::greatestCurrents(const Slicing &slicing,
                                                         const std::vector<uint8_t> &codes,
                                                         bool isSigned) {
  std::vector<CurrentRange> ranges(static_cast<size_t>(slicing.tiles() * slicing.slices));
  for (int64_t first = 0; first < slicing.sources; first += slicing.rows)
    for (int64_t i = 0; i < slicing.targets; ++i)
      for (int s = 0; s < slicing.slices; ++s) {
        double up = 0, down = 0;
        for (int64_t j = first; j < std::min(first + slicing.rows, slicing.sources); ++j) {
          auto current = static_cast<double>(difference(slicing, codes, j, s, i));
          up += std::max(current, isSigned ? -current : 0.0);
          down += std::max(-current, isSigned ? current : 0.0);
        }
        CurrentRange &range = ranges[slicing.tileOf(first, i) * slicing.slices + s];
        range.low = std::min(range.low, -down);
        range.high = std::max(range.high, up);
      }
  return ranges;
}

namespace {

/// Converters with `width` units of current a code, code `zero` for none.
struct Grid {
  double width;
  int64_t zero;
};

Converters makeConverters(const Slicing &slicing, const std::vector<Grid> &grids,
                          const std::vector<double> &gains) {
  constexpr int64_t one = int64_t(1) << 24;
  Converters result;
  std::vector<double> scales;
  double largest = 0;
  for (size_t k = 0; k < grids.size(); ++k) {
    const Grid &grid = grids[k];
    int64_t gain =
        std::min(one - 1, static_cast<int64_t>(std::nearbyint(double(one) / grid.width)));
    result.gain.push_back(gain);
    result.zero.push_back(grid.zero);
    result.low.push_back(static_cast<int64_t>(std::nearbyint(-double(grid.zero) * grid.width)));
    int s = static_cast<int>(k % static_cast<size_t>(slicing.slices));
    scales.push_back(
        std::ldexp(256.0 * grid.width / (slicing.step * gains[k]), s * slicing.cellBits));
    largest = std::max(largest, scales.back());
  }
  while (std::nearbyint(std::ldexp(largest, -result.shift)) > 65535)
    ++result.shift;
  for (double scale : scales)
    result.scale.push_back(static_cast<int64_t>(std::nearbyint(std::ldexp(scale, -result.shift))));
  result.shift += slicing.shift;
  return result;
}

} // namespace

Converters engram::xbar::convertersFor(const Slicing &slicing, std::vector<CurrentRange> ranges,
                                       int bits, const std::vector<double> &gains) {
  double codes = std::ldexp(1.0, bits) - 1;
  auto slices = static_cast<size_t>(slicing.slices);
  std::vector<Grid> grids;
  for (size_t tile = 0; tile < ranges.size(); tile += slices) {
    double widest = 0;
    for (size_t s = 0; s < slices; ++s)
      widest = std::max(widest, ranges[tile + s].high - ranges[tile + s].low);
    for (size_t s = 0; s < slices; ++s) {
      CurrentRange range = ranges[tile + s];
      double width = range.high - range.low, wider = widest;
      while (width > 0 && wider / 2 >= width)
        wider /= 2;
      double unit = std::max(wider / codes, 1.0);
      double zero = width > 0 ? std::nearbyint(-range.low * (wider / width) / unit) : 0;
      grids.push_back({unit, std::clamp<int64_t>(static_cast<int64_t>(zero), 0, 32767)});
    }
  }
  return makeConverters(slicing, grids, gains);
}

Converters engram::xbar::convertersByStep(const Slicing &slicing,
                                          const std::vector<CurrentRange> &ranges, int bits,
                                          const std::vector<double> &gains) {
  int64_t codes = int64_t(1) << bits;
  std::vector<Grid> grids;
  for (const CurrentRange &range : ranges) {
    auto below = static_cast<int64_t>(std::ceil(-range.low / slicing.step)),
         above = static_cast<int64_t>(std::ceil(range.high / slicing.step));
    // Where not all have a code, the middle has.
    int64_t zero = below + above < codes ? below : std::min(codes / 2, int64_t(32767));
    grids.push_back({double(slicing.step), zero});
  }
  return makeConverters(slicing, grids, gains);
}

//===-- read noise ------------------------------------------------------------------------===//

std::vector<int64_t> engram::xbar::noiseTable(uint64_t seed) {
  std::vector<int64_t> table(64 * 128);
  for (size_t k = 0; k < table.size(); ++k) {
    auto words = randomWords(seed, 0, k, 2);
    table[k] = static_cast<int64_t>(
        std::clamp(std::nearbyint(32 * normalOf(words[0], words[1])), -128.0, 127.0));
  }
  return table;
}

// The table has 32 for a standard deviation, of which xbar_s3 takes sigma / 128.
template <typename SigmaT> static std::array<int64_t, 16> sigmas(SigmaT sigma) {
  std::array<int64_t, 16> result{};
  for (int k = 0; k < 16; ++k)
    result[k] = static_cast<int64_t>(
        std::clamp(std::nearbyint(4 * fullCode * sigma((16 * k + 7.5) / fullCode)), 0.0, 255.0));
  return result;
}

std::array<int64_t, 16> engram::xbar::noiseSigmas(Device device, double seconds) {
  return sigmas(
      [&](double x) { return readSigma(device, x, seconds) / greatestConductance(device); });
}

std::array<int64_t, 16> engram::xbar::noiseSigmas(double part) {
  return sigmas([&](double x) { return part * x; });
}
