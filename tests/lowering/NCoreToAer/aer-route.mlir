// RUN: engram-opt %s --aer-allocate-keys --aer-route | FileCheck %s
// RUN: engram-opt %s --aer-allocate-keys --aer-route=default-routes=on | FileCheck %s --check-prefix=DEFAULT
// RUN: engram-opt %s --aer-allocate-keys --aer-route=merge=none | FileCheck %s --check-prefix=NONE
// RUN: sed "s/cores_per_router = 2/&, table_entries = 1/" %s | engram-opt --aer-allocate-keys --aer-route="merge=none overfull=true" | FileCheck %s --check-prefix=NONE
// RUN: sed "s/ {neuro.rates = .*}//" %s | engram-opt --aer-allocate-keys --aer-route=rate=7 | FileCheck %s --check-prefix=RATE
// RUN: sed "s/ {neuro.rates = .*}//" %s > %t.mlir
// RUN: printf 'step,time_ms,population,neuron\n0,0,a,3\n3,3,a,190\n3,3,a,3\n' > %t.csv
// RUN: engram-opt %t.mlir --aer-allocate-keys --aer-route=rates=%t.csv | FileCheck %s --check-prefix=RECORDED
// RUN: sed "/fire {/,/}/d" %t.mlir | engram-opt --aer-allocate-keys --aer-route | FileCheck %s --check-prefix=GRADED

// 200 neurons of 20 Hz reach two cores of their own router, 200 of 5 Hz one core that is two hops away: 5,000 packets
// a second, 2 * 1,000 hops, 2 * 4,000 + 1,000 deliveries.
// CHECK-LABEL: aer.routes @routes of @map attributes
// CHECK-SAME: deliveries_per_second = 9.000000e+03 : f64, hops_per_second = 2.000000e+03 : f64
// CHECK-SAME: link_packets_per_second = array<f64: 1.000000e+03, 1.000000e+03>, links = array<i64: 0, 0, 0, 1, 0, 0>
// CHECK-SAME: neurons_of_assumed_rate = 0 : i64, packets_per_second = 5.000000e+03 : f64
// CHECK-SAME: worst_link = array<i64: 0, 0, 0>, worst_link_packets_per_second = 1.000000e+03 : f64
// The slices of @a share a route, and so an entry.
// CHECK-NEXT: table at [0, 0] {
// CHECK-NEXT: entry key 0x00000000 mask 0xffffff00 cores [0, 1]
// CHECK-NEXT: entry key 0x00000100 mask 0xffffff00 links [0]
// CHECK-NEXT: }
// CHECK-NEXT: table at [1, 0] {
// CHECK-NEXT: entry key 0x00000100 mask 0xffffff00 links [0]
// CHECK-NEXT: }
// CHECK-NEXT: table at [2, 0] {
// CHECK-NEXT: entry key 0x00000100 mask 0xffffff00 cores [1]
// CHECK-NEXT: }
// CHECK-NEXT: }

// DEFAULT-LABEL: aer.routes @routes of @map default_routes
// DEFAULT-NEXT: table at [0, 0]
// DEFAULT-NOT: table at [1, 0]
// DEFAULT: table at [2, 0]

// NONE: table at [2, 0] {
// NONE-NEXT: entry key 0x00000100 mask 0xffffff80 cores [1]
// NONE-NEXT: entry key 0x00000180 mask 0xffffff80 cores [1]

// Without a rate @a has the assumed one: 4,000 and 200 * 7 packets a second.
// RATE: assumed_rate = 7.000000e+00 : f64
// RATE-SAME: neurons_of_assumed_rate = 200 : i64, packets_per_second = 5.400000e+03

// 3 spikes in 4 ms are 750 a second, and cross two links.
// RECORDED: hops_per_second = 1.500000e+03
// RECORDED-SAME: neurons_of_assumed_rate = 0 : i64, packets_per_second = 4.750000e+03

// What never fires puts out a number in each step: 200 neurons at 1 kHz.
// GRADED: neurons_of_assumed_rate = 0 : i64, packets_per_second = 2.040000e+05

module attributes {ncore.target = #ncore.target<name = "row", grid = [3, 1], cores_per_router = 2>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %I = input "I"
    fire {
      %z = arith.cmpf ogt, %I, %v : f64
      yield %z : i1
    }
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
