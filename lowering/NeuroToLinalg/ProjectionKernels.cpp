// Projections: what arrives at ports. For one target, contributions are added in the order of
// neuro_s8.
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "lowering/NeuroToLinalg/CrossbarKernel.h"
#include "lowering/NeuroToLinalg/Emitter.h"
#include "lowering/NeuroToLinalg/SynapseRows.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

using Shape = SmallVector<int64_t>;

// A connector that needs its list of synapses: random, sparse, or with a delay a synapse.
static bool isSparse(ProjectionOp projection) {
  Attribute connector = projection.getConnector();
  return isa<CSRAttr, FixedProbabilityAttr, FixedIndegreeAttr>(connector) ||
         isa_and_nonnull<ElementsAttr>(projection.getDelay().value_or(Attribute()));
}

bool engram::isDrivenByEvents(ProjectionOp projection) {
  return isSparse(projection) ||
         isa<DenseAttr, xbar::CrossbarAttr>(Attribute(projection.getConnector()));
}

namespace {

class ProjectionEmitter {
public:
  ProjectionEmitter(Emitter &e, ProjectionOp projection, NodeArrays &source, NodeArrays &target)
      : e(e), projection(projection), name(projection.getSymName().str()), source(source),
        target(target),
        port(target.ports.at(portOf(projection, modelOf(population())).getName().str())) {}

  void run() {
    if (auto crossbar = dyn_cast<xbar::CrossbarAttr>(Attribute(projection.getConnector()))) {
      emitCrossbar(e, crossbar, projection, row({target.size}),
                   [&](function_ref<void(Value, Value)> body) { forEvents(body); });
    } else if (isSparse(projection)) {
      sparse();
    } else {
      SmallVector<Attribute> maps{projection.getConnector()};
      if (auto compose = dyn_cast<ComposeAttr>(maps[0]))
        maps = llvm::to_vector(compose.getMaps());
      chain(maps);
    }
    if (projection.getBias()) {
      Value bias =
          e.global(name + ".bias", {target.size}, e.sumType, readNumbers(*projection.getBias()));
      e.elementwise({bias}, {row({target.size})},
                    [&](ValueRange v) { return SmallVector<Value>{e.add(v[1], v[0])}; });
    }
  }

private:
  Emitter &e;
  ProjectionOp projection;
  std::string name;
  NodeArrays &source, &target;
  PortArrays &port;

  PopulationOp population() {
    return cast<PopulationOp>(e.network.lookupSymbol(projection.getTarget()));
  }

  /// The row of the ring for a number of steps from now.
  Value slot(Value delay) {
    if (port.slots == 1)
      return e.index(0);
    Value arrival = e.add(e.now, delay);
    return arith::IndexCastOp::create(
        e.b, e.b.getIndexType(),
        arith::RemSIOp::create(e.b, arrival, e.constant(port.slots, e.b.getI64Type())));
  }

  /// The sums that the projection adds to, in a shape.
  Value row(ArrayRef<int64_t> shape) {
    return e.rowView(port.sums, slot(e.constant(delayStepsOf(projection)[0], e.b.getI64Type())),
                     shape);
  }

  /// Calls `body(neuron, output)` for each event of the source; an output of 0 or 1 is not given.
  void forEvents(function_ref<void(Value, Value)> body) {
    Value events = e.view(*source.events);
    Value x = source.output ? e.view(*source.output, {source.size}) : Value();
    Value count = memref::LoadOp::create(e.b, e.view(*source.numEvents), e.index(0));
    e.loop(e.index(0), arith::IndexCastOp::create(e.b, e.b.getIndexType(), count), [&](Value k) {
      Value j = arith::IndexCastUIOp::create(e.b, e.b.getIndexType(),
                                             memref::LoadOp::create(e.b, events, k));
      body(j, source.binary ? Value() : memref::LoadOp::create(e.b, x, j).getResult());
    });
  }

  /// weight * x; an output of 0 or 1 needs no product.
  Value contribution(Value weight, Value x) { return source.binary ? weight : e.mul(weight, x); }

  /// Half the memory to read where 16 bits say which target.
  Value targets(const std::vector<int32_t> &indices) {
    if (target.size > 65536)
      return e.table(name + ".targets", e.b.getI32Type(), indices);
    return e.table(name + ".targets", e.b.getI16Type(),
                   std::vector<uint16_t>(indices.begin(), indices.end()));
  }

  Value weights(const std::vector<double> &values) {
    if (e.sumType.isF64())
      return e.table(name + ".weights", e.sumType, values);
    return e.table(name + ".weights", e.sumType, std::vector<float>(values.begin(), values.end()));
  }

  /// The slot a number of steps, which is less than the ring has, after another.
  Value later(Value slot, Value delay) {
    Value size = e.index(port.slots);
    Value sum =
        e.add(slot, arith::IndexCastUIOp::create(e.b, e.b.getIndexType(), delay).getResult());
    Value beyond = arith::CmpIOp::create(e.b, arith::CmpIPredicate::uge, sum, size);
    return arith::SelectOp::create(e.b, beyond, arith::SubIOp::create(e.b, sum, size), sum);
  }

  // For each event, for each synapse of its row: ring[(now + delay) mod slots][target] += weight x.
  void sparse() {
    SynapseRows rows(source.size);
    std::vector<int64_t> given = delayStepsOf(projection);
    expandSynapses(projection, [&](int64_t j, int64_t i, double weight, size_t entry) {
      rows.add(j, i, weight, given[entry]);
    });
    rows.finish();
    if (rows.targets.empty())
      return;
    bool oneWeight = rows.weights.size() == 1, oneDelay = rows.delays.size() == 1;
    Type i32 = e.b.getI32Type(), i64 = e.b.getI64Type(), index = e.b.getIndexType();
    Value startTable = e.table(name + ".row_starts", i64, rows.starts);
    Value targetTable = targets(rows.targets);
    Value weightTable = oneWeight ? Value() : weights(rows.weights);
    Value delayTable = oneDelay ? Value() : e.table(name + ".delays", i32, rows.delays);
    Value ring = e.view(port.sums);
    Value fixedSlot = slot(e.constant(oneDelay ? rows.delays[0] : 0, i64));
    forEvents([&](Value j, Value x) {
      Value low =
          arith::IndexCastOp::create(e.b, index, memref::LoadOp::create(e.b, startTable, j));
      Value next = e.add(j, e.index(1));
      Value high =
          arith::IndexCastOp::create(e.b, index, memref::LoadOp::create(e.b, startTable, next));
      e.loop(low, high, [&](Value k) {
        Value i =
            arith::IndexCastUIOp::create(e.b, index, memref::LoadOp::create(e.b, targetTable, k));
        Value weight = oneWeight ? e.constant(rows.weights[0], e.sumType)
                                 : memref::LoadOp::create(e.b, weightTable, k).getResult();
        Value where = fixedSlot;
        if (!oneDelay)
          where = later(fixedSlot, memref::LoadOp::create(e.b, delayTable, k));
        Value sum = memref::LoadOp::create(e.b, ring, ValueRange{where, i});
        memref::StoreOp::create(e.b, e.add(sum, contribution(weight, x)), ring,
                                ValueRange{where, i});
      });
    });
  }

  // One map after another; the last adds to the port, the others to scratch space that starts from
  // zero.
  void chain(ArrayRef<Attribute> maps) {
    Shape shape(source.shape);
    // Only a source of spikes that drive by events is without outputs.
    AbiArray from = source.output.value_or(AbiArray());
    for (auto [k, attr] : llvm::enumerate(maps)) {
      auto connector = cast<ConnectorInterface>(attr);
      auto inferred = *connector.inferTargetShape(shape, [&] { return projection.emitOpError(); });
      Shape to = inferred ? *inferred : Shape(target.shape);
      bool last = k + 1 == maps.size(), alone = maps.size() == 1;
      std::string label = maps.size() == 1 ? name : name + "." + std::to_string(k);
      if (last) {
        apply(
            attr, label, from, shape, to, [&](ArrayRef<int64_t> view) { return row(view); }, alone);
        return;
      }
      AbiArray scratch = e.allocate(label + ".scratch", {numElements(to)}, e.sumType);
      e.fill(e.view(scratch), e.constant(0, e.sumType));
      apply(
          attr, label, from, shape, to,
          [&](ArrayRef<int64_t> view) { return e.view(scratch, view); }, alone);
      from = scratch;
      shape = to;
    }
  }

  using ViewFn = function_ref<Value(ArrayRef<int64_t>)>;

  void apply(Attribute attr, const std::string &label, const AbiArray &from,
             ArrayRef<int64_t> shape, ArrayRef<int64_t> to, ViewFn out, bool alone) {
    if (auto map = dyn_cast<OneToOneAttr>(attr))
      oneToOne(map, label, e.view(from, {numElements(shape)}), out({numElements(shape)}));
    else if (auto map = dyn_cast<AllToAllAttr>(attr))
      allToAll(map, e.view(from, {numElements(shape)}), out({numElements(to)}));
    else if (auto map = dyn_cast<DenseAttr>(attr))
      dense(map, label, from, out({numElements(to)}), alone && isDrivenByEvents(projection));
    else if (auto map = dyn_cast<ConvAttr>(attr))
      conv(map, label, from, shape, to, out);
    else
      pool(cast<PoolAttr>(attr), label, from, shape, out(to));
  }

  Value multiplyAdd(Value sum, Value weight, Value x) { return e.add(sum, e.mul(weight, x)); }

  void oneToOne(OneToOneAttr map, const std::string &label, Value x, Value out) {
    std::vector<double> weights = readNumbers(map.getWeight());
    if (weights.size() == 1) {
      e.elementwise({x}, {out}, [&](ValueRange v) {
        Value term = weights[0] == 1 ? v[0] : e.mul(e.constant(weights[0], e.sumType), v[0]);
        return SmallVector<Value>{e.add(v[1], term)};
      });
      return;
    }
    Value table =
        e.global(label + ".weights", {static_cast<int64_t>(weights.size())}, e.sumType, weights);
    e.elementwise({table, x}, {out},
                  [&](ValueRange v) { return SmallVector<Value>{multiplyAdd(v[2], v[0], v[1])}; });
  }

  // Sources outside, targets inside: for one target the sources ascend, and the inner loop is a
  // vector loop.
  void allToAll(AllToAllAttr map, Value x, Value out) {
    MLIRContext *context = e.b.getContext();
    AffineExpr j, i;
    bindDims(context, j, i);
    SmallVector<AffineMap> maps{AffineMap::get(2, 0, j), AffineMap::get(2, 0, i)};
    double weight = readNumbers(map.getWeight()).front();
    e.generic({x}, {out}, maps, "rp", [&](ValueRange v) {
      Value sum = multiplyAdd(v[1], e.constant(weight, e.sumType), v[0]);
      if (map.getAllowSelf())
        return SmallVector<Value>{sum};
      Value same =
          arith::CmpIOp::create(e.b, arith::CmpIPredicate::eq, linalg::IndexOp::create(e.b, 0),
                                linalg::IndexOp::create(e.b, 1));
      return SmallVector<Value>{arith::SelectOp::create(e.b, same, v[1], sum)};
    });
  }

  /// out += the rows of the events, one after another for each target. Four at a time, so that a
  /// target's sum is loaded and stored once for the four.
  void denseRows(Value table, int64_t width, Value out) {
    constexpr int64_t group = 4;
    Type index = e.b.getIndexType();
    Value events = e.view(*source.events);
    Value x = source.binary ? Value() : e.view(*source.output, {source.size});
    Value count = arith::IndexCastOp::create(
        e.b, index, memref::LoadOp::create(e.b, e.view(*source.numEvents), e.index(0)));
    Value rest = arith::RemUIOp::create(e.b, count, e.index(group));
    Value grouped = arith::SubIOp::create(e.b, count, rest);
    auto addRows = [&](Value first, int64_t number) {
      SmallVector<Value> rows, factors;
      for (int64_t k = 0; k < number; ++k) {
        Value event = memref::LoadOp::create(e.b, events, e.add(first, e.index(k)));
        Value j = arith::IndexCastUIOp::create(e.b, index, event);
        SmallVector<OpFoldResult> offsets{j, e.b.getIndexAttr(0)},
            sizes{e.b.getIndexAttr(1), e.b.getIndexAttr(width)}, strides(2, e.b.getIndexAttr(1));
        auto type = cast<MemRefType>(memref::SubViewOp::inferRankReducedResultType(
            {width}, cast<MemRefType>(table.getType()), offsets, sizes, strides));
        rows.push_back(memref::SubViewOp::create(e.b, type, table, offsets, sizes, strides));
        if (x)
          factors.push_back(memref::LoadOp::create(e.b, x, j));
      }
      e.elementwise(rows, {out}, [&](ValueRange v) {
        Value sum = v.back();
        for (int64_t k = 0; k < number; ++k)
          sum = e.add(sum, x ? e.mul(v[k], factors[k]) : v[k]);
        return SmallVector<Value>{sum};
      });
    };
    e.loop(e.index(0), grouped, [&](Value first) { addRows(first, group); }, group);
    e.loop(grouped, count, [&](Value event) { addRows(event, 1); });
  }

  void dense(DenseAttr map, const std::string &label, const AbiArray &from, Value out,
             bool driven) {
    auto type = cast<ElementsAttr>(map.getWeights()).getShapedType();
    int64_t rows = type.getDimSize(0), columns = type.getDimSize(1);
    std::vector<double> weights = readNumbers(map.getWeights()), transposed(weights.size());
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t j = 0; j < columns; ++j)
        transposed[j * rows + i] = weights[i * columns + j];
    Value table = e.global(label + ".weights", {columns, rows}, e.sumType, transposed);
    if (driven) {
      denseRows(table, rows, out);
      return;
    }
    AffineExpr j, i;
    bindDims(e.b.getContext(), j, i);
    SmallVector<AffineMap> maps{AffineMap::get(2, 0, {j, i}, e.b.getContext()),
                                AffineMap::get(2, 0, j), AffineMap::get(2, 0, i)};
    e.generic({table, e.view(from, {columns})}, {out}, maps, "rp",
              [&](ValueRange v) { return SmallVector<Value>{multiplyAdd(v[2], v[0], v[1])}; });
  }

  /// The input with zeros around it: `[C, H, W]` with low and high padding of two dimensions.
  Value padded(const std::string &label, const AbiArray &from, ArrayRef<int64_t> shape,
               ArrayRef<int64_t> padding) {
    Value x = e.view(from, shape);
    if (llvm::all_of(padding, [](int64_t p) { return p == 0; }))
      return x;
    Shape full{shape[0], shape[1] + padding[0] + padding[2], shape[2] + padding[1] + padding[3]};
    // Zero from the start, and only its interior is ever written.
    AbiArray array = e.allocate(label + ".padded", full, e.sumType);
    Value all = e.view(array);
    SmallVector<OpFoldResult> offsets{e.b.getIndexAttr(0), e.b.getIndexAttr(padding[0]),
                                      e.b.getIndexAttr(padding[1])},
        sizes, strides(3, e.b.getIndexAttr(1));
    for (int64_t dim : shape)
      sizes.push_back(e.b.getIndexAttr(dim));
    Value interior = memref::SubViewOp::create(e.b, all, offsets, sizes, strides);
    e.elementwise({x}, {interior}, [&](ValueRange v) { return SmallVector<Value>{v[0]}; });
    return all;
  }

  // Dimensions: group, filter, channel, kernel row, kernel column, row, column. For one output the
  // inputs ascend; the innermost loop runs along a row of outputs.
  void conv(ConvAttr map, const std::string &label, const AbiArray &from, ArrayRef<int64_t> shape,
            ArrayRef<int64_t> to, ViewFn out) {
    bool flat = map.rank() == 1;
    auto two = [&](ArrayRef<int64_t> values, int64_t neutral) {
      return flat ? Shape{neutral, values[0]} : Shape(values);
    };
    Shape stride = two(map.getStride(), 1), dilation = two(map.getDilation(), 1),
          padding(map.getPadding());
    if (flat)
      padding = {0, map.getPadding()[0], 0, map.getPadding()[1]};
    Shape in = flat ? Shape{shape[0], 1, shape[1]} : Shape(shape),
          result = flat ? Shape{to[0], 1, to[1]} : Shape(to);
    Shape kernel(cast<ElementsAttr>(map.getWeights()).getShapedType().getShape());
    if (flat)
      kernel.insert(kernel.begin() + 2, 1);
    int64_t groups = map.getGroups(), filters = kernel[0] / groups, channels = kernel[1];
    Value weights = e.global(label + ".weights", {groups, filters, channels, kernel[2], kernel[3]},
                             e.sumType, readNumbers(map.getWeights()));
    Value x = padded(label, from, in, padding);
    AffineExpr g, f, c, ky, kx, y, xd;
    bindDims(e.b.getContext(), g, f, c, ky, kx, y, xd);
    AffineExpr channel = g * channels + c;
    SmallVector<AffineMap> maps{AffineMap::get(7, 0, {g, f, c, ky, kx}, e.b.getContext()),
                                AffineMap::get(7, 0,
                                               {channel, y * stride[0] + ky * dilation[0],
                                                xd * stride[1] + kx * dilation[1]},
                                               e.b.getContext()),
                                AffineMap::get(7, 0, {g, f, y, xd}, e.b.getContext())};
    e.generic({weights, x}, {out({groups, filters, result[1], result[2]})}, maps, "pprrrpp",
              [&](ValueRange v) { return SmallVector<Value>{multiplyAdd(v[2], v[0], v[1])}; });
  }

  void pool(PoolAttr map, const std::string &label, const AbiArray &from, ArrayRef<int64_t> shape,
            Value out) {
    int64_t height = map.getKernel()[0], width = map.getKernel()[1];
    double weight =
        map.getKind() == PoolKind::Sum ? 1.0 : 1.0 / static_cast<double>(height * width);
    Value window = e.global(label + ".window", {height, width}, e.sumType,
                            std::vector<double>(height * width, weight));
    Value x = padded(label, from, shape, map.getPadding());
    AffineExpr c, ky, kx, y, xd;
    bindDims(e.b.getContext(), c, ky, kx, y, xd);
    SmallVector<AffineMap> maps{
        AffineMap::get(5, 0, {ky, kx}, e.b.getContext()),
        AffineMap::get(5, 0, {c, y * map.getStride()[0] + ky, xd * map.getStride()[1] + kx},
                       e.b.getContext()),
        AffineMap::get(5, 0, {c, y, xd}, e.b.getContext())};
    e.generic({window, x}, {out}, maps, "prrpp",
              [&](ValueRange v) { return SmallVector<Value>{multiplyAdd(v[2], v[0], v[1])}; });
  }
};

} // namespace

LogicalResult engram::emitProjection(Emitter &e, ProjectionOp projection, NodeArrays &source,
                                     NodeArrays &target) {
  ProjectionEmitter(e, projection, source, target).run();
  return success();
}
