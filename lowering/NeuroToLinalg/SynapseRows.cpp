// Rows of synapses: collected in order where the connector gives them so, else sorted by counting.
#include "lowering/NeuroToLinalg/SynapseRows.h"
#include <algorithm>

using namespace engram;

// A list of one stands for `count` equal numbers until another number comes.
template <typename T, typename U> static void append(std::vector<T> &list, size_t count, U value) {
  if (count == 0)
    list.assign(1, static_cast<T>(value));
  else if (list.size() == count && count > 1)
    list.push_back(static_cast<T>(value));
  else if (list.front() != static_cast<T>(value)) {
    list.assign(count, list.front());
    list.push_back(static_cast<T>(value));
  }
}

void SynapseRows::add(int64_t source, int64_t target, double weight, int64_t delay) {
  size_t count = targets.size();
  if (source < last && sources.empty())
    for (size_t j = 0; j + 1 < starts.size(); ++j)
      sources.insert(sources.end(), starts[j + 1], static_cast<int32_t>(j));
  if (source < last || !sources.empty())
    sources.push_back(static_cast<int32_t>(source));
  last = std::max(last, source);
  ++starts[source + 1];
  targets.push_back(static_cast<int32_t>(target));
  append(weights, count, weight);
  append(delays, count, delay);
}

template <typename T>
static void permute(std::vector<T> &list, const std::vector<int64_t> &places) {
  if (list.size() != places.size())
    return;
  std::vector<T> result(list.size());
  for (size_t k = 0; k < places.size(); ++k)
    result[places[k]] = list[k];
  list.swap(result);
}

void SynapseRows::finish() {
  for (size_t j = 1; j < starts.size(); ++j)
    starts[j] += starts[j - 1];
  if (sources.empty())
    return;
  std::vector<int64_t> next(starts.begin(), starts.end() - 1), places;
  places.reserve(sources.size());
  for (int32_t source : sources)
    places.push_back(next[source]++);
  permute(targets, places);
  permute(weights, places);
  permute(delays, places);
  sources = {};
}
