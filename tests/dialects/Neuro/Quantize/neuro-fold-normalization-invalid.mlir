// RUN: engram-opt %s --neuro-fold-normalization --split-input-file --verify-diagnostics

neuro.model @M {
  %a = parameter "a" = 2.0
  %v = state "v" = 0.0
  fire {
    %0 = arith.mulf %v, %a : f64
    %1 = arith.cmpf ogt, %0, %a : f64
    yield %1 : i1
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-error @+1 {{expected a shape; run neuro-infer-shapes}}
  population @p of @M
}

// -----

neuro.model @M {
  %scale = parameter "scale" = 0.0
  %v = state "v" = 0.0
  fire {
    %0 = arith.divf %v, %scale : f64
    %1 = arith.cmpf ogt, %0, %scale : f64
    yield %1 : i1
  }
}
neuro.network @n dt = 1.0 ms {
  // expected-warning @+1 {{normalization in model 'M' is not folded: neuron 0 of 'p' divides by zero or has a number that is not finite}}
  population @p [2] of @M
}
