// A network with its mapping, keys and routes to an image of the chip.
#pragma once

#include "backends/Accelerator/Rows.h"
#include "dialects/NCore/IR/NCoreDialect.h"
#include "lowering/NeuroToMicrocode/Program.h"
#include "runtime/accelerator/HostPlan.h"
#include "runtime/accelerator/Image.h"

namespace engram::a1 {

/// What a host has to know of a population.
struct PopulationPlan {
  std::string name;
  std::vector<NeuronPlace> places; ///< of each neuron
  std::vector<StateWord> stateWords;
  bool graded = false;
};

/// What a host injects for a source: neuron n's output x as payload x * 2^fractionBits to the key
/// first + n.
struct SourcePlan {
  std::string name;
  uint32_t firstKey = 0;
  int fractionBits = 0;
  bool used = false; ///< a synapse leaves it
};

struct CoreReport {
  int neurons = 0, instructions = 0, constants = 0, axons = 0, keyEntries = 0, routeEntries = 0;
  RowStatistics rows;
};

struct CompiledNetwork {
  ChipParameters chip;
  Image image;
  std::vector<PopulationPlan> populations; ///< in the order of the network
  std::vector<SourcePlan> sources;         ///< likewise
  std::vector<CoreReport> cores;
  /// Listing of each population's program, by name.
  std::vector<std::pair<std::string, std::string>> listings;
};

/// The sizes of a chip that a target describes; failure with a diagnostic at the location if the
/// description is none of this family of chips.
mlir::FailureOr<ChipParameters> chipOf(ncore::TargetAttr target, mlir::Location location);

/// Requires a fixed-point network that is mapped: delays between cores are at least one step
/// (neuro-map-delays), and the module has target, mapping, keys and routes. Failure with
/// diagnostics, all that a core lacks before the next core's, if it does not fit.
mlir::FailureOr<CompiledNetwork> compileImage(neuro::NetworkOp network);

} // namespace engram::a1
