// Simpler parts in the place of parts.
#include "tools/engram-reduce/Edits.h"

#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Start.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>
#include <cstdlib>
#include <fmt/format.h>

using namespace mlir;
using namespace engram::neuro;

namespace engram::reduce {

namespace {

/// Collects the edits of one part of a network, which they find again by its name.
class PartEdits {
public:
  PartEdits(Operation *part, std::vector<Edit> &edits)
      : networkName(SymbolTable::getSymbolName(part->getParentOp()).str()),
        name(SymbolTable::getSymbolName(part).str()), edits(edits) {}

  /// `change` gets the operation and says whether it is another now.
  template <typename OpT> void add(const std::string &what, std::function<bool(OpT)> change) {
    edits.push_back({what + " of '" + name + "'",
                     [networkName = networkName, name = name, change](ModuleOp module) {
                       Operation *network = SymbolTable::lookupSymbolIn(module, networkName);
                       auto op = dyn_cast_or_null<OpT>(
                           network ? SymbolTable::lookupSymbolIn(network, name) : nullptr);
                       return op && change(op);
                     }});
  }

private:
  std::string networkName, name;
  std::vector<Edit> &edits;
};

FloatAttr real(MLIRContext *context, double value) {
  return FloatAttr::get(Float64Type::get(context), value);
}

//===-- numbers ---------------------------------------------------------------------------===//

/// The number with one digit.
double rounded(double value) {
  return std::isfinite(value) ? std::strtod(fmt::format("{:.0e}", value).c_str(), nullptr) : value;
}

/// An array of floats with numbers of one digit, or with one number in each place; null if it is so
/// already.
Attribute roundedArray(Attribute attr, bool splat) {
  auto elements = dyn_cast_or_null<ElementsAttr>(attr);
  if (!elements || !isa<FloatType>(elements.getElementType()) || !hasData(attr))
    return {};
  std::vector<double> before = readNumbers(attr), after = before;
  for (double &value : after)
    value = splat ? before.front() : rounded(value);
  if (before == after)
    return {};
  return makeElements(elements.getShapedType(), after, "reduced");
}

/// A value with less to it: a number instead of an array or a distribution, then one with fewer
/// digits. Null if there is none.
Attribute simplerValue(Attribute value) {
  MLIRContext *context = value.getContext();
  if (auto uniform = dyn_cast<UniformAttr>(value))
    return real(context, rounded((uniform.getLow() + uniform.getHigh()) / 2));
  if (auto normal = dyn_cast<NormalAttr>(value))
    return real(context, normal.getMean());
  if (auto quantity = dyn_cast<QuantityAttr>(value)) {
    double number = rounded(quantity.getValue());
    return number == quantity.getValue() ? Attribute()
                                         : QuantityAttr::get(context, number, quantity.getUnit());
  }
  if (auto number = dyn_cast<FloatAttr>(value)) {
    double shorter = rounded(number.getValueAsDouble());
    return shorter == number.getValueAsDouble() ? Attribute()
                                                : FloatAttr::get(number.getType(), shorter);
  }
  if (isa<ElementsAttr>(value) && isNumeric(value) && hasData(value))
    return real(context, readNumbers(value).front());
  return {};
}

//===-- populations -----------------------------------------------------------------------===//

/// From the simplest on; what is not here is more.
constexpr llvm::StringLiteral simpleModels[] = {"Threshold", "Relay", "IF", "LIF"};

size_t rankOf(StringRef model) {
  return llvm::find(simpleModels, model) - std::begin(simpleModels);
}

bool useModel(PopulationOp population, StringRef model) {
  auto network = cast<NetworkOp>(population->getParentOp());
  StringRef name = population.getSymName();
  population.setModelAttr(FlatSymbolRefAttr::get(population.getContext(), model));
  population.removeParametersAttr();
  population.removeInitialAttr();
  population.removeMethodAttr();
  for (Operation &op : llvm::make_early_inc_range(network.getBody().front())) {
    if (auto projection = dyn_cast<ProjectionOp>(op); projection && projection.getTarget() == name)
      projection.removePortAttr();
    if (auto probe = dyn_cast<ProbeOp>(op); probe && probe.getTarget() == name &&
                                            probe.getVariable() != "spikes" &&
                                            probe.getVariable() != "output")
      probe.erase();
  }
  return true;
}

using Getter = DictionaryAttr (*)(PopulationOp);
using Setter = void (*)(PopulationOp, DictionaryAttr);

/// `values` without an entry, or with a simpler one.
bool changeValue(PopulationOp population, Getter get, Setter set, StringRef name, bool drop) {
  NamedAttrList values(get(population));
  Attribute value = values.get(name);
  Attribute simpler = value && !drop ? simplerValue(value) : Attribute();
  if (!value || (!drop && !simpler))
    return false;
  if (drop)
    values.erase(name);
  else
    values.set(name, simpler);
  set(population,
      values.empty() ? DictionaryAttr() : values.getDictionary(population.getContext()));
  return true;
}

void simplifyValues(PopulationOp population, PartEdits &edits, Getter get, Setter set) {
  DictionaryAttr values = get(population);
  if (!values)
    return;
  edits.add<PopulationOp>("drop values", [set](PopulationOp op) {
    set(op, DictionaryAttr());
    return true;
  });
  for (NamedAttribute value : values)
    for (bool drop : {true, false})
      edits.add<PopulationOp>((drop ? "drop value '" : "simpler value '") + value.getName().str() +
                                  "'",
                              [=, name = value.getName().str()](PopulationOp op) {
                                return get(op) && changeValue(op, get, set, name, drop);
                              });
}

void simplify(PopulationOp population, std::vector<Edit> &all) {
  PartEdits edits(population, all);
  for (StringRef model : ArrayRef(simpleModels).take_front(rankOf(population.getModel())))
    edits.add<PopulationOp>("model '" + model.str() + "'",
                            [model](PopulationOp op) { return useModel(op, model); });
  if (population.getMethod())
    edits.add<PopulationOp>("drop method", [](PopulationOp op) { return !!op.removeMethodAttr(); });
  if (population->hasAttr(startAttrName))
    edits.add<PopulationOp>("drop start",
                            [](PopulationOp op) { return !!op->removeAttr(startAttrName); });
  simplifyValues(
      population, edits, [](PopulationOp op) { return op.getParametersAttr(); },
      [](PopulationOp op, DictionaryAttr values) { op.setParametersAttr(values); });
  simplifyValues(
      population, edits, [](PopulationOp op) { return op.getInitialAttr(); },
      [](PopulationOp op, DictionaryAttr values) { op.setInitialAttr(values); });
}

//===-- projections -----------------------------------------------------------------------===//

int rankOf(Attribute connector) {
  if (auto one = dyn_cast<OneToOneAttr>(connector))
    return isa<FloatAttr>(one.getWeight()) ? 0 : 2;
  if (isa<AllToAllAttr>(connector))
    return 1;
  if (isa<DenseAttr, CSRAttr>(connector))
    return 3;
  return isa<ComposeAttr>(connector) ? 5 : 4;
}

/// The first weight that is not zero, of the last map of a composition.
double someWeight(Attribute connector) {
  if (auto compose = dyn_cast<ComposeAttr>(connector))
    connector = compose.getMaps().getValue().back();
  if (Attribute weights = cast<ConnectorInterface>(connector).weightsAttr())
    if (hasData(weights))
      for (double weight : readNumbers(weights))
        if (weight != 0)
          return weight;
  return 1;
}

bool setConnector(ProjectionOp projection, Attribute connector) {
  // Delays of synapses that are gone have no meaning.
  if (isa_and_nonnull<ElementsAttr>(projection.getDelayAttr()))
    projection.setDelayAttr(
        IntegerAttr::get(IntegerType::get(projection.getContext(), 64),
                         *llvm::max_element(readIntegers(projection.getDelayAttr()))));
  projection.setConnectorAttr(cast<ConnectorInterface>(connector));
  return true;
}

void simplifyConnector(ProjectionOp projection, PartEdits &edits) {
  Attribute connector = projection.getConnector();
  MLIRContext *context = projection.getContext();
  for (bool sameWeight : {false, true}) {
    Attribute weight = real(context, sameWeight ? someWeight(connector) : 1.0);
    for (Attribute simpler : {Attribute(OneToOneAttr::get(context, weight)),
                              Attribute(AllToAllAttr::get(context, weight, true))})
      if (rankOf(simpler) < rankOf(connector))
        edits.add<ProjectionOp>("simpler connector",
                                [simpler](ProjectionOp op) { return setConnector(op, simpler); });
  }
  if (auto compose = dyn_cast<ComposeAttr>(connector))
    for (size_t k = 0, size = compose.getMaps().size(); size > 1 && k < size; ++k)
      edits.add<ProjectionOp>("drop map", [k](ProjectionOp op) {
        auto maps = llvm::to_vector(cast<ComposeAttr>(op.getConnector()).getMaps());
        maps.erase(maps.begin() + static_cast<std::ptrdiff_t>(k));
        Attribute left = maps.size() == 1 ? maps.front()
                                          : ComposeAttr::get(op.getContext(),
                                                             ArrayAttr::get(op.getContext(), maps));
        return setConnector(op, left);
      });
  for (bool splat : {true, false})
    edits.add<ProjectionOp>(splat ? "one weight" : "shorter weights", [splat](ProjectionOp op) {
      auto map = cast<ConnectorInterface>(op.getConnector());
      Attribute weights = map.weightsAttr();
      Attribute simpler = isa_and_nonnull<FloatAttr>(weights) ? simplerValue(weights)
                                                              : roundedArray(weights, splat);
      if (!simpler)
        return false;
      op.setConnectorAttr(cast<ConnectorInterface>(map.withWeights(simpler)));
      return true;
    });
}

void simplifyDelay(ProjectionOp projection, PartEdits &edits) {
  Attribute delay = projection.getDelayAttr();
  edits.add<ProjectionOp>("drop delay", [](ProjectionOp op) { return !!op.removeDelayAttr(); });
  auto steps = dyn_cast<IntegerAttr>(delay);
  for (int64_t count : {int64_t(1), steps ? steps.getInt() / 2 : 1})
    if (count > 0 && (!steps || count < steps.getInt()))
      edits.add<ProjectionOp>("shorter delay", [count](ProjectionOp op) {
        op.setDelayAttr(IntegerAttr::get(IntegerType::get(op.getContext(), 64), count));
        return true;
      });
}

void simplify(ProjectionOp projection, std::vector<Edit> &all) {
  PartEdits edits(projection, all);
  if (projection.getBias()) {
    edits.add<ProjectionOp>("drop bias", [](ProjectionOp op) { return !!op.removeBiasAttr(); });
    for (bool splat : {true, false})
      edits.add<ProjectionOp>("simpler bias", [splat](ProjectionOp op) {
        Attribute simpler = roundedArray(op.getBiasAttr(), splat);
        if (simpler)
          op.setBiasAttr(cast<ElementsAttr>(simpler));
        return !!simpler;
      });
  }
  if (projection.getPort())
    edits.add<ProjectionOp>("drop port", [](ProjectionOp op) { return !!op.removePortAttr(); });
  if (projection.getDelayAttr())
    simplifyDelay(projection, edits);
  simplifyConnector(projection, edits);
}

//===-- the rest --------------------------------------------------------------------------===//

void simplify(SourceOp source, std::vector<Edit> &all) {
  PartEdits edits(source, all);
  MLIRContext *context = source.getContext();
  auto type = RankedTensorType::get({1}, Float64Type::get(context));
  Attribute always =
      CurrentAttr::get(context, {0}, makeElements(type, ArrayRef<double>{1.0}, "reduced"));
  if (source.getKind() == always)
    return;
  SmallVector<Attribute> simpler{always};
  if (!isa<ExternalAttr>(source.getKind()))
    simpler.push_back(ExternalAttr::get(context));
  for (Attribute kind : simpler)
    edits.add<SourceOp>("simpler kind", [kind](SourceOp op) {
      op.setKindAttr(kind);
      return true;
    });
}

void simplify(ProbeOp probe, std::vector<Edit> &all) {
  PartEdits edits(probe, all);
  if (probe.getEvery() != 1 || probe.getNeurons())
    edits.add<ProbeOp>("plain probe", [](ProbeOp op) {
      op.setEvery(1);
      op.removeNeuronsAttr();
      return true;
    });
}

void simplify(NetworkOp network, std::vector<Edit> &edits) {
  auto add = [&](const std::string &what, std::function<bool(NetworkOp)> change) {
    edits.push_back({what, [name = network.getSymName().str(), change](ModuleOp module) {
                       auto network =
                           dyn_cast_or_null<NetworkOp>(SymbolTable::lookupSymbolIn(module, name));
                       return network && change(network);
                     }});
  };
  QuantityAttr ms = QuantityAttr::get(network.getContext(), 1.0, "ms");
  if (network.getSeed() != 0)
    add("seed 0", [](NetworkOp op) {
      op.setSeed(0);
      return true;
    });
  if (network.getDt() != ms)
    add("dt 1 ms", [ms](NetworkOp op) {
      op.setDtAttr(ms);
      return true;
    });
}

/// Operations of models whose results nobody uses, one after another from the end.
void simplify(ModelOp model, std::vector<Edit> &edits) {
  SmallVector<Operation *> inside;
  model->walk([&](Operation *op) { inside.push_back(op); });
  for (size_t k = inside.size() - 1; k-- > 0;)
    if (inside[k]->use_empty() && !inside[k]->hasTrait<OpTrait::IsTerminator>())
      edits.push_back({"drop operation", [k, name = model.getSymName().str()](ModuleOp module) {
                         Operation *model = SymbolTable::lookupSymbolIn(module, name);
                         SmallVector<Operation *> inside;
                         if (model)
                           model->walk([&](Operation *op) { inside.push_back(op); });
                         if (k + 1 >= inside.size() || !inside[k]->use_empty())
                           return false;
                         inside[k]->erase();
                         return true;
                       }});
}

} // namespace

std::vector<Edit> simplifications(ModuleOp module) {
  std::vector<Edit> edits;
  for (auto network : module.getOps<NetworkOp>()) {
    simplify(network, edits);
    for (Operation &op : network.getBody().front())
      llvm::TypeSwitch<Operation *, void>(&op).Case<PopulationOp, ProjectionOp, SourceOp, ProbeOp>(
          [&](auto op) { simplify(op, edits); });
  }
  for (auto model : module.getOps<ModelOp>())
    simplify(model, edits);
  return edits;
}

} // namespace engram::reduce
