// A chip as its host drives it: the golden model, the RTL in a simulator, silicon.
#pragma once

#include "runtime/accelerator/Chip.h"
#include "runtime/reference/GoldenChip.h"
#include <functional>
#include <memory>

namespace engram::a1 {

class ChipTraffic;

class Device {
public:
  virtual ~Device() = default;
  virtual const ChipParameters &parameters() const = 0;
  /// Failure, with nothing changed, if the words are not an image for this chip.
  virtual Expected<void> load(const std::vector<uint32_t> &words) = 0;
  /// Injects spikes and runs one step. Failure if the chip reports an error: the message names
  /// cause, core and address.
  virtual Expected<void> step(const std::vector<Spike> &injected) = 0;
  /// Parts of a memory of a core, from an address on; between steps only.
  virtual void read(uint32_t core, Memory memory, uint32_t address, uint32_t *out,
                    size_t count) = 0;
  /// Writes a part of a memory of a core, between steps; what there is not stays as it is.
  virtual void write(uint32_t core, Memory memory, uint32_t address, uint32_t value) = 0;
  /// What the chip has counted since the device was made, by name; empty if it has no clock.
  virtual std::vector<std::pair<std::string, uint64_t>> counters() { return {}; }
  /// What moved since the device was made; null if nobody looked.
  virtual const ChipTraffic *traffic() const { return nullptr; }
  /// Spikes that reached the host in the last step, in any order; a device may drop them.
  virtual std::vector<Spike> takeSpikes() { return {}; }
};

/// The golden model as a device.
std::unique_ptr<Device> makeGoldenDevice(const ChipParameters &parameters);

} // namespace engram::a1
