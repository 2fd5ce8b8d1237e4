// RUN: %engram-opt %s -ncore-place | FileCheck %s
// RUN: %engram-opt %s -ncore-place="method=linear host=2,0" | FileCheck %s --check-prefix=LINEAR
// RUN: not %engram-opt %s -ncore-place="host=1,0" 2>&1 | FileCheck %s --check-prefix=ABSENT
// RUN: not %engram-opt %s -ncore-place="host=1" 2>&1 | FileCheck %s --check-prefix=PAIR
// RUN: not %engram-opt %s -ncore-place="method=best" 2>&1 | FileCheck %s --check-prefix=METHOD
// RUN: not %engram-opt %s -ncore-place="mapping=other" 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: sed 's/grid = .4, 2., absent = ..1, 0.., dead_cores = ..2, 0, 0../grid = [1, 1]/' %s > %t.mlir
// RUN: not %engram-opt %t.mlir -ncore-place 2>&1 | FileCheck %s --check-prefix=FEW

// @c0 and @c2 talk, @c1 is quiet: they get the two cores of one router.
module attributes {ncore.target = #ncore.target<name = "t", grid = [4, 2], absent = [[1, 0]], dead_cores = [[2, 0, 0]], cores_per_router = 2>} {
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
  neuro.network @net dt = 1.0 ms {
    source @in [1] is #neuro.external
    population @a [3] of @M
    projection @p from @a to @a via #neuro.csr<row_starts = dense<[0, 1, 1, 2]> : tensor<4xi64>,
        targets = dense<[2, 0]> : tensor<2xi64>, weights = 1.0> delay 1
    projection @i from @in to @a via #neuro.csr<row_starts = dense<[0, 1]> : tensor<2xi64>,
        targets = dense<[2]> : tensor<1xi64>, weights = 1.0>
  }
  ncore.mapping @map of @net {
    host [@in]
    core @c0 { slice @a [0, 1] }
    core @c1 { slice @a [1, 2] }
    core @c2 { slice @a [2, 3] }
  }
}

// CHECK:      host [@in] at [0, 0]
// CHECK-DAG:  core @c0 at [0, 0, {{[01]}}]
// CHECK-DAG:  core @c1 at [
// CHECK-DAG:  core @c2 at [0, 0, {{[01]}}]

// LINEAR:      host [@in] at [2, 0]
// LINEAR:      core @c0 at [0, 0, 0]
// LINEAR:      core @c1 at [0, 0, 1]
// LINEAR:      core @c2 at [2, 0, 1]

// ABSENT: expected the target to have the router [1, 0]
// PAIR: expected 'host' to be a column and a row
// METHOD: expected 'method' to be engram, hilbert-force, hilbert or linear, got 'best'
// OTHER: expected a mapping named 'other'
// FEW: the network needs 3 cores, limit is 2
