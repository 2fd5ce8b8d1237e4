// Mappings and targets print as they were read, before and after placement.
// RUN: engram-opt %s | FileCheck %s
// RUN: engram-opt %s | engram-opt | FileCheck %s
// RUN: engram-opt %s --mlir-print-op-generic | engram-opt | FileCheck %s

// CHECK: ncore.target = #ncore.target<name = "small", description = "for tests", topology = torus, grid = [3, 2],
// CHECK-SAME: cores_per_router = 2, absent = {{\[\[}}2, 1]], dead_cores = {{\[\[}}0, 0, 1]], dead_links = {{\[\[}}0, 0, 3], [1, 1, 0]],
// CHECK-SAME: neurons = 256, dense_rows = true, weight_bits = [4, 8], min_delay = 0, step_seconds = 0.001, clock_hz = 2.0e+08,
// CHECK-SAME: cycles_per_synapse = 4.0, energy_per_hop = 1.0e-09>
module attributes {ncore.target = #ncore.target<
    grid = [3, 2], name = "small", topology = torus, cores_per_router = 2, absent = [[2, 1]],
    dead_cores = [[0, 0, 1]], dead_links = [[0, 0, 3], [1, 1, 0]], energy_per_hop = 1.0e-9,
    description = "for tests", neurons = 256, min_delay = 0, weight_bits = [4, 8], dense_rows = true,
    step_seconds = 0.001, clock_hz = 200.0e6, cycles_per_synapse = 4>} {

// CHECK: neuro.network @net
neuro.network @net dt = 1.0 ms {
  source @input [4] is #neuro.external
  source @noise [4] is #neuro.external
  population @exc [2, 64] of @LIF
  population @inh [80] of @LIF
}

// CHECK: ncore.mapping @before of @net {
// CHECK-NEXT: host [@input, @noise]
// CHECK-NEXT: core @c0 {
// CHECK-NEXT: slice @exc [0, 128]
// CHECK-NEXT: slice @inh [0, 40, 60, 80]
// CHECK-NEXT: }
// CHECK-NEXT: core @c1 {
// CHECK-NEXT: slice @inh [40, 60]
// CHECK-NEXT: }
// CHECK-NEXT: }
ncore.mapping @before of @net {
  host [@input, @noise]
  core @c0 {
    slice @exc [0, 128]
    slice @inh [0, 40, 60, 80]
  }
  core @c1 {
    slice @inh [40, 60]
  }
}

// CHECK: ncore.mapping @after of @net attributes {seed = 3 : i64} {
// CHECK-NEXT: host [@input] at [0, 0]
// CHECK-NEXT: host [@noise] at [1, 1]
// CHECK-NEXT: core @c0 at [0, 0, 0] {
// CHECK: core @c1 at [2, 0, 1] attributes {note = "a"} {
// CHECK-NEXT: slice @inh [40, 60] {rate = 2.000000e+00 : f64}
ncore.mapping @after of @net attributes {seed = 3} {
  host [@input] at [0, 0]
  host [@noise] at [1, 1]
  core @c0 at [0, 0, 0] {
    slice @exc [0, 128]
    slice @inh [0, 40, 60, 80]
  }
  core @c1 at [2, 0, 1] attributes {note = "a"} {
    slice @inh [40, 60] {rate = 2.0}
  }
}
}
