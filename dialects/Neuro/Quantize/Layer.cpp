// Hessians of layers, and pruning by them.
#include "dialects/Neuro/Quantize/Layer.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace engram::quantize;

Matrix Layer::hessianOf(size_t row) const {
  Eigen::Index n = rows[row].size();
  if (!hasHessian())
    return Matrix::Identity(n, n);
  if (columns.empty())
    return hessian;
  const std::vector<int> &inputs = columns[row];
  return hessian(inputs, inputs);
}

Matrix engram::quantize::damped(Matrix hessian, double damping) {
  double mean = hessian.rows() ? hessian.diagonal().mean() : 0;
  hessian.diagonal().array() += mean > 0 ? damping * mean : 1.0;
  return hessian;
}

double engram::quantize::formOf(const std::vector<double> &a, const std::vector<double> &b,
                                const Matrix &hessian) {
  Vector error =
      Eigen::Map<const Vector>(a.data(), a.size()) - Eigen::Map<const Vector>(b.data(), b.size());
  return error.dot(hessian * error);
}

Inverse::Inverse(const Matrix &damped)
    : inverse(damped.llt().solve(Matrix::Identity(damped.rows(), damped.cols()))),
      order(damped.rows()) {
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    return damped(a, a) != damped(b, b) ? damped(a, a) > damped(b, b) : a < b;
  });
  factor = Matrix(inverse(order, order)).llt().matrixU();
}

ShrinkingInverse::ShrinkingInverse(const Matrix &inverse)
    : inverse(inverse), inputs(inverse.rows()), left(inverse.rows()) {
  std::iota(inputs.begin(), inputs.end(), 0);
}

void ShrinkingInverse::remove(size_t position) {
  size_t last = left - 1;
  if (position != last) {
    inverse.row(position).head(left).swap(inverse.row(last).head(left));
    inverse.col(position).head(left).swap(inverse.col(last).head(left));
    std::swap(inputs[position], inputs[last]);
  }
  Vector column = inverse.col(last).head(last);
  inverse.topLeftCorner(last, last).noalias() -=
      column * (column.transpose() / inverse(last, last));
  left = last;
}

namespace {

/// The order in which a row is emptied, and what each removal costs.
struct Removals {
  std::vector<int> order;
  std::vector<double> costs;
};

} // namespace

static Removals emptyGreedily(const std::vector<double> &row, const Matrix &whole) {
  Removals removals;
  ShrinkingInverse inverse(whole);
  Vector weights = Eigen::Map<const Vector>(row.data(), row.size());
  while (inverse.size()) {
    size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (size_t p = 0; p < inverse.size(); ++p) {
      double weight = weights[inverse.inputAt(p)], cost = weight * weight / inverse.diagonal(p);
      // Equal costs are told apart by the input, since positions depend on what was removed.
      if (cost < least || (cost == least && inverse.inputAt(p) < inverse.inputAt(best))) {
        least = cost;
        best = p;
      }
    }
    int input = inverse.inputAt(best);
    double factor = weights[input] / inverse.diagonal(best);
    auto column = inverse.column(best);
    for (size_t p = 0; p < inverse.size(); ++p)
      weights[inverse.inputAt(p)] -= factor * column[p];
    inverse.remove(best);
    removals.order.push_back(input);
    // A row cannot get cheaper; rounding must not make it look so, as prefixes are taken.
    double before = removals.costs.empty() ? 0 : removals.costs.back();
    removals.costs.push_back(std::max(least, before));
  }
  return removals;
}

static Removals scoreOnce(const std::vector<double> &row, const Vector &inverseDiagonal) {
  Removals removals;
  removals.order.resize(row.size());
  std::iota(removals.order.begin(), removals.order.end(), 0);
  auto cost = [&](int j) { return row[j] * row[j] / inverseDiagonal[j]; };
  std::sort(removals.order.begin(), removals.order.end(),
            [&](int a, int b) { return cost(a) != cost(b) ? cost(a) < cost(b) : a < b; });
  for (int j : removals.order)
    removals.costs.push_back(cost(j));
  return removals;
}

// The best weights on what is kept: w_S + H_SS^-1 H_SP w_P.
static std::vector<double> compensated(const std::vector<double> &row,
                                       const std::vector<bool> &kept, const Matrix &hessian) {
  std::vector<int> support, gone;
  for (size_t j = 0; j < row.size(); ++j)
    (kept[j] ? support : gone).push_back(static_cast<int>(j));
  std::vector<double> result(row.size());
  if (support.empty())
    return result;
  Vector weights = Eigen::Map<const Vector>(row.data(), row.size());
  Vector best = weights(support);
  if (!gone.empty()) {
    Matrix block = hessian(support, support);
    best += block.llt().solve(Matrix(hessian(support, gone)) * Vector(weights(gone)));
  }
  for (size_t k = 0; k < support.size(); ++k)
    result[support[k]] = best[k];
  return result;
}

Pruned engram::quantize::prune(const Layer &layer, double sparsity) {
  Pruned result;
  result.rows = layer.rows;
  std::vector<Removals> removals(layer.rows.size());
  std::vector<std::pair<double, size_t>> all; // cost, row
  Matrix inverse;                             // one for all rows, or each its own
  for (size_t i = 0; i < layer.rows.size(); ++i) {
    const std::vector<double> &row = layer.rows[i];
    result.kept.emplace_back(row.size(), true);
    if (layer.hasHessian() && (inverse.size() == 0 || !layer.columns.empty())) {
      Matrix hessian = damped(layer.hessianOf(i));
      inverse = hessian.llt().solve(Matrix::Identity(hessian.rows(), hessian.cols()));
    }
    if (!layer.hasHessian())
      removals[i] = scoreOnce(row, Vector::Ones(row.size()));
    else if (row.size() <= greedyLimit)
      removals[i] = emptyGreedily(row, inverse);
    else
      removals[i] = scoreOnce(row, inverse.diagonal());
    for (double cost : removals[i].costs)
      all.emplace_back(cost, i);
  }
  result.removed = static_cast<int64_t>(std::llround(sparsity * static_cast<double>(all.size())));
  std::sort(all.begin(), all.end()); // those of one row have its order, whatever the sort does
  std::vector<size_t> taken(layer.rows.size());
  for (int64_t k = 0; k < result.removed; ++k) {
    size_t row = all[k].second;
    result.kept[row][removals[row].order[taken[row]++]] = false;
  }
  for (size_t i = 0; i < layer.rows.size(); ++i) {
    if (layer.hasHessian() && layer.rows[i].size() <= greedyLimit) {
      std::vector<double> row =
          compensated(layer.rows[i], result.kept[i], damped(layer.hessianOf(i)));
      // An H that is no mean of x x^T may give anything.
      if (std::all_of(row.begin(), row.end(), [](double w) { return std::isfinite(w); })) {
        result.rows[i] = std::move(row);
        continue;
      }
    }
    for (size_t j = 0; j < layer.rows[i].size(); ++j)
      if (!result.kept[i][j])
        result.rows[i][j] = 0;
  }
  return result;
}
