// The five methods (neuro_s6). 'x' is the vector of states that have derivatives, 'f' their
// derivatives.
#include "backends/Reference/Integrators.h"
#include <Eigen/Dense>
#include <cmath>
#include <unsupported/Eigen/MatrixFunctions>

using namespace engram::neuro;
using namespace engram::reference;

static std::vector<double> statesOf(const ScalarProgram &dynamics, const Slots &slots) {
  std::vector<double> x;
  for (auto [state, value] : dynamics.results)
    x.push_back(slots[state]);
  return x;
}

std::vector<double> Integrator::derivatives(Slots &slots, const NeuronContext &context,
                                            const std::vector<double> &states) const {
  std::vector<double> saved = statesOf(dynamics, slots), f;
  for (size_t k = 0; k < size(); ++k)
    slots[state(k)] = states[k];
  dynamics.run(slots, context);
  for (auto [state, value] : dynamics.results)
    f.push_back(slots[value]);
  for (size_t k = 0; k < size(); ++k)
    slots[state(k)] = saved[k];
  return f;
}

void Integrator::step(Slots &slots, const NeuronContext &context) const {
  switch (method) {
  case Method::Euler:
    return euler(slots, context);
  case Method::SequentialEuler:
    return sequentialEuler(slots, context);
  case Method::ExponentialEuler:
    return exponentialEuler(slots, context);
  case Method::Exact:
    return exact(slots, context);
  case Method::RK4:
    return rungeKutta4(slots, context);
  }
}

// x + h f(x)
void Integrator::euler(Slots &slots, const NeuronContext &context) const {
  std::vector<double> x = statesOf(dynamics, slots), f = derivatives(slots, context, x);
  for (size_t k = 0; k < size(); ++k)
    slots[state(k)] = round(x[k] + round(round(h) * f[k]));
}

// The same, one state after another; each sees the new values of those before it.
void Integrator::sequentialEuler(Slots &slots, const NeuronContext &context) const {
  for (size_t k = 0; k < size(); ++k) {
    std::vector<double> x = statesOf(dynamics, slots), f = derivatives(slots, context, x);
    slots[state(k)] = round(x[k] + round(round(h) * f[k]));
  }
}

// x + (exp(h a) - 1) / a f(x), a = df_k/dx_k
void Integrator::exponentialEuler(Slots &slots, const NeuronContext &context) const {
  std::vector<double> x = statesOf(dynamics, slots), f = derivatives(slots, context, x), next = x;
  for (size_t k = 0; k < size(); ++k) {
    std::vector<double> zero = x, one = x;
    zero[k] = 0, one[k] = 1;
    double a = derivatives(slots, context, one)[k] - derivatives(slots, context, zero)[k];
    next[k] = round(x[k] + (a == 0 ? h : std::expm1(h * a) / a) * f[k]);
  }
  for (size_t k = 0; k < size(); ++k)
    slots[state(k)] = next[k];
}

// exp(A h) x + integral of exp(A s) ds b, as the exponential of the matrix [A b; 0 0] h.
void Integrator::exact(Slots &slots, const NeuronContext &context) const {
  std::vector<double> x = statesOf(dynamics, slots), zero(size(), 0.0),
                      b = derivatives(slots, context, zero);
  Eigen::MatrixXd augmented = Eigen::MatrixXd::Zero(size() + 1, size() + 1);
  for (size_t k = 0; k < size(); ++k) {
    std::vector<double> unit = zero;
    unit[k] = 1;
    std::vector<double> column = derivatives(slots, context, unit);
    for (size_t i = 0; i < size(); ++i)
      augmented(i, k) = h * (column[i] - b[i]);
    augmented(k, size()) = h * b[k];
  }
  Eigen::MatrixXd propagator = augmented.exp();
  for (size_t i = 0; i < size(); ++i) {
    double next = propagator(i, size());
    for (size_t k = 0; k < size(); ++k)
      next += propagator(i, k) * x[k];
    slots[state(i)] = round(next);
  }
}

// x + h/6 (k1 + 2 k2 + 2 k3 + k4)
void Integrator::rungeKutta4(Slots &slots, const NeuronContext &context) const {
  std::vector<double> x = statesOf(dynamics, slots);
  auto at = [&](const std::vector<double> &k, double scale) {
    std::vector<double> y = x;
    for (size_t i = 0; i < y.size(); ++i)
      y[i] = round(x[i] + round(round(scale) * k[i]));
    return y;
  };
  std::vector<double> k1 = derivatives(slots, context, x);
  std::vector<double> k2 = derivatives(slots, context, at(k1, h / 2));
  std::vector<double> k3 = derivatives(slots, context, at(k2, h / 2));
  std::vector<double> k4 = derivatives(slots, context, at(k3, h));
  for (size_t i = 0; i < size(); ++i) {
    double sum = round(round(k1[i] + round(2 * k2[i])) + round(round(2 * k3[i]) + k4[i]));
    slots[state(i)] = round(x[i] + round(round(h / 6) * sum));
  }
}

bool Integrator::applies(Slots slots, const NeuronContext &context) const {
  if (method != Method::Exact && method != Method::ExponentialEuler)
    return true;
  const double tolerance = single ? 1e-4 : 1e-9; // well above rounding, well below a curve
  // An affine function takes the value (f(a) + f(b)) / 2 half-way between a and b.
  auto isAffine = [&](const std::vector<double> &a, const std::vector<double> &b, size_t first,
                      size_t last) {
    std::vector<double> middle = a;
    for (size_t k = 0; k < size(); ++k)
      middle[k] = (a[k] + b[k]) / 2;
    std::vector<double> fa = derivatives(slots, context, a), fb = derivatives(slots, context, b);
    std::vector<double> fm = derivatives(slots, context, middle);
    for (size_t k = first; k < last; ++k)
      if (std::abs(fm[k] - (fa[k] + fb[k]) / 2) >
          tolerance * (std::abs(fa[k]) + std::abs(fb[k]) + std::abs(fm[k])))
        return false;
    return true;
  };
  std::vector<double> a(size()), b(size());
  for (size_t k = 0; k < size(); ++k)
    a[k] = 0.3 + 0.17 * k, b[k] = 1.1 - 0.31 * k;
  if (method == Method::Exact)
    return isAffine(a, b, 0, size());
  for (size_t k = 0; k < size(); ++k) {
    std::vector<double> c = a;
    c[k] = b[k];
    if (!isAffine(a, c, k, k + 1))
      return false;
  }
  return true;
}
