neuro.model @LIF_alpha_cond time ms method rk4 doc "leaky integrate-and-fire neuron with alpha-shaped synaptic conductances, as NEST's iaf_cond_alpha and PyNN's IF_cond_alpha\n\n  c_m dv/dt = g_leak (v_leak - v) + g_exc (e_exc - v) + g_inh (e_inh - v) + i_offset + I\n  dg_exc/dt = y_exc - g_exc / tau_syn_exc\n  tau_syn_exc dy_exc/dt = -y_exc, y_exc := y_exc + exc e / tau_syn_exc before integration\n  the same for inh\n  spike if v > v_threshold, then v := v_reset for the time t_ref\n\nA spike of weight w at time 0 gives g = w (t / tau_syn) exp(1 - t / tau_syn), with the maximum w at t = tau_syn. Synaptic conductances go on in the refractory time.\n\nSource: Meffin, Burkitt and Grayden 2004, Journal of Computational Neuroscience 16:159; Rall 1967, Journal of Neurophysiology 30:1138 (alpha function)" {
  %c_m = parameter "c_m" = 250.0 pF positive doc "capacitance of the membrane"
  %g_leak = parameter "g_leak" = 16.6667 nS positive doc "leak conductance"
  %tau_syn_exc = parameter "tau_syn_exc" = 0.2 ms positive doc "time from a spike to the maximum of the excitatory conductance"
  %tau_syn_inh = parameter "tau_syn_inh" = 2.0 ms positive doc "time from a spike to the maximum of the inhibitory conductance"
  %v_leak = parameter "v_leak" = -70.0 mV doc "where v rests without input"
  %e_exc = parameter "e_exc" = 0.0 mV doc "reversal potential of excitation"
  %e_inh = parameter "e_inh" = -85.0 mV doc "reversal potential of inhibition"
  %v_threshold = parameter "v_threshold" = -55.0 mV doc "a spike where v is greater"
  %v_reset = parameter "v_reset" = -60.0 mV doc "v after a spike"
  %t_ref = parameter "t_ref" = 2.0 ms doc "refractory time, in which v is held"
  %i_offset = parameter "i_offset" = 0.0 pA doc "constant current"
  %v = state "v" from %v_leak mV doc "membrane potential"
  %g_exc = state "g_exc" = 0.0 nS doc "excitatory conductance"
  %y_exc = state "y_exc" = 0.0 "nS/ms" doc "what is still to become g_exc"
  %g_inh = state "g_inh" = 0.0 nS doc "inhibitory conductance"
  %y_inh = state "y_inh" = 0.0 "nS/ms" doc "what is still to become g_inh"
  %I = input "I" pA doc "current"
  %exc = input "exc" nS doc "excitatory spikes: maximum of the conductance"
  %inh = input "inh" nS doc "inhibitory spikes: maximum of the conductance; weights are positive"
  receive {
    %euler = arith.constant 2.718281828459045 : f64
    %se = arith.divf %euler, %tau_syn_exc : f64
    %e = arith.mulf %exc, %se : f64
    %ye = arith.addf %y_exc, %e : f64
    %si = arith.divf %euler, %tau_syn_inh : f64
    %i = arith.mulf %inh, %si : f64
    %yi = arith.addf %y_inh, %i : f64
    assign %y_exc, %ye : f64
    assign %y_inh, %yi : f64
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
    %decay_e = arith.divf %g_exc, %tau_syn_exc : f64
    %de = arith.subf %y_exc, %decay_e : f64
    derivative %g_exc, %de : f64
    %minus_e = arith.negf %y_exc : f64
    %dye = arith.divf %minus_e, %tau_syn_exc : f64
    derivative %y_exc, %dye : f64
    %decay_i = arith.divf %g_inh, %tau_syn_inh : f64
    %di = arith.subf %y_inh, %decay_i : f64
    derivative %g_inh, %di : f64
    %minus_i = arith.negf %y_inh : f64
    %dyi = arith.divf %minus_i, %tau_syn_inh : f64
    derivative %y_inh, %dyi : f64
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
