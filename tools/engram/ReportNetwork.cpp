// Graph and delays of a network, for a report.
#include "tools/engram/ReportNetwork.h"

#include "tools/engram/DescribeNetwork.h"

#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Units.h"
#include "lowering/NeuroToNCore/FromNeuro.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace mlir;
using namespace engram::neuro;

namespace engram::tool {

using Json = nlohmann::ordered_json;

static std::string textOf(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

bool isDiscrete(NetworkOp network) {
  return llvm::none_of(network.getBody().getOps<PopulationOp>(), [](PopulationOp population) {
    ModelOp model = modelOf(population);
    return !model || model.find<DynamicsOp>();
  });
}

double stepSecondsOf(NetworkOp network) {
  QuantityAttr dt = network.getDt();
  return dt.getValue() * unitFactor(dt.getUnit(), "s").value_or(NAN);
}

bool rateIsAssumed(NetworkOp network, const ncore::Group &group) {
  Operation *node = SymbolTable::lookupSymbolIn(network, group.name);
  // A recording has a rate for each neuron.
  if (group.rates.size() > 1)
    return false;
  if (node->hasAttr(ncore::ratesAttrName))
    return false;
  if (auto source = dyn_cast<SourceOp>(node))
    return isa<ExternalAttr>(source.getKind());
  ModelOp model = modelOf(cast<PopulationOp>(node));
  return model && model.find<FireOp>() && !model.find<EmitOp>();
}

/// One number, or the least and the greatest of many.
static Json rangeOf(const std::vector<double> &values) {
  if (values.empty())
    return {};
  auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (*low == *high)
    return *low;
  return {{"min", *low}, {"max", *high}};
}

/// Models in the module are copies with the population's name behind theirs.
static std::string modelName(std::string model, const std::string &population) {
  size_t end = model.rfind("." + population);
  return end != std::string::npos && end > 0 ? model.substr(0, end) : model;
}

static Json nodeOf(NetworkOp network, const Json &summary, const char *kind,
                   const ncore::SpikeNetwork *known) {
  bool isSource = std::string_view(kind) == "source";
  std::string name = summary["name"];
  Json node = {
      {"name", name},
      {"kind", kind},
      {"of", isSource ? summary["kind"].get<std::string>() : modelName(summary["model"], name)},
      {"neurons", summary["neurons"]},
      {"shape", summary["shape"]}};
  if (!isSource) {
    node["spiking"] = summary["spiking"];
    // As neuro-map-delays names them: relays of spikes or values, and of sums.
    node["relay"] =
        summary["model"].get<std::string>().rfind("delay_", 0) == 0 &&
        (name.find("_delayed_") != std::string::npos || name.find("_sums") != std::string::npos);
  }
  if (known)
    for (const ncore::Group &group : known->groups)
      if (group.name == name) {
        node["rate_hz"] = rangeOf(group.rates);
        node["rate_assumed"] = rateIsAssumed(network, group);
      }
  return node;
}

std::optional<Json> reportNetwork(NetworkOp network, const ncore::SpikeNetwork *known) {
  std::optional<Json> summary = summaryOf(network);
  if (!summary)
    return std::nullopt;
  Json result = {{"name", (*summary)["network"]},
                 {"dt_seconds", (*summary)["dt_seconds"]},
                 {"seed", (*summary)["seed"]},
                 {"precision", (*summary)["precision"]},
                 {"neurons", (*summary)["neurons"]},
                 {"synapses", (*summary)["synapses"]},
                 {"expected", false},
                 {"nodes", Json::array()},
                 {"projections", Json::array()}};
  for (const Json &source : (*summary)["sources"])
    result["nodes"].push_back(nodeOf(network, source, "source", known));
  for (const Json &population : (*summary)["populations"])
    result["nodes"].push_back(nodeOf(network, population, "population", known));
  for (const Json &probe : (*summary)["probes"])
    for (Json &node : result["nodes"])
      if (node["name"] == probe["target"])
        node["probes"].push_back(probe["name"]);
  for (const Json &projection : (*summary)["projections"]) {
    Json edge = {{"name", projection["name"]},
                 {"source", projection["source"]},
                 {"target", projection["target"]},
                 {"port", projection["port"]},
                 {"connector", projection["connector"]}};
    bool expected = projection.contains("synapses_expected");
    if (expected || projection.contains("synapses"))
      edge["synapses"] = projection[expected ? "synapses_expected" : "synapses"];
    if (expected)
      result["expected"] = edge["expected"] = true;
    edge["delay_steps"] = projection["delay_steps"];
    edge["weights"] = projection["weights"];
    auto op = cast<ProjectionOp>(
        SymbolTable::lookupSymbolIn(network, projection["name"].get_ref<const std::string &>()));
    if (std::optional<Type> format = op.getFormat())
      edge["format"] = textOf(*format);
    result["projections"].push_back(std::move(edge));
  }
  return result;
}

//===-- delays
//----------------------------------------------------------------------------------===//

/// Synapses by delay: each delay by itself, or in ranges of equal width where they are many.
static Json histogramOf(const std::map<int64_t, double> &synapses) {
  constexpr int64_t most = 24;
  Json bins = Json::array();
  if (synapses.empty())
    return bins;
  int64_t low = synapses.begin()->first, high = synapses.rbegin()->first;
  int64_t width = static_cast<int64_t>(synapses.size()) <= most ? 0 : (high - low + most) / most;
  for (auto [delay, count] : synapses) {
    int64_t from = width ? low + (delay - low) / width * width : delay;
    int64_t to = width ? std::min(high, from + width - 1) : delay;
    if (bins.empty() || bins.back()["from"] != from)
      bins.push_back({{"from", from}, {"to", to}, {"synapses", 0.0}});
    bins.back()["synapses"] = bins.back()["synapses"].get<double>() + count;
  }
  return bins;
}

static Json latencyOf(NetworkOp network, DictionaryAttr latency, double dt) {
  Json list = Json::array();
  for (NamedAttribute entry : latency) {
    auto steps = dyn_cast<IntegerAttr>(entry.getValue());
    if (!steps)
      continue;
    Json one = {{"probe", entry.getName().str()},
                {"steps", steps.getInt()},
                {"seconds", double(steps.getInt()) * dt}};
    if (auto probe = dyn_cast_or_null<ProbeOp>(
            SymbolTable::lookupSymbolIn(network, entry.getName().getValue()))) {
      one["target"] = probe.getTarget().str();
      one["variable"] = probe.getVariable().str();
    }
    list.push_back(std::move(one));
  }
  return list;
}

Json reportDelays(NetworkOp network, int64_t slots) {
  std::map<int64_t, double> synapses;
  for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>()) {
    std::vector<int64_t> delays = delayStepsOf(projection);
    std::optional<ArrayRef<int64_t>> from = shapeOf(network, projection.getSource()),
                                     to = shapeOf(network, projection.getTarget());
    if (delays.empty() || !from || !to)
      continue;
    double count = countSynapses(projection.getConnector(), *from, *to).value_or(0);
    for (int64_t delay : delays)
      synapses[delay] += count / static_cast<double>(delays.size());
  }
  int64_t longest = synapses.empty() ? 0 : synapses.rbegin()->first;
  Json result = {{"longest", longest},
                 {"slots_needed", longest + 1},
                 {"slots_limit", slots ? Json(slots) : Json()},
                 {"histogram", histogramOf(synapses)},
                 {"latency", Json::array()},
                 {"relays", 0},
                 {"relay_neurons", 0},
                 {"reordered_ports", Json::array()}};
  auto map = network->getAttrOfType<DictionaryAttr>("neuro.delay_map");
  if (!map)
    return result;
  double dt = stepSecondsOf(network);
  if (auto latency = map.getAs<DictionaryAttr>("latency"))
    result["latency"] = latencyOf(network, latency, dt);
  for (const char *field : {"min_delay", "max_delay", "relays", "relay_neurons"})
    if (auto value = map.getAs<IntegerAttr>(field))
      result[field] = value.getInt();
  if (auto ports = map.getAs<ArrayAttr>("reordered_ports"))
    for (Attribute port : ports)
      if (auto name = dyn_cast<StringAttr>(port))
        result["reordered_ports"].push_back(name.str());
  return result;
}

} // namespace engram::tool
