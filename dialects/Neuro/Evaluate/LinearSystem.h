// The exact solution of linear dynamics over a step.
#pragma once

#include "dialects/Neuro/Evaluate/ScalarProgram.h"

namespace engram::neuro {

/// Of `dx/dt = A x + b`: `exponential` = exp(A h), `integral` = the integral of exp(A s) over 0 to
/// h. Entry (i, j) of an n by n matrix stands at `i * n + j` and holds one value, or one a neuron.
/// The states are in the order of the derivatives.
struct Propagators {
  std::vector<std::vector<double>> exponential, integral;
};

/// Propagators of a population whose model's `dynamics` are affine in the states with factors that
/// depend on parameters alone; another model is refused with a diagnostic.
mlir::FailureOr<Propagators> computePropagators(PopulationOp population, ModelOp model, double h);

} // namespace engram::neuro
