// RUN: %engram-opt %s --split-input-file --neuro-infer-shapes --verify-diagnostics

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{cannot infer the shape of 's': give it one, such as '[10]'}}
  source @s is #neuro.external
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [3] is #neuro.external
  // expected-error @below {{cannot infer the shape of 'p': give it one, such as '[10]'}}
  population @p of @M
  projection @a from @s to @p via #neuro.all_to_all<weight = 1.0>
}

// -----

// What a connector refuses of a shape that was inferred.
neuro.network @n dt = 1.0 ms {
  source @s [3] is #neuro.external
  population @p of @M
  population @q of @M
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0>
  // expected-error @below {{expected the source to have 4 neurons, got 3}}
  projection @b from @p to @q via #neuro.dense<weights = dense<1.0> : tensor<2x4xf64>>
}

// -----

// A shape that two projections see differently is one that does not fit the second.
neuro.network @n dt = 1.0 ms {
  source @s [3] is #neuro.external
  source @t [4] is #neuro.external
  population @p of @M
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0>
  // expected-error @below {{expected the target to have 4 neurons, got 3}}
  projection @b from @t to @p via #neuro.one_to_one<weight = 1.0>
}
