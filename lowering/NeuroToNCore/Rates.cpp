// Counting recorded spikes.
#include "lowering/NeuroToNCore/Rates.h"
#include "runtime/Csv.h"
#include "runtime/ReadFile.h"
#include "runtime/SonataSpikes.h"

#include <algorithm>
#include <charconv>

using namespace engram;
using namespace engram::ncore;

static std::optional<int64_t> wholeNumber(std::string_view text) {
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

static Expected<RecordedRates> readCsvRates(const std::string &path, double dt) {
  Expected<std::vector<std::byte>> bytes = readFile(path);
  if (!bytes)
    return tl::make_unexpected(bytes.error());
  CsvScanner scanner(textOf(*bytes));
  std::vector<std::string_view> fields;
  auto failAt = [&](const std::string &what) {
    return fail(path + ", line " + std::to_string(scanner.line()) + ": " + what);
  };
  const std::vector<std::string_view> columns = {"step", "time_ms", "population", "neuron"};
  if (!scanner.next(fields) || fields != columns)
    return fail(path + ": expected the columns 'step,time_ms,population,neuron'");
  RecordedRates rates;
  int64_t steps = 0;
  while (scanner.next(fields)) {
    if (fields.size() != columns.size())
      return failAt("expected 4 fields, got " + std::to_string(fields.size()));
    std::optional<int64_t> step = wholeNumber(fields[0]), neuron = wholeNumber(fields[3]);
    if (!step || !neuron)
      return failAt("expected step and neuron to be whole numbers, got '" + std::string(fields[0]) +
                    "' and '" + std::string(fields[3]) + "'");
    steps = std::max(steps, *step + 1);
    ++rates.counts[std::string(fields[2])][*neuron];
  }
  rates.seconds = double(std::max<int64_t>(steps, 1)) * dt;
  return rates;
}

static Expected<RecordedRates> readSonataRates(const std::string &path, double dt) {
  Expected<std::vector<SpikePopulation>> read = readSonataSpikes(path);
  if (!read)
    return tl::make_unexpected(read.error());
  RecordedRates rates;
  double last = 0;
  for (const SpikePopulation &population : *read) {
    for (uint64_t neuron : population.nodeIds)
      ++rates.counts[population.name][static_cast<int64_t>(neuron)];
    for (double time : population.timesMs)
      last = std::max(last, time);
  }
  rates.seconds = last * 1e-3 + dt;
  return rates;
}

static Expected<RecordedRates> readFileOfRates(const std::string &path, double dt) {
  std::string extension = extensionOf(path);
  if (extension == "csv")
    return readCsvRates(path, dt);
  if (extension == "h5")
    return readSonataRates(path, dt);
  return fail(path + ": expected a recording of spikes to be a .csv or .h5 file");
}

Expected<RecordedRates> engram::ncore::readRates(const std::string &paths, double dt) {
  RecordedRates all;
  for (size_t first = 0; first <= paths.size();) {
    size_t end = std::min(paths.find(',', first), paths.size());
    Expected<RecordedRates> rates = readFileOfRates(paths.substr(first, end - first), dt);
    if (!rates)
      return rates;
    for (auto &[population, counts] : rates->counts)
      for (auto [neuron, count] : counts)
        all.counts[population][neuron] += count;
    all.seconds = std::max(all.seconds, rates->seconds);
    first = end + 1;
  }
  return all;
}
