// Arrays, event files and spike files as samples of an external source.
#include "runtime/SampleInput.h"

#include "runtime/Csv.h"
#include "runtime/EventFile.h"
#include "runtime/Npy.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"
#include "runtime/SonataSpikes.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>

namespace engram {

namespace {

std::string countOf(int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(count), noun, count == 1 ? "" : "s");
}

//===-- arrays
//----------------------------------------------------------------------------------===//

class ArrayInput : public SampleInput {
public:
  ArrayInput(Tensor array, Layout layout, int64_t size)
      : array(std::move(array)), layout(layout), buffer(size) {}

  int64_t sampleCount() const override {
    return layout == Layout::Samples || layout == Layout::SamplesSteps ? array.shape[0] : 1;
  }
  Expected<void> load(int64_t sample) override {
    current = sample;
    loaded = -1;
    return {};
  }
  std::optional<int64_t> steps() const override {
    if (layout == Layout::Steps)
      return array.shape[0];
    if (layout == Layout::SamplesSteps)
      return array.shape[1];
    return std::nullopt;
  }
  const double *frame(int64_t step) override {
    if (steps() && step >= *steps())
      return nullptr;
    int64_t wanted = current * steps().value_or(1) + (steps() ? step : 0);
    if (wanted != loaded)
      for (size_t i = 0; i < buffer.size(); ++i)
        buffer[i] = array.at(wanted * static_cast<int64_t>(buffer.size()) + i);
    loaded = wanted;
    return buffer.data();
  }
  std::string description() const override {
    std::string samples = countOf(sampleCount(), "sample");
    return steps() ? fmt::format("{} of {}", samples, countOf(*steps(), "step"))
                   : samples + ", held";
  }

private:
  Tensor array;
  Layout layout;
  std::vector<double> buffer;
  int64_t current = 0, loaded = -1;
};

/// Number of axes in front of those of the source; empty if the array does not fit it.
std::optional<int64_t> leadingAxes(const std::vector<int64_t> &array, const SourceInfo &source) {
  auto endsWith = [&](const std::vector<int64_t> &tail) {
    return array.size() >= tail.size() && std::equal(tail.rbegin(), tail.rend(), array.rbegin());
  };
  for (const std::vector<int64_t> &tail :
       {source.shape, std::vector<int64_t>{source.size}, std::vector<int64_t>()}) {
    auto lead = static_cast<int64_t>(array.size() - tail.size());
    if ((!tail.empty() || source.size == 1) && endsWith(tail) && lead <= 2)
      return lead;
  }
  return std::nullopt;
}

Expected<void> checkFinite(const std::string &file, const Tensor &array) {
  if (!isFloat(array.dtype))
    return {};
  for (int64_t i = 0; i < array.size(); ++i)
    if (!std::isfinite(array.at(i)))
      return fail(fmt::format("'{}': expected numbers that are finite, got {} at element {}", file,
                              shortestNumber(array.at(i)), i));
  return {};
}

//===-- events
//----------------------------------------------------------------------------------===//

class EventInput : public SampleInput {
public:
  EventInput(std::vector<std::string> paths, FrameOptions options, int64_t size)
      : paths(std::move(paths)), options(options), buffer(size) {}

  int64_t sampleCount() const override { return static_cast<int64_t>(paths.size()); }
  std::string sampleName(int64_t sample) const override {
    return std::filesystem::path(paths[sample]).stem().string();
  }
  Expected<void> load(int64_t sample) override {
    Expected<std::vector<Event>> events = readEvents(paths[sample]);
    if (!events)
      return fail(events.error().message);
    Expected<Tensor> result = framesOfEvents(*events, options);
    if (!result)
      return fail(fmt::format("'{}': {}", paths[sample], result.error().message));
    frames = std::move(*result);
    return {};
  }
  std::optional<int64_t> steps() const override {
    return frames.shape.empty() ? 0 : frames.shape[0];
  }
  const double *frame(int64_t step) override {
    if (step >= *steps())
      return nullptr;
    const uint16_t *from = frames.as<uint16_t>() + step * static_cast<int64_t>(buffer.size());
    std::copy(from, from + buffer.size(), buffer.begin());
    return buffer.data();
  }
  std::string description() const override {
    return fmt::format("{} of events, a step each {} ms", countOf(sampleCount(), "sample"),
                       shortestNumber(static_cast<double>(options.windowUs) / 1000));
  }

private:
  std::vector<std::string> paths;
  FrameOptions options;
  std::vector<double> buffer;
  Tensor frames;
};

bool isFolder(const std::string &path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool isEventFile(const std::string &path) {
  std::string extension = extensionOf(path);
  return extension == "bs2" || extension == "bin";
}

/// The files of a list, folders replaced by the event files in them, by name.
Expected<std::vector<std::string>> listEventFiles(const std::vector<std::string> &paths) {
  std::vector<std::string> files;
  for (const std::string &path : paths) {
    if (!isFolder(path)) {
      if (!isEventFile(path))
        return fail(fmt::format("'{}': expected an event file (.bs2, .bin), as several files are "
                                "samples of events",
                                path));
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    std::error_code error;
    for (std::filesystem::directory_iterator it(path, error), end; !error && it != end;
         it.increment(error))
      if (isEventFile(it->path().string()) && !isFolder(it->path().string()))
        found.push_back(it->path().string());
    if (error)
      return fail(fmt::format("'{}': cannot list the folder: {}", path, error.message()));
    if (found.empty())
      return fail(fmt::format("'{}': expected event files (.bs2, .bin) in the folder", path));
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

Expected<std::unique_ptr<SampleInput>> eventInput(const SourceInfo &source,
                                                  const std::vector<std::string> &paths,
                                                  const InputOptions &options) {
  Expected<std::vector<std::string>> files = listEventFiles(paths);
  if (!files)
    return fail(files.error().message);
  FrameOptions frame;
  frame.windowUs = options.frameUs;
  bool sensor = source.shape.size() == 3 && source.shape[0] == 2;
  if (sensor) {
    frame.height = source.shape[1];
    frame.width = source.shape[2];
  } else if (source.size != 2 * frame.height * frame.width) {
    return fail(fmt::format("'{}': events need a source of shape (2, height, width), '{}' has {}",
                            paths[0], source.name, shapeString(source.shape)));
  }
  return std::make_unique<EventInput>(std::move(*files), frame, source.size);
}

//===-- spikes
//----------------------------------------------------------------------------------===//

class SpikeInput : public SampleInput {
public:
  SpikeInput(std::vector<std::pair<int64_t, int64_t>> spikes, int64_t size)
      : spikes(std::move(spikes)), buffer(size) {
    std::sort(this->spikes.begin(), this->spikes.end());
  }

  int64_t sampleCount() const override { return 1; }
  Expected<void> load(int64_t) override { return {}; }
  std::optional<int64_t> steps() const override {
    return spikes.empty() ? 0 : spikes.back().first + 1;
  }
  const double *frame(int64_t step) override {
    auto it = std::lower_bound(spikes.begin(), spikes.end(), std::pair(step, int64_t(0)));
    if (it == spikes.end() || it->first != step)
      return nullptr;
    std::fill(buffer.begin(), buffer.end(), 0.0);
    for (; it != spikes.end() && it->first == step; ++it)
      buffer[it->second] += 1;
    return buffer.data();
  }
  std::string description() const override {
    return fmt::format("{} in {}", countOf(static_cast<int64_t>(spikes.size()), "spike"),
                       countOf(*steps(), "step"));
  }

private:
  std::vector<std::pair<int64_t, int64_t>> spikes; ///< step, neuron
  std::vector<double> buffer;
};

/// "file.h5:population" cut in two; the population is empty where none is named.
std::pair<std::string, std::string> splitPopulation(const std::string &path) {
  size_t dot = path.rfind(".h5:");
  if (dot == std::string::npos)
    return {path, ""};
  return {path.substr(0, dot + 3), path.substr(dot + 4)};
}

Expected<SpikePopulation> pickPopulation(const std::string &file, const std::string &wanted,
                                         const SourceInfo &source) {
  Expected<std::vector<SpikePopulation>> read = readSonataSpikes(file);
  if (!read)
    return fail(read.error().message);
  std::string names;
  for (SpikePopulation &population : *read) {
    if (wanted.empty() ? read->size() == 1 || population.name == source.name
                       : population.name == wanted)
      return std::move(population);
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", population.name);
  }
  if (!wanted.empty())
    return fail(fmt::format("'{}': no population '{}'; it has {}", file, wanted, names));
  return fail(fmt::format("'{0}': which of its populations feeds '{1}'; write '{1}={0}:POPULATION' "
                          "with one of {2}",
                          file, source.name, names));
}

Expected<std::unique_ptr<SampleInput>> spikeInput(const SourceInfo &source, const std::string &path,
                                                  const InputOptions &options) {
  const std::string file = splitPopulation(path).first;
  Expected<SpikePopulation> population = pickPopulation(file, splitPopulation(path).second, source);
  if (!population)
    return fail(population.error().message);
  // A time far off would make a run that never ends.
  constexpr double maxSteps = 1e9;
  std::vector<std::pair<int64_t, int64_t>> spikes;
  for (size_t i = 0; i < population->timesMs.size(); ++i) {
    auto failHere = [&](std::string problem) {
      return fail(
          fmt::format("'{}': spike {} of population '{}': {}", file, i, population->name, problem));
    };
    double step = std::round(population->timesMs[i] / (options.dtSeconds * 1000));
    if (!(step >= 0 && step < maxSteps))
      return failHere(fmt::format("expected a time from 0 to {} steps, got {} ms", grouped(1e9),
                                  shortestNumber(population->timesMs[i])));
    if (population->nodeIds[i] >= static_cast<uint64_t>(source.size))
      return failHere(fmt::format("expected a node below {}, the size of source '{}', got {}",
                                  source.size, source.name, population->nodeIds[i]));
    spikes.emplace_back(static_cast<int64_t>(step), static_cast<int64_t>(population->nodeIds[i]));
  }
  return std::make_unique<SpikeInput>(std::move(spikes), source.size);
}

} // namespace

Expected<Layout> resolveLayout(const std::string &file, const std::vector<int64_t> &array,
                               const SourceInfo &source, const InputOptions &options) {
  std::optional<int64_t> lead = leadingAxes(array, source);
  auto failShape = [&](std::string_view needed) {
    return fail(fmt::format("'{}': expected {} in front of the shape {} of source '{}', got an "
                            "array of shape {}",
                            file, needed, shapeString(source.shape), source.name,
                            shapeString(array)));
  };
  if (!lead)
    return failShape("nothing, (steps), (samples) or (samples, steps)");
  switch (options.layout) {
  case Layout::Frame:
    return *lead == 0 ? Expected<Layout>(Layout::Frame) : failShape("nothing");
  case Layout::Samples:
    return *lead == 1 ? Expected<Layout>(Layout::Samples) : failShape("(samples)");
  case Layout::Steps:
    return *lead == 1 ? Expected<Layout>(Layout::Steps) : failShape("(steps)");
  case Layout::SamplesSteps:
    return *lead == 2 ? Expected<Layout>(Layout::SamplesSteps) : failShape("(samples, steps)");
  case Layout::Automatic:
    break;
  }
  if (*lead != 1)
    return *lead == 0 ? Layout::Frame : Layout::SamplesSteps;
  if (!options.steps)
    return Layout::Steps;
  if (array[0] == *options.steps)
    return fail(fmt::format("'{}': the first axis of shape {} may be samples or, as there are "
                            "just as many steps, steps; '--layout samples' or '--layout steps' "
                            "decides",
                            file, shapeString(array)));
  return Layout::Samples;
}

Expected<std::unique_ptr<SampleInput>> arrayInput(const std::string &file, Tensor array,
                                                  const SourceInfo &source,
                                                  const InputOptions &options) {
  Expected<Layout> layout = resolveLayout(file, array.shape, source, options);
  if (!layout)
    return fail(layout.error().message);
  if (array.size() == 0)
    return fail(fmt::format("'{}': expected at least one number, got an array of shape {}", file,
                            shapeString(array.shape)));
  if (Expected<void> finite = checkFinite(file, array); !finite)
    return fail(finite.error().message);
  return std::make_unique<ArrayInput>(std::move(array), *layout, source.size);
}

Expected<std::unique_ptr<SampleInput>> openInput(const SourceInfo &source,
                                                 const std::vector<std::string> &paths,
                                                 const InputOptions &options) {
  const std::string &path = paths.at(0);
  if (paths.size() > 1 || isFolder(path) || isEventFile(path))
    return eventInput(source, paths, options);
  if (extensionOf(splitPopulation(path).first) == "h5")
    return spikeInput(source, path, options);
  std::string extension = extensionOf(path);
  if (extension == "npy") {
    Expected<Tensor> array = readNpy(path);
    return array ? arrayInput(path, std::move(*array), source, options)
                 : fail(array.error().message);
  }
  if (extension == "csv" || extension == "tsv" || extension == "txt") {
    Expected<CsvTable> table = readCsv(path);
    return table ? arrayInput(path, std::move(table->values), source, options)
                 : fail(table.error().message);
  }
  return fail(
      fmt::format("'{}': expected an input that ends in .npy, .csv, .bs2, .bin or .h5, or a "
                  "folder of event files",
                  path));
}

} // namespace engram
