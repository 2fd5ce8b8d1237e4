// The golden model behind the interface of devices.
#include "runtime/accelerator/Device.h"
#include <fmt/format.h>

using namespace engram;
using namespace engram::a1;

namespace {

class GoldenDevice : public Device {
public:
  explicit GoldenDevice(const ChipParameters &parameters) : chip(parameters) {}

  const ChipParameters &parameters() const override { return chip.parameters(); }
  Expected<void> load(const std::vector<uint32_t> &words) override { return chip.load(words); }

  Expected<void> step(const std::vector<Spike> &injected) override {
    chip.step(injected);
    for (int k = 0; k < chip.parameters().cores(); ++k) {
      const GoldenCore &core = chip.core(static_cast<uint32_t>(k));
      uint32_t cause =
          core.read(Memory::Register, static_cast<uint32_t>(Register::FirstErrorCause));
      if (cause)
        return fail(fmt::format(
            "core ({}, {}) reports in step {}: {}, at {:#x}", k % chip.parameters().columns,
            k / chip.parameters().columns, chip.stepsDone() - 1,
            causeText(static_cast<Cause>(cause)),
            core.read(Memory::Register, static_cast<uint32_t>(Register::FirstErrorAddress))));
    }
    return {};
  }

  void read(uint32_t core, Memory memory, uint32_t address, uint32_t *out, size_t count) override {
    for (size_t k = 0; k < count; ++k)
      out[k] = chip.core(core).read(memory, address + static_cast<uint32_t>(k));
  }

  void write(uint32_t core, Memory memory, uint32_t address, uint32_t value) override {
    chip.core(core).write(memory, address, value);
  }

private:
  GoldenChip chip;
};

} // namespace

std::unique_ptr<Device> engram::a1::makeGoldenDevice(const ChipParameters &parameters) {
  return std::make_unique<GoldenDevice>(parameters);
}
