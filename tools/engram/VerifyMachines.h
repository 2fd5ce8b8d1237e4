// The forms that a network takes on its way to a machine, each on a machine that executes it.
#pragma once

#include "tools/engram/FixedPoint.h"
#include "tools/engram/Machines.h"

#include <functional>

namespace engram::tool {

struct VerifyMachinesArguments {
  /// Its target is empty if there is none; cores need one.
  MachineArguments machine;
  FixedPointArguments fixedPoint;
};

/// One machine with the form of the network that it executes.
struct VerifiedMachine {
  std::string name, description;
  /// The machine that it is compared with; empty for the first.
  std::string like;
  /// Why it may differ from that; empty where all bits have to be equal.
  std::string mayDiffer;
  mlir::ModuleOp module;
  std::unique_ptr<Machine> machine = nullptr;
  /// What went wrong in the last sample, apart from what the machine shows; may be empty.
  std::function<std::vector<std::string>()> faults = nullptr;
};

/// How far the weights of a projection lie from those of the form before.
struct WeightDistance {
  std::string projection;
  int64_t numbers = 0, differing = 0, becameZero = 0;
  double largest = 0, most = 0, rms = 0;
};

class VerifiedMachines {
public:
  /// Builds them all from a loaded network, which is left as it is. All states of all populations
  /// are probed. `input` calibrates what is quantized. An exit code, after a message if it is not
  /// 'done'.
  int build(mlir::ModuleOp module, const VerifyMachinesArguments &arguments,
            const InputArguments &input);

  std::vector<VerifiedMachine> machines;
  /// Of the quantized weights, if there are any.
  std::vector<WeightDistance> weights;

private:
  std::vector<mlir::OwningOpRef<mlir::ModuleOp>> modules;

  mlir::ModuleOp keep(mlir::OwningOpRef<mlir::ModuleOp> module);
  int add(VerifiedMachine machine, mlir::FailureOr<std::unique_ptr<Machine>> made);
  int buildFloat(mlir::ModuleOp module, const std::string &precision);
  int buildFixed(mlir::ModuleOp module, const FixedPointArguments &arguments,
                 const InputArguments &input);
  int buildCores(mlir::ModuleOp module, const MachineArguments &arguments);
  int buildSpiNNaker(mlir::ModuleOp mapped, const MachineArguments &arguments,
                     const std::string &like);
  int buildChip(VerifiedMachine verified, const MachineArguments &arguments);
};

} // namespace engram::tool
