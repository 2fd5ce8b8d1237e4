// The structure of lowered code: widths, saturation only where it is needed, types replaced everywhere. That it computes
// what it should is tested by running it (FxMeaningTest).
// RUN: %engram-opt %s --convert-fx-to-arith | FileCheck %s

// The example of the pass's description.
// CHECK-LABEL: func @mul(
// CHECK-SAME: %[[A:.*]]: i8, %[[B:.*]]: i8) -> i8
// CHECK-NEXT: %[[X:.*]] = arith.extsi %[[A]] : i8 to i16
// CHECK-NEXT: %[[Y:.*]] = arith.extsi %[[B]] : i8 to i16
// CHECK-NEXT: %[[P:.*]] = arith.muli %[[X]], %[[Y]] : i16
// CHECK-NEXT: %[[C4:.*]] = arith.constant 4 : i16
// CHECK-NEXT: %[[S:.*]] = arith.shrsi %[[P]], %[[C4]] : i16
// CHECK-NEXT: %[[MAX:.*]] = arith.constant 127 : i16
// CHECK-NEXT: %[[M:.*]] = arith.minsi %[[S]], %[[MAX]] : i16
// CHECK-NEXT: %[[MIN:.*]] = arith.constant -128 : i16
// CHECK-NEXT: %[[N:.*]] = arith.maxsi %[[M]], %[[MIN]] : i16
// CHECK-NEXT: %[[R:.*]] = arith.trunci %[[N]] : i16 to i8
// CHECK-NEXT: return %[[R]] : i8
func.func @mul(%a: !fx.q<4, 4>, %b: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %0 = fx.mul %a, %b floor : !fx.q<4, 4>, !fx.q<4, 4> -> !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// 24-bit sums of 8-bit products in 32 bits: the sum of two is exact before it saturates.
// CHECK-LABEL: func @accumulate(
// CHECK-SAME: %{{.*}}: i32, %{{.*}}: i8, %{{.*}}: i8) -> i32
// CHECK-NOT: i64
// CHECK: arith.muli {{.*}} : i16
// CHECK-NOT: i64
// CHECK: arith.addi {{.*}} : i32
// CHECK: return
func.func @accumulate(%sum: !fx.q<12, 12>, %w: !fx.q<1, 7>, %x: !fx.uq<4, 4>) -> !fx.q<12, 12> {
  %0 = fx.mul %w, %x nearest_even : !fx.q<1, 7>, !fx.uq<4, 4> -> !fx.q<12, 12>
  %1 = fx.add %sum, %0 : !fx.q<12, 12>
  return %1 : !fx.q<12, 12>
}

// The range shows that nothing saturates.
// CHECK-LABEL: func @widen(
// CHECK-NEXT: arith.extsi %{{.*}} : i8 to i16
// CHECK-NEXT: arith.constant 4 : i16
// CHECK-NEXT: arith.shli
// CHECK-NEXT: return {{.*}} : i16
func.func @widen(%a: !fx.q<4, 4>) -> !fx.q<8, 8> {
  %0 = fx.convert %a nearest_even : !fx.q<4, 4> -> !fx.q<8, 8>
  return %0 : !fx.q<8, 8>
}

// CHECK-LABEL: func @wide(
// CHECK: arith.muli {{.*}} : i128
// CHECK: arith.trunci {{.*}} : i128 to i64
// CHECK-NEXT: return
func.func @wide(%a: !fx.q<32, 32>) -> !fx.q<32, 32> {
  %0 = fx.mul %a, %a nearest_even : !fx.q<32, 32>, !fx.q<32, 32> -> !fx.q<32, 32>
  return %0 : !fx.q<32, 32>
}

// CHECK-LABEL: func @unsigned(
// CHECK-SAME: %[[A:.*]]: i8, %[[B:.*]]: i8) -> i1
// CHECK-NEXT: %[[X:.*]] = arith.extui %[[A]] : i8 to i16
// CHECK-NEXT: %[[Y:.*]] = arith.extui %[[B]] : i8 to i16
// CHECK-NEXT: arith.cmpi slt, %[[X]], %[[Y]] : i16
func.func @unsigned(%a: !fx.uq<0, 8>, %b: !fx.uq<0, 8>) -> i1 {
  %0 = fx.cmp lt, %a, %b : !fx.uq<0, 8>
  return %0 : i1
}

// Types and constants within operations of other dialects, in loops and in memory.
// CHECK-LABEL: func @leak(
// CHECK-SAME: memref<16xi16>) attributes {threshold = 128 : i16}
// CHECK-NOT: fx.
// CHECK-NOT: unrealized_conversion_cast
// CHECK: scf.for {{.*}} iter_args({{.*}}) -> (i16)
// CHECK: memref.load {{.*}} : memref<16xi16>
// CHECK: arith.select {{.*}} : i16
// CHECK: memref.store {{.*}} : memref<16xi16>
// CHECK: scf.yield {{.*}} : i16
func.func @leak(%v: memref<16x!fx.q<8, 8>>) attributes {threshold = #fx.value<0.5> : !fx.q<8, 8>} {
  %low = arith.constant 0 : index
  %high = arith.constant 16 : index
  %step = arith.constant 1 : index
  %zero = fx.constant 0.0 : !fx.q<8, 8>
  %decay = fx.constant 0.75 : !fx.uq<0, 16>
  %threshold = fx.constant 0.5 : !fx.q<8, 8>
  %last = scf.for %i = %low to %high step %step iter_args(%previous = %zero) -> !fx.q<8, 8> {
    %0 = memref.load %v[%i] : memref<16x!fx.q<8, 8>>
    %1 = fx.mul_add %decay, %0, %previous nearest_even : !fx.uq<0, 16>, !fx.q<8, 8>, !fx.q<8, 8> -> !fx.q<8, 8>
    %2 = fx.cmp ge, %1, %threshold : !fx.q<8, 8>
    %3 = arith.select %2, %zero, %1 : !fx.q<8, 8>
    memref.store %3, %v[%i] : memref<16x!fx.q<8, 8>>
    scf.yield %3 : !fx.q<8, 8>
  }
  return
}

// A constant number of places needs no shift by a value.
// CHECK-LABEL: func @halve(
// CHECK-SAME: %[[A:.*]]: i8) -> i8
// CHECK: arith.shrsi
// CHECK-NOT: arith.shli
// CHECK: return
func.func @halve(%a: !fx.q<4, 4>) -> !fx.q<4, 4> {
  %one = arith.constant 1 : i32
  %0 = fx.shr %a, %one nearest_even : !fx.q<4, 4>
  return %0 : !fx.q<4, 4>
}

// CHECK-LABEL: func private @declared(i16) -> tuple<i8, i32>
func.func private @declared(!fx.q<8, 8>) -> tuple<!fx.q<1, 0>, !fx.uq<0, 24>>
