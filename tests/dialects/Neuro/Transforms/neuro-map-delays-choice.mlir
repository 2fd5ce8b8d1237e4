// RUN: %engram-opt %s "--neuro-map-delays=extension-core-cost=10 extension-neurons=16 extension-stages=2" | FileCheck %s
// RUN: %engram-opt %s --neuro-map-delays | FileCheck %s --check-prefix=PLAIN
// RUN: %engram-opt %s "--neuro-map-delays=relay-neuron-cost=0.25 extension-core-cost=10" | FileCheck %s --check-prefix=CHEAP
// Which way a long delay goes, by cost; that none changes a bit is tested by running, in MapDelaysChoiceTest.cpp.

neuro.model @M {
  %I = input "I"
  fire {
    %zero = arith.constant 0.0 : f64
    %spike = arith.cmpf ogt, %I, %zero : f64
    yield %spike : i1
  }
}

// 4 relays of 12 neurons cost 48; cores hold 2 of them for 10 each: 20; a relay of sums of 3 neurons before 3 more: 12.
// CHECK-LABEL: neuro.network @toFew
// CHECK-SAME:    ab = {by = "target", cost = 1.200000e+01 : f64, extension_cost = 2.000000e+01 : f64, longest = 70 : i64, relays = 4 : i64, source_cost = 4.800000e+01 : f64, target_cost = 1.200000e+01 : f64}
// CHECK-SAME:    relay_neurons = 12 : i64, relays = 4 : i64, reordered_ports = []
// CHECK:         population @a [12] of @M
// CHECK-NEXT:    population @ab_sums [3] of @delay_values{{.*}} {neuro.relay_of = @ab, neuro.start = 15 : i64}
// CHECK-NEXT:    population @ab_sums_delayed_15 [3] of @delay_values{{.*}} {neuro.relay_of = @ab_sums, neuro.start = 30 : i64}
// CHECK-NEXT:    population @ab_sums_delayed_30
// CHECK-NEXT:    population @ab_sums_delayed_45
// CHECK:         projection @ab from @a to @ab_sums via #neuro.all_to_all<weight = 0.5> bias {{.*}} delay 15
// CHECK-NEXT:    projection @ab_sums_out from @ab_sums_delayed_45 to @b port "I" via #neuro.one_to_one<weight = 1.0> delay 10
neuro.network @toFew dt = 1.0 ms {
  population @a [12] of @M
  population @b [3] of @M
  projection @ab from @a to @b port "I" via #neuro.all_to_all<weight = 0.5> bias dense<1.0> : tensor<3xf64> delay 70
}

// Two projections add to the port: sums of floats would be put together otherwise.
// CHECK-LABEL: neuro.network @twoSums
// CHECK-SAME:    ab = {by = "extension", cost = 2.000000e+01 : f64, extension_cost = 2.000000e+01 : f64, longest = 70 : i64, relays = 4 : i64, source_cost = 4.800000e+01 : f64}
// CHECK:         population @a_delayed_15 [12] of @delay_spikes{{.*}} {neuro.extension = @a_delayed_15, neuro.relay_of = @a,
// CHECK-NEXT:    population @a_delayed_30 [12] of @delay_spikes{{.*}} {neuro.extension = @a_delayed_15,
// CHECK-NEXT:    population @a_delayed_45 [12] of @delay_spikes{{.*}} {neuro.extension = @a_delayed_45,
// CHECK-NEXT:    population @a_delayed_60 [12] of @delay_spikes{{.*}} {neuro.extension = @a_delayed_45,
// PLAIN-LABEL: neuro.network @twoSums
// PLAIN-SAME:    ab = {by = "source", cost = 4.800000e+01 : f64
// PLAIN-NOT:     neuro.extension
neuro.network @twoSums dt = 1.0 ms {
  population @a [12] of @M
  population @b [3] of @M
  projection @ab from @a to @b via #neuro.all_to_all<weight = 0.5> delay 70
  projection @bb from @b to @b via #neuro.all_to_all<weight = 0.5> delay 1
}

// The line that '@ac' needs is there, so the sums of '@ab' are delayed from as far as it reaches.
// PLAIN-LABEL: neuro.network @mixed
// PLAIN-SAME:    ab = {by = "target", cost = 1.400000e+01 : f64, longest = 70 : i64, relays = 4 : i64, source_cost = 1.600000e+01 : f64, target_cost = 1.400000e+01 : f64}
// PLAIN-SAME:    ac = {by = "source", cost = 1.400000e+01 : f64, longest = 41 : i64, relays = 2 : i64
// PLAIN:         population @ab_sums [3] of @delay_values{{.*}} {neuro.relay_of = @ab, neuro.start = 45 : i64}
// PLAIN:         projection @ab from @a_delayed_30 to @ab_sums {{.*}} delay 15
// Relays at a quarter of the price are cheaper than cores, which may hold numbers of no graded source.
// CHEAP-LABEL: neuro.network @mixed
// CHEAP-SAME:    ab = {by = "target", cost = 3.500000e+00 : f64, extension_cost = 1.000000e+01 : f64
neuro.network @mixed dt = 1.0 ms {
  population @a [4] of @M
  population @b [3] of @M
  population @c [9] of @M
  projection @ab from @a to @b via #neuro.all_to_all<weight = 0.5> delay 70
  projection @ac from @a to @c via #neuro.all_to_all<weight = 0.5> delay 41
}
