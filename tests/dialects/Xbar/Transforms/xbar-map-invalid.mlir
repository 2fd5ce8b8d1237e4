// What xbar-map refuses: options, and projections by name.
// RUN: not engram-opt %s -xbar-map="device=memristor" 2>&1 | FileCheck %s --check-prefix=DEVICE
// RUN: not engram-opt %s -xbar-map="adc-range=all" 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not engram-opt %s -xbar-map="adc-bits=0" 2>&1 | FileCheck %s --check-prefix=BITS
// RUN: not engram-opt %s -xbar-map="stuck=1.5" 2>&1 | FileCheck %s --check-prefix=STUCK
// RUN: not engram-opt %s -xbar-map="line=1.0,2.0" 2>&1 | FileCheck %s --check-prefix=LINE
// RUN: not engram-opt %s -xbar-map="on-off-ratio=0.5" 2>&1 | FileCheck %s --check-prefix=RATIO
// RUN: not engram-opt %s -xbar-map="read-noise=-1 device=rram-wan" 2>&1 | FileCheck %s --check-prefix=NOISE
// RUN: not engram-opt %s -xbar-map="projections=absent" 2>&1 | FileCheck %s --check-prefix=ABSENT
// RUN: not engram-opt %s -xbar-map="projections=one" 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not engram-opt %s -xbar-map="projections=many" 2>&1 | FileCheck %s --check-prefix=MANY
// RUN: not engram-opt %s -xbar-map="projections=floats" 2>&1 | FileCheck %s --check-prefix=FLOATS
// RUN: not engram-opt %s -xbar-map="projections=fits cell-bits=1" 2>&1 | FileCheck %s --check-prefix=SLICES
// DEVICE: error: expected 'device' to be ideal, pcm, rram-wan or rram-milo, got 'memristor'
// RANGE: error: expected 'adc-range' to be max or cell-step, got 'all'
// BITS: error: expected 'adc-bits' to be 1 to 16, got 0
// STUCK: error: expected 'stuck' to be 0 to 1, got 1.5
// LINE: error: expected 'line' to be numbers from 0 to 1, got 2
// RATIO: error: expected 'on-off-ratio' to be 0 or at least 1, got 0.5
// NOISE: error: device 'rram-wan' has no model of read noise; give its size as 'read-noise'
// ABSENT: error: expected 'projections' to be auto, all, none or names of projections, got 'absent'
// ONE: error: 'neuro.projection' op cannot lie on crossbars: its connector is neither 'dense' nor 'conv'
// MANY: error: 'neuro.projection' op cannot lie on crossbars: its source puts out up to 511 steps, limit is 255
// FLOATS: error: 'neuro.projection' op cannot lie on crossbars: its port and weights are not fixed-point numbers; run neuro-quantize
// SLICES: error: 'neuro.projection' op cannot lie on crossbars: weights of 6 bits beside the sign need 6 slices of 1 bits, limit is 4 slices of at most 8
neuro.model @M {
  %v = state "v" = 0.0 : !fx.q<20, 2>
  %I = input "I" : !fx.q<20, 2>
  update {
    assign %v, %I : !fx.q<20, 2>
  }
}
neuro.model @F {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}
neuro.network @net dt = 1.0 ms {
  source @a [2] is #neuro.external as !fx.uq<8, 0>
  source @wide [2] is #neuro.external as !fx.uq<9, 0>
  population @b [2] of @M
  population @f [2] of @F
  projection @one from @a to @b via #neuro.one_to_one<weight = 0.25> as !fx.q<1, 2>
  projection @many from @wide to @b via #neuro.dense<weights = dense<0.25> : tensor<2x2xf64>> as !fx.q<1, 2>
  projection @floats from @a to @f via #neuro.dense<weights = dense<0.25> : tensor<2x2xf64>>
  projection @fits from @a to @b via #neuro.dense<weights = dense<[[0.25, 8.0], [0.5, 1.0]]> : tensor<2x2xf64>> as !fx.q<5, 2>
}
