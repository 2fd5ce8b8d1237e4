// RUN: engram-opt %s --aer-allocate-keys --aer-route="merge=none overfull=true" --aer-minimize-tables | FileCheck %s
// RUN: engram-opt %s --aer-allocate-keys --aer-route="merge=none overfull=true" --aer-minimize-tables=prove=false | FileCheck %s
// RUN: engram-opt %s --aer-allocate-keys --aer-route="merge=none overfull=true default-routes=on" --aer-minimize-tables | FileCheck %s --check-prefix=DEFAULT
// RUN: sed "s/table_entries = 3/table_entries = 5/" %s | engram-opt --aer-allocate-keys --aer-route=merge=none --aer-minimize-tables | FileCheck %s --check-prefix=FITS
// RUN: sed "s/table_entries = 3/table_entries = 5/" %s | engram-opt --aer-allocate-keys --aer-route=merge=none --aer-minimize-tables=all | FileCheck %s
// RUN: sed "s/table_entries = 3/table_entries = 2/" %s | engram-opt --aer-allocate-keys --aer-route="merge=none overfull=true" --aer-minimize-tables=overfull=true | FileCheck %s
// RUN: sed "s/, table_entries = 3//" %s | engram-opt --aer-allocate-keys --aer-route=merge=none --aer-minimize-tables | FileCheck %s --check-prefix=FITS
// RUN: engram-opt %s --aer-minimize-tables | FileCheck %s --check-prefix=NO-ROUTES

// The keys of @s0 to @s3 are 0, 4, 8 and 12, that of @far is 16. Of one route, the three entries become one behind the
// entry that it would hide. No key has a bit above 16, so masks are 1 there.
// CHECK-LABEL: aer.routes
// CHECK-NEXT: table at [0, 0] {
// CHECK-NEXT: entry key 0x00000010 mask 0xfffffffc links [0]
// CHECK-NEXT: }
// CHECK-NEXT: table at [1, 0] attributes {aer.entries_before = 5 : i64} {
// CHECK-NEXT: entry key 0x00000004 mask 0xfffffffc cores [1]
// CHECK-NEXT: entry key 0x00000010 mask 0xfffffffc links [0]
// CHECK-NEXT: entry key 0x00000000 mask 0xfffffff0 cores [0]
// CHECK-NEXT: }
// CHECK-NEXT: table at [2, 0] {
// CHECK-NEXT: entry key 0x00000010 mask 0xfffffffc cores [0]

// With default routes @far passes (1, 0) without an entry, and none may catch it.
// DEFAULT: table at [1, 0] attributes {aer.entries_before = 4 : i64} {
// DEFAULT-NEXT: entry key 0x00000004 mask 0xfffffffc cores [1]
// DEFAULT-NEXT: entry key 0x00000000 mask 0xfffffff0 cores [0]
// DEFAULT-NEXT: }

// A table that fits stays as it is.
// FITS: table at [1, 0] {
// FITS-COUNT-5: entry
// FITS-NOT: aer.entries_before

// NO-ROUTES: ncore.mapping @map
// NO-ROUTES-NOT: aer.routes


module attributes {ncore.target = #ncore.target<name = "row", grid = [3, 1], cores_per_router = 2, table_entries = 3>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
  }
  neuro.network @net dt = 1.0 ms {
    source @s0 [4] is #neuro.poisson<rate = 20.0>
    source @s1 [4] is #neuro.poisson<rate = 20.0>
    source @s2 [4] is #neuro.poisson<rate = 20.0>
    source @s3 [4] is #neuro.poisson<rate = 20.0>
    source @far [4] is #neuro.poisson<rate = 20.0>
    population @a [4] of @M
    population @b [4] of @M
    population @c [4] of @M
    projection @p0 from @s0 to @a via #neuro.one_to_one<weight = 1.0>
    projection @p1 from @s1 to @b via #neuro.one_to_one<weight = 1.0>
    projection @p2 from @s2 to @a via #neuro.one_to_one<weight = 1.0>
    projection @p3 from @s3 to @a via #neuro.one_to_one<weight = 1.0>
    projection @pf from @far to @c via #neuro.one_to_one<weight = 1.0>
  }
  ncore.mapping @map of @net {
    host [@far] at [0, 0]
    host [@s0, @s1, @s2, @s3] at [1, 0]
    core @c0 at [1, 0, 0] {
      slice @a [0, 4]
    }
    core @c1 at [1, 0, 1] {
      slice @b [0, 4]
    }
    core @c2 at [2, 0, 0] {
      slice @c [0, 4]
    }
  }
}
