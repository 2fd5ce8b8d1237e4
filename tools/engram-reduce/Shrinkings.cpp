// Fewer neurons: cutting what belongs to the others out of weights, delays, values and spikes.
#include "tools/engram-reduce/Edits.h"

#include "dialects/Neuro/IR/NeuroOps.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "runtime/NumberText.h"

#include <set>

using namespace mlir;
using namespace engram::neuro;

namespace engram::reduce {

namespace {

/// No map without a matrix is written out with more weights than this.
constexpr int64_t mostWeights = 4096;

using Shape = SmallVector<int64_t>;

std::optional<ArrayRef<int64_t>> shapeOf(Operation *node) {
  if (auto source = dyn_cast<SourceOp>(node))
    return source.getShape();
  return cast<PopulationOp>(node).getShape();
}

/// The elements at `places`, in a new shape.
Attribute select(Attribute attr, ArrayRef<int64_t> places, ArrayRef<int64_t> shape) {
  auto elements = cast<ElementsAttr>(attr);
  auto type = RankedTensorType::get(shape, elements.getElementType());
  if (isa<IntegerType>(elements.getElementType())) {
    std::vector<int64_t> numbers = readIntegers(attr), chosen;
    for (int64_t place : places)
      chosen.push_back(numbers[place]);
    return makeElements(type, chosen, "reduced");
  }
  std::vector<double> numbers = readNumbers(attr), chosen;
  for (int64_t place : places)
    chosen.push_back(numbers[place]);
  return makeElements(type, chosen, "reduced");
}

/// The first `count` of an array with one number a neuron; others stay.
Attribute first(Attribute attr, int64_t count, int64_t before) {
  if (!attr || !isa<ElementsAttr>(attr) || numNumbers(attr) != before)
    return attr;
  return select(attr, llvm::to_vector(llvm::seq<int64_t>(0, count)), {count});
}

/// Shrinks some nodes of a network to `count` neurons.
class Shrink {
public:
  Shrink(NetworkOp network, const std::set<std::string> &names, int64_t count)
      : network(network), context(network.getContext()), names(names), count(count) {}
  bool apply();

private:
  NetworkOp network;
  MLIRContext *context;
  const std::set<std::string> &names;
  int64_t count;
  llvm::StringMap<Shape> before;

  int64_t sizeBefore(StringRef name) { return numElements(before[name]); }
  int64_t sizeAfter(StringRef name) { return names.count(name.str()) ? count : sizeBefore(name); }
  bool cut(ProjectionOp projection);
  bool cutDense(ProjectionOp projection, DenseAttr dense);
  bool cutCsr(ProjectionOp projection, CSRAttr csr);
  bool writeOut(ProjectionOp projection);
  void cut(SourceOp source, int64_t was);
  void cut(PopulationOp population, int64_t was);
  void cut(ProbeOp probe);
};

bool Shrink::apply() {
  for (Operation &op : network.getBody().front())
    if (isa<SourceOp, PopulationOp>(op)) {
      std::optional<ArrayRef<int64_t>> shape = shapeOf(&op);
      if (!shape)
        return false;
      before[SymbolTable::getSymbolName(&op)] = Shape(*shape);
    }
  for (const std::string &name : names)
    if (!before.count(name) || sizeBefore(name) <= count)
      return false;
  for (auto projection : network.getBody().getOps<ProjectionOp>())
    if ((names.count(projection.getSource().str()) || names.count(projection.getTarget().str())) &&
        !cut(projection))
      return false;
  for (const std::string &name : names) {
    Operation *node = SymbolTable::lookupSymbolIn(network, name);
    if (auto source = dyn_cast<SourceOp>(node))
      cut(source, sizeBefore(name));
    else
      cut(cast<PopulationOp>(node), sizeBefore(name));
  }
  for (auto probe : network.getBody().getOps<ProbeOp>())
    if (names.count(probe.getTarget().str()))
      cut(probe);
  return true;
}

bool Shrink::cut(ProjectionOp projection) {
  int64_t n = sizeBefore(projection.getSource()), m = sizeBefore(projection.getTarget());
  int64_t cutM = sizeAfter(projection.getTarget());
  if (ElementsAttr bias = projection.getBiasAttr())
    projection.setBiasAttr(cast<ElementsAttr>(first(bias, cutM, m)));
  Attribute connector = projection.getConnector();
  if (auto dense = dyn_cast<DenseAttr>(connector))
    return cutDense(projection, dense);
  if (auto csr = dyn_cast<CSRAttr>(connector))
    return cutCsr(projection, csr);
  if (auto one = dyn_cast<OneToOneAttr>(connector)) {
    if (sizeAfter(projection.getSource()) != cutM)
      return false;
    projection.setConnectorAttr(
        cast<ConnectorInterface>(OneToOneAttr::get(context, first(one.getWeight(), cutM, n))));
    projection.setDelayAttr(first(projection.getDelayAttr(), cutM, n));
    return true;
  }
  if (isa<AllToAllAttr, FixedProbabilityAttr, FixedIndegreeAttr>(connector))
    return true;
  return writeOut(projection);
}

bool Shrink::cutDense(ProjectionOp projection, DenseAttr dense) {
  int64_t n = sizeBefore(projection.getSource());
  int64_t cutN = sizeAfter(projection.getSource()), cutM = sizeAfter(projection.getTarget());
  SmallVector<int64_t> places;
  for (int64_t i = 0; i < cutM; ++i)
    for (int64_t j = 0; j < cutN; ++j)
      places.push_back(i * n + j);
  projection.setConnectorAttr(cast<ConnectorInterface>(
      DenseAttr::get(context, select(dense.getWeights(), places, {cutM, cutN}))));
  if (isa_and_nonnull<ElementsAttr>(projection.getDelayAttr()))
    projection.setDelayAttr(select(projection.getDelayAttr(), places, {cutM, cutN}));
  return true;
}

bool Shrink::cutCsr(ProjectionOp projection, CSRAttr csr) {
  int64_t cutN = sizeAfter(projection.getSource()), cutM = sizeAfter(projection.getTarget());
  std::vector<int64_t> rows = readIntegers(csr.getRowStarts()),
                       targets = readIntegers(csr.getTargets()), starts{0};
  SmallVector<int64_t> places;
  for (int64_t j = 0; j < cutN; ++j) {
    for (int64_t k = rows[j]; k < rows[j + 1]; ++k)
      if (targets[k] < cutM)
        places.push_back(k);
    starts.push_back(static_cast<int64_t>(places.size()));
  }
  auto length = static_cast<int64_t>(places.size());
  auto vector = [&](int64_t size) {
    return RankedTensorType::get({size}, IntegerType::get(context, 64));
  };
  Attribute weights = csr.getWeights();
  if (isa<ElementsAttr>(weights))
    weights = select(weights, places, {length});
  projection.setConnectorAttr(cast<ConnectorInterface>(
      CSRAttr::get(context, makeElements(vector(cutN + 1), starts, "reduced"),
                   select(csr.getTargets(), places, {length}), weights)));
  if (isa_and_nonnull<ElementsAttr>(projection.getDelayAttr()))
    projection.setDelayAttr(select(projection.getDelayAttr(), places, {length}));
  return true;
}

bool Shrink::writeOut(ProjectionOp projection) {
  const Shape &from = before[projection.getSource()], &to = before[projection.getTarget()];
  int64_t cutN = sizeAfter(projection.getSource()), cutM = sizeAfter(projection.getTarget());
  if (numElements(from) * numElements(to) > mostWeights)
    return false;
  std::vector<double> weights(cutN * cutM);
  cast<ConnectorInterface>(projection.getConnector())
      .expand(from, to, {network.getSeed(), streamOf(projection.getSymName())},
              [&](int64_t j, int64_t i, double weight) {
                if (j < cutN && i < cutM)
                  weights[i * cutN + j] += weight;
              });
  auto type = RankedTensorType::get({cutM, cutN}, Float64Type::get(context));
  projection.setConnectorAttr(
      cast<ConnectorInterface>(DenseAttr::get(context, makeElements(type, weights, "reduced"))));
  return true;
}

void Shrink::cut(SourceOp source, int64_t was) {
  source.setShapeAttr(DenseI64ArrayAttr::get(context, {count}));
  if (auto poisson = dyn_cast<PoissonAttr>(source.getKind()))
    source.setKindAttr(PoissonAttr::get(context, first(poisson.getRate(), count, was)));
  if (auto trains = dyn_cast<SpikeTrainsAttr>(source.getKind())) {
    std::vector<int64_t> neurons = readIntegers(trains.getNeurons());
    SmallVector<int64_t> places;
    for (size_t k = 0; k < neurons.size(); ++k)
      if (neurons[k] < count)
        places.push_back(static_cast<int64_t>(k));
    auto length = static_cast<int64_t>(places.size());
    source.setKindAttr(SpikeTrainsAttr::get(context, select(trains.getSteps(), places, {length}),
                                            select(trains.getNeurons(), places, {length})));
  }
  if (auto current = dyn_cast<CurrentAttr>(source.getKind())) {
    auto starts = static_cast<int64_t>(current.getStarts().size());
    if (numNumbers(current.getValues()) != starts * was || was == 1)
      return;
    SmallVector<int64_t> places;
    for (int64_t k = 0; k < starts; ++k)
      for (int64_t i = 0; i < count; ++i)
        places.push_back(k * was + i);
    source.setKindAttr(CurrentAttr::get(context, current.getStarts(),
                                        select(current.getValues(), places, {starts, count})));
  }
}

void Shrink::cut(PopulationOp population, int64_t was) {
  population.setShapeAttr(DenseI64ArrayAttr::get(context, {count}));
  auto cutAll = [&](DictionaryAttr values) {
    SmallVector<NamedAttribute> result;
    for (NamedAttribute value : values)
      result.emplace_back(value.getName(), first(value.getValue(), count, was));
    return DictionaryAttr::get(context, result);
  };
  if (DictionaryAttr parameters = population.getParametersAttr())
    population.setParametersAttr(cutAll(parameters));
  if (DictionaryAttr initial = population.getInitialAttr())
    population.setInitialAttr(cutAll(initial));
}

void Shrink::cut(ProbeOp probe) {
  std::optional<ArrayRef<int64_t>> neurons = probe.getNeurons();
  if (!neurons)
    return;
  SmallVector<int64_t> left;
  for (int64_t neuron : *neurons)
    if (neuron < count)
      left.push_back(neuron);
  if (left.empty())
    left.push_back(0);
  probe.setNeurons(left);
}

/// A node with all that are joined to it one-to-one, however far.
std::set<std::string> groupOf(NetworkOp network, const std::string &name) {
  std::set<std::string> group{name};
  for (size_t size = 0; size != group.size();) {
    size = group.size();
    for (auto projection : network.getBody().getOps<ProjectionOp>())
      if (isa<OneToOneAttr>(projection.getConnector()) &&
          (group.count(projection.getSource().str()) || group.count(projection.getTarget().str())))
        group.insert({projection.getSource().str(), projection.getTarget().str()});
  }
  return group;
}

} // namespace

std::vector<Edit> shrinkings(ModuleOp module) {
  std::vector<Edit> edits;
  for (auto network : module.getOps<NetworkOp>())
    for (Operation &op : network.getBody().front()) {
      if (!isa<SourceOp, PopulationOp>(op) || !shapeOf(&op))
        continue;
      int64_t size = numElements(*shapeOf(&op));
      std::string name = SymbolTable::getSymbolName(&op).str();
      std::set<int64_t> sizes{1, 2, size / 4, size / 2, size - 1};
      for (int64_t count : sizes)
        if (count > 0 && count < size)
          edits.push_back(
              {"shrink '" + name + "' to " + grouped(count),
               [networkName = network.getSymName().str(), name, count](ModuleOp module) {
                 auto network =
                     dyn_cast_or_null<NetworkOp>(SymbolTable::lookupSymbolIn(module, networkName));
                 return network && Shrink(network, groupOf(network, name), count).apply();
               }});
    }
  return edits;
}

} // namespace engram::reduce
