// What crossbars make wrong on data, and converters by data.
// RUN: engram-opt %s -xbar-map="projections=all adc-range=cell-step" -xbar-calibrate="steps=4" | FileCheck %s --check-prefix=EXACT
// RUN: engram-opt %s -xbar-map="projections=all adc-bits=1" -xbar-calibrate="steps=4" | FileCheck %s --check-prefix=COARSE
// RUN: engram-opt %s -xbar-map="projections=all adc-bits=4" -xbar-calibrate="steps=4 percentile=100" | FileCheck %s --check-prefix=DATA
// RUN: not engram-opt %s -xbar-map="projections=all" -xbar-calibrate="steps=4 percentile=101" 2>&1 | FileCheck %s --check-prefix=BAD
// EXACT: xbar.error = {clipped = 0.000000e+00 : f64, largest = 0.000000e+00 : f64, rms = 0.000000e+00 : f64, sums = 3 : i64}

// Digits 3 and 2 of 85 codes: currents from 0 to 425, so codes 0 and 1 stand for 0 and 5 steps. In three steps spikes of
// both neurons, of the first, of the second add 5, 3 and 2; the codes say 5, 5 and 0.
// COARSE: gain = dense<39476> : tensor<1x1xi32>, zero = dense<0> : tensor<1x1xi32>, scale = dense<1280> : tensor<1x1xi32>
// COARSE-SAME: xbar.error = {clipped = 0.000000e+00 : f64, largest = 2.000000e+00 : f64, rms = 1.632{{[0-9]*}} : f64, snr = 6.766{{[0-9]*}} : f64, sums = 3 : i64}

// Currents of 425, in a bin that begins at 416, are the most: 15 codes of 416 / 15.
// DATA: gain = dense<604948> : tensor<1x1xi32>
// DATA-SAME: xbar.mapping = {{.*}}adc_range = "percentile"
// BAD: error: expected 'percentile' to be 0 to 100, got 101
neuro.model @M {
  %v = state "v" = 0.0 : !fx.q<12, 2>
  %I = input "I" : !fx.q<12, 2>
  update {
    assign %v, %I : !fx.q<12, 2>
  }
}
neuro.network @net dt = 1.0 ms {
  source @in [2] is #neuro.spike_trains<steps = dense<[0, 0, 1, 2]> : tensor<4xi64>, neurons = dense<[0, 1, 0, 1]> : tensor<4xi64>>
  population @b [1] of @M
  projection @p from @in to @b via #neuro.dense<weights = dense<[[0.75, 0.5]]> : tensor<1x2xf64>> as !fx.q<1, 2>
}
