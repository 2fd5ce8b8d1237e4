// The golden model behind the interface of devices.
#include "runtime/accelerator/Device.h"
#include "runtime/reference/ChipTraffic.h"
#include <cmath>
#include <fmt/format.h>

using namespace engram;
using namespace engram::a1;

namespace {

class GoldenDevice : public Device {
public:
  explicit GoldenDevice(const ChipParameters &parameters) : chip(parameters) {}

  const ChipParameters &parameters() const override { return chip.parameters(); }
  Expected<void> load(const std::vector<uint32_t> &words) override {
    Sums before = sums();
    if (Expected<void> loaded = chip.load(words); !loaded)
      return loaded;
    counted = before;
    // Another run of the same network goes on where the last one ended.
    if (words != loadedWords) {
      moved = std::make_unique<ChipTraffic>(*parseImage(words, parameters()), parameters());
      chip.observe(moved.get());
      loadedWords = words;
    }
    return {};
  }

  Expected<void> step(const std::vector<Spike> &injected) override {
    chip.step(injected);
    if (moved)
      moved->endStep();
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

  std::vector<std::pair<std::string, uint64_t>> counters() override {
    Sums now = sums();
    std::vector<std::pair<std::string, uint64_t>> result{
        {"steps", moved ? moved->steps : 0},
        {"predicted_cycles", moved ? static_cast<uint64_t>(std::llround(moved->cycles)) : 0}};
    for (size_t k = 0; k < now.size(); ++k)
      result.emplace_back(counterNames[k], now[k]);
    return result;
  }
  const ChipTraffic *traffic() const override { return moved.get(); }

private:
  static constexpr const char *counterNames[] = {
      "sops", "spikes", "spikes_in", "rows", "unrouted", "saturations", "conversions", "drives"};
  using Sums = std::array<uint64_t, std::size(counterNames)>;

  GoldenChip chip;
  std::unique_ptr<ChipTraffic> moved;
  std::vector<uint32_t> loadedWords;
  Sums counted{}; ///< before the last load

  Sums sums() const {
    Sums sum = counted;
    for (int k = 0; k < chip.parameters().cores(); ++k) {
      const CoreCounters &c = chip.core(static_cast<uint32_t>(k)).counters;
      const uint32_t parts[] = {c.sops,     c.spikesOut,   c.spikesIn,    c.rows,
                                c.unrouted, c.saturations, c.conversions, c.drives};
      for (size_t i = 0; i < sum.size(); ++i)
        sum[i] += parts[i];
    }
    return sum;
  }
};

} // namespace

std::unique_ptr<Device> engram::a1::makeGoldenDevice(const ChipParameters &parameters) {
  return std::make_unique<GoldenDevice>(parameters);
}
