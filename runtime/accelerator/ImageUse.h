// What an image makes of each core: how full its memories are, which programs and rows are there.
#pragma once

#include "runtime/accelerator/Chip.h"
#include "runtime/accelerator/Crossbar.h"
#include "runtime/accelerator/Image.h"
#include <array>
#include <vector>

namespace engram::a1 {

/// Segments of rows in one format.
struct FormatUse {
  int64_t segments = 0, words = 0, synapses = 0; ///< words of data, headers left out
};

/// Neurons that run a program.
struct SegmentUse {
  uint32_t first = 0, neurons = 0;
  uint32_t firstInstruction = 0;
  uint32_t key = 0, stream = 0, firstIndex = 0, firstStep = 0;
};

/// Instructions up to the one that ends them.
struct ProgramUse {
  uint32_t first = 0;
  std::vector<uint64_t> words;
  int cycles = 0; ///< of a neuron
};

/// A crossbar tile that converts.
struct TileUse {
  uint32_t number = 0; ///< in the core
  CrossbarTile config;
  int rows = 0;               ///< that an axon drives
  std::vector<int> slices;    ///< whose codes count
  int64_t cells = 0, set = 0; ///< of these rows, columns and slices: all, and those above 0
};

struct CoreUse {
  uint32_t core = 0;
  bool enabled = false;
  int neurons = 0, constants = 0, axons = 0, keyEntries = 0, routeEntries = 0;
  int instructions = 0;
  /// Rows that are stored; axons beyond them share one.
  int64_t rows = 0, synapseWords = 0;
  std::array<FormatUse, 3> formats; ///< by SegmentHeader::Format
  std::vector<SegmentUse> segments;
  std::vector<ProgramUse> programs;
  std::vector<uint32_t> constantWords;
  std::vector<TileUse> tiles;
};

/// Of each core that has a section, by number. The image is one for this chip.
std::vector<CoreUse> usesOf(const Image &image, const ChipParameters &chip);

} // namespace engram::a1
