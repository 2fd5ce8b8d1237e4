// steps=300 ulps=0
// A balanced random network: recurrence, delays in time and in steps, distributions of delays, noise from outside.
// Of two projections between the same neurons one is immediate, so that the order within a step matters.
neuro.network @recurrence dt = 0.5 ms seed = 42 {
  source @noise [40] is #neuro.poisson<rate = 400.0>
  population @exc [40] of @LIF_exp_curr parameters {t_ref = 1.0, tau_mem = #neuro.uniform<8.0, 12.0>} initial {v = #neuro.uniform<-65.0, -50.0>} method euler
  population @inh [10] of @LIF_exp_curr parameters {t_ref = 0.5} initial {v = #neuro.normal<-60.0, 4.0>} method euler
  projection @drive from @noise to @exc port "exc" via #neuro.one_to_one<weight = 500.0>
  projection @drive_inh from @noise to @inh port "exc" via #neuro.fixed_indegree<indegree = 4, weight = 300.0> delay 1.2 ms
  projection @ee from @exc to @exc port "exc" via #neuro.fixed_probability<probability = 0.1, weight = 90.0, allow_self = false> delay 1.5 ms
  projection @ei from @exc to @inh port "exc" via #neuro.fixed_probability<probability = 0.3, weight = 90.0>
  projection @ei_late from @exc to @inh port "exc" via #neuro.fixed_indegree<indegree = 7, weight = 10.0> delay 200
  projection @ie from @inh to @exc port "inh" via #neuro.all_to_all<weight = -60.0> delay 2
  projection @ii from @inh to @inh port "inh" via #neuro.all_to_all<weight = -60.0, allow_self = false> delay 1
  probe @v of @exc "v" neurons [0, 7, 39]
  probe @w of @inh "v" every 7
  probe @n of @noise "output"
}
