// One of these populations is integrated by the method 'exact'.
neuro.network @parts dt = 0.5 ms seed = 3 {
  source @drive [6] is #neuro.external
  source @noise [5] is #neuro.poisson<rate = 200.0>
  population @exact [6] of @LIF parameters {tau = 5.0, v_threshold = 0.5} method exact
  population @more [4] of @LIF
  projection @in from @drive to @exact via #neuro.one_to_one<weight = 0.7> delay 2
  projection @rest from @noise to @more via #neuro.fixed_probability<probability = 0.4, weight = 9.0>
  projection @on from @exact to @more via #neuro.all_to_all<weight = 3.0> delay 1.0 ms
  probe @v of @exact "v"
}
