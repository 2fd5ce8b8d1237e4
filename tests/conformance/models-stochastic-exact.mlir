// steps=200 ulps=16
// Escape noise with the membrane integrated exactly and by exponential Euler.
// The interpreter finds the factors of the states numerically in the equations; the discrete form has them exactly.
neuro.network @models_stochastic_exact dt = 1.0 ms seed = 77 {
  source @in [3] is #neuro.external
  population @StochasticLIF_exponential_euler [3] of @StochasticLIF parameters {tau = 5.0, r = 4.0, t_ref = dense<[0.0, 1.0, 3.0]> : tensor<3xf64>} method exponential_euler
  population @StochasticLIF_exact [3] of @StochasticLIF parameters {tau = 5.0, r = 4.0, t_ref = dense<[0.0, 1.0, 3.0]> : tensor<3xf64>} method exact
  projection @I.StochasticLIF_exponential_euler from @in to @StochasticLIF_exponential_euler port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.StochasticLIF_exact from @in to @StochasticLIF_exact port "I" via #neuro.one_to_one<weight = 1.0>
  probe @v.of.StochasticLIF_exponential_euler of @StochasticLIF_exponential_euler "v"
  probe @output.of.StochasticLIF_exponential_euler of @StochasticLIF_exponential_euler "output"
  probe @v.of.StochasticLIF_exact of @StochasticLIF_exact "v"
  probe @output.of.StochasticLIF_exact of @StochasticLIF_exact "output"
}
