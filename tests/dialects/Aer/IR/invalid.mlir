// RUN: engram-opt %s -split-input-file -verify-diagnostics

// aer_c1
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    // expected-error@+1 {{is not a part of 'aer.keys'}}
    arith.constant 1 : i32
  }
}

// -----

// aer_c1
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    // expected-error@+1 {{is not a part of 'aer.routes'}}
    arith.constant 1 : i32
  }
}

// -----

// aer_c1
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{is not a part of 'aer.table'}}
      arith.constant 1 : i32
    }
  }
}

// -----

// aer_c2
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    // expected-error@+1 {{expected the key to have no bit outside of the mask 0x000000fc, got 0x00000012}}
    block @in key 0x12 mask 0xfc
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
  }
}

// -----

// aer_c2
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    // expected-error@+1 {{expected a mask of at most 62 bits}}
    block @in key 0x10 mask 0x7ffffffffffffff0
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
  }
}

// -----

// aer_c2
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{expected the key to have no bit outside of the mask 0x000000f0, got 0x00000012}}
      entry key 0x12 mask 0xf0 cores [0]
    }
  }
}

// -----

// aer_c2
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{expected a key of at most 62 bits}}
      entry key -1 mask 0xf0 cores [0]
    }
  }
}

// -----

// aer_c3
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    // expected-error@+1 {{expected a mask of ones above zeros, got 0x000000fa}}
    block @in key 0x10 mask 0xfa
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
  }
}

// -----

// aer_c4
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  // expected-error@+1 {{expected a mapping of this module, got 'other'}}
  aer.keys @keys of @other {
    block @in key 0x10 mask 0xfc
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
  }
}

// -----

// aer_c4
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  // expected-error@+1 {{expected a mapping of this module, got 'other'}}
  aer.routes @routes of @other {
    table at [0, 0] {
      entry key 0x0 mask 0xf0 cores [0]
    }
  }
}

// -----

// aer_c4
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  // expected-error@+1 {{expected a block of keys for 'a' on core 'c1'}}
  aer.keys @keys of @map {
    block @in key 0x10 mask 0xfc
    block @a on @c0 key 0x0 mask 0xf8
  }
}

// -----

// aer_c4
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  // expected-error@+1 {{expected a block of keys for 'in'}}
  aer.keys @keys of @map {
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
  }
}

// -----

// aer_c4
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    block @in key 0x10 mask 0xfc
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
    // expected-error@+1 {{mapping 'map' has no slice of 'a' on core 'c2'}}
    block @a on @c2 key 0x20 mask 0xfc
  }
}

// -----

// aer_c4
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    block @in key 0x10 mask 0xfc
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
    // expected-error@+1 {{mapping 'map' has no source 'a'}}
    block @a key 0x20 mask 0xfc
  }
}

// -----

// aer_c4
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    block @in key 0x10 mask 0xfc
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
    // expected-error@+1 {{is the second one of 'a' on core 'c1'}}
    block @a on @c1 key 0x20 mask 0xfc
  }
}

// -----

// aer_c5
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    block @in key 0x10 mask 0xfc
    // expected-error@+1 {{'a' on core 'c0' needs 5 keys, the block has 4}}
    block @a on @c0 key 0x0 mask 0xfc
    block @a on @c1 key 0x8 mask 0xff
  }
}

// -----

// aer_c6
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    block @in key 0x10 mask 0xfc
    // expected-note@+1 {{which is here}}
    block @a on @c0 key 0x0 mask 0xf8
    // expected-error@+1 {{has keys of another block}}
    block @a on @c1 key 0x4 mask 0xff
  }
}

// -----

// aer_c7
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    // expected-error@+1 {{mask 0x000003fc needs 10 bits, limit is 8}}
    block @in key 0x10 mask 0x3fc
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
  }
}

// -----

// aer_c7
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.keys @keys of @map {
    // expected-error@+1 {{expected a mask of all 8 bits of a key, got 0x0000007c}}
    block @in key 0x10 mask 0x7c
    block @a on @c0 key 0x0 mask 0xf8
    block @a on @c1 key 0x8 mask 0xff
  }
}

// -----

// aer_c7
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{mask 0x00000f00 needs 12 bits, limit is 8}}
      entry key 0x0 mask 0xf00 cores [0]
    }
  }
}

// -----

// aer_c8
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{expected at least one link or core}}
      entry key 0x0 mask 0xf0
    }
  }
}

// -----

// aer_c8
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{expected the cores to ascend, got 0 behind 1}}
      entry key 0x0 mask 0xf0 cores [1, 0]
    }
  }
}

// -----

// aer_c8
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{expected the links to ascend, got 0 behind 0}}
      entry key 0x0 mask 0xf0 links [0, 0]
    }
  }
}

// -----

// aer_c9
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    // expected-note@+1 {{which is here}}
    table at [0, 0] {
    }
    // expected-error@+1 {{is the second one of router (0, 0)}}
    table at [0, 0] {
    }
  }
}

// -----

// aer_c9
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    // expected-error@+1 {{expected a router of target 'two', got (2, 0)}}
    table at [2, 0] {
    }
  }
}

// -----

// aer_c9
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    // expected-error@+1 {{expected a place of the form [x, y], got 3 numbers}}
    table at [0, 0, 1] {
    }
  }
}

// -----

// aer_c9
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    // expected-error@+1 {{expected a place of numbers from 0 to 4194303, got -1}}
    table at [0, -1] {
    }
  }
}

// -----

// aer_c10
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{expected a link of router (0, 0) of target 'two', got 1}}
      entry key 0x0 mask 0xf0 links [1]
    }
  }
}

// -----

// aer_c10
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{expected a link of router (0, 0) of target 'two', got 4}}
      entry key 0x0 mask 0xf0 links [4]
    }
  }
}

// -----

// aer_c10
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [1, 0] {
      // expected-error@+1 {{expected a core that works of router (1, 0) of target 'two', got 1}}
      entry key 0x0 mask 0xf0 cores [1]
    }
  }
}

// -----

// aer_c10
module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2,
    dead_cores = [[1, 0, 1]], key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [5, 6]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      // expected-error@+1 {{expected a core that works of router (0, 0) of target 'two', got 2}}
      entry key 0x0 mask 0xf0 cores [2]
    }
  }
}
