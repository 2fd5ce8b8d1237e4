// RUN: engram-opt %s --aer-minimize-tables -split-input-file -verify-diagnostics

module attributes {ncore.target = #ncore.target<name = "row", grid = [1, 1], cores_per_router = 3, table_entries = 2>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [4] is #neuro.poisson<rate = 20.0>
    population @a [4] of @M
    projection @p from @in to @a via #neuro.one_to_one<weight = 1.0>
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 4]
    }
  }
  aer.keys @keys of @map {
    block @in key 0x00000000 mask 0xfffffffc
    block @a on @c0 key 0x00000004 mask 0xfffffffc
  }
  // Three ways for three of four keys are three entries.
  // expected-error@+1 {{'aer.routes' op router (0, 0) needs 3 table entries, limit is 2}}
  aer.routes @routes of @map {
    table at [0, 0] {
      entry key 0x00000000 mask 0xffffffff cores [0]
      entry key 0x00000001 mask 0xffffffff cores [1]
      entry key 0x00000002 mask 0xffffffff cores [2]
    }
  }
}

// -----

module attributes {ncore.target = #ncore.target<name = "row", grid = [1, 1], table_entries = 1>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [4] is #neuro.poisson<rate = 20.0>
    population @a [4] of @M
    projection @p from @in to @a via #neuro.one_to_one<weight = 1.0>
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 0] {
      slice @a [0, 4]
    }
  }
  // expected-error@+1 {{'aer.routes' op expected keys of mapping 'map'; run aer-allocate-keys}}
  aer.routes @routes of @map {
    table at [0, 0] {
      entry key 0x00000000 mask 0xfffffffe cores [0]
      entry key 0x00000002 mask 0xfffffffe cores [0]
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
    population @a [4] of @M
  }
  ncore.mapping @map of @net {
    core @c0 at [0, 0, 0] {
      slice @a [0, 4]
    }
  }
  aer.routes @routes of @map {
    table at [0, 0] {
      entry key 0x00000000 mask 0xfffffffe cores [0]
    }
  }
}
