// RUN: engram-opt %s --aer-allocate-keys | FileCheck %s
// RUN: engram-opt %s --aer-allocate-keys="application=5 application-bits=4" | FileCheck %s --check-prefix=APP
// RUN: engram-opt %s --aer-allocate-keys --aer-route --aer-allocate-keys | FileCheck %s --check-prefix=AGAIN

// 88 and 72 neurons need 128 keys each, 200 need 256, 4 need 4. Populations come largest first, so that each starts at
// a multiple of its size; the two slices of @a make one block of 256.
// CHECK-LABEL: aer.keys @keys of @map {
// CHECK-NEXT: block @in key 0x00000000 mask 0xffffff00
// CHECK-NEXT: block @a on @c0 key 0x00000100 mask 0xffffff80
// CHECK-NEXT: block @a on @c1 key 0x00000180 mask 0xffffff80
// CHECK-NEXT: block @b on @c2 key 0x00000200 mask 0xfffffffc

// APP: block @in key 0x50000000 mask 0xffffff00
// APP: block @b on @c2 key 0x50000200 mask 0xfffffffc

// Keys that are there are replaced, and routes with them.
// AGAIN: aer.keys @keys of @map
// AGAIN-NOT: aer.keys
// AGAIN-NOT: aer.routes
module attributes {ncore.target = #ncore.target<name = "row", grid = [3, 1], cores_per_router = 2>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [200] is #neuro.poisson<rate = 20.0>
    population @a [200] of @M {neuro.rates = array<f64: 5.0>}
    population @b [4] of @M
    projection @p from @in to @a via #neuro.one_to_one<weight = 1.0>
    projection @q from @a to @b via #neuro.all_to_all<weight = 1.0> delay 1
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 40, 80, 168]
    }
    core @c1 at [0, 0, 1] {
      slice @a [40, 80, 168, 200]
    }
    core @c2 at [2, 0, 1] {
      slice @b [0, 4]
    }
  }
}
