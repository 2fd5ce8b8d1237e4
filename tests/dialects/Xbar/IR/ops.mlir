// RUN: engram-opt %s | engram-opt | FileCheck %s
// Crossbars read what they print, with and without noise, with tiles of other sizes.
neuro.model @M {
  %v = state "v" = 0.0 : !fx.q<12,2>
  %I = input "I" : !fx.q<12,2>
  update {
    assign %v, %I : !fx.q<12,2>
  }
  fire {
    %one = fx.constant 1.0 : !fx.q<12,2>
    %z = fx.cmp ge, %v, %one : !fx.q<12,2>
    yield %z : i1
  }
}
neuro.network @net dt = 1.0 ms {
  population @a [2] of @M
  population @b [1] of @M
  // CHECK: projection @plain from @a to @b via #xbar.crossbar<weights = dense<{{\[\[}}5.000000e-01, -2.500000e-01]]> : tensor<1x2xf64>, codes = dense<{{\[\[\[\[}}170], [0]]], {{\[\[\[}}0], [85]]]]> : tensor<2x1x2x1xui8>, bits = 8, shift = 0, low = dense<-85> : tensor<1x1xi32>, gain = dense<197379> : tensor<1x1xi32>, zero = dense<1> : tensor<1x1xi32>, scale = dense<256> : tensor<1x1xi32>> as !fx.q<1, 2> delay 1
  projection @plain from @a to @b via #xbar.crossbar<weights = dense<[[0.5, -0.25]]> : tensor<1x2xf64>,
      codes = dense<[[[[170], [0]]], [[[0], [85]]]]> : tensor<2x1x2x1xui8>, bits = 8, shift = 0,
      low = dense<-85> : tensor<1x1xi32>, gain = dense<197379> : tensor<1x1xi32>,
      zero = dense<1> : tensor<1x1xi32>, scale = dense<256> : tensor<1x1xi32>> as !fx.q<1, 2> delay 1
  // CHECK: projection @noisy from @a to @b {{.*}} rows = 1, columns = 64, bits = 4, shift = 3, low = dense<0> : tensor<2x1xi32>, gain = dense<1000> : tensor<2x1xi32>, zero = dense<0> : tensor<2x1xi32>, scale = dense<[{{\[}}256], [512]]> : tensor<2x1xi32>, noise = dense<-3> : tensor<64x128xi8>, sigma = dense<12> : tensor<16xi32>>
  projection @noisy from @a to @b via #xbar.crossbar<weights = dense<[[0.5, -0.25]]> : tensor<1x2xf64>,
      codes = dense<7> : tensor<2x1x2x1xui8>, rows = 1, columns = 64, bits = 4, shift = 3,
      low = dense<0> : tensor<2x1xi32>, gain = dense<1000> : tensor<2x1xi32>,
      zero = dense<0> : tensor<2x1xi32>, scale = dense<[[256], [512]]> : tensor<2x1xi32>,
      noise = dense<-3> : tensor<64x128xi8>, sigma = dense<12> : tensor<16xi32>> as !fx.q<1, 2> delay 1
}
