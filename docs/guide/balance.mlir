// 80 excitatory and 20 inhibitory neurons, driven by noise.
neuro.network @balance dt = 0.1 ms seed = 7 {
  source @noise [100] is #neuro.poisson<rate = 20.0>

  population @exc [80] of @LIF_exp_curr parameters {tau_syn_exc = 5.0 ms}
      initial {v = #neuro.uniform<-70.0, -55.0>}
  population @inh [20] of @LIF_exp_curr

  projection @drive from @noise to @exc port "exc"
      via #neuro.fixed_probability<probability = 0.2, weight = 300.0>
  projection @up from @exc to @inh port "exc"
      via #neuro.fixed_indegree<indegree = 20, weight = 200.0> delay 1.5 ms
  projection @down from @inh to @exc port "inh"
      via #neuro.all_to_all<weight = -100.0> delay 1.5 ms

  probe @spikes of @exc "spikes"
  probe @v of @exc "v" neurons [0, 1, 2] every 10
}
