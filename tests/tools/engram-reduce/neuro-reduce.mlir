// neuro-reduce leaves of a network what its script needs: here a matrix with a delay, and a refractory time of its own in
// each neuron, whatever the networks, models, populations, connectors, values and sources around them.
// RUN: %engram-reduce %s --neuro-reduce='test=%S/Inputs/planted.sh' -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: %engram-opt --engram-discrete %t.mlir -o /dev/null

// CHECK:      module {
// CHECK-NEXT:   neuro.network @n dt = 1.0 ms {{ *}}{
// CHECK-NEXT:     source @image [1] is #neuro.current<starts = [0], values = dense<1.000000e+00> : tensor<1xf64>>
// CHECK-NEXT:     population @cells [1] of @ALIF parameters {t_ref = dense<2.000000e+00> : tensor<1xf64>}
// CHECK-NEXT:     projection @matrix from @image to @cells via #neuro.dense<weights = dense<5.000000e-01> : tensor<1x1xf64>> delay 1
// CHECK-NEXT:   }
// CHECK-NEXT: }
neuro.model @Unused {
  %v = state "v"
}
neuro.network @other dt = 0.5 ms {
  population @p [2] of @Unused
}
neuro.network @n dt = 0.5 ms seed = 77 {
  source @image [2, 3, 2] is #neuro.poisson<rate = dense<[10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 1.0, 2.0, 3.0]> : tensor<12xf64>>
  source @drive [4] is #neuro.current<starts = [0, 7], values = dense<[[0.1, 0.2, 0.3, 0.4], [0.5, 0.6, 0.7, 0.8]]> : tensor<2x4xf64>>
  population @map of @LIF parameters {tau = #neuro.uniform<2.0, 9.0>} {neuro.start = 3 : i64}
  population @cells [4] of @ALIF parameters {t_ref = dense<[2.0, 3.0, 4.0, 5.0]> : tensor<4xf64>, tau = #neuro.normal<5.0, 0.1>, beta = 0.125} initial {v = 0.25} method euler
  projection @conv from @image to @map via #neuro.conv<weights = dense<0.5> : tensor<2x2x2x1xf32>, stride = [1, 1], padding = [0, 0, 0, 0], dilation = [1, 1], groups = 1>
  projection @matrix from @image to @cells port "I" via #neuro.dense<weights = dense<[
      [0.51, -0.25, 0.5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], [0.5, -0.25, 0.5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
      [0.5, -0.25, 0.5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], [0.5, -0.25, 0.5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]]> : tensor<4x12xf64>>
    bias dense<[0.1, 0.2, 0.3, 0.4]> : tensor<4xf64> delay 9
  projection @one from @drive to @cells via #neuro.one_to_one<weight = dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>> delay steps dense<[1, 2, 3, 4]> : tensor<4xi64>
  projection @back from @cells to @map via #neuro.fixed_probability<probability = 0.5, weight = 0.25> delay 2.0 ms
  probe @v of @cells "v" neurons [0, 3] every 2
  probe @o of @map "output"
}
