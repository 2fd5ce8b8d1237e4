// Registers for the values of a program.
#pragma once

#include "lowering/NeuroToMicrocode/Steps.h"

namespace engram::a1 {

/// Lines of a program, and the state words that it uses.
struct Allocated {
  std::vector<Line> lines;
  int stateWords = 0;
};

/// Gives out the 16 registers in the order of the steps. States and constants are loaded where they
/// are needed; of what is in registers the value goes whose next use is farthest (Belady 1966), to
/// a state word behind those in use if it cannot be loaded again. Failure with a diagnostic on the
/// population if all that could go is wider than a state word.
mlir::FailureOr<Allocated> allocateRegisters(llvm::ArrayRef<Step> steps,
                                             std::vector<ValueInfo> values, int stateWordsUsed,
                                             neuro::PopulationOp population);

} // namespace engram::a1
