// What the tests of import and export share: running a NIR network on the interpreter.
#pragma once

#include "backends/Reference/Interpreter.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "lowering/NIRToNeuro/ExportNIR.h"
#include "lowering/NIRToNeuro/ImportNIR.h"
#include "lowering/NIRToNeuro/NIRChecks.h"
#include "runtime/Npy.h"
#include "tests/lowering/NIRToNeuro/NIRTestSupport.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Pass/PassManager.h"

namespace engram::nir::test {

/// A context that keeps what it diagnoses: "error: ...".
class Session {
public:
  Session()
      : handler(&context, [this](mlir::Diagnostic &diagnostic) {
          std::string place;
          llvm::raw_string_ostream stream(place);
          diagnostic.getLocation()->print(stream);
          messages += (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error ? "error: "
                                                                                   : "warning: ") +
                      place + ": " + diagnostic.str() + "\n";
          return mlir::success();
        }) {
    context.loadDialect<neuro::NeuroDialect, mlir::arith::ArithDialect, mlir::math::MathDialect>();
  }

  mlir::OwningOpRef<mlir::ModuleOp> import(const std::string &path, ImportOptions options = {}) {
    auto module = importNIR(path, &context, options);
    return failed(module) ? mlir::OwningOpRef<mlir::ModuleOp>() : std::move(*module);
  }
  mlir::OwningOpRef<mlir::ModuleOp> import(Graph graph, ImportOptions options = {}) {
    auto shared = std::make_shared<const Graph>(std::move(graph));
    auto module = importNIR(shared, "net.nir", &context, options);
    return failed(module) ? mlir::OwningOpRef<mlir::ModuleOp>() : std::move(*module);
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  std::string messages;

private:
  mlir::ScopedDiagnosticHandler handler;
};

inline neuro::NetworkOp networkIn(mlir::ModuleOp module) {
  return *module.getOps<neuro::NetworkOp>().begin();
}

/// A network on the interpreter: what its probes see.
class Simulation {
public:
  Simulation(mlir::OwningOpRef<mlir::ModuleOp> imported, bool single = false)
      : module(std::move(imported)) {
    mlir::PassManager passes(module->getContext());
    passes.addPass(neuro::createInlineLibraryPass());
    if (single)
      passes.addPass(neuro::createConvertPrecisionPass());
    if (failed(passes.run(*module)))
      return;
    auto created = reference::Interpreter::create(networkIn(*module));
    if (succeeded(created))
      machine = std::move(*created);
  }

  explicit operator bool() const { return machine != nullptr; }

  /// Feeds the only input; returns the spikes of a population at each step.
  std::vector<std::vector<double>> spikes(const std::vector<std::vector<double>> &input,
                                          const std::string &population) {
    size_t index = 0;
    const auto &populations = machine->info().populations;
    while (index < populations.size() && populations[index].name != population)
      ++index;
    std::vector<std::vector<double>> result;
    machine->reset();
    for (const auto &row : input) {
      machine->step({row.data()});
      result.emplace_back(populations.at(index).size);
      machine->readSpikes(index, result.back().data());
    }
    return result;
  }

  std::vector<std::vector<double>> probe(const std::vector<std::vector<double>> &input,
                                         size_t number = 0) {
    std::vector<std::vector<double>> result;
    machine->reset();
    for (const auto &row : input) {
      machine->step({row.data()});
      result.emplace_back(machine->info().probes.at(number).size);
      machine->readProbe(number, result.back().data());
    }
    return result;
  }

  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::unique_ptr<Machine> machine;
};

/// Edges in one order, so that graphs compare as sets of edges.
inline void sortEdges(Graph &graph) {
  std::sort(graph.edges.begin(), graph.edges.end());
  for (auto &[name, node] : graph.nodes)
    if (node.graph)
      sortEdges(*node.graph);
}

#define SKIP_WITHOUT_SHARED_DATA()                                                                 \
  if (!fs::exists(sharedData))                                                                     \
  GTEST_SKIP() << "there is no folder '" << sharedData.string() << "'"

} // namespace engram::nir::test
