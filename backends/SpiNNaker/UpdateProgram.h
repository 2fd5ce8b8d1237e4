// What one neuron of a population does in a step, as a function of integers, and where its numbers
// lie.
#pragma once

#include "dialects/Fx/IR/FxDialect.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace engram::spinnaker {

/// A state or parameter in words of 32 bits; one of more than 32 bits has two, the low one first.
struct RecordWord {
  neuro::StateOp state; ///< or
  neuro::ParameterOp parameter;
  mlir::Type type; ///< fixed-point or an integer
  uint32_t word = 0;

  int words() const;
};

struct UpdateProgram {
  /// `neuron_update` and the numbers of words that it uses, as runtime/spinnaker/core/core.h has
  /// them, in the llvm dialect. Populations with equal text share a program.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::string text;

  std::vector<RecordWord> record, shared; ///< of each neuron; of all
  uint32_t recordWords = 0, sharedWords = 0;
  std::vector<neuro::InputOp> ports; ///< those that projections feed
  fx::FixedType output;              ///< of a graded output
};

/// Parameters with one value in the population are shared. Failure with a diagnostic if the model
/// computes with floating-point numbers, or has more ports than a core.
mlir::FailureOr<UpdateProgram> compileUpdate(neuro::PopulationOp population);

} // namespace engram::spinnaker
