// 4,000 neurons with a synapse for one pair in 20,000: too many pairs to draw for routes, so every core sends to all,
// and some have no synapse there.
neuro.network @sparse dt = 1.0 ms seed = 3 {
  population @a [4000] of @LIF_exp_curr
      parameters {tau_mem = 20.0 ms, c_m = 20.0, v_leak = -45.0 mV, v_threshold = -50.0 mV, v_reset = -60.0 mV, t_ref = 5.0 ms, tau_syn_exc = 5.0 ms, tau_syn_inh = 10.0 ms}
      initial {v = #neuro.uniform<-60.0, -50.0>}
  projection @p from @a to @a port "exc" via #neuro.fixed_probability<probability = 0.00005, weight = 0.648> delay 1.0 ms
}
