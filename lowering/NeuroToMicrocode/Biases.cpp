// What projections add to the sums of a population in each step.
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "lowering/NeuroToMicrocode/Program.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::a1;

Biases engram::a1::biasesOf(neuro::PopulationOp population) {
  neuro::ModelOp model = neuro::modelOf(population);
  auto network = population->getParentOfType<neuro::NetworkOp>();
  Biases biases(llvm::range_size(model.getInputs()));
  for (auto projection : network.getOps<neuro::ProjectionOp>()) {
    if (projection.getTarget() != population.getSymName() || !projection.getBias())
      continue;
    neuro::InputOp input = neuro::portOf(projection, model);
    auto format = input ? dyn_cast<fx::FixedType>(input.getType()) : fx::FixedType();
    if (!format)
      continue;
    std::vector<double> values = neuro::readNumbers(*projection.getBias());
    auto port = std::distance(model.getInputs().begin(), llvm::find(model.getInputs(), input));
    biases[port].resize(values.size());
    for (size_t i = 0; i < values.size(); ++i)
      biases[port][i] += std::ldexp(values[i], format.getFractionBits());
  }
  for (std::vector<double> &bias : biases)
    if (!bias.empty() && llvm::all_equal(bias))
      bias.resize(1);
  return biases;
}
