// RUN: %engram-opt %s --neuro-convert-precision=type=f16 --verify-diagnostics

// expected-error @below {{expected 'type' to be f32 or f64, got 'f16'}}
module {}
