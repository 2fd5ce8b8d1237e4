// A network written by hand goes out to NIR and comes back; a refused one leaves no file and keeps the old.
// RUN: split-file %s %t
// RUN: %engram-translate --export-nir %t/good.mlir -o %t/good.nir
// RUN: %engram-translate --import-nir %t/good.nir --dt=0.5 --time-unit=ms | FileCheck %s
// RUN: cp %t/good.nir %t/kept.nir
// RUN: not %engram-translate --export-nir %t/bad.mlir -o %t/kept.nir 2>&1 | FileCheck %s --check-prefix=BAD
// RUN: cmp %t/good.nir %t/kept.nir
// RUN: not %engram-translate --export-nir %t/bad.mlir --nir-file=%t/none.nir
// RUN: not ls %t/none.nir
// RUN: not %engram-translate --export-nir %t/good.mlir 2>&1 | FileCheck %s --check-prefix=NOFILE

// CHECK: source @in [2] is #neuro.external
// CHECK: population @a [2] of @LIF parameters {r = 1.0, tau = 8.0, v_leak = 0.0, v_reset = 0.5, v_threshold = dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf64>}
// CHECK: projection @half from @in to @a via #neuro.dense<weights = dense<5.000000e-01> : tensor<2x2xf64>>
// CHECK: projection @back.delay from @back.delay.in to @a via #neuro.one_to_one<weight = 1.0> delay 3
// CHECK: probe @out of @a "output"
// BAD: error: 'neuro.projection' op NIR cannot say the connector #neuro.fixed_probability
// NOFILE: error: NIR is written to a named file: use --nir-file=FILE

//--- good.mlir
neuro.network @n dt = 0.5 ms {
  source @in [2] is #neuro.external
  population @a [2] of @LIF parameters {tau = 8.0, r = 1.0, v_leak = 0.0, v_threshold = dense<[1.0, 2.0]> : tensor<2xf64>, v_reset = 0.5}
  projection @half from @in to @a via #neuro.all_to_all<weight = 0.5>
  projection @back from @a to @a via #neuro.one_to_one<weight = -1.0> delay 1.5 ms
  probe @out of @a "spikes"
}

//--- bad.mlir
neuro.network @n dt = 0.5 ms {
  source @in [2] is #neuro.external
  population @a [2] of @Relay
  projection @p from @in to @a via #neuro.fixed_probability<probability = 0.5, weight = 1.0>
  probe @out of @a "output"
}
