// The crossbar of a core in lock-step with its arithmetic in C++: random tiles, rows, spikes and
// noise, and a ring that does not always take.
#include "Vengram_xbar.h"
#include "runtime/accelerator/Chip.h"
#include "runtime/accelerator/Crossbar.h"
#include "tests/rtl/Numbers.h"
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <tuple>

using namespace engram::a1;
using namespace engram::a1::test;

namespace {

constexpr int numTiles = 4;
/// Slot, neuron, port.
using RingPlace = std::tuple<uint32_t, uint32_t, uint32_t>;
using Ring = std::map<RingPlace, uint32_t>;

struct XbarSpike {
  uint32_t tiles, row;
  int32_t payload;
};

class Xbar {
public:
  explicit Xbar(uint64_t seed) : numbers(seed), model(std::make_unique<Vengram_xbar>()) {
    model->rst_ni = 0;
    tick();
    model->rst_ni = 1;
    model->add_ready_i = 1;
    tick();
  }

  Ring ring;
  uint32_t drives = 0, codes = 0, refused = 0;
  uint64_t cycles = 0;
  uint32_t stallOneIn = 0; ///< the ring does not take

  void setStep(uint32_t step, uint64_t seed) {
    model->step_i = step;
    model->seed_i = seed;
  }
  uint32_t access(Memory memory, uint32_t address, bool write, uint32_t data = 0) {
    model->ctrl_valid_i = 1;
    model->ctrl_write_i = write;
    model->ctrl_memory_i = static_cast<uint8_t>(memory);
    model->ctrl_address_i = address;
    model->ctrl_wdata_i = data;
    for (settle(); !model->ctrl_ack_o; settle())
      tick();
    uint32_t result = model->ctrl_rdata_o;
    tick();
    model->ctrl_valid_i = 0;
    return result;
  }
  void send(const XbarSpike &spike) {
    offer(spike);
    for (settle(); !model->spike_ready_o; settle())
      tick();
    tick();
    model->spike_valid_i = 0;
  }
  void finish() {
    for (settle(); !model->idle_o; settle())
      tick();
  }
  /// Starts an update; a spike may wait at the door meanwhile.
  void update(const XbarSpike *waiting) {
    bool pending = model->pending_o;
    if (waiting)
      offer(*waiting);
    model->update_i = 1;
    settle();
    EXPECT_FALSE(model->spike_ready_o);
    tick();
    model->update_i = 0;
    settle();
    EXPECT_EQ(model->converting_o, pending);
    for (; model->converting_o; settle()) {
      EXPECT_FALSE(model->spike_ready_o);
      tick();
    }
    model->spike_valid_i = 0;
  }
  void tick() {
    model->add_ready_i = !stallOneIn || !numbers.oneIn(stallOneIn);
    settle();
    drives += model->drive_o;
    codes += model->codes_o;
    refused += model->refused_o;
    for (uint32_t b = 0; b < 8; ++b)
      if (model->add_ready_i && model->add_valid_o >> b & 1) {
        uint32_t neuron = static_cast<uint32_t>(model->add_row_o >> 5 * b & 31) * 8 + b;
        uint64_t pair = model->add_value_o[24 * b / 32];
        if (24 * b / 32 < 5)
          pair |= uint64_t(model->add_value_o[24 * b / 32 + 1]) << 32;
        uint32_t &sum = ring[{model->add_slot_o, neuron, model->add_port_o}];
        sum = (sum + static_cast<uint32_t>(pair >> 24 * b % 32)) & 0xffffff;
      }
    model->clk_i = 1;
    model->eval();
    ++cycles;
  }

private:
  Numbers numbers;
  std::unique_ptr<Vengram_xbar> model;

  void settle() {
    model->clk_i = 0;
    model->eval();
  }
  void offer(const XbarSpike &spike) {
    model->spike_valid_i = 1;
    model->spike_tiles_i = spike.tiles;
    model->spike_row_i = spike.row;
    model->spike_payload_i = static_cast<uint32_t>(spike.payload) & 0xffffff;
  }
};

/// Hardware and arithmetic side by side.
class Pair {
public:
  explicit Pair(uint64_t seed) : numbers(seed), rtl(seed + 100) {
    for (std::vector<uint32_t> &memory : cells)
      memory.resize(CrossbarSizes::rows * CrossbarSizes::cellParts);
  }

  Numbers numbers;
  Xbar rtl;
  std::array<CrossbarTile, numTiles> tiles;
  std::array<CrossbarSums, numTiles> sums;
  std::array<std::vector<uint32_t>, numTiles> cells;
  std::vector<uint32_t> noise = std::vector<uint32_t>(2048);
  Ring ring;
  uint32_t drives = 0, codes = 0, refused = 0, step = 0;
  uint64_t seed = 0;

  void configure(uint32_t t) {
    auto parts = tiles[t].encode();
    for (uint32_t k = 0; k < parts.size(); ++k)
      rtl.access(Memory::Tile, 32 * t + k, true, parts[k]);
  }
  void configureRandomly(uint32_t t) {
    CrossbarTile &tile = tiles[t];
    tile.enabled = !numbers.oneIn(6);
    tile.noisy = numbers.oneIn(2);
    tile.converterBits = static_cast<int>(1 + numbers.below(16));
    tile.columns = numbers.oneIn(2) ? 128 : 1 + numbers.below(128);
    tile.first = numbers.below(256);
    tile.port = numbers.below(4);
    tile.shift = numbers.oneIn(2) ? 0 : numbers.below(32);
    tile.stream = static_cast<uint32_t>(numbers.bits());
    tile.delay = numbers.below(16);
    tile.number = numbers.below(256);
    tile.firstStep = numbers.below(10);
    for (size_t s = 0; s < 4; ++s) {
      tile.low[s] = static_cast<int32_t>(numbers.below(1 << 20)) - (1 << 19);
      if (!numbers.oneIn(3))
        tile.low[s] >>= numbers.below(20);
      tile.gain[s] = numbers.oneIn(3) ? 1u << 23 >> numbers.below(3) : numbers.below(1 << 24);
      tile.zero[s] = static_cast<int32_t>(numbers.below(1 << 16)) - (1 << 15);
      tile.scale[s] = numbers.oneIn(3) ? 0 : numbers.below(1 << 16);
    }
    for (uint8_t &sigma : tile.sigma)
      sigma = static_cast<uint8_t>(numbers.bits());
    configure(t);
  }
  void writeRow(uint32_t t, uint32_t row) {
    for (uint32_t k = 0; k < CrossbarSizes::cellParts; ++k) {
      uint32_t at = row * CrossbarSizes::cellParts + k;
      cells[t][at] = numbers.oneIn(8) ? 0xff00ffff : static_cast<uint32_t>(numbers.bits());
      rtl.access(Memory::Cell, t << 15 | at, true, cells[t][at]);
    }
  }
  void writeNoise() {
    for (uint32_t k = 0; k < noise.size(); ++k) {
      noise[k] = static_cast<uint32_t>(numbers.bits());
      rtl.access(Memory::Noise, k, true, noise[k]);
    }
  }
  XbarSpike randomSpike(uint32_t rows) {
    int32_t payload = 1;
    if (numbers.oneIn(2))
      payload = static_cast<int32_t>(numbers.below(511)) - 255;
    if (numbers.oneIn(12))
      payload = static_cast<int32_t>(numbers.below(1 << 24)) - (1 << 23);
    return {numbers.oneIn(3) ? numbers.below(16) : 1u << numbers.below(4), 31 * numbers.below(rows),
            payload};
  }
  void setStep(uint32_t now, uint64_t newSeed) {
    step = now;
    seed = newSeed;
    rtl.setStep(step, seed);
  }
  void send(const XbarSpike &spike) {
    rtl.send(spike);
    for (uint32_t t = 0; t < numTiles; ++t)
      if ((spike.tiles >> t & 1 && !tiles[t].enabled) || !CrossbarSums::takes(spike.payload)) {
        ++refused;
        return;
      }
    for (uint32_t t = 0; t < numTiles; ++t)
      if (spike.tiles >> t & 1) {
        ReadNoise selected{noise.data(), noiseSelector(tiles[t], seed, spike.row, step)};
        drives += static_cast<uint32_t>(
            sums[t].drive(tiles[t], &cells[t][spike.row * CrossbarSizes::cellParts], spike.payload,
                          tiles[t].noisy ? &selected : nullptr));
      }
  }
  void update(const XbarSpike *waiting = nullptr) {
    rtl.finish();
    rtl.update(waiting);
    for (size_t t = 0; t < numTiles; ++t) {
      if (!sums[t].driven())
        continue;
      std::vector<int64_t> values = sums[t].convert(tiles[t], codes);
      for (size_t column = 0; column < values.size(); ++column) {
        uint32_t &sum =
            ring[{(step + tiles[t].delay) % 16, (tiles[t].first + column) % 256, tiles[t].port}];
        sum = (sum + static_cast<uint32_t>(values[column])) & 0xffffff;
      }
    }
  }
  void expectSame() {
    auto withoutZeros = [](Ring ring) {
      for (auto it = ring.begin(); it != ring.end();)
        it = it->second ? std::next(it) : ring.erase(it);
      return ring;
    };
    EXPECT_TRUE(withoutZeros(rtl.ring) == withoutZeros(ring)) << "in step " << step;
    EXPECT_EQ(rtl.drives, drives);
    EXPECT_EQ(rtl.codes, codes);
    EXPECT_EQ(rtl.refused, refused);
  }
};

TEST(Xbar, EqualsTheArithmeticOnRandomSpikesUnderBackPressure) {
  for (uint64_t seed = 1; seed <= 4 && !testing::Test::HasFailure(); ++seed) {
    Pair pair(seed);
    pair.rtl.stallOneIn = seed % 2 ? 3 : 0;
    pair.writeNoise();
    for (uint32_t t = 0; t < numTiles; ++t) {
      pair.configureRandomly(t);
      for (uint32_t row : {0u, 31u, 62u, 93u, 124u})
        pair.writeRow(t, row);
    }
    for (uint32_t step = 0; step < 40 && !testing::Test::HasFailure(); ++step) {
      pair.setStep(step, pair.numbers.bits());
      for (uint32_t k = pair.numbers.below(pair.numbers.oneIn(2) ? 4 : 12); k > 0; --k) {
        pair.send(pair.randomSpike(5));
        for (uint32_t pause = pair.numbers.below(4); pause > 0; --pause)
          pair.rtl.tick();
      }
      XbarSpike waiting = pair.randomSpike(5);
      bool waits = pair.numbers.oneIn(2);
      pair.update(waits ? &waiting : nullptr);
      if (waits)
        pair.send(waiting);
      pair.rtl.finish();
      pair.expectSame();
      if (step % 8 == 7)
        pair.configureRandomly(pair.numbers.below(4));
    }
    EXPECT_GT(pair.codes, 20000u);
    EXPECT_GT(pair.drives, 200u);
    EXPECT_GT(pair.refused, 5u);
  }
}

TEST(Xbar, MemoriesAreReadAsTheyWereWritten) {
  Pair pair(9);
  std::map<std::pair<Memory, uint32_t>, uint32_t> written;
  for (int k = 0; k < 3000; ++k) {
    Memory memory = k % 3 == 0 ? Memory::Cell : k % 3 == 1 ? Memory::Tile : Memory::Noise;
    uint32_t address = pair.numbers.below(memoryParts(memory, {}));
    auto data = static_cast<uint32_t>(pair.numbers.bits());
    written[{memory, address}] = data;
    pair.rtl.access(memory, address, true, data);
  }
  for (auto [place, data] : written)
    ASSERT_EQ(pair.rtl.access(place.first, place.second, false), data)
        << memoryName(place.first) << " " << place.second;
}

// The figures of the data sheet.
TEST(Xbar, TakesTheCyclesThatTheDataSheetSays) {
  Pair pair(3);
  pair.tiles[2].enabled = true;
  pair.tiles[2].columns = 100;
  pair.tiles[2].scale = {1, 0, 1, 0};
  pair.configure(2);
  uint64_t before = pair.rtl.cycles;
  for (int k = 0; k < 50; ++k)
    pair.send({4, 31, 1});
  pair.rtl.finish();
  EXPECT_EQ(pair.rtl.cycles - before, 51u); // a spike a cycle, and one to begin
  before = pair.rtl.cycles;
  for (int k = 0; k < 10; ++k)
    pair.send({4, 31, 0x55});
  pair.rtl.finish();
  EXPECT_EQ(pair.rtl.cycles - before, 41u);
  before = pair.rtl.cycles;
  pair.update();
  // 4 bits, 2 slices, 13 groups
  EXPECT_EQ(pair.rtl.cycles - before, 1u + 20 + 4 * 2 * 13 + 6);
  before = pair.rtl.cycles;
  pair.update();
  EXPECT_EQ(pair.rtl.cycles - before, 1u);
  pair.tiles[2].noisy = true;
  pair.configure(2);
  before = pair.rtl.cycles;
  pair.send({4, 31, 1});
  pair.rtl.finish();
  EXPECT_EQ(pair.rtl.cycles - before, 1u + 15 + 1);
}

} // namespace
