// A compiled network on a chip, seen as every machine is.
#pragma once

#include "backends/Accelerator/PlanHost.h"
#include "runtime/Machine.h"
#include "runtime/accelerator/Device.h"

namespace engram::a1 {

using MakeDevice = std::function<Expected<std::unique_ptr<Device>>(const ChipParameters &)>;

/// Compiles a mapped network and loads it into a device. Failure with a diagnostic. Steps are the
/// mapped network's: align them with what is behind `neuro.delay_map`.
mlir::FailureOr<std::unique_ptr<Machine>> createMachine(neuro::NetworkOp network,
                                                        const MakeDevice &makeDevice);

/// The machine of an image that was compiled before. `sources`: a network with the sources of the
/// plan. Its steps are the mapped network's too: align them by `plan.alignment()`.
Expected<std::unique_ptr<Machine>> createMachine(HostPlan plan, const Image &image,
                                                 neuro::NetworkOp sources,
                                                 const MakeDevice &makeDevice);

} // namespace engram::a1
