// A program before its registers are given out: instructions on numbered values, and what is done
// to all of them at once.
#pragma once

#include "lowering/NeuroToMicrocode/Program.h"

namespace engram::a1 {

/// A value between instructions.
struct ValueInfo {
  enum Kind { Computed, State, Constant } kind = Computed;
  int index = 0;        ///< of a state: in the program's list; of a constant: in the core's memory
  bool isSigned = true; ///< of a state or constant: how it is loaded
  bool isWide = false;  ///< more than the 32 bits that a state word has
  int width = 32, bit = 0; ///< of a state: its bits in the word `index`, once it has a place
  uint32_t bits = 0;       ///< of a constant
};

/// An instruction on numbered values: operands a, b, c and the random one, -1 where there is none.
struct Step {
  Instruction instruction;
  llvm::SmallVector<int, 4> operands;
  int result = -1;
  mlir::Operation *source = nullptr;
  std::vector<uint32_t> table; ///< of FND and LDX: the constants that they look through
};

/// Leaves out what only what is never used has needed. Ports are read for their flag of saturation.
void dropUnused(std::vector<Step> &steps, size_t values);

/// Gives the tables and constants of the steps places in the core's memory.
void placeConstants(std::vector<Step> &steps, std::vector<ValueInfo> &values,
                    ConstantTable &constants);

/// Gives the words of a program places: a state word each, or where `packs` two of at most 16 bits
/// a word. Returns how many state words that takes.
int placeStates(std::vector<Step> &steps, std::vector<ValueInfo> &values,
                std::vector<StateWord> &words, bool packs);

} // namespace engram::a1
