// RUN: engram-opt %s --aer-allocate-keys --aer-route=merge=none -split-input-file -verify-diagnostics
// RUN: not engram-opt %s --aer-allocate-keys --aer-route=method=best -split-input-file 2>&1 | FileCheck %s --check-prefix=METHOD
// RUN: not engram-opt %s --aer-allocate-keys --aer-route=radius=0 -split-input-file 2>&1 | FileCheck %s --check-prefix=RADIUS
// RUN: not engram-opt %s --aer-allocate-keys --aer-route=rate=-1 -split-input-file 2>&1 | FileCheck %s --check-prefix=RATE
// METHOD: expected option 'method' to be one of auto, dimension, ner, got 'best'
// RADIUS: expected option 'radius' to be 1 to 1024, got 0
// RATE: expected option 'rate' to be 0 or more, got -1

module attributes {ncore.target = #ncore.target<name = "row", grid = [3, 1], cores_per_router = 2, table_entries = 1>} {
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
  // expected-error@+3 {{'aer.routes' op router (0, 0) needs 3 table entries, limit is 1}}
  // expected-note@+2 {{router (1, 0) needs 2 table entries, limit is 1}}
  // expected-note@+1 {{router (2, 0) needs 2 table entries, limit is 1}}
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
    // expected-error@+1 {{expected a place; run ncore-place}}
    core @c1 {
      slice @a [40, 80, 168, 200]
    }
    core @c2 at [2, 0, 1] {
      slice @b [0, 4]
    }
  }
}

// -----

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
  // expected-error@+1 {{expected a place for the host of source 'in'; run ncore-place}}
  ncore.mapping @map of @net {
    host [@in]
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

// expected-error@+1 {{expected the module to have a target, the attribute 'ncore.target'}}
module {
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
