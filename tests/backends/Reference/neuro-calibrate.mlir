// RUN: printf '1\n0\n1\n0.25\n' > %t.csv
// RUN: engram-opt %s --neuro-calibrate="input=%t.csv hessian=true trace=0.5" | FileCheck %s

// By hand. v := v + 2 x is 2, 2, 4 (above 3, and reset), 0.5; the reset overwrites it, so 4 is a result of the update but
// no value of the state. 1 / I is needed where I > 1 only: never at t = 1, where it is infinite. x filtered is 1/2, 1/4,
// 5/8, 7/16; the mean of its squares is (0.25 + 0.0625 + 0.390625 + 0.19140625) / 4.
// CHECK:      source @in [1] is #neuro.external {neuro.ranges = {fraction_bits = 2 : i64, range = array<f64: 0.000000e+00, 1.000000e+00>}}
// CHECK:      population @a [1] of @M {neuro.ranges = {
// CHECK-SAME:   fire = array<f64: 3.000000e+00, 3.000000e+00, 0.000000e+00, 1.000000e+00>
// CHECK-SAME:   inputs = {I = array<f64: 0.000000e+00, 2.000000e+00>}
// CHECK-SAME:   output = array<f64: 0.000000e+00, 1.000000e+00>
// CHECK-SAME:   states = {v = array<f64: 0.000000e+00, 2.000000e+00>, w = array<f64: 0.000000e+00, 5.000000e-01>}
// CHECK-SAME:   update = array<f64: 5.000000e-01, 4.000000e+00, 1.000000e+00, 1.000000e+00, 5.000000e-01, 5.000000e-01, 0.000000e+00, 1.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 5.000000e-01>
// CHECK:      projection @p {{.*}} {neuro.hessian = dense<0.2236328125> : tensor<1x1xf64>}
neuro.model @M {
  %v = state "v" = 0.0
  %w = state "w" = 0.0
  %I = input "I"
  update {
    %next = arith.addf %v, %I : f64
    %one = arith.constant 1.0 : f64
    %inverse = arith.divf %one, %I : f64
    %large = arith.cmpf ogt, %I, %one : f64
    %zero = arith.constant 0.0 : f64
    %chosen = arith.select %large, %inverse, %zero : f64
    assign %v, %next : f64
    assign %w, %chosen : f64
  }
  fire {
    %theta = arith.constant 3.0 : f64
    %z = arith.cmpf ogt, %v, %theta : f64
    yield %z : i1
  }
  reset {
    %rest = arith.constant 0.0 : f64
    assign %v, %rest : f64
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [1] is #neuro.external
  population @a [1] of @M
  projection @p from @in to @a via #neuro.dense<weights = dense<2.0> : tensor<1x1xf64>>
}
