// steps=600 ulps=65536
// The same by exponential Euler.
// The interpreter finds the factors of the states numerically in the equations; the discrete form has them exactly.
neuro.network @models_hodgkin_huxley_exponential dt = 0.02 ms seed = 5 {
  source @in [3] is #neuro.external
  population @HodgkinHuxley_exponential_euler [3] of @HodgkinHuxley parameters {g_na = dense<[120.0, 110.0, 130.0]> : tensor<3xf64>} method exponential_euler
  projection @I.HodgkinHuxley_exponential_euler from @in to @HodgkinHuxley_exponential_euler port "I" via #neuro.one_to_one<weight = 40.0>
  probe @v.of.HodgkinHuxley_exponential_euler of @HodgkinHuxley_exponential_euler "v"
  probe @m.of.HodgkinHuxley_exponential_euler of @HodgkinHuxley_exponential_euler "m"
  probe @h.of.HodgkinHuxley_exponential_euler of @HodgkinHuxley_exponential_euler "h"
  probe @n.of.HodgkinHuxley_exponential_euler of @HodgkinHuxley_exponential_euler "n"
  probe @output.of.HodgkinHuxley_exponential_euler of @HodgkinHuxley_exponential_euler "output"
}
