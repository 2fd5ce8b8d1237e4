// The rounds of Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011), unrolled.
#include "lowering/FxToArith/EmitPhilox.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

std::array<Value, 4> engram::emitPhilox(ImplicitLocOpBuilder &b, Value seed, Value stream,
                                        Value index, Value step) {
  Type i32 = b.getI32Type(), i64 = b.getI64Type();
  auto word = [&](uint32_t value) -> Value {
    return arith::ConstantOp::create(b, IntegerAttr::get(i32, APInt(32, value)));
  };
  Value thirtyTwo = arith::ConstantOp::create(b, b.getI64IntegerAttr(32));
  auto low = [&](Value v) -> Value { return arith::TruncIOp::create(b, i32, v); };
  auto high = [&](Value v) { return low(arith::ShRUIOp::create(b, v, thirtyTwo)); };
  auto product = [&](int64_t factor, Value v) -> Value {
    Value wide = arith::ConstantOp::create(b, b.getI64IntegerAttr(factor));
    return arith::MulIOp::create(b, wide, arith::ExtUIOp::create(b, i64, v));
  };
  auto exclusiveOr = [&](Value x, Value y) -> Value { return arith::XOrIOp::create(b, x, y); };
  std::array<Value, 4> c = {low(index), high(index), step, stream};
  Value k[2] = {low(seed), high(seed)};
  for (int round = 0; round < 10; ++round) {
    Value p0 = product(0xD2511F53, c[0]), p1 = product(0xCD9E8D57, c[2]);
    c = {exclusiveOr(exclusiveOr(high(p1), c[1]), k[0]), low(p1),
         exclusiveOr(exclusiveOr(high(p0), c[3]), k[1]), low(p0)};
    k[0] = arith::AddIOp::create(b, k[0], word(0x9E3779B9));
    k[1] = arith::AddIOp::create(b, k[1], word(0xBB67AE85));
  }
  return c;
}
