// RUN: printf '1\n1\n1\n1\n0\n' > %t.csv
// RUN: engram-opt %s --neuro-calibrate="input=%t.csv count-saturation=true" --verify-diagnostics | FileCheck %s

// v := v + 0.5, at most 1.5 in q<2, 1>: 0.5, 1, 1.5, 1.5 (saturated), 1.5. It is at its end in three steps.
// CHECK: neuro.saturations = {inputs = {I = 0 : i64}, neuron_steps = 5 : i64, states = {v = 3 : i64}}
neuro.model @M {
  %v = state "v" = 0.0 : !fx.q<2, 1>
  %I = input "I" : !fx.q<2, 1>
  update {
    %next = fx.add %v, %I : !fx.q<2, 1>
    assign %v, %next : !fx.q<2, 1>
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [1] is #neuro.external as !fx.uq<1, 0>
  // expected-warning@+1 {{state 'v' of population 'a' saturates in 3 of 5 neuron-steps; more state bits, or calibration with more headroom, would avoid it}}
  population @a [1] of @M
  projection @p from @in to @a via #neuro.one_to_one<weight = 0.5> as !fx.q<1, 1>
}
