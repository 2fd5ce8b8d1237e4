// The network of Vogels and Abbott (2005) with synaptic currents: benchmark 2 ("CUBA") of Brette et al. (2007).
//
// 3,200 excitatory and 800 inhibitory leaky integrate-and-fire neurons; any two are connected with probability 0.02.
// No input: the leak's rest, -49 mV, lies above the threshold, -50 mV, so the network is active by itself.
//
//   tau_mem dv/dt = (v_leak - v) + i_exc + i_inh        tau_mem = 20 ms, v_leak = -49 mV
//   tau_syn di/dt = -i                                  5 ms excitatory, 10 ms inhibitory
//   spike if v > -50 mV, then v = -60 mV for 5 ms
//
// The model measures currents in pA and drives the membrane with i / c_m. With c_m equal in number to tau_mem, i / c_m
// is i / tau_mem, and a "pA" is what the paper calls a millivolt of synaptic current.
neuro.network @cuba dt = 0.1 ms seed = 1 {
  population @exc [3200] of @LIF_exp_curr
      parameters {tau_mem = 20.0 ms, c_m = 20.0, v_leak = -49.0 mV, v_threshold = -50.0 mV, v_reset = -60.0 mV, t_ref = 5.0 ms, tau_syn_exc = 5.0 ms, tau_syn_inh = 10.0 ms}
      initial {v = #neuro.uniform<-60.0, -50.0>}
  population @inh [800] of @LIF_exp_curr
      parameters {tau_mem = 20.0 ms, c_m = 20.0, v_leak = -49.0 mV, v_threshold = -50.0 mV, v_reset = -60.0 mV, t_ref = 5.0 ms, tau_syn_exc = 5.0 ms, tau_syn_inh = 10.0 ms}
      initial {v = #neuro.uniform<-60.0, -50.0>}

  // An excitatory spike adds 1.62 mV, an inhibitory one takes 9 mV; both arrive after 0.8 ms.
  projection @exc_exc from @exc to @exc port "exc" via #neuro.fixed_probability<probability = 0.02, weight = 1.62, allow_self = false> delay 0.8 ms
  projection @exc_inh from @exc to @inh port "exc" via #neuro.fixed_probability<probability = 0.02, weight = 1.62> delay 0.8 ms
  projection @inh_exc from @inh to @exc port "inh" via #neuro.fixed_probability<probability = 0.02, weight = -9.0> delay 0.8 ms
  projection @inh_inh from @inh to @inh port "inh" via #neuro.fixed_probability<probability = 0.02, weight = -9.0, allow_self = false> delay 0.8 ms

  probe @spikes_exc of @exc "spikes"
  probe @spikes_inh of @inh "spikes"
}
