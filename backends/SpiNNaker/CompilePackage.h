// A network with its mapping, keys and routes to all that a SpiNNaker machine loads.
#pragma once

#include "dialects/NCore/IR/NCoreDialect.h"
#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/spinnaker/Package.h"

namespace engram::spinnaker {

struct PackageOptions {
  bool arm = true, host = true; ///< programs to make
  /// Most steps that a core's recording, or a source's input, holds.
  uint32_t bufferedSteps = 64;
};

/// The machine that a target describes; failure with a diagnostic at the location if it is no
/// SpiNNaker.
mlir::FailureOr<MachineShape> shapeOf(ncore::TargetAttr target, mlir::Location location);

/// Requires a fixed-point network that is mapped: delays between cores are at least one step
/// (ncore-map-delays), and the module has target, mapping, keys and routes. Sources get free cores
/// at the router of their host. Failure with diagnostics, all that the cores lack, if it does not
/// fit.
mlir::FailureOr<Package> compilePackage(neuro::NetworkOp network,
                                        const PackageOptions &options = {});

} // namespace engram::spinnaker
