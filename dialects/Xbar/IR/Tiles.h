// The tiles of a projection as the chip holds them: configuration and cells.
#pragma once

#include "dialects/Xbar/IR/XbarDialect.h"
#include "runtime/accelerator/Crossbar.h"

#include <vector>

namespace engram::xbar {

struct Tile {
  a1::CrossbarTile config; ///< first, port, delay and firstStep are left to who places it
  int64_t rowBlock = 0, columnBlock = 0;
  int64_t rows = 0;            ///< in use
  std::vector<uint32_t> cells; ///< CrossbarSizes::cellParts parts a row
  const uint32_t *row(int64_t index) const {
    return cells.data() + index * a1::CrossbarSizes::cellParts;
  }
};

/// All tiles, in the order of their numbers. `stream` is that of the projection's name.
std::vector<Tile> tilesOf(CrossbarAttr crossbar, uint32_t stream);

/// The memory NOISE; empty without noise.
std::vector<uint32_t> noiseTableOf(CrossbarAttr crossbar);

/// What the columns of some tiles of a projection hold, and what they add in a step (xbar_s2 to
/// xbar_s5): all that a machine has to do for it.
class CrossbarArray {
public:
  /// `wanted[c]`: whether the column block is held here; empty for all.
  CrossbarArray(CrossbarAttr crossbar, uint64_t seed, uint32_t stream,
                const std::vector<bool> &wanted = {});

  /// A spike of a source with a payload; `step` counts from the first step of the source.
  void drive(int64_t source, int64_t payload, int64_t step);
  /// Converts what was driven since the last time: calls `add(target, sum)` for each target of the
  /// column blocks here that a driven tile reaches; 2^-fractionBits a unit of `sum`.
  void convert(llvm::function_ref<void(int64_t, int64_t)> add);
  /// Forgets what was driven.
  void reset();

private:
  int64_t tileRows, tileColumns;
  uint64_t seed;
  std::vector<uint32_t> noise;
  struct Held {
    Tile tile;
    a1::CrossbarSums sums;
  };
  std::vector<std::vector<Held>> byRowBlock;
};

} // namespace engram::xbar
