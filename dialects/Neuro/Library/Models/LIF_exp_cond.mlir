neuro.model @LIF_exp_cond time ms method rk4 doc "leaky integrate-and-fire neuron with exponential synaptic conductances, as NEST's iaf_cond_exp and PyNN's IF_cond_exp\n\n  c_m dv/dt = g_leak (v_leak - v) + g_exc (e_exc - v) + g_inh (e_inh - v) + i_offset + I\n  tau_syn_exc dg_exc/dt = -g_exc, g_exc := g_exc + exc before integration\n  tau_syn_inh dg_inh/dt = -g_inh, g_inh := g_inh + inh before integration\n  spike if v > v_threshold, then v := v_reset for the time t_ref\n\nSynaptic conductances go on in the refractory time. With g_leak = 1 and c_m equal in number to the membrane's time constant in ms, conductances are in units of the leak and currents in mV, as in Vogels and Abbott 2005 (COBA).\n\nSource: Meffin, Burkitt and Grayden 2004, Journal of Computational Neuroscience 16:159; Vogels and Abbott 2005, Journal of Neuroscience 25:10786" {
  %c_m = parameter "c_m" = 250.0 pF positive doc "capacitance of the membrane"
  %g_leak = parameter "g_leak" = 16.6667 nS positive doc "leak conductance"
  %tau_syn_exc = parameter "tau_syn_exc" = 0.2 ms positive doc "decay of the excitatory conductance"
  %tau_syn_inh = parameter "tau_syn_inh" = 2.0 ms positive doc "decay of the inhibitory conductance"
  %v_leak = parameter "v_leak" = -70.0 mV doc "where v rests without input"
  %e_exc = parameter "e_exc" = 0.0 mV doc "reversal potential of excitation"
  %e_inh = parameter "e_inh" = -85.0 mV doc "reversal potential of inhibition"
  %v_threshold = parameter "v_threshold" = -55.0 mV doc "a spike where v is greater"
  %v_reset = parameter "v_reset" = -60.0 mV doc "v after a spike"
  %t_ref = parameter "t_ref" = 2.0 ms doc "refractory time, in which v is held"
  %i_offset = parameter "i_offset" = 0.0 pA doc "constant current"
  %v = state "v" from %v_leak mV doc "membrane potential"
  %g_exc = state "g_exc" = 0.0 nS doc "excitatory conductance"
  %g_inh = state "g_inh" = 0.0 nS doc "inhibitory conductance"
  %I = input "I" pA doc "current"
  %exc = input "exc" nS doc "excitatory spikes: jumps of g_exc"
  %inh = input "inh" nS doc "inhibitory spikes: jumps of g_inh; weights are positive"
  receive {
    %e = arith.addf %g_exc, %exc : f64
    %i = arith.addf %g_inh, %inh : f64
    assign %g_exc, %e : f64
    assign %g_inh, %i : f64
  }
  dynamics {
    %gap = arith.subf %v_leak, %v : f64
    %leak = arith.mulf %g_leak, %gap : f64
    %gap_e = arith.subf %e_exc, %v : f64
    %current_e = arith.mulf %g_exc, %gap_e : f64
    %gap_i = arith.subf %e_inh, %v : f64
    %current_i = arith.mulf %g_inh, %gap_i : f64
    %synaptic = arith.addf %current_e, %current_i : f64
    %external = arith.addf %i_offset, %I : f64
    %0 = arith.addf %leak, %synaptic : f64
    %current = arith.addf %0, %external : f64
    %dv = arith.divf %current, %c_m : f64
    derivative %v, %dv : f64
    %minus_e = arith.negf %g_exc : f64
    %de = arith.divf %minus_e, %tau_syn_exc : f64
    derivative %g_exc, %de : f64
    %minus_i = arith.negf %g_inh : f64
    %di = arith.divf %minus_i, %tau_syn_inh : f64
    derivative %g_inh, %di : f64
  }
  refractory %t_ref holds %v : f64
  fire {
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    assign %v, %v_reset : f64
  }
}
