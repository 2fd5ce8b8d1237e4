// Random networks for crossbars: dense projections of more than a tile, loops, short and long
// delays, payloads of several bits and both signs.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace engram::conformance {

/// The text of a network with sources '@count' and '@level' and populations '@a' and '@b', all of
/// whose projections can lie on crossbars once it is quantized. Each block of 128 neurons gets at
/// most four tiles of 128 rows; `ofOneCore`: all of the network does.
std::string crossbarNetwork(uint64_t seed, bool ofOneCore = false);

/// A fixed-point network with projections on crossbars: all of them, by a device, converters, noise
/// and broken cells that the seed picks; null where that is refused.
mlir::OwningOpRef<mlir::ModuleOp> onCrossbars(mlir::ModuleOp fixed, uint64_t seed);

/// The same on cells without faults, with a code for each step of a cell.
mlir::OwningOpRef<mlir::ModuleOp> onIdealCrossbars(mlir::ModuleOp fixed, uint64_t seed);

} // namespace engram::conformance
