// What a source emits in each step (neuro_s7): the same for every machine that is fed from here.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"

namespace engram::neuro {

class SourceState {
public:
  /// `input`: the number of an external source among all external ones.
  SourceState(SourceOp op, int64_t size, int input);

  /// `inputs[k]` are the numbers of external source k, null for zeros.
  void step(int64_t now, const std::vector<const double *> &inputs);
  void reset();

  std::vector<double> output, spikes; ///< a neuron each

private:
  mlir::Attribute kind;
  int input;
  std::optional<fx::Format> format; ///< to which outputs are rounded
  uint64_t seed;
  uint32_t stream;
  bool single;
  double dtSeconds;
  std::vector<double> numbers;         ///< rates or currents
  std::vector<int64_t> steps, neurons; ///< listed spikes; first steps of currents

  double round(double x) const { return single ? static_cast<float>(x) : x; }
  int64_t size() const { return static_cast<int64_t>(output.size()); }
  void emitListed(int64_t now);
  void emitCounts(int64_t now);
  void emitCurrents(int64_t now);
};

/// The sources of a network in the order of the text, external ones numbered in that order, as
/// their numbers are given to `step`. Requires shapes.
std::vector<SourceState> sourceStatesOf(NetworkOp network);

} // namespace engram::neuro
