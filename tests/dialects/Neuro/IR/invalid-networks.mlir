// Each rule on networks, broken once. The numbers are those of docs/spec.md.
// RUN: %engram-opt %s --split-input-file --verify-diagnostics

// neuro_c1: dt is a positive, finite time.
// expected-error @below {{expected 'dt' to be in a unit of time, got 'mV'}}
neuro.network @n dt = 1.0 mV {}

// -----

// expected-error @below {{expected 'dt' to be positive, got -1}}
neuro.network @n dt = -1.0 ms {}

// -----

// expected-error @below {{expected 'dt' to be positive, got 0}}
neuro.network @n dt = 0.0 ms {}

// -----

// expected-error @below {{expected 'dt' to be positive}}
neuro.network @n dt = 0x7FF0000000000000 ms {}

// -----

// expected-error @below {{expected a unit, such as 'ms' or "mS/cm^2"}}
neuro.network @n dt = 1.0 parsec {}

// -----

// expected-error @below {{expected a unit, such as 'ms' or "mS/cm^2"}}
neuro.network @n dt = 1.0 {}

// -----

// neuro_c2: precision is f32 or f64.
// expected-error @below {{expected 'precision' to be f32 or f64, got 'f16'}}
neuro.network @n dt = 1.0 ms precision = f16 {}

// -----

// neuro_c3: a network holds sources, populations, projections and probes.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{is not a part of a network}}
  %0 = arith.constant 1.0 : f64
}

// -----

// expected-error @below {{expects parent op 'neuro.network'}}
neuro.source @s [1] is #neuro.external

// -----

// neuro_c4: a source has a kind; values fit its shape.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected the kind external, spike_trains, poisson or current, got 3 : i64}}
  source @s [1] is 3
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'neurons' to be less than 2, got 2}}
  source @s [2] is #neuro.spike_trains<steps = dense<[0, 1]> : tensor<2xi64>, neurons = dense<[0, 2]> : tensor<2xi64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 1 or 3 rates, got 2}}
  source @s [3] is #neuro.poisson<rate = dense<[1.0, 2.0]> : tensor<2xf64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 1 or 3 values, got 2}}
  source @s [3] is #neuro.current<starts = [0], values = dense<[[1.0, 2.0]]> : tensor<1x2xf64>>
}

// -----

// neuro_c5: dimensions are positive, neurons fit 32 bits.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected each dimension of 'shape' to be positive, got 0}}
  population @a [2, 0] of @M
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected at most 2^31 neurons}}
  population @a [65536, 65536] of @M
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected each dimension of 'shape' to be positive, got -1}}
  source @s [-1] is #neuro.external
}

// -----

// neuro_c6: parameters and initial values are the model's, are numbers, and as many as neurons.
neuro.model @M {
  %a = parameter "a" = 1.0 mV
  %b = parameter "b" = 1.0 mV
  %v = state "v" = 0.0 mV
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{model 'M' has no parameter 'c'; it has 'a', 'b'}}
  population @p [2] of @M parameters {c = 1.0}
}

// -----

neuro.model @M {
  %a = parameter "a" = 1.0 mV
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{parameter 'a': cannot convert 'ms' to 'mV'}}
  population @p [2] of @M parameters {a = 1.0 ms}
}

// -----

neuro.model @M {
  %a = parameter "a" = 1.0 mV
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{parameter 'a': expected a number, a quantity, a distribution or an array of numbers}}
  population @p [2] of @M parameters {a = "one"}
}

// -----

neuro.model @M {
  %a = parameter "a" = 1.0 mV
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{parameter 'a': expected 1 or 2 numbers, got 3}}
  population @p [2] of @M parameters {a = dense<[1.0, 2.0, 3.0]> : tensor<3xf64>}
}

// -----

neuro.model @M {
  %a = parameter "a"
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected a value for parameter 'a' of model 'M', which has no default}}
  population @p [2] of @M
}

// -----

neuro.model @M {
  %v = state "v" = 0.0 mV
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{model 'M' has no state 'w'}}
  population @p [2] of @M initial {w = 1.0}
}

// -----

neuro.model @M {
  %v = state "v" = 0.0 mV
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{initial value 'v': cannot convert 'S' to 'mV'}}
  population @p [2] of @M initial {v = 1.0 S}
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{'a' is given twice}}
  population @p [2] of @M parameters {a = 1.0, a = 2.0}
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected a value}}
  population @p [2] of @M parameters {a = }
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected a method (euler, sequential_euler, exponential_euler, exact, rk4), got 'leapfrog'}}
  population @p [2] of @M method leapfrog
}

// -----

// neuro_c7: a positive parameter is positive in each neuron.
neuro.model @M {
  %a = parameter "a" = 1.0 positive
}
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'a' to be positive, got 0}}
  population @p [2] of @M parameters {a = dense<[1.0, 0.0]> : tensor<2xf64>}
}

// -----

// neuro_c8: delays are whole steps, a time, or an array of steps, none of them negative.
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the delay to be in steps or in a unit of time, got 'mV'}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> delay 1.0 mV
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the delay not to be negative, got -1}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> delay -1.0 ms
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the delay to be at most 2^24 steps of 'dt', got 2e+07 ms}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> delay 2.0e7 ms
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the delay to be 0 to 2^24 steps, got -1}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> delay -1
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the delay to be whole steps or a time, got 1.5}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> delay steps 1.5
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected one delay for all synapses of this connector}}
  projection @a from @s to @p via #neuro.all_to_all<weight = 1.0> delay steps dense<1> : tensor<4xi64>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected 4 delays, one a synapse, got 3}}
  projection @a from @s to @p via #neuro.dense<weights = dense<1.0> : tensor<2x2xf64>> delay steps dense<1> : tensor<3xi64>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected 2 delays, one a neuron, got 3}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> delay steps dense<1> : tensor<3xi64>
}

// -----

// neuro_c9: both ends exist.
neuro.network @n dt = 1.0 ms {
  population @p [2] of @M
  // expected-error @below {{source 'nobody' is not in the network}}
  projection @a from @nobody to @p via #neuro.one_to_one<weight = 1.0>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected target 's' to be a population}}
  projection @a from @p to @s via #neuro.one_to_one<weight = 1.0>
}

// -----

neuro.network @n dt = 1.0 ms {
  population @p [2] of @M
  projection @a from @p to @p via #neuro.one_to_one<weight = 1.0> delay 1
  // expected-error @below {{expected source 'a' to be a population or a source}}
  projection @b from @a to @p via #neuro.one_to_one<weight = 1.0>
}

// -----

// neuro_c10: the port is the model's.
neuro.model @M {
  %x = input "x"
  %y = input "y"
}
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{model 'M' has no input 'z'; it has 'x', 'y'}}
  projection @a from @s to @p port "z" via #neuro.one_to_one<weight = 1.0>
}

// -----

neuro.model @M {
  %x = input "x"
  %y = input "y"
}
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected 'port': model 'M' has the inputs 'x', 'y'}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0>
}

// -----

neuro.model @M {}
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected 'port': model 'M' has no inputs}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0>
}

// -----

neuro.model @M {}
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{model 'M' has no input 'x'; it has none}}
  projection @a from @s to @p port "x" via #neuro.one_to_one<weight = 1.0>
}

// -----

// neuro_c11: shapes fit the connector; more of it in connectors-invalid.mlir.
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [3] of @M
  // expected-error @below {{expected the target to have 2 neurons, got 3}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0>
}

// -----

// neuro_c12: a bias has one number a target neuron.
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected 'bias' to have 2 numbers, got 3}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> bias dense<0.5> : tensor<3xf64>
}

// -----

// neuro_c13: a probe names something that exists.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{target 'nobody' is not in the network}}
  probe @v of @nobody "v"
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  // expected-error @below {{expected "spikes" or "output" of a source, got 'v'}}
  probe @v of @s "v"
}

// -----

neuro.model @M {
  %v = state "v"
}
neuro.network @n dt = 1.0 ms {
  population @p [2] of @M
  // expected-error @below {{model 'M' has no state 'w'}}
  probe @w of @p "w"
}

// -----

neuro.network @n dt = 1.0 ms {
  population @p [2] of @M
  // expected-error @below {{expected 'neurons' to be less than 2, got 2}}
  probe @w of @p "spikes" neurons [2]
}

// -----

neuro.network @n dt = 1.0 ms {
  population @p [2] of @M
  // expected-error @below {{failed to satisfy constraint: 64-bit signless integer attribute whose value is positive}}
  probe @w of @p "spikes" every 0
}

// -----

// neuro_c20: listed spikes.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'steps' and 'neurons' to be arrays of integers}}
  source @s [2] is #neuro.spike_trains<steps = dense<[0.0]> : tensor<1xf64>, neurons = dense<[0]> : tensor<1xi64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected as many 'neurons' as 'steps', got 2 and 1}}
  source @s [2] is #neuro.spike_trains<steps = dense<[0]> : tensor<1xi64>, neurons = dense<[0, 1]> : tensor<2xi64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'steps' to ascend from 0 or later}}
  source @s [2] is #neuro.spike_trains<steps = dense<[1, 0]> : tensor<2xi64>, neurons = dense<[0, 1]> : tensor<2xi64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'steps' to ascend from 0 or later}}
  source @s [2] is #neuro.spike_trains<steps = dense<[-1, 0]> : tensor<2xi64>, neurons = dense<[0, 1]> : tensor<2xi64>>
}

// -----

// neuro_c21: rates are finite, not negative.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'rate' to be finite and not negative, got -1}}
  source @s [2] is #neuro.poisson<rate = -1.0>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'rate' to be a number or an array of numbers}}
  source @s [2] is #neuro.poisson<rate = "often">
}

// -----

// neuro_c22: stepwise currents.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'starts' to be ascending steps}}
  source @s [2] is #neuro.current<starts = [3, 1], values = dense<[1.0, 2.0]> : tensor<2xf64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'starts' to be ascending steps}}
  source @s [2] is #neuro.current<starts = [-1], values = 1.0>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected a row of 'values' for each of the 2 'starts', got 3}}
  source @s [2] is #neuro.current<starts = [1, 3], values = dense<[1.0, 2.0, 3.0]> : tensor<3xf64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'values' to be numbers}}
  source @s [2] is #neuro.current<starts = [1], values = "much">
}

// -----

// neuro_c25: at most 700 spikes a step are drawn.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'rate' to be at most 700 spikes a step, got 1000}}
  source @s [2] is #neuro.poisson<rate = 1.0e6>
}

// -----

// neuro_c24: arrays have the bytes that their type asks for.
neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{resource '__elided__' does not hold the data of a 'tensor<2x2xf64>': it is elided, missing or of another size}}
  projection @a from @s to @p via #neuro.dense<weights = dense_resource<__elided__> : tensor<2x2xf64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{resource 'short' does not hold the data of a 'tensor<2xf64>'}}
  population @p [2] of @M parameters {a = dense_resource<short> : tensor<2xf64>}
}
{-#
  dialect_resources: { builtin: { short: "0x08000000000000000000F03F" } }
#-}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{resource 'missing' does not hold the data of a 'tensor<1xf64>'}}
  source @s [1] is #neuro.poisson<rate = dense_resource<missing> : tensor<1xf64>>
}

// -----

// neuro_c28: a start is a step.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'neuro.start' to be a step from 0 to 2^30, got -1 : i64}}
  population @p [2] of @M {neuro.start = -1 : i64}
}

// -----

neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected 'neuro.start' to be a step from 0 to 2^30, got 1.000000e+00 : f64}}
  population @p [2] of @M {neuro.start = 1.0}
}

// -----

// What an attribute could not see while the file was being read: offsets that lead outside.
neuro.network @n dt = 1.0 ms {
  source @s [1] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected 'row_starts' to ascend from 0 to the number of targets, 1}}
  projection @a from @s to @p via #neuro.csr<row_starts = dense_resource<far> : tensor<2xi64>, targets = dense<[0]> : tensor<1xi64>, weights = 1.0>
}
{-#
  dialect_resources: { builtin: { far: "0x080000000000000000000000FF00000000000000" } }
#-}

// -----

// neuro_c29: formats are fixed-point types that a double holds.
neuro.network @n dt = 1.0 ms {
  // expected-error @below {{expected the format to be a fixed-point type of at most 53 bits, got 'f32'}}
  source @s [1] is #neuro.external as f32
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [1] is #neuro.external
  population @p [1] of @M
  // expected-error @below {{expected the format to be a fixed-point type of at most 53 bits, got '!fx.q<32, 22>'}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 1.0> as !fx.q<32,22>
}

// -----

// neuro_c30: weights are numbers of the format; neither a finer step nor a greater number is.
neuro.network @n dt = 1.0 ms {
  source @s [1] is #neuro.external
  population @p [1] of @M
  // expected-error @below {{expected weights of the format '!fx.q<2, 2>', got 0.125}}
  projection @a from @s to @p via #neuro.one_to_one<weight = 0.125> as !fx.q<2,2>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2] is #neuro.external
  population @p [1] of @M
  // expected-error @below {{expected weights of the format '!fx.q<2, 2>', got 2}}
  projection @a from @s to @p via #neuro.dense<weights = dense<[[1.75, 2.0]]> : tensor<1x2xf64>> as !fx.q<2,2>
}

// -----

// Those of a composition as well, and the factor of a mean.
neuro.network @n dt = 1.0 ms {
  source @s [1, 2, 2] is #neuro.external
  population @p [1, 1, 1] of @M
  // expected-error @below {{expected weights of the format '!fx.q<3, 1>', got 0.25}}
  projection @a from @s to @p via #neuro.compose<maps = [#neuro.pool<kind = mean, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>, #neuro.one_to_one<weight = 2.0>]> as !fx.q<3,1>
}
