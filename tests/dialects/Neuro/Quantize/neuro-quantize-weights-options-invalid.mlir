// RUN: not engram-opt %s --neuro-quantize-weights=bits=1 2>&1 | FileCheck %s --check-prefix=BITS
// RUN: not engram-opt %s --neuro-quantize-weights=granularity=row 2>&1 | FileCheck %s --check-prefix=GRANULARITY
// RUN: not engram-opt %s --neuro-quantize-weights=rounding=up 2>&1 | FileCheck %s --check-prefix=ROUNDING
// RUN: not engram-opt %s --neuro-quantize-weights=step=1 2>&1 | FileCheck %s --check-prefix=STEP
// RUN: not engram-opt %s --neuro-quantize-weights=codebook=40 2>&1 | FileCheck %s --check-prefix=CODEBOOK
// RUN: not engram-opt %s --neuro-quantize-weights=sparsity=1.5 2>&1 | FileCheck %s --check-prefix=SPARSITY

// BITS: expected 'bits' to be 2 to 16, got 1
// GRANULARITY: expected 'granularity' to be tensor or channel, got 'row'
// ROUNDING: expected 'rounding' to be nearest, stochastic, obc or flexround, got 'up'
// STEP: expected 'step' to be max or error, got '1'
// CODEBOOK: expected 'codebook' to be 0 or 2 to 24, got 40
// SPARSITY: expected 'sparsity' to be 0 to 1, got 1.5
module {}
