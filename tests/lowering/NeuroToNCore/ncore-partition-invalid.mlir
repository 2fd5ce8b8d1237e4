// RUN: %engram-opt %s -split-input-file -verify-diagnostics -ncore-partition
// RUN: not %engram-opt %s -ncore-partition=method=best 2>&1 | FileCheck %s --check-prefix=METHOD
// METHOD: expected 'method' to be engram, metis, first-fit or random, got 'best'

// Everything that does not fit is told, not the first alone.
module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 1], neurons = 4, fan_in = 5, state_words = 1,
                                                weight_bits = [4], delay_slots = 8, ports = 1>} {
  neuro.model @M {
    %v = state "v" = 0.0
    %w = state "w" = 0.0
    %I = input "I"
    %J = input "J"
    update {
      assign %v, %I : f64
      assign %w, %J : f64
    }
    fire {
      %one = arith.constant 1.0 : f64
      %z = arith.cmpf oge, %v, %one : f64
      yield %z : i1
    }
  }
  // expected-error@+1 {{the network needs 3 cores, limit is 2}}
  neuro.network @net dt = 1.0 ms {
    source @in [6] is #neuro.external
    // expected-error@+5 {{'a' needs 6 source neurons, limit is 5}}
    // expected-error@+4 {{'a' needs 8 bits a weight, limit is 4}}
    // expected-error@+3 {{'a' needs 12 delay slots, limit is 8}}
    // expected-error@+2 {{'a' needs 2 state words a neuron, limit is 1}}
    // expected-error@+1 {{'a' needs 2 ports, limit is 1}}
    population @a [6] of @M
    // expected-error@+2 {{'b' needs 2 state words a neuron, limit is 1}}
    // expected-error@+1 {{'b' needs 2 ports, limit is 1}}
    population @b [4] of @M
    projection @i from @in to @a port "I" via #neuro.all_to_all<weight = -0.9921875> as !fx.q<1, 7> delay 11
    projection @j from @b to @a port "J" via #neuro.csr<row_starts = dense<0> : tensor<5xi64>, targets = dense<> : tensor<0xi64>, weights = 1.0>
    projection @k from @b to @b port "I" via #neuro.one_to_one<weight = 1.0> delay 1
    projection @l from @b to @b port "J" via #neuro.one_to_one<weight = 1.0> delay 1
  }
}

// -----

// expected-error@+1 {{expected the module to have 'ncore.target'}}
module {
  neuro.network @net dt = 1.0 ms {
    source @in [6] is #neuro.external
  }
}

// -----

module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 1]>} {
  neuro.network @net dt = 1.0 ms {
    // expected-error@+1 {{expected 1 or 3 numbers in 'neuro.rates', got 2}}
    source @in [3] is #neuro.external {neuro.rates = dense<[1.0, 2.0]> : tensor<2xf64>}
  }
}

// -----

module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 1]>} {
  neuro.network @net dt = 1.0 ms {
    // expected-error@+1 {{expected rates to be finite and not negative, got -1}}
    source @in [2] is #neuro.external {neuro.rates = -1.0}
  }
}

// -----

module attributes {ncore.target = #ncore.target<name = "t", grid = [2, 1]>} {
  neuro.network @net dt = 1.0 ms {
    // expected-error@+1 {{expected 'neuro.rates' to be numbers, got "fast"}}
    source @in [2] is #neuro.external {neuro.rates = "fast"}
  }
}
