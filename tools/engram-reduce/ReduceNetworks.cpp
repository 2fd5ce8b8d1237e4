// Delta debugging (Zeller and Hildebrandt 2002) over the parts of networks: an edit is kept if the
// script still finds what is left interesting, until no edit is.
#include "tools/engram-reduce/ReduceNetworks.h"

#include "tools/engram-reduce/Edits.h"

#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/Transforms/Passes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Reducer/Tester.h"

using namespace mlir;
using namespace engram::neuro;

namespace engram::reduce {

namespace {

using EditsOf = std::vector<Edit> (*)(ModuleOp);

/// A module on its way to the smallest that the script finds interesting.
class Search {
public:
  Search(ModuleOp module, const Tester &tester, int64_t mostTests)
      : best(cast<ModuleOp>(module->clone())), tester(tester), left(mostTests) {}

  bool isInteresting(ModuleOp module) {
    --left;
    return tester.isInteresting(module).first == Tester::Interestingness::True;
  }
  void run();
  ModuleOp result() { return *best; }

private:
  OwningOpRef<ModuleOp> best;
  const Tester &tester;
  int64_t left;

  bool accept(OwningOpRef<ModuleOp> candidate);
  bool tryEdits(ArrayRef<Edit> edits);
  bool removeParts();
  bool oneByOne(EditsOf edits);
  void writeShapes();
};

bool Search::accept(OwningOpRef<ModuleOp> candidate) {
  if (left <= 0 || failed(verify(*candidate)) || !isInteresting(*candidate))
    return false;
  best = std::move(candidate);
  return true;
}

/// All of them at once.
bool Search::tryEdits(ArrayRef<Edit> edits) {
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>((*best)->clone());
  bool changed = false;
  for (const Edit &edit : edits)
    changed |= edit.apply(*copy);
  return changed && accept(std::move(copy));
}

/// Halves, quarters, and so on down to single parts.
bool Search::removeParts() {
  bool changed = false;
  std::vector<Edit> parts = removals(*best);
  for (size_t chunk = parts.size(); chunk > 0 && left > 0; chunk /= 2)
    for (size_t start = 0; start < parts.size() && left > 0;) {
      size_t length = std::min(chunk, parts.size() - start);
      if (tryEdits(ArrayRef(parts).slice(start, length))) {
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(start),
                    parts.begin() + static_cast<std::ptrdiff_t>(start + length));
        changed = true;
      } else {
        start += length;
      }
    }
  return changed;
}

bool Search::oneByOne(EditsOf editsOf) {
  bool changed = false;
  std::vector<Edit> edits = editsOf(*best);
  for (size_t k = 0; k < edits.size() && left > 0;) {
    if (!tryEdits(edits[k])) {
      ++k;
      continue;
    }
    changed = true;
    // What is left has other edits; those before this one have failed already.
    edits = editsOf(*best);
  }
  return changed;
}

/// Shapes that only projections tell would be lost with these.
void Search::writeShapes() {
  OwningOpRef<ModuleOp> complete = cast<ModuleOp>((*best)->clone());
  PassManager manager(best->getContext());
  manager.addPass(createInlineLibraryPass());
  manager.addPass(createInferShapesPass());
  if (failed(manager.run(*complete)))
    return;
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>((*best)->clone());
  bool changed = false;
  for (auto network : copy->getOps<NetworkOp>()) {
    Operation *other = SymbolTable::lookupSymbolIn(*complete, network.getSymName());
    for (Operation &op : network.getBody().front()) {
      if (!isa<SourceOp, PopulationOp>(op) || op.hasAttr("shape"))
        continue;
      Operation *shaped = SymbolTable::lookupSymbolIn(other, SymbolTable::getSymbolName(&op));
      if (auto source = dyn_cast<SourceOp>(op))
        source.setShapeAttr(cast<SourceOp>(shaped).getShapeAttr());
      else
        cast<PopulationOp>(op).setShapeAttr(cast<PopulationOp>(shaped).getShapeAttr());
      changed = true;
    }
  }
  if (changed)
    accept(std::move(copy));
}

void Search::run() {
  removeParts();
  writeShapes();
  bool changed = true;
  while (changed && left > 0) {
    changed = oneByOne(shrinkings);
    changed |= oneByOne(simplifications);
    changed |= removeParts();
  }
}

struct ReduceNetworksPass : PassWrapper<ReduceNetworksPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ReduceNetworksPass)
  ReduceNetworksPass() = default;
  ReduceNetworksPass(const ReduceNetworksPass &other) : PassWrapper(other) {}

  StringRef getArgument() const override { return "neuro-reduce"; }
  StringRef getDescription() const override {
    return "make networks smaller and simpler while a script says that they are interesting";
  }

  void runOnOperation() override {
    SmallVector<std::string> arguments(testArguments.begin(), testArguments.end());
    Tester tester(test, arguments);
    // Most of what is tried is invalid somewhere; that is no news.
    ModuleOp module = getOperation();
    bool interesting = false;
    {
      ScopedDiagnosticHandler silence(module.getContext(), [](Diagnostic &) { return success(); });
      Search search(module, tester, maxTests);
      interesting = search.isInteresting(module);
      if (interesting) {
        search.run();
        module.getBodyRegion().takeBody(search.result().getBodyRegion());
      }
    }
    if (!interesting) {
      module.emitError() << "expected the script '" << test.getValue()
                         << "' to find the input interesting, which is to exit with 1";
      signalPassFailure();
    }
  }

  Option<std::string> test{*this, "test",
                           llvm::cl::desc("script that exits with 1 if the file that it gets as "
                                          "its last argument is interesting, else with 0")};
  ListOption<std::string> testArguments{*this, "test-arg",
                                        llvm::cl::desc("arguments of the script")};
  Option<int64_t> maxTests{*this, "max-tests", llvm::cl::init(5000),
                           llvm::cl::desc("runs of the script after which it is enough")};
};

} // namespace

void registerReduceNetworks() { PassRegistration<ReduceNetworksPass>(); }

} // namespace engram::reduce
