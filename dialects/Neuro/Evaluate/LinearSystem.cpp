// Factors by evaluation at unit vectors, propagators by the exponential of an augmented matrix (Van
// Loan 1978).
#include "dialects/Neuro/Evaluate/LinearSystem.h"
#include "dialects/Neuro/IR/Instance.h"
#include <Eigen/Dense>
#include <unsupported/Eigen/MatrixFunctions>

using namespace mlir;
using namespace engram::neuro;

// True if a factor of a state in a derivative could depend on an input or on chance.
static bool factorsAreConstant(ModelOp model) {
  bool constant = true;
  model.find<DynamicsOp>().walk([&](Operation *op) {
    constant &= !isa<UniformOp>(op);
    if (!isa<arith::MulFOp, arith::DivFOp, arith::SelectOp>(op))
      return;
    // A value that is used twice is looked at once.
    auto reaches = [&](Value value, bool wantState) {
      SmallVector<Operation *> open{value.getDefiningOp()};
      llvm::SmallPtrSet<Operation *, 16> seen;
      while (!open.empty()) {
        Operation *def = open.pop_back_val();
        if (wantState ? isa<StateOp>(def) : isa<InputOp>(def))
          return true;
        if (isa<ParameterOp, StateOp, InputOp>(def) || !seen.insert(def).second)
          continue;
        for (Value operand : def->getOperands())
          open.push_back(operand.getDefiningOp());
      }
      return false;
    };
    for (unsigned a = 0; a < op->getNumOperands(); ++a)
      for (unsigned b = 0; b < op->getNumOperands(); ++b)
        if (a != b && reaches(op->getOperand(a), true) && reaches(op->getOperand(b), false))
          constant &= isa<arith::SelectOp>(op) && a > 0 && b > 0;
  });
  return constant;
}

FailureOr<Propagators> engram::neuro::computePropagators(PopulationOp population, ModelOp model,
                                                         double h) {
  if (!factorsAreConstant(model))
    return population.emitOpError()
           << "method 'exact' needs factors of the states of model '" << model.getSymName()
           << "' that depend on parameters alone; try exponential_euler or rk4";
  FailureOr<ModelProgram> program = ModelProgram::compile(model);
  if (failed(program))
    return failure();
  int64_t count = 1;
  SmallVector<std::pair<unsigned, std::vector<double>>> parameters;
  for (ParameterOp parameter : model.getParameters()) {
    FailureOr<std::vector<double>> values = parameterValues(population, parameter);
    if (failed(values))
      return failure();
    count = std::max<int64_t>(count, values->size());
    parameters.push_back({program->slotOf(parameter), std::move(*values)});
  }
  const ScalarProgram &dynamics = *program->dynamics;
  int64_t n = dynamics.results.size();
  Propagators result{std::vector<std::vector<double>>(n * n, std::vector<double>(count)),
                     std::vector<std::vector<double>>(n * n, std::vector<double>(count))};
  Slots slots = program->initialSlots();
  for (int64_t neuron = 0; neuron < count; ++neuron) {
    for (auto &[slot, values] : parameters)
      slots[slot] = values.size() == 1 ? values[0] : values[neuron];
    NeuronContext context{0, 0, neuron, 0, h};
    auto derivativesAt = [&](int64_t unit) {
      for (int64_t k = 0; k < n; ++k)
        slots[dynamics.results[k].first] = k == unit;
      dynamics.run(slots, context);
      Eigen::VectorXd f(n);
      for (int64_t k = 0; k < n; ++k)
        f[k] = slots[dynamics.results[k].second];
      return f;
    };
    Eigen::VectorXd constant = derivativesAt(-1);
    Eigen::MatrixXd augmented = Eigen::MatrixXd::Zero(2 * n, 2 * n);
    for (int64_t j = 0; j < n; ++j)
      augmented.col(j).head(n) = h * (derivativesAt(j) - constant);
    augmented.topRightCorner(n, n) = h * Eigen::MatrixXd::Identity(n, n);
    Eigen::MatrixXd propagator = augmented.exp();
    for (int64_t i = 0; i < n; ++i)
      for (int64_t j = 0; j < n; ++j) {
        result.exponential[i * n + j][neuron] = propagator(i, j);
        result.integral[i * n + j][neuron] = propagator(i, n + j);
      }
  }
  return result;
}
