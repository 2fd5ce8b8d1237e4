// Samples through the interpreter, with something to do after each step.
#pragma once

#include "backends/Reference/Interpreter.h"

#include <functional>

namespace engram::reference {

struct WatchedRunOptions {
  /// A file, or 'source=file', of each external source; 'zeros' or 'noise'.
  std::vector<std::string> inputs;
  int64_t steps = 0;   ///< a sample; 0: as the input has
  int64_t samples = 0; ///< from the first; 0: all
  int64_t frameUs = 1000;
};

/// `afterReset` is called before each sample too. Failure with a diagnostic at `where`.
mlir::LogicalResult runWatched(Interpreter &machine, const WatchedRunOptions &options,
                               mlir::Operation *where, std::function<void()> afterStep,
                               std::function<void()> afterReset);

} // namespace engram::reference
