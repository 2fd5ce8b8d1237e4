// RUN: engram-opt %s --neuro-quantize-weights="bits=4 rounding=obc" --split-input-file --verify-diagnostics

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [2] is #neuro.external
  population @a [1] of @M
  // expected-error @+1 {{'p': rounding=obc needs the attribute 'neuro.hessian' of shape [2, 2]; run neuro-calibrate with 'hessian' before}}
  projection @p from @in to @a via #neuro.dense<weights = dense<[[0.3, -0.52]]> : tensor<1x2xf64>>
}

// -----

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [2] is #neuro.external
  population @a [1] of @M
  // expected-error @+1 {{'p': expected 'neuro.hessian' to be finite numbers of shape [2, 2]}}
  projection @p from @in to @a via #neuro.dense<weights = dense<[[0.3, -0.52]]> : tensor<1x2xf64>> {neuro.hessian = dense<1.0> : tensor<3x3xf64>}
}

// -----

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}
neuro.network @n dt = 1.0 ms {
  source @in [2] is #neuro.external
  population @a [2] of @M
  // expected-warning @+1 {{projection 'p': 1 of 4 weights becomes zero at 4 bits; more bits keep it}}
  projection @p from @in to @a via #neuro.dense<weights = dense<[[0.3, -0.52], [0.02, 0.9]]> : tensor<2x2xf64>> {neuro.hessian = dense<[[1.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf64>}
  // expected-warning @+1 {{projection 'q': lists of synapses have no 'neuro.hessian'; their weights are rounded to the nearest}}
  projection @q from @in to @a via #neuro.csr<row_starts = dense<[0, 1, 1]> : tensor<3xi64>, targets = dense<[0]> : tensor<1xi64>, weights = dense<[0.5]> : tensor<1xf64>>
}

// -----

neuro.model @M {
  %v = state "v" = 0.0
  %I = input "I"
  update {
    assign %v, %I : f64
  }
}
neuro.network @n dt = 1.0 ms {
  source @image [1, 3, 3] is #neuro.external
  population @a [1] of @M
  // expected-error @+1 {{needs weights of 54 bits to hold all of its maps, limit is 53}}
  projection @p from @image to @a via #neuro.compose<maps = [#neuro.one_to_one<weight = 281474976710656.0>, #neuro.pool<kind = sum, kernel = [3, 3], stride = [1, 1], padding = [0, 0, 0, 0]>, #neuro.one_to_one<weight = 0.0625>]>
}
