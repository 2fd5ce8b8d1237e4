// What a calibration run leaves in the IR: the attribute 'neuro.ranges' of populations and sources.
#pragma once

#include "dialects/Neuro/Quantize/Formats.h"
#include <map>
#include <string>
#include <vector>

namespace engram::neuro {

inline constexpr llvm::StringLiteral rangesAttrName = "neuro.ranges";
inline constexpr llvm::StringLiteral stateErrorAttrName = "neuro.state_error";

/// The least and greatest numbers of a population, over neurons, steps and samples.
///
/// The attribute is a dictionary: `states` and `inputs` by name, each `array<f64: low, high>`;
/// `output`, the same; and for each region of the model, by its name ("update"), one pair after
/// another for the operations with a result in the order of the text. low > high stands for a
/// result that was never needed: operands of a `select` count where they are selected.
struct PopulationRanges {
  std::map<std::string, Range> states, inputs;
  std::map<std::string, std::vector<Range>> regions;
  Range output;

  mlir::DictionaryAttr toAttr(mlir::MLIRContext *context) const;
  /// Nothing if the population has none.
  static std::optional<PopulationRanges> of(PopulationOp population);
};

/// The numbers of an external source: `range`, and the fraction bits of which all are multiples, if
/// at most 24 are enough.
struct SourceRanges {
  Range range;
  std::optional<int> fractionBits;

  mlir::DictionaryAttr toAttr(mlir::MLIRContext *context) const;
  static std::optional<SourceRanges> of(SourceOp source);
};

/// The regions of a model that run in a step, with their names.
std::vector<std::pair<std::string, mlir::Operation *>> regionsOf(ModelOp model);

/// The results of a region's operations in the order of the text.
std::vector<mlir::Value> resultsOf(mlir::Operation *region);

} // namespace engram::neuro
