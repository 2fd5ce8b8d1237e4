// Adding probes to a network.
#include "tools/engram/Probes.h"

#include "tools/engram/Command.h"

#include <fmt/format.h>

using namespace mlir;
using namespace engram::neuro;

namespace engram::tool {

bool isReadout(const ProbeInfo &probe) {
  return (probe.variable == "spikes" || probe.variable == "output") && probe.size > 1 &&
         probe.neurons.empty();
}

/// The variables that a probe of this source or population may name; the first is what it has
/// without a name.
static std::vector<std::string> variablesOf(Operation *op) {
  auto population = dyn_cast<PopulationOp>(op);
  if (!population)
    return {"output", "spikes"};
  std::vector<std::string> names{"output"};
  ModelOp model = modelOf(population);
  if (!model)
    return names;
  if (model.find<FireOp>())
    names.insert(names.begin(), "spikes");
  for (StateOp state : model.getStates())
    names.push_back(state.getName().str());
  return names;
}

Expected<std::string> findOrAddProbe(NetworkOp network, const std::string &what) {
  SymbolTable symbols(network);
  if (isa_and_nonnull<ProbeOp>(symbols.lookup(what)))
    return what;
  size_t colon = what.rfind(':');
  std::string name = what.substr(0, colon);
  Operation *target = symbols.lookup(name);
  if (!isa_and_nonnull<SourceOp, PopulationOp>(target)) {
    std::vector<std::string> names;
    for (Operation &op : network.getBody().front())
      if (isa<SourceOp, PopulationOp, ProbeOp>(op))
        names.push_back(SymbolTable::getSymbolName(&op).str());
    return fail(fmt::format("no probe or population '{}'{}; the network has {}", name,
                            suggestion(name, names), listOf(names)));
  }
  std::vector<std::string> variables = variablesOf(target);
  std::string variable = colon == std::string::npos ? variables.front() : what.substr(colon + 1);
  if (!llvm::is_contained(variables, variable))
    return fail(fmt::format("'{}' has no '{}'{}; it has {}", name, variable,
                            suggestion(variable, variables), listOf(variables)));
  for (ProbeOp probe : network.getBody().getOps<ProbeOp>())
    if (probe.getTarget() == name && probe.getVariable() == variable && !probe.getNeurons() &&
        probe.getEvery() == 1)
      return probe.getSymName().str();
  std::string symbol = fmt::format("{}:{}", name, variable);
  OpBuilder builder = OpBuilder::atBlockEnd(&network.getBody().front());
  MLIRContext *context = builder.getContext();
  OperationState state(target->getLoc(), ProbeOp::getOperationName());
  ProbeOp::build(builder, state, builder.getStringAttr(symbol),
                 FlatSymbolRefAttr::get(context, name), builder.getStringAttr(variable),
                 DenseI64ArrayAttr(), builder.getI64IntegerAttr(1));
  builder.create(state);
  return symbol;
}

} // namespace engram::tool
