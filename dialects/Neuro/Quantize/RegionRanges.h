// How large the numbers of a region become, which of them matter, and how exact they have to be.
#pragma once

#include "dialects/Neuro/Quantize/ModelGraph.h"

namespace engram::neuro {

using RangeOfValue = std::function<Range(mlir::Value)>;

/// Ranges by interval arithmetic, operands before users. `declared` is asked for states and inputs,
/// `seen` for what a calibration saw of a computed value (everything if it saw nothing). Ranges
/// that an earlier `propagateDemand` found useful limit those of their nodes.
void propagateRanges(RegionGraph &graph, const RangeOfValue &declared, const RangeOfValue &seen);

/// A result of the region: what takes it has the numbers `useful` and the accuracy `tolerance`.
struct Demand {
  unsigned node;
  Range useful;
  double tolerance;
};

/// From results to operands: `useful` and `tolerance` of each node. Numbers that are compared count
/// as exact enough with `comparedBits` bits.
void propagateDemand(RegionGraph &graph, llvm::ArrayRef<Demand> results, int comparedBits);

/// `f` with its values limited to a range; what is no number becomes the middle.
std::function<double(double)> limited(std::function<double(double)> f, Range range);

} // namespace engram::neuro
