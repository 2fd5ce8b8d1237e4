// The simulated machine as commands make it.
#include "tools/engram/SpiNNakerRun.h"

#include "dialects/NCore/IR/NCoreOps.h"

using namespace mlir;

namespace engram::tool {

bool isSpiNNakerModel(const std::string &model) { return model == "fast" || model == "arm"; }

void addSpiNNakerOptions(CLI::App &command, SpiNNakerArguments &arguments) {
  command
      .add_option("--slow-down", arguments.slowDown,
                  "how much longer than the target's step a tick is ('--model fast' and 'arm')")
      ->check(CLI::Range(0.01, 1e6))
      ->capture_default_str();
  command.add_flag("--no-reinjection", arguments.noReinjection,
                   "packets that routers dump are lost: no monitor takes and sends them again");
  command
      .add_option("--emergency-wait", arguments.emergencyWait,
                  "router cycles for which a blocked packet tries the way around a link before it "
                  "is dumped")
      ->check(CLI::Range(0, 1 << 20))
      ->capture_default_str();
}

FailureOr<std::unique_ptr<spinnaker::SpiNNakerMachine>>
simulateSpiNNaker(neuro::NetworkOp network, const MachineArguments &arguments) {
  spinnaker::SimulatorOptions options;
  options.execution =
      arguments.model == "arm" ? spinnaker::Execution::Arm : spinnaker::Execution::Fast;
  options.slowDown = arguments.spinnaker.slowDown;
  options.router.reinjection = !arguments.spinnaker.noReinjection;
  options.router.emergencyWait = arguments.spinnaker.emergencyWait;
  return spinnaker::createMachine(network, options);
}

} // namespace engram::tool
