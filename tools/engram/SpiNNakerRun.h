// Networks on the simulated SpiNNaker machine: options of commands, and what runs.
#pragma once

#include "backends/SpiNNaker/SpiNNakerMachine.h"
#include "tools/engram/Machines.h"

namespace engram::tool {

/// Models of '--model' that are this machine.
bool isSpiNNakerModel(const std::string &model);

/// --slow-down, --no-reinjection, --emergency-wait.
void addSpiNNakerOptions(CLI::App &command, SpiNNakerArguments &arguments);

/// The machine of a mapped network; failure with a diagnostic.
mlir::FailureOr<std::unique_ptr<spinnaker::SpiNNakerMachine>>
simulateSpiNNaker(neuro::NetworkOp network, const MachineArguments &arguments);

} // namespace engram::tool
