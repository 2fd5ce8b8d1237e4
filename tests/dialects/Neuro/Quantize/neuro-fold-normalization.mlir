// RUN: engram-opt %s --neuro-fold-normalization | FileCheck %s

// Powers of two: 2 (v - 0.25) / sqrt(4) + 0.5 > 1 is v > 0.75, and as 0.5 + 2^-53 + 0.5 is rounded to 1, in floating
// point v > 0.75 + 2^-53.
// What nothing else uses is gone; 'theta' still resets.

// CHECK-LABEL: neuro.model @Up
// CHECK-NOT: "gamma"
// CHECK-NOT: "var"
// CHECK: parameter "theta"
// CHECK: %[[T:.*]] = parameter "folded_threshold" mV
// CHECK-NEXT: %[[V:.*]] = state "v" = 0.0 mV
// CHECK: fire {
// CHECK-NEXT: %[[Z:.*]] = arith.cmpf ogt, %[[V]], %[[T]] : f64
// CHECK-NEXT: yield %[[Z]]
neuro.model @Up {
  %gamma = parameter "gamma" = 2.0
  %mean = parameter "mean" = 0.25
  %var = parameter "var" = 4.0 positive
  %theta = parameter "theta" = 1.0
  %v = state "v" = 0.0 mV
  %I = input "I"
  update {
    assign %v, %I : f64
  }
  fire {
    %c = arith.constant 0.5 : f64
    %0 = arith.subf %v, %mean : f64
    %1 = math.sqrt %var : f64
    %2 = arith.divf %gamma, %1 : f64
    %3 = arith.mulf %2, %0 : f64
    %4 = arith.addf %3, %c : f64
    %5 = arith.cmpf ogt, %4, %theta : f64
    yield %5 : i1
  }
  reset {
    %0 = arith.subf %v, %theta : f64
    assign %v, %0 : f64
  }
}

// The threshold stands on the left; all neurons turn the comparison, so it is turned for good:
// 1 <= -v - 0.5 is v <= -1.5. In f32 the bisection is over floats.

// CHECK-LABEL: neuro.model @Down
// CHECK: %[[T:.*]] = parameter "folded_threshold" : f32
// CHECK: arith.cmpf ole, %{{.*}}, %[[T]] : f32
neuro.model @Down {
  %v = state "v" = 0.0 : f32
  %I = input "I" : f32
  update {
    assign %v, %I : f32
  }
  fire {
    %half = arith.constant 0.5 : f32
    %one = arith.constant 1.0 : f32
    %0 = arith.negf %v : f32
    %1 = arith.subf %0, %half : f32
    %2 = arith.cmpf ole, %one, %1 : f32
    yield %2 : i1
  }
}

// Both signs in one model: a factor turns the state. A factor of 0 fires always or never.

// CHECK-LABEL: neuro.model @Both
// CHECK-DAG: %[[T:.*]] = parameter "folded_threshold"
// CHECK-DAG: %[[S:.*]] = parameter "folded_sign"
// CHECK: %[[U:.*]] = arith.mulf %[[S]], %{{.*}} : f64
// CHECK-NEXT: arith.cmpf ogt, %[[U]], %[[T]] : f64
neuro.model @Both {
  %a = parameter "a"
  %b = parameter "b" = 0.0
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
  fire {
    %one = arith.constant 1.0 : f64
    %0 = math.fma %a, %v, %b : f64
    %1 = arith.cmpf ogt, %0, %one : f64
    yield %1 : i1
  }
}

// What is no chain of monotonic operations stays: a square, two states, a state as threshold, a plain
// comparison.

// CHECK-LABEL: neuro.model @Others
// CHECK-NOT: folded
// CHECK: neuro.network
neuro.model @Others {
  %theta = parameter "theta" = 1.0
  %v = state "v" = 0.0
  %w = state "w" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
    assign %w, %v : f64
  }
  fire {
    %0 = arith.mulf %v, %v : f64
    %1 = arith.cmpf ogt, %0, %theta : f64
    %2 = arith.addf %v, %w : f64
    %3 = arith.cmpf ogt, %2, %theta : f64
    %4 = arith.addf %v, %theta : f64
    %5 = arith.cmpf ogt, %4, %w : f64
    %6 = arith.cmpf ogt, %v, %theta : f64
    %7 = arith.cmpf oeq, %4, %theta : f64
    %8 = arith.divf %theta, %v : f64
    %9 = arith.cmpf ogt, %8, %theta : f64
    %10 = arith.andi %1, %3 : i1
    %11 = arith.andi %5, %6 : i1
    %12 = arith.andi %7, %9 : i1
    %13 = arith.andi %10, %11 : i1
    %14 = arith.andi %12, %13 : i1
    yield %14 : i1
  }
}

// CHECK: population @up [2] of @Up parameters {folded_threshold = 0.7500000000000001, theta = 1.0}
// CHECK: population @up_2 [2] of @Up parameters {folded_threshold = dense<[0.75000000000000011, 1.500000e+00]> : tensor<2xf64>}
// CHECK: population @down [2] of @Down parameters {folded_threshold = -1.5}
// CHECK: population @both [4] of @Both parameters {folded_sign = dense<[1.000000e+00, -1.000000e+00, 1.000000e+00, 1.000000e+00]> : tensor<4xf64>, folded_threshold = dense<[5.000000e-01, 2.500000e-01, 1.79{{.*}}E+308, -1.79{{.*}}E+308]> : tensor<4xf64>}
neuro.network @n dt = 1.0 ms {
  population @up [2] of @Up parameters {theta = 1.0, mean = 0.25}
  population @up_2 [2] of @Up parameters {gamma = dense<[2.0, 2.0]> : tensor<2xf64>, mean = dense<[0.25, 1.0]> : tensor<2xf64>}
  population @down [2] of @Down
  population @both [4] of @Both parameters {a = dense<[2.0, -4.0, 0.0, 0.0]> : tensor<4xf64>, b = dense<[0.0, 0.0, 0.0, 2.0]> : tensor<4xf64>}
  population @others [2] of @Others
}
