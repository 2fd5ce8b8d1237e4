// How often neurons send packets.
#include "lowering/NCoreToAer/SpikeRates.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "lowering/NeuroToNCore/FromNeuro.h"

using namespace mlir;
using namespace engram;
using namespace engram::aer;
using namespace engram::neuro;

FailureOr<SpikeRates> SpikeRates::create(NetworkOp network, const std::string &recording,
                                         double assumed) {
  SpikeRates result;
  result.network = network;
  result.assumed = assumed;
  result.dtSeconds = network.getDt().getValue() * *unitFactor(network.getDt().getUnit(), "s");
  if (!recording.empty()) {
    Expected<ncore::RecordedRates> read = ncore::readRates(recording, result.dtSeconds);
    if (!read)
      return network.emitError() << read.error().message;
    result.recorded = std::move(*read);
  }
  return result;
}

/// The rates that the operation's kind fixes; empty if it fixes none.
std::vector<double> SpikeRates::known(Operation *op, int64_t size) const {
  std::vector<double> eachStep{1 / dtSeconds};
  if (auto population = dyn_cast<PopulationOp>(op)) {
    ModelOp model = modelOf(population);
    bool graded = model && (model.find<EmitOp>() || !model.find<FireOp>());
    return graded ? eachStep : std::vector<double>();
  }
  Attribute kind = cast<SourceOp>(op).getKind();
  if (auto poisson = dyn_cast<PoissonAttr>(kind))
    return readNumbers(poisson.getRate());
  if (isa<CurrentAttr>(kind))
    return eachStep;
  std::vector<double> rates;
  if (auto trains = dyn_cast<SpikeTrainsAttr>(kind)) {
    std::vector<int64_t> steps = readIntegers(trains.getSteps());
    rates.assign(size, 0);
    for (int64_t neuron : readIntegers(trains.getNeurons()))
      rates[neuron] += 1 / (static_cast<double>(steps.back() + 1) * dtSeconds);
  }
  return rates;
}

SpikeRates::Rates SpikeRates::of(StringAttr name) const {
  Operation *op = const_cast<NetworkOp &>(network).lookupSymbol(name);
  int64_t size = numElements(*shapeOf(network, name));
  if (Attribute attr = op->getAttr(ncore::ratesAttrName)) {
    if (auto array = dyn_cast<DenseF64ArrayAttr>(attr))
      return {array.asArrayRef().vec(), false};
    if (isNumeric(attr) && hasData(attr))
      return {readNumbers(attr), false};
  }
  if (recorded)
    if (auto counts = recorded->counts.find(name.str()); counts != recorded->counts.end()) {
      std::vector<double> rates(size);
      for (auto [neuron, count] : counts->second)
        if (neuron < size)
          rates[neuron] = static_cast<double>(count) / recorded->seconds;
      return {std::move(rates), false};
    }
  std::vector<double> rates = known(op, size);
  bool isAssumed = rates.empty();
  return {isAssumed ? std::vector<double>{assumed} : std::move(rates), isAssumed};
}
