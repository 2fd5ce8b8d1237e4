neuro.model @LIF_exp_curr time ms method exact doc "leaky integrate-and-fire neuron with exponential synaptic currents, as NEST's iaf_psc_exp and PyNN's IF_curr_exp\n\n  c_m dv/dt = c_m (v_leak - v) / tau_mem + i_exc + i_inh + i_offset + I\n  tau_syn_exc di_exc/dt = -i_exc, i_exc := i_exc + exc before integration\n  tau_syn_inh di_inh/dt = -i_inh, i_inh := i_inh + inh before integration\n  spike if v > v_threshold, then v := v_reset for the time t_ref\n\nSynaptic currents go on in the refractory time. With c_m equal to tau_mem in number, currents are in mV as in Vogels and Abbott 2005 (CUBA).\n\nSource: Tsodyks, Uziel and Markram 2000, Journal of Neuroscience 20:RC50; Rotter and Diesmann 1999, Biological Cybernetics 81:381 (exact integration)" {
  %c_m = parameter "c_m" = 250.0 pF positive doc "capacitance of the membrane"
  %tau_mem = parameter "tau_mem" = 10.0 ms positive doc "time constant of the membrane"
  %tau_syn_exc = parameter "tau_syn_exc" = 2.0 ms positive doc "decay of the excitatory current"
  %tau_syn_inh = parameter "tau_syn_inh" = 2.0 ms positive doc "decay of the inhibitory current"
  %v_leak = parameter "v_leak" = -70.0 mV doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = -55.0 mV doc "a spike where v is greater"
  %v_reset = parameter "v_reset" = -70.0 mV doc "v after a spike"
  %t_ref = parameter "t_ref" = 2.0 ms doc "refractory time, in which v is held"
  %i_offset = parameter "i_offset" = 0.0 pA doc "constant current"
  %v = state "v" from %v_leak mV doc "membrane potential"
  %i_exc = state "i_exc" = 0.0 pA doc "excitatory synaptic current"
  %i_inh = state "i_inh" = 0.0 pA doc "inhibitory synaptic current"
  %I = input "I" pA doc "current"
  %exc = input "exc" pA doc "excitatory spikes: jumps of i_exc"
  %inh = input "inh" pA doc "inhibitory spikes: jumps of i_inh; weights are negative"
  receive {
    %e = arith.addf %i_exc, %exc : f64
    %i = arith.addf %i_inh, %inh : f64
    assign %i_exc, %e : f64
    assign %i_inh, %i : f64
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
    %minus_e = arith.negf %i_exc : f64
    %de = arith.divf %minus_e, %tau_syn_exc : f64
    derivative %i_exc, %de : f64
    %minus_i = arith.negf %i_inh : f64
    %di = arith.divf %minus_i, %tau_syn_inh : f64
    derivative %i_inh, %di : f64
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
