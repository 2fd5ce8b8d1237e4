// Occupancy of cores, keys, tables and traffic of a mapping, for a report.
#include "tools/engram/ReportMapping.h"

#include "tools/engram/ReportNetwork.h"
#include "tools/engram/ReportPrediction.h"

#include "dialects/Aer/IR/AerOps.h"
#include "lowering/NCoreToAer/TableIR.h"
#include "lowering/NeuroToNCore/Resources.h"
#include "lowering/NeuroToNCore/StepWork.h"
#include "runtime/NumberText.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

using namespace mlir;
using namespace engram::ncore;

namespace engram::tool {

using Json = nlohmann::ordered_json;

/// Routers times places of the grid for which paths around gaps are looked for.
static constexpr int64_t maxPathWork = 200000000;

namespace {

/// A resource of a core that a report shows.
struct Measure {
  const char *name, *unit;
  int64_t CoreUsage::*need;
  int64_t Target::*limit; ///< null of weight bits, which are a list
};

constexpr Measure measures[] = {
    {"neurons", "neurons", &CoreUsage::neurons, &Target::neurons},
    {"synapse words", "words", &CoreUsage::synapseWords, &Target::synapseWords},
    {"fan-in", "source neurons", &CoreUsage::fanIn, &Target::fanIn},
    {"fan-out", "cores", &CoreUsage::fanOut, &Target::fanOut},
    {"programs", "programs", &CoreUsage::populations, &Target::populations},
    {"program length", "operations", &CoreUsage::programLength, &Target::programLength},
    {"constants", "words", &CoreUsage::constants, &Target::constants},
    {"state words", "words", &CoreUsage::stateWords, &Target::stateWords},
    {"state bits", "bits", &CoreUsage::stateBits, &Target::stateBits},
    {"weight bits", "bits", &CoreUsage::weightBits, nullptr},
    {"delay slots", "slots", &CoreUsage::delaySlots, &Target::delaySlots},
    {"accumulator bits", "bits", &CoreUsage::accumulatorBits, &Target::accumulatorBits},
    {"ports", "ports", &CoreUsage::ports, &Target::ports},
    {"crossbars", "tiles", &CoreUsage::crossbars, &Target::crossbars}};

class MappingReporter {
public:
  MappingReporter(MappingOp mapping, const Target &target, const SpikeNetwork &known, Json &report)
      : mapping(mapping), target(target), known(known), report(report) {}
  LogicalResult run();

private:
  MappingOp mapping;
  const Target &target;
  const SpikeNetwork &known;
  Json &report;
  aer::KeysOp keys;
  aer::RoutesOp routes;
  std::vector<CoreOp> cores;
  Assignment assignment;
  Loads loads;

  LogicalResult assign();
  void addCores();
  void addExcess(const std::vector<CoreUsage> &usage);
  void addHosts();
  LogicalResult addSenders();
  std::optional<int> longestPath(const aer::MappedNetwork &network,
                                 const aer::Destinations &destinations);
  void addKeys();
  void addTables();
  void addTraffic();
  void addPrediction();
  Json assumptions() const;
};

} // namespace

template <class OpT> static OpT opOf(MappingOp mapping) {
  for (auto op : cast<ModuleOp>(mapping->getParentOp()).getOps<OpT>())
    if (op.getMapping() == mapping.getSymName())
      return op;
  return {};
}

static Json placeOf(std::optional<CorePlace> place) {
  return place ? Json{place->x, place->y, place->p} : Json();
}

/// Numbers that are not needed to the last bit, so that a report of many cores stays small.
static double rounded(double value) {
  return parseNumber(fmt::format("{:.4g}", value)).value_or(value);
}

//===-- cores
//-----------------------------------------------------------------------------------===//

LogicalResult MappingReporter::assign() {
  cores.assign(mapping.getCores().begin(), mapping.getCores().end());
  assignment.cores = static_cast<int>(cores.size());
  std::map<std::string, size_t> groupOf;
  for (const Group &group : known.groups) {
    groupOf[group.name] = assignment.coreOf.size();
    assignment.coreOf.emplace_back(group.isSource ? 0 : group.size, -1);
  }
  for (size_t c = 0; c < cores.size(); ++c)
    for (SliceOp slice : cores[c].getSlices()) {
      std::vector<int32_t> &coreOf = assignment.coreOf[groupOf.at(slice.getPopulation().str())];
      ArrayRef<int64_t> ranges = slice.getRanges();
      for (size_t r = 0; r + 1 < ranges.size(); r += 2)
        std::fill(coreOf.begin() + ranges[r], coreOf.begin() + ranges[r + 1],
                  static_cast<int32_t>(c));
    }
  // ncore_c6 says so of every mapping whose shapes are known.
  for (size_t g = 0; g < known.groups.size(); ++g)
    for (int32_t core : assignment.coreOf[g])
      if (core < 0)
        return mapping.emitOpError()
               << "expected each neuron of '" << known.groups[g].name << "' to be on a core";
  return success();
}

void MappingReporter::addCores() {
  std::vector<CoreUsage> usage = countUsage(known, assignment, target);
  std::set<std::pair<int, int>> routers;
  bool placed = !cores.empty(), exact = true;
  report["cores"] = Json::array();
  std::vector<const Measure *> shown;
  report["resources"] = Json::array();
  for (const Measure &measure : measures) {
    int64_t limit = measure.limit               ? target.*measure.limit
                    : target.weightBits.empty() ? 0
                                                : target.weightBits.back();
    auto less = [&](const CoreUsage &a, const CoreUsage &b) {
      return a.*measure.need < b.*measure.need;
    };
    auto most = std::max_element(usage.begin(), usage.end(), less);
    // What is neither needed (or not known yet) nor limited says nothing.
    if (most == usage.end() || (*most).*measure.need == 0)
      continue;
    double sum = 0;
    for (const CoreUsage &core : usage)
      sum += double(core.*measure.need);
    shown.push_back(&measure);
    report["resources"].push_back({{"name", measure.name},
                                   {"unit", measure.unit},
                                   {"limit", limit ? Json(limit) : Json()},
                                   {"most", (*most).*measure.need},
                                   {"mean", rounded(sum / double(usage.size()))},
                                   {"at", cores[most - usage.begin()].getSymName().str()}});
  }
  for (size_t c = 0; c < cores.size(); ++c) {
    std::optional<CorePlace> place = cores[c].corePlace();
    placed &= place.has_value();
    if (place)
      routers.insert({place->x, place->y});
    exact &= usage[c].exact;
    Json holds = Json::array(), needs = Json::array();
    for (SliceOp slice : cores[c].getSlices())
      holds.push_back({slice.getPopulation().str(), slice.size()});
    for (const Measure *measure : shown)
      needs.push_back(usage[c].*measure->need);
    report["cores"].push_back({{"name", cores[c].getSymName().str()},
                               {"at", placeOf(place)},
                               {"holds", std::move(holds)},
                               {"needs", std::move(needs)}});
  }
  report["mapping"] = {{"name", mapping.getSymName().str()},
                       {"cores_used", cores.size()},
                       {"routers_used", placed ? Json(routers.size()) : Json()},
                       {"exact", exact}};
  addExcess(usage);
}

void MappingReporter::addExcess(const std::vector<CoreUsage> &usage) {
  Json list = Json::array();
  auto add = [&](const std::string &place, const char *resource, int64_t need, int64_t limit) {
    list.push_back({{"place", place},
                    {"resource", resource},
                    {"need", need},
                    {"limit", limit},
                    {"message", fmt::format("{} needs {} {}, limit is {}", place, grouped(need),
                                            resource, grouped(limit))}});
  };
  for (const Excess &excess : checkUsage(usage, target))
    add(excess.core >= 0 ? fmt::format("core {}", cores[excess.core].getSymName().str())
                         : std::string("the network"),
        resourceName(excess.resource), excess.need, excess.limit);
  if (routes)
    for (auto table : routes.getOps<aer::TableOp>())
      if (int64_t need = llvm::range_size(table.getEntries());
          target.tableEntries && need > target.tableEntries)
        add(fmt::format("router ({}, {})", table.router().x, table.router().y), "table entries",
            need, target.tableEntries);
  report["excess"] = std::move(list);
}

void MappingReporter::addHosts() {
  report["hosts"] = Json::array();
  for (HostOp host : mapping.getHosts()) {
    Json sources = Json::array();
    for (auto source : host.getSources().getAsRange<FlatSymbolRefAttr>())
      sources.push_back(source.getValue().str());
    std::optional<Router> router = host.router();
    report["hosts"].push_back(
        {{"sources", std::move(sources)}, {"at", router ? Json{router->x, router->y} : Json()}});
  }
}

//===-- spikes
//----------------------------------------------------------------------------------===//

LogicalResult MappingReporter::addSenders() {
  FailureOr<aer::MappedNetwork> network = aer::MappedNetwork::create(mapping);
  if (failed(network))
    return failure();
  std::map<std::string, const Group *> groupOf;
  for (const Group &group : known.groups)
    groupOf[group.name] = &group;
  aer::Destinations destinations = network->destinations(aer::drawsOf(routes));
  // Packets to the same cores are one load of these.
  std::vector<SenderLoad> senders(destinations.lists.size());
  for (size_t k = 0; k < senders.size(); ++k)
    senders[k].cores.assign(destinations.lists[k].begin(), destinations.lists[k].end());
  for (size_t k = 0; k < network->senders.size(); ++k) {
    const aer::Sender &sender = network->senders[k];
    const Group &group = *groupOf.at(sender.population.str());
    SliceOp slice = sender.slice;
    for (int64_t n = 0; n < sender.neurons; ++n)
      senders[destinations.listOf[k]].spikes += group.rate(slice ? slice.neuronOf(n) : n);
  }
  loads.cores = coreLoadsOf(known, assignment, senders);
  loads.longestPath = longestPath(*network, destinations);
  return success();
}

std::optional<int> MappingReporter::longestPath(const aer::MappedNetwork &network,
                                                const aer::Destinations &destinations) {
  std::set<std::pair<Router, size_t>> ways; // where packets start, and which list they reach
  for (size_t k = 0; k < network.senders.size(); ++k) {
    if (destinations.of(k).empty())
      continue;
    if (!network.senders[k].router)
      return std::nullopt;
    ways.insert({*network.senders[k].router, destinations.listOf[k]});
  }
  std::vector<std::vector<Router>> routersOf;
  for (const std::vector<uint32_t> &list : destinations.lists) {
    std::set<Router> routers;
    for (uint32_t core : list) {
      std::optional<CorePlace> to = cores[core].corePlace();
      if (!to)
        return std::nullopt;
      routers.insert(to->router());
    }
    routersOf.emplace_back(routers.begin(), routers.end());
  }
  int longest = 0;
  bool exact = static_cast<int64_t>(ways.size()) * target.gridSize() <= maxPathWork;
  std::vector<int> hops;
  std::optional<Router> last;
  for (auto &[from, list] : ways) {
    if (exact && from != last)
      hops = target.hopsFrom(from);
    last = from;
    for (Router to : routersOf[list])
      longest = std::max(longest, exact ? hops[target.indexOf(to)] : target.distance(from, to));
  }
  return longest;
}

void MappingReporter::addKeys() {
  if (!keys)
    return;
  struct Sum {
    int64_t blocks = 0, neurons = 0;
    uint64_t keys = 0, first = UINT64_MAX, last = 0;
  };
  std::map<std::string, int64_t> sizeOf;
  for (CoreOp core : cores)
    for (SliceOp slice : core.getSlices())
      sizeOf[core.getSymName().str() + "/" + slice.getPopulation().str()] = slice.size();
  for (const Group &group : known.groups)
    if (group.isSource)
      sizeOf["/" + group.name] = group.size;
  int bits = static_cast<int>(target.keyBits);
  uint64_t all = bits >= 64 ? UINT64_MAX : (uint64_t(1) << bits) - 1;
  std::map<std::string, Sum> sums;
  Sum total;
  for (auto block : keys.getOps<aer::KeyBlockOp>()) {
    std::string core = block.getCore() ? block.getCore()->str() : "";
    int64_t neurons = sizeOf[core + "/" + block.getPopulation().str()];
    uint64_t key = block.getKey(), last = key | (~uint64_t(block.getMask()) & all);
    for (Sum *sum : {&sums[block.getPopulation().str()], &total}) {
      ++sum->blocks;
      sum->neurons += neurons;
      sum->keys += last - key + 1;
      sum->first = std::min(sum->first, key);
      sum->last = std::max(sum->last, last);
    }
  }
  auto hex = [&](uint64_t key) { return fmt::format("0x{:0{}x}", key, (bits + 3) / 4); };
  Json list = Json::array();
  for (const Group &group : known.groups)
    if (auto found = sums.find(group.name); found != sums.end())
      list.push_back({{"name", group.name},
                      {"blocks", found->second.blocks},
                      {"neurons", found->second.neurons},
                      {"keys", found->second.keys},
                      {"first", hex(found->second.first)},
                      {"last", hex(found->second.last)}});
  report["keys"] = {{"bits", bits},
                    {"blocks", total.blocks},
                    {"neurons", total.neurons},
                    {"keys", total.keys},
                    {"by_population", std::move(list)}};
}

void MappingReporter::addTables() {
  if (!routes)
    return;
  int64_t entries = 0, most = 0;
  Json list = Json::array(), largest;
  for (auto table : routes.getOps<aer::TableOp>()) {
    int64_t count = llvm::range_size(table.getEntries());
    entries += count;
    Router router = table.router();
    list.push_back({router.x, router.y, count});
    if (count > most) {
      most = count;
      largest = {{"at", {router.x, router.y}}, {"entries", count}};
    }
  }
  report["tables"] = {{"limit", target.tableEntries ? Json(target.tableEntries) : Json()},
                      {"entries", entries},
                      {"most", std::move(largest)},
                      {"default_routes", routes.getDefaultRoutes()},
                      {"list", std::move(list)}};
}

void MappingReporter::addTraffic() {
  auto attr = routes ? routes->getAttrOfType<DictionaryAttr>(aer::trafficAttrName) : nullptr;
  if (!attr)
    return;
  auto number = [&](const char *field) {
    auto value = attr.getAs<FloatAttr>(field);
    return value ? value.getValueAsDouble() : 0;
  };
  auto places = attr.getAs<DenseI64ArrayAttr>("links");
  auto rates = attr.getAs<DenseF64ArrayAttr>("link_packets_per_second");
  Json links = Json::array();
  double busiest = 0;
  // The attribute is text that anybody may have written.
  if (places && rates && places.size() == 3 * rates.size())
    for (int64_t k = 0; k < rates.size(); ++k) {
      int64_t x = places[3 * k], y = places[3 * k + 1], link = places[3 * k + 2];
      if (x < 0 || y < 0 || x >= target.gridX || y >= target.gridY || link < 0 ||
          link >= target.numLinks())
        continue;
      links.push_back({x, y, link, rounded(rates[k])});
      busiest = std::max(busiest, rates[k]);
    }
  loads.hops = number("hops_per_second");
  loads.busiestLink = busiest;
  report["traffic"] = {
      {"packets_per_second", number("packets_per_second")},
      {"hops_per_second", number("hops_per_second")},
      {"deliveries_per_second", number("deliveries_per_second")},
      {"link_limit", target.linkPacketsPerSecond > 0 ? Json(target.linkPacketsPerSecond) : Json()},
      {"links", std::move(links)}};
}

//===-- prediction
//------------------------------------------------------------------------------===//

static Json jsonOf(const std::optional<double> &value) { return value ? Json(*value) : Json(); }

Json MappingReporter::assumptions() const {
  int64_t assumed = 0, all = 0;
  neuro::NetworkOp network = MappingOp(mapping).networkOp();
  for (const Group &group : known.groups) {
    all += group.size;
    if (rateIsAssumed(network, group))
      assumed += group.size;
  }
  Json list = Json::array();
  list.push_back(
      assumed == 0
          ? std::string("Rates of spikes are those that the network states.")
          : fmt::format("{} of {} neurons and inputs have no known rate of spikes and count with "
                        "{} Hz; 'neuro.rates' gives them one.",
                        grouped(assumed), grouped(all), shortestNumber(assumedRateOf(mapping))));
  list.push_back("All numbers are means over time; a step with more spikes takes longer.");
  if (target.deliversWhileUpdating) {
    list.push_back(
        "Cores work at the same time, and deliver spikes of cores while they update; those of "
        "hosts come before.");
    list.push_back(
        "An update program has an instruction an operation, where nothing else is known.");
  } else {
    list.push_back(
        "A core updates its neurons and serves spikes one after the other; cores work at "
        "the same time.");
    list.push_back("A step is over when the slowest core, the busiest link and the longest path "
                   "are, which do not overlap.");
  }
  list.push_back("The longest path is the shortest way between its two routers; routes may be "
                 "longer.");
  if (llvm::any_of(known.relations, [](const Relation &r) { return r.isRandom(); }))
    list.push_back("Random connections count with their mean number of synapses.");
  return list;
}

void MappingReporter::addPrediction() {
  double dt = stepSecondsOf(mapping.networkOp());
  if (target.deliversWhileUpdating)
    loads.work = expectedWork(known, assignment, target, dt);
  Prediction p = predict(target, loads, dt);
  Json times = Json::array(), energies = Json::array();
  for (const TimePart &part : p.time)
    times.push_back(
        {{"name", part.name}, {"formula", part.formula}, {"seconds", jsonOf(part.seconds)}});
  for (const EnergyPart &part : p.energy)
    energies.push_back({{"name", part.name},
                        {"count", jsonOf(part.count)},
                        {"each", jsonOf(part.each)},
                        {"unit", part.isPower ? "W" : "J"},
                        {"joules", jsonOf(part.joules)}});
  bool timed = p.stepSeconds && *p.stepSeconds > 0;
  Json time = {
      {"cycles_per_step", jsonOf(p.cycles)},
      {"step_seconds", jsonOf(p.stepSeconds)},
      {"busy_seconds", jsonOf(p.busySeconds)},
      {"real_time_step_seconds", target.stepSeconds > 0 ? Json(target.stepSeconds) : Json()},
      {"network_step_seconds", dt},
      {"speed", timed ? Json(dt / *p.stepSeconds) : Json()},
      {"late", p.late},
      {"slowest_core", p.slowestCore >= 0 ? Json(cores[p.slowestCore].getSymName().str()) : Json()},
      {"longest_path_hops", loads.longestPath ? Json(*loads.longestPath) : Json()},
      {"parts", std::move(times)}};
  Json energy = {{"joules_per_step", jsonOf(p.joules)},
                 {"watts", timed && p.joules ? Json(*p.joules / *p.stepSeconds) : Json()},
                 {"parts", std::move(energies)}};
  report["prediction"] = {{"time", std::move(time)},
                          {"energy", std::move(energy)},
                          {"assumptions", assumptions()},
                          {"left_out", p.leftOut}};
  for (size_t c = 0; c < p.coreSeconds.size(); ++c)
    report["cores"][c]["seconds"] = rounded(p.coreSeconds[c]);
}

LogicalResult MappingReporter::run() {
  keys = opOf<aer::KeysOp>(mapping);
  routes = opOf<aer::RoutesOp>(mapping);
  if (failed(assign()))
    return failure();
  addCores();
  addHosts();
  addKeys();
  addTables();
  addTraffic();
  if (failed(addSenders()))
    return failure();
  addPrediction();
  return success();
}

double assumedRateOf(MappingOp mapping) {
  constexpr double usual = 10;
  aer::RoutesOp routes = opOf<aer::RoutesOp>(mapping);
  auto attr = routes ? routes->getAttrOfType<DictionaryAttr>(aer::trafficAttrName) : nullptr;
  auto rate = attr ? attr.getAs<FloatAttr>("assumed_rate") : nullptr;
  return rate && rate.getValueAsDouble() >= 0 ? rate.getValueAsDouble() : usual;
}

LogicalResult reportMapping(MappingOp mapping, const Target &target, const SpikeNetwork &known,
                            Json &report) {
  return MappingReporter(mapping, target, known, report).run();
}

} // namespace engram::tool
