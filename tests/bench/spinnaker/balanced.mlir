// 10,000 neurons in steps of 1 ms: the network of Vogels and Abbott (2005), examples/vogels_abbott/cuba.mlir, with 2.5 times the
// neurons and synapses of as much less weight: 200 a neuron, 2 million.
neuro.network @balanced dt = 1.0 ms seed = 1 {
  population @exc [8000] of @LIF_exp_curr
      parameters {tau_mem = 20.0 ms, c_m = 20.0, v_leak = -49.0 mV, v_threshold = -50.0 mV, v_reset = -60.0 mV, t_ref = 5.0 ms, tau_syn_exc = 5.0 ms, tau_syn_inh = 10.0 ms}
      initial {v = #neuro.uniform<-60.0, -50.0>}
  population @inh [2000] of @LIF_exp_curr
      parameters {tau_mem = 20.0 ms, c_m = 20.0, v_leak = -49.0 mV, v_threshold = -50.0 mV, v_reset = -60.0 mV, t_ref = 5.0 ms, tau_syn_exc = 5.0 ms, tau_syn_inh = 10.0 ms}
      initial {v = #neuro.uniform<-60.0, -50.0>}
  projection @exc_exc from @exc to @exc port "exc" via #neuro.fixed_probability<probability = 0.02, weight = 0.648, allow_self = false> delay 1.0 ms
  projection @exc_inh from @exc to @inh port "exc" via #neuro.fixed_probability<probability = 0.02, weight = 0.648> delay 1.0 ms
  projection @inh_exc from @inh to @exc port "inh" via #neuro.fixed_probability<probability = 0.02, weight = -3.6> delay 1.0 ms
  projection @inh_inh from @inh to @inh port "inh" via #neuro.fixed_probability<probability = 0.02, weight = -3.6, allow_self = false> delay 1.0 ms
}
