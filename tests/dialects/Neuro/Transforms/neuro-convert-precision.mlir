// RUN: %engram-opt %s --neuro-convert-precision | FileCheck %s --check-prefix=F32
// RUN: %engram-opt %s --neuro-convert-precision | %engram-opt --neuro-convert-precision=type=f64 | FileCheck %s --check-prefix=F64

// F32-LABEL: neuro.model @M
// F32:         %a = parameter "a" = 0.10000000149011612 : f32
// F32:         %n = parameter "n" = 3 : i32
// F32:         %v = state "v" = 1.0 mV doc "v" : f32
// F32:         %I = input "I" pA doc "current" : f32
// F32:         %[[C:.+]] = arith.constant 5.000000e-01 : f32
// F32-NOT:     extf
// F32-NOT:     truncf
// F32:         arith.sitofp %n : i32 to f32
// F32:         time_step : f32
// F32:         uniform 1 : f32
// F32:         assign %v, %{{.+}} : f32
// F32-LABEL: neuro.network @n dt = 0.1 ms precision = f32 {
// Values of a population stay as they are written.
// F32:         parameters {a = 0.3}

// F64-LABEL: neuro.model @M
// F64:         %v = state "v" = 1.0 mV doc "v"{{$}}
// F64-LABEL: neuro.network @n dt = 0.1 ms {
neuro.model @M {
  %a = parameter "a" = 0.1
  %n = parameter "n" = 3 : i32
  %v = state "v" = 1.0 mV doc "v"
  %I = input "I" pA doc "current"
  update {
    %half = arith.constant 0.5 : f64
    %short = arith.truncf %I : f64 to f32
    %long = arith.extf %short : f32 to f64
    %count = arith.sitofp %n : i32 to f64
    %h = time_step : f64
    %u = uniform 1 : f64
    %0 = arith.addf %half, %long : f64
    %1 = arith.addf %0, %count : f64
    %2 = arith.mulf %1, %h : f64
    %3 = arith.addf %2, %u : f64
    %4 = arith.mulf %3, %a : f64
    assign %v, %4 : f64
  }
}
neuro.network @n dt = 0.1 ms {
  population @p [2] of @M parameters {a = 0.3}
}
