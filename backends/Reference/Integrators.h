// How derivatives become a step (the table of '#neuro.method'), done numerically on the model's own
// equations.
#pragma once

#include "dialects/Neuro/Evaluate/ScalarProgram.h"

namespace engram::reference {

/// Integrates the `dynamics` of one neuron over one step of length `h` (in the model's unit of
/// time).
class Integrator {
public:
  Integrator(const neuro::ScalarProgram &dynamics, neuro::Method method, double h, bool single)
      : dynamics(dynamics), method(method), h(h), single(single) {}

  /// True if the derivatives are affine in the states that the method needs them to be affine in,
  /// at the parameters in `slots`.
  bool applies(neuro::Slots slots, const neuro::NeuronContext &context) const;

  void step(neuro::Slots &slots, const neuro::NeuronContext &context) const;

private:
  const neuro::ScalarProgram &dynamics;
  neuro::Method method;
  double h;
  bool single;

  double round(double x) const { return single ? static_cast<float>(x) : x; }
  size_t size() const { return dynamics.results.size(); }
  unsigned state(size_t k) const { return dynamics.results[k].first; }
  /// The derivatives at a state; leaves the slots' states as they were.
  std::vector<double> derivatives(neuro::Slots &slots, const neuro::NeuronContext &context,
                                  const std::vector<double> &states) const;
  void euler(neuro::Slots &slots, const neuro::NeuronContext &context) const;
  void sequentialEuler(neuro::Slots &slots, const neuro::NeuronContext &context) const;
  void exponentialEuler(neuro::Slots &slots, const neuro::NeuronContext &context) const;
  void exact(neuro::Slots &slots, const neuro::NeuronContext &context) const;
  void rungeKutta4(neuro::Slots &slots, const neuro::NeuronContext &context) const;
};

} // namespace engram::reference
