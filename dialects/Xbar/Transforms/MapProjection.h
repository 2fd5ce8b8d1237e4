// One projection between rows of synapses and crossbars.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Xbar/IR/XbarDialect.h"
#include "dialects/Xbar/Transforms/Cells.h"

namespace engram::xbar {

struct ConverterOptions {
  int bits = 8;
  bool byStep = false;    ///< a code for each step of a cell, else all that inputs can make
  bool compensate = true; ///< for the mean of each slice of a tile
  double readNoise = 0;   ///< part of the conductance; below 0: the device's
};

/// The weights of a projection as a matrix, targets by sources: of a dense one its own, of a
/// convolution those that it stands for, if they fit into a few tiles. Null if there is none.
mlir::Attribute matrixOf(neuro::ProjectionOp projection, const CellOptions &options);

/// Why a projection cannot lie on crossbars, for itself; empty if it can. Requires a complete
/// network.
std::string whyNot(neuro::ProjectionOp projection, const CellOptions &options);

/// Whether outputs of the projection's source may be negative.
bool hasSignedOutputs(neuro::ProjectionOp projection);

/// The weights of a projection in cells. Failure if they do not fit.
Expected<Slicing> slicingOf(neuro::ProjectionOp projection, mlir::Attribute weights,
                            const CellOptions &options);

/// Puts a projection that can onto crossbars. The stream of its cells is that of its name.
mlir::LogicalResult mapProjection(neuro::ProjectionOp projection, const CellOptions &cells,
                                  const ConverterOptions &converters);

/// The crossbar with other converters.
CrossbarAttr withConverters(CrossbarAttr crossbar, const Converters &converters,
                            llvm::StringRef name);

/// Those of the candidates with which a step on the module's target is the shortest; all without a
/// target. `noisy`: reading them needs random numbers.
std::vector<neuro::ProjectionOp> chooseByCost(std::vector<neuro::ProjectionOp> candidates,
                                              const CellOptions &cells, bool noisy, double rate);

} // namespace engram::xbar
