// What can arrive at a port of fixed-point type in one step: the step of the sums, and how large
// they can become. Accumulators that hold it need no order (neuro_s13).
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"

namespace engram::neuro {

/// The sums of a port are whole multiples of 2^-fractionBits, and no partial sum of a step is
/// larger than `magnitude`.
struct PortBound {
  int fractionBits = 0;
  double magnitude = 0;

  /// Bits of a two's complement accumulator that no order of additions overflows.
  int accumulatorBits() const;
};

/// Of which format the outputs of a source or population are: what `as` says, `emit` yields, or a
/// count of spikes. Null for floats that have none.
fx::FixedType outputFormatOf(NetworkOp network, llvm::StringRef name);

/// The bound for one projection: its weights' format times that of its source's outputs; the
/// largest sum of magnitudes over the synapses of a target, times the largest output. Failure with
/// a diagnostic if one of the formats is not given. Requires shapes.
mlir::FailureOr<PortBound> boundOf(ProjectionOp projection);

/// The bound for a port of a population: all projections into it together, biases too.
mlir::FailureOr<PortBound> boundOf(PopulationOp population, InputOp port);

/// Success if the sums at each port of fixed-point type are exact whatever their order: they are
/// numbers of the port's step, and the type of the network's sums holds each of them. A diagnostic
/// otherwise (neuro_d7).
mlir::LogicalResult verifyFixedPointPorts(NetworkOp network);

} // namespace engram::neuro
