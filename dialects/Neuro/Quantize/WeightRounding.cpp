// Steps or codebooks are tried, the best is kept.
#include "dialects/Neuro/Quantize/WeightRounding.h"
#include "dialects/Neuro/Quantize/Codebook.h"
#include "dialects/Neuro/Quantize/RowRounding.h"
#include "runtime/Philox.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

using namespace engram::quantize;

int RoundedWeights::finestFraction() const {
  return *std::max_element(fractions.begin(), fractions.end());
}

namespace {

/// How many times a step is halved in search of a better one.
constexpr int halvings = 3;
/// A channel's step is at most this much finer than the coarsest, so that a format holds all.
constexpr int widestFormat = 32;

class Rounder {
public:
  Rounder(const Layer &layer, const RoundingOptions &options) : layer(layer), options(options) {
    if (options.sparsity > 0) {
      pruned = prune(layer, options.sparsity);
    } else {
      pruned.rows = layer.rows;
      for (const auto &row : layer.rows)
        pruned.kept.emplace_back(row.size(), true);
    }
    size_t offset = 0;
    for (const auto &row : layer.rows) {
      offsets.push_back(offset);
      offset += row.size();
    }
  }

  RoundedWeights run() {
    RoundedWeights result;
    result.method = "nearest";
    result.pruned = pruned.removed;
    result.rows.resize(layer.rows.size());
    std::vector<std::vector<size_t>> groups;
    if (options.perChannel)
      for (size_t i = 0; i < layer.rows.size(); ++i)
        groups.push_back({i});
    else
      groups.emplace_back(layer.rows.size()),
          std::iota(groups.back().begin(), groups.back().end(), 0);
    options.codebookBits > 0 ? roundToCodebooks(groups, result) : roundToSteps(groups, result);
    account(result);
    return result;
  }

private:
  const Layer &layer;
  const RoundingOptions &options;
  Pruned pruned;
  std::vector<size_t> offsets;   ///< index of the first weight of each row
  std::optional<Inverse> shared; ///< of layers without columns, once it is asked for

  bool usesHessian() const {
    return layer.hasHessian() &&
           (options.rounding == Rounding::OBC || options.rounding == Rounding::FlexRound);
  }

  double formOfRow(size_t i, const std::vector<double> &q) const {
    if (layer.hasHessian() && layer.columns.empty())
      return formOf(q, pruned.rows[i], layer.hessian);
    if (layer.hasHessian())
      return formOf(q, pruned.rows[i], layer.hessianOf(i));
    double sum = 0;
    for (size_t j = 0; j < q.size(); ++j)
      sum += (q[j] - pruned.rows[i][j]) * (q[j] - pruned.rows[i][j]);
    return sum;
  }

  std::pair<double, double> rangeOf(const std::vector<size_t> &group) const {
    double low = 0, high = 0;
    for (size_t i : group)
      for (double w : pruned.rows[i]) {
        low = std::min(low, w);
        high = std::max(high, w);
      }
    return {low, high};
  }

  uint32_t randomOf(size_t i, size_t j) const {
    uint64_t place = layer.places.empty() ? offsets[i] + j : layer.places[i][j];
    return engram::uniform32(options.seed, options.stream, place, /*step=*/0);
  }

  std::vector<double> roundSimply(size_t i, const Grid &grid) const {
    const std::vector<double> &row = pruned.rows[i];
    std::vector<double> q(row.size());
    for (size_t j = 0; j < row.size(); ++j)
      if (pruned.kept[i][j])
        q[j] = options.rounding == Rounding::Stochastic ? grid.stochastic(row[j], randomOf(i, j))
                                                        : grid.nearest(row[j]);
    return q;
  }

  Rows roundSimply(const std::vector<size_t> &group, const Grid &grid) const {
    Rows rows;
    for (size_t i : group)
      rows.push_back(roundSimply(i, grid));
    return rows;
  }

  double formOfRows(const std::vector<size_t> &group, const Rows &rows) const {
    double sum = 0;
    for (size_t k = 0; k < group.size(); ++k)
      sum += formOfRow(group[k], rows[k]);
    return sum;
  }

  // Each row of `rows` that the other one is better than.
  void takeBetter(const std::vector<size_t> &group, Rows &rows, Rows others) const {
    for (size_t k = 0; k < group.size(); ++k)
      // Not where others are no numbers, as an H that is no mean of x x^T may give.
      if (formOfRow(group[k], others[k]) < formOfRow(group[k], rows[k]))
        rows[k] = std::move(others[k]);
  }

  const Inverse &sharedInverse() {
    if (!shared)
      shared.emplace(damped(layer.hessian));
    return *shared;
  }

  void descendRow(size_t i, std::vector<double> &rounded, const Grid &grid) const {
    if (layer.columns.empty())
      descend(rounded, pruned.rows[i], pruned.kept[i], layer.hessian, grid);
    else
      descend(rounded, pruned.rows[i], pruned.kept[i], layer.hessianOf(i), grid);
  }

  Rows compressInOrder(const std::vector<size_t> &group, const Grid &grid) {
    Rows rows, result;
    std::vector<std::vector<bool>> kept;
    for (size_t i : group) {
      rows.push_back(pruned.rows[i]);
      kept.push_back(pruned.kept[i]);
    }
    if (layer.columns.empty())
      result = roundInOrder(rows, kept, sharedInverse(), grid);
    else
      for (size_t k = 0; k < group.size(); ++k)
        result.push_back(rows[k].empty()
                             ? rows[k]
                             : roundInOrder({rows[k]}, {kept[k]},
                                            Inverse(damped(layer.hessianOf(group[k]))), grid)[0]);
    for (size_t k = 0; k < group.size(); ++k)
      descendRow(group[k], result[k], grid);
    return result;
  }

  // Short rows once more, weight by weight in the order of what each costs.
  void compressGreedily(const std::vector<size_t> &group, const Grid &grid, Rows &rows,
                        std::string &method) {
    Rows greedy = rows;
    for (size_t k = 0; k < group.size(); ++k) {
      size_t i = group[k];
      bool isLong = pruned.rows[i].size() > greedyLimit;
      method = isLong || method == "gptq" ? "gptq" : "obq";
      if (isLong || pruned.rows[i].empty())
        continue;
      greedy[k] = layer.columns.empty()
                      ? roundGreedily(pruned.rows[i], pruned.kept[i], sharedInverse(), grid)
                      : roundGreedily(pruned.rows[i], pruned.kept[i],
                                      Inverse(damped(layer.hessianOf(i))), grid);
      descendRow(i, greedy[k], grid);
    }
    takeBetter(group, rows, std::move(greedy));
  }

  Rows flex(const std::vector<size_t> &group, const Grid &grid) const {
    Rows result;
    if (layer.columns.empty()) {
      Rows rows;
      for (size_t i : group)
        rows.push_back(pruned.rows[i]);
      result = roundFlexibly(rows, layer.hessian, grid);
    } else {
      for (size_t i : group)
        result.push_back(roundFlexibly({pruned.rows[i]}, layer.hessianOf(i), grid)[0]);
    }
    for (size_t k = 0; k < group.size(); ++k)
      for (size_t j = 0; j < result[k].size(); ++j)
        if (!pruned.kept[group[k]][j])
          result[k][j] = 0;
    return result;
  }

  /// The rows of a group on one grid.
  Rows roundGroup(const std::vector<size_t> &group, const Grid &grid, std::string &method) {
    Rows rows = roundSimply(group, grid);
    if (!usesHessian()) {
      method = options.rounding == Rounding::Stochastic ? "stochastic" : "nearest";
    } else if (options.rounding == Rounding::OBC) {
      takeBetter(group, rows, compressInOrder(group, grid));
      compressGreedily(group, grid, rows, method);
    } else {
      method = "flexround";
      takeBetter(group, rows, flex(group, grid));
    }
    return rows;
  }

  // Of the steps from the least that clips nothing down to its eighth the best for simple rounding
  // and the best for weights that make good for each other, which can be smaller. The latter is
  // found by the ordered form, which is quick.
  void roundToSteps(const std::vector<std::vector<size_t>> &groups, RoundedWeights &result) {
    std::vector<int> widest; // fractions at which nothing is clipped
    for (const auto &group : groups) {
      auto [low, high] = rangeOf(group);
      widest.push_back(fractionFor(low, high, options.bits));
    }
    int coarsest = widest.empty() ? 0 : *std::min_element(widest.begin(), widest.end());
    for (size_t g = 0; g < groups.size(); ++g)
      if (rangeOf(groups[g]) == std::pair(0.0, 0.0))
        widest[g] = coarsest; // zeros need no step of their own
    int finest = std::min(maxFraction, coarsest + widestFormat - options.bits);
    for (size_t g = 0; g < groups.size(); ++g) {
      const std::vector<size_t> &group = groups[g];
      int first = std::min(widest[g], finest),
          last = options.stepByError ? std::min(first + halvings, finest) : first;
      double leastSimple = std::numeric_limits<double>::infinity(), least = leastSimple;
      int simple = first, chosen = first;
      for (int fraction = first; fraction <= last; ++fraction) {
        Grid grid = Grid::uniform(options.bits, fraction);
        Rows rows = roundSimply(group, grid);
        double form = formOfRows(group, rows);
        if (form < leastSimple) {
          leastSimple = form;
          simple = fraction;
        }
        if (usesHessian() && first != last) {
          takeBetter(group, rows, compressInOrder(group, grid));
          form = formOfRows(group, rows);
        }
        if (form < least) {
          least = form;
          chosen = fraction;
        }
      }
      Rows rows = roundGroup(group, Grid::uniform(options.bits, chosen), result.method);
      if (chosen != simple && !(formOfRows(group, rows) <= leastSimple)) {
        chosen = simple;
        rows = roundSimply(group, Grid::uniform(options.bits, chosen));
      }
      result.fractions.push_back(chosen);
      Grid grid = Grid::uniform(options.bits, chosen);
      for (size_t k = 0; k < rows.size(); ++k) {
        size_t i = group[k];
        for (size_t j = 0; j < pruned.rows[i].size(); ++j)
          result.clipped += pruned.kept[i][j] && grid.isClipped(pruned.rows[i][j]);
        result.rows[i] = std::move(rows[k]);
      }
    }
  }

  void roundToCodebooks(const std::vector<std::vector<size_t>> &groups, RoundedWeights &result) {
    for (const auto &group : groups) {
      std::vector<double> numbers, importance;
      CodebookOptions codebook;
      codebook.count = 1 << options.bits;
      codebook.valueBits = options.codebookBits;
      for (size_t i : group)
        for (size_t j = 0; j < pruned.rows[i].size(); ++j) {
          // A weight of zero is no synapse, and has to stay none.
          codebook.hasZero |= !pruned.kept[i][j] || pruned.rows[i][j] == 0;
          if (!pruned.kept[i][j])
            continue;
          int input = layer.columns.empty() ? static_cast<int>(j) : layer.columns[i][j];
          numbers.push_back(pruned.rows[i][j]);
          importance.push_back(layer.hasHessian() ? layer.hessian(input, input) : 1.0);
        }
      // Inputs that were never active still need a value.
      double most =
          importance.empty() ? 0 : *std::max_element(importance.begin(), importance.end());
      for (double &weight : importance)
        weight = most > 0 ? std::max(weight, 1e-6 * most) : 1.0;
      Codebook found = findCodebook(numbers, importance, codebook);
      Rows rows = roundGroup(group, Grid::codebook(found.values), result.method);
      for (size_t k = 0; k < group.size(); ++k)
        result.rows[group[k]] = std::move(rows[k]);
      result.fractions.push_back(found.fraction);
      result.codebooks.push_back(std::move(found.values));
    }
  }

  void account(RoundedWeights &result) const {
    double sum = 0, wrong = 0, all = 0;
    bool isFirst = true;
    for (size_t i = 0; i < layer.rows.size(); ++i) {
      const std::vector<double> &before = layer.rows[i], &after = result.rows[i];
      for (size_t j = 0; j < before.size(); ++j) {
        double error = std::abs(after[j] - before[j]);
        sum += error;
        result.worstError = std::max(result.worstError, error);
        result.low = isFirst ? before[j] : std::min(result.low, before[j]);
        result.high = isFirst ? before[j] : std::max(result.high, before[j]);
        isFirst = false;
        result.zeroed += before[j] != 0 && after[j] == 0 && pruned.kept[i][j];
      }
      result.count += static_cast<int64_t>(before.size());
      Matrix own;
      const Matrix *hessian = &layer.hessian;
      if (!layer.hasHessian() || !layer.columns.empty()) {
        if (layer.hasHessian())
          own = layer.hessianOf(i);
        hessian = &own;
      }
      std::vector<double> nothing(before.size());
      auto form = [&](const std::vector<double> &a, const std::vector<double> &b) {
        if (hessian->size())
          return formOf(a, b, *hessian);
        double squares = 0;
        for (size_t j = 0; j < a.size(); ++j)
          squares += (a[j] - b[j]) * (a[j] - b[j]);
        return squares;
      };
      wrong += form(before, after);
      all += form(before, nothing);
    }
    result.meanError = result.count ? sum / static_cast<double>(result.count) : 0;
    result.outputError = all > 0 ? wrong / all : 0;
  }
};

} // namespace

RoundedWeights engram::quantize::roundWeights(const Layer &layer, const RoundingOptions &options) {
  return Rounder(layer, options).run();
}
