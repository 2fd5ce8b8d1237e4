// Each pipeline takes a network as it is written to its level.
// RUN: %engram-opt %s --engram-neuro | FileCheck %s --check-prefix=NEURO
// RUN: %engram-opt %s --engram-discrete | FileCheck %s --check-prefix=DISCRETE
// RUN: %engram-opt %s --engram-discrete="precision=f32 method=rk4" | FileCheck %s --check-prefix=OPTIONS
// RUN: %engram-opt %s --engram-linalg | FileCheck %s --check-prefix=LINALG
// RUN: %engram-opt %s --engram-llvm | FileCheck %s --check-prefix=LLVM
// RUN: not %engram-opt %s --engram-discrete="method=leapfrog" 2>&1 | FileCheck %s --check-prefix=METHOD

// NEURO-LABEL: neuro.model @LIF
// NEURO:         dynamics
// NEURO-LABEL: neuro.network @n
// NEURO:         population @p [2] of @LIF
// NEURO-NOT:     population @r
// NEURO:         projection @a.b from @s to @p via #neuro.one_to_one<weight = 3.0> delay 2.0 ms

// DISCRETE-LABEL: neuro.model @LIF.p
// DISCRETE-NOT:     dynamics
// DISCRETE:         update
// DISCRETE:         delay 2

// OPTIONS:     neuro.model @LIF.p
// OPTIONS:       arith.constant 0.166666672 : f32
// OPTIONS:     neuro.network @n dt = 1.0 ms precision = f32

// LINALG:      module attributes {engram.abi = {n = {arrays = [
// LINALG-NOT:    neuro.
// LINALG:        func.func @n_step
// LINALG:          linalg.generic
// LINALG:        func.func @n_init

// LLVM-NOT:    linalg.
// LLVM-NOT:    unrealized_conversion_cast
// LLVM-DAG:    llvm.func @n_init
// LLVM-DAG:    llvm.func @n_step

// METHOD: error: expected 'method' to be euler, sequential_euler, exponential_euler, exact or rk4, got 'leapfrog'
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @r of @Relay
  population @p of @LIF
  projection @a from @s to @r via #neuro.one_to_one<weight = 1.5>
  projection @b from @r to @p via #neuro.one_to_one<weight = 2.0> delay 2.0 ms
}
