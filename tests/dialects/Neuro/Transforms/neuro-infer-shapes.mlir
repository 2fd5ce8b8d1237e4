// RUN: %engram-opt %s --neuro-infer-shapes | FileCheck %s

// Forwards by what a connector produces, backwards by what it takes, then from arrays of values; what is given stays.
// CHECK:      source @in [2, 34, 34] is
// CHECK:      source @flat [12] is
// CHECK:      source @rows [3] is
// CHECK:      source @scaled [2, 2] is
// CHECK:      source @chain [4] is
// CHECK:      population @conv [16, 16, 16] of
// CHECK:      population @pool [16, 8, 8] of
// CHECK:      population @copy [16, 8, 8] of
// CHECK:      population @dense [5] of
// CHECK:      population @sparse [7] of
// CHECK:      population @two [2, 2] of
// CHECK:      population @values [2, 3] of
// CHECK:      population @starts [4] of
// CHECK:      population @line [3, 7] of
// CHECK:      population @composed [3] of
neuro.network @n dt = 1.0 ms {
  source @in [2, 34, 34] is #neuro.external
  source @flat is #neuro.external
  source @rows is #neuro.external
  source @scaled is #neuro.external
  source @chain is #neuro.external
  population @conv of @M
  population @pool of @M
  population @copy of @M
  population @dense of @M
  population @sparse [7] of @M
  population @two of @M
  population @values of @M parameters {tau = dense<1.0> : tensor<2x3xf64>}
  population @starts of @M initial {v = dense<1.0> : tensor<4xf64>}
  population @line [3, 7] of @M
  population @composed of @M
  // A projection that can say something only in the second round comes first.
  projection @c from @pool to @copy via #neuro.one_to_one<weight = 2.0>
  projection @b from @conv to @pool via #neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
  projection @a from @in to @conv via #neuro.conv<weights = dense<0.5> : tensor<16x2x5x5xf32>, stride = [2, 2], padding = [1, 1, 1, 1], dilation = [1, 1], groups = 1>
  projection @d from @flat to @dense via #neuro.dense<weights = dense<0.5> : tensor<5x12xf32>>
  projection @e from @rows to @sparse via #neuro.csr<row_starts = dense<[0, 1, 1, 2]> : tensor<4xi64>, targets = dense<[0, 6]> : tensor<2xi64>, weights = 1.0>
  projection @f from @scaled to @two via #neuro.one_to_one<weight = dense<1.0> : tensor<2x2xf64>>
  projection @h from @chain to @composed via #neuro.compose<maps = [#neuro.one_to_one<weight = dense<1.0> : tensor<4xf64>>, #neuro.dense<weights = dense<1.0> : tensor<3x4xf64>>]>
}
