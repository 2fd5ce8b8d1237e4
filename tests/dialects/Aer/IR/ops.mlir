// RUN: engram-opt %s | FileCheck %s
// RUN: engram-opt %s | engram-opt | FileCheck %s

module attributes {ncore.target = #ncore.target<name = "two", grid = [2, 1], cores_per_router = 2, key_bits = 8>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @in [3] is #neuro.external
    population @a [6] of @M
    projection @p from @in to @a via #neuro.all_to_all<weight = 1.0>
  }
  ncore.mapping @map of @net {
    host [@in] at [0, 0]
    core @c0 at [0, 0, 1] {
      slice @a [0, 2, 4, 5]
    }
    core @c1 at [1, 0, 0] {
      slice @a [2, 4, 5, 6]
    }
  }
  // CHECK-LABEL: aer.keys @keys of @map {
  // CHECK-NEXT: block @in key 0x00000008 mask 0x000000fc
  // CHECK-NEXT: block @a on @c0 key 0x00000000 mask 0x000000fc
  // CHECK-NEXT: block @a on @c1 key 0x00000004 mask 0x000000fc
  aer.keys @keys of @map {
    block @in key 0x8 mask 0xfc
    block @a on @c0 key 0 mask 0xfc
    block @a on @c1 key 4 mask 252
  }
  // CHECK-LABEL: aer.routes @routes of @map default_routes attributes {note = "by hand"} {
  // CHECK-NEXT: table at [0, 0] {
  // CHECK-NEXT: entry key 0x00000008 mask 0x000000fc links [0] cores [1]
  // CHECK-NEXT: entry key 0x00000000 mask 0x000000f8 cores [0, 1]
  // CHECK: table at [1, 0] {
  // CHECK-NEXT: entry key 0x00000008 mask 0x000000fc links [2]
  aer.routes @routes of @map default_routes attributes {note = "by hand"} {
    table at [0, 0] {
      entry key 0x8 mask 0xfc links [0] cores [1]
      entry key 0x0 mask 0xf8 cores [0, 1]
    }
    table at [1, 0] {
      entry key 0x8 mask 0xfc links [2]
    }
  }
}
