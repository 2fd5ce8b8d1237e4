neuro.model @AdEx_exp_cond time ms method rk4 doc "adaptive exponential integrate-and-fire neuron with exponential synaptic conductances, as NEST's aeif_cond_exp and PyNN's EIF_cond_exp_isfa_ista\n\n  c_m dv/dt = g_leak (v_leak - v) + g_leak delta exp((v - v_threshold) / delta) - w\n              + g_exc (e_exc - v) + g_inh (e_inh - v) + i_offset + I\n  tau_w dw/dt = a (v - v_leak) - w\n  tau_syn_exc dg_exc/dt = -g_exc, g_exc := g_exc + exc before integration\n  tau_syn_inh dg_inh/dt = -g_inh, g_inh := g_inh + inh before integration\n  spike if v > v_peak, then v := v_reset for the time t_ref and w := w + b\n\nThe derivatives take no v above v_peak, so that the exponential cannot overflow within a step. Synaptic conductances go on in the refractory time.\n\nSource: Brette and Gerstner 2005, Journal of Neurophysiology 94:3637" {
  %c_m = parameter "c_m" = 281.0 pF positive doc "capacitance of the membrane"
  %g_leak = parameter "g_leak" = 30.0 nS positive doc "leak conductance"
  %tau_syn_exc = parameter "tau_syn_exc" = 0.2 ms positive doc "decay of the excitatory conductance"
  %tau_syn_inh = parameter "tau_syn_inh" = 2.0 ms positive doc "decay of the inhibitory conductance"
  %v_leak = parameter "v_leak" = -70.6 mV doc "where v rests without input"
  %e_exc = parameter "e_exc" = 0.0 mV doc "reversal potential of excitation"
  %e_inh = parameter "e_inh" = -85.0 mV doc "reversal potential of inhibition"
  %v_threshold = parameter "v_threshold" = -50.4 mV doc "where the exponential takes over (V_T)"
  %delta = parameter "delta" = 2.0 mV positive doc "sharpness of the upstroke (Delta_T)"
  %v_peak = parameter "v_peak" = 20.0 mV doc "a spike where v is greater"
  %v_reset = parameter "v_reset" = -70.6 mV doc "v after a spike"
  %tau_w = parameter "tau_w" = 144.0 ms positive doc "time constant of the adaptation"
  %a = parameter "a" = 4.0 nS doc "adaptation below the threshold"
  %b = parameter "b" = 80.5 pA doc "growth of w with each spike"
  %t_ref = parameter "t_ref" = 0.0 ms doc "refractory time, in which v is held"
  %i_offset = parameter "i_offset" = 0.0 pA doc "constant current"
  %v = state "v" from %v_leak mV doc "membrane potential"
  %w = state "w" = 0.0 pA doc "adaptation current"
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
    %u = arith.minimumf %v, %v_peak : f64
    %gap = arith.subf %v_leak, %u : f64
    %leak = arith.mulf %g_leak, %gap : f64
    %above = arith.subf %u, %v_threshold : f64
    %ratio = arith.divf %above, %delta : f64
    %exp = math.exp %ratio : f64
    %slope = arith.mulf %g_leak, %delta : f64
    %upstroke = arith.mulf %slope, %exp : f64
    %0 = arith.addf %leak, %upstroke : f64
    %1 = arith.subf %0, %w : f64
    %gap_e = arith.subf %e_exc, %u : f64
    %current_e = arith.mulf %g_exc, %gap_e : f64
    %gap_i = arith.subf %e_inh, %u : f64
    %current_i = arith.mulf %g_inh, %gap_i : f64
    %synaptic = arith.addf %current_e, %current_i : f64
    %2 = arith.addf %1, %synaptic : f64
    %external = arith.addf %i_offset, %I : f64
    %current = arith.addf %2, %external : f64
    %dv = arith.divf %current, %c_m : f64
    derivative %v, %dv : f64
    %depolarized = arith.subf %u, %v_leak : f64
    %3 = arith.mulf %a, %depolarized : f64
    %4 = arith.subf %3, %w : f64
    %dw = arith.divf %4, %tau_w : f64
    derivative %w, %dw : f64
    %minus_e = arith.negf %g_exc : f64
    %de = arith.divf %minus_e, %tau_syn_exc : f64
    derivative %g_exc, %de : f64
    %minus_i = arith.negf %g_inh : f64
    %di = arith.divf %minus_i, %tau_syn_inh : f64
    derivative %g_inh, %di : f64
  }
  refractory %t_ref holds %v : f64
  fire {
    %above = arith.cmpf ogt, %v, %v_peak : f64
    yield %above : i1
  }
  reset {
    %more = arith.addf %w, %b : f64
    assign %v, %v_reset : f64
    assign %w, %more : f64
  }
}
