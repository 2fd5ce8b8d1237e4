// The parts of a mapped network, found by the names that they have for each other.
#include "dialects/Aer/IR/RoutedNetwork.h"

using namespace mlir;
using namespace engram;
using namespace engram::aer;

template <typename OpT, typename PredicateT>
static OpT findIn(ModuleOp module, PredicateT predicate) {
  for (auto op : module.getOps<OpT>())
    if (predicate(op))
      return op;
  return {};
}

KeyBlocks engram::aer::keyBlocksOf(KeysOp keys) {
  KeyBlocks blocks;
  for (auto block : keys.getOps<KeyBlockOp>())
    blocks[{block.getPopulationAttr().getAttr(),
            block.getCore() ? block.getCoreAttr().getAttr() : StringAttr()}] = block;
  return blocks;
}

FailureOr<RoutedNetwork> RoutedNetwork::find(neuro::NetworkOp network) {
  auto module = network->getParentOfType<ModuleOp>();
  RoutedNetwork found;
  found.target = ncore::targetAttrOf(module);
  if (!found.target)
    return network.emitOpError() << "expected the module to have a target, the attribute '"
                                 << ncore::targetAttrName << "'";
  found.mapping = findIn<ncore::MappingOp>(
      module, [&](ncore::MappingOp op) { return op.getNetwork() == network.getSymName(); });
  if (!found.mapping)
    return network.emitOpError() << "expected a mapping of the network; run ncore-partition";
  for (ncore::CoreOp core : found.mapping.getCores())
    if (!core.corePlace())
      return core.emitOpError() << "expected a place; run ncore-place";
  for (ncore::HostOp host : found.mapping.getHosts())
    if (!host.router())
      return host.emitOpError() << "expected a place; run ncore-place";
  auto isOurs = [&](auto op) { return op.getMapping() == found.mapping.getSymName(); };
  found.keys = findIn<KeysOp>(module, isOurs);
  if (!found.keys)
    return found.mapping.emitOpError() << "expected keys for the mapping; run aer-allocate-keys";
  found.routes = findIn<RoutesOp>(module, isOurs);
  if (!found.routes)
    return found.mapping.emitOpError() << "expected routes for the mapping; run aer-route";
  found.blocks = keyBlocksOf(found.keys);
  return found;
}
