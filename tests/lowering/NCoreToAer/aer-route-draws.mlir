// RUN: engram-opt %s --aer-allocate-keys --aer-route | FileCheck %s
// RUN: sed "s/cores_per_router = 4/&, table_entries = 1/" %s | engram-opt --aer-allocate-keys --aer-route | FileCheck %s --check-prefix=FULL
// RUN: sed "s/cores_per_router = 4/&, table_entries = 1/" %s | engram-opt --aer-allocate-keys --aer-route=overfull | FileCheck %s --check-prefix=FULL
// RUN: engram-opt %s --aer-allocate-keys --aer-route=draws=0 | FileCheck %s --check-prefix=FULL
// RUN: sed "s/fixed_indegree<indegree = 1, /one_to_one</; s/cores_per_router = 4/&, table_entries = 1/" %s > %t.mlir
// RUN: not engram-opt %t.mlir --aer-allocate-keys --aer-route 2>&1 | FileCheck %s --check-prefix=EXACT

// Each neuron of @b has one neuron of @a as its source and a core of its own: a core is on one route only.
// CHECK-NOT: aer.draws
// CHECK: table at [1, 0] {
// CHECK-NEXT: entry
// CHECK-NEXT: entry

// There is room for one entry, so all go to all.
// FULL: aer.routes @routes of @map attributes {aer.draws = 0 : i64
// FULL: table at [0, 0] {
// FULL-NEXT: entry key 0x00000000 mask 0xfffffffc links [0]
// FULL-NEXT: }
// FULL-NEXT: table at [1, 0] {
// FULL-NEXT: entry key 0x00000000 mask 0xfffffffc cores [0, 1, 2, 3]
// FULL-NEXT: }

// What is not random goes where it has to.
// EXACT: error: 'aer.routes' op router (1, 0) needs 4 table entries, limit is 1

module attributes {ncore.target = #ncore.target<name = "row", grid = [2, 1], cores_per_router = 4>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
    fire {
      %z = arith.cmpf ogt, %I, %v : f64
      yield %z : i1
    }
  }
  neuro.network @net dt = 1.0 ms seed = 2 {
    population @a [4] of @M
    population @b [4] of @M
    projection @p from @a to @b via #neuro.fixed_indegree<indegree = 1, weight = 1.0> delay 1
  }
  ncore.mapping @map of @net {
    core @a0 at [0, 0, 0] {
      slice @a [0, 1]
    }
    core @a1 at [0, 0, 1] {
      slice @a [1, 2]
    }
    core @a2 at [0, 0, 2] {
      slice @a [2, 3]
    }
    core @a3 at [0, 0, 3] {
      slice @a [3, 4]
    }
    core @b0 at [1, 0, 0] {
      slice @b [0, 1]
    }
    core @b1 at [1, 0, 1] {
      slice @b [1, 2]
    }
    core @b2 at [1, 0, 2] {
      slice @b [2, 3]
    }
    core @b3 at [1, 0, 3] {
      slice @b [3, 4]
    }
  }
}
