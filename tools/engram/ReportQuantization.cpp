// What quantization recorded in the text of a network, added up. Fields that a record lacks are
// left out.
#include "tools/engram/ReportNetwork.h"

using namespace mlir;
using namespace engram::neuro;

namespace engram::tool {

using Json = nlohmann::ordered_json;

/// Records hold numbers, texts, types, lists and dictionaries; null for anything else.
static Json jsonOf(Attribute attr) {
  if (auto flag = dyn_cast<BoolAttr>(attr))
    return flag.getValue();
  if (auto number = dyn_cast<IntegerAttr>(attr))
    return number.getInt();
  if (auto number = dyn_cast<FloatAttr>(attr))
    return number.getValueAsDouble();
  if (auto text = dyn_cast<StringAttr>(attr))
    return text.str();
  if (auto type = dyn_cast<TypeAttr>(attr)) {
    std::string text;
    llvm::raw_string_ostream(text) << type.getValue();
    return text;
  }
  if (auto list = dyn_cast<DenseF64ArrayAttr>(attr))
    return std::vector<double>(list.asArrayRef().begin(), list.asArrayRef().end());
  if (auto list = dyn_cast<DenseI64ArrayAttr>(attr))
    return std::vector<int64_t>(list.asArrayRef().begin(), list.asArrayRef().end());
  Json result;
  if (auto list = dyn_cast<ArrayAttr>(attr)) {
    result = Json::array();
    for (Attribute part : list)
      result.push_back(jsonOf(part));
  }
  if (auto dictionary = dyn_cast<DictionaryAttr>(attr)) {
    result = Json::object();
    for (NamedAttribute entry : dictionary)
      result[entry.getName().str()] = jsonOf(entry.getValue());
  }
  return result;
}

static int64_t countIn(const Json &record, const char *field) {
  return record.contains(field) && record[field].is_number_integer() ? record[field].get<int64_t>()
                                                                     : 0;
}

static std::string nameIn(const Json &record) {
  return record.contains("name") && record["name"].is_string() ? record["name"].get<std::string>()
                                                               : std::string("function");
}

/// [low, high] -> {min, max}, as all ranges of a report are.
static Json withRange(Json record) {
  for (const char *field : {"range", "domain"})
    if (record.contains(field) && record[field].is_array() && record[field].size() == 2)
      record[field] = {{"min", record[field][0]}, {"max", record[field][1]}};
  return record;
}

namespace {

class Collector {
public:
  Json run(NetworkOp network) {
    for (auto projection : network.getBody().getOps<ProjectionOp>()) {
      ++projections;
      if (auto record = projection->getAttrOfType<DictionaryAttr>("neuro.weight_error"))
        addWeights(projection.getSymName().str(), jsonOf(record));
    }
    for (auto population : network.getBody().getOps<PopulationOp>()) {
      std::string name = population.getSymName().str();
      Json saturations;
      if (auto record = population->getAttrOfType<DictionaryAttr>("neuro.saturations"))
        saturations = jsonOf(record);
      Json errors = Json::object();
      if (auto record = population->getAttrOfType<DictionaryAttr>("neuro.state_error"))
        errors = jsonOf(record);
      addStates(name, errors, saturations);
    }
    if (weights.empty() && states.empty())
      return {};
    return {{"weights", weights}, {"states", states}, {"totals", totals()}};
  }

private:
  Json weights = Json::array(), states = Json::array();
  int64_t projections = 0;
  int64_t count = 0, zeroed = 0, clipped = 0, pruned = 0, saturated = 0;
  bool saturationsKnown = false;

  void addWeights(const std::string &name, const Json &record) {
    count += countIn(record, "count");
    zeroed += countIn(record, "zeroed");
    clipped += countIn(record, "clipped");
    pruned += countIn(record, "pruned");
    weights.push_back({{"name", name}, {"record", withRange(record)}});
  }

  void addStates(const std::string &population, const Json &errors, const Json &saturations) {
    const std::pair<const char *, const char *> kinds[] = {
        {"states", "state"}, {"inputs", "port"}, {"parameters", "parameter"}};
    for (auto [field, kind] : kinds) {
      Json records = Json::object();
      if (errors.contains(field) && errors[field].is_object())
        records = errors[field];
      Json counts = Json::object();
      if (saturations.is_object() && saturations.contains(field) && saturations[field].is_object())
        counts = saturations[field];
      for (const auto &[name, value] : counts.items()) {
        if (!value.is_number_integer() || (records.contains(name) && !records[name].is_object()))
          continue;
        records[name]["saturations"] = value;
        records[name]["neuron_steps"] = countIn(saturations, "neuron_steps");
        saturated += value.get<int64_t>();
        saturationsKnown = true;
      }
      for (const auto &[name, value] : records.items())
        if (value.is_object())
          addState(population + "." + name, kind, value);
    }
    if (errors.contains("functions") && errors["functions"].is_array())
      for (const Json &function : errors["functions"])
        if (function.is_object())
          addState(population + "." + nameIn(function), "function", function);
  }

  void addState(const std::string &name, const char *kind, Json record) {
    record.erase("name");
    Json whole = {{"kind", kind}};
    whole.update(withRange(std::move(record)));
    states.push_back({{"name", name}, {"record", std::move(whole)}});
  }

  Json totals() const {
    Json result = {{"projections", projections}, {"projections_recorded", weights.size()},
                   {"weights", count},           {"zeroed", zeroed},
                   {"clipped", clipped},         {"pruned", pruned}};
    result["saturations"] = saturationsKnown ? Json(saturated) : Json();
    return result;
  }
};

} // namespace

Json reportQuantization(NetworkOp network) { return Collector().run(network); }

} // namespace engram::tool
