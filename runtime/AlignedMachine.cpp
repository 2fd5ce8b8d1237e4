// Holding back what a machine shows too early.
#include "runtime/AlignedMachine.h"

#include <algorithm>
#include <fmt/format.h>

namespace engram {

Expected<std::unique_ptr<Machine>> AlignedMachine::create(std::unique_ptr<Machine> machine,
                                                          const Alignment &alignment,
                                                          int64_t maxBytes) {
  auto result = std::make_unique<AlignedMachine>();
  const NetworkInfo &info = machine->info();
  auto lagOf = [&](const std::string &name) {
    auto lag = alignment.lags.find(name);
    return lag == alignment.lags.end() ? 0 : lag->second;
  };
  result->network = info;
  result->network.populations.clear();
  for (size_t k = 0; k < info.populations.size(); ++k)
    if (const PopulationInfo &population = info.populations[k];
        alignment.hidden.count(population.name) == 0) {
      result->network.populations.push_back(population);
      if (population.spiking)
        result->longestLag = std::max(result->longestLag, lagOf(population.name));
      result->populations.push_back({k, population.size, lagOf(population.name), {}, {}});
    }
  for (size_t k = 0; k < info.probes.size(); ++k) {
    int64_t lag = lagOf(info.probes[k].target);
    result->longestLag = std::max(result->longestLag, lag);
    result->probes.push_back({k, info.probes[k].size, lag, {}, {}});
  }
  double needed = 0;
  auto holdBack = [&](Series &series) {
    series.held = std::max<int64_t>(result->longestLag - series.held, 0);
    if (series.held > 0)
      needed += 8.0 * static_cast<double>(series.size) * static_cast<double>(series.held + 1);
  };
  for (size_t k = 0; k < result->populations.size(); ++k)
    if (result->network.populations[k].spiking)
      holdBack(result->populations[k]);
  for (Series &series : result->probes)
    holdBack(series);
  if (needed > static_cast<double>(maxBytes))
    return fail(
        fmt::format("aligning a network of which one part lags by {} steps needs {:.3g} MB, "
                    "limit is {:.3g} MB",
                    result->longestLag, needed * 1e-6, static_cast<double>(maxBytes) * 1e-6));
  for (size_t k = 0; k < result->populations.size(); ++k)
    if (Series &series = result->populations[k];
        series.held > 0 && result->network.populations[k].spiking)
      series.spikes.resize(series.held + 1);
  for (Series &series : result->probes)
    if (series.held > 0)
      series.values.assign(series.held + 1, std::vector<double>(series.size));
  result->machine = std::move(machine);
  return std::unique_ptr<Machine>(std::move(result));
}

void AlignedMachine::reset() {
  machine->reset();
  for (Series &series : populations)
    for (std::vector<int64_t> &spikes : series.spikes)
      spikes.clear();
  for (Series &series : probes)
    for (std::vector<double> &values : series.values)
      std::fill(values.begin(), values.end(), 0.0);
}

void AlignedMachine::step(const std::vector<const double *> &inputs) {
  int64_t now = machine->stepsDone();
  machine->step(inputs);
  for (Series &series : populations) {
    if (series.spikes.empty())
      continue;
    buffer.resize(series.size);
    machine->readSpikes(series.index, buffer.data());
    std::vector<int64_t> &spikes = series.spikes[now % (series.held + 1)];
    spikes.clear();
    for (int64_t i = 0; i < series.size; ++i)
      if (buffer[i] != 0)
        spikes.push_back(i);
  }
  for (Series &series : probes)
    if (!series.values.empty())
      machine->readProbe(series.index, series.values[now % (series.held + 1)].data());
}

// After n steps the slot of step n, which comes next, has the oldest: that of step n - 1 - held.
void AlignedMachine::readSpikes(size_t population, double *out) const {
  const Series &series = populations[population];
  if (series.spikes.empty())
    return machine->readSpikes(series.index, out);
  std::fill_n(out, series.size, 0.0);
  for (int64_t i : series.spikes[machine->stepsDone() % (series.held + 1)])
    out[i] = 1;
}

void AlignedMachine::readProbe(size_t probe, double *out) const {
  const Series &series = probes[probe];
  if (series.values.empty())
    return machine->readProbe(series.index, out);
  const std::vector<double> &values = series.values[machine->stepsDone() % (series.held + 1)];
  std::copy(values.begin(), values.end(), out);
}

} // namespace engram
