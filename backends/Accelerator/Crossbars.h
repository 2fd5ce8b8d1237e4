// The crossbars of a core while an image is made: tiles, their cells and who drives their rows.
#pragma once

#include "dialects/Xbar/IR/Tiles.h"
#include "runtime/accelerator/Chip.h"
#include "runtime/accelerator/Image.h"

#include <map>
#include <optional>

namespace engram::a1 {

class CoreCrossbars {
public:
  /// Takes a tile that is placed; its number in the core.
  uint32_t add(xbar::Tile tile) {
    tiles.push_back(std::move(tile));
    return static_cast<uint32_t>(tiles.size() - 1);
  }
  /// Lets the spikes of a neuron of a sender drive a row of a tile. False if they drive another row
  /// of another tile here.
  bool drive(size_t sender, int64_t neuron, uint32_t tile, uint32_t row);
  /// All tiles of a core read the same table of noise. False if another one is there.
  bool setNoise(const std::vector<uint32_t> &table);

  int64_t size() const { return static_cast<int64_t>(tiles.size()); }
  /// Senders that drive rows here.
  std::vector<size_t> senders() const;
  /// The word of the axon table for a neuron of a sender; none if it drives nothing.
  std::optional<uint32_t> axonOf(size_t sender, int64_t neuron) const;

  /// Sections CELL, TILE and NOISE of a core.
  std::vector<Section> sections(uint32_t core) const;

private:
  std::vector<xbar::Tile> tiles;
  std::vector<uint32_t> noise;
  std::map<std::pair<size_t, int64_t>, uint32_t> axons;
};

} // namespace engram::a1
