// Random images for the whole chip and spikes for them.
#pragma once

#include "runtime/accelerator/Image.h"
#include "runtime/reference/GoldenChip.h"
#include "tests/rtl/Numbers.h"

namespace engram::a1::test {

ChipParameters mesh(int columns, int rows);

constexpr uint32_t axonsPerSource = 32;

enum class Crossbars { None, Exact, Noisy };

struct RandomChipOptions {
  /// Neurons run any instructions; else they are leaky ones with noise.
  bool anyInstructions = false;
  /// Every other axon is a row of tiles.
  Crossbars crossbars = Crossbars::None;
};

/// Keys: 0x1000 the host's, 0x2000 + 0x100 * core + neuron those of neurons. Every core hears the
/// host and one other core, or itself.
Image randomImage(const ChipParameters &p, Numbers &numbers, const RandomChipOptions &options = {});

/// The host's.
std::vector<Spike> randomSpikes(Numbers &numbers);

} // namespace engram::a1::test
