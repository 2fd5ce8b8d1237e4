// The model of cost against the counter of the verilated chip: loads of one form, and loads by
// chance whose spikes the golden model counts.
#include "runtime/accelerator/RtlDevice.h"
#include "runtime/reference/ChipTraffic.h"
#include "tests/bench/accelerator/ChipLoads.h"
#include "tests/rtl/Numbers.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::bench;

namespace {

ChipParameters mesh(int side) {
  ChipParameters p;
  p.columns = p.rows = side;
  return p;
}

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
