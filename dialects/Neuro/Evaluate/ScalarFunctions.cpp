// The table of scalar operations, listed in docs/spec.md, and those of fx. f32 results are computed
// in float, as compiled code does.
#include "dialects/Neuro/Evaluate/ScalarFunctions.h"
#include "dialects/Fx/IR/FxOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/bit.h"
#include <cmath>

using namespace mlir;
using namespace engram::neuro;
namespace fx = engram::fx;

namespace {

struct Entry {
  ScalarFunction f64, f32;
};

template <typename F> Entry onFloats(F f) {
  return {[f](double a, double b, double c) { return f(a, b, c); },
          [f](double a, double b, double c) -> double {
            return f(static_cast<float>(a), static_cast<float>(b), static_cast<float>(c));
          }};
}

const llvm::StringMap<Entry> &floatTable() {
  static const llvm::StringMap<Entry> table = [] {
    llvm::StringMap<Entry> t;
    t["arith.addf"] = onFloats([](auto a, auto b, auto) { return a + b; });
    t["arith.subf"] = onFloats([](auto a, auto b, auto) { return a - b; });
    t["arith.mulf"] = onFloats([](auto a, auto b, auto) { return a * b; });
    t["arith.divf"] = onFloats([](auto a, auto b, auto) { return a / b; });
    t["arith.remf"] = onFloats([](auto a, auto b, auto) { return std::fmod(a, b); });
    t["arith.negf"] = onFloats([](auto a, auto, auto) { return -a; });
    t["arith.maxnumf"] = onFloats([](auto a, auto b, auto) { return std::fmax(a, b); });
    t["arith.minnumf"] = onFloats([](auto a, auto b, auto) { return std::fmin(a, b); });
    t["arith.maximumf"] = onFloats([](auto a, auto b, auto) {
      return std::isnan(a) ? a : std::isnan(b) ? b : std::fmax(a, b);
    });
    t["arith.minimumf"] = onFloats([](auto a, auto b, auto) {
      return std::isnan(a) ? a : std::isnan(b) ? b : std::fmin(a, b);
    });
    t["math.absf"] = onFloats([](auto a, auto, auto) { return std::fabs(a); });
    t["math.ceil"] = onFloats([](auto a, auto, auto) { return std::ceil(a); });
    t["math.floor"] = onFloats([](auto a, auto, auto) { return std::floor(a); });
    t["math.round"] = onFloats([](auto a, auto, auto) { return std::round(a); });
    t["math.roundeven"] = onFloats([](auto a, auto, auto) { return std::nearbyint(a); });
    t["math.trunc"] = onFloats([](auto a, auto, auto) { return std::trunc(a); });
    t["math.copysign"] = onFloats([](auto a, auto b, auto) { return std::copysign(a, b); });
    t["math.fma"] = onFloats([](auto a, auto b, auto c) { return std::fma(a, b, c); });
    t["math.sqrt"] = onFloats([](auto a, auto, auto) { return std::sqrt(a); });
    t["math.exp"] = onFloats([](auto a, auto, auto) { return std::exp(a); });
    t["math.expm1"] = onFloats([](auto a, auto, auto) { return std::expm1(a); });
    t["math.log"] = onFloats([](auto a, auto, auto) { return std::log(a); });
    t["math.log1p"] = onFloats([](auto a, auto, auto) { return std::log1p(a); });
    t["math.powf"] = onFloats([](auto a, auto b, auto) { return std::pow(a, b); });
    t["math.sin"] = onFloats([](auto a, auto, auto) { return std::sin(a); });
    t["math.cos"] = onFloats([](auto a, auto, auto) { return std::cos(a); });
    t["math.tanh"] = onFloats([](auto a, auto, auto) { return std::tanh(a); });
    return t;
  }();
  return table;
}

/// The two's complement number of a width.
double wrap(int64_t value, unsigned width) {
  if (width == 1)
    return static_cast<double>(value & 1);
  return static_cast<double>(
      width >= 64
          ? value
          : static_cast<int64_t>(static_cast<uint64_t>(value) << (64 - width)) >> (64 - width));
}

template <typename F> ScalarFunction onIntegers(unsigned width, F f) {
  return [width, f](double a, double b, double) {
    return wrap(f(static_cast<int64_t>(a), static_cast<int64_t>(b)), width);
  };
}

ScalarFunction integerFunction(Operation *op) {
  unsigned width = op->getResult(0).getType().getIntOrFloatBitWidth();
  StringRef name = op->getName().getStringRef();
  using I = int64_t;
  if (name == "arith.addi")
    return onIntegers(width, [](I a, I b) { return a + b; });
  if (name == "arith.subi")
    return onIntegers(width, [](I a, I b) { return a - b; });
  if (name == "arith.muli")
    return onIntegers(width, [](I a, I b) { return a * b; });
  if (name == "arith.andi")
    return onIntegers(width, [](I a, I b) { return a & b; });
  if (name == "arith.ori")
    return onIntegers(width, [](I a, I b) { return a | b; });
  if (name == "arith.xori")
    return onIntegers(width, [](I a, I b) { return a ^ b; });
  if (name == "arith.maxsi")
    return onIntegers(width, [](I a, I b) { return std::max(a, b); });
  if (name == "arith.minsi")
    return onIntegers(width, [](I a, I b) { return std::min(a, b); });
  if (name == "arith.extsi" || name == "arith.trunci") {
    bool fromBit = op->getOperand(0).getType().isInteger(1) && name == "arith.extsi";
    return onIntegers(width, [fromBit](I a, I) { return fromBit ? -a : a; });
  }
  return {};
}

ScalarFunction comparison(arith::CmpFOp op) {
  using P = arith::CmpFPredicate;
  auto make = [](auto f) {
    return ScalarFunction([f](double a, double b, double) -> double { return f(a, b); });
  };
  auto unordered = [](double a, double b) { return std::isnan(a) || std::isnan(b); };
  switch (op.getPredicate()) {
  case P::AlwaysFalse:
    return make([](double, double) { return false; });
  case P::OEQ:
    return make([](double a, double b) { return a == b; });
  case P::OGT:
    return make([](double a, double b) { return a > b; });
  case P::OGE:
    return make([](double a, double b) { return a >= b; });
  case P::OLT:
    return make([](double a, double b) { return a < b; });
  case P::OLE:
    return make([](double a, double b) { return a <= b; });
  case P::ONE:
    return make([=](double a, double b) { return a != b && !unordered(a, b); });
  case P::ORD:
    return make([=](double a, double b) { return !unordered(a, b); });
  case P::UEQ:
    return make([=](double a, double b) { return a == b || unordered(a, b); });
  case P::UGT:
    return make([](double a, double b) { return !(a <= b); });
  case P::UGE:
    return make([](double a, double b) { return !(a < b); });
  case P::ULT:
    return make([](double a, double b) { return !(a >= b); });
  case P::ULE:
    return make([](double a, double b) { return !(a > b); });
  case P::UNE:
    return make([](double a, double b) { return a != b; });
  case P::UNO:
    return make(unordered);
  case P::AlwaysTrue:
    return make([](double, double) { return true; });
  }
  return {};
}

ScalarFunction comparison(arith::CmpIOp op) {
  using P = arith::CmpIPredicate;
  auto make = [](auto f) {
    return ScalarFunction([f](double a, double b, double) -> double { return f(a, b); });
  };
  auto bits = [](double a) { return static_cast<uint64_t>(static_cast<int64_t>(a)); };
  switch (op.getPredicate()) {
  case P::eq:
    return make([](double a, double b) { return a == b; });
  case P::ne:
    return make([](double a, double b) { return a != b; });
  case P::slt:
    return make([](double a, double b) { return a < b; });
  case P::sle:
    return make([](double a, double b) { return a <= b; });
  case P::sgt:
    return make([](double a, double b) { return a > b; });
  case P::sge:
    return make([](double a, double b) { return a >= b; });
  case P::ult:
    return make([=](double a, double b) { return bits(a) < bits(b); });
  case P::ule:
    return make([=](double a, double b) { return bits(a) <= bits(b); });
  case P::ugt:
    return make([=](double a, double b) { return bits(a) > bits(b); });
  case P::uge:
    return make([=](double a, double b) { return bits(a) >= bits(b); });
  }
  return {};
}

// A slot holds the number that a fixed-point value stands for; the operations compute on whole
// numbers.
int64_t toWhole(double value, Type type) {
  if (auto fixed = dyn_cast<fx::FixedType>(type))
    return static_cast<int64_t>(std::ldexp(value, fixed.getFractionBits()));
  if (type.isF64())
    return llvm::bit_cast<int64_t>(value);
  if (type.isF32())
    return llvm::bit_cast<int32_t>(static_cast<float>(value));
  return static_cast<int64_t>(value);
}

double fromWhole(int64_t whole, Type type) {
  if (auto fixed = dyn_cast<fx::FixedType>(type))
    return fx::toDouble(whole, fixed.getFormat());
  if (type.isF64())
    return llvm::bit_cast<double>(whole);
  if (type.isF32())
    return llvm::bit_cast<float>(static_cast<int32_t>(whole));
  return static_cast<double>(whole);
}

} // namespace

FixedPointFunction engram::neuro::fixedPointFunction(Operation *op) {
  auto fixed = dyn_cast<fx::EvaluateInterface>(op);
  // Random numbers of a model are 'neuro.random', which knows the neuron and the step.
  if (!fixed || isa<fx::RandomOp>(op) || op->getNumOperands() > maxOperands)
    return {};
  llvm::SmallVector<Type, maxOperands> types(op->getOperandTypes());
  Type result = op->getResult(0).getType();
  return [fixed, types, result](const double *values) mutable {
    int64_t operands[maxOperands];
    for (auto [k, type] : llvm::enumerate(types))
      operands[k] = toWhole(values[k], type);
    return fromWhole(fixed.evaluate(llvm::ArrayRef(operands, types.size())), result);
  };
}

ScalarFunction engram::neuro::scalarFunction(Operation *op) {
  if (op->getNumResults() != 1 || op->getNumOperands() > 3)
    return {};
  Type type = op->getResult(0).getType();
  bool single = type.isF32();
  if (auto compare = dyn_cast<arith::CmpFOp>(op))
    return comparison(compare);
  if (auto compare = dyn_cast<arith::CmpIOp>(op))
    return comparison(compare);
  if (isa<arith::SelectOp>(op))
    return [](double condition, double a, double b) { return condition != 0 ? a : b; };
  if (isa<arith::ExtFOp, arith::SIToFPOp, arith::TruncFOp>(op)) {
    bool negate = op->getOperand(0).getType().isInteger(1);
    return [single, negate](double a, double, double) -> double {
      a = negate ? -a : a;
      return single ? static_cast<float>(a) : a;
    };
  }
  if (isa<arith::UIToFPOp, arith::ExtUIOp>(op)) {
    unsigned width = op->getOperand(0).getType().getIntOrFloatBitWidth();
    return [single, width](double a, double, double) -> double {
      a = a < 0 ? a + std::ldexp(1.0, width) : a;
      return single ? static_cast<float>(a) : a;
    };
  }
  if (isa<arith::FPToSIOp>(op))
    return [](double a, double, double) { return std::trunc(a); };
  if (isa<IntegerType>(type))
    return integerFunction(op);
  auto found = floatTable().find(op->getName().getStringRef());
  if (found == floatTable().end())
    return {};
  return single ? found->second.f32 : found->second.f64;
}
