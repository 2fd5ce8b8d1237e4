// RUN: engram-opt %s -xbar-map="projections=all adc-range=cell-step" | FileCheck %s
// RUN: engram-opt %s -xbar-map="projections=fc adc-bits=6 cell-bits=4" | FileCheck %s --check-prefix=NAMED
// RUN: engram-opt %s -xbar-map="projections=none" | FileCheck %s --check-prefix=NONE
// RUN: engram-opt %s -xbar-map="projections=all read-noise=0.05 device=rram-milo" | FileCheck %s --check-prefix=NOISE
// RUN: engram-opt %s -xbar-map="projections=all line=1.0,0.5" | FileCheck %s --check-prefix=LINE

neuro.model @M {
  %v = state "v" = 0.0 : !fx.q<12, 2>
  %I = input "I" : !fx.q<12, 2>
  update {
    assign %v, %I : !fx.q<12, 2>
  }
  fire {
    %one = fx.constant 1.0 : !fx.q<12, 2>
    %z = fx.cmp ge, %v, %one : !fx.q<12, 2>
    yield %z : i1
  }
}
// Weights in steps of 1/4 are 2 and -1: digits 2 and 1 of two bits, 85 codes each. No input makes a current above 170 or
// below -85, so code 1 is none. A code is worth a step: 256 / 256.
// CHECK: projection @p from @a to @b via #xbar.crossbar<
// CHECK-SAME: codes = dense<{{\[\[\[\[}}170], [0]]], {{\[\[\[}}0], [85]]]]> : tensor<2x1x2x1xui8>, bits = 8, shift = 0,
// CHECK-SAME: low = dense<-85> : tensor<1x1xi32>, gain = dense<197379> : tensor<1x1xi32>,
// CHECK-SAME: zero = dense<1> : tensor<1x1xi32>, scale = dense<256> : tensor<1x1xi32>> as !fx.q<1, 2> delay 1
// CHECK-SAME: xbar.mapping = {adc_bits = 8 : i64, adc_range = "cell-step", cell_bits = 2 : i64, compensate = true,
// CHECK-SAME: device = "ideal", least = 0 : i64, seconds = 2.000000e+01 : f64, seed = 0 : i64, shift = 0 : i64,
// CHECK-SAME: slices = 1 : i64, step = 85 : i64, tiles = 1 : i64, weight_error = 0.000000e+00 : f64}

// Zeros that all weights end with are in the shift: 64, -32 and 0 are digits 2, 1 and 0.
// CHECK: projection @fc from @a to @c via #xbar.crossbar<{{.*}}codes = dense<{{\[\[\[\[}}170, 0, 0], [0, 85, 0]]], {{\[\[\[}}0, 0, 170], [0, 0, 0]]]]>
// CHECK-SAME: shift = 5

// Several projections between the same two go together or not at all: '@own' has delays of its own.
// CHECK: projection @own from @b to @c via #neuro.dense
// CHECK: projection @same from @b to @c via #neuro.dense
// What feeds nothing but floats, or is no matrix, stays.
// CHECK: projection @one from @c to @c via #neuro.one_to_one

// NAMED: projection @p from @a to @b via #neuro.dense
// NAMED: projection @fc from @a to @c via #xbar.crossbar<{{.*}}codes = dense<{{\[\[\[\[}}34, 0, 0], [0, 17, 0]]], {{\[\[\[}}0, 0, 34], [0, 0, 0]]]]> : tensor<2x1x2x3xui8>, bits = 6
// NONE-NOT: xbar
// 50 of 225 microsiemens are code 57, steps are (255 - 57) / 3; noise of a twentieth: 4 * 0.05 * 7.5 of the lowest sixteenth.
// NOISE: noise = dense_resource<xbar.noise> : tensor<64x128xi8>, sigma = dense<[2, 5, 8,
// NOISE-SAME: least = 57 : i64
// NOISE-SAME: step = 66 : i64
// Sources 0 and 1 are among the first 64 rows, which lose nothing.
// LINE: codes = dense<{{\[\[\[\[}}170], [0]]], {{\[\[\[}}0], [85]]]]>
neuro.network @net dt = 1.0 ms {
  population @a [2] of @M
  population @b [1] of @M
  population @c [3] of @M
  projection @p from @a to @b via #neuro.dense<weights = dense<[[0.5, -0.25]]> : tensor<1x2xf64>> as !fx.q<1, 2> delay 1
  projection @fc from @a to @c via #neuro.dense<weights = dense<[[16.0, 0.0], [-8.0, 0.0], [0.0, 16.0]]> : tensor<3x2xf64>> as !fx.q<6, 2> delay 1
  projection @own from @b to @c via #neuro.dense<weights = dense<0.25> : tensor<3x1xf64>> as !fx.q<1, 2> delay steps dense<[[1], [2], [3]]> : tensor<3x1xi64>
  projection @same from @b to @c via #neuro.dense<weights = dense<0.25> : tensor<3x1xf64>> as !fx.q<1, 2> delay 1
  projection @one from @c to @c via #neuro.one_to_one<weight = 0.25> as !fx.q<1, 2> delay 1
}
