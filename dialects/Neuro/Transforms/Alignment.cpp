// Reading the record of mapped delays.
#include "dialects/Neuro/Transforms/Alignment.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/Transforms/MapDelays.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

FailureOr<Alignment> engram::neuro::alignmentOf(NetworkOp network) {
  Alignment alignment;
  Attribute record = network->getAttr(delayMapAttrName);
  if (!record)
    return alignment;
  auto dictionary = dyn_cast<DictionaryAttr>(record);
  auto lags = dictionary ? dictionary.getAs<DictionaryAttr>("lags") : DictionaryAttr();
  if (!lags)
    return network.emitOpError() << "expected '" << delayMapAttrName
                                 << "' to be a dictionary with the dictionary 'lags'";
  for (NamedAttribute entry : lags) {
    auto lag = dyn_cast<IntegerAttr>(entry.getValue());
    if (!lag || !lag.getType().isInteger(64) || lag.getInt() < 0 || lag.getInt() > maxStart)
      return network.emitOpError() << "expected the lag of '" << entry.getName().getValue()
                                   << "' to be 0 to 2^30 steps, got " << entry.getValue();
    if (lag.getInt() > 0)
      alignment.lags[entry.getName().str()] = lag.getInt();
  }
  for (auto population : network.getBody().getOps<PopulationOp>())
    if (population->hasAttr(relayOfAttrName))
      alignment.hidden.insert(population.getSymName().str());
  return alignment;
}

FailureOr<std::unique_ptr<Machine>> engram::neuro::alignMachine(NetworkOp network,
                                                                std::unique_ptr<Machine> machine) {
  FailureOr<Alignment> alignment = alignmentOf(network);
  if (failed(alignment))
    return failure();
  if (alignment->empty())
    return std::move(machine);
  Expected<std::unique_ptr<Machine>> aligned =
      AlignedMachine::create(std::move(machine), *alignment);
  if (!aligned)
    return network.emitOpError() << aligned.error().message;
  return std::move(*aligned);
}
