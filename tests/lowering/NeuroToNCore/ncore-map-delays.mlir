// RUN: %engram-opt %s --ncore-map-delays | FileCheck %s
// The limits and costs are the target's: delays of 2 to 9, relays at 3 a neuron, extension cores of 4 neurons and 2 stages.
module attributes {ncore.target = #ncore.target<name = "t", grid = [1, 1], neurons = 4, delay_slots = 10, min_delay = 2,
    relay_neuron_cost = 3, extension_core_cost = 5, extension_stages = 2>} {
  neuro.model @M {
    %I = input "I"
    fire {
      %zero = arith.constant 0.0 : f64
      %spike = arith.cmpf ogt, %I, %zero : f64
      yield %spike : i1
    }
  }
  // 30 = 9 + 9 + 9 + 3: two cores for neurons 0 to 3 and 4, twice for three stages.
  // CHECK-LABEL: neuro.network @n
  // CHECK-SAME:    ab = {by = "extension", cost = 2.000000e+01 : f64, extension_cost = 2.000000e+01 : f64, longest = 30 : i64, relays = 3 : i64, source_cost = 4.500000e+01 : f64, target_cost = 4.500000e+01 : f64}
  // CHECK-SAME:    max_delay = 9 : i64, min_delay = 2 : i64, relay_neurons = 15 : i64
  // CHECK:         population @a_delayed_9 [5] of @delay_spikes {neuro.extension = @a_delayed_9,
  // CHECK-NEXT:    population @a_delayed_18 [5] of @delay_spikes {neuro.extension = @a_delayed_9,
  // CHECK-NEXT:    population @a_delayed_27 [5] of @delay_spikes {neuro.extension = @a_delayed_27,
  // CHECK-NEXT:    population @b [5] of @M{{$}}
  // CHECK-NEXT:    population @c [5] of @M {neuro.start = 2 : i64}
  // CHECK:         projection @bc {{.*}} delay 2
  neuro.network @n dt = 1.0 ms {
    population @a [5] of @M
    population @b [5] of @M
    population @c [5] of @M
    projection @ab from @a to @b via #neuro.one_to_one<weight = 1.0> delay 30
    projection @bc from @b to @c via #neuro.one_to_one<weight = 1.0>
  }
}
