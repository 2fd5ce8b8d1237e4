// Taking away whole operations.
#include "tools/engram-reduce/Edits.h"

#include "dialects/Neuro/IR/NeuroOps.h"

using namespace mlir;
using namespace engram::neuro;

namespace engram::reduce {

static NetworkOp networkNamed(ModuleOp module, const std::string &name) {
  for (auto network : module.getOps<NetworkOp>())
    if (network.getSymName() == name)
      return network;
  return {};
}

/// Erases a part of a network with all that names it.
static bool removePart(ModuleOp module, const std::string &networkName, const std::string &name) {
  NetworkOp network = networkNamed(module, networkName);
  Operation *part = network ? SymbolTable::lookupSymbolIn(network, name) : nullptr;
  if (!part)
    return false;
  for (Operation &op : llvm::make_early_inc_range(network.getBody().front())) {
    auto projection = dyn_cast<ProjectionOp>(op);
    auto probe = dyn_cast<ProbeOp>(op);
    if ((projection && (projection.getSource() == name || projection.getTarget() == name)) ||
        (probe && probe.getTarget() == name))
      op.erase();
  }
  part->erase();
  return true;
}

std::vector<Edit> removals(ModuleOp module) {
  std::vector<Edit> networks, nodes, projections, probes, others;
  for (Operation &op : *module.getBody()) {
    auto network = dyn_cast<NetworkOp>(op);
    if (StringAttr symbol = SymbolTable::getSymbolName(&op))
      (network ? networks : others)
          .push_back({"remove '" + symbol.str() + "'", [name = symbol.str()](ModuleOp module) {
                        Operation *op = SymbolTable::lookupSymbolIn(module, name);
                        if (op)
                          op->erase();
                        return op != nullptr;
                      }});
    if (!network)
      continue;
    for (Operation &part : network.getBody().front()) {
      std::string name = SymbolTable::getSymbolName(&part).str();
      Edit edit{"remove '" + name + "'",
                [networkName = network.getSymName().str(), name](ModuleOp module) {
                  return removePart(module, networkName, name);
                }};
      (isa<ProjectionOp>(part) ? projections
       : isa<ProbeOp>(part)    ? probes
                               : nodes)
          .push_back(std::move(edit));
    }
  }
  std::vector<Edit> all = std::move(networks);
  for (auto *edits : {&nodes, &projections, &probes, &others})
    std::move(edits->begin(), edits->end(), std::back_inserter(all));
  return all;
}

} // namespace engram::reduce
