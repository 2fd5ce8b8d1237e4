// Tiles out of the attribute. The numbers xbar_s… are those of docs/spec-xbar.md.
#include "dialects/Xbar/IR/Tiles.h"
#include "dialects/Neuro/IR/Numbers.h"

using namespace mlir;
using namespace engram;
using namespace engram::xbar;

using Sizes = a1::CrossbarSizes;

// xbar_s1
std::vector<Tile> engram::xbar::tilesOf(CrossbarAttr crossbar, uint32_t stream) {
  std::vector<int64_t> codes = neuro::readIntegers(crossbar.getCodes());
  std::vector<int64_t> low = neuro::readIntegers(crossbar.getLow()),
                       gain = neuro::readIntegers(crossbar.getGain()),
                       zero = neuro::readIntegers(crossbar.getZero()),
                       scale = neuro::readIntegers(crossbar.getScale()), sigma;
  if (crossbar.getSigma())
    sigma = neuro::readIntegers(crossbar.getSigma());
  int64_t sources = crossbar.numSources(), targets = crossbar.numTargets(),
          slices = crossbar.numSlices(), rows = crossbar.getRows(), columns = crossbar.getColumns();
  std::vector<Tile> tiles(crossbar.numTiles());
  for (auto [number, tile] : llvm::enumerate(tiles)) {
    tile.rowBlock = static_cast<int64_t>(number) % crossbar.rowBlocks();
    tile.columnBlock = static_cast<int64_t>(number) / crossbar.rowBlocks();
    int64_t firstRow = tile.rowBlock * rows, firstColumn = tile.columnBlock * columns;
    tile.rows = std::min(rows, sources - firstRow);
    int64_t used = std::min(columns, targets - firstColumn);
    a1::CrossbarTile &config = tile.config;
    config.enabled = true;
    config.noisy = static_cast<bool>(crossbar.getNoise());
    config.converterBits = static_cast<int>(crossbar.getBits());
    config.columns = static_cast<uint32_t>(used);
    config.shift = static_cast<uint32_t>(crossbar.getShift());
    config.stream = stream;
    config.number = static_cast<uint32_t>(number);
    for (int64_t s = 0; s < slices; ++s) {
      size_t entry = number * slices + s;
      config.low[s] = static_cast<int32_t>(low[entry]);
      config.gain[s] = static_cast<uint32_t>(gain[entry]);
      config.zero[s] = static_cast<int32_t>(zero[entry]);
      config.scale[s] = static_cast<uint32_t>(scale[entry]);
    }
    for (size_t k = 0; k < sigma.size(); ++k)
      config.sigma[k] = static_cast<uint8_t>(sigma[k]);
    tile.cells.resize(tile.rows * Sizes::cellParts);
    for (int64_t row = 0; row < tile.rows; ++row)
      for (int64_t s = 0; s < slices; ++s)
        for (int64_t sign = 0; sign < 2; ++sign)
          for (int64_t column = 0; column < used; ++column)
            a1::setCellCode(
                tile.cells.data() + row * Sizes::cellParts, static_cast<int>(s), sign == 1,
                static_cast<int>(column),
                static_cast<uint32_t>(codes[(((firstRow + row) * slices + s) * 2 + sign) * targets +
                                            firstColumn + column]));
  }
  return tiles;
}

std::vector<uint32_t> engram::xbar::noiseTableOf(CrossbarAttr crossbar) {
  std::vector<uint32_t> parts;
  if (!crossbar.getNoise())
    return parts;
  parts.resize(Sizes::noiseWords * Sizes::noiseParts);
  for (auto [k, number] : llvm::enumerate(neuro::readIntegers(crossbar.getNoise())))
    parts[k / 4] |= (static_cast<uint32_t>(number) & 0xff) << 8 * (k % 4);
  return parts;
}

CrossbarArray::CrossbarArray(CrossbarAttr crossbar, uint64_t seed, uint32_t stream,
                             const std::vector<bool> &wanted)
    : tileRows(crossbar.getRows()), tileColumns(crossbar.getColumns()), seed(seed),
      noise(noiseTableOf(crossbar)), byRowBlock(crossbar.rowBlocks()) {
  for (Tile &tile : tilesOf(crossbar, stream))
    if (wanted.empty() || wanted[tile.columnBlock])
      byRowBlock[tile.rowBlock].push_back({std::move(tile), {}});
}

// xbar_s2, xbar_s3
void CrossbarArray::drive(int64_t source, int64_t payload, int64_t step) {
  auto row = static_cast<uint32_t>(source % tileRows);
  for (Held &held : byRowBlock[source / tileRows]) {
    const a1::CrossbarTile &config = held.tile.config;
    a1::ReadNoise read{noise.data(), 0};
    if (config.noisy)
      read.selector = a1::noiseSelector(config, seed, row, static_cast<uint32_t>(step));
    held.sums.drive(config, held.tile.row(row), static_cast<int32_t>(payload),
                    config.noisy ? &read : nullptr);
  }
}

// xbar_s4, xbar_s5
void CrossbarArray::convert(function_ref<void(int64_t, int64_t)> add) {
  uint32_t codes = 0;
  for (std::vector<Held> &block : byRowBlock)
    for (Held &held : block) {
      if (!held.sums.driven())
        continue;
      int64_t target = held.tile.columnBlock * tileColumns;
      for (int64_t value : held.sums.convert(held.tile.config, codes))
        add(target++, value);
    }
}

void CrossbarArray::reset() {
  for (std::vector<Held> &block : byRowBlock)
    for (Held &held : block)
      held.sums = {};
}
