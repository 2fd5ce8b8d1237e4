// The model of cost against the counter of the verilated chip: loads of one form, loads by chance
// whose spikes the golden model counts, and crossbars.
#include "runtime/accelerator/RtlDevice.h"
#include "runtime/reference/ChipTraffic.h"
#include "tests/bench/accelerator/ChipLoads.h"
#include "tests/rtl/chip/RandomChip.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::bench;

namespace {

ChipParameters mesh(int side) { return test::mesh(side, side); }

std::unique_ptr<Device> rtl(const ChipParameters &chip) {
  Expected<std::unique_ptr<Device>> device = loadRtlDevice(chip, {});
  return device ? std::move(*device) : nullptr;
}

double counterOf(Device &device, const std::string &name) {
  for (const auto &[known, value] : device.counters())
    if (known == name)
      return static_cast<double>(value);
  return -1;
}

} // namespace

TEST(Cost, OfLoadsOfOneFormIsThatOfTheChip) {
  std::unique_ptr<Device> device = rtl(mesh(1));
  ASSERT_TRUE(device);
  for (int neurons : {1, 100, 256})
    for (int synapses : {5, 16, 100, 256})
      for (int form = 0; form < 4; ++form) {
        Load load;
        load.neurons = neurons;
        load.rowSynapses = synapses;
        load.dense = form & 1;
        load.recurrent = form & 2;
        load.instructions = 8 + neurons % 16;
        Image image = imageOf(load, mesh(1));
        ASSERT_TRUE(device->load(image.serialize()));
        for (int spikes : {0, 40}) {
          Expected<Measured> measured = measure(*device, spikes, load.axons, 2);
          ASSERT_TRUE(measured) << measured.error().message;
          EXPECT_NEAR(predicted(load, image, mesh(1), spikes), measured->cycles,
                      0.1 * measured->cycles)
              << neurons << " neurons, rows of " << synapses << ", dense " << load.dense
              << ", recurrent " << load.recurrent << ", " << spikes << " spikes";
        }
      }
}

TEST(Cost, OfLoadsByChanceIsWithinATenthOfTheChip) {
  for (int side : {1, 2}) {
    ChipParameters chip = mesh(side);
    std::unique_ptr<Device> device = rtl(chip);
    // Larger meshes are built when asked for only.
    if (!device && side > 1)
      continue;
    ASSERT_TRUE(device);
    for (uint64_t seed = 1; seed <= 10; ++seed) {
      test::Numbers numbers(seed);
      Load load;
      load.neurons = 1 + static_cast<int>(numbers.below(256));
      load.rowSynapses = 1 + static_cast<int>(numbers.below(256));
      load.dense = numbers.oneIn(2);
      load.recurrent = numbers.oneIn(2);
      load.products = static_cast<int>(numbers.below(6));
      std::vector<uint32_t> words = imageOf(load, chip).serialize();
      std::unique_ptr<Device> golden = makeGoldenDevice(chip);
      ASSERT_TRUE(golden->load(words) && device->load(words));
      double before = counterOf(*device, "cycles");
      for (int step = 0; step < 10; ++step) {
        std::vector<Spike> spikes(numbers.below(100));
        for (Spike &spike : spikes)
          spike.key = numbers.below(256);
        ASSERT_TRUE(golden->step(spikes));
        Expected<void> done = device->step(spikes);
        ASSERT_TRUE(done) << done.error().message;
      }
      const CoreWork &work = golden->traffic()->totals[0];
      EXPECT_EQ(counterOf(*golden, "sops"), work.host.sops + work.cores.sops);
      double cycles = counterOf(*device, "cycles") - before;
      EXPECT_NEAR(golden->traffic()->cycles, cycles, 0.1 * cycles)
          << "mesh of side " << side << ", seed " << seed;
    }
  }
}

//===-- crossbars
//----------------------------------------------------------------------------------===//

namespace {

struct CrossbarLoad {
  uint32_t tiles, columns;
  int slices;
  bool noisy;
};

/// Spikes with the keys 0 to 127 drive rows of all tiles; those with 128 to 255 have rows.
Image crossbarImage(const CrossbarLoad &load, const Load &rest) {
  Image image = imageOf(rest, mesh(1));
  std::vector<uint32_t> words;
  for (uint32_t t = 0; t < load.tiles; ++t) {
    CrossbarTile tile;
    tile.enabled = true;
    tile.noisy = load.noisy;
    tile.columns = load.columns;
    tile.delay = 1;
    for (int s = 0; s < load.slices; ++s)
      tile.scale[s] = tile.gain[s] = 256;
    auto parts = tile.encode();
    words.insert(words.end(), parts.begin(), parts.end());
  }
  addSection(image, Memory::Tile, words);
  for (Section &section : image.sections)
    if (section.type == static_cast<uint32_t>(Memory::Axon))
      for (uint32_t row = 0; row < 128; ++row)
        section.words[row] = 3u << 30 | ((1u << load.tiles) - 1) << 7 | row;
  return image;
}

/// Both models of the chip, with the same image and spikes.
class Both {
public:
  Both(Device &device, const Image &image) : device(device) {
    golden = makeGoldenDevice(device.parameters());
    std::vector<uint32_t> words = image.serialize();
    EXPECT_TRUE(golden->load(words) && device.load(words));
    before = counterOf(device, "cycles");
  }
  void step(const std::vector<Spike> &spikes) {
    Expected<void> first = golden->step(spikes), second = device.step(spikes);
    // A spike that nobody hears is an error of both, and the step ends even so.
    EXPECT_EQ(bool(first), bool(second)) << (second ? first : second).error().message;
  }
  double measured() const { return counterOf(device, "cycles") - before; }
  const ChipTraffic &traffic() const { return *golden->traffic(); }

private:
  Device &device;
  std::unique_ptr<Device> golden;
  double before = 0;
};

} // namespace

TEST(Cost, OfCrossbarsOfOneFormIsThatOfTheChip) {
  std::unique_ptr<Device> device = rtl(mesh(1));
  ASSERT_TRUE(device);
  for (CrossbarLoad load :
       {CrossbarLoad{1, 8, 1, false}, CrossbarLoad{1, 128, 4, true}, CrossbarLoad{2, 100, 3, false},
        CrossbarLoad{4, 128, 4, false}, CrossbarLoad{4, 17, 2, true}})
    for (int neurons : {1, 128})
      for (int payload : {1, -3, 255})
        for (uint32_t spikes : {1u, 10u, 128u})
          for (uint32_t rows : {0u, 60u}) {
            Load rest;
            rest.neurons = neurons;
            rest.instructions = 8;
            rest.rowSynapses = 100;
            Both both(*device, crossbarImage(load, rest));
            std::vector<Spike> injected;
            for (uint32_t k = 0; k < std::max(spikes, rows); ++k) {
              if (k < spikes)
                injected.push_back({k, payload});
              if (k < rows)
                injected.push_back({128 + k, payload});
            }
            for (int step = 0; step < 2; ++step)
              both.step(injected);
            EXPECT_NEAR(both.traffic().cycles, both.measured(), 0.03 * both.measured())
                << load.tiles << " tiles, " << load.columns << " columns, " << load.slices
                << " slices, noise " << load.noisy << ", payload " << payload << ", " << spikes
                << " spikes and " << rows << " rows, " << neurons << " neurons";
          }
}

TEST(Cost, OfImagesByChanceIsWithinATenthOfTheChip) {
  for (int side : {1, 2}) {
    std::unique_ptr<Device> device = rtl(mesh(side));
    // Larger meshes are built when asked for only.
    if (!device && side > 1)
      continue;
    ASSERT_TRUE(device);
    for (test::Crossbars crossbars :
         {test::Crossbars::None, test::Crossbars::Exact, test::Crossbars::Noisy})
      for (uint64_t seed = 1; seed <= 6; ++seed) {
        test::Numbers numbers(seed);
        Both both(*device, test::randomImage(mesh(side), numbers, {false, crossbars}));
        for (int step = 0; step < 20; ++step)
          both.step(test::randomSpikes(numbers));
        EXPECT_NEAR(both.traffic().cycles, both.measured(), 0.1 * both.measured())
            << "mesh of side " << side << ", crossbars " << static_cast<int>(crossbars) << ", seed "
            << seed;
      }
  }
}
