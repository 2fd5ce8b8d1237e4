// Writing what probes recorded.
#include "runtime/Recording.h"

#include "runtime/AtomicFile.h"
#include "runtime/Npy.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"
#include "runtime/SpikeTable.h"

#include <algorithm>
#include <fmt/format.h>

namespace engram {

void Recording::append(const double *numbers) {
  if (ofSpikes())
    for (int64_t i = 0; i < probe.size; ++i)
      spikes.push_back(numbers[i] != 0);
  else
    values.insert(values.end(), numbers, numbers + probe.size);
}

Expected<void> checkRecordingPath(const std::string &path, const ProbeInfo &probe) {
  std::string extension = extensionOf(path);
  if (extension == "npy" || extension == "csv")
    return {};
  if (extension != "h5")
    return fail(fmt::format("'{}': expected an output that ends in .npy, .csv or .h5", path));
  if (probe.variable != "spikes")
    return fail(fmt::format("'{}': a SONATA file holds spikes, probe '{}' records '{}'; write .npy "
                            "or .csv",
                            path, probe.name, probe.variable));
  return {};
}

static Expected<void> writeNpyRecording(const std::string &path, const Recording &recording) {
  std::vector<int64_t> shape{recording.records.empty() ? 0 : recording.records[0],
                             recording.probe.size};
  auto sample = std::find_if(recording.records.begin(), recording.records.end(),
                             [&](int64_t records) { return records != shape[0]; });
  if (sample != recording.records.end())
    return fail(fmt::format("'{}': an array needs samples of one length, one has {} records and "
                            "another {}; '--steps' gives all the same",
                            path, shape[0], *sample));
  if (recording.records.size() != 1)
    shape.insert(shape.begin(), static_cast<int64_t>(recording.records.size()));
  Expected<AtomicFile> file = AtomicFile::create(path);
  if (!file)
    return fail(file.error().message);
  bool spikes = recording.ofSpikes();
  if (Expected<void> done = file->write(npyHeader(shape, spikes ? DType::U8 : DType::F64)); !done)
    return done;
  const auto *bytes = spikes ? reinterpret_cast<const char *>(recording.spikes.data())
                             : reinterpret_cast<const char *>(recording.values.data());
  size_t size = spikes ? recording.spikes.size() : recording.values.size() * sizeof(double);
  if (Expected<void> done = file->write({bytes, size}); !done)
    return done;
  return file->commit();
}

static int64_t neuronOf(const ProbeInfo &probe, int64_t i) {
  return probe.neurons.empty() ? i : probe.neurons[i];
}

static Expected<void> writeSpikeRecording(const std::string &path, const Recording &recording,
                                          double dtSeconds) {
  const ProbeInfo &probe = recording.probe;
  SpikeSeries series;
  series.name = probe.target;
  series.size = 1;
  for (int64_t extent : probe.shape)
    series.size *= extent;
  for (size_t k = 0; k < recording.spikes.size(); ++k)
    if (recording.spikes[k]) {
      series.steps.push_back(static_cast<int64_t>(k) / probe.size * probe.every);
      series.neurons.push_back(neuronOf(probe, static_cast<int64_t>(k) % probe.size));
    }
  return writeSpikes(path, {series}, dtSeconds * 1000, 0);
}

static Expected<void> writeCsvRecording(const std::string &path, const Recording &recording,
                                        double dtSeconds) {
  const ProbeInfo &probe = recording.probe;
  Expected<AtomicFile> file = AtomicFile::create(path);
  if (!file)
    return fail(file.error().message);
  std::string line = "step,time_ms";
  for (int64_t i = 0; i < probe.size; ++i)
    line += fmt::format(",{}[{}]", probe.variable, neuronOf(probe, i));
  line += '\n';
  for (int64_t record = 0; record < recording.records[0]; ++record) {
    int64_t step = record * probe.every;
    line += fmt::format("{},{}", step, shortestNumber(stepTime(step, dtSeconds * 1000)));
    for (int64_t i = 0; i < probe.size; ++i) {
      line += ',';
      line += shortestNumber(recording.values[record * probe.size + i]);
    }
    line += '\n';
    if (Expected<void> done = file->write(line); !done)
      return done;
    line.clear();
  }
  if (Expected<void> done = file->write(line); !done)
    return done;
  return file->commit();
}

Expected<void> writeRecording(const std::string &path, const Recording &recording,
                              double dtSeconds) {
  if (Expected<void> valid = checkRecordingPath(path, recording.probe); !valid)
    return valid;
  if (extensionOf(path) == "npy")
    return writeNpyRecording(path, recording);
  if (recording.records.size() != 1)
    return fail(
        fmt::format("'{}': a .{} file holds one sample, the run had {}; write .npy, or pick "
                    "one sample with '--samples'",
                    path, extensionOf(path), recording.records.size()));
  return recording.ofSpikes() ? writeSpikeRecording(path, recording, dtSeconds)
                              : writeCsvRecording(path, recording, dtSeconds);
}

} // namespace engram
