// A compiled network on a simulated SpiNNaker machine, seen as every machine is.
#pragma once

#include "backends/SpiNNaker/CompilePackage.h"
#include "runtime/Machine.h"
#include "runtime/spinnaker/Simulator.h"

namespace engram::spinnaker {

/// A network's machine, with what a report wants to know of it.
class SpiNNakerMachine : public Machine {
public:
  virtual const Simulator &simulator() const = 0;
};

/// Compiles a mapped network and loads it onto the machine that its target describes. Failure with
/// a diagnostic. Steps are the mapped network's: align them with what is behind `neuro.delay_map`.
mlir::FailureOr<std::unique_ptr<SpiNNakerMachine>>
createMachine(neuro::NetworkOp network, const SimulatorOptions &options = {});

} // namespace engram::spinnaker
