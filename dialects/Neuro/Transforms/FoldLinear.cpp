// Chains of linear maps become one projection: relays go first, then neighbours in a composition
// merge.
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Neuro/Transforms/Passes.h"

namespace engram::neuro {
#define GEN_PASS_DEF_FOLDLINEARPASS
#include "dialects/Neuro/Transforms/Passes.h.inc"
} // namespace engram::neuro

using namespace mlir;
using namespace engram::neuro;

//===-- merging neighbours
//-------------------------------------------------------------------------===//

// The type of products: integers times factors are no integers.
static Type floatOf(Type element) {
  return isa<FloatType>(element) ? element : Float64Type::get(element.getContext());
}
static Type commonFloat(Type a, Type b) {
  return a == b ? floatOf(a) : Type(Float64Type::get(a.getContext()));
}

static ElementsAttr scaled(Attribute weights, function_ref<double(int64_t)> factor) {
  ShapedType type = cast<ElementsAttr>(weights).getShapedType();
  type = type.clone(floatOf(type.getElementType()));
  std::vector<double> values = readNumbers(weights);
  for (size_t k = 0; k < values.size(); ++k)
    values[k] *= factor(k);
  return makeElements(type, values, "folded");
}

// One factor a channel of a result [O, ...], if the factors are constant within each channel.
static std::optional<std::vector<double>> perChannel(ArrayRef<double> factors, int64_t channels) {
  std::vector<double> result;
  int64_t each = factors.size() / channels;
  for (int64_t c = 0; c < channels; ++c) {
    ArrayRef<double> part = factors.slice(c * each, each);
    if (!llvm::all_equal(part))
      return std::nullopt;
    result.push_back(part.front());
  }
  return result;
}

// The map that does `first`, then `second`, as one connector that is not a composition; null if
// there is none that is as small. `shape` is that of the result of `first`.
static Attribute merged(Attribute first, Attribute second, ArrayRef<int64_t> shape) {
  MLIRContext *context = first.getContext();
  auto after = dyn_cast<OneToOneAttr>(second), before = dyn_cast<OneToOneAttr>(first);
  std::vector<double> factors = after    ? readNumbers(after.getWeight())
                                : before ? readNumbers(before.getWeight())
                                         : std::vector<double>();
  bool uniform = factors.size() == 1;
  if (after && before) {
    std::vector<double> other = readNumbers(before.getWeight());
    if (uniform && other.size() == 1)
      return OneToOneAttr::get(context,
                               FloatAttr::get(Float64Type::get(context), factors[0] * other[0]));
    Attribute array = uniform ? before.getWeight() : after.getWeight();
    ArrayRef<double> rest = uniform ? ArrayRef<double>(factors) : ArrayRef<double>(other);
    return OneToOneAttr::get(
        context, scaled(array, [&](int64_t k) { return rest.size() == 1 ? rest[0] : rest[k]; }));
  }
  // A factor of one changes no number; it may still flatten, which a matrix does not mind.
  bool isIdentity = uniform && factors[0] == 1;
  if (auto dense = dyn_cast<DenseAttr>(second); dense && before) {
    int64_t columns = cast<ElementsAttr>(dense.getWeights()).getShapedType().getDimSize(1);
    return isIdentity ? second : dense.withWeights(scaled(dense.getWeights(), [&](int64_t k) {
      return uniform ? factors[0] : factors[k % columns];
    }));
  }
  if (isIdentity && after)
    return first;
  if (auto dense = dyn_cast<DenseAttr>(first); dense && after) {
    int64_t columns = cast<ElementsAttr>(dense.getWeights()).getShapedType().getDimSize(1);
    return dense.withWeights(scaled(dense.getWeights(), [&](int64_t k) {
      return uniform ? factors[0] : factors[k / columns];
    }));
  }
  if (auto conv = dyn_cast<ConvAttr>(first); conv && after) {
    auto type = cast<ElementsAttr>(conv.getWeights()).getShapedType();
    auto channels = uniform ? std::vector<double>(type.getDimSize(0), factors[0])
                            : perChannel(factors, shape[0]);
    if (!channels)
      return {};
    int64_t each = type.getNumElements() / type.getDimSize(0);
    return conv.withWeights(
        scaled(conv.getWeights(), [&](int64_t k) { return (*channels)[k / each]; }));
  }
  if (auto conv = dyn_cast<ConvAttr>(second); conv && before && uniform)
    return isIdentity
               ? second
               : conv.withWeights(scaled(conv.getWeights(), [&](int64_t) { return factors[0]; }));
  if (isIdentity && before && isa<PoolAttr>(second))
    return second;
  auto a = dyn_cast<DenseAttr>(first), b = dyn_cast<DenseAttr>(second);
  if (!a || !b)
    return {};
  auto typeA = cast<ElementsAttr>(a.getWeights()).getShapedType(),
       typeB = cast<ElementsAttr>(b.getWeights()).getShapedType();
  int64_t rows = typeB.getDimSize(0), middle = typeA.getDimSize(0), columns = typeA.getDimSize(1);
  if (rows * columns > typeA.getNumElements() + typeB.getNumElements())
    return {};
  std::vector<double> x = readNumbers(a.getWeights()), y = readNumbers(b.getWeights()),
                      product(rows * columns);
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t k = 0; k < middle; ++k)
      for (int64_t j = 0; j < columns; ++j)
        product[i * columns + j] += y[i * middle + k] * x[k * columns + j];
  Type element = commonFloat(typeA.getElementType(), typeB.getElementType());
  return DenseAttr::get(
      context, makeElements(RankedTensorType::get({rows, columns}, element), product, "folded"));
}

static SmallVector<Attribute> mapsOf(ConnectorInterface connector) {
  if (auto compose = dyn_cast<ComposeAttr>(Attribute(connector)))
    return llvm::to_vector(compose.getMaps());
  return {connector};
}

// Merges neighbours until nothing changes.
static Attribute simplified(SmallVector<Attribute> maps, ArrayRef<int64_t> source) {
  MLIRContext *context = maps[0].getContext();
  bool changed = true;
  while (changed) {
    changed = false;
    SmallVector<int64_t> shape(source);
    for (size_t k = 0; k + 1 < maps.size() && !changed; ++k) {
      auto map = cast<ConnectorInterface>(maps[k]);
      shape = **map.inferTargetShape(shape, [&] { return emitError(UnknownLoc::get(context)); });
      if (Attribute one = merged(maps[k], maps[k + 1], shape)) {
        maps[k] = one;
        maps.erase(maps.begin() + k + 1);
        changed = true;
      }
    }
  }
  return maps.size() == 1 ? maps[0] : ComposeAttr::get(context, ArrayAttr::get(context, maps));
}

// The image of a vector under a chain of maps.
static std::vector<double> apply(ArrayRef<Attribute> maps, ArrayRef<int64_t> source,
                                 std::vector<double> x) {
  SmallVector<int64_t> shape(source);
  for (Attribute attr : maps) {
    auto map = cast<ConnectorInterface>(attr);
    SmallVector<int64_t> next = **map.inferTargetShape(
        shape, [&] { return emitError(UnknownLoc::get(attr.getContext())); });
    std::vector<double> y(numElements(next));
    map.expand(shape, next, {}, [&](int64_t j, int64_t i, double w) { y[i] += w * x[j]; });
    x = std::move(y);
    shape = next;
  }
  return x;
}

//===-- relays
//-------------------------------------------------------------------------------------===//

static bool isRelay(PopulationOp population) {
  ModelOp model = modelOf(population);
  if (!model || !population.getShape() || !llvm::hasSingleElement(model.getInputs()) ||
      !model.getStates().empty() || model.find<FireOp>() || model.find<UpdateOp>() ||
      model.find<DynamicsOp>())
    return false;
  auto emit = model.find<EmitOp>();
  return emit && llvm::hasSingleElement(emit.getBody().front()) &&
         cast<YieldOp>(emit.getBody().front().back()).getValue().getDefiningOp<InputOp>();
}

static bool isFoldable(ProjectionOp projection) {
  bool fixed = llvm::all_of(mapsOf(projection.getConnector()), [](Attribute map) {
    return isa<OneToOneAttr, DenseAttr, ConvAttr, PoolAttr>(map);
  });
  // Products of weights have another format than the weights.
  return fixed && !projection.getFormat() &&
         !isa_and_nonnull<ElementsAttr>(projection.getDelay().value_or(Attribute()));
}

static bool isPlain(ProjectionOp projection) {
  return isa<OneToOneAttr>(Attribute(projection.getConnector())) && !projection.getBias();
}

// The sum of two delays, or null if one is in steps and the other in time, or their units differ.
static std::optional<Attribute> sumOfDelays(ProjectionOp a, ProjectionOp b) {
  Attribute x = a.getDelay().value_or(Attribute()), y = b.getDelay().value_or(Attribute());
  if (!x || !y)
    return x ? x : y;
  auto stepsX = dyn_cast<IntegerAttr>(x), stepsY = dyn_cast<IntegerAttr>(y);
  if (stepsX && stepsY && stepsX.getInt() + stepsY.getInt() <= (1 << 24))
    return IntegerAttr::get(stepsX.getType(), stepsX.getInt() + stepsY.getInt());
  return std::nullopt;
}

static bool isImmediate(ProjectionOp projection) {
  Attribute delay = projection.getDelay().value_or(Attribute());
  auto steps = dyn_cast_or_null<IntegerAttr>(delay);
  return !delay || (steps && steps.getInt() == 0);
}

// Whether `b` after `a` is a composition that keeps what the two do through a relay.
static bool isComposable(NetworkOp network, ProjectionOp a, ProjectionOp b) {
  std::optional<ArrayRef<int64_t>> source = shapeOf(network, a.getSource()),
                                   middle = shapeOf(network, b.getSource()),
                                   target = shapeOf(network, b.getTarget());
  auto first = dyn_cast_or_null<PopulationOp>(network.lookupSymbol(a.getSource()));
  bool late = !isImmediate(a) || (first && startOf(first) > 0);
  // The bias of `b` is there from the start, what comes through `a` only after its delay.
  if (!source || !middle || !target || !sumOfDelays(a, b) || (b.getBias() && late))
    return false;
  ScopedDiagnosticHandler silence(a.getContext(), [](Diagnostic &) { return success(); });
  auto emit = [&] { return a.emitError(); };
  auto between = a.getConnector().inferTargetShape(*source, emit);
  if (failed(between) || !*between)
    return false;
  // The relay may see its neurons in another shape; windows then lie elsewhere.
  SmallVector<Attribute> maps = mapsOf(a.getConnector()), second = mapsOf(b.getConnector());
  bool isFlat =
      llvm::all_of(second, [](Attribute map) { return isa<OneToOneAttr, DenseAttr>(map); });
  if (ArrayRef<int64_t>(**between) != *middle && !isFlat)
    return false;
  maps.append(second);
  auto all = ComposeAttr::get(a.getContext(), ArrayAttr::get(a.getContext(), maps));
  return succeeded(all.verifyShapes(*source, *target, emit));
}

namespace {
struct FoldLinear : engram::neuro::impl::FoldLinearPassBase<FoldLinear> {
  void runOnOperation() override {
    for (NetworkOp network : getOperation().getOps<NetworkOp>()) {
      for (PopulationOp population :
           llvm::make_early_inc_range(network.getBody().getOps<PopulationOp>()))
        if (isRelay(population))
          foldRelay(network, population);
      for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
        if (std::optional<ArrayRef<int64_t>> source = shapeOf(network, projection.getSource());
            source && !projection.getFormat())
          projection.setConnectorAttr(
              cast<ConnectorInterface>(simplified(mapsOf(projection.getConnector()), *source)));
    }
  }

  static void foldRelay(NetworkOp network, PopulationOp relay) {
    SmallVector<ProjectionOp> in, out = projectionsFrom(network, relay.getSymName());
    for (ProjectionOp projection : network.getBody().getOps<ProjectionOp>())
      if (projection.getTarget() == relay.getSymName())
        in.push_back(projection);
    bool probed = llvm::any_of(network.getBody().getOps<ProbeOp>(), [&](ProbeOp probe) {
      return probe.getTarget() == relay.getSymName();
    });
    bool self =
        llvm::any_of(out, [&](ProjectionOp p) { return p.getTarget() == relay.getSymName(); });
    // Before its start a relay lets nothing through.
    if (probed || self || startOf(relay) > 0 || in.empty() || out.empty() ||
        !llvm::all_of(in, isFoldable) || !llvm::all_of(out, isFoldable))
      return;
    bool cheap = (in.size() == 1 && (out.size() == 1 || isPlain(in[0]))) ||
                 (out.size() == 1 && isPlain(out[0]));
    if (!cheap)
      return;
    for (ProjectionOp a : in)
      for (ProjectionOp b : out)
        if (!isComposable(network, a, b))
          return;
    for (ProjectionOp a : in)
      for (ProjectionOp b : out)
        compose(network, a, b, /*withBias=*/a == in.front());
    for (ProjectionOp projection : llvm::concat<ProjectionOp>(in, out))
      projection.erase();
    relay.erase();
  }

  // One projection for two in a row, in the place of the second. The bias of `b` is added by one of
  // them only.
  static void compose(NetworkOp network, ProjectionOp a, ProjectionOp b, bool withBias) {
    SmallVector<Attribute> first = mapsOf(a.getConnector()), second = mapsOf(b.getConnector());
    ArrayRef<int64_t> source = *shapeOf(network, a.getSource()),
                      middle = *shapeOf(network, b.getSource());
    std::vector<double> bias;
    if (a.getBias())
      bias = apply(second, middle, readNumbers(*a.getBias()));
    if (b.getBias() && withBias) {
      std::vector<double> own = readNumbers(*b.getBias());
      bias.resize(own.size());
      for (size_t i = 0; i < own.size(); ++i)
        bias[i] += own[i];
    }
    SmallVector<Attribute> maps = first;
    maps.append(second);
    OpBuilder builder(b);
    std::string name = (a.getSymName() + "." + b.getSymName()).str();
    while (network.lookupSymbol(name))
      name += ".folded";
    ElementsAttr biasAttr;
    if (!bias.empty()) {
      ElementsAttr one = a.getBias() ? *a.getBias() : *b.getBias(),
                   other = b.getBias() ? *b.getBias() : one;
      Type element = commonFloat(one.getElementType(), other.getElementType());
      biasAttr = makeElements(RankedTensorType::get({static_cast<int64_t>(bias.size())}, element),
                              bias, name + ".bias");
    }
    ProjectionOp::create(builder, builder.getFusedLoc({a.getLoc(), b.getLoc()}), name,
                         a.getSource(), b.getTarget(), b.getPortAttr(),
                         cast<ConnectorInterface>(simplified(maps, source)), TypeAttr(), biasAttr,
                         *sumOfDelays(a, b));
  }
};
} // namespace
