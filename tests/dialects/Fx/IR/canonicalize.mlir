// Identities that hold for every number, and constants. FxMeaningTest runs each function that has arguments over all of
// them, before and after canonicalization.
// RUN: %engram-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func @constants
func.func @constants() -> (!fx.q<4, 4>, !fx.q<4, 4>, !fx.q<4, 4>, i1, f64, i8, !fx.q<4, 4>) {
  // CHECK-DAG: %[[SUM:.*]] = fx.constant 7.9375 : !fx.q<4, 4>
  // CHECK-DAG: %[[PRODUCT:.*]] = fx.constant 0.125 : !fx.q<4, 4>
  // CHECK-DAG: %[[FLOOR:.*]] = fx.constant -0.0625 : !fx.q<4, 4>
  // CHECK-DAG: %[[LESS:.*]] = arith.constant true
  // CHECK-DAG: %[[FLOAT:.*]] = arith.constant 7.500000e+00 : f64
  // CHECK-DAG: %[[BITS:.*]] = arith.constant 120 : i8
  // CHECK-DAG: %[[NEAREST:.*]] = fx.constant 0.1875 : !fx.q<4, 4>
  // CHECK: return %[[SUM]], %[[PRODUCT]], %[[FLOOR]], %[[LESS]], %[[FLOAT]], %[[BITS]], %[[NEAREST]]
  %a = fx.constant 7.5 : !fx.q<4, 4>
  %b = fx.constant 1.0 : !fx.q<4, 4>
  %s = fx.constant 0.0625 : !fx.q<4, 4>
  %h = fx.constant 2.5 : !fx.q<4, 4>
  %n = fx.constant -0.0625 : !fx.q<4, 4>
  %one = arith.constant 1 : i32
  %0 = fx.add %a, %b : !fx.q<4, 4>
  // 0.15625 is 2.5 steps of 1/16.
  %1 = fx.mul %s, %h nearest_even : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<4, 4>
  %2 = fx.shr %n, %one floor : !fx.q<4, 4>
  %3 = fx.cmp lt, %n, %s : !fx.q<4, 4>
  %4 = fx.to_float %a : !fx.q<4, 4> -> f64
  %5 = fx.bitcast %a : !fx.q<4, 4> -> i8
  %x = arith.constant 0.2 : f64
  %6 = fx.from_float %x nearest_even : f64 -> !fx.q<4, 4>
  return %0, %1, %2, %3, %4, %5, %6 : !fx.q<4, 4>, !fx.q<4, 4>, !fx.q<4, 4>, i1, f64, i8, !fx.q<4, 4>
}

// The examples of the operations' descriptions.
// CHECK-LABEL: func @saturation
func.func @saturation() -> (!fx.q<4, 4>, !fx.q<4, 4>, !fx.q<4, 4>, !fx.q<4, 4>, !fx.q<4, 4>) {
  // CHECK-DAG: %[[LEAST:.*]] = fx.constant -8.0
  // CHECK-DAG: %[[GREATEST:.*]] = fx.constant 7.9375
  // CHECK: return %[[GREATEST]], %[[LEAST]], %[[GREATEST]], %[[GREATEST]], %[[GREATEST]] :
  %a = fx.constant 7.5 : !fx.q<4, 4>
  %one = fx.constant 1.0 : !fx.q<4, 4>
  %least = fx.constant -8.0 : !fx.q<4, 4>
  %n = arith.constant 1 : i32
  %0 = fx.add %a, %one : !fx.q<4, 4>
  %1 = fx.sub %least, %one : !fx.q<4, 4>
  %2 = fx.neg %least : !fx.q<4, 4>
  %3 = fx.abs %least : !fx.q<4, 4>
  %4 = fx.shl %a, %n : !fx.q<4, 4>
  return %0, %1, %2, %3, %4 : !fx.q<4, 4>, !fx.q<4, 4>, !fx.q<4, 4>, !fx.q<4, 4>, !fx.q<4, 4>
}

// CHECK-LABEL: func @add_zero
// CHECK-NEXT: return %arg0
func.func @add_zero(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %zero = fx.constant 0.0 : !fx.q<4, 4>
  %0 = fx.add %zero, %x : !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// CHECK-LABEL: func @sub_zero
// CHECK-NEXT: return %arg0
func.func @sub_zero(%x: !fx.uq<4, 4>) -> !fx.uq<4, 4> {
  %zero = fx.constant 0.0 : !fx.uq<4, 4>
  %0 = fx.sub %x, %zero : !fx.uq<4, 4>
  return %0 : !fx.uq<4, 4>
}

// CHECK-LABEL: func @sub_itself
// CHECK-NEXT: %[[ZERO:.*]] = fx.constant 0.0 : !fx.q<4, 4>
// CHECK-NEXT: return %[[ZERO]]
func.func @sub_itself(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %0 = fx.sub %x, %x : !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// The least number makes the difference.
// CHECK-LABEL: func @neg_neg_stays
// CHECK-NEXT: fx.neg
// CHECK-NEXT: fx.neg
func.func @neg_neg_stays(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %0 = fx.neg %x : !fx.q<4, 4>
  %1 = fx.neg %0 : !fx.q<4, 4>
  return %1 : !fx.q<4, 4>
}

// Saturation makes the difference.
// CHECK-LABEL: func @add_add_stays
// CHECK: fx.add
// CHECK-NEXT: fx.add
func.func @add_add_stays(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %one = fx.constant 1.0 : !fx.q<4, 4>
  %0 = fx.add %x, %one : !fx.q<4, 4>
  %1 = fx.add %0, %one : !fx.q<4, 4>
  return %1 : !fx.q<4, 4>
}

// CHECK-LABEL: func @neg_unsigned
// CHECK-NEXT: %[[ZERO:.*]] = fx.constant 0.0 : !fx.uq<4, 4>
// CHECK-NEXT: return %[[ZERO]]
func.func @neg_unsigned(%x: !fx.uq<4, 4>) -> !fx.uq<4, 4> {
  %0 = fx.neg %x : !fx.uq<4, 4>
  return %0 : !fx.uq<4, 4>
}

// CHECK-LABEL: func @abs_unsigned
// CHECK-NEXT: return %arg0
func.func @abs_unsigned(%x: !fx.uq<4, 4>) -> !fx.uq<4, 4> {
  %0 = fx.abs %x : !fx.uq<4, 4>
  return %0 : !fx.uq<4, 4>
}

// CHECK-LABEL: func @abs_of_abs_and_neg
// CHECK-NEXT: %[[ABS:.*]] = fx.abs %arg0
// CHECK-NEXT: return %[[ABS]]
func.func @abs_of_abs_and_neg(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %0 = fx.neg %x : !fx.q<4, 4>
  %1 = fx.abs %0 : !fx.q<4, 4>
  %2 = fx.abs %1 : !fx.q<4, 4>
  return %2 : !fx.q<4, 4>
}

// CHECK-LABEL: func @min_bounds
// CHECK-NEXT: return %arg0
func.func @min_bounds(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %greatest = fx.constant 7.9375 : !fx.q<4, 4>
  %0 = fx.min %x, %greatest : !fx.q<4, 4>
  %1 = fx.min %0, %0 : !fx.q<4, 4>
  return %1 : !fx.q<4, 4>
}

// CHECK-LABEL: func @min_least
// CHECK-NEXT: %[[LEAST:.*]] = fx.constant -8.0
// CHECK-NEXT: return %[[LEAST]]
func.func @min_least(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %least = fx.constant -8.0 : !fx.q<4, 4>
  %0 = fx.min %least, %x : !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// CHECK-LABEL: func @max_bounds
// CHECK-NEXT: return %arg0
func.func @max_bounds(%x: !fx.uq<4, 4>) -> !fx.uq<4, 4> {
  %least = fx.constant 0.0 : !fx.uq<4, 4>
  %0 = fx.max %x, %least : !fx.uq<4, 4>
  %1 = fx.max %0, %0 : !fx.uq<4, 4>
  return %1 : !fx.uq<4, 4>
}

// CHECK-LABEL: func @max_greatest
// CHECK-NEXT: %[[GREATEST:.*]] = fx.constant 15.9375
// CHECK-NEXT: return %[[GREATEST]]
func.func @max_greatest(%x: !fx.uq<4, 4>) -> !fx.uq<4, 4> {
  %greatest = fx.constant 15.9375 : !fx.uq<4, 4>
  %0 = fx.max %x, %greatest : !fx.uq<4, 4>
  return %0 : !fx.uq<4, 4>
}

// CHECK-LABEL: func @mul_zero
// CHECK-NEXT: %[[ZERO:.*]] = fx.constant 0.0 : !fx.q<1, 7>
// CHECK-NEXT: return %[[ZERO]]
func.func @mul_zero(%x: !fx.q<4, 4>, %r: i32) -> !fx.q<1, 7> {
  %zero = fx.constant 0.0 : !fx.uq<0, 8>
  %0 = fx.mul %zero, %x stochastic(%r) : !fx.uq<0, 8>, !fx.q<4, 4> -> !fx.q<1, 7>
  return %0 : !fx.q<1, 7>
}

// CHECK-LABEL: func @mul_one
// CHECK-NEXT: return %arg0
func.func @mul_one(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %one = fx.constant 1.0 : !fx.q<2, 3>
  %0 = fx.mul %one, %x floor : !fx.q<2, 3>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// CHECK-LABEL: func @mul_one_to_another_format
// CHECK-NEXT: %[[R:.*]] = fx.convert %arg0 stochastic(%arg1) : !fx.q<4, 4> -> !fx.q<2, 2>
// CHECK-NEXT: return %[[R]]
func.func @mul_one_to_another_format(%x: !fx.q<4, 4>, %r: i32) -> !fx.q<2, 2> {
  %one = fx.constant 1.0 : !fx.uq<1, 0>
  %0 = fx.mul %x, %one stochastic(%r) : !fx.q<4, 4>, !fx.uq<1, 0> -> !fx.q<2, 2>
  return %0 : !fx.q<2, 2>
}

// CHECK-LABEL: func @mul_constant_last
// CHECK: fx.mul %arg0, %cst stochastic(%arg1) : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<4, 4>
func.func @mul_constant_last(%x: !fx.q<4, 4>, %r: i32) -> !fx.q<4, 4> {
  %c = fx.constant 0.75 : !fx.uq<0, 8>
  %0 = fx.mul %c, %x stochastic(%r) : !fx.uq<0, 8>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// CHECK-LABEL: func @mul_exact
// CHECK-NEXT: fx.mul %arg0, %arg1 nearest_even :
func.func @mul_exact(%x: !fx.q<4, 4>, %y: !fx.q<4, 4>, %r: i32) -> !fx.q<6, 8> {
  %0 = fx.mul %x, %y stochastic(%r) : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<6, 8>
  return %0 : !fx.q<6, 8>
}

// CHECK-LABEL: func @mul_add_zero_factor
// CHECK-NEXT: %[[R:.*]] = fx.convert %arg1 floor : !fx.q<1, 7> -> !fx.q<4, 4>
// CHECK-NEXT: return %[[R]]
func.func @mul_add_zero_factor(%x: !fx.q<4, 4>, %c: !fx.q<1, 7>) -> !fx.q<4, 4> {
  %zero = fx.constant 0.0 : !fx.uq<0, 8>
  %0 = fx.mul_add %zero, %x, %c floor : !fx.uq<0, 8>, !fx.q<4, 4>, !fx.q<1, 7> -> !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// CHECK-LABEL: func @mul_add_zero_addend
// CHECK-NEXT: %[[R:.*]] = fx.mul %arg0, %arg1 toward_zero : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<4, 4>
// CHECK-NEXT: return %[[R]]
func.func @mul_add_zero_addend(%x: !fx.q<4, 4>, %y: !fx.uq<0, 8>) -> !fx.q<4, 4> {
  %zero = fx.constant 0.0 : !fx.q<1, 20>
  %0 = fx.mul_add %x, %y, %zero toward_zero : !fx.q<4, 4>, !fx.uq<0, 8>, !fx.q<1, 20> -> !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// CHECK-LABEL: func @mul_add_one
// CHECK-NEXT: %[[R:.*]] = fx.add %arg0, %arg1 : !fx.q<4, 4>
// CHECK-NEXT: return %[[R]]
func.func @mul_add_one(%x: !fx.q<4, 4>, %c: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %one = fx.constant 1.0 : !fx.q<2, 2>
  %0 = fx.mul_add %one, %x, %c floor : !fx.q<2, 2>, !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// CHECK-LABEL: func @mul_add_exact
// CHECK-NEXT: fx.mul_add %arg0, %arg0, %arg1 nearest_even :
func.func @mul_add_exact(%x: !fx.q<4, 4>, %c: !fx.q<4, 4>) -> !fx.q<6, 8> {
  %0 = fx.mul_add %x, %x, %c floor : !fx.q<4, 4>, !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<6, 8>
  return %0 : !fx.q<6, 8>
}

// CHECK-LABEL: func @shift_by_zero
// CHECK-NEXT: return %arg0
func.func @shift_by_zero(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %zero = arith.constant 0 : i32
  %0 = fx.shl %x, %zero : !fx.q<4, 4>
  %1 = fx.shr %0, %zero floor : !fx.q<4, 4>
  return %1 : !fx.q<4, 4>
}

// CHECK-LABEL: func @cmp_itself
// CHECK-NEXT: %[[TRUE:.*]] = arith.constant true
// CHECK-NEXT: return %[[TRUE]]
func.func @cmp_itself(%x: !fx.q<4, 4>) -> i1 {
  %0 = fx.cmp le, %x, %x : !fx.q<4, 4>
  return %0 : i1
}

// CHECK-LABEL: func @convert_to_itself
// CHECK-NEXT: return %arg0
func.func @convert_to_itself(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %0 = fx.convert %x toward_zero : !fx.q<4, 4> -> !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// CHECK-LABEL: func @convert_there_and_back
// CHECK-NEXT: return %arg0
func.func @convert_there_and_back(%x: !fx.uq<4, 4>) -> !fx.uq<4, 4> {
  %0 = fx.convert %x floor : !fx.uq<4, 4> -> !fx.q<5, 5>
  %1 = fx.convert %0 floor : !fx.q<5, 5> -> !fx.uq<4, 4>
  return %1 : !fx.uq<4, 4>
}

// CHECK-LABEL: func @convert_of_exact_convert
// CHECK-NEXT: %[[R:.*]] = fx.convert %arg0 toward_zero : !fx.q<4, 4> -> !fx.q<3, 1>
// CHECK-NEXT: return %[[R]]
func.func @convert_of_exact_convert(%x: !fx.q<4, 4>) -> !fx.q<3, 1> {
  %0 = fx.convert %x floor : !fx.q<4, 4> -> !fx.q<8, 8>
  %1 = fx.convert %0 toward_zero : !fx.q<8, 8> -> !fx.q<3, 1>
  return %1 : !fx.q<3, 1>
}

// The first saturates or rounds.
// CHECK-LABEL: func @convert_of_inexact_convert_stays
// CHECK-NEXT: fx.convert
// CHECK-NEXT: fx.convert
func.func @convert_of_inexact_convert_stays(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %0 = fx.convert %x floor : !fx.q<4, 4> -> !fx.uq<8, 8>
  %1 = fx.convert %0 floor : !fx.uq<8, 8> -> !fx.q<4, 4>
  return %1 : !fx.q<4, 4>
}

// CHECK-LABEL: func @convert_exact
// CHECK-NEXT: fx.convert %arg0 nearest_even :
func.func @convert_exact(%x: !fx.q<4, 4>, %r: i32) -> !fx.q<3, 6> {
  %0 = fx.convert %x stochastic(%r) : !fx.q<4, 4> -> !fx.q<3, 6>
  return %0 : !fx.q<3, 6>
}

// CHECK-LABEL: func @bitcast_there_and_back
// CHECK-NEXT: return %arg0
func.func @bitcast_there_and_back(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %0 = fx.bitcast %x : !fx.q<4, 4> -> !fx.uq<8, 0>
  %1 = fx.bitcast %0 : !fx.uq<8, 0> -> !fx.q<4, 4>
  return %1 : !fx.q<4, 4>
}

// CHECK-LABEL: func @float_there_and_back
// CHECK-NEXT: return %arg0
func.func @float_there_and_back(%x: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %0 = fx.to_float %x : !fx.q<4, 4> -> f32
  %1 = fx.from_float %0 floor : f32 -> !fx.q<4, 4>
  return %1 : !fx.q<4, 4>
}
