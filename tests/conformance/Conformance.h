// One set of networks through every machine: the harness of the conformance tests.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "runtime/Machine.h"

namespace engram::conformance {

/// What a machine must show of a run: after each step, the spikes of each population and the values
/// of each probe.
struct Trace {
  std::vector<std::vector<double>> values; ///< [step][everything, one after another]
  std::vector<std::string> names;          ///< of each value: "population[neuron]"
};

/// A context with all dialects that tests need.
std::unique_ptr<mlir::MLIRContext> createContext();

/// The names of the networks of tests/conformance, or of a folder "below/" there, in alphabetical
/// order.
std::vector<std::string> networks(const std::string &below = "");

/// A parameter of a test as a part of its name.
std::string testName(std::string parameter);

/// Parses a network file and completes it (engram-neuro); null on failure.
mlir::OwningOpRef<mlir::ModuleOp> loadComplete(const std::string &path, mlir::MLIRContext *context);
mlir::OwningOpRef<mlir::ModuleOp> parseComplete(const std::string &text,
                                                mlir::MLIRContext *context);
/// The same, made discrete.
mlir::OwningOpRef<mlir::ModuleOp> discretized(mlir::ModuleOp module,
                                              const std::string &precision = "");

/// A discrete network in fixed point, calibrated on noise; null where that is refused.
mlir::OwningOpRef<mlir::ModuleOp> quantized(mlir::ModuleOp discrete, int64_t bits, int64_t steps);
/// A discrete network with delays, mapping, keys and routes for a target; null where that is
/// refused.
mlir::OwningOpRef<mlir::ModuleOp> mapped(mlir::ModuleOp discrete, const std::string &target,
                                         const std::string &partition, uint64_t seed);

/// Adds probes of all that the networks hold.
void probeAll(mlir::ModuleOp module);

std::unique_ptr<Machine> interpret(mlir::ModuleOp module);
std::unique_ptr<Machine> compileForCpu(mlir::ModuleOp discrete, unsigned optimize = 3);

/// The machine of cores of a mapped network; it shows the steps of the network that was given.
std::unique_ptr<Machine> runOnCores(mlir::ModuleOp mapped);

/// Runs some steps, and as many more as the machine is late. External sources get noise
/// (runtime/NoiseInput.h).
Trace run(Machine &machine, int64_t steps);

/// The first difference beyond `ulps` units in the last place, as "step 3, 'a[2]': 1 and 0"; empty
/// if there is none.
std::string firstDifference(const Trace &a, const Trace &b, int64_t ulps);

/// The largest difference in units in the last place.
double largestDifference(const Trace &a, const Trace &b);

} // namespace engram::conformance
