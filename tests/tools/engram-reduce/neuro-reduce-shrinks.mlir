// Fewer neurons: rows, columns, values, delays, listed spikes and probes of those that go away go with them. The script
// keeps all operations and kinds of connectors; what is left still compiles.
// RUN: %engram-reduce %s --neuro-reduce='test=%S/Inputs/same-kinds.sh' -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: %engram-opt --engram-discrete %t.mlir -o /dev/null

// CHECK: source @trains [1] is #neuro.spike_trains<steps = dense<[1, 5]> : tensor<2xi64>, neurons = dense<0> : tensor<2xi64>>
// CHECK: source @same [1] is #neuro.current<
// CHECK: population @a [1] of
// CHECK: population @b [1] of
// CHECK: projection @dense {{.*}}#neuro.dense<weights = dense<1.000000e+00> : tensor<1x1xf64>>
// CHECK: projection @csr {{.*}}#neuro.csr<row_starts = dense<[0, 1]> : tensor<2xi64>, targets = dense<0> : tensor<1xi64>, weights = dense<3.000000e+00> : tensor<1xf64>>
// CHECK: projection @one {{.*}}#neuro.one_to_one<weight = dense<{{.*}}> : tensor<1xf64>>
neuro.network @n dt = 1.0 ms {
  source @trains [3] is #neuro.spike_trains<steps = dense<[1, 2, 5, 7]> : tensor<4xi64>, neurons = dense<[0, 1, 0, 2]> : tensor<4xi64>>
  source @same [2] is #neuro.current<starts = [0, 4], values = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>>
  population @a [2] of @LIF parameters {tau = dense<[5.0, 6.0]> : tensor<2xf64>}
  population @b [6] of @LIF
  projection @dense from @trains to @b via #neuro.dense<weights = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0], [1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]> : tensor<6x3xf64>>
  projection @csr from @trains to @a via #neuro.csr<row_starts = dense<[0, 2, 3, 4]> : tensor<4xi64>, targets = dense<[1, 0, 1, 0]> : tensor<4xi64>, weights = dense<[2.0, 3.0, 4.0, 5.0]> : tensor<4xf64>> delay steps dense<[1, 2, 3, 4]> : tensor<4xi64>
  projection @one from @same to @a via #neuro.one_to_one<weight = dense<[0.5, 0.25]> : tensor<2xf64>>
}
