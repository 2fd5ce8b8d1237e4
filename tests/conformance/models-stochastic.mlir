// steps=200 ulps=0
// Random numbers in models: the same draws in equations, discrete form and native code.
// Maps and junctions, which have no equations.
neuro.network @models_stochastic dt = 1.0 ms seed = 18446744073709551615 {
  source @in [3] is #neuro.external
  population @StochasticLIF_euler [3] of @StochasticLIF parameters {tau = 5.0, r = 4.0, t_ref = dense<[0.0, 1.0, 3.0]> : tensor<3xf64>} method euler
  population @StochasticLIF_sequential_euler [3] of @StochasticLIF parameters {tau = 5.0, r = 4.0, t_ref = dense<[0.0, 1.0, 3.0]> : tensor<3xf64>} method sequential_euler
  population @StochasticLIF_rk4 [3] of @StochasticLIF parameters {tau = 5.0, r = 4.0, t_ref = dense<[0.0, 1.0, 3.0]> : tensor<3xf64>} method rk4
  population @Poisson_p [3] of @Poisson parameters {rate = dense<[10.0, 200.0, 900.0]> : tensor<3xf64>}
  population @Rulkov_r [3] of @Rulkov parameters {sigma = dense<[0.01, 0.2, 0.3]> : tensor<3xf64>}
  population @Relay_r [3] of @Relay
  population @Threshold_t [3] of @Threshold parameters {threshold = dense<[0.1, 0.25, 0.3]> : tensor<3xf64>}
  projection @I.StochasticLIF_euler from @in to @StochasticLIF_euler port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.StochasticLIF_sequential_euler from @in to @StochasticLIF_sequential_euler port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.StochasticLIF_rk4 from @in to @StochasticLIF_rk4 port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.Rulkov_r from @in to @Rulkov_r port "I" via #neuro.one_to_one<weight = 0.0625>
  projection @x.Relay_r from @in to @Relay_r port "x" via #neuro.one_to_one<weight = 0.3> delay 4
  projection @x.Threshold_t from @in to @Threshold_t port "x" via #neuro.one_to_one<weight = 0.3>
  probe @v.of.StochasticLIF_euler of @StochasticLIF_euler "v"
  probe @output.of.StochasticLIF_euler of @StochasticLIF_euler "output"
  probe @v.of.StochasticLIF_sequential_euler of @StochasticLIF_sequential_euler "v"
  probe @output.of.StochasticLIF_sequential_euler of @StochasticLIF_sequential_euler "output"
  probe @v.of.StochasticLIF_rk4 of @StochasticLIF_rk4 "v"
  probe @output.of.StochasticLIF_rk4 of @StochasticLIF_rk4 "output"
  probe @output.of.Poisson_p of @Poisson_p "output"
  probe @x.of.Rulkov_r of @Rulkov_r "x"
  probe @y.of.Rulkov_r of @Rulkov_r "y"
  probe @output.of.Rulkov_r of @Rulkov_r "output"
  probe @output.of.Relay_r of @Relay_r "output"
  probe @output.of.Threshold_t of @Threshold_t "output"
}
