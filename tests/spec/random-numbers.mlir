// Every random number of docs/spec.md (neuro_r1 to neuro_r5), against a program that shares nothing with Engram.
// RUN: rm -rf %t && mkdir %t
// RUN: %engram run %s --target=reference --steps 40 --output %t/reference
// RUN: %python %S/Inputs/random_numbers.py %t/reference
// RUN: %engram run %s --target=cpu --steps 40 --output %t/cpu
// RUN: %python %S/Inputs/random_numbers.py %t/cpu
neuro.model @Draw {
  %low = parameter "low" = 0.0 mV
  %u = state "u" from %low mV
  %n = state "n" = 0.0 mV
  %x = state "x" = 0.0
  update {
    %r = uniform 3 : f64
    assign %x, %r : f64
  }
}
neuro.model @Sum {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}
neuro.network @random dt = 0.5 ms seed = 81985529216486895 {
  source @noise [7] is #neuro.poisson<rate = 3000.0>
  source @pulse [5] is #neuro.spike_trains<steps = dense<[0, 1, 2, 3, 4]> : tensor<5xi64>, neurons = dense<[0, 1, 2, 3, 4]> : tensor<5xi64>>
  population @cell [6] of @Draw parameters {low = #neuro.uniform<-60.0, -50.0>} initial {n = #neuro.normal<1.0, 0.5>}
  population @chance [6] of @Sum
  population @degree [6] of @Sum
  projection @sparse from @pulse to @chance via #neuro.fixed_probability<probability = 0.4, weight = 1.0, allow_self = false>
  projection @few from @pulse to @degree via #neuro.fixed_indegree<indegree = 3, weight = 1.0>
  probe @counts of @noise "output"
  probe @u of @cell "u"
  probe @n of @cell "n"
  probe @x of @cell "x"
  probe @chance_sums of @chance "v"
  probe @degree_sums of @degree "v"
}
