neuro.model @LIF_alpha_curr time ms method exact doc "leaky integrate-and-fire neuron with alpha-shaped synaptic currents, as NEST's iaf_psc_alpha and PyNN's IF_curr_alpha\n\n  c_m dv/dt = c_m (v_leak - v) / tau_mem + i_exc + i_inh + i_offset + I\n  di_exc/dt = y_exc - i_exc / tau_syn_exc\n  tau_syn_exc dy_exc/dt = -y_exc, y_exc := y_exc + exc e / tau_syn_exc before integration\n  the same for inh\n  spike if v > v_threshold, then v := v_reset for the time t_ref\n\nA spike of weight w at time 0 gives i = w (t / tau_syn) exp(1 - t / tau_syn), with the maximum w at t = tau_syn. Synaptic currents go on in the refractory time.\n\nSource: Rall 1967, Journal of Neurophysiology 30:1138 (alpha function); Rotter and Diesmann 1999, Biological Cybernetics 81:381 (exact integration)" {
  %c_m = parameter "c_m" = 250.0 pF positive doc "capacitance of the membrane"
  %tau_mem = parameter "tau_mem" = 10.0 ms positive doc "time constant of the membrane"
  %tau_syn_exc = parameter "tau_syn_exc" = 2.0 ms positive doc "time from a spike to the maximum of the excitatory current"
  %tau_syn_inh = parameter "tau_syn_inh" = 2.0 ms positive doc "time from a spike to the maximum of the inhibitory current"
  %v_leak = parameter "v_leak" = -70.0 mV doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = -55.0 mV doc "a spike where v is greater"
  %v_reset = parameter "v_reset" = -70.0 mV doc "v after a spike"
  %t_ref = parameter "t_ref" = 2.0 ms doc "refractory time, in which v is held"
  %i_offset = parameter "i_offset" = 0.0 pA doc "constant current"
  %v = state "v" from %v_leak mV doc "membrane potential"
  %i_exc = state "i_exc" = 0.0 pA doc "excitatory synaptic current"
  %y_exc = state "y_exc" = 0.0 "pA/ms" doc "what is still to become i_exc"
  %i_inh = state "i_inh" = 0.0 pA doc "inhibitory synaptic current"
  %y_inh = state "y_inh" = 0.0 "pA/ms" doc "what is still to become i_inh"
  %I = input "I" pA doc "current"
  %exc = input "exc" pA doc "excitatory spikes: maximum of the current"
  %inh = input "inh" pA doc "inhibitory spikes: extremum of the current; weights are negative"
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
    %leak = arith.divf %gap, %tau_mem : f64
    %synaptic = arith.addf %i_exc, %i_inh : f64
    %external = arith.addf %i_offset, %I : f64
    %current = arith.addf %synaptic, %external : f64
    %drive = arith.divf %current, %c_m : f64
    %dv = arith.addf %leak, %drive : f64
    derivative %v, %dv : f64
    %decay_e = arith.divf %i_exc, %tau_syn_exc : f64
    %de = arith.subf %y_exc, %decay_e : f64
    derivative %i_exc, %de : f64
    %minus_e = arith.negf %y_exc : f64
    %dye = arith.divf %minus_e, %tau_syn_exc : f64
    derivative %y_exc, %dye : f64
    %decay_i = arith.divf %i_inh, %tau_syn_inh : f64
    %di = arith.subf %y_inh, %decay_i : f64
    derivative %i_inh, %di : f64
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
