// Projections on crossbars as loops over whole numbers. The numbers xbar_s… are those of
// docs/spec-xbar.md.
#include "lowering/NeuroToLinalg/CrossbarKernel.h"
#include "dialects/Neuro/IR/Instance.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "dialects/Neuro/IR/PortBound.h"
#include "dialects/Neuro/IR/Start.h"
#include "dialects/Xbar/IR/Tiles.h"

using namespace mlir;
using namespace engram;
using namespace engram::neuro;

using Sizes = a1::CrossbarSizes;

namespace {

class CrossbarEmitter {
public:
  CrossbarEmitter(Emitter &e, xbar::CrossbarAttr crossbar, ProjectionOp projection)
      : e(e), crossbar(crossbar), projection(projection), name(projection.getSymName().str()),
        sources(crossbar.numSources()), targets(crossbar.numTargets()),
        slices(crossbar.numSlices()), rowBlocks(crossbar.rowBlocks()),
        columnBlocks(crossbar.columnBlocks()) {
    fx::FixedType output = outputFormatOf(e.network, projection.getSource());
    outputFraction = output.getFractionBits();
    sumFraction = outputFraction + cast<fx::FixedType>(*projection.getFormat()).getFractionBits();
    fx::Format format = output.getFormat();
    double most = std::max(-double(format.minRaw()), double(format.maxRaw()));
    while ((1 << bits) <= most)
      ++bits;
    currents = e.allocate(name + ".currents", {bits, rowBlocks, slices, targets}, i32());
    driven = e.allocate(name + ".driven", {bits, rowBlocks}, i32());
    codes = e.allocate(name + ".code_sums", {targets}, i64());
    makeTables();
  }

  void drive(Value source, Value output);
  void convert(Value sums);

private:
  Emitter &e;
  xbar::CrossbarAttr crossbar;
  ProjectionOp projection;
  std::string name;
  int64_t sources, targets, slices, rowBlocks, columnBlocks, bits = 0;
  int outputFraction = 0, sumFraction = 0;
  AbiArray currents, driven, codes;
  Value differences, sigmas, noise, low, gain, zero, scale;

  Type i32() { return e.b.getI32Type(); }
  Type i64() { return e.b.getI64Type(); }
  Value number(int64_t value, Type type) {
    return arith::ConstantOp::create(e.b,
                                     cast<TypedAttr>(Attribute(IntegerAttr::get(type, value))));
  }
  Value load(Value array, ValueRange indices) {
    return memref::LoadOp::create(e.b, array, indices);
  }
  Value wide(Value value) { return arith::ExtSIOp::create(e.b, i64(), value); }
  Value index(Value value) { return arith::IndexCastOp::create(e.b, e.b.getIndexType(), value); }
  Value multiply(Value a, Value b) { return arith::MulIOp::create(e.b, a, b); }
  void when(Value condition, function_ref<void()> body) {
    auto branch = scf::IfOp::create(e.b, condition, /*withElseRegion=*/false);
    OpBuilder::InsertionGuard guard(e.b);
    e.b.setInsertionPointToStart(branch.thenBlock());
    body();
  }
  /// The columns of a block: from, to.
  std::pair<Value, Value> columnsOf(Value block) {
    Value columns = e.index(crossbar.getColumns());
    Value from = multiply(block, columns);
    return {from, arith::MinUIOp::create(e.b, e.add(from, columns), e.index(targets))};
  }
  void makeTables();
  Value selector(Value source, Value columnBlock);
  Value noiseOf(Value source, Value slice, Value target, Value column, Value selector);
};

} // namespace

void CrossbarEmitter::makeTables() {
  std::vector<int64_t> cells = readIntegers(crossbar.getCodes()), sigma;
  if (crossbar.getSigma())
    sigma = readIntegers(crossbar.getSigma());
  std::vector<double> difference(sources * slices * targets),
      sizes(sigma.empty() ? 0 : difference.size());
  for (int64_t js = 0; js < sources * slices; ++js)
    for (int64_t i = 0; i < targets; ++i) {
      int64_t plus = cells[2 * js * targets + i], minus = cells[(2 * js + 1) * targets + i];
      difference[js * targets + i] = double(plus - minus);
      if (!sigma.empty())
        sizes[js * targets + i] = double(sigma[std::max(plus, minus) >> 4]);
    }
  Type i16 = e.b.getI16Type();
  SmallVector<int64_t> shape{sources, slices, targets};
  differences = e.global(name + ".conductances", shape, i16, difference);
  if (!sigma.empty()) {
    sigmas = e.global(name + ".sigmas", shape, i16, sizes);
    noise = e.global(name + ".noise", {Sizes::noiseWords, Sizes::columns}, i16,
                     readNumbers(crossbar.getNoise()));
  }
  auto perTile = [&](StringRef field, Attribute values) {
    return e.global(name + field.str(), {rowBlocks * columnBlocks, slices}, i32(),
                    readNumbers(values));
  };
  low = perTile(".low", crossbar.getLow());
  gain = perTile(".gain", crossbar.getGain());
  zero = perTile(".zero", crossbar.getZero());
  scale = perTile(".scale", crossbar.getScale());
}

// xbar_s3: h of a row of a tile in this step.
Value CrossbarEmitter::selector(Value source, Value columnBlock) {
  Value rows = e.index(crossbar.getRows());
  Value row = arith::RemUIOp::create(e.b, source, rows);
  Value tile =
      e.add(arith::DivUIOp::create(e.b, source, rows), multiply(columnBlock, e.index(rowBlocks)));
  Value place = e.add(row, multiply(tile, e.index(Sizes::rows)));
  Value step = arith::SubIOp::create(e.b, e.now, number(startOfSource(projection), i64()));
  Value stream = number(static_cast<int32_t>(streamOf(name)), i32());
  return e.uniformWord(stream, arith::IndexCastOp::create(e.b, i64(), place), step);
}

Value CrossbarEmitter::noiseOf(Value source, Value slice, Value target, Value column, Value h) {
  auto low = [&](Value value, int64_t mask) -> Value {
    return arith::AndIOp::create(e.b, value, number(mask, i32()));
  };
  Value s = arith::IndexCastOp::create(e.b, i32(), slice);
  Value word = low(e.add(h, s), Sizes::noiseWords - 1);
  Value b = low(arith::ShRUIOp::create(e.b, h, number(6, i32())), Sizes::columns - 1);
  Value entry = arith::XOrIOp::create(e.b, arith::IndexCastOp::create(e.b, i32(), column), b);
  auto as32 = [&](Value value) -> Value { return arith::ExtSIOp::create(e.b, i32(), value); };
  Value product = multiply(as32(load(noise, {index(word), index(entry)})),
                           as32(load(sigmas, {source, slice, target})));
  return arith::ShRSIOp::create(e.b, e.add(product, number(64, i32())), number(7, i32()));
}

// xbar_s2
void CrossbarEmitter::drive(Value source, Value output) {
  Value payload = number(1, i32());
  if (output) {
    Value steps = e.mul(e.convert(output, e.b.getF64Type()),
                        e.constant(std::ldexp(1.0, outputFraction), e.b.getF64Type()));
    payload = arith::FPToSIOp::create(e.b, i32(), steps);
  }
  Value nothing = number(0, i32());
  Value negative = arith::CmpIOp::create(e.b, arith::CmpIPredicate::slt, payload, nothing);
  Value magnitude =
      arith::SelectOp::create(e.b, negative, arith::SubIOp::create(e.b, nothing, payload), payload);
  Value rowBlock = arith::DivUIOp::create(e.b, source, e.index(crossbar.getRows()));
  Value all = e.view(currents), flags = e.view(driven);
  e.loop(e.index(0), e.index(columnBlocks), [&](Value block) {
    Value h = crossbar.getNoise() ? selector(source, block) : Value();
    auto [from, to] = columnsOf(block);
    Value first = from, end = to;
    e.loop(e.index(0), e.index(bits), [&](Value bit) {
      Value shifted =
          arith::ShRUIOp::create(e.b, magnitude, arith::IndexCastOp::create(e.b, i32(), bit));
      Value one = arith::TruncIOp::create(e.b, e.b.getI1Type(), shifted);
      when(one, [&] {
        memref::StoreOp::create(e.b, number(1, i32()), flags, ValueRange{bit, rowBlock});
        e.loop(e.index(0), e.index(slices), [&](Value slice) {
          e.loop(first, end, [&](Value target) {
            Value current =
                arith::ExtSIOp::create(e.b, i32(), load(differences, {source, slice, target}));
            if (h)
              current = e.add(current, noiseOf(source, slice, target,
                                               arith::SubIOp::create(e.b, target, first), h));
            current = arith::SelectOp::create(
                e.b, negative, arith::SubIOp::create(e.b, nothing, current), current);
            SmallVector<Value> place{bit, rowBlock, slice, target};
            memref::StoreOp::create(e.b, e.add(load(all, place), current), all, place);
          });
        });
      });
    });
  });
}

// xbar_s4, xbar_s5
void CrossbarEmitter::convert(Value sums) {
  Value all = e.view(currents), flags = e.view(driven), y = e.view(codes);
  Value nothing = number(0, i32()), most = number((int64_t(1) << crossbar.getBits()) - 1, i64());
  e.loop(e.index(0), e.index(rowBlocks), [&](Value rowBlock) {
    Value any = nothing;
    for (int64_t p = 0; p < bits; ++p)
      any = arith::OrIOp::create(e.b, any, load(flags, {e.index(p), rowBlock}));
    when(arith::CmpIOp::create(e.b, arith::CmpIPredicate::ne, any, nothing), [&] {
      e.fill(y, number(0, i64()));
      e.loop(e.index(0), e.index(bits), [&](Value bit) {
        Value flag = load(flags, {bit, rowBlock});
        when(arith::CmpIOp::create(e.b, arith::CmpIPredicate::ne, flag, nothing), [&] {
          memref::StoreOp::create(e.b, nothing, flags, ValueRange{bit, rowBlock});
          Value power = arith::IndexCastOp::create(e.b, i64(), bit);
          e.loop(e.index(0), e.index(columnBlocks), [&](Value block) {
            Value tile = e.add(rowBlock, multiply(block, e.index(rowBlocks)));
            auto [from, to] = columnsOf(block);
            Value first = from, end = to;
            e.loop(e.index(0), e.index(slices), [&](Value slice) {
              Value ofLow = wide(load(low, {tile, slice})),
                    ofGain = wide(load(gain, {tile, slice})),
                    ofZero = wide(load(zero, {tile, slice})),
                    ofScale = arith::ShLIOp::create(e.b, wide(load(scale, {tile, slice})), power);
              e.loop(first, end, [&](Value target) {
                SmallVector<Value> place{bit, rowBlock, slice, target};
                Value x = wide(load(all, place));
                memref::StoreOp::create(e.b, nothing, all, place);
                Value scaled = multiply(arith::SubIOp::create(e.b, x, ofLow), ofGain);
                // To the nearest, ties to even: half of 2^24 less one, and one if the code is odd.
                Value by = number(24, i64());
                Value odd = arith::AndIOp::create(e.b, arith::ShRSIOp::create(e.b, scaled, by),
                                                  number(1, i64()));
                Value rounded = e.add(e.add(scaled, number((int64_t(1) << 23) - 1, i64())), odd);
                Value code = arith::ShRSIOp::create(e.b, rounded, by);
                code = arith::MaxSIOp::create(e.b, code, number(0, i64()));
                code = arith::MinSIOp::create(e.b, code, most);
                Value worth = multiply(ofScale, arith::SubIOp::create(e.b, code, ofZero));
                memref::StoreOp::create(e.b, e.add(load(y, target), worth), y, target);
              });
            });
          });
        });
      });
      e.elementwise({y}, {sums}, [&](ValueRange v) {
        Value whole =
            arith::ShRSIOp::create(e.b, e.add(v[0], number(128, i64())), number(8, i64()));
        whole = arith::ShLIOp::create(e.b, whole, number(crossbar.getShift(), i64()));
        Value real = arith::SIToFPOp::create(e.b, e.sumType, whole);
        Value sum = e.mul(real, e.constant(std::ldexp(1.0, -sumFraction), e.sumType));
        return SmallVector<Value>{e.add(v[1], sum)};
      });
    });
  });
}

void engram::emitCrossbar(Emitter &e, xbar::CrossbarAttr crossbar, ProjectionOp projection,
                          Value sums,
                          function_ref<void(function_ref<void(Value, Value)>)> forEvents) {
  CrossbarEmitter emitter(e, crossbar, projection);
  forEvents([&](Value source, Value output) { emitter.drive(source, output); });
  emitter.convert(sums);
}
