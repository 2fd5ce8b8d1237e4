// RUN: %engram-opt %s --neuro-map-delays | FileCheck %s
// RUN: %engram-opt %s --neuro-map-delays | %engram-opt --neuro-fold-linear | FileCheck %s
// RUN: %engram-opt %s --neuro-map-delays=min-delay=0 | FileCheck %s --check-prefix=ZERO
// The same meaning before and after is tested by running, in MapDelaysTest.cpp.

neuro.model @M {
  %I = input "I"
  fire {
    %zero = arith.constant 0.0 : f64
    %spike = arith.cmpf ogt, %I, %zero : f64
    yield %spike : i1
  }
}

// What a spiking population sends goes through relays that spike, what a source sends through graded ones.
// '@b' need not lag, so its delays are shorter by the lag of '@a'.
// CHECK-LABEL: neuro.model @delay_values
// CHECK:         emit
// CHECK-LABEL: neuro.model @delay_spikes
// CHECK:         fire
// CHECK-LABEL: neuro.network @line dt = 1.0 ms
// CHECK-SAME:    neuro.delay_map = {lags = {a = 1 : i64, b = 0 : i64}, latency = {p = 1 : i64}, long_delays = {ab = {by = "source", cost = 4.000000e+00 : f64, longest = 40 : i64, relays = 2 : i64, source_cost = 4.000000e+00 : f64}, saLate = {by = "source", cost = 2.000000e+00 : f64, longest = 30 : i64, relays = 1 : i64, source_cost = 2.000000e+00 : f64}}, max_delay = 15 : i64, min_delay = 1 : i64, relay_neurons = 6 : i64, relays = 3 : i64, reordered_ports = ["b.I"]}
// CHECK:         source @s [2] is #neuro.external
// CHECK-NEXT:    population @s_delayed_15 [2] of @delay_values {neuro.relay_of = @s, neuro.start = 15 : i64}
// CHECK-NEXT:    population @a [4] of @M {neuro.start = 1 : i64}
// CHECK-NEXT:    population @a_delayed_15 [3] of @delay_spikes {neuro.relay_of = @a, neuro.start = 16 : i64}
// CHECK-NEXT:    population @a_delayed_30 [1] of @delay_spikes {neuro.relay_of = @a, neuro.start = 31 : i64}
// CHECK-NEXT:    population @b [4] of @M{{$}}
// CHECK-NEXT:    projection @sa from @s to @a via #neuro.all_to_all<weight = 1.0> delay 1
// CHECK-NEXT:    projection @saLate from @s_delayed_15 to @a via #neuro.all_to_all<weight = 1.0> delay 15
// CHECK-NEXT:    projection @ab from @a to @b via #neuro.csr<row_starts = dense<[0, 1, 1, 1, 1]> : tensor<5xi64>, targets = dense<0> : tensor<1xi64>, weights = dense<5.000000e-01> : tensor<1xf32>> bias {{.*}} delay 15
// CHECK-NEXT:    projection @ab_delayed_15 from @a_delayed_15 to @b via #neuro.csr<row_starts = dense<[0, 1, 2, 2]> : tensor<4xi64>, targets = dense<[1, 2]> : tensor<2xi64>, weights = dense<[1.500000e+00, 2.500000e+00]> : tensor<2xf32>> delay steps dense<[1, 15]> : tensor<2xi64>
// CHECK-NEXT:    projection @ab_delayed_30 from @a_delayed_30 to @b via #neuro.csr<row_starts = dense<[0, 1]> : tensor<2xi64>, targets = dense<3> : tensor<1xi64>, weights = dense<3.500000e+00> : tensor<1xf32>> delay 10
// CHECK:         projection @s_delayed_15_in from @s to @s_delayed_15 via #neuro.one_to_one<weight = 1.0> delay 15
// CHECK-NEXT:    projection @a_delayed_15_in from @a to @a_delayed_15 via
// CHECK-NEXT:    projection @a_delayed_30_in from @a_delayed_15 to @a_delayed_30 via #neuro.csr<
// ZERO-LABEL: neuro.network @line dt = 1.0 ms
// ZERO-SAME:    latency = {p = 0 : i64}
// ZERO:         projection @sa from @s to @a via #neuro.all_to_all<weight = 1.0>{{$}}
neuro.network @line dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @a [4] of @M
  population @b [4] of @M
  projection @sa from @s to @a via #neuro.all_to_all<weight = 1.0>
  projection @saLate from @s to @a via #neuro.all_to_all<weight = 1.0> delay 29
  projection @ab from @a to @b via #neuro.one_to_one<weight = dense<[0.5, 1.5, 2.5, 3.5]> : tensor<4xf32>> bias dense<1.0> : tensor<4xf64> delay steps dense<[16, 17, 31, 41]> : tensor<4xi32>
  probe @p of @a "spikes"
}

// Of two immediate hops the longer way sets the lag; the order of the sums at '@c' is another one then.
// CHECK-LABEL: neuro.network @braid dt = 1.0 ms
// CHECK-SAME:    reordered_ports = ["c.I"]
// CHECK:         population @c [1] of @M {neuro.start = 3 : i64}
// CHECK:         projection @sc {{.*}} delay 3
// CHECK:         projection @bc {{.*}} delay 1
neuro.network @braid dt = 1.0 ms {
  source @s [1] is #neuro.external
  population @a [1] of @M
  population @b [1] of @M
  source @last [1] is #neuro.external
  population @c [1] of @M
  projection @sa from @s to @a via #neuro.one_to_one<weight = 1.0>
  projection @ab from @a to @b via #neuro.one_to_one<weight = 1.0>
  projection @sc from @last to @c via #neuro.one_to_one<weight = 1.0>
  projection @bc from @b to @c via #neuro.one_to_one<weight = 1.0>
}
