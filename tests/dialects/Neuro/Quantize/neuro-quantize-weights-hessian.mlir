// RUN: engram-opt %s --neuro-quantize-weights="bits=2 step=max" | FileCheck %s --check-prefix=NEAREST
// RUN: engram-opt %s --neuro-quantize-weights="bits=2 step=max rounding=obc" | FileCheck %s
// RUN: engram-opt %s --neuro-quantize-weights="bits=2 step=max rounding=flexround" | FileCheck %s

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}

// The first two inputs are always equal, so only the sum of their weights matters, 0.85: 0 + 1 is nearer than 0 + 0. A
// convolution takes it for each filter, a composition for each map; what it was made of goes.

// CHECK-NOT: neuro.hessian
// NEAREST: @p {{.*}}dense<{{\[}}[0.000000e+00, 0.000000e+00, 1.000000e+00]]>
// NEAREST: @c {{.*}}dense<{{\[}}{{\[}}[0.000000e+00, 0.000000e+00, 1.000000e+00]]]>
// CHECK: @p {{.*}}dense<{{\[}}[{{1.000000e\+00, 0.000000e\+00|0.000000e\+00, 1.000000e\+00}}, 1.000000e+00]]> : tensor<1x3xf64>> as !fx.q<2, 0>
// CHECK: @c {{.*}}dense<{{\[}}{{\[}}[{{1.000000e\+00, 0.000000e\+00|0.000000e\+00, 1.000000e\+00}}, 1.000000e+00]]]>
// CHECK: @d {{.*}}one_to_one<weight = 1.0>, #neuro.dense<weights = dense<{{\[}}[{{1.000000e\+00, 0.000000e\+00|0.000000e\+00, 1.000000e\+00}}, 1.000000e+00]]>
neuro.network @n dt = 1.0 ms {
  source @in [3] is #neuro.external
  source @line [1, 3] is #neuro.external
  population @a [1] of @M
  projection @p from @in to @a via #neuro.dense<weights = dense<[[0.45, 0.4, 1.0]]> : tensor<1x3xf64>> {neuro.hessian = dense<[[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]> : tensor<3x3xf64>}
  projection @c from @line to @a via #neuro.conv<weights = dense<[[[0.45, 0.4, 1.0]]]> : tensor<1x1x3xf64>, stride = [1], padding = [0, 0], dilation = [1], groups = 1> {neuro.hessian = dense<[[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]> : tensor<3x3xf64>}
  projection @d from @in to @a via #neuro.compose<maps = [#neuro.one_to_one<weight = 1.0>, #neuro.dense<weights = dense<[[0.45, 0.4, 1.0]]> : tensor<1x3xf64>>]> {neuro.hessian = [unit, dense<[[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]> : tensor<3x3xf64>]}
}
