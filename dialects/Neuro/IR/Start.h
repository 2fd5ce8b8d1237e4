// The step in which a population starts (neuro_s12): an attribute of its operation.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"

namespace engram::neuro {

/// Discardable, so that only who knows of late populations has to name it.
inline constexpr llvm::StringLiteral startAttrName = "neuro.start";

/// As late as for ever.
inline constexpr int64_t maxStart = int64_t(1) << 30;

/// The step in which a population starts: 0 unless it is given.
inline int64_t startOf(PopulationOp population) {
  auto start = population->getAttrOfType<mlir::IntegerAttr>(startAttrName);
  return start ? start.getInt() : 0;
}

/// The step in which the source of a projection starts: 0 unless it is a late population.
inline int64_t startOfSource(ProjectionOp projection) {
  auto network = projection->getParentOfType<NetworkOp>();
  auto population =
      llvm::dyn_cast_or_null<PopulationOp>(network.lookupSymbol(projection.getSource()));
  return population ? startOf(population) : 0;
}

} // namespace engram::neuro
