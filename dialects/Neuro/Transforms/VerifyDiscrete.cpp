// The boundary below 'neuro': what the conversions to machine levels rely on.
#include "dialects/Neuro/Transforms/VerifyDiscrete.h"
#include "dialects/Neuro/Evaluate/ScalarProgram.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/Transforms/Passes.h"

namespace engram::neuro {
#define GEN_PASS_DEF_VERIFYDISCRETEPASS
#include "dialects/Neuro/Transforms/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;

// neuro_d1: shapes, models. neuro_d2: nothing continuous. neuro_d3: types of ports.
static LogicalResult verifyPopulation(PopulationOp population) {
  FailureOr<ModelOp> model = requireModel(population);
  if (failed(model))
    return failure();
  if (!model->isDiscrete())
    return population.emitOpError() << "model '" << population.getModel()
                                    << "' depends on continuous time; run neuro-discretize";
  Type type = population->getParentOfType<NetworkOp>().sumType();
  for (InputOp input : model->getInputs())
    if (input.getType() != type && !isFixedPoint(input.getType()))
      return input.emitOpError() << "expected a fixed-point type or that of the network's sums, "
                                 << type << ", got " << input.getType()
                                 << "; run neuro-convert-precision";
  // neuro_d6: every operation has a meaning that all machines share.
  return success(succeeded(ModelProgram::compile(*model)));
}

LogicalResult engram::neuro::verifyDiscrete(NetworkOp network) {
  for (SourceOp source : network.getBody().getOps<SourceOp>())
    if (!source.getShape())
      return source.emitOpError() << "expected a shape; run neuro-infer-shapes";
  for (PopulationOp population : network.getBody().getOps<PopulationOp>())
    if (failed(verifyPopulation(population)))
      return failure();
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>()) {
    // neuro_d4: delays are steps.
    if (isa_and_nonnull<QuantityAttr>(projection.getDelay().value_or(Attribute())))
      return projection.emitOpError() << "expected the delay in steps; run neuro-discretize";
    if (failed(verifyFinite(projection)))
      return failure();
  }
  if (failed(verifyFixedPointPorts(network)))
    return failure();
  return success(succeeded(scheduleOf(network)));
}

namespace {
struct VerifyDiscrete : engram::neuro::impl::VerifyDiscretePassBase<VerifyDiscrete> {
  void runOnOperation() override {
    markAllAnalysesPreserved();
    for (NetworkOp network : getOperation().getOps<NetworkOp>())
      if (failed(verifyDiscrete(network)))
        return signalPassFailure();
  }
};
} // namespace
