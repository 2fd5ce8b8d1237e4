// Words of the memories CELL, TILE, NOISE and AXON for crossbars: docs/accelerator.md.
#include "backends/Accelerator/Crossbars.h"

#include <set>

using namespace engram;
using namespace engram::a1;

using Sizes = CrossbarSizes;

static constexpr uint32_t rowMask = Sizes::rows - 1, firstTileBit = 7;

bool CoreCrossbars::drive(size_t sender, int64_t neuron, uint32_t tile, uint32_t row) {
  auto [found, isNew] = axons.try_emplace({sender, neuron}, 1u << 31 | 1u << 30 | row);
  if ((found->second & rowMask) != row)
    return false;
  found->second |= 1u << (firstTileBit + tile);
  return true;
}

bool CoreCrossbars::setNoise(const std::vector<uint32_t> &table) {
  if (noise.empty())
    noise = table;
  return noise == table;
}

std::vector<size_t> CoreCrossbars::senders() const {
  std::set<size_t> result;
  for (const auto &[key, word] : axons)
    result.insert(key.first);
  return {result.begin(), result.end()};
}

std::optional<uint32_t> CoreCrossbars::axonOf(size_t sender, int64_t neuron) const {
  auto found = axons.find({sender, neuron});
  return found == axons.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Section> CoreCrossbars::sections(uint32_t core) const {
  std::vector<Section> result;
  auto add = [&](Memory memory, size_t base, std::vector<uint32_t> words) {
    // Memories are zero after the reset; what is behind the last number need not be sent.
    while (!words.empty() && words.back() == 0)
      words.pop_back();
    if (!words.empty())
      result.push_back(
          {static_cast<uint32_t>(memory), core, static_cast<uint32_t>(base), std::move(words)});
  };
  for (size_t k = 0; k < tiles.size(); ++k) {
    auto parts = tiles[k].config.encode();
    add(Memory::Tile, k * Sizes::tileParts, {parts.begin(), parts.end()});
    add(Memory::Cell, k * Sizes::rows * Sizes::cellParts, tiles[k].cells);
  }
  add(Memory::Noise, 0, noise);
  return result;
}
