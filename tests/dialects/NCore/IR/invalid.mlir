// Mappings that break the rules ncore_c1 to ncore_c9 of docs/spec-ncore.md.
// RUN: engram-opt %s --split-input-file --verify-diagnostics

// ncore_c1
// expected-error@+1 {{expected 'ncore.target' to be an #ncore.target, got "engram-a1"}}
module attributes {ncore.target = "engram-a1"} {
}

// -----

// ncore_c1
// expected-error@+1 {{expected 'ncore.target' on a module}}
neuro.network @net dt = 1.0 ms attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1]>} {
}

// -----

// ncore_c2
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  // expected-error@+1 {{is not a part of a mapping}}
  arith.constant 1 : i32
}

// -----

// ncore_c2
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  core @c0 {
    // expected-error@+1 {{is not a part of a core}}
    arith.constant 1 : i32
  }
}

// -----

// ncore_c3
// expected-error@+1 {{expected a network of this module, got 'nte'}}
ncore.mapping @map of @nte {
}

// -----

// ncore_c3
neuro.network @net dt = 1.0 ms {
  population @a of @LIF
}
// expected-error@+1 {{expected the shape of population 'a' to be known}}
ncore.mapping @map of @net {
}

// -----

// ncore_c4
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
ncore.mapping @map of @net {
  core @c0 {
    // expected-error@+1 {{expected a population of network 'net', got 'b'}}
    slice @b [0, 10]
  }
}

// -----

// ncore_c4: a source is no population
neuro.network @net dt = 1.0 ms {
  source @in [10] is #neuro.external
}
ncore.mapping @map of @net {
  host [@in]
  core @c0 {
    // expected-error@+1 {{expected a population of network 'net', got 'in'}}
    slice @in [0, 10]
  }
}

// -----

// ncore_c4
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
ncore.mapping @map of @net {
  core @c0 {
    // expected-error@+1 {{expected ranges [first, end, ...], got 3 numbers}}
    slice @a [0, 5, 10]
  }
}

// -----

// ncore_c4
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
ncore.mapping @map of @net {
  core @c0 {
    // expected-error@+1 {{expected ranges [first, end, ...], got 0 numbers}}
    slice @a []
  }
}

// -----

// ncore_c4
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
ncore.mapping @map of @net {
  core @c0 {
    // expected-error@+1 {{expected ranges that ascend with gaps between them, got 5 behind 5}}
    slice @a [0, 5, 5, 10]
  }
}

// -----

// ncore_c4
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
ncore.mapping @map of @net {
  core @c0 {
    // expected-error@+1 {{expected neurons of 0 or more, got -1}}
    slice @a [-1, 10]
  }
}

// -----

// ncore_c4
neuro.network @net dt = 1.0 ms {
  population @a [2, 5] of @LIF
}
ncore.mapping @map of @net {
  core @c0 {
    // expected-error@+1 {{expected neurons less than 10, got 10}}
    slice @a [0, 11]
  }
}

// -----

// ncore_c5
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
ncore.mapping @map of @net {
  core @c0 {
    slice @a [0, 5]
    // expected-error@+1 {{is the second one of population 'a' on core 'c0'}}
    slice @a [5, 10]
  }
}

// -----

// ncore_c6
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
// expected-error@+1 {{neuron 5 of population 'a' is in no slice}}
ncore.mapping @map of @net {
  core @c0 {
    slice @a [0, 5, 7, 10]
  }
  core @c1 {
    slice @a [6, 7]
  }
}

// -----

// ncore_c6
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
// expected-error@+1 {{neuron 9 of population 'a' is in no slice}}
ncore.mapping @map of @net {
  core @c0 {
    slice @a [0, 9]
  }
}

// -----

// ncore_c6
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
// expected-error@+1 {{neuron 0 of population 'a' is in no slice}}
ncore.mapping @map of @net {
}

// -----

// ncore_c6
neuro.network @net dt = 1.0 ms {
  population @a [10] of @LIF
}
ncore.mapping @map of @net {
  core @c0 {
    // expected-note@+1 {{which is here}}
    slice @a [0, 6]
  }
  core @c1 {
    // expected-error@+1 {{neuron 5 of population 'a' is in another slice already}}
    slice @a [5, 10]
  }
}

// -----

// ncore_c7
neuro.network @net dt = 1.0 ms {
  source @in [10] is #neuro.external
}
// expected-error@+1 {{source 'in' has no host}}
ncore.mapping @map of @net {
}

// -----

// ncore_c7
neuro.network @net dt = 1.0 ms {
  source @in [10] is #neuro.external
}
ncore.mapping @map of @net {
  // expected-error@+1 {{expected a source of network 'net', got 'out'}}
  host [@in, @out]
}

// -----

// ncore_c7
neuro.network @net dt = 1.0 ms {
  source @in [10] is #neuro.external
}
ncore.mapping @map of @net {
  host [@in]
  // expected-error@+1 {{source 'in' has a host already}}
  host [@in]
}

// -----

// ncore_c8
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  // expected-error@+1 {{expected a place of the form [x, y, p], got 2 numbers}}
  core @c0 at [0, 0] {
  }
}

// -----

// ncore_c8
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  // expected-error@+1 {{expected a place of the form [x, y], got 3 numbers}}
  host [] at [0, 0, 0]
}

// -----

// ncore_c8
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  // expected-error@+1 {{expected a place of numbers from 0 to 4194303, got -1}}
  core @c0 at [0, -1, 0] {
  }
}

// -----

// ncore_c8: beyond the grid
module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 2], cores_per_router = 3>} {
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  core @c0 at [1, 1, 2] {
  }
  // expected-error@+1 {{expected a core of target 't' that works, got (2, 0, 0)}}
  core @c1 at [2, 0, 0] {
  }
}
}

// -----

// ncore_c8: beyond the cores of a router
module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 2], cores_per_router = 3>} {
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  // expected-error@+1 {{expected a core of target 't' that works, got (0, 0, 3)}}
  core @c0 at [0, 0, 3] {
  }
}
}

// -----

// ncore_c8: dead
module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 2], dead_cores = [[1, 0, 0]]>} {
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  // expected-error@+1 {{expected a core of target 't' that works, got (1, 0, 0)}}
  core @c0 at [1, 0, 0] {
  }
}
}

// -----

// ncore_c8: absent
module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 2], absent = [[1, 0]]>} {
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  // expected-error@+1 {{expected a router of target 't', got (1, 0)}}
  host [] at [1, 0]
}
}

// -----

// ncore_c9
neuro.network @net dt = 1.0 ms {
}
ncore.mapping @map of @net {
  // expected-note@+1 {{which is here}}
  core @c0 at [1, 0, 0] {
  }
  // expected-error@+1 {{is at the place of core 'c0'}}
  core @c1 at [1, 0, 0] {
  }
}
