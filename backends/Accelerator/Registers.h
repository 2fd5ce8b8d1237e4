// Registers for the values of a program.
#pragma once

#include "backends/Accelerator/Program.h"

namespace engram::a1 {

/// A value between instructions.
struct ValueInfo {
  enum Kind { Computed, State, Constant } kind = Computed;
  int index = 0; ///< of a state word or a constant
  bool isSigned = true;
};

/// An instruction on numbered values: operands a, b, c and the random one, -1 where there is none.
struct Step {
  Instruction instruction;
  llvm::SmallVector<int, 4> operands;
  int result = -1;
  mlir::Operation *source = nullptr;
};

/// Gives out the 16 registers in the order of the steps. States and constants are loaded where they
/// are needed; of what is in registers the value goes whose next use is farthest (Belady 1966), to
/// a free state word if it cannot be loaded again. Failure with a diagnostic on the population if
/// there is none.
mlir::FailureOr<std::vector<Line>> allocateRegisters(llvm::ArrayRef<Step> steps,
                                                     std::vector<ValueInfo> values,
                                                     int stateWordsUsed, int stateWords,
                                                     neuro::PopulationOp population);

} // namespace engram::a1
