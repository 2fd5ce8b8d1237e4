// aer-route: a tree for each sender, tables of all trees, and what the links carry.
#include "dialects/Aer/IR/AerOps.h"
#include "lowering/NCoreToAer/MappedNetwork.h"
#include "lowering/NCoreToAer/Passes.h"
#include "lowering/NCoreToAer/SpikeRates.h"
#include "lowering/NCoreToAer/TableIR.h"
#include "lowering/NCoreToAer/Tables.h"
#include "runtime/NumberText.h"
#include <cmath>

namespace engram::aer {
#define GEN_PASS_DEF_ROUTEPASS
#include "lowering/NCoreToAer/Passes.h.inc"
} // namespace engram::aer

using namespace mlir;
using namespace engram;
using namespace engram::aer;

namespace {

/// Packets a second on each link, in the order of routers and links.
struct Traffic {
  std::map<ncore::LinkPlace, double> links;
  double packets = 0, hops = 0, deliveries = 0;

  void add(const Tree &tree, double rate) {
    packets += rate;
    hops += rate * static_cast<double>(hopsOf(tree));
    for (const TreeNode &node : tree) {
      deliveries += rate * static_cast<double>(node.cores.size());
      for (int link : node.links)
        links[{node.router.x, node.router.y, link}] += rate;
    }
  }
};

struct Options {
  TreeMethod method;
  int radius;
  bool defaultRoutes;
  Merge merge;
  int64_t draws;
  double rate;
  std::string recording;
  bool overfull;
};

} // namespace

static DictionaryAttr attrOf(const Traffic &traffic, double assumedRate, int64_t assumed,
                             MLIRContext *context) {
  std::vector<int64_t> places;
  std::vector<double> loads;
  size_t worst = 0;
  for (auto &[link, load] : traffic.links) {
    places.insert(places.end(), {link.x, link.y, link.link});
    loads.push_back(load);
    if (load > loads[worst])
      worst = loads.size() - 1;
  }
  Builder builder(context);
  NamedAttrList fields;
  fields.set("packets_per_second", builder.getF64FloatAttr(traffic.packets));
  fields.set("hops_per_second", builder.getF64FloatAttr(traffic.hops));
  fields.set("deliveries_per_second", builder.getF64FloatAttr(traffic.deliveries));
  fields.set("links", builder.getDenseI64ArrayAttr(places));
  fields.set("link_packets_per_second", builder.getDenseF64ArrayAttr(loads));
  if (!loads.empty()) {
    fields.set("worst_link", builder.getDenseI64ArrayAttr(ArrayRef(places).slice(3 * worst, 3)));
    fields.set("worst_link_packets_per_second", builder.getF64FloatAttr(loads[worst]));
  }
  // How much of this is a guess: neurons whose rate nobody knows.
  fields.set("assumed_rate", builder.getF64FloatAttr(assumedRate));
  fields.set("neurons_of_assumed_rate", builder.getI64IntegerAttr(assumed));
  return fields.getDictionary(context);
}

static double rateOf(const Sender &sender, const SpikeRates::Rates &rates) {
  ncore::SliceOp slice = sender.slice;
  if (rates.values.size() == 1)
    return rates.values[0] * static_cast<double>(sender.neurons);
  double sum = 0;
  for (int64_t n = 0; n < sender.neurons; ++n)
    sum += rates.of(slice ? slice.neuronOf(n) : n);
  return sum;
}

static void writeTables(RoutesOp routes, const TableBuilder &builder, Location loc) {
  OpBuilder ops(routes.getContext());
  ops.createBlock(&routes.getBody());
  auto wide = [](const std::vector<int> &list) {
    return SmallVector<int64_t>(list.begin(), list.end());
  };
  for (auto &[router, entries] : builder.tables()) {
    ops.setInsertionPointToEnd(&routes.getBody().front());
    const int64_t place[] = {router.x, router.y};
    auto table = TableOp::create(ops, loc, place);
    ops.createBlock(&table.getBody());
    for (const TableEntry &entry : entries)
      EntryOp::create(ops, loc, entry.key, entry.mask, wide(entry.links), wide(entry.cores));
  }
}

static LogicalResult requirePlaces(const MappedNetwork &network) {
  ncore::MappingOp mapping = network.mapping;
  for (const Sender &sender : network.senders) {
    ncore::CoreOp core = sender.core;
    if (!sender.router && core)
      return core.emitOpError() << "expected a place; run ncore-place";
    if (!sender.router)
      return mapping.emitOpError() << "expected a place for the host of source '"
                                   << sender.population.getValue() << "'; run ncore-place";
  }
  for (ncore::CoreOp core : network.cores)
    if (!core.corePlace())
      return core.emitOpError() << "expected a place; run ncore-place";
  return success();
}

namespace {

/// Senders with one router and the same destinations have one tree.
struct Stream {
  std::vector<size_t> senders;
  double rate = 0;
};

class NetworkRouter {
public:
  NetworkRouter(const MappedNetwork &network, const ncore::Target &target, const Options &options,
                std::vector<KeyBlock> blocks, SpikeRates spikes)
      : network(network), target(target), options(options), blocks(std::move(blocks)),
        spikes(std::move(spikes)) {
    for (ncore::CoreOp core : network.cores)
      places.push_back(*ncore::CoreOp(core).corePlace());
  }

  /// Routes; those that tables have no room for in any way again with all cores for random
  /// connectors.
  LogicalResult run();

  std::optional<TableBuilder> tables;
  Traffic traffic;
  int64_t assumed = 0, draws = 0;

private:
  const MappedNetwork &network;
  const ncore::Target &target;
  const Options &options;
  std::vector<KeyBlock> blocks;
  SpikeRates spikes;
  std::vector<ncore::CorePlace> places; ///< of the cores

  using Streams = std::map<std::pair<ncore::Router, size_t>, Stream>;
  Streams streamsOf(const Destinations &destinations);
  LogicalResult build(const Destinations &destinations, const Streams &streams, bool mayStop);
  bool isTooLarge(size_t entries) const {
    return target.tableEntries != 0 && static_cast<int64_t>(entries) > target.tableEntries;
  }
};

} // namespace

NetworkRouter::Streams NetworkRouter::streamsOf(const Destinations &destinations) {
  llvm::DenseMap<StringAttr, SpikeRates::Rates> rates;
  Streams streams;
  assumed = 0;
  for (size_t k = 0; k < network.senders.size(); ++k) {
    if (destinations.of(k).empty())
      continue;
    const Sender &sender = network.senders[k];
    auto [known, isNew] = rates.try_emplace(sender.population);
    if (isNew)
      known->second = spikes.of(sender.population);
    if (known->second.assumed)
      assumed += sender.neurons;
    Stream &stream = streams[{*sender.router, destinations.listOf[k]}];
    stream.senders.push_back(k);
    stream.rate += rateOf(sender, known->second);
  }
  return streams;
}

/// Stops once there is a table that needs too many entries, however small it is made, if it may.
LogicalResult NetworkRouter::build(const Destinations &destinations, const Streams &streams,
                                   bool mayStop) {
  tables.emplace(target, blocks, options.defaultRoutes, options.merge);
  traffic = {};
  TreeBuilder trees(target, options.method, options.radius);
  std::vector<ncore::CorePlace> reached;
  for (auto &[place, stream] : streams) {
    reached.clear();
    for (uint32_t core : destinations.lists[place.second])
      reached.push_back(places[core]);
    Expected<Tree> tree = trees.build(place.first, reached);
    if (!tree)
      return ncore::MappingOp(network.mapping).emitOpError()
             << tree.error().message << ", for spikes of '"
             << network.senders[stream.senders.front()].population.getValue() << "'";
    tables->add(stream.senders, *tree);
    traffic.add(*tree, stream.rate);
    if (mayStop && isTooLarge(tables->mostRoutes()))
      break;
  }
  return success();
}

LogicalResult NetworkRouter::run() {
  draws = options.draws;
  Destinations destinations = network.destinations(draws);
  if (failed(build(destinations, streamsOf(destinations), true)))
    return failure();
  if (!isTooLarge(tables->mostRoutes()))
    return success();
  Destinations all = network.destinations(0);
  if (all.listOf != destinations.listOf || all.lists != destinations.lists) {
    draws = 0;
    destinations = std::move(all);
  }
  return build(destinations, streamsOf(destinations), false);
}

static LogicalResult route(KeysOp keys, const ncore::Target &target, const Options &options,
                           SymbolTable &symbols) {
  ncore::MappingOp mapping = keys.mappingOp();
  FailureOr<MappedNetwork> network = MappedNetwork::create(mapping);
  if (failed(network) || failed(requirePlaces(*network)))
    return failure();
  FailureOr<SpikeRates> spikes =
      SpikeRates::create(network->network, options.recording, options.rate);
  if (failed(spikes))
    return failure();
  NetworkRouter router(*network, target, options, blocksOf(keys, *network), std::move(*spikes));
  if (failed(router.run()))
    return failure();
  OpBuilder builder(mapping.getContext());
  auto routes = RoutesOp::create(builder, mapping.getLoc(), "routes", mapping.getSymName(),
                                 options.defaultRoutes);
  writeTables(routes, *router.tables, mapping.getLoc());
  routes->setAttr(trafficAttrName,
                  attrOf(router.traffic, options.rate, router.assumed, mapping.getContext()));
  if (router.draws != defaultDraws)
    routes->setAttr(drawsAttrName, builder.getI64IntegerAttr(router.draws));
  symbols.insert(routes, ++Block::iterator(keys));
  return options.overfull ? success() : checkTables(routes, target);
}

namespace {

struct Route : aer::impl::RoutePassBase<Route> {
  using RoutePassBase::RoutePassBase;

  FailureOr<Options> readOptions(const ncore::Target &target) {
    auto choose = [&](StringRef option, StringRef value,
                      ArrayRef<StringRef> choices) -> FailureOr<size_t> {
      for (size_t k = 0; k < choices.size(); ++k)
        if (choices[k] == value)
          return k;
      return getOperation().emitError() << "expected option '" << option << "' to be one of "
                                        << llvm::join(choices, ", ") << ", got '" << value << "'";
    };
    FailureOr<size_t> way = choose("method", method, {"auto", "dimension", "ner"}),
                      straight = choose("default-routes", defaultRoutes, {"auto", "on", "off"}),
                      merged = choose("merge", merge, {"none", "exact", "reaching"});
    if (failed(way) || failed(straight) || failed(merged))
      return failure();
    if (radius < 1 || radius > 1024)
      return getOperation().emitError()
             << "expected option 'radius' to be 1 to 1024, got " << int64_t(radius);
    if (!(rate >= 0) || !std::isfinite(rate))
      return getOperation().emitError()
             << "expected option 'rate' to be 0 or more, got " << shortestNumber(rate);
    bool hexagonal = target.isHexagonal();
    bool explores = *way == 0 ? hexagonal : *way == 2;
    return Options{explores ? TreeMethod::NeighbourExploring : TreeMethod::DimensionOrdered,
                   static_cast<int>(radius),
                   *straight == 0 ? hexagonal : *straight == 1,
                   static_cast<Merge>(*merged),
                   draws,
                   rate,
                   rates,
                   overfull};
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    for (auto routes : llvm::make_early_inc_range(module.getOps<RoutesOp>()))
      symbols.erase(routes);
    auto all = llvm::to_vector(module.getOps<KeysOp>());
    if (all.empty())
      return;
    ncore::TargetAttr attr = ncore::targetAttrOf(module);
    if (!attr) {
      module.emitError() << "expected the module to have a target, the attribute '"
                         << ncore::targetAttrName << "'";
      return signalPassFailure();
    }
    ncore::Target target = ncore::targetOf(attr);
    FailureOr<Options> options = readOptions(target);
    if (failed(options))
      return signalPassFailure();
    for (KeysOp keys : all)
      if (failed(route(keys, target, *options, symbols)))
        return signalPassFailure();
  }
};

} // namespace
