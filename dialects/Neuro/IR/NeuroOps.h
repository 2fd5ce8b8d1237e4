// Operations of 'neuro'.
#pragma once

#include "dialects/Fx/IR/FxDialect.h"
#include "dialects/Neuro/IR/NeuroDialect.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#define GET_OP_CLASSES
#include "dialects/Neuro/IR/NeuroOps.h.inc"

namespace engram::neuro {

/// A double holds every number of a fixed-point type in a network.
inline constexpr unsigned maxFixedPointWidth = 53;

/// Whether a type is such a fixed-point type.
bool isFixedPoint(mlir::Type type);

/// The number of the format that is nearest to a real one; of two, the even one. Saturates.
double roundTo(fx::Format format, double value);

/// The method by which a population's derivatives become a step: its own, else its model's, else
/// Euler.
Method methodOf(PopulationOp population, ModelOp model);

/// Shape of a source or population by name, or an empty optional if it is not known yet.
std::optional<llvm::ArrayRef<int64_t>> shapeOf(NetworkOp network, llvm::StringRef name);

/// The model that a population names, looked up from the enclosing module; null if it is not there.
ModelOp modelOf(PopulationOp population);

/// The port that a projection feeds: the named one, or the only one. Null with a diagnostic on the
/// projection otherwise.
InputOp portOf(ProjectionOp projection, ModelOp model);

} // namespace engram::neuro
