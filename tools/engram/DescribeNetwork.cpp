// Summaries of networks.
#include "tools/engram/DescribeNetwork.h"

#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Units.h"
#include "runtime/NumberText.h"
#include "runtime/Tensor.h"
#include "llvm/ADT/TypeSwitch.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

using namespace mlir;
using namespace engram::neuro;

namespace engram::tool {

namespace {

using Json = nlohmann::ordered_json;

/// One number, or the least and the greatest of many.
Json rangeOf(const std::vector<double> &values) {
  if (values.empty())
    return {};
  auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (*low == *high)
    return *low;
  return {{"min", *low}, {"max", *high}};
}

Json shapeOf(ArrayRef<int64_t> shape) { return std::vector<int64_t>(shape.begin(), shape.end()); }

std::string mnemonicOf(Attribute attr) {
  return llvm::TypeSwitch<Attribute, std::string>(attr)
      .Case<AllToAllAttr, OneToOneAttr, DenseAttr, CSRAttr, FixedProbabilityAttr, FixedIndegreeAttr,
            ConvAttr, PoolAttr, ExternalAttr, SpikeTrainsAttr, PoissonAttr, CurrentAttr>(
          [](auto known) { return known.getMnemonic().str(); })
      .Case([](ComposeAttr compose) {
        std::string names;
        for (Attribute map : compose.getMaps())
          names += (names.empty() ? "" : " > ") + mnemonicOf(map);
        return names;
      })
      .Default([](Attribute) { return std::string("unknown"); });
}

/// Bytes that the weights take as they are stored.
int64_t weightBytes(Attribute weights) {
  if (auto compose = dyn_cast_or_null<ComposeAttr>(weights)) {
    int64_t bytes = 0;
    for (Attribute map : compose.getMaps())
      bytes += weightBytes(map);
    return bytes;
  }
  if (auto connector = dyn_cast_or_null<ConnectorInterface>(weights))
    weights = connector.weightsAttr();
  if (!weights || !isNumeric(weights))
    return 0;
  return numNumbers(weights) * ((numberType(weights).getIntOrFloatBitWidth() + 7) / 8);
}

void collectWeights(Attribute connector, std::vector<double> &weights) {
  if (auto compose = dyn_cast<ComposeAttr>(connector)) {
    for (Attribute map : compose.getMaps())
      collectWeights(map, weights);
    return;
  }
  Attribute attr = cast<ConnectorInterface>(connector).weightsAttr();
  if (!attr || !isNumeric(attr))
    return;
  std::vector<double> more = readNumbers(attr);
  weights.insert(weights.end(), more.begin(), more.end());
}

class Describer {
public:
  explicit Describer(NetworkOp network) : network(network) {}
  std::optional<Json> run();

private:
  NetworkOp network;
  double neurons = 0, synapses = 0, weights = 0, states = 0;

  Json describe(SourceOp source);
  std::optional<Json> describe(PopulationOp population);
  std::optional<Json> describe(ProjectionOp projection);
  Json describe(ProbeOp probe);
};

Json Describer::describe(SourceOp source) {
  Json json = {{"name", source.getSymName().str()},
               {"kind", mnemonicOf(source.getKind())},
               {"shape", shapeOf(*source.getShape())},
               {"neurons", numElements(*source.getShape())}};
  if (auto poisson = dyn_cast<PoissonAttr>(source.getKind()))
    json["rate_hz"] = rangeOf(readNumbers(poisson.getRate()));
  return json;
}

std::optional<Json> Describer::describe(PopulationOp population) {
  ModelOp model = modelOf(population);
  int64_t size = numElements(*population.getShape());
  Json json = {{"name", population.getSymName().str()},
               {"model", population.getModel().str()},
               {"shape", shapeOf(*population.getShape())},
               {"neurons", size},
               {"spiking", bool(model.find<FireOp>())}};
  if (model.find<DynamicsOp>())
    json["method"] = stringifyMethod(methodOf(population, model)).str();
  json["parameters"] = Json::object();
  for (ParameterOp parameter : model.getParameters()) {
    FailureOr<std::vector<double>> values = parameterValues(population, parameter);
    if (failed(values))
      return std::nullopt;
    Json entry = {{"value", rangeOf(*values)}};
    if (parameter.getUnit())
      entry["unit"] = parameter.getUnit()->str();
    json["parameters"][parameter.getName().str()] = std::move(entry);
  }
  neurons += static_cast<double>(size);
  int64_t numbers = std::distance(model.getStates().begin(), model.getStates().end());
  states += 8.0 * static_cast<double>(size) * static_cast<double>(numbers);
  return json;
}

std::optional<Json> Describer::describe(ProjectionOp projection) {
  ArrayRef<int64_t> source = *neuro::shapeOf(network, projection.getSource());
  ArrayRef<int64_t> target = *neuro::shapeOf(network, projection.getTarget());
  ConnectorInterface connector = projection.getConnector();
  auto emitError = [&] { return projection.emitOpError(); };
  InputOp port = portOf(
      projection,
      modelOf(cast<PopulationOp>(SymbolTable::lookupSymbolIn(network, projection.getTarget()))));
  if (!port || failed(connector.verifyShapes(source, target, emitError)))
    return std::nullopt;
  std::vector<double> values;
  collectWeights(connector, values);
  Json json = {{"name", projection.getSymName().str()},  {"source", projection.getSource().str()},
               {"target", projection.getTarget().str()}, {"port", port.getName().str()},
               {"connector", mnemonicOf(connector)},     {"weights", rangeOf(values)}};
  if (std::optional<double> count = countSynapses(connector, source, target)) {
    // How many pairs are drawn is only known once they are.
    json[isa<FixedProbabilityAttr>(connector) ? "synapses_expected" : "synapses"] = *count;
    synapses += *count;
  }
  std::vector<int64_t> delays = delayStepsOf(projection);
  json["delay_steps"] = rangeOf({delays.begin(), delays.end()});
  if (projection.getBias())
    json["bias"] = rangeOf(readNumbers(*projection.getBias()));
  weights += static_cast<double>(weightBytes(connector));
  int64_t slots = delays.empty() ? 1 : *std::max_element(delays.begin(), delays.end()) + 1;
  states += 8.0 * static_cast<double>(numElements(target)) * static_cast<double>(slots);
  return json;
}

Json Describer::describe(ProbeOp probe) {
  int64_t numbers = probe.getNeurons() ? static_cast<int64_t>(probe.getNeurons()->size())
                                       : numElements(*neuro::shapeOf(network, probe.getTarget()));
  return {{"name", probe.getSymName().str()},
          {"target", probe.getTarget().str()},
          {"variable", probe.getVariable().str()},
          {"neurons", numbers},
          {"every", probe.getEvery()}};
}

std::optional<Json> Describer::run() {
  QuantityAttr dt = network.getDt();
  Json json = {{"network", network.getSymName().str()},
               {"dt_seconds", dt.getValue() * unitFactor(dt.getUnit(), "s").value_or(NAN)},
               {"seed", network.getSeed()},
               {"precision", network.sumType().isF32() ? "f32" : "f64"}};
  for (const char *kind : {"sources", "populations", "projections", "probes"})
    json[kind] = Json::array();
  for (Operation &op : network.getBody().front()) {
    std::optional<Json> part;
    const char *kind = "sources";
    if (auto source = dyn_cast<SourceOp>(op))
      part = describe(source);
    else if (auto population = dyn_cast<PopulationOp>(op))
      part = describe(population), kind = "populations";
    else if (auto projection = dyn_cast<ProjectionOp>(op))
      part = describe(projection), kind = "projections";
    else if (auto probe = dyn_cast<ProbeOp>(op))
      part = describe(probe), kind = "probes";
    else
      continue;
    if (!part)
      return std::nullopt;
    json[kind].push_back(std::move(*part));
  }
  json["neurons"] = neurons;
  json["synapses"] = synapses;
  json["bytes_of_weights"] = weights;
  json["bytes_of_state"] = states;
  return json;
}

//===-- text ------------------------------------------------------------------------------===//

std::string textOfRange(const Json &range) {
  if (range.is_null())
    return "none";
  auto text = [](const Json &number) { return fmt::format("{:.6g}", number.get<double>()); };
  if (range.is_object())
    return fmt::format("{} to {}", text(range["min"]), text(range["max"]));
  return text(range);
}

std::string textOfCount(double count) {
  return count < 1e15 ? grouped(std::llround(count)) : fmt::format("{:.4g}", count);
}

std::string counted(double count, std::string_view noun) {
  return fmt::format("{} {}{}", textOfCount(count), noun, count == 1 ? "" : "s");
}

std::string textOfBytes(double bytes) {
  const char *units[] = {"B", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  for (; bytes >= 1000 && unit < 4; ++unit)
    bytes /= 1000;
  return fmt::format("{:.4g} {}", bytes, units[unit]);
}

std::string textOfShape(const Json &shape) {
  return shapeString(shape.get<std::vector<int64_t>>());
}

std::string str(const Json &json, const char *key) { return json.at(key).get<std::string>(); }

std::string textOfPopulation(const Json &population) {
  std::string text = fmt::format(
      "  {} {} of {}{}\n", str(population, "name"), textOfShape(population["shape"]),
      str(population, "model"),
      population.contains("method") ? ", method " + str(population, "method") : std::string());
  std::string line = "   ";
  constexpr size_t columns = 100;
  for (const auto &[name, parameter] : population["parameters"].items()) {
    std::string unit = parameter.contains("unit") ? " " + str(parameter, "unit") : std::string();
    std::string part = fmt::format(" {} = {}{}", name, textOfRange(parameter["value"]), unit);
    if (line.size() + part.size() + 1 > columns && line.size() > 3) {
      text += line + "\n";
      line = "   ";
    }
    line += (line.size() > 3 ? "," : "") + part;
  }
  return line.size() > 3 ? text + line + "\n" : text;
}

std::string textOfProjection(const Json &projection) {
  std::string text =
      fmt::format("  {}: {} -> {}.{}, {}", str(projection, "name"), str(projection, "source"),
                  str(projection, "target"), str(projection, "port"), str(projection, "connector"));
  if (projection.contains("synapses"))
    text += ", " + counted(projection["synapses"], "synapse");
  else if (projection.contains("synapses_expected"))
    text += ", about " + counted(projection["synapses_expected"], "synapse");
  if (!projection["weights"].is_null())
    text += ", weights " + textOfRange(projection["weights"]);
  if (projection.contains("bias"))
    text += ", bias " + textOfRange(projection["bias"]);
  return fmt::format("{}, delay {} steps\n", text, textOfRange(projection["delay_steps"]));
}

std::string textOfSource(const Json &source) {
  std::string rate =
      source.contains("rate_hz") ? fmt::format(", {} Hz", textOfRange(source["rate_hz"])) : "";
  return fmt::format("  {} {} is {}{}\n", str(source, "name"), textOfShape(source["shape"]),
                     str(source, "kind"), rate);
}

std::string textOfProbe(const Json &probe) {
  auto every = probe["every"].get<int64_t>();
  return fmt::format("  {}: {} of {}, {}{}\n", str(probe, "name"), str(probe, "variable"),
                     str(probe, "target"), counted(probe["neurons"], "neuron"),
                     every == 1 ? "" : fmt::format(", every {} steps", every));
}

} // namespace

std::optional<Json> summaryOf(NetworkOp network) { return Describer(network).run(); }

std::string textOfNetwork(const Json &json) {
  std::string text =
      fmt::format("network '{}': dt {} ms, seed {}, {}\n", str(json, "network"),
                  shortestNumber(stepTime(1, json["dt_seconds"].get<double>() * 1000)),
                  json["seed"].get<uint64_t>(), str(json, "precision"));
  text += fmt::format("{}, {}; weights {}, state {}\n", counted(json["neurons"], "neuron"),
                      counted(json["synapses"], "synapse"), textOfBytes(json["bytes_of_weights"]),
                      textOfBytes(json["bytes_of_state"]));
  std::pair<const char *, std::string (*)(const Json &)> parts[] = {
      {"sources", textOfSource},
      {"populations", textOfPopulation},
      {"projections", textOfProjection},
      {"probes", textOfProbe}};
  for (auto [kind, print] : parts) {
    if (json[kind].empty())
      continue;
    text += fmt::format("{}\n", kind);
    for (const Json &part : json[kind])
      text += print(part);
  }
  return text;
}

} // namespace engram::tool
