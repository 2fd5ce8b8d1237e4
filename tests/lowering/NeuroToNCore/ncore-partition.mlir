// RUN: %engram-opt %s -split-input-file -ncore-partition | FileCheck %s
// RUN: %engram-opt %s -split-input-file -ncore-partition=method=metis -o %t
// RUN: %engram-opt %s -split-input-file -ncore-partition=method=first-fit | FileCheck %s --check-prefix=FIRST
// RUN: %engram-opt %s -split-input-file -ncore-partition="mapping=m random=3" | FileCheck %s --check-prefix=RANDOM

// Two chains of three with their neurons interleaved, three neurons a core.
module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 2], neurons = 3>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
    update {
      assign %v, %I : f64
    }
    fire {
      %one = arith.constant 1.0 : f64
      %z = arith.cmpf oge, %v, %one : f64
      yield %z : i1
    }
  }
  neuro.network @chains dt = 1.0 ms {
    source @in [2] is #neuro.external
    population @a [6] of @M
    projection @start from @in to @a via #neuro.csr<row_starts = dense<[0, 1, 2]> : tensor<3xi64>,
        targets = dense<[0, 1]> : tensor<2xi64>, weights = 1.0>
    projection @on from @a to @a via #neuro.csr<row_starts = dense<[0, 1, 2, 3, 4, 4, 4]> : tensor<7xi64>,
        targets = dense<[2, 3, 4, 5]> : tensor<4xi64>, weights = 1.0> delay 1
  }
}

// CHECK-LABEL: ncore.mapping @map of @chains {
// CHECK-NEXT:    host [@in]
// CHECK-NEXT:    core @c0 {
// CHECK-NEXT:      slice @a [0, 1, 2, 3, 4, 5]
// CHECK-NEXT:    }
// CHECK-NEXT:    core @c1 {
// CHECK-NEXT:      slice @a [1, 2, 3, 4, 5, 6]
// CHECK-NEXT:    }
// CHECK-NEXT:  }

// FIRST-LABEL: ncore.mapping @map of @chains {
// FIRST:         slice @a [0, 3]
// FIRST:         slice @a [3, 6]

// RANDOM-LABEL: ncore.mapping @m of @chains {

// -----

// A loud neuron is kept together with its targets, a quiet one is not.
module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 2], neurons = 2>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
    update {
      assign %v, %I : f64
    }
    fire {
      %one = arith.constant 1.0 : f64
      %z = arith.cmpf oge, %v, %one : f64
      yield %z : i1
    }
  }
  neuro.network @loud dt = 1.0 ms {
    population @a [4] of @M {neuro.rates = dense<[1.0, 50.0, 50.0, 1.0]> : tensor<4xf64>}
    projection @ring from @a to @a via #neuro.csr<row_starts = dense<[0, 1, 2, 3, 4]> : tensor<5xi64>,
        targets = dense<[1, 2, 1, 0]> : tensor<4xi64>, weights = 1.0> delay 1
  }
}

// CHECK-LABEL: ncore.mapping @map of @loud {
// CHECK:         slice @a [0, 1, 3, 4]
// CHECK:         slice @a [1, 3]

// -----

// Two populations with different programs do not share a core that holds one; no source, no host.
module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 2], neurons = 100, populations = 1>} {
  neuro.model @M {
    %g = parameter "g" = 1.0
    %v = state "v" = 0.0
    %I = input "I"
    update {
      %w = arith.mulf %g, %I : f64
      assign %v, %w : f64
    }
    fire {
      %one = arith.constant 1.0 : f64
      %z = arith.cmpf oge, %v, %one : f64
      yield %z : i1
    }
  }
  neuro.network @programs dt = 1.0 ms {
    population @a [10] of @M
    population @b [10] of @M parameters {g = 2.0}
    population @c [10] of @M
    projection @ab from @a to @b via #neuro.fixed_probability<probability = 0.5, weight = 1.0> delay 1
    projection @bc from @b to @c via #neuro.one_to_one<weight = 1.0> delay 1
  }
}

// CHECK-LABEL: ncore.mapping @map of @programs {
// CHECK-NOT:     host
// CHECK:         core @c0 {
// CHECK-NEXT:      slice @a [0, 10]
// CHECK-NEXT:      slice @c [0, 10]
// CHECK-NEXT:    }
// CHECK-NEXT:    core @c1 {
// CHECK-NEXT:      slice @b [0, 10]
// CHECK-NEXT:    }
