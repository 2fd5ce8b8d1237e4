// ncore-partition: from the network's IR to the algorithms, and from their result to a mapping.
#include "dialects/Neuro/IR/Instance.h"
#include "lowering/NeuroToNCore/Check.h"
#include "lowering/NeuroToNCore/FromNeuro.h"
#include "lowering/NeuroToNCore/MappingIR.h"
#include "lowering/NeuroToNCore/Passes.h"

namespace engram::ncore {
#define GEN_PASS_DEF_PARTITIONPASS
#include "lowering/NeuroToNCore/Passes.h.inc"
} // namespace engram::ncore

using namespace mlir;
using namespace engram;
using namespace engram::ncore;

// All of them; needs of a population stand at its operation, those of cores at the network.
static LogicalResult report(neuro::NetworkOp network, const std::vector<Excess> &excesses) {
  for (const Excess &excess : excesses) {
    Operation *where = excess.group.empty() ? nullptr : network.lookupSymbol(excess.group);
    (where ? where : network.getOperation())->emitError() << excess.message();
  }
  return failure();
}

namespace {
struct PartitionPass : engram::ncore::impl::PartitionPassBase<PartitionPass> {
  using PartitionPassBase::PartitionPassBase;

  void runOnOperation() override {
    if (failed(run()))
      signalPassFailure();
  }

  FailureOr<PartitionOptions> partitionOptions() {
    std::optional<PartitionMethod> parsed =
        random >= 0 ? PartitionMethod::Random : parsePartitionMethod(method);
    if (!parsed)
      return getOperation().emitError()
             << "expected 'method' to be engram, metis, first-fit or random, got '" << method
             << "'";
    return PartitionOptions{*parsed, random >= 0 ? uint64_t(random) : uint64_t(seed)};
  }

  LogicalResult run() {
    ModuleOp module = getOperation();
    FailureOr<PartitionOptions> options = partitionOptions();
    FailureOr<neuro::NetworkOp> found = neuro::findNetwork(module, network);
    if (failed(options) || failed(found))
      return failure();
    TargetAttr targetAttr = targetAttrOf(module);
    if (!targetAttr)
      return module.emitError() << "expected the module to have '" << targetAttrName << "'";
    if (SymbolTable(module).lookup(mapping))
      return module.emitError() << "expected '" << mapping << "' not to be taken";
    Target target = targetOf(targetAttr);
    // Where the host will be is not known, but that makes no difference to numbers of cores.
    if (!found->getOps<neuro::SourceOp>().empty())
      target.reserveSourceCores({0, 0});
    FailureOr<SpikeNetwork> spikes = spikeNetworkOf(*found, {rate, rates});
    if (failed(spikes))
      return failure();
    if (target.ownPrograms)
      spikes->separatePrograms();

    // Where single neurons do not fit, a partition would only say so again, core by core.
    if (!checkNeurons(*spikes, target).empty())
      return report(*found, checkNetwork(*spikes, target, {*options, maxUnits, {}}).excesses);
    SpikeGraph graph(*spikes, maxUnits);
    Assignment assignment = partition(graph, target, *options);
    std::vector<Excess> excesses = checkUsage(countUsage(*spikes, assignment, target), target);
    if (!excesses.empty())
      return report(*found, excesses);
    buildMapping(*found, mapping, *spikes, assignment);
    return success();
  }
};
} // namespace
