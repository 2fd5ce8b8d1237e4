// RUN: %engram-opt %s --neuro-inline-library="models=%S/Inputs/user-models.mlir" | FileCheck %s
// RUN: %engram-opt %s --neuro-inline-library="models=%S/Inputs/user-models.mlir" --neuro-inline-library | FileCheck %s

// Models come in the order in which populations name them, before what is there; each once.
// CHECK:       module {
// CHECK-NEXT:    neuro.model @LIF method sequential_euler
// CHECK:         %v_threshold = parameter "v_threshold" = 1.0 doc
// CHECK:       neuro.model @Mine
// A user's file comes before the library.
// CHECK:       neuro.model @IF doc "shadows the library's"
// What the module defines stays, and is not brought in again.
// CHECK:       neuro.model @Relay doc "the module's own"
// CHECK-NOT:   neuro.model
// CHECK:       neuro.network @first
// CHECK-NOT:   neuro.model
neuro.model @Relay doc "the module's own" {
  %x = input "x"
  emit {
    yield %x : f64
  }
}
neuro.network @first dt = 1.0 ms {
  population @a [10] of @LIF parameters {tau = 5.0}
  population @b [10] of @Relay
  population @c [10] of @LIF
  population @d [10] of @Mine
}
neuro.network @second dt = 1.0 ms {
  population @a [10] of @IF
  population @b [10] of @Mine
}
