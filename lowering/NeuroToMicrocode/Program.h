// Instruction selection: the update program of a population of fixed-point numbers as instructions
// of the neuron engine.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/accelerator/HostPlan.h"
#include "runtime/accelerator/Instruction.h"

namespace engram::a1 {

/// What a state word of each neuron holds, or half of it.
struct StateWord {
  std::string name;             ///< of a state, a parameter, "bias of <port>", or "output"
  neuro::StateOp state;         ///< null for parameters and biases
  neuro::ParameterOp parameter; ///< null for states and biases
  int biasPort = -1;
  mlir::Type type;
  int width = 32; ///< bits that count
  int word = 0;   ///< where it is
  bool isHalf = false, upper = false;

  /// A number as bits of the word.
  uint32_t inWord(uint32_t raw) const {
    return isHalf ? (raw & 0xffff) << (upper ? halfBits : 0) : raw;
  }
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
  int stateWordsUsed = 0;         ///< also by what is put aside while the program runs
  std::vector<std::string> ports; ///< inputs of the model, by number
  bool spikes = false;            ///< sends on a spike
  bool graded = false;            ///< sends what 'emit' yields
};

/// Constants of a core; equal ones are kept once. It grows beyond its limit, which callers check.
class ConstantTable {
public:
  explicit ConstantTable(int limit) : limit(limit) {}
  int indexOf(uint32_t bits);
  /// Where constants are that follow each other.
  int indexOfRun(llvm::ArrayRef<uint32_t> run);
  const std::vector<uint32_t> &words() const { return table; }
  bool fits() const { return static_cast<int>(table.size()) <= limit; }

private:
  int limit;
  std::vector<uint32_t> table;
};

/// Bits of a sum at each port, a neuron each or one for all, that no spike brings; empty if none.
using Biases = std::vector<std::vector<double>>;

/// The biases of the projections into a population of fixed-point numbers, raw, added up.
Biases biasesOf(neuro::PopulationOp population);

/// The program of a population whose shape and model are known. `biases[port]` holds raw numbers.
/// Neurons that no synapse leaves (`sends` is false) have no route, so they only record their
/// spikes. State words hold two numbers each only where they would be too few. Failure with a
/// diagnostic at the operation if it is not one of the engine's, or is wider than a state word or a
/// register; at the population, with need and limit, if instructions, state words or constants are
/// too few.
mlir::FailureOr<Program> compileProgram(neuro::PopulationOp population, const Biases &biases,
                                        bool sends, const ChipParameters &chip,
                                        ConstantTable &constants);

/// What a program takes.
struct ProgramNeeds {
  int instructions = 0, stateWords = 0, constants = 0;
  int cycles = 0; ///< of a neuron
};

/// What the program of a population takes on any core: of the one that 'compileProgram' makes if it
/// fits, else of the smallest. Failure, without a diagnostic, if it has none.
mlir::FailureOr<ProgramNeeds> programNeeds(neuro::PopulationOp population,
                                           const ChipParameters &chip);

/// Instructions beside the operations, with their places, that they come from; `constants` are
/// those of the core.
std::string listing(neuro::PopulationOp population, const Program &program,
                    const ConstantTable &constants);

} // namespace engram::a1
