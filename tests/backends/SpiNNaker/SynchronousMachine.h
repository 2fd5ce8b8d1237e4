// The simplest machine that runs a package: no time, no losses, packets in any order. It shows that
// programs, data and tables say the same as the network, without the simulator.
#pragma once

#include "backends/SpiNNaker/CompilePackage.h"
#include "runtime/Machine.h"

namespace engram::spinnaker {

/// What happened beside the results.
struct Traffic {
  int64_t packets = 0, hops = 0, unmatched = 0;
};

/// The machine of a compiled network. `seed`: of the order in which packets arrive and cores work.
mlir::FailureOr<std::unique_ptr<Machine>> runSynchronously(neuro::NetworkOp network, uint64_t seed,
                                                           const PackageOptions &options = {});

} // namespace engram::spinnaker
