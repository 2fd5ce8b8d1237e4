// One neuron of a model of the library, run by the interpreter on given inputs.
#pragma once

#include "backends/Reference/Interpreter.h"
#include "dialects/Neuro/Library/Library.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"
#include <map>
#include <string>
#include <vector>

namespace engram::tests {

/// What is put on a port: a number a step; zero where the list has ended.
using Inputs = std::map<std::string, std::vector<double>>;

struct Trace {
  std::map<std::string, std::vector<double>> states; ///< after each step; "output" as well
  std::vector<int64_t> spikes;                       ///< steps in which neuron 0 fired
  int64_t count = 0;                                 ///< spikes of all neurons
};

/// `population` is the text after the model's name, such as `parameters {tau = 20.0} method exact`;
/// `dt` such as "0.1 ms".
inline Trace simulate(const std::string &model, const std::string &population,
                      const std::string &dt, int64_t steps, const Inputs &inputs = {},
                      int64_t neurons = 1, uint64_t seed = 1) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  mlir::OwningOpRef<mlir::ModuleOp> module = neuro::loadLibraryModel(model, &context);
  Trace trace;
  if (!module) {
    ADD_FAILURE() << "no model " << model;
    return trace;
  }
  auto op = module->lookupSymbol<neuro::ModelOp>(model);
  std::string size = "[" + std::to_string(neurons) + "]";
  std::string text = "neuro.network @n dt = " + dt + " seed = " + std::to_string(seed) +
                     " {\n population @p " + size + " of @" + model + " " + population + "\n";
  for (auto &[port, values] : inputs)
    text += " source @in_" + port + " " + size + " is #neuro.external\n projection @to_" + port +
            " from @in_" + port + " to @p port \"" + port +
            "\" via #neuro.one_to_one<weight = 1.0>\n";
  text += " probe @output of @p \"output\" neurons [0]\n";
  for (neuro::StateOp state : op.getStates())
    text += " probe @" + state.getName().str() + " of @p \"" + state.getName().str() +
            "\" neurons [0]\n";
  text += "}\n";
  mlir::OwningOpRef<mlir::ModuleOp> network = mlir::parseSourceString<mlir::ModuleOp>(
      text, mlir::ParserConfig(&context, /*verifyAfterParse=*/false));
  if (!network) {
    ADD_FAILURE() << text;
    return trace;
  }
  module->getBody()->getOperations().splice(module->getBody()->end(),
                                            network->getBody()->getOperations());
  auto machine = mlir::succeeded(mlir::verify(*module))
                     ? reference::Interpreter::create(*module->getOps<neuro::NetworkOp>().begin())
                     : mlir::FailureOr<std::unique_ptr<reference::Interpreter>>();
  if (mlir::failed(machine)) {
    ADD_FAILURE() << text;
    return trace;
  }
  const NetworkInfo &info = (*machine)->info();
  std::vector<double> spikes(neurons);
  for (int64_t step = 0; step < steps; ++step) {
    std::vector<std::vector<double>> values;
    std::vector<const double *> pointers;
    for (const SourceInfo &source : info.inputs) {
      const std::vector<double> &given = inputs.at(source.name.substr(3));
      double value = step < static_cast<int64_t>(given.size()) ? given[step] : 0;
      values.emplace_back(neurons, value);
    }
    for (auto &value : values)
      pointers.push_back(value.data());
    (*machine)->step(pointers);
    for (size_t k = 0; k < info.probes.size(); ++k) {
      double value = 0;
      (*machine)->readProbe(k, &value);
      trace.states[info.probes[k].name].push_back(value);
    }
    (*machine)->readSpikes(0, spikes.data());
    if (spikes[0] != 0)
      trace.spikes.push_back(step);
    for (double spike : spikes)
      trace.count += spike != 0;
  }
  return trace;
}

/// A single value at one step of a list.
inline std::vector<double> pulse(int64_t step, double value) {
  std::vector<double> result(step + 1, 0.0);
  result[step] = value;
  return result;
}

} // namespace engram::tests
