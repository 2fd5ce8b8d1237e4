// Rounding one row, or several rows with one Hessian, to grids: the algorithms.
#pragma once

#include "dialects/Neuro/Quantize/Grid.h"
#include "dialects/Neuro/Quantize/Layer.h"

namespace engram::quantize {

/// Optimal Brain Compression of one row (OBQ; Frantar and Alistarh 2022, Algorithm 3): again and
/// again the weight with the least (w - q(w))^2 / [H^-1]_jj is rounded, and what is left makes good
/// for its error by the column of H^-1. Weights that have left the grid's range are rounded as soon
/// as that happens, the worst one first. Of the third order in the length of the row. What is not
/// `kept` stays 0.
std::vector<double> roundGreedily(const std::vector<double> &row, const std::vector<bool> &kept,
                                  const Inverse &inverse, const Grid &grid);

/// The same with one order for all rows, by descending diagonal of H, so that one Cholesky factor
/// of H^-1 serves them all (GPTQ; Frantar et al. 2022). What is not kept becomes 0, and its error
/// too is made good for.
Rows roundInOrder(const Rows &rows, const std::vector<std::vector<bool>> &kept,
                  const Inverse &inverse, const Grid &grid);

/// Improves a rounded row weight by weight until no single change makes (q - w) H (q - w)^T less:
/// coordinate descent on the grid (as QuantEase; Behdin et al. 2023). Weights with `kept` false
/// stay.
void descend(std::vector<double> &rounded, const std::vector<double> &row,
             const std::vector<bool> &kept, const Matrix &hessian, const Grid &grid);

/// FlexRound (Lee et al. 2023): q = step * round(w / (step s_ij s_i)), with
/// divisors s_ij of each weight and s_i of each row that start at 1 and are learned, as logarithms,
/// by Adam on (q - w) H (q - w)^T, with straight-through gradients. Deterministic. Of all
/// iterations the best is taken for each row; the first one is rounding to the nearest. All rows
/// share H.
Rows roundFlexibly(const Rows &rows, const Matrix &hessian, const Grid &grid);

} // namespace engram::quantize
