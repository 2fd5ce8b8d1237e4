// Building blocks of the step function.
#include "lowering/NeuroToLinalg/Emitter.h"
#include "dialects/Fx/IR/FxOps.h"
#include "dialects/Neuro/IR/Numbers.h"
#include "lowering/FxToArith/EmitPhilox.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include <cmath>

using namespace mlir;
using namespace engram;

Emitter::Emitter(ModuleOp module, neuro::NetworkOp network)
    : module(module), network(network), b(network.getLoc(), OpBuilder(network)),
      sumType(network.sumType()) {
  abi.network = network.getSymName().str();
}

AbiArray Emitter::allocate(const std::string &name, ArrayRef<int64_t> shape, Type type) {
  AbiArray array{name, abi.bytes, SmallVector<int64_t>(shape), storedType(type), std::nullopt};
  if (auto fixed = dyn_cast<fx::FixedType>(type))
    array.format = fixed.getFormat();
  // A cache line each, so that arrays do not share one.
  abi.bytes = (abi.bytes + array.bytes() + 63) / 64 * 64;
  abi.arrays.push_back(array);
  return array;
}

Value Emitter::view(const AbiArray &array) { return view(array, array.shape); }

Value Emitter::view(const AbiArray &array, ArrayRef<int64_t> shape) {
  return memref::ViewOp::create(b, MemRefType::get(shape, array.type), state, index(array.offset),
                                ValueRange());
}

Value Emitter::rowView(const AbiArray &array, Value row, ArrayRef<int64_t> shape) {
  SmallVector<int64_t> full{array.shape[0]};
  full.append(shape.begin(), shape.end());
  Value all = view(array, full);
  SmallVector<OpFoldResult> offsets{row}, sizes{b.getIndexAttr(1)},
      strides(full.size(), b.getIndexAttr(1));
  for (int64_t dim : shape) {
    offsets.push_back(b.getIndexAttr(0));
    sizes.push_back(b.getIndexAttr(dim));
  }
  auto type = cast<MemRefType>(memref::SubViewOp::inferRankReducedResultType(
      shape, cast<MemRefType>(all.getType()), offsets, sizes, strides));
  return memref::SubViewOp::create(b, type, all, offsets, sizes, strides);
}

Value Emitter::global(std::string symbol, MemRefType type, ElementsAttr values) {
  // Names of a network may hold points, so that the paths of two arrays can read the same.
  while (SymbolTable::lookupSymbolIn(module, symbol))
    symbol += "_";
  OpBuilder top = OpBuilder::atBlockBegin(module.getBody());
  memref::GlobalOp::create(top, b.getLoc(), symbol, top.getStringAttr("private"), type, values,
                           /*constant=*/true, /*alignment=*/top.getI64IntegerAttr(64));
  return memref::GetGlobalOp::create(b, type, symbol);
}

Value Emitter::global(StringRef name, ArrayRef<int64_t> shape, Type type, ArrayRef<double> values) {
  std::string symbol = (network.getSymName() + "." + name).str();
  auto memrefType = MemRefType::get(shape, type);
  return global(symbol, memrefType,
                neuro::makeElements(RankedTensorType::get(shape, type), values, symbol));
}

Value Emitter::table(StringRef name, int64_t count, Type type, ArrayRef<char> bytes) {
  std::string symbol = (network.getSymName() + "." + name).str();
  auto values =
      DenseResourceElementsAttr::get(RankedTensorType::get({count}, type), symbol,
                                     HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, 64));
  return global(symbol, MemRefType::get({count}, type), values);
}

Value Emitter::index(int64_t value) { return arith::ConstantIndexOp::create(b, value); }

Type Emitter::storedType(Type type) {
  auto fixed = dyn_cast<fx::FixedType>(type);
  return fixed ? fixed.getContainer() : type;
}

double Emitter::storedNumber(double value, Type type) {
  auto fixed = dyn_cast<fx::FixedType>(type);
  return fixed ? std::ldexp(value, fixed.getFractionBits()) : value;
}

// What convert-fx-to-arith leaves nothing of.
Value Emitter::load(Value stored, Type type) {
  if (stored.getType() == type)
    return stored;
  return UnrealizedConversionCastOp::create(b, type, stored).getResult(0);
}

Value Emitter::store(Value value) {
  Type type = storedType(value.getType());
  if (value.getType() == type)
    return value;
  return UnrealizedConversionCastOp::create(b, type, value).getResult(0);
}

Value Emitter::readSum(Value sum, Type type) {
  auto fixed = dyn_cast<fx::FixedType>(type);
  if (!fixed)
    return sum;
  fx::Format format = fixed.getFormat();
  // Whole numbers of at most 53 bits: exact in a double, and no rounding is left to do.
  Type f64 = b.getF64Type();
  Value steps = mul(convert(sum, f64), constant(std::ldexp(1.0, format.fractionBits), f64));
  steps = arith::MinNumFOp::create(b, steps, constant(double(format.maxRaw()), f64));
  steps = arith::MaxNumFOp::create(b, steps, constant(double(format.minRaw()), f64));
  IntegerType container = fixed.getContainer();
  Value whole = format.isSigned ? arith::FPToSIOp::create(b, container, steps).getResult()
                                : arith::FPToUIOp::create(b, container, steps).getResult();
  return load(whole, type);
}

Value Emitter::constant(double value, Type type) {
  if (auto fixed = dyn_cast<fx::FixedType>(type))
    return fx::ConstantOp::create(
        b, fx::FixedAttr::get(type,
                              fx::fromDouble(value, fixed.getFormat(), fx::Rounding::NearestEven)));
  if (auto floatType = dyn_cast<FloatType>(type))
    return arith::ConstantOp::create(b, FloatAttr::get(floatType, value));
  return arith::ConstantOp::create(
      b, cast<TypedAttr>(Attribute(IntegerAttr::get(type, static_cast<int64_t>(value)))));
}

Value Emitter::add(Value x, Value y) {
  return isa<FloatType>(x.getType()) ? arith::AddFOp::create(b, x, y).getResult()
                                     : arith::AddIOp::create(b, x, y).getResult();
}
Value Emitter::mul(Value x, Value y) { return arith::MulFOp::create(b, x, y); }

Value Emitter::convert(Value value, Type type) {
  if (value.getType() == type)
    return value;
  if (type.isF32())
    return arith::TruncFOp::create(b, type, value);
  return arith::ExtFOp::create(b, type, value);
}

void Emitter::generic(ArrayRef<Value> ins, ArrayRef<Value> outs, ArrayRef<AffineMap> maps,
                      StringRef iterators, function_ref<SmallVector<Value>(ValueRange)> body) {
  SmallVector<utils::IteratorType> types;
  for (char c : iterators)
    types.push_back(c == 'p' ? utils::IteratorType::parallel : utils::IteratorType::reduction);
  linalg::GenericOp::create(b, ins, outs, maps, types,
                            [&](OpBuilder &inner, Location, ValueRange args) {
                              OpBuilder::InsertionGuard guard(b);
                              b.setInsertionPointToEnd(inner.getInsertionBlock());
                              linalg::YieldOp::create(b, body(args));
                            });
}

void Emitter::elementwise(ArrayRef<Value> ins, ArrayRef<Value> outs,
                          function_ref<SmallVector<Value>(ValueRange)> body) {
  auto rank = cast<MemRefType>(outs.front().getType()).getRank();
  SmallVector<AffineMap> maps(ins.size() + outs.size(), b.getMultiDimIdentityMap(rank));
  generic(ins, outs, maps, std::string(rank, 'p'), body);
}

void Emitter::fill(Value memref, Value value) { linalg::FillOp::create(b, value, memref); }

void Emitter::loop(Value low, Value high, function_ref<void(Value)> body, int64_t step) {
  auto op = scf::ForOp::create(b, low, high, index(step));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(op.getBody());
  body(op.getInductionVar());
}

// Philox4x32-10 as in runtime/Philox.h: one function for the module, which the optimizer inlines.
static func::FuncOp philoxFunction(ModuleOp module, Location loc) {
  if (auto existing = module.lookupSymbol<func::FuncOp>("engram.uniform32"))
    return existing;
  ImplicitLocOpBuilder b(loc, OpBuilder::atBlockEnd(module.getBody()));
  Type i32 = b.getI32Type(), i64 = b.getI64Type();
  auto type = b.getFunctionType({i64, i32, i64, i64}, {i32});
  auto function = func::FuncOp::create(b, "engram.uniform32", type);
  function.setPrivate();
  // A loop with a call in it does not become vector code; LLVM takes this attribute as it is.
  function->setAttr("passthrough", b.getStrArrayAttr({"alwaysinline"}));
  b.setInsertionPointToStart(function.addEntryBlock());
  auto args = function.getArguments();
  Value step = arith::TruncIOp::create(b, i32, args[3]);
  func::ReturnOp::create(b, emitPhilox(b, args[0], args[1], args[2], step)[0]);
  return function;
}

Value Emitter::uniformWord(Value stream, Value neuron, Value step) {
  func::FuncOp function = philoxFunction(module, b.getLoc());
  Value seed =
      arith::ConstantOp::create(b, b.getI64IntegerAttr(static_cast<int64_t>(network.getSeed())));
  return func::CallOp::create(b, function, ValueRange{seed, stream, neuron, step}).getResult(0);
}

Value Emitter::uniform(Value stream, Value neuron, Value step) {
  Type f64 = b.getF64Type();
  Value real = arith::UIToFPOp::create(b, f64, uniformWord(stream, neuron, step));
  return mul(add(real, constant(0.5, f64)), constant(0x1p-32, f64));
}
