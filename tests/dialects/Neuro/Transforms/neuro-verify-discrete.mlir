// RUN: %engram-opt %s > %t.before
// RUN: %engram-opt %s --neuro-verify-discrete | diff %t.before -
neuro.model @M {
  %I = input "I"
  %v = state "v"
  update {
    %0 = arith.addf %v, %I : f64
    assign %v, %0 : f64
  }
}
neuro.network @n dt = 1.0 ms {
  population @p [2] of @M
  population @q [2] of @M
  projection @a from @p to @q via #neuro.one_to_one<weight = 1.0>
  projection @b from @q to @p via #neuro.one_to_one<weight = 1.0> delay 1
  projection @c from @q to @p via #neuro.one_to_one<weight = 1.0> delay steps dense<[1, 2]> : tensor<2xi64>
}
