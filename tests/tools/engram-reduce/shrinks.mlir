// What the fault does not need goes away; what is left still reads.
// RUN: %engram-reduce %s --reduction-tree='traversal-mode=0 test=%S/Inputs/has-dense.sh' -o %t.mlir
// RUN: %engram-opt %t.mlir | FileCheck %s

// CHECK-NOT: neuro.model
// CHECK-NOT: @innocent
// CHECK:     neuro.network @n
// CHECK:       projection @c
// CHECK-NOT:   projection
// CHECK-NOT:   probe
// CHECK-NOT: neuro.model
neuro.model @Unused {
  %v = state "v"
}
neuro.model @Unused2 {
  %v = state "v"
}
neuro.network @innocent dt = 1.0 ms {
  population @p [2] of @Unused
}
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @LIF
  projection @c from @s to @p via #neuro.dense<weights = dense<1.0> : tensor<2x2xf64>>
  population @q [2] of @LIF
  projection @a from @s to @q via #neuro.one_to_one<weight = 1.0>
  projection @b from @p to @q via #neuro.one_to_one<weight = 1.0>
  probe @v of @p "spikes"
  probe @w of @q "spikes"
}
