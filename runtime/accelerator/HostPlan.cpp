// The tools' section: writing, checking and reading it.
#include "runtime/accelerator/HostPlan.h"
#include "runtime/accelerator/Instruction.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace engram;
using namespace engram::a1;
using Json = nlohmann::ordered_json;

namespace {

/// Sizes by the names that they have in the text of the feature hash.
struct Size {
  const char *name;
  int ChipParameters::*member;
};
constexpr Size sizes[] = {{"columns", &ChipParameters::columns},
                          {"rows", &ChipParameters::rows},
                          {"neurons", &ChipParameters::neurons},
                          {"slots", &ChipParameters::slots},
                          {"ports", &ChipParameters::ports},
                          {"state_words", &ChipParameters::stateWords},
                          {"instructions", &ChipParameters::instructions},
                          {"constants", &ChipParameters::constants},
                          {"segments", &ChipParameters::segments},
                          {"synapse_words", &ChipParameters::synapseWords},
                          {"axons", &ChipParameters::axons},
                          {"key_entries", &ChipParameters::keyEntries},
                          {"route_entries", &ChipParameters::routeEntries},
                          {"accumulator_bits", &ChipParameters::accumulatorBits},
                          {"lanes", &ChipParameters::lanes},
                          {"crossbars", &ChipParameters::crossbars}};
constexpr int mostColumns = 16, mostInstructions = 256;

/// Bounds of what a text may ask for.
constexpr int64_t mostSourceNeurons = int64_t(1) << 26, mostLag = int64_t(1) << 30;

int64_t sizeOf(const std::vector<int64_t> &shape) {
  int64_t size = 1;
  for (int64_t extent : shape)
    size *= extent;
  return size;
}

//===-- writing ---------------------------------------------------------------------------===//

/// Neurons that lie side by side on a core: [core, first neuron, how many].
Json rangesOf(const std::vector<NeuronPlace> &places) {
  Json ranges = Json::array();
  for (size_t k = 0; k < places.size();) {
    size_t end = k + 1;
    while (end < places.size() && places[end].core == places[k].core &&
           places[end].neuron == places[k].neuron + (end - k))
      ++end;
    ranges.push_back({places[k].core, places[k].neuron, end - k});
    k = end;
  }
  return ranges;
}

Json jsonOf(const HostPlan::Population &population) {
  Json words = Json::array();
  for (const HostPlan::Word &word : population.words)
    words.push_back({{"name", word.name},
                     {"holds", word.holds},
                     {"signed", word.isSigned},
                     {"width", word.width},
                     {"fraction_bits", word.fractionBits},
                     {"word", word.word},
                     {"bit", word.bit},
                     {"half", word.isHalf}});
  return {{"name", population.name},     {"model", population.model},
          {"shape", population.shape},   {"spiking", population.spiking},
          {"graded", population.graded}, {"relay", population.relay},
          {"lag", population.lag},       {"places", rangesOf(population.places)},
          {"state_words", words}};
}

//===-- reading ---------------------------------------------------------------------------===//

/// Fields of an object by name; the first that is not as it has to be is the error.
class Reader {
public:
  std::string error;

  void wrong(const char *name, const char *expected) {
    if (error.empty())
      error = fmt::format("expected '{}' to be {}", name, expected);
  }
  const Json &field(const Json &object, const char *name) {
    static const Json nothing;
    auto found = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || found == object.end()) {
      wrong(name, "there");
      return nothing;
    }
    return *found;
  }
  std::string text(const Json &object, const char *name) {
    const Json &value = field(object, name);
    if (!value.is_string())
      wrong(name, "a text");
    return value.is_string() ? value.get<std::string>() : "";
  }
  bool flag(const Json &object, const char *name) {
    const Json &value = field(object, name);
    if (!value.is_boolean())
      wrong(name, "true or false");
    return value.is_boolean() && value.get<bool>();
  }
  int64_t whole(const Json &value, const char *name, int64_t low, int64_t high) {
    bool fits = value.is_number_integer() &&
                !(value.is_number_unsigned() && value.get<uint64_t>() > INT64_MAX) &&
                value.get<int64_t>() >= low && value.get<int64_t>() <= high;
    if (!fits && error.empty())
      error = fmt::format("expected '{}' to be a whole number of {} to {}", name, low, high);
    return fits ? value.get<int64_t>() : low;
  }
  int64_t number(const Json &object, const char *name, int64_t low, int64_t high) {
    return whole(field(object, name), name, low, high);
  }
  const Json &list(const Json &object, const char *name) {
    static const Json none = Json::array();
    const Json &value = field(object, name);
    if (!value.is_array())
      wrong(name, "a list");
    return value.is_array() ? value : none;
  }
  std::vector<int64_t> numbers(const Json &object, const char *name, int64_t low, int64_t high) {
    std::vector<int64_t> result;
    for (const Json &value : list(object, name))
      result.push_back(whole(value, name, low, high));
    return result;
  }
  /// A shape of at most so many neurons.
  std::vector<int64_t> shape(const Json &object, int64_t most) {
    std::vector<int64_t> result = numbers(object, "shape", 1, most);
    int64_t size = 1;
    for (int64_t extent : result)
      size = size > most / extent ? most + 1 : size * extent;
    if (size > most) {
      wrong("shape", "one of a machine that there is");
      result.assign(1, 1);
    }
    return result;
  }
};

void readPopulation(Reader &reader, const Json &json, HostPlan &plan) {
  const ChipParameters &chip = plan.chip;
  HostPlan::Population population;
  population.name = reader.text(json, "name");
  population.model = reader.text(json, "model");
  population.shape = reader.shape(json, int64_t(chip.cores()) * chip.neurons);
  population.spiking = reader.flag(json, "spiking");
  population.graded = reader.flag(json, "graded");
  population.relay = reader.flag(json, "relay");
  population.lag = reader.number(json, "lag", 0, mostLag);
  int64_t size = sizeOf(population.shape);
  for (const Json &range : reader.list(json, "places")) {
    if (!range.is_array() || range.size() != 3)
      return reader.wrong("places", "lists of three numbers");
    int64_t core = reader.whole(range[0], "places", 0, chip.cores() - 1);
    int64_t first = reader.whole(range[1], "places", 0, chip.neurons - 1);
    int64_t count = reader.whole(range[2], "places", 1, chip.neurons - first);
    if (static_cast<int64_t>(population.places.size()) + count > size)
      return reader.wrong("places", "one for each neuron");
    for (int64_t k = 0; k < count; ++k)
      population.places.push_back({static_cast<uint32_t>(core), static_cast<uint32_t>(first + k)});
  }
  if (static_cast<int64_t>(population.places.size()) != size)
    reader.wrong("places", "one for each neuron");
  for (const Json &entry : reader.list(json, "state_words")) {
    HostPlan::Word word;
    word.name = reader.text(entry, "name");
    word.holds = reader.text(entry, "holds");
    word.isSigned = reader.flag(entry, "signed");
    word.width = static_cast<int>(reader.number(entry, "width", 1, 32));
    word.fractionBits = static_cast<int>(reader.number(entry, "fraction_bits", -64, 64));
    word.word = static_cast<int>(reader.number(entry, "word", 0, chip.stateWords - 1));
    word.isHalf = reader.flag(entry, "half");
    word.bit = static_cast<int>(reader.number(entry, "bit", 0, word.isHalf ? halfBits : 0));
    if (word.isHalf && word.width > halfBits)
      reader.wrong("width", "at most 16 of half a word");
    population.words.push_back(std::move(word));
  }
  if (population.words.size() > 2 * static_cast<size_t>(chip.stateWords))
    reader.wrong("state_words", "as few as a neuron has");
  plan.populations.push_back(std::move(population));
}

void readSource(Reader &reader, const Json &json, HostPlan &plan) {
  HostPlan::Source source;
  source.name = reader.text(json, "name");
  source.shape = reader.shape(json, mostSourceNeurons);
  source.external = reader.flag(json, "external");
  source.used = reader.flag(json, "used");
  source.firstKey = static_cast<uint32_t>(reader.number(json, "first_key", 0, UINT32_MAX));
  source.fractionBits = static_cast<int>(reader.number(json, "fraction_bits", -64, 64));
  plan.sources.push_back(std::move(source));
}

template <class List> auto *named(List &list, const std::string &name) {
  auto found = std::find_if(list.begin(), list.end(), [&](auto &x) { return x.name == name; });
  return found == list.end() ? nullptr : &*found;
}

/// What can be read of a population or a source.
std::vector<std::string> variablesOf(const HostPlan &plan, const std::string &target) {
  std::vector<std::string> names;
  const HostPlan::Population *population = named(plan.populations, target);
  if (!population)
    return named(plan.sources, target) ? std::vector<std::string>{"output", "spikes"} : names;
  if (population->spiking)
    names.push_back("spikes");
  if (!population->graded)
    names.push_back("output");
  for (const HostPlan::Word &word : population->words)
    if (word.holds == "state" || word.holds == "output")
      names.push_back(word.name);
  return names;
}

void readProbe(Reader &reader, const Json &json, HostPlan &plan) {
  HostPlan::Probe probe;
  probe.name = reader.text(json, "name");
  probe.target = reader.text(json, "target");
  probe.variable = reader.text(json, "variable");
  probe.every = reader.number(json, "every", 1, INT64_MAX);
  std::vector<std::string> names = variablesOf(plan, probe.target);
  if (std::find(names.begin(), names.end(), probe.variable) == names.end())
    reader.wrong("variable", "one that the probe's target has");
  const HostPlan::Population *population = named(plan.populations, probe.target);
  const HostPlan::Source *source = named(plan.sources, probe.target);
  int64_t size = population ? sizeOf(population->shape) : source ? sizeOf(source->shape) : 1;
  probe.neurons = reader.numbers(json, "neurons", 0, size - 1);
  plan.probes.push_back(std::move(probe));
}

std::string listOf(const std::vector<std::string> &names) {
  std::string list;
  for (const std::string &name : names)
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", name);
  return list.empty() ? "none" : list;
}

} // namespace

//===-- what it says ----------------------------------------------------------------------===//

double HostPlan::Word::numberIn(uint32_t bits) const {
  int64_t raw = cut(bits >> bit, isHalf ? halfBits : 32, isSigned);
  return std::ldexp(static_cast<double>(raw), -fractionBits);
}

NetworkInfo HostPlan::info() const {
  NetworkInfo info;
  info.name = network;
  info.dtSeconds = dtSeconds;
  for (const Source &source : sources)
    if (source.external)
      info.inputs.push_back({source.name, source.shape, sizeOf(source.shape)});
  for (const Population &population : populations)
    info.populations.push_back(
        {population.name, population.shape, sizeOf(population.shape), population.spiking});
  for (const Probe &probe : probes) {
    const Population *population = named(populations, probe.target);
    const std::vector<int64_t> &shape =
        population ? population->shape : named(sources, probe.target)->shape;
    int64_t size =
        probe.neurons.empty() ? sizeOf(shape) : static_cast<int64_t>(probe.neurons.size());
    info.probes.push_back(
        {probe.name, probe.target, probe.variable, probe.neurons, shape, size, probe.every});
  }
  return info;
}

Alignment HostPlan::alignment() const {
  Alignment alignment;
  for (const Population &population : populations) {
    if (population.lag)
      alignment.lags[population.name] = population.lag;
    if (population.relay)
      alignment.hidden.insert(population.name);
  }
  return alignment;
}

int64_t HostPlan::latency() const {
  int64_t most = 0;
  for (const Population &population : populations)
    most = std::max(most, population.lag);
  return most;
}

Expected<std::string> HostPlan::findOrAddProbe(const std::string &what) {
  if (named(probes, what))
    return what;
  size_t colon = what.rfind(':');
  std::string target = what.substr(0, colon);
  std::vector<std::string> variables = variablesOf(*this, target);
  if (variables.empty()) {
    std::vector<std::string> names;
    for (const Source &source : sources)
      names.push_back(source.name);
    for (const Population &population : populations)
      names.push_back(population.name);
    for (const Probe &probe : probes)
      names.push_back(probe.name);
    return fail(
        fmt::format("no probe or population '{}'; the image has {}", target, listOf(names)));
  }
  std::string variable = colon == std::string::npos ? variables.front() : what.substr(colon + 1);
  if (std::find(variables.begin(), variables.end(), variable) == variables.end())
    return fail(fmt::format("'{}' has no '{}' on the chip; it has {}", target, variable,
                            listOf(variables)));
  for (const Probe &probe : probes)
    if (probe.target == target && probe.variable == variable && probe.neurons.empty() &&
        probe.every == 1)
      return probe.name;
  probes.push_back({fmt::format("{}:{}", target, variable), target, variable, {}, 1});
  return probes.back().name;
}

//===-- text ------------------------------------------------------------------------------===//

std::string engram::a1::textOf(const HostPlan &plan) {
  Json json = {{"format", 1}};
  for (const Size &size : sizes)
    json["chip"][size.name] = plan.chip.*size.member;
  json["network"] = plan.network;
  json["dt_seconds"] = plan.dtSeconds;
  json["latency"] = plan.latency();
  for (const char *list : {"sources", "populations", "probes"})
    json[list] = Json::array();
  for (const HostPlan::Source &source : plan.sources)
    json["sources"].push_back({{"name", source.name},
                               {"shape", source.shape},
                               {"external", source.external},
                               {"used", source.used},
                               {"first_key", source.firstKey},
                               {"fraction_bits", source.fractionBits}});
  for (const HostPlan::Population &population : plan.populations)
    json["populations"].push_back(jsonOf(population));
  for (const HostPlan::Probe &probe : plan.probes)
    json["probes"].push_back({{"name", probe.name},
                              {"target", probe.target},
                              {"variable", probe.variable},
                              {"neurons", probe.neurons},
                              {"every", probe.every}});
  for (const HostPlan::Crossbar &crossbar : plan.crossbars)
    json["crossbars"].push_back({{"projection", crossbar.projection},
                                 {"device", crossbar.device},
                                 {"cell_bits", crossbar.cellBits}});
  json["source_text"] = plan.sourceText;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Expected<HostPlan> engram::a1::parseHostPlan(const std::string &text) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  HostPlan plan;
  Reader reader;
  if (!json.is_object())
    return fail("the tools' section is not a JSON object");
  reader.number(json, "format", 1, 1);
  const Json &chip = reader.field(json, "chip");
  ChipParameters most;
  most.instructions = mostInstructions;
  for (const Size &size : sizes) {
    bool grid = size.member == &ChipParameters::columns || size.member == &ChipParameters::rows;
    int least = size.member == &ChipParameters::crossbars ? 0 : 1;
    plan.chip.*size.member = static_cast<int>(
        reader.number(chip, size.name, least, grid ? mostColumns : most.*size.member));
  }
  plan.network = reader.text(json, "network");
  const Json &dt = reader.field(json, "dt_seconds");
  if (!dt.is_number() || !(dt.get<double>() > 0))
    reader.wrong("dt_seconds", "a positive number");
  else
    plan.dtSeconds = dt.get<double>();
  plan.sourceText = reader.text(json, "source_text");
  for (const Json &source : reader.list(json, "sources"))
    readSource(reader, source, plan);
  int64_t neurons = 0;
  for (const Json &population : reader.list(json, "populations")) {
    readPopulation(reader, population, plan);
    if (!reader.error.empty())
      break;
    neurons += static_cast<int64_t>(plan.populations.back().places.size());
    if (neurons > int64_t(plan.chip.cores()) * plan.chip.neurons)
      reader.wrong("places", "as few as the chip has");
  }
  for (const Json &probe : reader.list(json, "probes"))
    if (reader.error.empty())
      readProbe(reader, probe, plan);
  if (json.contains("crossbars"))
    for (const Json &crossbar : reader.list(json, "crossbars"))
      plan.crossbars.push_back({reader.text(crossbar, "projection"),
                                reader.text(crossbar, "device"),
                                static_cast<int>(reader.number(crossbar, "cell_bits", 1, 8))});
  if (!reader.error.empty())
    return fail(reader.error + " in the tools' section");
  return plan;
}
