// The RTL of the chip in a simulator, as a device. Each mesh is a library of its own that is loaded
// when it is asked for.
#pragma once

#include "runtime/accelerator/Device.h"
#include <limits>
#include <string>

namespace engram::a1 {

struct RtlOptions {
  /// A file of waves (.fst), empty for none, of the steps from `waveFirst` to before `waveEnd`,
  /// counted over all samples.
  std::string wave;
  int64_t waveFirst = 0, waveEnd = std::numeric_limits<int64_t>::max();
  /// A step in which an assertion of the RTL fails is an error. The model that checks them, and
  /// writes waves, takes twice the time.
  bool assertions = false;
  /// Seed of pauses of the host in both streams, at random; 0: it is always ready.
  uint64_t pauses = 0;
};

/// Failure if there is no model of a chip with these sizes.
Expected<std::unique_ptr<Device>> loadRtlDevice(const ChipParameters &parameters,
                                                const RtlOptions &options);

/// What such a library exports, by the name `engramMakeRtlDevice`; null if its sizes are others.
using MakeRtlDevice = Device *(const ChipParameters &, const RtlOptions &);

} // namespace engram::a1
