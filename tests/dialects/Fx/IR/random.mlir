// fx.random of constants is Philox4x32-10: the known answers of its authors, from the file kat_vectors of Random123.
// RUN: %engram-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func @zeros
// 6627e8d5 e169c58d bc57ac4c 9b00dbd8
// CHECK-DAG: arith.constant 1713891541 : i32
// CHECK-DAG: arith.constant -513161843 : i32
// CHECK-DAG: arith.constant -1135104948 : i32
// CHECK-DAG: arith.constant -1694442536 : i32
func.func @zeros() -> (i32, i32, i32, i32) {
  %long = arith.constant 0 : i64
  %short = arith.constant 0 : i32
  %0 = fx.random seed %long stream %short index %long step %short
  %1 = fx.random seed %long stream %short index %long step %short word 1
  %2 = fx.random seed %long stream %short index %long step %short word 2
  %3 = fx.random seed %long stream %short index %long step %short word 3
  return %0, %1, %2, %3 : i32, i32, i32, i32
}

// CHECK-LABEL: func @ones
// 408f276d 41c83b0e a20bc7c6 6d5451fd
// CHECK-DAG: arith.constant 1083123565 : i32
// CHECK-DAG: arith.constant 1103641358 : i32
// CHECK-DAG: arith.constant -1576286266 : i32
// CHECK-DAG: arith.constant 1834242557 : i32
func.func @ones() -> (i32, i32, i32, i32) {
  %long = arith.constant -1 : i64
  %short = arith.constant -1 : i32
  %0 = fx.random seed %long stream %short index %long step %short
  %1 = fx.random seed %long stream %short index %long step %short word 1
  %2 = fx.random seed %long stream %short index %long step %short word 2
  %3 = fx.random seed %long stream %short index %long step %short word 3
  return %0, %1, %2, %3 : i32, i32, i32, i32
}

// CHECK-LABEL: func @pi
// Counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0; the first answer is d16cfe09.
// CHECK: arith.constant -781386231 : i32
func.func @pi() -> i32 {
  %seed = arith.constant 0x299f31d0a4093822 : i64
  %stream = arith.constant 0x03707344 : i32
  %index = arith.constant 0x85a308d3243f6a88 : i64
  %step = arith.constant 0x13198a2e : i32
  %0 = fx.random seed %seed stream %stream index %index step %step
  return %0 : i32
}

// CHECK-LABEL: func @first
func.func @first(%seed: i64, %stream: i32, %index: i64, %step: i32) -> i32 {
  %0 = fx.random seed %seed stream %stream index %index step %step
  return %0 : i32
}

// CHECK-LABEL: func @last
func.func @last(%seed: i64, %stream: i32, %index: i64, %step: i32) -> i32 {
  %0 = fx.random seed %seed stream %stream index %index step %step word 3
  return %0 : i32
}
