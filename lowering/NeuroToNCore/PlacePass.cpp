// ncore-place: places of a mapping's cores.
#include "lowering/NeuroToNCore/FromNeuro.h"
#include "lowering/NeuroToNCore/MappingIR.h"
#include "lowering/NeuroToNCore/Passes.h"
#include "lowering/NeuroToNCore/Place.h"

namespace engram::ncore {
#define GEN_PASS_DEF_PLACEPASS
#include "lowering/NeuroToNCore/Passes.h.inc"
} // namespace engram::ncore

using namespace mlir;
using namespace engram;
using namespace engram::ncore;

/// Random numbers that may be drawn to know the trees of spikes: less than a second.
static constexpr double maxDraws = 5e7;

namespace {
struct PlacePass : engram::ncore::impl::PlacePassBase<PlacePass> {
  using PlacePassBase::PlacePassBase;

  void runOnOperation() override {
    if (failed(run()))
      signalPassFailure();
  }

  FailureOr<PlaceOptions> placeOptions(const Target &target) {
    PlaceOptions options;
    options.seed = seed;
    std::optional<PlaceMethod> parsed = parsePlaceMethod(method);
    if (!parsed)
      return getOperation().emitError()
             << "expected 'method' to be engram, hilbert-force, hilbert or linear, got '" << method
             << "'";
    options.method = *parsed;
    if (host.empty())
      return options;
    if (host.size() != 2)
      return getOperation().emitError("expected 'host' to be a column and a row");
    options.host = {static_cast<int>(host[0]), static_cast<int>(host[1])};
    if (host[0] < 0 || host[0] >= target.gridX || host[1] < 0 || host[1] >= target.gridY ||
        !target.isPresent(options.host))
      return getOperation().emitError()
             << "expected the target to have the router [" << host[0] << ", " << host[1] << "]";
    return options;
  }

  LogicalResult run() {
    ModuleOp module = getOperation();
    FailureOr<MappingOp> found = findMapping(module, mapping);
    if (failed(found))
      return failure();
    TargetAttr targetAttr = targetAttrOf(module);
    if (!targetAttr)
      return module.emitError() << "expected the module to have '" << targetAttrName << "'";
    Target target = targetOf(targetAttr);
    FailureOr<PlaceOptions> options = placeOptions(target);
    if (failed(options))
      return failure();
    FailureOr<SpikeNetwork> spikes = spikeNetworkOf(found->networkOp(), {rate, rates});
    if (failed(spikes))
      return failure();
    if (!found->getHosts().empty())
      target.reserveSourceCores(options->host);
    Assignment assignment = assignmentOf(*found, *spikes);
    // Trees of drawn connections where that is cheap, pairs of cores elsewhere.
    Reach reach(*spikes, assignment, maxDraws);
    if (reach.isExact())
      options->cost = [&](const Placement &placement) {
        return measure(reach, assignment, placement, target).hops;
      };
    std::optional<Placement> placement = place(reach.traffic(), target, *options);
    if (!placement)
      return found->emitError() << "the network needs " << assignment.cores << " cores, limit is "
                                << target.numCores();
    for (auto [core, at] : llvm::zip(found->getCores(), placement->placeOf))
      core.setPlace(ArrayRef<int64_t>{at.x, at.y, at.p});
    for (HostOp hostOp : found->getHosts())
      hostOp.setPlace(ArrayRef<int64_t>{placement->host.x, placement->host.y});
    return success();
  }
};
} // namespace
