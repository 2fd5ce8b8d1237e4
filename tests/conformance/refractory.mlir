// steps=60
// A held state keeps its value where spikes arrive, too; what does not hold goes on and sees the held value.
neuro.model @Held method euler {
  %t_ref = parameter "t_ref" = 3.0
  %v = state "v" = 0.0
  %w = state "w" = 0.0
  %I = input "I"
  receive {
    %sum = arith.addf %v, %I : f64
    assign %v, %sum : f64
  }
  dynamics {
    derivative %w, %v : f64
  }
  refractory %t_ref holds %v : f64
  fire {
    %c = arith.constant 1.5 : f64
    %above = arith.cmpf ogt, %v, %c : f64
    yield %above : i1
  }
  reset {
    %c = arith.constant 0.25 : f64
    assign %v, %c : f64
  }
}
neuro.network @held dt = 1.0 ms {
  source @in [4] is #neuro.external
  population @p [4] of @Held parameters {t_ref = dense<[0.0, 1.0, 3.0, 7.4]> : tensor<4xf64>}
  projection @a from @in to @p via #neuro.one_to_one<weight = 0.75>
  probe @v of @p "v"
  probe @w of @p "w"
}
