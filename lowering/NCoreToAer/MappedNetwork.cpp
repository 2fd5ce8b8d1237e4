// Who sends spikes from where, and which cores need them.
#include "lowering/NCoreToAer/MappedNetwork.h"
#include "dialects/Neuro/IR/Numbers.h"
#include <cmath>

using namespace mlir;
using namespace engram;
using namespace engram::aer;

FailureOr<MappedNetwork> MappedNetwork::create(ncore::MappingOp mapping) {
  MappedNetwork result;
  result.mapping = mapping;
  result.network = mapping.networkOp();
  llvm::DenseMap<StringAttr, ncore::HostOp> hosts;
  for (ncore::HostOp host : mapping.getHosts())
    for (auto source : host.getSources().getAsRange<FlatSymbolRefAttr>())
      hosts[source.getAttr()] = host;
  for (auto source : result.network.getOps<neuro::SourceOp>()) {
    if (!source.getShape())
      return source.emitOpError() << "expected a shape; run neuro-infer-shapes";
    result.senders.push_back({source.getSymNameAttr(),
                              {},
                              {},
                              0,
                              neuro::numElements(*source.getShape()),
                              hosts.lookup(source.getSymNameAttr()).router()});
  }
  for (ncore::CoreOp core : mapping.getCores()) {
    std::optional<ncore::Router> router;
    if (std::optional<ncore::CorePlace> place = core.corePlace())
      router = place->router();
    for (ncore::SliceOp slice : core.getSlices())
      result.senders.push_back({slice.getPopulationAttr().getAttr(), core, slice,
                                result.cores.size(), slice.size(), router});
    result.cores.push_back(core);
  }
  for (size_t k = 0; k < result.senders.size(); ++k)
    result.byPopulation[result.senders[k].population].push_back(k);
  return result;
}

const std::vector<size_t> &MappedNetwork::sendersOf(StringAttr population) const {
  static const std::vector<size_t> none;
  auto found = byPopulation.find(population);
  return found == byPopulation.end() ? none : found->second;
}

std::vector<int32_t> MappedNetwork::senderOfNeurons(StringAttr population) const {
  std::vector<int32_t> result;
  for (size_t k : sendersOf(population)) {
    ncore::SliceOp slice = senders[k].slice;
    if (!slice) {
      result.assign(senders[k].neurons, static_cast<int32_t>(k));
      continue;
    }
    ArrayRef<int64_t> ranges = slice.getRanges();
    if (static_cast<int64_t>(result.size()) < ranges.back())
      result.resize(ranges.back(), -1);
    for (size_t r = 0; r < ranges.size(); r += 2)
      std::fill(result.begin() + ranges[r], result.begin() + ranges[r + 1],
                static_cast<int32_t>(k));
  }
  return result;
}

namespace {

/// Marks the pairs (sender, core) that a synapse joins (aer_p5).
class Reach {
public:
  Reach(size_t senders, size_t cores) : marks(senders, std::vector<bool>(cores)) {}
  void add(size_t sender, size_t core) { marks[sender][core] = true; }
  std::vector<std::vector<size_t>> lists() const {
    std::vector<std::vector<size_t>> result(marks.size());
    for (size_t s = 0; s < marks.size(); ++s)
      for (size_t c = 0; c < marks[s].size(); ++c)
        if (marks[s][c])
          result[s].push_back(c);
    return result;
  }

private:
  std::vector<std::vector<bool>> marks;
};

} // namespace

/// True if the connector may be taken as one that joins all pairs: all-to-all, crossbars, and
/// random ones that are too large to draw. Sets `none` if it joins no pair.
static bool joinsAll(neuro::ProjectionOp projection, int64_t sources, int64_t targets,
                     int64_t draws, bool &none) {
  Attribute attr = projection.getConnector();
  auto connector = projection.getConnector();
  none = sources == 0 || targets == 0;
  if (Attribute weight = connector.weightsAttr(); weight && isa<FloatAttr>(weight))
    none |= neuro::readNumbers(weight).front() == 0;
  // Cells that stand for a weight of zero are read as any.
  if (isa<neuro::AllToAllAttr>(attr) || !connector.isLinear())
    return true;
  if (auto random = dyn_cast<neuro::FixedProbabilityAttr>(attr)) {
    none |= std::floor(random.getProbability().convertToDouble() * 4294967296.0) == 0;
    return sources > draws / std::max<int64_t>(targets, 1);
  }
  if (auto random = dyn_cast<neuro::FixedIndegreeAttr>(attr)) {
    none |= random.getIndegree() == 0;
    return random.getIndegree() > draws / std::max<int64_t>(targets, 1);
  }
  return false;
}

/// Whether two slices have a pair of different neurons, for connectors without j = i.
static bool haveTwoNeurons(const Sender &source, const Sender &target) {
  if (source.neurons > 1 || target.neurons > 1)
    return true;
  auto only = [](const Sender &sender) {
    ncore::SliceOp slice = sender.slice;
    return slice ? slice.getRanges().front() : 0;
  };
  return only(source) != only(target);
}

std::vector<std::vector<size_t>> MappedNetwork::destinations(int64_t draws) const {
  Reach reach(senders.size(), cores.size());
  for (auto projection : const_cast<neuro::NetworkOp &>(network).getOps<neuro::ProjectionOp>()) {
    StringAttr source = projection.getSourceAttr().getAttr(),
               target = projection.getTargetAttr().getAttr();
    std::vector<int32_t> from = senderOfNeurons(source), to = senderOfNeurons(target);
    bool none = false;
    bool all = joinsAll(projection, from.size(), to.size(), draws, none);
    if (none)
      continue;
    if (all) {
      auto pairs = dyn_cast<neuro::AllToAllAttr>(Attribute(projection.getConnector()));
      for (size_t s : sendersOf(source))
        for (size_t t : sendersOf(target))
          if (!pairs || pairs.getAllowSelf() || haveTwoNeurons(senders[s], senders[t]))
            reach.add(s, senders[t].coreNumber);
      continue;
    }
    neuro::RandomKey key{const_cast<neuro::NetworkOp &>(network).getSeed(),
                         neuro::streamOf(projection.getSymName())};
    SmallVector<int64_t> fromShape(*neuro::shapeOf(network, source)),
        toShape(*neuro::shapeOf(network, target));
    projection.getConnector().expand(fromShape, toShape, key,
                                     [&](int64_t j, int64_t i, double weight) {
                                       if (weight != 0)
                                         reach.add(from[j], senders[to[i]].coreNumber);
                                     });
  }
  return reach.lists();
}
