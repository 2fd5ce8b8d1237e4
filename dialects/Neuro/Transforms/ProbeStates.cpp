// Adding probes of all states.
#include "dialects/Neuro/Transforms/ProbeStates.h"

#include <set>

using namespace mlir;
using namespace engram::neuro;

void engram::neuro::probeStates(NetworkOp network) {
  std::set<std::pair<StringRef, StringRef>> shown;
  for (ProbeOp probe : network.getBody().getOps<ProbeOp>())
    if (!probe.getNeurons() && probe.getEvery() == 1)
      shown.insert({probe.getTarget(), probe.getVariable()});
  OpBuilder builder = OpBuilder::atBlockEnd(&network.getBody().front());
  auto add = [&](PopulationOp population, StringRef variable) {
    StringRef name = population.getSymName();
    if (!shown.insert({name, variable}).second)
      return;
    std::string symbol = (name + ":" + variable).str();
    while (SymbolTable::lookupSymbolIn(network, symbol))
      symbol += "'";
    OperationState state(population.getLoc(), ProbeOp::getOperationName());
    ProbeOp::build(builder, state, builder.getStringAttr(symbol),
                   FlatSymbolRefAttr::get(builder.getContext(), name),
                   builder.getStringAttr(variable), DenseI64ArrayAttr(),
                   builder.getI64IntegerAttr(1));
    builder.create(state);
  };
  for (auto population : llvm::to_vector(network.getBody().getOps<PopulationOp>())) {
    ModelOp model = modelOf(population);
    if (!model)
      continue;
    if (model.find<EmitOp>())
      add(population, "output");
    for (StateOp state : model.getStates())
      add(population, state.getName());
  }
}
