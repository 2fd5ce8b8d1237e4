// Measures the verilated chip: synaptic operations a cycle, cycles of a step, cycles a second.
#include "runtime/accelerator/RtlDevice.h"
#include "tests/bench/accelerator/ChipLoads.h"
#include <ctime>
#include <fmt/format.h>

using namespace engram;
using namespace engram::a1;
using namespace engram::a1::bench;

namespace {

constexpr int steps = 20;

std::unique_ptr<Device> deviceOf(const ChipParameters &chip) {
  RtlOptions options;
  options.assertions = false;
  Expected<std::unique_ptr<Device>> device = loadRtlDevice(chip, options);
  if (device)
    return std::move(*device);
  fmt::print("not measured: {}\n", device.error().message);
  return nullptr;
}

/// Measured and predicted; exits if the chip reports an error, which it must not.
std::pair<Measured, double> run(Device &device, const Load &load, int spikes) {
  Image image = imageOf(load, device.parameters());
  Expected<void> loaded = device.load(image.serialize());
  Expected<Measured> measured =
      loaded ? measure(device, spikes, load.axons, steps) : tl::unexpected(loaded.error());
  if (!measured) {
    fmt::print(stderr, "the chip fails: {}\n", measured.error().message);
    std::exit(1);
  }
  return {*measured, predicted(load, image, device.parameters(), spikes)};
}

void benchRows(Device &device) {
  fmt::print("\n| rows | synapses a row | cycles a row | SOP a cycle |\n|---|---|---|---|\n");
  for (bool dense : {true, false})
    for (int synapses : {256, 64, 16}) {
      Load load;
      load.neurons = 0;
      load.rowSynapses = synapses;
      load.dense = dense;
      constexpr int few = 256, many = 1024;
      // What a step costs beside its rows is in both.
      Measured a = run(device, load, few).first, b = run(device, load, many).first;
      double cycles = b.cycles - a.cycles;
      fmt::print("| {} | {} | {:.1f} | {:.2f} |\n", dense ? "dense, 8 bits" : "sparse", synapses,
                 cycles / (many - few), (b.sops - a.sops) / cycles);
    }
}

void benchSteps(Device &device) {
  fmt::print("\n| neurons | cycles of the program | spikes of the host | of the neurons | synapses "
             "a row | cycles a step | predicted |\n|---|---|---|---|---|---|---|\n");
  for (int neurons : {1, 64, 256})
    for (int spikes : {0, 16, 64, 256})
      for (bool recurrent : {false, true}) {
        Load load;
        load.neurons = neurons;
        load.recurrent = recurrent;
        auto [measured, cycles] = run(device, load, spikes);
        fmt::print("| {} | {} | {} | {} | {} | {:.0f} | {:.0f} |\n", neurons,
                   load.instructions + 2 * load.products, spikes, recurrent ? neurons : 0,
                   load.rowSynapses, measured.cycles, cycles);
      }
}

/// The same on each core. All spikes of the host are for the first one.
Image onAllCores(const Image &one, const ChipParameters &chip) {
  Image all = one;
  all.sections.clear();
  for (int core = 0; core < chip.cores(); ++core)
    for (Section section : one.sections) {
      section.core = static_cast<uint32_t>(core);
      all.sections.push_back(std::move(section));
    }
  return all;
}

void benchSpeed(const ChipParameters &chip, bool everywhere) {
  std::unique_ptr<Device> device = deviceOf(chip);
  if (!device)
    return;
  Load load;
  load.recurrent = everywhere;
  Image image = imageOf(load, chip);
  if (Expected<void> loaded =
          device->load((everywhere ? onAllCores(image, chip) : image).serialize());
      !loaded) {
    fmt::print(stderr, "the chip fails: {}\n", loaded.error().message);
    std::exit(1);
  }
  auto cyclesNow = [&] {
    for (const auto &[name, value] : device->counters())
      if (name == "cycles")
        return static_cast<double>(value);
    return 0.0;
  };
  (void)measure(*device, 64, load.axons, steps);
  // Processor time, and the best of some rounds: the machine may be busy with other work.
  double rate = 0;
  for (int round = 0; round < 5; ++round) {
    double before = cyclesNow(), seconds = 0;
    std::clock_t start = std::clock();
    do {
      (void)measure(*device, 64, load.axons, steps);
      seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    } while (seconds < 0.5);
    rate = std::max(rate, (cyclesNow() - before) / seconds);
  }
  fmt::print("| {} x {} | {} | {:.3f} | {:.2f} |\n", chip.columns, chip.rows,
             everywhere ? chip.cores() : 1, rate / 1e6, rate * chip.cores() / 1e6);
}

} // namespace

int main() {
  ChipParameters one;
  one.columns = one.rows = 1;
  if (std::unique_ptr<Device> device = deviceOf(one)) {
    benchRows(*device);
    benchSteps(*device);
  }
  fmt::print("\n| mesh | cores at work | million cycles a second | million core-cycles a second "
             "|\n|---|---|---|---|\n");
  for (int side : {1, 2, 4, 8})
    for (bool everywhere : {false, true}) {
      ChipParameters chip;
      chip.columns = chip.rows = side;
      benchSpeed(chip, everywhere);
    }
}
