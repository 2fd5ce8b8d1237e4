// What a network amounts to once its symbols are resolved: values a neuron, steps of delay, order
// of a step.
#pragma once

#include "dialects/Neuro/IR/NeuroOps.h"
#include "runtime/Machine.h"
#include <vector>

namespace engram::neuro {

/// The model of a population; a diagnostic and failure if its shape or its model is not known yet
/// (neuro_d1).
mlir::FailureOr<ModelOp> requireModel(PopulationOp population);

/// The values of a parameter in a population: one (uniform) or one a neuron, in the parameter's
/// unit. The shape of the population must be known. Failure with a diagnostic (neuro_c6, neuro_c7).
mlir::FailureOr<std::vector<double>> parameterValues(PopulationOp population,
                                                     ParameterOp parameter);

/// The values of a state before the first step, likewise.
mlir::FailureOr<std::vector<double>> initialValues(PopulationOp population, StateOp state);

/// Length of a step in the unit of time of a model.
double timeStepOf(NetworkOp network, ModelOp model);

/// As good as for ever, and a counter of 32 bits holds it.
inline constexpr int64_t maxRefractorySteps = int64_t(1) << 30;

/// A refractory time in steps: `round(time / timeStep)`, at least 0 and at most
/// `maxRefractorySteps`.
int64_t refractorySteps(double time, double timeStep);

/// Delays in steps: one for all synapses, or one a synapse in the layout of the connector's
/// weights. Times are rounded to the nearest step.
std::vector<int64_t> delayStepsOf(ProjectionOp projection);

/// Calls `synapse(source, target, weight, entry)` for each synapse of the expansion of a
/// projection's connector (neuro_s10). `entry` is the synapse's own among `delayStepsOf`: 0 where
/// one delay holds for all. Shapes must be known and verified.
void expandSynapses(ProjectionOp projection,
                    llvm::function_ref<void(int64_t, int64_t, double, size_t)> synapse);

/// Success if the weights and the bias of a projection are finite; a diagnostic otherwise
/// (neuro_d5).
mlir::LogicalResult verifyFinite(ProjectionOp projection);

/// Sources and populations in the order in which a step handles them (`neuro_s3`): by immediate
/// projections, ties in the order of the text. A cycle without delay is a diagnostic that names it
/// (neuro_c23).
mlir::FailureOr<llvm::SmallVector<mlir::Operation *>> scheduleOf(NetworkOp network);

/// The projections that leave a source or population, in the order of the text.
llvm::SmallVector<ProjectionOp> projectionsFrom(NetworkOp network, llvm::StringRef name);

/// The network of a module: the named one, or the only one. A diagnostic on the module otherwise.
mlir::FailureOr<NetworkOp> findNetwork(mlir::Operation *module, llvm::StringRef name = "");

/// What a caller of any machine sees of a network. Requires shapes and models.
NetworkInfo describeNetwork(NetworkOp network);

} // namespace engram::neuro
