// The whole chip in lock-step with the golden model: random images and spikes, every memory word
// that the golden model has and every counter of events after each step.
#include "runtime/accelerator/RtlDevice.h"
#include "tests/rtl/chip/LockStep.h"
#include "tests/rtl/chip/RandomChip.h"
#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::test;

namespace {

/// With assertions, if that model is built; pauses of the host at random unless they are 0.
Expected<std::unique_ptr<Device>> makeDevice(const ChipParameters &p, uint64_t pauses = 0) {
  RtlOptions options;
  options.pauses = pauses;
  options.assertions = true;
  Expected<std::unique_ptr<Device>> device = loadRtlDevice(p, options);
  options.assertions = false;
  return device || p.cores() == 1 ? std::move(device) : loadRtlDevice(p, options);
}

/// Larger meshes are built when asked for only.
bool isBuilt(const ChipParameters &p) { return makeDevice(p).has_value(); }

void runLockStep(const ChipParameters &p, uint64_t seed, int steps,
                 const RandomChipOptions &options = {}, uint64_t pauses = 0) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Numbers numbers(seed);
  std::vector<uint32_t> words = randomImage(p, numbers, options).serialize();
  Expected<std::unique_ptr<Device>> rtl = makeDevice(p, pauses);
  ASSERT_TRUE(rtl) << rtl.error().message;
  GoldenChip golden(p);
  ASSERT_TRUE(golden.load(words));
  Expected<void> loaded = (*rtl)->load(words);
  ASSERT_TRUE(loaded) << loaded.error().message;
  for (int step = 0; step < steps; ++step)
    ASSERT_EQ(stepBoth(**rtl, golden, randomSpikes(numbers)), "");
  // The rest of a large mesh takes minutes to read.
  if (p.cores() > 4)
    ASSERT_EQ(differenceIn(**rtl, golden, Memory::Ring, 0, 512), "");
  else
    ASSERT_EQ(differenceInMemories(**rtl, golden), "");
}

RandomChipOptions anyInstructions(bool any) {
  RandomChipOptions options;
  options.anyInstructions = any;
  return options;
}

} // namespace

TEST(Chip, OfOneCoreEqualsTheGoldenModelInEachStep) {
  for (uint64_t seed = 1; seed <= 2; ++seed)
    runLockStep(mesh(1, 1), seed, 20);
}

TEST(Chip, OfOneCoreEqualsTheGoldenModelWithCrossbars) {
  RandomChipOptions options;
  options.crossbars = Crossbars::Exact;
  runLockStep(mesh(1, 1), 21, 12, options);
  options.crossbars = Crossbars::Noisy;
  runLockStep(mesh(1, 1), 22, 12, options);
}

TEST(Chip, EqualsTheGoldenModelWhateverTheInstructions) {
  for (uint64_t seed = 20; seed < 23; ++seed)
    runLockStep(mesh(1, 1), seed, 6, anyInstructions(true));
}

TEST(Chip, EqualsTheGoldenModelWithAHostThatPauses) {
  for (uint64_t seed = 30; seed < 32; ++seed)
    runLockStep(mesh(1, 1), seed, 8, anyInstructions(seed % 2), seed);
}

TEST(Chip, OfFourCoresEqualsTheGoldenModelInEachStep) {
  if (!isBuilt(mesh(2, 2)))
    GTEST_SKIP() << "engram_rtl_2x2 is not built";
  for (uint64_t seed : {8, 9})
    runLockStep(mesh(2, 2), seed, 8, anyInstructions(seed % 2), seed % 3);
}

TEST(Chip, OfSixteenCoresEqualsTheGoldenModelInEachStep) {
  if (!isBuilt(mesh(4, 4)))
    GTEST_SKIP() << "engram_rtl_4x4 is not built";
  runLockStep(mesh(4, 4), 5, 3);
  runLockStep(mesh(4, 4), 6, 3, anyInstructions(true), 3);
}

// The fast model of a mesh is wired by hand and leaves out tiles at rest: cycle by cycle it has to
// be the RTL of the mesh, which Verilator has put together.
TEST(Chip, PutTogetherFromTilesTakesTheCyclesOfTheWhole) {
  bool compared = false;
  for (int side : {2, 4})
    for (uint64_t seed = 40; seed < 44; ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      ChipParameters p = mesh(side, side);
      RtlOptions options;
      options.pauses = seed % 2 ? seed : 0;
      Expected<std::unique_ptr<Device>> tiles = loadRtlDevice(p, options);
      options.assertions = true;
      Expected<std::unique_ptr<Device>> whole = loadRtlDevice(p, options);
      if (!tiles || !whole)
        continue;
      compared = true;
      Numbers numbers(seed);
      std::vector<uint32_t> words =
          randomImage(p, numbers, anyInstructions(seed / 2 % 2)).serialize();
      ASSERT_TRUE((*tiles)->load(words) && (*whole)->load(words));
      for (int step = 0; step < 6; ++step) {
        std::vector<Spike> spikes = randomSpikes(numbers);
        Expected<void> a = (*tiles)->step(spikes), b = (*whole)->step(spikes);
        EXPECT_EQ(a ? "" : a.error().message, b ? "" : b.error().message);
        // Cycles, stalls and all other counters.
        ASSERT_EQ((*tiles)->counters(), (*whole)->counters()) << "step " << step;
      }
    }
  if (!compared)
    GTEST_SKIP() << "neither engram_rtl_2x2_traced nor engram_rtl_4x4_traced is built";
}

// For './dev soak', with seeds that no run before has seen.
TEST(ChipSoak, EqualsTheGoldenModelForManyImages) {
  const char *minutes = std::getenv("ENGRAM_SOAK_MINUTES");
  if (!minutes)
    GTEST_SKIP() << "for './dev soak'";
  auto end = std::chrono::steady_clock::now() + std::chrono::minutes(std::atoi(minutes));
  auto seed = static_cast<uint64_t>(std::time(nullptr)) * 1000;
  for (; std::chrono::steady_clock::now() < end && !HasFailure(); ++seed) {
    ChipParameters p = mesh(1, 1);
    if (seed % 4 == 1 && isBuilt(mesh(2, 2)))
      p = mesh(2, 2);
    if (seed % 16 == 3 && isBuilt(mesh(4, 4)))
      p = mesh(4, 4);
    runLockStep(p, seed, seed % 8 ? 50 : 2000, anyInstructions(seed / 2 % 2),
                seed / 4 % 2 ? seed : 0);
  }
}

TEST(Chip, RefusesWhatTheGoldenModelRefuses) {
  ChipParameters p = mesh(1, 1);
  Numbers numbers(6);
  std::vector<uint32_t> right = randomImage(p, numbers).serialize();
  for (size_t at : {size_t(0), size_t(1), size_t(2), size_t(4), size_t(5), right.size() - 20,
                    right.size() - 1}) {
    Expected<std::unique_ptr<Device>> rtl = makeDevice(p);
    ASSERT_TRUE(rtl) << rtl.error().message;
    std::vector<uint32_t> wrong = right;
    wrong[at] ^= 0x100;
    Expected<void> loaded = (*rtl)->load(wrong);
    ASSERT_FALSE(loaded) << at;
    EXPECT_EQ(loaded.error().message, causeText(checkImage(wrong, p))) << at;
  }
}

TEST(Chip, StartsAgainWithItsImage) {
  ChipParameters p = mesh(1, 1);
  Numbers numbers(7);
  std::vector<uint32_t> words = randomImage(p, numbers).serialize();
  Expected<std::unique_ptr<Device>> rtl = makeDevice(p);
  ASSERT_TRUE(rtl) << rtl.error().message;
  for (int run = 0; run < 3; ++run) {
    GoldenChip golden(p);
    ASSERT_TRUE((*rtl)->load(words) && golden.load(words));
    for (int step = 0; step < 3; ++step)
      ASSERT_EQ(stepBoth(**rtl, golden, {{0x1003, 1}}), "");
  }
}

// Nothing of the image before is left in any memory.
TEST(Chip, LoadsAnotherImageAsIfItWereTheFirst) {
  ChipParameters p = mesh(1, 1);
  Numbers numbers(11);
  Expected<std::unique_ptr<Device>> rtl = makeDevice(p);
  ASSERT_TRUE(rtl) << rtl.error().message;
  for (int load = 0; load < 2; ++load) {
    std::vector<uint32_t> words = randomImage(p, numbers).serialize();
    GoldenChip golden(p);
    ASSERT_TRUE(golden.load(words));
    Expected<void> loaded = (*rtl)->load(words);
    ASSERT_TRUE(loaded) << loaded.error().message;
    ASSERT_EQ(differenceIn(**rtl, golden, Memory::Register), "");
    ASSERT_EQ(differenceInMemories(**rtl, golden), "");
    for (int step = 0; step < 4; ++step)
      ASSERT_EQ(stepBoth(**rtl, golden, {{0x1003, 1}, {0x1004, 2}}), "");
  }
}

TEST(Chip, HasNoModelOfOtherMeshes) {
  Expected<std::unique_ptr<Device>> rtl = makeDevice(mesh(3, 5));
  ASSERT_FALSE(rtl);
  EXPECT_EQ(rtl.error().message.substr(0, 50),
            "no model of the RTL is built for a mesh of 3x5: th");
}
