// The weights of a layer as rows of a matrix, with what is known of its inputs.
#pragma once

#include <Eigen/Dense>
#include <vector>

namespace engram::quantize {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Rows = std::vector<std::vector<double>>;

/// y = W x, a row an output. Row i has weights for all inputs, or for the inputs `columns[i]` only;
/// an input may be listed more than once.
struct Layer {
  Rows rows;
  std::vector<std::vector<int>> columns; ///< empty, or one list a row
  /// The number of each weight for random numbers; empty: row after row.
  std::vector<std::vector<int64_t>> places;
  /// Mean of x x^T over what reaches the layer [inputs, inputs], so that e H e^T is the mean square
  /// of what an error e of a row does to its output. 0 x 0 if nothing is known: then the identity.
  Matrix hessian;

  bool hasHessian() const { return hessian.size() > 0; }
  /// H of the inputs of a row, or the identity.
  Matrix hessianOf(size_t row) const;
};

/// H with `damping` times its mean diagonal on the diagonal, so that it has an inverse. An H of
/// zeros becomes the identity.
Matrix damped(Matrix hessian, double damping = 0.01);

/// (a - b) H (a - b)^T.
double formOf(const std::vector<double> &a, const std::vector<double> &b, const Matrix &hessian);

/// Which weights of which rows are left, by position in the row, and their values.
struct Pruned {
  std::vector<std::vector<bool>> kept;
  Rows rows;
  int64_t removed = 0;
};

/// Removes the `sparsity` (0 to 1) part of all weights that costs least by Optimal Brain Surgeon
/// (Hassibi and Stork 1993), in the exact form of Frantar and Alistarh (2022): each row is emptied
/// greedily by w^2 / [H^-1]_jj, with the inverse kept up to date; then the cheapest removals of all
/// rows are taken, and what is left of a row becomes the best for its support. Rows of more than
/// `greedyLimit` inputs are scored once by w^2 / [H^-1]_jj and not compensated. Without H that is:
/// the least in magnitude. Zeros go first and count.
Pruned prune(const Layer &layer, double sparsity);

/// Rows of up to this many weights are treated by algorithms of the third order in their length.
inline constexpr size_t greedyLimit = 256;

/// What the methods need of a damped H, of the third order in its size.
struct Inverse {
  Matrix inverse;
  std::vector<int> order; ///< inputs by descending diagonal of H
  /// Upper Cholesky factor of the inverse in that order, H^-1 = U^T U: row k holds what H^-1 is
  /// without the first k inputs, scaled.
  Matrix factor;

  explicit Inverse(const Matrix &damped);
};

/// The inverse of a part of a symmetric positive matrix, from which inputs are taken away one by
/// one.
class ShrinkingInverse {
public:
  explicit ShrinkingInverse(const Matrix &inverse);

  size_t size() const { return left; }
  /// The input that stands at a position.
  int inputAt(size_t position) const { return inputs[position]; }
  double diagonal(size_t position) const { return inverse(position, position); }
  /// Column `position`, an entry for each position.
  auto column(size_t position) const { return inverse.col(position).head(left); }
  /// Takes away what stands at a position: the last one moves there.
  void remove(size_t position);

private:
  Matrix inverse;
  std::vector<int> inputs;
  size_t left;
};

} // namespace engram::quantize
