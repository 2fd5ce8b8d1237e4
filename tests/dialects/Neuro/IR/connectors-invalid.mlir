// neuro_c11 and what connectors demand of their own parts, broken once each.
// RUN: %engram-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{expected 'weight' to be one number, got dense}}
#a = #neuro.all_to_all<weight = dense<1.0> : tensor<2xf64>>

// -----

// expected-error @+2 {{expected 'true' or 'false'}}
// expected-error @below {{failed to parse Neuro_AllToAllAttr parameter 'allow_self'}}
#a = #neuro.all_to_all<weight = 1.0, allow_self = maybe>

// -----

// expected-error @below {{expected 'weight' to be a number or an array of numbers, got "big"}}
#a = #neuro.one_to_one<weight = "big">

// -----

// expected-error @below {{expected 'weights' to be an array of numbers, got 1.0}}
#a = #neuro.dense<weights = 1.0>

// -----

// An array that no memory holds is none.
// expected-error @below {{expected 'weights' to be an array of numbers, got dense}}
#a = #neuro.dense<weights = dense<0.1> : tensor<1000000x1000000xf64>>

// -----

// expected-error @below {{expected 'weights' to have 2 dimensions, got 'tensor<2xf64>'}}
#a = #neuro.dense<weights = dense<1.0> : tensor<2xf64>>

// -----

// expected-error @below {{expected 'row_starts' to be integers}}
#a = #neuro.csr<row_starts = dense<[0.0, 1.0]> : tensor<2xf64>, targets = dense<[0]> : tensor<1xi64>, weights = 1.0>

// -----

// expected-error @below {{expected 'targets' to have 1 dimensions, got 'tensor<1x1xi64>'}}
#a = #neuro.csr<row_starts = dense<[0, 1]> : tensor<2xi64>, targets = dense<[[0]]> : tensor<1x1xi64>, weights = 1.0>

// -----

// expected-error @below {{expected 'weights' to be a number or an array of numbers}}
#a = #neuro.csr<row_starts = dense<[0, 1]> : tensor<2xi64>, targets = dense<[0]> : tensor<1xi64>, weights = "w">

// -----

// expected-error @below {{expected 'row_starts' to ascend from 0 to the number of targets, 1}}
#a = #neuro.csr<row_starts = dense<[0, 2]> : tensor<2xi64>, targets = dense<[0]> : tensor<1xi64>, weights = 1.0>

// -----

// expected-error @below {{expected 1 or 2 weights, got 3}}
#a = #neuro.csr<row_starts = dense<[0, 2]> : tensor<2xi64>, targets = dense<[0, 1]> : tensor<2xi64>, weights = dense<1.0> : tensor<3xf64>>

// -----

// expected-error @below {{expected 'probability' to be in 0 to 1, got 1.5}}
#a = #neuro.fixed_probability<probability = 1.5, weight = 1.0>

// -----

// expected-error @below {{expected 'probability' to be in 0 to 1}}
#a = #neuro.fixed_probability<probability = 0x7FF8000000000000, weight = 1.0>

// -----

// expected-error @below {{expected 'indegree' to be 0 to 2^31, got -1}}
#a = #neuro.fixed_indegree<indegree = -1, weight = 1.0>

// -----

// expected-error @below {{expected 'indegree' to be 0 to 2^31, got 4611686018427387904}}
#a = #neuro.fixed_indegree<indegree = 4611686018427387904, weight = 1.0>

// -----

// expected-error @below {{expected 'weights' to have 3 or 4 dimensions, got 'tensor<1x1xf64>'}}
#a = #neuro.conv<weights = dense<1.0> : tensor<1x1xf64>, stride = [1], padding = [0, 0], dilation = [1], groups = 1>

// -----

// expected-error @below {{expected 2 numbers in 'stride' and 'dilation' and 4 in 'padding'}}
#a = #neuro.conv<weights = dense<1.0> : tensor<1x1x2x2xf64>, stride = [1], padding = [0, 0], dilation = [1], groups = 1>

// -----

// expected-error @below {{expected 'stride' to be 1 to 2^31, got 0}}
#a = #neuro.conv<weights = dense<1.0> : tensor<1x1x2xf64>, stride = [0], padding = [0, 0], dilation = [1], groups = 1>

// -----

// expected-error @below {{expected 'padding' to be 0 to 2^31, got 9223372036854775807}}
#a = #neuro.conv<weights = dense<1.0> : tensor<1x1x2xf64>, stride = [1], padding = [0, 9223372036854775807], dilation = [1], groups = 1>

// -----

// expected-error @below {{expected 'groups' to divide the 3 output channels, got 2}}
#a = #neuro.conv<weights = dense<1.0> : tensor<3x1x2xf64>, stride = [1], padding = [0, 0], dilation = [1], groups = 2>

// -----

// expected-error @below {{expected 'kernel' to be two positive numbers}}
#a = #neuro.pool<kind = sum, kernel = [2], stride = [1, 1], padding = [0, 0, 0, 0]>

// -----

// expected-error @below {{expected at least one map}}
#a = #neuro.compose<maps = []>

// -----

// expected-error @below {{expected a map that fixes the shape of its result (one_to_one, dense, conv, pool), got #neuro.all_to_all}}
#a = #neuro.compose<maps = [#neuro.all_to_all<weight = 1.0>]>

// -----

// Shapes on both sides.
neuro.network @n dt = 1.0 ms {
  source @s [3] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the source to have 2 neurons, as 'weight' has, got 3}}
  projection @a from @s to @p via #neuro.one_to_one<weight = dense<1.0> : tensor<2xf64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [3] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the source to have 4 neurons, got 3}}
  projection @a from @s to @p via #neuro.dense<weights = dense<1.0> : tensor<2x4xf64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [3] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the target to have shape [4], got [2]}}
  projection @a from @s to @p via #neuro.dense<weights = dense<1.0> : tensor<4x3xf64>>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [3] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the source to have 1 neurons, got 3}}
  projection @a from @s to @p via #neuro.csr<row_starts = dense<[0, 1]> : tensor<2xi64>, targets = dense<[0]> : tensor<1xi64>, weights = 1.0>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [1] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the entries of 'targets' to be less than 2, got 2}}
  projection @a from @s to @p via #neuro.csr<row_starts = dense<[0, 1]> : tensor<2xi64>, targets = dense<[2]> : tensor<1xi64>, weights = 1.0>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [4] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the source to have 2 dimensions (channels first), got [4]}}
  projection @a from @s to @p via #neuro.conv<weights = dense<1.0> : tensor<1x1x2xf64>, stride = [1], padding = [0, 0], dilation = [1], groups = 1>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [2, 4] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the source to have 1 channels, got 2}}
  projection @a from @s to @p via #neuro.conv<weights = dense<1.0> : tensor<1x1x2xf64>, stride = [1], padding = [0, 0], dilation = [1], groups = 1>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [1, 1] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the kernel to fit into the source [1, 1]}}
  projection @a from @s to @p via #neuro.conv<weights = dense<1.0> : tensor<1x1x2xf64>, stride = [1], padding = [0, 0], dilation = [1], groups = 1>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [4] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the source to have 3 dimensions (channels first), got [4]}}
  projection @a from @s to @p via #neuro.pool<kind = mean, kernel = [2, 2], stride = [1, 1], padding = [0, 0, 0, 0]>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [1, 1, 4] is #neuro.external
  population @p [2] of @M
  // expected-error @below {{expected the window to fit into the source [1, 1, 4]}}
  projection @a from @s to @p via #neuro.pool<kind = mean, kernel = [2, 2], stride = [1, 1], padding = [0, 0, 0, 0]>
}

// -----

neuro.network @n dt = 1.0 ms {
  source @s [1, 4, 4] is #neuro.external
  population @p [2, 2] of @M
  // expected-error @below {{expected the target to have shape [4], got [2, 3]}}
  projection @a from @s to @q via #neuro.compose<maps = [#neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>, #neuro.dense<weights = dense<1.0> : tensor<4x4xf64>>]>
  population @q [2, 3] of @M
}

// -----

// The bits of a float without its type would be read as a large integer.
// expected-error @+2 {{expected a number below 2^53; write ': f64' behind the bits of a float}}
// expected-error @below {{failed to parse Neuro_OneToOneAttr parameter 'weight'}}
#a = #neuro.one_to_one<weight = 0x7FF8000000000000>
