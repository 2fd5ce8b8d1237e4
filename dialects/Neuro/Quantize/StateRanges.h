// Ranges of states: seen in a calibration, told by the user, or bounded by interval arithmetic.
#pragma once

#include "dialects/Neuro/Quantize/Calibration.h"
#include "dialects/Neuro/Quantize/RegionRanges.h"
#include <memory>

namespace engram::neuro {

/// A region of a model as a graph, with its results.
struct ModelRegion {
  std::string name;
  mlir::Operation *op = nullptr;
  std::unique_ptr<RegionGraph> graph;
  std::vector<std::pair<mlir::Value, unsigned>> assigned; ///< states and the nodes they get
  std::optional<unsigned> yielded;
};

/// The regions of a model. Failure with a diagnostic.
mlir::FailureOr<std::vector<ModelRegion>> buildRegions(ModelOp model,
                                                       const ModelConstants &constants);

struct StateRange {
  Range range;
  std::string from; ///< "calibration", "option" or "interval"
};

/// The range of each state of real numbers. `inputs` has those of the ports. What is seen is taken
/// 2^headroom times as wide; initial values, constants that are assigned and those that a state is
/// compared with are part of it. A state without a bound is a diagnostic on the population.
mlir::FailureOr<llvm::DenseMap<mlir::Value, StateRange>>
rangesOfStates(PopulationOp population, ModelOp model, const ModelConstants &constants,
               std::vector<ModelRegion> &regions, const std::optional<PopulationRanges> &seen,
               const std::map<std::string, Range> &told,
               const llvm::DenseMap<mlir::Value, Range> &inputs, int headroom);

} // namespace engram::neuro
