// The network of Vogels and Abbott (2005) with synaptic conductances: benchmark 1 ("COBA") of Brette et al. (2007).
//
// As cuba.mlir, but a spike opens a conductance, whose current depends on the membrane potential:
//
//   tau_mem dv/dt = (v_leak - v) + g_exc (0 mV - v) + g_inh (-80 mV - v) + 20 mV    tau_mem = 20 ms, v_leak = -60 mV
//   tau_syn dg/dt = -g                                                             5 ms excitatory, 10 ms inhibitory
//   spike if v > -50 mV, then v = -60 mV for 5 ms
//
// Forward Euler is exact enough at steps of 0.1 ms and needs no exponential function of the C library, which would take
// most of the time: exponential_euler gives the same rate.
//
// With g_leak = 1 and c_m equal in number to tau_mem, conductances are in units of the leak's and currents in mV.
neuro.network @coba dt = 0.1 ms seed = 1 {
  population @exc [3200] of @LIF_exp_cond
      parameters {c_m = 20.0, g_leak = 1.0, v_leak = -60.0 mV, e_exc = 0.0 mV, e_inh = -80.0 mV, i_offset = 20.0, v_threshold = -50.0 mV, v_reset = -60.0 mV, t_ref = 5.0 ms, tau_syn_exc = 5.0 ms, tau_syn_inh = 10.0 ms}
      initial {v = #neuro.uniform<-60.0, -50.0>} method euler
  population @inh [800] of @LIF_exp_cond
      parameters {c_m = 20.0, g_leak = 1.0, v_leak = -60.0 mV, e_exc = 0.0 mV, e_inh = -80.0 mV, i_offset = 20.0, v_threshold = -50.0 mV, v_reset = -60.0 mV, t_ref = 5.0 ms, tau_syn_exc = 5.0 ms, tau_syn_inh = 10.0 ms}
      initial {v = #neuro.uniform<-60.0, -50.0>} method euler

  // A spike opens 0.4 (excitatory) or 5.1 (inhibitory) times the leak's conductance, 0.8 ms later.
  projection @exc_exc from @exc to @exc port "exc" via #neuro.fixed_probability<probability = 0.02, weight = 0.4, allow_self = false> delay 0.8 ms
  projection @exc_inh from @exc to @inh port "exc" via #neuro.fixed_probability<probability = 0.02, weight = 0.4> delay 0.8 ms
  projection @inh_exc from @inh to @exc port "inh" via #neuro.fixed_probability<probability = 0.02, weight = 5.1> delay 0.8 ms
  projection @inh_inh from @inh to @inh port "inh" via #neuro.fixed_probability<probability = 0.02, weight = 5.1, allow_self = false> delay 0.8 ms

  probe @spikes_exc of @exc "spikes"
  probe @spikes_inh of @inh "spikes"
}
