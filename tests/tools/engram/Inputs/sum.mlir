// 'cell' adds up all that its source gave; a source with three axes, as an event camera has.
neuro.model @Sum time ms method euler {
  %v = state "v" = 0.0
  %I = input "I"
  dynamics {
    derivative %v, %I : f64
  }
  fire {
    %zero = arith.constant 0.0 : f64
    %any = arith.cmpf ogt, %I, %zero : f64
    yield %any : i1
  }
}

neuro.network @sum dt = 1.0 ms {
  source @camera [2, 1, 3] is #neuro.external
  population @cell [2, 1, 3] of @Sum
  projection @in from @camera to @cell via #neuro.one_to_one<weight = 1.0>
}
