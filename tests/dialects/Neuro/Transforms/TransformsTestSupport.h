// Networks from text, through passes, run by the interpreter.
#pragma once

#include "backends/Reference/Interpreter.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "gtest/gtest.h"
#include <string>
#include <vector>

namespace engram::tests {

/// The network of a text after the passes that `addPasses` adds behind neuro-inline-library.
inline mlir::OwningOpRef<mlir::ModuleOp>
transformed(const std::string &text, mlir::MLIRContext *context,
            const std::function<void(mlir::PassManager &)> &addPasses) {
  context->loadDialect<neuro::NeuroDialect>();
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, context);
  mlir::PassManager pm(context);
  pm.addPass(neuro::createInlineLibraryPass());
  pm.addPass(neuro::createInferShapesPass());
  addPasses(pm);
  if (!module || mlir::failed(pm.run(*module)))
    return {};
  return module;
}

/// One step; external sources get a 1 or a 0 by a fixed rule.
inline void stepWithInputs(Machine &machine, int64_t step) {
  std::vector<std::vector<double>> inputs;
  std::vector<const double *> pointers;
  for (const SourceInfo &source : machine.info().inputs) {
    inputs.emplace_back();
    for (int64_t i = 0; i < source.size; ++i)
      inputs.back().push_back((step * 7 + i * 13) % 5 < 2);
  }
  for (auto &values : inputs)
    pointers.push_back(values.data());
  machine.step(pointers);
}

/// What all probes of the module's network show, step by step.
inline std::vector<std::vector<double>> probesOf(mlir::ModuleOp module, int64_t steps) {
  std::vector<std::vector<double>> rows;
  auto network = neuro::findNetwork(module);
  auto machine = mlir::succeeded(network)
                     ? reference::Interpreter::create(*network)
                     : mlir::FailureOr<std::unique_ptr<reference::Interpreter>>();
  if (mlir::failed(machine)) {
    ADD_FAILURE();
    return rows;
  }
  const NetworkInfo &info = (*machine)->info();
  for (int64_t step = 0; step < steps; ++step) {
    stepWithInputs(**machine, step);
    auto &row = rows.emplace_back();
    for (size_t k = 0; k < info.probes.size(); ++k) {
      std::vector<double> values(info.probes[k].size);
      (*machine)->readProbe(k, values.data());
      row.insert(row.end(), values.begin(), values.end());
    }
  }
  return rows;
}

} // namespace engram::tests
