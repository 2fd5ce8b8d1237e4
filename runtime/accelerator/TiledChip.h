// The verilated chip put together from its frame and one verilated tile a place of the mesh, which
// is compiled once: wired as rtl/engram_mesh.sv does it, cycle by cycle the same.
#pragma once

#include "Vengram_frame.h"
#include "Vengram_tile.h"
#include <array>
#include <cstdint>
#include <memory>
#include <vector>
#include <verilated_save.h>

namespace engram::a1 {

/// Has the pins of engram_chip, those that engram_frame has of them; `eval` as of a verilated
/// model, once with the clock low and once with it high a cycle.
///
/// What tiles give each other comes from registers (engram_router: valid, flit and ready), and so
/// does all but the host's ready of what they get from the frame. A tile that has been at rest for
/// some cycles, with nothing coming, keeps all its registers; its evaluation is left out until
/// something comes, the step changes or a phase begins.
class TiledChip : public Vengram_frame {
public:
  TiledChip(VerilatedContext *context, const char *name);

  void eval();
  void final();

  friend VerilatedSerialize &operator<<(VerilatedSerialize &to, TiledChip &chip);
  friend VerilatedDeserialize &operator>>(VerilatedDeserialize &from, TiledChip &chip);

private:
  struct Tile {
    std::unique_ptr<Vengram_tile> model;
    std::array<int, 4> neighbours{}; ///< by link E, N, W, S; -1: none
    int quiet = 0;                   ///< cycles without any event
    bool runs = true;                ///< in this cycle
  };
  std::vector<Tile> tiles;
  uint32_t lastStep = 0;
  bool lastReset = false;

  void settle();
  void rise();
  void reset();
  void takeFromMesh();
  void connect(Tile &tile);
  bool hasInput(const Tile &tile) const;
};

VerilatedSerialize &operator<<(VerilatedSerialize &to, TiledChip &chip);
VerilatedDeserialize &operator>>(VerilatedDeserialize &from, TiledChip &chip);

} // namespace engram::a1
