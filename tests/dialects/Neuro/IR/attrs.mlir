// Round trips of every attribute: connectors, kinds of sources, distributions, quantities, resource blobs, numbers of
// every type.
// RUN: %engram-opt %s > %t.once
// RUN: %engram-opt %t.once | diff %t.once -
// RUN: %engram-opt %s --mlir-print-op-generic | %engram-opt | diff %t.once -
// A limit of MLIR's bytecode: resources within attributes of a dialect come without their data. Nothing computes with
// what is missing.
// RUN: %engram-opt %s --emit-bytecode | not %engram-opt 2>&1 | FileCheck %s --check-prefix=BYTECODE
// BYTECODE: error: {{.*}}resource 'w{{.*}}' does not hold the data of a 'tensor<4x4xf64>'
// RUN: FileCheck %s < %t.once

// CHECK:      #neuro.all_to_all<weight = 0.5, allow_self = false>
// CHECK:      #neuro.all_to_all<weight = 0.5>
// CHECK:      #neuro.all_to_all<weight = 5.000000e-01 : f32>
// CHECK:      #neuro.one_to_one<weight = dense<{{.*}}> : tensor<4xf32>>
// CHECK:      #neuro.dense<weights = dense_resource<w> : tensor<4x4xf64>>
// CHECK:      #neuro.dense<weights = dense<{{.*}}> : tensor<4x4xi8>> delay steps dense<{{.*}}> : tensor<4x4xi64>
// CHECK:      #neuro.csr<row_starts = dense<[0, 1, 1, 2, 3]> : tensor<5xi64>, targets = dense<[0, 3, 1]> : tensor<3xi32>, weights = 1.5> delay steps dense<[1, 2, 0]> : tensor<3xi64>
// CHECK:      #neuro.fixed_probability<probability = 0.02, weight = 1.62, allow_self = false>
// CHECK:      #neuro.fixed_probability<probability = 1.0e-12, weight = -1.62>
// CHECK:      #neuro.fixed_indegree<indegree = 3, weight = 0.1>
// CHECK:      #neuro.conv<weights = dense<{{.*}}> : tensor<2x1x3xf64>, stride = [2], padding = [1, 0], dilation = [1], groups = 1>
// CHECK:      #neuro.conv<weights = dense<{{.*}}> : tensor<2x1x2x2xf64>, stride = [2, 1], padding = [1, 0, 0, 1], dilation = [1, 2], groups = 2>
// CHECK:      #neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
// CHECK:      #neuro.pool<kind = mean, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
// CHECK:      #neuro.compose<maps = [#neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>, #neuro.one_to_one<weight = 0.5>]>
neuro.network @connectors dt = 1.0 ms {
  source @s [4] is #neuro.external
  source @line [1, 6] is #neuro.external
  source @image [2, 4, 4] is #neuro.external
  population @p [4] of @M
  population @q of @M
  projection @a from @s to @p via #neuro.all_to_all<weight = 0.5, allow_self = false>
  projection @b from @s to @p via #neuro.all_to_all<weight = 0.5, allow_self = true>
  projection @c from @s to @p via #neuro.all_to_all<weight = 0.5 : f32>
  projection @d from @s to @p via #neuro.one_to_one<weight = dense<[0.5, 1.0, 0.1, 2.0]> : tensor<4xf32>>
  projection @e from @s to @p via #neuro.dense<weights = dense_resource<w> : tensor<4x4xf64>>
  projection @f from @s to @p via #neuro.dense<weights = dense<[[1, 2, 3, 4], [-1, -2, -3, -4], [0, 0, 0, 0], [7, 7, 7, 7]]> : tensor<4x4xi8>> delay steps dense<2> : tensor<4x4xi64>
  projection @g from @s to @p via #neuro.csr<row_starts = dense<[0, 1, 1, 2, 3]> : tensor<5xi64>, targets = dense<[0, 3, 1]> : tensor<3xi32>, weights = 1.5> delay steps dense<[1, 2, 0]> : tensor<3xi64>
  projection @h from @s to @p via #neuro.fixed_probability<probability = 0.02, weight = 1.62, allow_self = false>
  projection @i from @s to @p via #neuro.fixed_probability<probability = 1.0e-12, weight = -1.62>
  projection @j from @s to @p via #neuro.fixed_indegree<indegree = 3, weight = 0.1>
  projection @k from @line to @q via #neuro.conv<weights = dense<[[[0.1, 0.2, 0.3]], [[1.0, 2.0, 3.0]]]> : tensor<2x1x3xf64>, stride = [2], padding = [1, 0], dilation = [1], groups = 1>
  projection @l from @image to @q via #neuro.conv<weights = dense<0.25> : tensor<2x1x2x2xf64>, stride = [2, 1], padding = [1, 0, 0, 1], dilation = [1, 2], groups = 2>
  projection @m from @image to @q via #neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
  projection @n from @image to @q via #neuro.pool<kind = mean, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
  projection @o from @image to @q via #neuro.compose<maps = [#neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>, #neuro.one_to_one<weight = 0.5>]>
}

// CHECK-LABEL: neuro.network @sources
// CHECK:      #neuro.spike_trains<steps = dense<[0, 3, 3]> : tensor<3xi64>, neurons = dense<[1, 0, 1]> : tensor<3xi16>>
// CHECK:      #neuro.spike_trains<steps = dense<> : tensor<0xi64>, neurons = dense<> : tensor<0xi64>>
// CHECK:      #neuro.poisson<rate = 20.0>
// CHECK:      #neuro.poisson<rate = dense<{{.*}}> : tensor<2xf64>>
// CHECK:      #neuro.current<starts = [0, 1000], values = dense<{{.*}}> : tensor<2xf64>>
// CHECK:      #neuro.current<starts = [5], values = 0.5>
// CHECK:      parameters {a = #neuro.uniform<-1.0, 1.0e-09>, b = #neuro.normal<0.0, 2.5>, c = 0.001 "mS/cm^2", d = 0x7FF0000000000000 : f64, e = 1 : i64, "two words" = 3.0 mV}
neuro.network @sources dt = 0.1 ms {
  source @a [2] is #neuro.spike_trains<steps = dense<[0, 3, 3]> : tensor<3xi64>, neurons = dense<[1, 0, 1]> : tensor<3xi16>>
  source @b [2] is #neuro.spike_trains<steps = dense<> : tensor<0xi64>, neurons = dense<> : tensor<0xi64>>
  source @c [2] is #neuro.poisson<rate = 20.0>
  source @d [2] is #neuro.poisson<rate = dense<[1.0, 0.0]> : tensor<2xf64>>
  source @e [2] is #neuro.current<starts = [0, 1000], values = dense<[0.5, 0.0]> : tensor<2xf64>>
  source @f [2] is #neuro.current<starts = [5], values = 0.5>
  population @p [4] of @M parameters {a = #neuro.uniform<-1.0, 1.0e-09>, b = #neuro.normal<0.0, 2.5>, c = #neuro.quantity<0.001 "mS/cm^2">, d = 0x7FF0000000000000 : f64, e = 1, "two words" = 3.0 mV}
}

// CHECK:      w: "0x08000000
{-#
  dialect_resources: {
    builtin: {
      w: "0x08000000000000000000F03F0000000000000040000000000000084000000000000010400000000000001440000000000000184000000000000000C0000000000000F03F000000000000F03F0000000000000040000000000000084000000000000010400000000000001440000000000000184000000000000000C0000000000000F03F"
    }
  }
#-}
