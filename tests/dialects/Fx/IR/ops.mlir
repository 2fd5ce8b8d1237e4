// Round trips of the type, the constant and every operation.
// RUN: %engram-opt %s > %t.once
// RUN: %engram-opt %t.once | diff %t.once -
// RUN: %engram-opt %s --mlir-print-op-generic | %engram-opt | diff %t.once -
// RUN: %engram-opt %s --emit-bytecode | %engram-opt | diff %t.once -
// RUN: FileCheck %s < %t.once

// CHECK-LABEL: func @types
// CHECK-SAME: !fx.q<8, 8>, {{.*}}!fx.uq<0, 8>, {{.*}}!fx.q<-2, 10>, {{.*}}!fx.q<64, 0>, {{.*}}!fx.uq<-1, 64>
// CHECK-SAME: memref<4x!fx.q<1, 0>>, {{.*}}tensor<2x!fx.q<12, -4>>, {{.*}}vector<8x!fx.uq<1, 0>>
func.func @types(%0: !fx.q<8, 8>, %1: !fx.uq<0, 8>, %2: !fx.q<-2, 10>, %3: !fx.q<64, 0>, %4: !fx.uq<-1, 64>,
                 %5: memref<4x!fx.q<1, 0>>, %6: tensor<2x!fx.q<12, -4>>, %7: vector<8x!fx.uq<1, 0>>) {
  return
}

// CHECK-LABEL: func @constants
// CHECK-SAME: attributes {value = #fx.value<-0.5> : !fx.q<8, 8>}
func.func @constants() attributes {value = #fx.value<-0.5> : !fx.q<8, 8>} {
  // CHECK-NEXT: fx.constant 0.5 : !fx.q<8, 8>
  %0 = fx.constant raw 128 : !fx.q<8, 8>
  // CHECK-NEXT: fx.constant -128.0 : !fx.q<8, 8>
  %1 = fx.constant -1.28e2 : !fx.q<8, 8>
  // CHECK-NEXT: fx.constant 127.99609375 : !fx.q<8, 8>
  %2 = fx.constant 127.99609375 : !fx.q<8, 8>
  // CHECK-NEXT: fx.constant 5.421010862427522{{.*}}e-20 : !fx.uq<-1, 64>
  %3 = fx.constant raw 1 : !fx.uq<-1, 64>
  // CHECK-NEXT: fx.constant raw 9007199254740993 : !fx.q<32, 32>
  %4 = fx.constant raw 9007199254740993 : !fx.q<32, 32>
  // CHECK-NEXT: fx.constant 9007199254740992.0 : !fx.q<64, 0>
  %5 = fx.constant 9007199254740992.0 : !fx.q<64, 0>
  // CHECK-NEXT: fx.constant raw -9223372036854775808 : !fx.q<64, 0>
  %6 = fx.constant -9.223372036854775808e18 : !fx.q<64, 0>
  // CHECK-NEXT: fx.constant 32.0 : !fx.q<12, -4>
  %7 = fx.constant 32.0 : !fx.q<12, -4>
  return
}

// CHECK-LABEL: func @one_format
func.func @one_format(%a: !fx.q<4, 4>, %b: !fx.q<4, 4>, %n: i32, %r: i32) -> i1 {
  // CHECK-NEXT: fx.add %{{.*}}, %{{.*}} : !fx.q<4, 4>
  %0 = fx.add %a, %b : !fx.q<4, 4>
  // CHECK-NEXT: fx.sub %{{.*}}, %{{.*}} : !fx.q<4, 4>
  %1 = fx.sub %0, %b : !fx.q<4, 4>
  // CHECK-NEXT: fx.neg %{{.*}} : !fx.q<4, 4>
  %2 = fx.neg %1 : !fx.q<4, 4>
  // CHECK-NEXT: fx.abs %{{.*}} : !fx.q<4, 4>
  %3 = fx.abs %2 : !fx.q<4, 4>
  // CHECK-NEXT: fx.min %{{.*}}, %{{.*}} : !fx.q<4, 4>
  %4 = fx.min %3, %b : !fx.q<4, 4>
  // CHECK-NEXT: fx.max %{{.*}}, %{{.*}} : !fx.q<4, 4>
  %5 = fx.max %4, %b : !fx.q<4, 4>
  // CHECK-NEXT: fx.shl %{{.*}}, %{{.*}} : !fx.q<4, 4>
  %6 = fx.shl %5, %n : !fx.q<4, 4>
  // CHECK-NEXT: fx.shr %{{.*}}, %{{.*}} toward_zero : !fx.q<4, 4>
  %7 = fx.shr %6, %n toward_zero : !fx.q<4, 4>
  // CHECK-NEXT: fx.shr %{{.*}}, %{{.*}} stochastic(%{{.*}}) : !fx.q<4, 4>
  %8 = fx.shr %7, %n stochastic(%r) : !fx.q<4, 4>
  // CHECK-NEXT: fx.cmp lt, %{{.*}}, %{{.*}} : !fx.q<4, 4>
  %9 = fx.cmp lt, %8, %b : !fx.q<4, 4>
  return %9 : i1
}

// CHECK-LABEL: func @several_formats
func.func @several_formats(%a: !fx.q<4, 4>, %b: !fx.uq<0, 8>, %c: !fx.q<8, 8>, %r: i32) {
  // CHECK-NEXT: fx.mul %{{.*}}, %{{.*}} nearest_even : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<8, 8>
  %0 = fx.mul %a, %b nearest_even : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<8, 8>
  // CHECK-NEXT: fx.mul %{{.*}}, %{{.*}} stochastic(%{{.*}}) : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<8, 8>
  %1 = fx.mul %a, %b stochastic(%r) : !fx.q<4, 4>, !fx.uq<0, 8> -> !fx.q<8, 8>
  // CHECK-NEXT: fx.mul_add %{{.*}}, %{{.*}}, %{{.*}} floor : !fx.q<4, 4>, !fx.uq<0, 8>, !fx.q<8, 8> -> !fx.q<4, 4>
  %2 = fx.mul_add %a, %b, %c floor : !fx.q<4, 4>, !fx.uq<0, 8>, !fx.q<8, 8> -> !fx.q<4, 4>
  // CHECK-NEXT: fx.convert %{{.*}} stochastic(%{{.*}}) : !fx.q<8, 8> -> !fx.uq<4, 4>
  %3 = fx.convert %c stochastic(%r) : !fx.q<8, 8> -> !fx.uq<4, 4>
  // CHECK-NEXT: fx.bitcast %{{.*}} : !fx.q<8, 8> -> i16
  %4 = fx.bitcast %c : !fx.q<8, 8> -> i16
  // CHECK-NEXT: fx.bitcast %{{.*}} : i16 -> !fx.q<16, 0>
  %5 = fx.bitcast %4 : i16 -> !fx.q<16, 0>
  // CHECK-NEXT: fx.to_float %{{.*}} : !fx.q<16, 0> -> f32
  %6 = fx.to_float %5 : !fx.q<16, 0> -> f32
  // CHECK-NEXT: fx.from_float %{{.*}} nearest_even : f32 -> !fx.q<8, 8>
  %7 = fx.from_float %6 nearest_even : f32 -> !fx.q<8, 8>
  return
}

// CHECK-LABEL: func @random
func.func @random(%seed: i64, %stream: i32, %index: i64, %step: i32) -> i32 {
  // CHECK-NEXT: fx.random seed %{{.*}} stream %{{.*}} index %{{.*}} step %{{[a-z0-9]+$}}
  %0 = fx.random seed %seed stream %stream index %index step %step
  // CHECK-NEXT: fx.random seed %{{.*}} stream %{{.*}} index %{{.*}} step %{{.*}} word 3
  %1 = fx.random seed %seed stream %0 index %index step %step word 3
  return %1 : i32
}
