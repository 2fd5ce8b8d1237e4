// RUN: engram-opt %s --neuro-quantize-weights=bits=4 --split-input-file | FileCheck %s
// RUN: engram-opt %s --neuro-quantize-weights="bits=4 granularity=channel" --split-input-file | FileCheck %s --check-prefix=CHANNEL
// RUN: engram-opt %s --neuro-quantize-weights="bits=2 codebook=8" --split-input-file | FileCheck %s --check-prefix=CODEBOOK
// RUN: engram-opt %s --neuro-quantize-weights="bits=4 step=max" --split-input-file | FileCheck %s --check-prefix=MAX
// RUN: engram-opt %s --neuro-quantize-weights="bits=4 sparsity=0.5" --split-input-file | FileCheck %s --check-prefix=SPARSE

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
  emit {
    yield %v : f64
  }
}

// A matrix in f32: 0.3 and -0.52 in eighths are 2.4 and -4.16; the step that clips nothing (0.875 = 7/8) is the best one.
// With a step for each row the first two have sixteenths: 4.8 and -8.32 (clipped), 4.32 and 1.6.
// What was rounded before is left alone, as is the bias. Of the best four values for the six weights, in 128ths, one is
// the mean of -0.52 and -0.875, one that of 0.27 and 0.3.

// CHECK-LABEL: network @dense
// CHECK: @p from @in to @a via #neuro.dense<weights = dense<{{\[}}[2.500000e-01, -5.000000e-01], [2.500000e-01, 1.250000e-01], [8.750000e-01, -8.750000e-01]]> : tensor<3x2xf32>> as !fx.q<1, 3> bias
// CHECK-SAME: neuro.weight_error = {bits = 4 : i64, clipped = 0 : i64, count = 6 : i64, mean_error = 0.01{{.*}}, method = "nearest"
// CHECK-SAME: range = [-8.750000e-01, 8.750000e-01]
// CHECK-SAME: step = 1.250000e-01
// CHECK-SAME: zeroed = 0
// CHECK: @done from @in to @in2 via #neuro.one_to_one<weight = 0.75> as !fx.q<2, 2>{{$}}
// CHANNEL-LABEL: network @dense
// CHANNEL: dense<{{\[}}[3.125000e-01, -5.000000e-01], [2.500000e-01, 1.250000e-01], [8.750000e-01, -8.750000e-01]]> : tensor<3x2xf32>> as !fx.q<1, 4> bias
// CHANNEL-SAME: channel_fractions = array<i64: 4, 4, 3>
// Factors and single weights are not pruned.
// SPARSE-LABEL: network @dense
// SPARSE: dense<{{\[}}[0.000000e+00, -5.000000e-01], [0.000000e+00, 0.000000e+00], [8.750000e-01, -8.750000e-01]]>
// SPARSE-SAME: pruned = 3
// SPARSE: all_to_all<weight = 1.5>
// CODEBOOK-LABEL: network @dense
// CODEBOOK: as !fx.q<1, 7> bias
// CODEBOOK-SAME: codebook = array<f64: -0.6953125, 0.1015625, 2.812500e-01, 8.750000e-01>
neuro.network @dense dt = 1.0 ms {
  source @in [2] is #neuro.external
  population @in2 [2] of @M
  population @a [3] of @M
  projection @p from @in to @a via #neuro.dense<weights = dense<[[0.3, -0.52], [0.27, 0.1], [0.875, -0.875]]> : tensor<3x2xf32>> bias dense<0.1> : tensor<3xf64>
  projection @done from @in to @in2 via #neuro.one_to_one<weight = 0.75> as !fx.q<2, 2>
}

// -----

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}

// One weight for all, one a neuron, integers, lists; 1.62 is 6.48 quarters, and 0.9 = 7.2 eighths.

// CHECK-LABEL: network @connectors
// CHECK: @all from @a to @a via #neuro.all_to_all<weight = 1.5> as !fx.q<2, 2>
// CHECK: @probability from @a to @a via #neuro.fixed_probability<probability = 0.5, weight = -1.0> as !fx.q<1, 3>
// CHECK: @integers from @a to @a via #neuro.one_to_one<weight = dense<[0.000000e+00, 4.000000e+00, 6.000000e+00]> : tensor<3xf64>> as !fx.q<4, 0>
// CHECK: @list from @a to @a via #neuro.csr<{{.*}}weights = dense<[5.000000e-01, -2.500000e-01, 1.250000e-01]> : tensor<3xf64>> as !fx.q<1, 3>
// CHECK: @zeros from @a to @a via #neuro.one_to_one<weight = 0.0> as !fx.q<1, 0>
neuro.network @connectors dt = 1.0 ms {
  population @a [3] of @M
  projection @all from @a to @a via #neuro.all_to_all<weight = 1.62> delay 1
  projection @probability from @a to @a via #neuro.fixed_probability<probability = 0.5, weight = -1.0> delay 1
  projection @integers from @a to @a via #neuro.one_to_one<weight = dense<[0, 4, 6]> : tensor<3xi32>> delay 1
  projection @list from @a to @a via #neuro.csr<row_starts = dense<[0, 2, 3, 3]> : tensor<4xi64>, targets = dense<[0, 1, 0]> : tensor<3xi64>, weights = dense<[0.5, -0.25, 0.1]> : tensor<3xf64>> delay 1
  projection @zeros from @a to @a via #neuro.one_to_one<weight = 0.0> delay 1
}

// -----

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}

// Means: a factor of 1/9 goes into the map behind, or in front; 3/9 is 5.33 sixteenths. Alone, 1/4 is
// exact, and 1/9 becomes 7/64 in a convolution of each channel. Two maps of a composition have a step
// each, and the format holds both.

// CHECK-LABEL: network @means
// CHECK: @behind {{.*}}maps = [#neuro.pool<kind = sum, kernel = [3, 3], stride = [3, 3], padding = [0, 0, 0, 0]>, #neuro.one_to_one<weight = 0.3125>]> as !fx.q<0, 4>
// CHECK: @before {{.*}}maps = [#neuro.one_to_one<weight = 0.3125>, #neuro.pool<kind = sum, {{.*}}>]> as !fx.q<0, 4>
// CHECK: @alone {{.*}} via #neuro.conv<weights = {{.*}} : tensor<2x1x3x3xf64>, stride = [3, 3], padding = [0, 0, 0, 0], dilation = [1, 1], groups = 2> as !fx.q<-2, 6>
// CHECK: @exact {{.*}} via #neuro.pool<kind = mean, kernel = [2, 2], {{.*}}> as !fx.q<1, 2>
// CHECK: @sum {{.*}} via #neuro.pool<kind = sum, {{.*}}> as !fx.q<2, 0>
// CHECK: @two {{.*}}maps = [#neuro.one_to_one<weight = 4.0>, {{.*}}, #neuro.one_to_one<weight = 0.625>]> as !fx.q<4, 3>
// CHECK-SAME: maps = [{bits = 4
neuro.network @means dt = 1.0 ms {
  source @image [2, 6, 6] is #neuro.external
  population @b [8] of @M
  population @c [18] of @M
  projection @behind from @image to @b via #neuro.compose<maps = [#neuro.pool<kind = mean, kernel = [3, 3], stride = [3, 3], padding = [0, 0, 0, 0]>, #neuro.one_to_one<weight = 3.0>]>
  projection @before from @image to @b via #neuro.compose<maps = [#neuro.one_to_one<weight = 3.0>, #neuro.pool<kind = mean, kernel = [3, 3], stride = [3, 3], padding = [0, 0, 0, 0]>]>
  projection @alone from @image to @b via #neuro.pool<kind = mean, kernel = [3, 3], stride = [3, 3], padding = [0, 0, 0, 0]>
  projection @exact from @image to @c via #neuro.pool<kind = mean, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
  projection @sum from @image to @c via #neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
  projection @two from @image to @c via #neuro.compose<maps = [#neuro.one_to_one<weight = 4.0>, #neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>, #neuro.one_to_one<weight = 0.6>]>
}

// -----

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}

// One weight of 1.0 among many of 0.1: halving the step clips it, and is better for the rest.

// CHECK-LABEL: network @clipped
// CHECK: as !fx.q<1, 3>
// CHECK-SAME: clipped = 1
// MAX-LABEL: network @clipped
// MAX: as !fx.q<2, 2>
// MAX-SAME: clipped = 0
// MAX-SAME: zeroed = 15
neuro.network @clipped dt = 1.0 ms {
  source @in [16] is #neuro.external
  population @a [1] of @M
  projection @p from @in to @a via #neuro.dense<weights = dense<[[1.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]]> : tensor<1x16xf64>>
}
