// steps=120 ulps=0
// Populations that start late (neuro_s12): with states that are not at rest, noise, a refractory time, a bias that
// leaves them; one that gets spikes too early, through immediate and delayed projections; relays of both kinds.
neuro.model @PassSpikes {
  %x = input "x"
  fire {
    %zero = arith.constant 0.0 : f64
    %spike = arith.cmpf une, %x, %zero : f64
    yield %spike : i1
  }
}
neuro.network @late dt = 1.0 ms seed = 11 {
  source @in [3] is #neuro.external
  population @early [3] of @LIF parameters {tau = 4.0, v_threshold = 0.4} method euler
  population @noisy [70] of @StochasticLIF initial {v = 0.5} method euler {neuro.start = 7 : i64}
  population @deaf [3] of @StochasticLIF parameters {tau = 5.0, v_threshold = 0.6, t_ref = 3.0 ms} initial {v = 0.3} method euler {neuro.start = 40 : i64}
  population @graded [3] of @Relay {neuro.start = 5 : i64}
  population @spikes [3] of @PassSpikes {neuro.start = 9 : i64}
  population @never [2] of @IF {neuro.start = 1000 : i64}
  projection @a from @in to @early via #neuro.one_to_one<weight = 1.5>
  projection @b from @early to @noisy port "I" via #neuro.all_to_all<weight = 0.5> delay 6
  projection @c from @early to @deaf port "I" via #neuro.dense<weights = dense<[[0.7, 0.1, 0.0], [0.3, 0.9, 0.2], [0.1, 0.0, 0.8]]> : tensor<3x3xf64>> delay steps dense<[[0, 1, 2], [3, 4, 5], [6, 7, 8]]> : tensor<3x3xi64>
  projection @d from @noisy to @deaf port "I" via #neuro.fixed_probability<probability = 0.3, weight = 0.05> bias dense<[0.1, 0.2, 0.3]> : tensor<3xf64> delay 2
  projection @e from @in to @graded via #neuro.one_to_one<weight = 1.0> delay 5
  projection @f from @graded to @early via #neuro.one_to_one<weight = 0.3> bias dense<[0.1, 0.0, 0.2]> : tensor<3xf64> delay 3
  projection @g from @early to @spikes via #neuro.one_to_one<weight = 1.0> delay 9
  projection @h from @spikes to @early via #neuro.one_to_one<weight = -0.5> delay 1
  projection @i from @never to @early via #neuro.all_to_all<weight = 1.0> bias dense<10.0> : tensor<3xf64> delay 1
  projection @j from @in to @never via #neuro.all_to_all<weight = 2.0>
  probe @noise of @noisy "v"
  probe @v of @deaf "v"
  probe @out of @graded "output"
}
