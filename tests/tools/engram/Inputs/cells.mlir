// Cells whose answer is a closed form: 'leaky' relaxes to its input, 'counter' fires once a unit of input.
neuro.model @Relax time ms method exact {
  %tau = parameter "tau" = 10.0 ms positive
  %v = state "v" = 0.0
  %I = input "I"
  dynamics {
    %gap = arith.subf %I, %v : f64
    %slope = arith.divf %gap, %tau : f64
    derivative %v, %slope : f64
  }
  emit {
    yield %v : f64
  }
}

neuro.model @Accumulate time ms method euler {
  %v = state "v" = 0.0
  %I = input "I"
  dynamics {
    derivative %v, %I : f64
  }
  fire {
    %one = arith.constant 1.0 : f64
    %full = arith.cmpf oge, %v, %one : f64
    yield %full : i1
  }
  reset {
    %one = arith.constant 1.0 : f64
    %rest = arith.subf %v, %one : f64
    assign %v, %rest : f64
  }
}

neuro.network @cells dt = 1.0 ms seed = 5 {
  source @drive [2] is #neuro.external
  population @leaky [2] of @Relax
  population @counter [2] of @Accumulate
  projection @a from @drive to @leaky via #neuro.one_to_one<weight = 1.0>
  projection @b from @drive to @counter via #neuro.one_to_one<weight = 1.0>
  probe @spikes of @counter "spikes"
}
