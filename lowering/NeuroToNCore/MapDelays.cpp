// ncore-map-delays: delays by the numbers of a target.
#include "dialects/Neuro/Transforms/MapDelays.h"
#include "dialects/NCore/IR/NCoreDialect.h"
#include "lowering/NeuroToNCore/Passes.h"

namespace engram::ncore {
#define GEN_PASS_DEF_MAPDELAYSPASS
#include "lowering/NeuroToNCore/Passes.h.inc"
} // namespace engram::ncore

using namespace mlir;
using namespace engram;

namespace {

struct MapDelays : ncore::impl::MapDelaysPassBase<MapDelays> {
  void runOnOperation() override {
    FailureOr<neuro::DelayLimits> limits = limitsOf(getOperation());
    if (failed(limits))
      return signalPassFailure();
    for (auto network : getOperation().getOps<neuro::NetworkOp>())
      if (failed(neuro::mapDelays(network, *limits)))
        return signalPassFailure();
  }

  static FailureOr<neuro::DelayLimits> limitsOf(ModuleOp module) {
    ncore::TargetAttr attr = ncore::targetAttrOf(module);
    if (!attr)
      return module.emitError() << "expected attribute '" << ncore::targetAttrName
                                << "' with the target of the module";
    ncore::Target target = ncore::targetOf(attr);
    neuro::DelayLimits limits;
    limits.minDelay = target.minDelay;
    limits.maxDelay =
        std::min(target.maxDelay().value_or(neuro::maxDelaySlots), neuro::maxDelaySlots);
    int64_t least = neuro::leastMaxDelay(limits.minDelay);
    if (limits.minDelay > neuro::maxDelaySlots)
      return module.emitError() << "target '" << target.name << "' has a least delay of "
                                << limits.minDelay << " steps, limit is 2^24";
    if (limits.maxDelay < least)
      return module.emitError() << "target '" << target.name << "' has delays of "
                                << limits.minDelay << " to " << limits.maxDelay
                                << " steps, splitting longer ones needs " << least;
    limits.relayNeuronCost = target.relayNeuronCost;
    limits.extensionCoreCost = target.extensionCoreCost;
    limits.extensionNeurons = target.neurons > 0 ? target.neurons : neuro::maxDelaySlots;
    limits.extensionStages = target.extensionStages;
    return limits;
  }
};

} // namespace
