// The loop over samples and steps.
#include "runtime/Runner.h"

#include "runtime/NumberText.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>

namespace engram {

std::optional<int64_t> classOf(const std::vector<double> &counts) {
  if (counts.empty() ||
      std::any_of(counts.begin(), counts.end(), [](double count) { return std::isnan(count); }))
    return std::nullopt;
  return std::max_element(counts.begin(), counts.end()) - counts.begin();
}

namespace {

class Run {
public:
  Run(Machine &machine, const std::vector<std::unique_ptr<SampleInput>> &inputs,
      const RunOptions &options)
      : machine(machine), info(machine.info()), inputs(inputs), options(options) {}

  Expected<RunResult> run();

private:
  Machine &machine;
  const NetworkInfo &info;
  const std::vector<std::unique_ptr<SampleInput>> &inputs;
  const RunOptions &options;
  RunResult result;
  std::vector<double> buffer;
  int64_t keptBytes = 0;

  Expected<int64_t> countSamples() const;
  Expected<int64_t> stepsOf(int64_t sample) const;
  Expected<void> reserve(int64_t steps);
  Expected<void> runSample(int64_t sample, int64_t done, int64_t total);
  Expected<void> readStep(SampleResult &sample, int64_t step, bool first);
  Expected<void> countSpikes(int64_t step, bool keep);
};

Expected<int64_t> Run::countSamples() const {
  std::optional<size_t> first;
  for (size_t k = 0; k < inputs.size(); ++k) {
    if (!inputs[k])
      continue;
    if (!first)
      first = k;
    int64_t expected = inputs[*first]->sampleCount(), got = inputs[k]->sampleCount();
    if (got != expected)
      return fail(fmt::format("expected as many samples for source '{}' as for '{}', got {} and {}",
                              info.inputs[k].name, info.inputs[*first].name, got, expected));
  }
  return first ? inputs[*first]->sampleCount() : 1;
}

Expected<int64_t> Run::stepsOf(int64_t sample) const {
  std::optional<int64_t> steps = options.steps;
  if (!steps)
    for (const std::unique_ptr<SampleInput> &input : inputs)
      if (input && input->steps())
        steps = std::max(steps.value_or(0), *input->steps());
  if (steps && *steps > 0)
    return *steps;
  return fail(
      fmt::format("sample {}: no input says how many steps to run; '--steps' does", sample));
}

// Refused before the memory is used; in floating point, as the product may exceed 64 bits.
Expected<void> Run::reserve(int64_t steps) {
  for (const Recording &recording : result.recordings) {
    int64_t records = (steps - 1) / recording.probe.every + 1;
    double needed = static_cast<double>(records) * static_cast<double>(recording.recordBytes());
    if (static_cast<double>(keptBytes) + needed > static_cast<double>(options.maxBytes))
      return fail(fmt::format("recording probe '{}' for {} steps more needs {:.3g} MB, limit is "
                              "{:.3g} MB of which {:.3g} MB are used; record fewer neurons, fewer "
                              "samples or not every step",
                              recording.probe.name, steps, needed * 1e-6,
                              static_cast<double>(options.maxBytes) * 1e-6,
                              static_cast<double>(keptBytes) * 1e-6));
    keptBytes += static_cast<int64_t>(needed);
  }
  return {};
}

Expected<void> Run::countSpikes(int64_t step, bool keep) {
  size_t series = 0;
  for (size_t k = 0; k < info.populations.size(); ++k) {
    const PopulationInfo &population = info.populations[k];
    if (!population.spiking)
      continue;
    buffer.resize(population.size);
    machine.readSpikes(k, buffer.data());
    int64_t count = population.size - std::count(buffer.begin(), buffer.end(), 0.0);
    result.spikes[k] += count;
    if (keep && count > 0) {
      keptBytes += count * 2 * static_cast<int64_t>(sizeof(int64_t));
      if (keptBytes > options.maxBytes)
        return fail(
            fmt::format("the spikes of the raster need more than {:.3g} MB in step {}; draw "
                        "fewer steps",
                        static_cast<double>(options.maxBytes) * 1e-6, step));
      for (int64_t i = 0; i < population.size; ++i)
        if (buffer[i] != 0) {
          result.firstSpikes[series].steps.push_back(step);
          result.firstSpikes[series].neurons.push_back(i);
        }
    }
    ++series;
  }
  return {};
}

Expected<void> Run::readStep(SampleResult &sample, int64_t step, bool first) {
  for (size_t k = 0; k < options.recorded.size(); ++k) {
    Recording &recording = result.recordings[k];
    if (step % recording.probe.every != 0)
      continue;
    buffer.resize(recording.probe.size);
    machine.readProbe(options.recorded[k], buffer.data());
    recording.append(buffer.data());
    ++recording.records.back();
  }
  if (options.readout && step % info.probes[*options.readout].every == 0) {
    buffer.resize(sample.counts.size());
    machine.readProbe(*options.readout, buffer.data());
    for (size_t i = 0; i < buffer.size(); ++i)
      sample.counts[i] += buffer[i];
  }
  return countSpikes(step, first && options.keepSpikes);
}

Expected<void> Run::runSample(int64_t index, int64_t done, int64_t total) {
  SampleResult sample;
  sample.index = index;
  for (const std::unique_ptr<SampleInput> &input : inputs) {
    if (!input)
      continue;
    if (Expected<void> loaded = input->load(index); !loaded)
      return loaded;
    if (sample.name.empty())
      sample.name = input->sampleName(index);
  }
  Expected<int64_t> steps = stepsOf(index);
  if (!steps)
    return fail(steps.error().message);
  if (Expected<void> fits = reserve(*steps); !fits)
    return fits;
  sample.steps = *steps;
  if (options.readout)
    sample.counts.assign(info.probes[*options.readout].size, 0.0);
  for (Recording &recording : result.recordings)
    recording.records.push_back(0);
  machine.reset();
  std::vector<const double *> frames(info.inputs.size());
  // What comes late is read late; then no more input matters.
  int64_t latency = machine.latency(), end = *steps + latency;
  for (int64_t step = 0; step < end; ++step) {
    if (options.progress)
      options.progress(done, total, step, end);
    for (size_t k = 0; k < frames.size(); ++k)
      frames[k] = inputs[k] && step < *steps ? inputs[k]->frame(step) : nullptr;
    machine.step(frames);
    if (std::string fault = machine.fault(); !fault.empty())
      return fail(fmt::format("sample {}: {}", sample.index, fault));
    if (step < latency)
      continue;
    if (Expected<void> read = readStep(sample, step - latency, done == 0); !read)
      return read;
  }
  sample.predicted = classOf(sample.counts);
  result.steps += *steps;
  result.samples.push_back(std::move(sample));
  return {};
}

Expected<RunResult> Run::run() {
  Expected<int64_t> samples = countSamples();
  if (!samples)
    return fail(samples.error().message);
  int64_t end = options.endSample.value_or(*samples);
  if (options.firstSample < 0 || options.firstSample >= end || end > *samples)
    return fail(
        fmt::format("expected samples within 0:{}, got {}:{}", *samples, options.firstSample, end));
  result.spikes.assign(info.populations.size(), 0);
  for (size_t probe : options.recorded)
    result.recordings.push_back({info.probes[probe], {}, {}, {}});
  if (options.keepSpikes)
    for (const PopulationInfo &population : info.populations)
      if (population.spiking)
        result.firstSpikes.push_back({population.name, population.size, {}, {}});
  auto start = std::chrono::steady_clock::now();
  for (int64_t sample = options.firstSample; sample < end; ++sample)
    if (Expected<void> done =
            runSample(sample, sample - options.firstSample, end - options.firstSample);
        !done)
      return fail(done.error().message);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.counters = machine.counters();
  return std::move(result);
}

} // namespace

Expected<RunResult> runSamples(Machine &machine,
                               const std::vector<std::unique_ptr<SampleInput>> &inputs,
                               const RunOptions &options) {
  return Run(machine, inputs, options).run();
}

} // namespace engram
