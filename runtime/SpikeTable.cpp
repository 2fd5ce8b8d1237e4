// Recorded spikes, and writing them as .csv, .npy or SONATA .h5.
#include "runtime/SpikeTable.h"

#include "runtime/AtomicFile.h"
#include "runtime/Npy.h"
#include "runtime/NumberText.h"
#include "runtime/ReadFile.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace engram {

static Expected<void> checkSeries(const std::string &path, const SpikeSeries &series) {
  auto failHere = [&](std::string problem) {
    return fail(fmt::format("'{}': population '{}': {}", path, series.name, problem));
  };
  if (series.steps.size() != series.neurons.size())
    return failHere(fmt::format("expected as many neurons as steps, got {} and {}",
                                series.neurons.size(), series.steps.size()));
  for (size_t i = 0; i < series.steps.size(); ++i) {
    if (series.steps[i] < 0)
      return failHere(fmt::format("expected steps of 0 or more, got {}", series.steps[i]));
    if (series.neurons[i] < 0 || series.neurons[i] >= series.size)
      return failHere(
          fmt::format("expected neurons below {}, got {}", series.size, series.neurons[i]));
  }
  return {};
}

static Expected<void> checkStep(const std::string &path, double dtMs) {
  if (std::isfinite(dtMs) && dtMs > 0)
    return {};
  return fail(
      fmt::format("'{}': expected a positive time step, got {} ms", path, shortestNumber(dtMs)));
}

static std::string csvField(const std::string &text) {
  if (text.find_first_of(",\"\r\n#") == std::string::npos)
    return text;
  std::string result = "\"";
  for (char c : text)
    result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + '"';
}

Expected<void> writeSpikesCsv(const std::string &path, const std::vector<SpikeSeries> &series,
                              double dtMs) {
  if (Expected<void> valid = checkStep(path, dtMs); !valid)
    return valid;
  for (const SpikeSeries &one : series)
    if (Expected<void> valid = checkSeries(path, one); !valid)
      return valid;
  Expected<AtomicFile> file = AtomicFile::create(path);
  if (!file)
    return fail(file.error().message);
  if (Expected<void> done = file->write("step,time_ms,population,neuron\n"); !done)
    return done;
  for (const SpikeSeries &one : series) {
    std::string name = csvField(one.name);
    for (size_t i = 0; i < one.steps.size(); ++i) {
      std::string time = shortestNumber(stepTime(one.steps[i], dtMs));
      if (Expected<void> done =
              file->write(fmt::format("{},{},{},{}\n", one.steps[i], time, name, one.neurons[i]));
          !done)
        return done;
    }
  }
  return file->commit();
}

// Indices of the spikes by step, then by neuron.
static std::vector<size_t> inOrder(const SpikeSeries &series) {
  std::vector<size_t> order(series.steps.size());
  std::iota(order.begin(), order.end(), size_t(0));
  auto before = [&](size_t a, size_t b) {
    return std::pair(series.steps[a], series.neurons[a]) <
           std::pair(series.steps[b], series.neurons[b]);
  };
  if (!std::is_sorted(order.begin(), order.end(), before))
    std::sort(order.begin(), order.end(), before);
  return order;
}

Expected<void> writeSpikesNpy(const std::string &path, const SpikeSeries &series,
                              int64_t stepCount) {
  constexpr int64_t limit = int64_t(1) << 36;
  if (Expected<void> valid = checkSeries(path, series); !valid)
    return valid;
  if (stepCount < 0 || series.size < 0 || (series.size > 0 && stepCount > limit / series.size))
    return fail(fmt::format("'{}': {} steps of {} neurons are too many for an .npy file, write .h5 "
                            "or .csv",
                            path, stepCount, series.size));
  Expected<AtomicFile> file = AtomicFile::create(path);
  if (!file)
    return fail(file.error().message);
  if (Expected<void> done = file->write(npyHeader({stepCount, series.size}, DType::U8)); !done)
    return done;
  std::vector<size_t> order = inOrder(series);
  if (!order.empty() && series.steps[order.back()] >= stepCount)
    return fail(fmt::format("'{}': population '{}': expected steps below {}, got {}", path,
                            series.name, stepCount, series.steps[order.back()]));
  std::string row(static_cast<size_t>(series.size), '\0');
  size_t next = 0;
  for (int64_t step = 0; step < stepCount; ++step) {
    size_t first = next;
    for (; next < order.size() && series.steps[order[next]] == step; ++next) {
      int64_t neuron = series.neurons[order[next]];
      if (row[neuron] == '\xff')
        return fail(fmt::format("'{}': population '{}': more than 255 spikes of neuron {} in step "
                                "{}",
                                path, series.name, neuron, step));
      row[neuron] = static_cast<char>(static_cast<unsigned char>(row[neuron]) + 1);
    }
    if (Expected<void> done = file->write(row); !done)
      return done;
    for (; first < next; ++first)
      row[series.neurons[order[first]]] = '\0';
  }
  return file->commit();
}

Expected<void> writeSpikesSonata(const std::string &path, const std::vector<SpikeSeries> &series,
                                 double dtMs) {
  if (Expected<void> valid = checkStep(path, dtMs); !valid)
    return valid;
  std::vector<SpikePopulation> populations;
  for (const SpikeSeries &one : series) {
    if (Expected<void> valid = checkSeries(path, one); !valid)
      return valid;
    SpikePopulation population;
    population.name = one.name.empty() ? "default" : one.name;
    population.sorting = SpikeSorting::ByTime;
    population.nodeIds.reserve(one.steps.size());
    population.timesMs.reserve(one.steps.size());
    for (size_t i : inOrder(one)) {
      population.nodeIds.push_back(static_cast<uint64_t>(one.neurons[i]));
      population.timesMs.push_back(stepTime(one.steps[i], dtMs));
    }
    populations.push_back(std::move(population));
  }
  return writeSonataSpikes(path, populations);
}

Expected<void> writeSpikes(const std::string &path, const std::vector<SpikeSeries> &series,
                           double dtMs, int64_t stepCount) {
  std::string extension = extensionOf(path);
  if (extension == "csv")
    return writeSpikesCsv(path, series, dtMs);
  if (extension == "h5")
    return writeSpikesSonata(path, series, dtMs);
  if (extension != "npy")
    return fail(fmt::format("'{}': expected a name that ends with .csv, .npy or .h5", path));
  if (series.size() != 1)
    return fail(fmt::format("'{}': an .npy file holds one population, got {}: choose one, or write "
                            ".h5 or .csv",
                            path, series.size()));
  return writeSpikesNpy(path, series.front(), stepCount);
}

} // namespace engram
