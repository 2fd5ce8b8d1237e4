// Instruction selection: the update program of a population of fixed-point numbers as instructions
// of the neuron engine.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/accelerator/HostPlan.h"
#include "runtime/accelerator/Instruction.h"

namespace engram::a1 {

/// A number that programs of a core share.
struct Constant {
  uint32_t bits = 0;
  bool isSigned = true; ///< how LDC extends it; both read the same memory
};

/// What a state word of each neuron holds.
struct StateWord {
  std::string name;             ///< of a state, a parameter, "bias of <port>", or "output"
  neuro::StateOp state;         ///< null for parameters and biases
  neuro::ParameterOp parameter; ///< null for states and biases
  int biasPort = -1;
  mlir::Type type;
};

/// An instruction with the operation that it is made from, for listings.
struct Line {
  Instruction instruction;
  mlir::Operation *source = nullptr; ///< null for what the engine itself needs
};

/// The program of one population.
struct Program {
  std::vector<Line> lines; ///< the last is END
  std::vector<StateWord> stateWords;
  std::vector<std::string> ports; ///< inputs of the model, by number
  bool spikes = false;            ///< sends on a spike
  bool graded = false;            ///< sends what 'emit' yields
};

/// Constants of a core; equal bits are kept once.
class ConstantTable {
public:
  explicit ConstantTable(int limit) : limit(limit) {}
  /// The index of a number, or -1 if the table is full.
  int indexOf(uint32_t bits);
  const std::vector<uint32_t> &words() const { return table; }

private:
  int limit;
  std::vector<uint32_t> table;
};

/// Bits of a sum at each port, a neuron each or one for all, that no spike brings; empty if none.
using Biases = std::vector<std::vector<double>>;

/// The program of a population whose shape and model are known. `biases[port]` holds raw numbers.
/// Neurons that no synapse leaves (`sends` is false) have no route, so they only record their
/// spikes. Failure with a diagnostic at the operation if it is not one of the engine's, is wider
/// than a state word or a register, or if registers, state words, constants or ports are too few.
mlir::FailureOr<Program> compileProgram(neuro::PopulationOp population, const Biases &biases,
                                        bool sends, const ChipParameters &chip,
                                        ConstantTable &constants);

/// Instructions beside the operations, with their places, that they come from; `constants` are
/// those of the core.
std::string listing(neuro::PopulationOp population, const Program &program,
                    const ConstantTable &constants);

} // namespace engram::a1
