// What can be taken from a network to make it simpler.
#pragma once

#include "mlir/IR/BuiltinOps.h"

#include <functional>
#include <string>
#include <vector>

namespace engram::reduce {

/// A change of a module, which names what it changes so that it can be done to a copy. False, with
/// the module in any state, if there is nothing to change. The result may be invalid: who applies
/// it verifies.
struct Edit {
  std::string what;
  std::function<bool(mlir::ModuleOp)> apply;
};

/// Whatever can be removed as a whole: sources and populations with all that names them,
/// projections, probes, models, other operations at the top. What takes most with it comes first.
std::vector<Edit> removals(mlir::ModuleOp module);

/// Simpler parts in the place of parts: models, values, connectors, delays, sources; and operations
/// of models that nothing needs. Each is a step down, so that they come to an end.
std::vector<Edit> simplifications(mlir::ModuleOp module);

/// Fewer neurons: of a source or population with all that is joined to it one-to-one, the first
/// few. Weights, delays, values and listed spikes of those that go away go with them; what has no
/// matrix becomes one.
std::vector<Edit> shrinkings(mlir::ModuleOp module);

} // namespace engram::reduce
