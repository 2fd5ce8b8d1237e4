// Random machines and mappings, and an independent reader of routing tables in the IR.
#include "tests/backends/Reference/MappedMachines.h"
#include "lowering/NCoreToAer/Passes.h"
#include "lowering/NeuroToNCore/Passes.h"
#include "lowering/Pipelines/Pipelines.h"
#include "mlir/Pass/PassManager.h"
#include <fmt/format.h>

using namespace mlir;
using namespace engram;

std::unique_ptr<MLIRContext> test::createContext() {
  DialectRegistry registry;
  registerDialects(registry);
  auto context = std::make_unique<MLIRContext>(registry);
  context->loadAllAvailableDialects();
  return context;
}

static bool isConnected(const ncore::Target &target) {
  std::vector<int> hops = target.hopsFrom(target.routers().front());
  return llvm::all_of(target.routers(),
                      [&](ncore::Router r) { return hops[target.indexOf(r)] >= 0; });
}

ncore::Target test::randomTarget(Random &random) {
  while (true) {
    ncore::Target target;
    target.name = "random";
    target.topology = static_cast<ncore::Topology>(random.next(4));
    target.gridX = static_cast<int>(3 + random.next(3));
    target.gridY = static_cast<int>(3 + random.next(3));
    target.coresPerRouter = static_cast<int>(4 + random.next(13));
    for (uint64_t k = random.next(5); k > 0; --k)
      target.deadLinks.push_back({int(random.next(target.gridX)), int(random.next(target.gridY)),
                                  int(random.next(target.numLinks()))});
    if (random.next(2) == 0)
      target.absent.push_back({int(random.next(target.gridX)), int(random.next(target.gridY))});
    // The attribute takes links that are there alone.
    llvm::erase_if(target.deadLinks, [&](ncore::LinkPlace link) {
      ncore::Target whole = target;
      whole.deadLinks.clear();
      whole.normalize();
      return !whole.isPresent({link.x, link.y}) || !whole.neighbour({link.x, link.y}, link.link);
    });
    target.normalize();
    if (isConnected(target))
      return target;
  }
}

/// The neurons of each piece, ascending.
static std::vector<std::vector<int64_t>> piecesOf(int64_t neurons, test::Random &random) {
  size_t count = 1 + random.next(std::min<int64_t>(neurons, 5));
  std::vector<std::vector<int64_t>> pieces(count);
  bool scattered = random.next(2) == 0;
  for (int64_t i = 0; i < neurons; ++i)
    pieces[scattered ? random.next(count) : i * count / neurons].push_back(i);
  llvm::erase_if(pieces, [](auto &piece) { return piece.empty(); });
  return pieces;
}

static SmallVector<int64_t> rangesOf(const std::vector<int64_t> &neurons) {
  SmallVector<int64_t> ranges;
  for (int64_t i : neurons)
    if (!ranges.empty() && ranges.back() == i)
      ++ranges.back();
    else
      ranges.append({i, i + 1});
  return ranges;
}

ncore::MappingOp test::addRandomMapping(neuro::NetworkOp network, const ncore::Target &target,
                                        Random &random) {
  auto module = network->getParentOfType<ModuleOp>();
  module->setAttr(ncore::targetAttrName, ncore::attrOf(target, network.getLoc()));
  OpBuilder builder(module.getContext());
  builder.setInsertionPointToEnd(module.getBody());
  auto mapping = ncore::MappingOp::create(builder, network.getLoc(), "map", network.getSymName());
  Block *body = builder.createBlock(&mapping.getBody());
  std::vector<ncore::Router> routers = target.routers();
  for (auto source : network.getOps<neuro::SourceOp>()) {
    ncore::Router router = routers[random.next(routers.size())];
    builder.setInsertionPointToEnd(body);
    ncore::HostOp::create(builder, source.getLoc(),
                          builder.getArrayAttr(FlatSymbolRefAttr::get(source.getSymNameAttr())),
                          builder.getDenseI64ArrayAttr({router.x, router.y}));
  }
  // A few cores, so that populations often share one.
  std::vector<ncore::CorePlace> places = target.cores();
  for (size_t k = places.size() - 1; k > 0; --k)
    std::swap(places[k], places[random.next(k + 1)]);
  places.resize(std::min<size_t>(places.size(), 6 + random.next(20)));
  std::map<size_t, std::vector<std::pair<neuro::PopulationOp, std::vector<int64_t>>>> slices;
  for (auto population : network.getOps<neuro::PopulationOp>()) {
    std::set<size_t> taken;
    for (auto &piece : piecesOf(neuro::numElements(*population.getShape()), random)) {
      size_t core = random.next(places.size());
      while (!taken.insert(core).second)
        core = (core + 1) % places.size();
      slices[core].push_back({population, std::move(piece)});
    }
  }
  for (auto &[number, list] : slices) {
    ncore::CorePlace place = places[number];
    builder.setInsertionPointToEnd(body);
    auto core = ncore::CoreOp::create(builder, mapping.getLoc(),
                                      builder.getStringAttr(fmt::format("c{}", number)),
                                      builder.getDenseI64ArrayAttr({place.x, place.y, place.p}));
    builder.createBlock(&core.getBody());
    for (auto &[population, neurons] : list)
      ncore::SliceOp::create(builder, mapping.getLoc(), population.getSymName(), rangesOf(neurons));
  }
  return mapping;
}

LogicalResult test::addPartition(neuro::NetworkOp network, ncore::Target target, uint64_t seed) {
  auto module = network->getParentOfType<ModuleOp>();
  // As few neurons a core as need about half of the machine.
  int64_t neurons = 0, populations = 0;
  for (auto population : network.getOps<neuro::PopulationOp>()) {
    neurons += neuro::numElements(*population.getShape());
    ++populations;
  }
  target.neurons = 2 * neurons / target.numCores() + 2;
  target.populations = populations;
  module->setAttr(ncore::targetAttrName, ncore::attrOf(target, network.getLoc()));
  PassManager pm(module.getContext());
  ncore::PartitionPassOptions partition;
  partition.random = static_cast<int64_t>(seed);
  pm.addPass(ncore::createPartitionPass(partition));
  ncore::PlacePassOptions place;
  place.seed = seed;
  pm.addPass(ncore::createPlacePass(place));
  return pm.run(module);
}

LogicalResult test::addRandomRoutes(ModuleOp module, Random &random) {
  PassManager pm(module.getContext());
  aer::AllocateKeysPassOptions keys;
  keys.applicationBits = static_cast<unsigned>(random.next(4));
  keys.application = random.next(uint64_t(1) << keys.applicationBits);
  pm.addPass(aer::createAllocateKeysPass(keys));
  aer::RoutePassOptions route;
  route.method = random.next(2) == 0 ? "dimension" : "ner";
  route.defaultRoutes = random.next(2) == 0 ? "on" : "off";
  route.merge = std::array{"none", "exact", "reaching"}[random.next(3)];
  pm.addPass(aer::createRoutePass(route));
  aer::MinimizeTablesPassOptions minimize;
  minimize.all = true;
  minimize.effort = 1;
  if (random.next(2) == 0)
    pm.addPass(aer::createMinimizeTablesPass(minimize));
  return pm.run(module);
}

//===-- reading tables
//-----------------------------------------------------------------------------===//

namespace {

using Places = std::multiset<ncore::CorePlace>;

struct Reader {
  neuro::NetworkOp network;
  ncore::Target target;
  ncore::MappingOp mapping;
  aer::RoutesOp routes;
  std::map<ncore::Router, aer::TableOp> tables;

  /// The cores that a key reaches from a router; appends to 'problem' what goes wrong.
  Places follow(int64_t key, ncore::Router start, std::string &problem) {
    Places reached;
    std::set<ncore::Router> seen;
    std::vector<std::pair<ncore::Router, int>> front{{start, -1}};
    while (!front.empty()) {
      auto [at, arrival] = front.back();
      front.pop_back();
      if (!seen.insert(at).second) {
        problem += fmt::format("key {:#x} comes twice to ({}, {}); ", key, at.x, at.y);
        continue;
      }
      SmallVector<int64_t> links;
      bool matched = false;
      if (auto table = tables.find(at); table != tables.end())
        for (aer::EntryOp entry : table->second.getEntries())
          if (int64_t(key & entry.getMask()) == int64_t(entry.getKey())) {
            links.assign(entry.getLinks().begin(), entry.getLinks().end());
            for (int64_t p : entry.getCores())
              reached.insert({at.x, at.y, int(p)});
            matched = true;
            break;
          }
      if (!matched && routes.getDefaultRoutes() && arrival >= 0)
        links.push_back((arrival + target.numLinks() / 2) % target.numLinks());
      else if (!matched)
        problem += fmt::format("key {:#x} has no entry at ({}, {}); ", key, at.x, at.y);
      for (int64_t link : links)
        front.push_back({target.neighbour(at, int(link)).value(),
                         int(link + target.numLinks() / 2) % target.numLinks()});
    }
    return reached;
  }

  /// The places of the targets of each neuron of a source or population.
  std::map<int64_t, std::set<ncore::CorePlace>> targetsOf(StringRef name) {
    std::map<int64_t, std::set<ncore::CorePlace>> result;
    for (auto projection : network.getOps<neuro::ProjectionOp>()) {
      if (projection.getSource() != name)
        continue;
      std::map<int64_t, ncore::CorePlace> coreOf;
      for (ncore::CoreOp core : mapping.getCores())
        for (ncore::SliceOp slice : core.getSlices())
          for (int64_t n = 0; slice.getPopulation() == projection.getTarget() && n < slice.size();
               ++n)
            coreOf[slice.neuronOf(n)] = *core.corePlace();
      projection.getConnector().expand(
          *neuro::shapeOf(network, name), *neuro::shapeOf(network, projection.getTarget()),
          {network.getSeed(), neuro::streamOf(projection.getSymName())},
          [&](int64_t j, int64_t i, double weight) {
            if (weight != 0)
              result[j].insert(coreOf.at(i));
          });
    }
    return result;
  }
};

} // namespace

std::string test::checkRoutes(neuro::NetworkOp network) {
  auto module = network->getParentOfType<ModuleOp>();
  Reader reader{network,
                ncore::targetOf(ncore::targetAttrOf(module)),
                *module.getOps<ncore::MappingOp>().begin(),
                *module.getOps<aer::RoutesOp>().begin(),
                {}};
  for (auto table : reader.routes.getOps<aer::TableOp>())
    reader.tables[table.router()] = table;
  std::string problem;
  for (auto block : (*module.getOps<aer::KeysOp>().begin()).getOps<aer::KeyBlockOp>()) {
    auto targets = reader.targetsOf(block.getPopulation());
    ncore::Router start;
    std::vector<int64_t> neurons;
    if (block.getCore()) {
      auto core = cast<ncore::CoreOp>(reader.mapping.lookupSymbol(*block.getCore()));
      start = core.corePlace()->router();
      for (ncore::SliceOp slice : core.getSlices())
        for (int64_t n = 0; slice.getPopulation() == block.getPopulation() && n < slice.size(); ++n)
          neurons.push_back(slice.neuronOf(n));
    } else {
      for (ncore::HostOp host : reader.mapping.getHosts())
        for (auto name : host.getSources().getAsRange<FlatSymbolRefAttr>())
          if (name.getValue() == block.getPopulation())
            start = *host.router();
      int64_t size = neuro::numElements(*neuro::shapeOf(network, block.getPopulation()));
      for (int64_t i = 0; i < size; ++i)
        neurons.push_back(i);
    }
    Places wanted;
    std::set<ncore::CorePlace> needed;
    for (int64_t neuron : neurons)
      needed.insert(targets[neuron].begin(), targets[neuron].end());
    wanted.insert(needed.begin(), needed.end());
    for (size_t n = 0; n < neurons.size() && !wanted.empty(); ++n)
      if (reader.follow(block.getKey() + n, start, problem) != wanted)
        problem += fmt::format("neuron {} of '{}' does not reach its cores; ", neurons[n],
                               block.getPopulation().str());
  }
  return problem;
}
