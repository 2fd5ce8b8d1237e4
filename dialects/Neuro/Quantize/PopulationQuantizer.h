// A population's model in fixed-point arithmetic.
#pragma once

#include "dialects/Neuro/Quantize/FixedPointModel.h"
#include "dialects/Neuro/Quantize/StateRanges.h"

namespace engram::neuro {

struct ModelSettings : FixedPointOptions {
  int accumulatorBits = 24, inputBits = 8, headroom = 1;
  /// Told by the user, of "state" or "population/state"; fraction bits also of "", all states.
  std::map<std::string, Range> ranges;
  std::map<std::string, int> fractionBits;
};

/// Gives the population a fixed-point copy of the model `original` with the parameters that it
/// needs, rounds the biases of what projects to it, and records what was done. The outputs of all
/// that projects to it have formats. Graded outputs get the format `output` if one is given; then
/// the population's model may stand for the one to come, with the same inputs. Failure with a
/// diagnostic.
mlir::LogicalResult quantizePopulation(PopulationOp population, ModelOp original,
                                       const ModelSettings &settings,
                                       std::optional<fx::Format> output = std::nullopt);

/// The format of what a population of graded outputs will put out, as far as it is known before its
/// ports are: that of its output's range in calibration. Null if it was not calibrated.
std::optional<fx::Format> expectedOutput(PopulationOp population, const ModelSettings &settings);

} // namespace engram::neuro
