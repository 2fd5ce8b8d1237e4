// Optimal Brain Compression, its ordered form, coordinate descent, and learned divisors.
#include "dialects/Neuro/Quantize/RowRounding.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace engram::quantize;

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

std::vector<double> engram::quantize::roundGreedily(const std::vector<double> &row,
                                                    const std::vector<bool> &kept,
                                                    const Inverse &whole, const Grid &grid) {
  ShrinkingInverse inverse(whole.inverse);
  for (size_t p = 0; p < inverse.size();)
    kept[inverse.inputAt(p)] ? void(++p) : inverse.remove(p);
  std::vector<double> weights = row, result(row.size());
  while (inverse.size()) {
    size_t best = 0;
    double least = std::numeric_limits<double>::infinity(), farthest = 0;
    for (size_t p = 0; p < inverse.size(); ++p) {
      int input = inverse.inputAt(p);
      double error = weights[input] - grid.nearest(weights[input]);
      if (grid.isOutlier(weights[input])) {
        if (std::abs(error) > farthest ||
            (std::abs(error) == farthest && input < inverse.inputAt(best))) {
          farthest = std::abs(error);
          best = p;
        }
        continue;
      }
      double cost = error * error / inverse.diagonal(p);
      if (farthest == 0 && (cost < least || (cost == least && input < inverse.inputAt(best)))) {
        least = cost;
        best = p;
      }
    }
    int input = inverse.inputAt(best);
    result[input] = grid.nearest(weights[input]);
    double factor = (weights[input] - result[input]) / inverse.diagonal(best);
    auto column = inverse.column(best);
    for (size_t p = 0; p < inverse.size(); ++p)
      weights[inverse.inputAt(p)] -= factor * column[p];
    inverse.remove(best);
  }
  return result;
}

Rows engram::quantize::roundInOrder(const Rows &rows, const std::vector<std::vector<bool>> &kept,
                                    const Inverse &inverse, const Grid &grid) {
  Eigen::Index n = inverse.order.size(), count = rows.size();
  const std::vector<int> &order = inverse.order;
  const Matrix &factor = inverse.factor;
  Matrix weights(count, n); // a column an input: the inner loop runs over rows
  for (Eigen::Index i = 0; i < count; ++i)
    for (Eigen::Index k = 0; k < n; ++k)
      weights(i, k) = rows[i][order[k]];
  Rows result(count, std::vector<double>(n));
  constexpr Eigen::Index blockSize = 128; // errors reach later blocks by one product
  for (Eigen::Index begin = 0; begin < n; begin += blockSize) {
    Eigen::Index end = std::min(n, begin + blockSize);
    Matrix errors(count, end - begin);
    for (Eigen::Index k = begin; k < end; ++k) {
      for (Eigen::Index i = 0; i < count; ++i) {
        double q = kept[i][order[k]] ? grid.nearest(weights(i, k)) : 0;
        result[i][order[k]] = q;
        errors(i, k - begin) = (weights(i, k) - q) / factor(k, k);
      }
      Eigen::Index rest = end - k - 1;
      weights.middleCols(k + 1, rest).noalias() -=
          errors.col(k - begin) * factor.row(k).segment(k + 1, rest);
    }
    weights.rightCols(n - end).noalias() -= errors * factor.block(begin, end, end - begin, n - end);
  }
  return result;
}

void engram::quantize::descend(std::vector<double> &rounded, const std::vector<double> &row,
                               const std::vector<bool> &kept, const Matrix &hessian,
                               const Grid &grid) {
  Vector error = Eigen::Map<const Vector>(rounded.data(), rounded.size()) -
                 Eigen::Map<const Vector>(row.data(), row.size());
  Vector gradient = hessian * error;
  constexpr int maxSweeps = 50;
  for (int sweep = 0; sweep < maxSweeps; ++sweep) {
    bool changed = false;
    for (size_t j = 0; j < rounded.size(); ++j) {
      double curvature = hessian(j, j);
      if (!kept[j] || !(curvature > 0))
        continue;
      double next = grid.nearest(rounded[j] - gradient[j] / curvature), change = next - rounded[j];
      // Rounding noise alone must not let two values swap for ever.
      double gain = -change * (2 * gradient[j] + curvature * change);
      if (change == 0 || gain <= 1e-12 * curvature * change * change)
        continue;
      rounded[j] = next;
      gradient += change * hessian.col(j);
      changed = true;
    }
    if (!changed)
      break;
  }
}

namespace {

/// Adam as published (Kingma and Ba 2015) but for the rate: a divisor moves by about 1 % at a time.
class Adam {
public:
  Adam(Eigen::Index rows, Eigen::Index columns)
      : first(RowMajor::Zero(rows, columns)), second(RowMajor::Zero(rows, columns)) {}

  /// Step t = 1, 2, ...
  void step(const RowMajor &gradient, int t, RowMajor &value) {
    constexpr double rate = 0.01, beta1 = 0.9, beta2 = 0.999, tiny = 1e-8;
    first = beta1 * first + (1 - beta1) * gradient;
    second = beta2 * second + (1 - beta2) * gradient.cwiseProduct(gradient);
    double c1 = 1 - std::pow(beta1, t), c2 = 1 - std::pow(beta2, t);
    value.array() -= rate * (first.array() / c1) / ((second.array() / c2).sqrt() + tiny);
  }

private:
  RowMajor first, second;
};

} // namespace

Rows engram::quantize::roundFlexibly(const Rows &rows, const Matrix &hessian, const Grid &grid) {
  Eigen::Index count = rows.size(), n = hessian.rows();
  double work = double(count) * double(n) * double(n);
  int iterations = static_cast<int>(std::clamp(0x1p38 / std::max(work, 1.0), 20.0, 300.0));
  RowMajor weights(count, n), logs = RowMajor::Zero(count, n), rowLogs = RowMajor::Zero(count, 1);
  for (Eigen::Index i = 0; i < count; ++i)
    weights.row(i) = Eigen::Map<const Eigen::RowVectorXd>(rows[i].data(), n);
  Adam each(count, n), shared(count, 1);
  Rows result(count, std::vector<double>(n));
  std::vector<double> best(count, std::numeric_limits<double>::infinity());
  for (int t = 1; t <= iterations; ++t) {
    RowMajor divided = weights.array() / (logs.colwise() + rowLogs.col(0)).array().exp();
    RowMajor rounded(count, n), slope(count, n);
    for (Eigen::Index i = 0; i < count; ++i) {
      for (Eigen::Index j = 0; j < n; ++j) {
        rounded(i, j) = grid.nearest(divided(i, j));
        // d q / d log s, the rounding taken for the identity, and 0 where q is held at an end.
        slope(i, j) = grid.isClipped(divided(i, j)) ? 0 : -divided(i, j);
      }
    }
    RowMajor error = rounded - weights, gradient = error * hessian;
    for (Eigen::Index i = 0; i < count; ++i) {
      double form = gradient.row(i).dot(error.row(i)), scale = form > 0 ? form : 1;
      if (form < best[i]) {
        best[i] = form;
        Eigen::Map<Eigen::RowVectorXd>(result[i].data(), n) = rounded.row(i);
      }
      // Scaled so that the addend in Adam's divisor means the same for every row.
      gradient.row(i) = (2 / scale) * gradient.row(i).cwiseProduct(slope.row(i));
    }
    each.step(gradient, t, logs);
    shared.step(gradient.rowwise().sum(), t, rowLogs);
  }
  return result;
}
