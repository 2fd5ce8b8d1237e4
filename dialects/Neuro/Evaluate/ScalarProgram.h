// The regions of a model as lists of scalar instructions: executes what happens to one neuron.
#pragma once

#include "dialects/Neuro/Evaluate/ScalarFunctions.h"
#include "dialects/Neuro/IR/NeuroOps.h"

namespace engram::neuro {

/// What an instruction may ask beside its operands.
struct NeuronContext {
  uint64_t seed = 0;
  uint32_t stream = 0; ///< streamOf(population)
  int64_t neuron = 0;
  int64_t step = 0;
  double timeStep = 0; ///< dt in the model's unit of time
};

/// One number a value of the model: parameters, states, inputs, then what the regions compute. A
/// fixed-point value is the number that it stands for.
using Slots = std::vector<double>;

/// The instructions of one region.
struct ScalarProgram {
  struct Instruction {
    ScalarFunction function; ///< empty for constants, time steps and random numbers
    FixedPointFunction fixedPoint;
    enum Kind { Compute, FixedPoint, TimeStep, Uniform, Random } kind = Compute;
    unsigned result = 0;
    unsigned operands[maxOperands] = {0, 0, 0, 0};
    uint32_t stream = 0;
    bool single = false;
  };
  std::vector<Instruction> instructions;
  /// (state, value) of each assignment or derivative, in the order of the text.
  std::vector<std::pair<unsigned, unsigned>> results;
  /// What the region yields, if it does.
  std::optional<unsigned> yielded;

  void run(Slots &slots, const NeuronContext &context) const;
  /// Runs, then gives all states their new values together (neuro_s4).
  void runAndAssign(Slots &slots, const NeuronContext &context) const;
};

/// All regions of a model over one numbering of slots.
class ModelProgram {
public:
  /// Failure with a diagnostic if an operation has no meaning for scalars.
  static mlir::FailureOr<ModelProgram> compile(ModelOp model);

  unsigned slotOf(mlir::Value value) const { return slots.at(value.getAsOpaquePointer()); }
  size_t numSlots() const { return initial.size(); }
  /// Slots with the constants of the model in place and zero elsewhere.
  const Slots &initialSlots() const { return initial; }

  std::optional<ScalarProgram> receive, dynamics, update, fire, reset, emit;

private:
  std::map<const void *, unsigned> slots;
  Slots initial;

  unsigned addSlot(mlir::Value value, double number = 0);
  mlir::LogicalResult compileBlock(mlir::Block &block, ScalarProgram &program);
};

} // namespace engram::neuro
