// '--quantize' and what belongs to it: a network of floats to one of fixed-point numbers.
#pragma once

#include "tools/engram/Crossbars.h"
#include "tools/engram/Inputs.h"

#include "dialects/Neuro/IR/NeuroOps.h"
#include "lowering/Pipelines/Pipelines.h"

namespace engram::tool {

struct FixedPointArguments {
  /// Bits of weights; none: the network stays as it is.
  std::optional<int64_t> bits;
  std::string rounding = "nearest", granularity = "tensor", stateRounding = "nearest_even";
  double sparsity = 0;
  int stateBits = 16, parameterBits = 16, inputBits = 8;
  std::optional<int> fractionBits;
  /// Files for external sources, as '--input' takes them; empty: those of '--input', if there are
  /// any.
  std::vector<std::string> calibrate;
  int64_t samples = 16;
  CrossbarArguments crossbars;
};

/// --quantize, --calibrate, --rounding and the rest, --crossbar with its own too.
void addFixedPointOptions(CLI::App &command, FixedPointArguments &arguments);

/// Makes a complete network discrete and then a fixed-point one, if '--quantize' is given and it is
/// none yet; then puts projections onto crossbars, if '--crossbar' is. `input` says what calibrates
/// it where '--calibrate' does not. Returns an exit code, after a message if it is not 'done'.
int makeFixedPoint(mlir::ModuleOp module, const FixedPointArguments &arguments,
                   const InputArguments &input);

} // namespace engram::tool
