// '--crossbar' and what belongs to it: projections of a fixed-point network onto crossbars.
#pragma once

#include "tools/engram/Inputs.h"

#include "dialects/Neuro/IR/NeuroOps.h"
#include <nlohmann/json.hpp>

namespace engram::tool {

struct CrossbarArguments {
  /// "auto", "all", "none" or names; empty: nothing is done.
  std::string projections;
  /// The machine whose crossbars count for "auto"; empty or a host: all that can.
  std::string target;
  int cellBits = 0, adcBits = 8;
  std::string adcRange = "max", device = "ideal", readNoise = "off";
  double percentile = 99.9, onOffRatio = -1, seconds = 20, stuck = 0;
  std::vector<double> line;
  bool compensate = true;
  uint64_t seed = 0;
  int trials = 0;
};

void addCrossbarOptions(CLI::App &command, CrossbarArguments &arguments);

/// Data on which converters are set and errors are measured.
struct CrossbarData {
  std::vector<std::string> files;
  int64_t samples = 16, steps = 0, frameUs = 1000;
};

/// Whether a network of the module has a source that is fed from outside, and so needs files.
bool waitsForInput(mlir::ModuleOp module);

/// Puts projections of the module's network onto crossbars, if '--crossbar' asks for it. Returns an
/// exit code, after a message if it is not 'done'.
int makeCrossbars(mlir::ModuleOp module, const CrossbarArguments &arguments,
                  const CrossbarData &data);

/// What lies on crossbars, how wrong it is, and what that does to the network's output; null if
/// nothing does.
nlohmann::ordered_json reportCrossbars(neuro::NetworkOp network);

} // namespace engram::tool
