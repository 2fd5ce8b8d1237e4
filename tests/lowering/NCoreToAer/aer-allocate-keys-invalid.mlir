// RUN: engram-opt %s --aer-allocate-keys -split-input-file -verify-diagnostics
// RUN: not engram-opt %s --aer-allocate-keys="application=4 application-bits=2" -split-input-file 2>&1 | FileCheck %s
// CHECK: application 4 needs 3 bits of the key, limit is 2

module attributes {ncore.target = #ncore.target<name = "row", grid = [3, 1], cores_per_router = 2, key_bits = 9>} {
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
  // expected-error@+1 {{'ncore.mapping' op keys of 4 slices need 10 bits, limit is 9}}
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

// -----

module attributes {ncore.target = #ncore.target<name = "row", grid = [3, 1], cores_per_router = 2, key_bits = 20>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    // expected-error@+1 {{expected a shape; run neuro-infer-shapes}}
    source @in is #neuro.poisson<rate = 20.0>
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
