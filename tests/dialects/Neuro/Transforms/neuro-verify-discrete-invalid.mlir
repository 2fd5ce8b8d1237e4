// RUN: %engram-opt %s --split-input-file --neuro-verify-discrete --verify-diagnostics
// The conversion to linalg checks the same by itself.
// RUN: %engram-opt %s --split-input-file --convert-neuro-to-linalg --verify-diagnostics

// neuro_d1: shapes and models are known.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected a shape; run neuro-infer-shapes}}
  source @s is #neuro.external
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected a shape; run neuro-infer-shapes}}
  population @p of @M
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{model 'M' is not in the module; run neuro-inline-library}}
  population @p [1] of @M
}

// -----

// neuro_d2: nothing is continuous.
neuro.model @M {
  %v = state "v"
  dynamics {
    derivative %v, %v : f64
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{model 'M' depends on continuous time; run neuro-discretize}}
  population @p [1] of @M
}

// -----

neuro.model @M {
  %v = state "v"
  emit {
    %0 = time_step : f64
    yield %0 : f64
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{model 'M' depends on continuous time; run neuro-discretize}}
  population @p [1] of @M
}

// -----

// neuro_d3: ports have the type of the network's sums.
neuro.model @M {
  // expected-error @below {{expected a fixed-point type or that of the network's sums, 'f64', got 'f32'; run neuro-convert-precision}}
  %x = input "x" : f32
}
neuro.network @n dt = 1.0 ms {
  population @p [1] of @M
}

// -----

// neuro_d4: delays are steps.
neuro.model @M {
  %x = input "x"
}
neuro.network @n dt = 1.0 ms {
  population @p [1] of @M
  // expected-error @below {{expected the delay in steps; run neuro-discretize}}
  projection @a from @p to @p via #neuro.one_to_one<weight = 1.0> delay 1.0 ms
}

// -----

// neuro_c23: no cycle is without delay. Half a step is one, as it is rounded.
neuro.model @M {
  %x = input "x"
}
// expected-error @below {{cycle without delay: 'p' -> 'q' -> 'p'}}
neuro.network @n dt = 1.0 ms {
  population @p [2] of @M
  population @q [2] of @M
  projection @a from @p to @q via #neuro.one_to_one<weight = 1.0>
  projection @b from @q to @p via #neuro.one_to_one<weight = 1.0> delay steps dense<[1, 0]> : tensor<2xi64>
}

// -----

// neuro_d5: weights are finite, in a composition too.
neuro.model @M {
  %x = input "x"
}
neuro.network @n dt = 1.0 ms {
  population @p [2] of @M
  // expected-error @below {{expected 'weights' to be finite}}
  projection @a from @p to @p via #neuro.compose<maps = [#neuro.one_to_one<weight = 1.0>, #neuro.one_to_one<weight = dense<[1.0, 0x7FF0000000000000]> : tensor<2xf64>>]> delay 1
}

// -----

// neuro_d5: biases are finite.
neuro.model @M {
  %x = input "x"
}
neuro.network @n dt = 1.0 ms {
  population @p [2] of @M
  // expected-error @below {{expected 'bias' to be finite}}
  projection @a from @p to @p via #neuro.one_to_one<weight = 1.0> bias dense<[1.0, 0x7FF8000000000000]> : tensor<2xf64> delay 1
}

// -----

// neuro_d6: every operation is one of the specification's.
neuro.model @M {
  %n = state "n" = 1 : i32
  update {
    // expected-error @below {{unsupported: no meaning is defined for this operation on scalars}}
    %twice = arith.shli %n, %n : i32
    assign %n, %twice : i32
  }
}
neuro.network @n dt = 1.0 ms {
  population @p [1] of @M
}

// -----

// neuro_d7: weights of a fixed-point port have a format.
neuro.model @M {
  %x = input "x" : !fx.q<8,4>
}
neuro.network @n dt = 1.0 ms {
  source @s [1] is #neuro.external as !fx.uq<1,0>
  population @p [1] of @M
  // expected-error @below {{expected a format of the weights ('as'), since port 'x' of 'p' is a fixed-point number}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0>
}

// -----

// neuro_d7: what it gets are fixed-point numbers.
neuro.model @M {
  %x = input "x" : !fx.q<8,4>
}
neuro.network @n dt = 1.0 ms {
  source @s [1] is #neuro.external
  population @p [1] of @M
  // expected-error @below {{expected source 's' to put out fixed-point numbers}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> as !fx.q<2,1>
}

// -----

// neuro_d7: 3 fraction bits of the weights and 2 of the outputs are more than the port's 4.
neuro.model @M {
  %x = input "x" : !fx.q<8,4>
}
neuro.network @n dt = 1.0 ms {
  source @s [1] is #neuro.external as !fx.uq<1,2>
  // expected-error @below {{port 'x' gets sums of 5 fraction bits, its type '!fx.q<8, 4>' has 4}}
  population @p [1] of @M
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> as !fx.q<2,3>
}

// -----

// neuro_d7: 2^31 neurons with a weight of 2^22 - 1 make sums of just under 2^53 steps; one bit more is too much.
neuro.model @M {
  %x = input "x" : !fx.q<24,4>
}
neuro.network @n dt = 1.0 ms {
  source @s [65536, 32768] is #neuro.poisson<rate = 0.000001>
  // expected-error @below {{port 'x' needs sums of 55 bits, limit is 54 for 'f64'}}
  population @p [1] of @M
  projection @a from @s to @p via #neuro.all_to_all<weight = 8388607.0> as !fx.q<24,0>
}

// -----

// neuro_d7: biases are numbers of the port's step.
neuro.model @M {
  %x = input "x" : !fx.q<8,4>
}
neuro.network @n dt = 1.0 ms {
  source @s [1] is #neuro.external as !fx.uq<1,0>
  population @p [1] of @M
  // expected-error @below {{expected 'bias' to be multiples of the step of port 'x', 2^-4, got 0.03125}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> as !fx.q<2,1> bias dense<0.03125> : tensor<1xf64>
}
