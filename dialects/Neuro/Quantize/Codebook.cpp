// One-dimensional k-means on sorted numbers, with prefix sums for the means.
#include "dialects/Neuro/Quantize/Codebook.h"
#include "dialects/Neuro/Quantize/Grid.h"
#include <algorithm>
#include <cmath>
#include <numeric>

using namespace engram::quantize;

namespace {

constexpr int maxIterations = 200;

/// Sorted numbers with sums of importance w, of w x and of w x^2 before each.
struct Sorted {
  std::vector<double> numbers, weight{0}, first{0}, second{0};

  Sorted(const std::vector<double> &unsorted, const std::vector<double> &importance) {
    std::vector<size_t> order(unsorted.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return unsorted[a] != unsorted[b] ? unsorted[a] < unsorted[b] : a < b;
    });
    for (size_t k : order) {
      double x = unsorted[k], w = importance[k];
      numbers.push_back(x);
      weight.push_back(weight.back() + w);
      first.push_back(first.back() + w * x);
      second.push_back(second.back() + w * x * x);
    }
  }
  /// The first number that is nearer to b than to a; a tie goes to the lesser value.
  size_t border(double a, double b) const {
    return std::upper_bound(numbers.begin(), numbers.end(), a + (b - a) / 2) - numbers.begin();
  }
};

struct Fit {
  std::vector<double> centers;
  double error = 0;
};

} // namespace

// Lloyd's iterations; `pinned` is a center that stays where it is, or -1.
static Fit iterate(const Sorted &sorted, std::vector<double> centers, int pinned) {
  Fit fit;
  for (int iteration = 0; iteration < maxIterations; ++iteration) {
    std::vector<double> next = centers;
    fit.error = 0;
    size_t begin = 0;
    for (size_t c = 0; c < centers.size(); ++c) {
      size_t end = c + 1 < centers.size()
                       ? std::max(begin, sorted.border(centers[c], centers[c + 1]))
                       : sorted.numbers.size();
      double w = sorted.weight[end] - sorted.weight[begin],
             wx = sorted.first[end] - sorted.first[begin],
             wxx = sorted.second[end] - sorted.second[begin];
      fit.error += wxx - 2 * centers[c] * wx + centers[c] * centers[c] * w;
      if (w > 0 && static_cast<int>(c) != pinned)
        next[c] = wx / w;
      begin = end;
    }
    // Means lie in their own part, so they ascend; a pinned one between its neighbours' parts too.
    std::sort(next.begin(), next.end());
    if (next == centers)
      break;
    centers = std::move(next);
    if (pinned >= 0) // sorting may have moved the zero
      pinned = static_cast<int>(std::find(centers.begin(), centers.end(), 0.0) - centers.begin());
  }
  fit.centers = std::move(centers);
  return fit;
}

static Fit fitFrom(const Sorted &sorted, std::vector<double> start, bool hasZero) {
  Fit fit = iterate(sorted, std::move(start), -1);
  if (!hasZero)
    return fit;
  auto nearest = std::min_element(fit.centers.begin(), fit.centers.end(),
                                  [](double a, double b) { return std::abs(a) < std::abs(b); });
  *nearest = 0;
  return iterate(sorted, fit.centers, static_cast<int>(nearest - fit.centers.begin()));
}

Codebook engram::quantize::findCodebook(const std::vector<double> &numbers,
                                        const std::vector<double> &importance,
                                        const CodebookOptions &options) {
  Codebook result;
  if (numbers.empty()) {
    result.values = {0};
    return result;
  }
  Sorted sorted(numbers, importance);
  std::vector<double> different = sorted.numbers;
  if (options.hasZero)
    different.insert(std::upper_bound(different.begin(), different.end(), 0.0), 0.0);
  different.erase(std::unique(different.begin(), different.end()), different.end());
  size_t count = options.count;
  if (different.size() <= count) {
    result.values = different;
  } else {
    std::vector<double> quantiles, distances;
    double low = sorted.numbers.front(), high = sorted.numbers.back();
    for (size_t c = 0; c < count; ++c) {
      quantiles.push_back(sorted.numbers[(2 * c + 1) * sorted.numbers.size() / (2 * count)]);
      distances.push_back(low + (high - low) * (double(c) + 0.5) / double(count));
    }
    Fit a = fitFrom(sorted, quantiles, options.hasZero),
        b = fitFrom(sorted, distances, options.hasZero);
    result.values = b.error < a.error ? b.centers : a.centers;
  }
  result.fraction = fractionFor(result.values.front(), result.values.back(), options.valueBits);
  Grid grid = Grid::uniform(options.valueBits, result.fraction);
  for (double &value : result.values)
    value = grid.nearest(value);
  result.values.erase(std::unique(result.values.begin(), result.values.end()), result.values.end());
  return result;
}
