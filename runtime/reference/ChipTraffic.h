// What moves in a golden chip, and how many cycles the chip would take for it.
#pragma once

#include "runtime/accelerator/Cost.h"
#include "runtime/reference/GoldenChip.h"

namespace engram::a1 {

/// Counts while the chip runs that it observes; the cycles are those of the model of cost.
class ChipTraffic : public GoldenObserver {
public:
  ChipTraffic(const Image &image, const ChipParameters &chip);

  void delivers(uint32_t core, const Spike &spike) override;
  void crosses(uint32_t tile, int link) override { ++links[size_t(tile) * 4 + link]; }
  void updates() override;
  /// After each step.
  void endStep();

  int64_t steps = 0;
  double cycles = 0, mostCycles = 0; ///< of all steps, and of the longest
  std::vector<uint64_t> links;       ///< packets by 4 * tile + link (0 E, 1 N, 2 W, 3 S)
  std::vector<CoreWork> totals;      ///< a core each, over all steps

private:
  struct Core {
    struct Entry {
      uint32_t key, mask, firstAxon;
    };
    std::vector<Entry> entries;
    struct Axon {
      RowWork row;        ///< no cycles: there is none
      uint32_t tiles = 0; ///< of which it drives rows, a bit each
    };
    std::vector<Axon> axons;
    std::vector<CrossbarTile> tiles;
    std::vector<uint32_t> driven; ///< bits of payloads since the last conversion, of each tile
  };
  ChipParameters chip;
  std::vector<Core> cores;
  std::vector<CoreWork> work; ///< of this step; the updates are the same in each
  bool updating = false;
};

} // namespace engram::a1
