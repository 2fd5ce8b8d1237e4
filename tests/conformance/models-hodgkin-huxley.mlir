// steps=600 ulps=0
// Four states with rates full of exponentials.
neuro.network @models_hodgkin_huxley dt = 0.02 ms seed = 5 {
  source @in [3] is #neuro.external
  population @HodgkinHuxley_euler [3] of @HodgkinHuxley parameters {g_na = dense<[120.0, 110.0, 130.0]> : tensor<3xf64>} method euler
  population @HodgkinHuxley_sequential_euler [3] of @HodgkinHuxley parameters {g_na = dense<[120.0, 110.0, 130.0]> : tensor<3xf64>} method sequential_euler
  population @HodgkinHuxley_rk4 [3] of @HodgkinHuxley parameters {g_na = dense<[120.0, 110.0, 130.0]> : tensor<3xf64>} method rk4
  projection @I.HodgkinHuxley_euler from @in to @HodgkinHuxley_euler port "I" via #neuro.one_to_one<weight = 40.0>
  projection @I.HodgkinHuxley_sequential_euler from @in to @HodgkinHuxley_sequential_euler port "I" via #neuro.one_to_one<weight = 40.0>
  projection @I.HodgkinHuxley_rk4 from @in to @HodgkinHuxley_rk4 port "I" via #neuro.one_to_one<weight = 40.0>
  probe @v.of.HodgkinHuxley_euler of @HodgkinHuxley_euler "v"
  probe @m.of.HodgkinHuxley_euler of @HodgkinHuxley_euler "m"
  probe @h.of.HodgkinHuxley_euler of @HodgkinHuxley_euler "h"
  probe @n.of.HodgkinHuxley_euler of @HodgkinHuxley_euler "n"
  probe @output.of.HodgkinHuxley_euler of @HodgkinHuxley_euler "output"
  probe @v.of.HodgkinHuxley_sequential_euler of @HodgkinHuxley_sequential_euler "v"
  probe @m.of.HodgkinHuxley_sequential_euler of @HodgkinHuxley_sequential_euler "m"
  probe @h.of.HodgkinHuxley_sequential_euler of @HodgkinHuxley_sequential_euler "h"
  probe @n.of.HodgkinHuxley_sequential_euler of @HodgkinHuxley_sequential_euler "n"
  probe @output.of.HodgkinHuxley_sequential_euler of @HodgkinHuxley_sequential_euler "output"
  probe @v.of.HodgkinHuxley_rk4 of @HodgkinHuxley_rk4 "v"
  probe @m.of.HodgkinHuxley_rk4 of @HodgkinHuxley_rk4 "m"
  probe @h.of.HodgkinHuxley_rk4 of @HodgkinHuxley_rk4 "h"
  probe @n.of.HodgkinHuxley_rk4 of @HodgkinHuxley_rk4 "n"
  probe @output.of.HodgkinHuxley_rk4 of @HodgkinHuxley_rk4 "output"
}
