// Round trips of every operation: as printed, in the generic form, as bytecode.
// RUN: %engram-opt %s > %t.once
// RUN: %engram-opt %t.once | diff %t.once -
// RUN: %engram-opt %s --mlir-print-op-generic | %engram-opt | diff %t.once -
// RUN: %engram-opt %s --emit-bytecode | %engram-opt | diff %t.once -
// RUN: FileCheck %s < %t.once

// CHECK-LABEL: neuro.model @Full time ms method exponential_euler doc "all parts"
// CHECK:         %tau = parameter "tau" = 20.0 ms positive doc "time constant"
// CHECK:         %k = parameter "k" "mS/cm^2"
// CHECK:         %n = parameter "n" = -3 : i32
// CHECK:         %b = parameter "b" = 1 : i1
// CHECK:         %w = parameter "w" = 0.10000000149011612 : f32
// CHECK:         %t_ref = parameter "t_ref" = 2.0 ms
// CHECK:         %odd_name = parameter "odd name" = 1.0e-300
// CHECK:         %v = state "v" = -70.5 mV doc "membrane potential"
// CHECK:         %u = state "u" from %k "mS/cm^2"
// CHECK:         %c = state "c" = 7 : i64
// CHECK:         %plain = state "plain"
// CHECK:         %I = input "I" pA doc "current"
// CHECK:         %x = input "x"
// CHECK:         refractory %t_ref holds %v, %u : f64
// CHECK:         {{%[0-9]+}} = time_step : f64
// CHECK:         {{%[0-9]+}} = uniform 3 : f64
// CHECK-LABEL: neuro.model @Discrete
// CHECK:         %x = input "x" : f32
// CHECK:         %s = state "s" = 0.5 : f32
// CHECK:         refractory %s : f32
// CHECK-LABEL: neuro.network @n dt = 0.1 ms seed = 18446744073709551615 precision = f32 attributes {note = "kept"}
// CHECK:         source @in [2, 3] is #neuro.external
// CHECK:         source @late is #neuro.external {tag}
// CHECK:         source @cell [] is #neuro.poisson<rate = 20.0>
// CHECK:         population @a [6] of @Full parameters {k = 2.0, "odd name" = dense<[1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00, 5.000000e+00, 1.000000e-07]> : tensor<6xf32>, t_ref = 0.001 s, tau = #neuro.uniform<5.0, 20.0>} initial {c = 4 : i64, v = #neuro.normal<-70.0, 0.5>} method rk4
// CHECK:         population @b of @Discrete {tag = 1 : i64}
// CHECK:         projection @p from @in to @b via #neuro.one_to_one<weight = 1.0>
// CHECK:         projection @q from @a to @b port "x" via #neuro.one_to_one<weight = dense<5.000000e-01> : tensor<6xf32>> bias dense<1.000000e-01> : tensor<6xf64> delay 3
// CHECK:         projection @r from @a to @b via #neuro.one_to_one<weight = 2.0> delay 0.8 ms
// CHECK:         projection @s from @a to @b via #neuro.one_to_one<weight = 2.0> delay steps dense<[0, 1, 2, 3, 4, 5]> : tensor<6xi64>
// CHECK:         probe @v of @a "v" neurons [0, 5] every 10
// CHECK:         probe @z of @in "spikes"

neuro.model @Full time ms method exponential_euler doc "all parts" {
  %tau = parameter "tau" = 20.0 ms positive doc "time constant"
  %k = parameter "k" "mS/cm^2"
  %n = parameter "n" = -3 : i32
  %b = parameter "b" = 1 : i1
  %w = parameter "w" = 0.1 : f32
  %t_ref = parameter "t_ref" = 2.0 ms
  %odd = parameter "odd name" = 1.0e-300
  %v = state "v" = -70.5 mV doc "membrane potential"
  %u = state "u" from %k "mS/cm^2"
  %c = state "c" = 7 : i64
  %plain = state "plain"
  %I = input "I" pA doc "current"
  %x = input "x"
  %shared = arith.constant 2.0 : f64
  receive {
    %0 = arith.addf %u, %x : f64
    assign %u, %0 : f64
  }
  dynamics {
    %0 = arith.subf %I, %v : f64
    %1 = arith.divf %0, %tau : f64
    derivative %v, %1 : f64
  }
  refractory %t_ref holds %v, %u : f64
  fire {
    %h = time_step : f64
    %r = uniform 3 : f64
    %z = arith.cmpf ogt, %v, %r : f64
    yield %z : i1
  }
  reset {
    %one = arith.constant 1 : i64
    %0 = arith.addi %c, %one : i64
    assign %c, %0 : i64
    assign %v, %shared : f64
  }
  emit {
    %0 = math.tanh %v : f64
    yield %0 : f64
  }
}
neuro.model @Discrete {
  %x = input "x" : f32
  %s = state "s" = 0.5 : f32
  update {
    %0 = arith.addf %s, %x : f32
    assign %s, %0 : f32
  }
  fire {
    %limit = arith.constant 1.0 : f32
    %z = arith.cmpf ogt, %s, %limit : f32
    yield %z : i1
  }
  refractory %s : f32
}
neuro.network @n dt = 0.1 ms seed = 18446744073709551615 precision = f32 attributes {note = "kept"} {
  source @in [2, 3] is #neuro.external
  source @late is #neuro.external {tag}
  source @cell [] is #neuro.poisson<rate = 20.0>
  population @a [6] of @Full parameters {k = 2.0, tau = #neuro.uniform<5.0, 20.0>, t_ref = 0.001 s, "odd name" = dense<[1.0, 2.0, 3.0, 4.0, 5.0, 1.0e-7]> : tensor<6xf32>} initial {v = #neuro.normal<-70.0, 0.5>, c = 4 : i64} method rk4
  population @b of @Discrete {tag = 1 : i64}
  projection @p from @in to @b via #neuro.one_to_one<weight = 1.0>
  projection @q from @a to @b port "x" via #neuro.one_to_one<weight = dense<0.5> : tensor<6xf32>> bias dense<0.1> : tensor<6xf64> delay 3
  projection @r from @a to @b via #neuro.one_to_one<weight = 2.0> delay 0.8 ms
  projection @s from @a to @b via #neuro.one_to_one<weight = 2.0> delay steps dense<[0, 1, 2, 3, 4, 5]> : tensor<6xi64>
  probe @v of @a "v" neurons [0, 5] every 10
  probe @z of @in "spikes"
}
