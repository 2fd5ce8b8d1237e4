// The one place that knows which machines there are, and how a module becomes one.
#pragma once

#include "tools/engram/LoadNetwork.h"

#include "mlir/IR/DialectRegistry.h"
#include "runtime/Machine.h"
#include "runtime/accelerator/Device.h"

namespace engram::tool {

/// All dialects that a file may hold or a pass may make.
void registerDialects(mlir::DialectRegistry &registry);

/// A network of a .nir file. Null after a diagnostic.
mlir::OwningOpRef<mlir::ModuleOp> importNetwork(mlir::MLIRContext &context, const std::string &path,
                                                const ImportArguments &arguments);

/// Brings in the models from the files and the library, and infers the shapes.
mlir::LogicalResult resolveModels(mlir::ModuleOp module, const std::vector<std::string> &models);

/// The machines that are not described as targets; the first is the default.
std::vector<std::string> hostTargets();

/// A check for '--target': one of hostTargets(), a target that there is, or a file that describes
/// one.
CLI::Validator targetName();

/// Of '--model fast' and 'arm'.
struct SpiNNakerArguments {
  double slowDown = 1;
  bool noReinjection = false;
  int emergencyWait = 0;
};

struct MachineArguments {
  std::string target;
  /// "f32", "f64", or empty for that of the network.
  std::string precision;
  /// How the network is laid onto a target.
  std::string partition = "engram", placement = "engram", rates;
  uint64_t mappingSeed = 1;
  /// Routing tables may have more entries than the target holds, to be shown rather than run.
  bool overfull = false;
  /// On which model of it a target is executed: "cores", "golden", "rtl", "fast", "arm".
  std::string model = "cores";
  SpiNNakerArguments spinnaker;
  /// A file of waves (.fst) of the RTL, and its steps FIRST:END; empty for none and for all.
  std::string wave, waveSteps;
};

/// --partition, --placement, --rates, --mapping-seed.
void addMappingOptions(CLI::App &command, MachineArguments &arguments);

/// Brings a network to the form in which it lies on a target that is described: discrete, with
/// mapping, keys and routes. Returns an exit code, after a message if it is not 'done'.
int mapOntoTarget(mlir::ModuleOp module, const MachineArguments &arguments);

/// What makes the chip that '--model' names: the RTL in a simulator, or the golden model.
std::function<Expected<std::unique_ptr<a1::Device>>(const a1::ChipParameters &)>
chipMaker(const MachineArguments &arguments);

/// A machine that executes the only network of the module, which it changes and which must outlive
/// it. Null after a diagnostic.
std::unique_ptr<Machine> createMachine(mlir::ModuleOp module, const MachineArguments &arguments);

} // namespace engram::tool
