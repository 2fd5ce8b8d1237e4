// Three neurons of the model of qif.mlir, with other time constants, under a constant current.
neuro.network @oscillator dt = 0.1 ms {
  source @current [3] is #neuro.current<starts = [0], values = dense<1.0> : tensor<1xf64>>
  population @cell [3] of @QIF parameters {tau = dense<[5.0, 10.0, 20.0]> : tensor<3xf64>}
  projection @in from @current to @cell via #neuro.one_to_one<weight = 1.0>
  probe @v of @cell "v"
}
