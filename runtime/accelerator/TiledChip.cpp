// The wires between tiles, and which tiles have to be evaluated.
#include "runtime/accelerator/TiledChip.h"
#include <algorithm>
#include <cstring>
#include <type_traits>

using namespace engram::a1;

namespace {

constexpr int columns = ENGRAM_RTL_COLUMNS, rows = ENGRAM_RTL_ROWS, numTiles = columns * rows;
constexpr unsigned flitBits = 75, pairBits = 2 * flitBits;
enum Link { East, North, West, South, None = -1 };

/// Longer than anything takes in a tile that says that it is idle.
constexpr int restAfter = 64;

uint64_t bitsAt(const uint32_t *words, unsigned low, unsigned count) {
  uint64_t value = 0;
  for (unsigned got = 0; got < count;) {
    unsigned bit = (low + got) % 32, more = std::min(32 - bit, count - got);
    uint64_t part = words[(low + got) / 32] >> bit & (more == 32 ? ~0u : (1u << more) - 1);
    value |= part << got;
    got += more;
  }
  return value;
}

void putBitsAt(uint32_t *words, unsigned low, unsigned count, uint64_t value) {
  for (unsigned put = 0; put < count;) {
    unsigned bit = (low + put) % 32, more = std::min(32 - bit, count - put);
    uint32_t mask = (more == 32 ? ~0u : (1u << more) - 1) << bit;
    uint32_t &word = words[(low + put) / 32];
    word = (word & ~mask) | (static_cast<uint32_t>(value >> put) << bit & mask);
    put += more;
  }
}

/// A flit of 75 bits from one place to another.
void copyFlit(const uint32_t *from, unsigned fromLow, uint32_t *to, unsigned toLow) {
  putBitsAt(to, toLow, 64, bitsAt(from, fromLow, 64));
  putBitsAt(to, toLow + 64, flitBits - 64, bitsAt(from, fromLow + 64, flitBits - 64));
}

template <typename Port>
std::enable_if_t<std::is_integral_v<Port>> store(Port &port, const uint32_t *words) {
  port = static_cast<Port>(words[0] | uint64_t(words[1]) << 32);
}
template <size_t Words> void store(VlWide<Words> &port, const uint32_t *words) {
  std::copy_n(words, Words, port.data());
}

} // namespace

TiledChip::TiledChip(VerilatedContext *context, const char *name)
    : Vengram_frame(context, name), tiles(numTiles) {
  for (int t = 0; t < numTiles; ++t) {
    int x = t % columns, y = t / columns;
    tiles[t].model = std::make_unique<Vengram_tile>(context, name);
    tiles[t].neighbours = {x + 1 < columns ? t + 1 : None, y + 1 < rows ? t + columns : None,
                           x > 0 ? t - 1 : None, y > 0 ? t - columns : None};
    tiles[t].model->x_i = static_cast<uint8_t>(x);
    tiles[t].model->y_i = static_cast<uint8_t>(y);
  }
}

void TiledChip::eval() {
  if (clk_i)
    rise();
  else
    settle();
}

void TiledChip::final() {
  Vengram_frame::final();
  for (Tile &tile : tiles)
    tile.model->final();
}

void TiledChip::takeFromMesh() {
  const Vengram_tile &first = *tiles[0].model;
  mesh_in_ready_i = first.in_ready_o >> 2 * West & 3;
  mesh_out_valid_i = first.out_valid_o >> 2 * West & 3;
  for (unsigned v = 0; v < 2; ++v)
    copyFlit(first.out_flit_o.data(), West * pairBits + v * flitBits, mesh_out_flit_i.data(),
             v * flitBits);
  Vengram_frame::eval();
}

// The reset is asynchronous: what tiles give is that of the reset in the cycle in which it comes.
void TiledChip::reset() {
  for (Tile &tile : tiles) {
    tile.model->clk_i = 0;
    tile.model->rst_ni = mesh_rst_no;
    tile.model->eval();
    tile.quiet = 0;
  }
  lastReset = mesh_rst_no;
  takeFromMesh();
}

// Valid, flits and ready of the four links.
void TiledChip::connect(Tile &tile) {
  Vengram_tile &model = *tile.model;
  unsigned valid = 0, ready = 0;
  for (unsigned link = East; link <= South; ++link) {
    unsigned back = link ^ 2; // of the neighbour
    const uint32_t *flits = nullptr;
    unsigned comes = 0, low = back * pairBits;
    if (int neighbour = tile.neighbours[link]; neighbour != None) {
      const Vengram_tile &other = *tiles[neighbour].model;
      comes = other.out_valid_o >> 2 * back & 3;
      ready |= (other.in_ready_o >> 2 * back & 3) << 2 * link;
      flits = other.out_flit_o.data();
    } else if (link == West && &tile == &tiles[0]) {
      comes = mesh_in_valid_o;
      ready |= mesh_out_ready_o << 2 * link;
      flits = mesh_in_flit_o.data();
      low = 0;
    }
    valid |= comes << 2 * link;
    for (unsigned v = 0; v < 2; ++v)
      if (comes >> v & 1)
        copyFlit(flits, low + v * flitBits, model.in_flit_i.data(), link * pairBits + v * flitBits);
  }
  model.in_valid_i = static_cast<uint8_t>(valid);
  model.out_ready_i = static_cast<uint8_t>(ready);
}

bool TiledChip::hasInput(const Tile &tile) const {
  unsigned valid = &tile == &tiles[0] ? mesh_in_valid_o : 0;
  for (unsigned link = East; link <= South; ++link)
    if (int neighbour = tile.neighbours[link]; neighbour != None)
      valid |= tiles[neighbour].model->out_valid_o >> 2 * (link ^ 2) & 3;
  return valid != 0;
}

void TiledChip::settle() {
  takeFromMesh();
  if (mesh_rst_no != lastReset)
    reset();
  bool everywhere = !mesh_rst_no || update_start_o || step_o != lastStep;
  lastStep = step_o;
  for (Tile &tile : tiles) {
    if (everywhere || hasInput(tile))
      tile.quiet = 0;
    tile.runs = tile.quiet < restAfter;
    if (tile.runs)
      connect(tile);
  }
  uint32_t idle[numTiles / 32 + 2] = {}, produced[numTiles / 8 + 2] = {},
                                consumed[numTiles / 8 + 2] = {};
  for (unsigned t = 0; t < numTiles; ++t) {
    Tile &tile = tiles[t];
    Vengram_tile &model = *tile.model;
    if (tile.runs) {
      model.clk_i = 0;
      model.update_start_i = update_start_o;
      model.step_i = step_o;
      model.eval();
      bool rests = model.idle_o && !model.out_valid_o && !model.produced_o && !model.consumed_o;
      tile.quiet = rests ? tile.quiet + 1 : 0;
    }
    idle[t / 32] |= uint32_t(model.idle_o) << t % 32;
    produced[t / 8] |= uint32_t(model.produced_o) << 4 * (t % 8);
    consumed[t / 8] |= uint32_t(model.consumed_o) << 4 * (t % 8);
  }
  store(idle_i, idle);
  store(produced_i, produced);
  store(consumed_i, consumed);
  Vengram_frame::eval();
}

void TiledChip::rise() {
  Vengram_frame::eval();
  for (Tile &tile : tiles)
    if (tile.runs) {
      tile.model->clk_i = 1;
      tile.model->eval();
    }
}

VerilatedSerialize &engram::a1::operator<<(VerilatedSerialize &to, TiledChip &chip) {
  to << static_cast<Vengram_frame &>(chip);
  for (TiledChip::Tile &tile : chip.tiles)
    to << *tile.model;
  return to;
}

VerilatedDeserialize &engram::a1::operator>>(VerilatedDeserialize &from, TiledChip &chip) {
  from >> static_cast<Vengram_frame &>(chip);
  for (TiledChip::Tile &tile : chip.tiles) {
    from >> *tile.model;
    tile.quiet = 0;
    tile.runs = true;
  }
  chip.lastReset = chip.mesh_rst_no;
  return from;
}
