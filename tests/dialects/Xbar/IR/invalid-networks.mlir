// Crossbars that do not fit the network around them (xbar_c5, xbar_c6).
// RUN: engram-opt %s --split-input-file --verify-diagnostics --neuro-verify-discrete

!sum = !fx.q<20, 2>
neuro.model @M {
  %v = state "v" = 0.0 : !sum
  %I = input "I" : !sum
  update {
    assign %v, %I : !sum
  }
}
// xbar_c5: 9 bits in steps of the source's format
neuro.network @net dt = 1.0 ms {
  source @a [2] is #neuro.external as !fx.uq<9, 0>
  population @b [1] of @M
  // expected-error@+1 {{expected outputs of at most 255 steps at a crossbar, which drives a row for each bit, got 511}}
  projection @p from @a to @b via #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>,
      bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>,
      zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>> as !fx.q<1, 2>
}

// -----

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}
// xbar_c6: the port is a float
neuro.network @net dt = 1.0 ms {
  source @a [2] is #neuro.external as !fx.uq<8, 0>
  population @b [1] of @M
  // expected-error@+1 {{expected the port to be a fixed-point number, since the connector adds whole steps; run neuro-quantize}}
  projection @p from @a to @b via #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>,
      bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>,
      zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>> as !fx.q<1, 2>
}

// -----

!sum = !fx.q<20, 2>
neuro.model @M {
  %v = state "v" = 0.0 : !sum
  %I = input "I" : !sum
  update {
    assign %v, %I : !sum
  }
}
// xbar_c6: no format
neuro.network @net dt = 1.0 ms {
  source @a [2] is #neuro.external as !fx.uq<8, 0>
  population @b [1] of @M
  // expected-error@+1 {{expected a format of the weights ('as'), since port 'I' of 'b' is a fixed-point number}}
  projection @p from @a to @b via #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>,
      bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>,
      zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>
}

// -----

!sum = !fx.q<20, 2>
neuro.model @M {
  %v = state "v" = 0.0 : !sum
  %I = input "I" : !sum
  update {
    assign %v, %I : !sum
  }
}
// xbar_c6: delays a synapse
neuro.network @net dt = 1.0 ms {
  source @a [2] is #neuro.external as !fx.uq<8, 0>
  population @b [1] of @M
  // expected-error@+1 {{expected one delay for all synapses of this connector}}
  projection @p from @a to @b via #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>,
      bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>,
      zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>> as !fx.q<1, 2> delay steps dense<[[1, 2]]> : tensor<1x2xi64>
}

// -----

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}
// neuro_c11: the source has another size
neuro.network @net dt = 1.0 ms {
  source @a [3] is #neuro.external
  population @b [1] of @M
  // expected-error@+1 {{expected the source to have 2 neurons, got 3}}
  projection @p from @a to @b via #xbar.crossbar<weights = dense<0.5> : tensor<1x2xf64>, codes = dense<7> : tensor<2x1x2x1xui8>,
      bits = 8, shift = 0, low = dense<0> : tensor<1x1xi32>, gain = dense<1> : tensor<1x1xi32>,
      zero = dense<0> : tensor<1x1xi32>, scale = dense<1> : tensor<1x1xi32>>
}
