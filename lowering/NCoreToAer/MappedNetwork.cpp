// Who sends spikes from where, and which cores need them.
#include "lowering/NCoreToAer/MappedNetwork.h"
#include "dialects/Neuro/IR/DrawIndegree.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "llvm/ADT/BitVector.h"
#include <cmath>
#include <unordered_map>

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
  Reach(size_t senders, size_t cores) : marks(senders, llvm::BitVector(cores)) {}
  void add(size_t sender, size_t core) { marks[sender].set(core); }
  bool has(size_t sender, size_t core) const { return marks[sender].test(core); }
  Destinations destinations() const {
    Destinations result;
    std::unordered_multimap<size_t, size_t> byHash; // a sender of each list
    for (size_t s = 0; s < marks.size(); ++s) {
      size_t hash = llvm::hash_combine_range(marks[s].getData());
      auto [begin, end] = byHash.equal_range(hash);
      auto same =
          std::find_if(begin, end, [&](auto &one) { return marks[one.second] == marks[s]; });
      if (same != end) {
        result.listOf.push_back(result.listOf[same->second]);
        continue;
      }
      byHash.emplace(hash, s);
      result.listOf.push_back(result.lists.size());
      result.lists.emplace_back(marks[s].set_bits_begin(), marks[s].set_bits_end());
    }
    return result;
  }

private:
  std::vector<llvm::BitVector> marks;
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

/// A core that all senders reach already needs no more random numbers.
static void reachIndegree(neuro::FixedIndegreeAttr connector, neuro::RandomKey key,
                          const std::vector<Sender> &senders, const std::vector<size_t> &all,
                          ArrayRef<int32_t> from, ArrayRef<int32_t> to, Reach &reach) {
  std::vector<int64_t> sources(connector.getIndegree());
  llvm::DenseMap<size_t, size_t> missing; // senders that do not reach a core yet
  for (size_t i = 0; i < to.size(); ++i) {
    size_t core = senders[to[i]].coreNumber;
    auto [left, isNew] = missing.try_emplace(core, 0);
    if (isNew)
      left->second = llvm::count_if(all, [&](size_t s) { return !reach.has(s, core); });
    if (left->second == 0)
      continue;
    neuro::drawIndegree(key, from.size(), i, sources);
    for (int64_t j : sources)
      if (!reach.has(from[j], core)) {
        reach.add(from[j], core);
        --left->second;
      }
  }
}

Destinations MappedNetwork::destinations(int64_t draws) const {
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
    if (auto fixed = dyn_cast<neuro::FixedIndegreeAttr>(Attribute(projection.getConnector())))
      if (neuro::readNumbers(fixed.getWeight()).front() != 0) {
        reachIndegree(fixed, key, senders, sendersOf(source), from, to, reach);
        continue;
      }
    SmallVector<int64_t> fromShape(*neuro::shapeOf(network, source)),
        toShape(*neuro::shapeOf(network, target));
    projection.getConnector().expand(fromShape, toShape, key,
                                     [&](int64_t j, int64_t i, double weight) {
                                       if (weight != 0)
                                         reach.add(from[j], senders[to[i]].coreNumber);
                                     });
  }
  return reach.destinations();
}
