// RUN: %engram-opt %s --convert-neuro-to-linalg | FileCheck %s
// What it refuses is in neuro-verify-discrete-invalid.mlir; what it means is tested by running, in tests/conformance.

neuro.model @Sum {
  %gain = parameter "gain" = 2.0
  %v = state "v" = 0.0
  %I = input "I"
  update {
    %0 = arith.mulf %gain, %I : f64
    %1 = arith.addf %v, %0 : f64
    assign %v, %1 : f64
  }
  fire {
    %limit = arith.constant 1.0 : f64
    %0 = arith.cmpf ogt, %v, %limit : f64
    yield %0 : i1
  }
  reset {
    %zero = arith.constant 0.0 : f64
    assign %v, %zero : f64
  }
}

// The layout says where each array lies; rows of the ring are as many as the longest delay and one.
// CHECK:      module attributes {engram.abi = {n = {arrays = [
// CHECK-SAME:   {name = "step", offset = 0 : i64, shape = array<i64: 1>, type = i64}
// CHECK-SAME:   {name = "s.input", {{.*}}shape = array<i64: 3>, type = f64}
// CHECK-SAME:   {name = "p.spikes", {{.*}}shape = array<i64: 2>, type = i8}
// CHECK-SAME:   {name = "p.v", {{.*}}shape = array<i64: 2>, type = f64}
// CHECK-SAME:   {name = "p.I.sums", {{.*}}shape = array<i64: 5, 2>, type = f64}
// CHECK-SAME: bytes = {{[0-9]+}} : i64

// CHECK-DAG:  memref.global "private" constant @n.p.gain : memref<2xf64>
// Targets by sources in the text, sources by targets in memory.
// CHECK-DAG:  memref.global "private" constant @n.d.weights : memref<3x2xf64> = dense<{{\[\[}}1.000000e+00, 4.000000e+00], [2.000000e+00, 5.000000e+00], [3.000000e+00, 6.000000e+00]]>
// Nothing of neuro is left.
// CHECK-NOT:  neuro.model
// CHECK-NOT:  neuro.network

// In a step: the source and its matrix, then the neurons, one loop for all regions.
// CHECK:      func.func @n_step(%[[STATE:.+]]: memref<[[BYTES:[0-9]+]]xi8>)
// CHECK:        memref.get_global @n.d.weights : memref<3x2xf64>
// CHECK:          arith.mulf
// CHECK:          arith.addf
// CHECK:        linalg.generic {{.*}}iterator_types = ["parallel"]
// CHECK:          arith.cmpf ogt
// CHECK:          arith.select
// CHECK:      func.func @n_init(%{{.+}}: memref<[[BYTES]]xi8>)
// CHECK:        linalg.fill
neuro.network @n dt = 1.0 ms {
  source @s [3] is #neuro.external
  population @p [2] of @Sum parameters {gain = dense<[1.0, 2.0]> : tensor<2xf64>} initial {v = 0.5}
  projection @d from @s to @p via #neuro.dense<weights = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>>
  projection @r from @p to @p via #neuro.csr<row_starts = dense<[0, 1, 2]> : tensor<3xi64>, targets = dense<[1, 0]> : tensor<2xi64>, weights = 0.5> delay 4
}
