neuro.model @LIF_delta time ms method exact doc "leaky integrate-and-fire neuron whose membrane jumps with each spike, as NEST's iaf_psc_delta\n\n  c_m dv/dt = c_m (v_leak - v) / tau_mem + i_offset + I\n  v := v + spikes, before integration\n  spike if v > v_threshold, then v := v_reset for the time t_ref\n\nSpikes that arrive in the refractory time are lost.\n\nSource: Brunel 2000, Journal of Computational Neuroscience 8:183; Tuckwell 1988, Introduction to Theoretical Neurobiology" {
  %c_m = parameter "c_m" = 250.0 pF positive doc "capacitance of the membrane"
  %tau_mem = parameter "tau_mem" = 10.0 ms positive doc "time constant of the membrane"
  %v_leak = parameter "v_leak" = -70.0 mV doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = -55.0 mV doc "a spike where v is greater"
  %v_reset = parameter "v_reset" = -70.0 mV doc "v after a spike"
  %t_ref = parameter "t_ref" = 2.0 ms doc "refractory time, in which v is held"
  %i_offset = parameter "i_offset" = 0.0 pA doc "constant current"
  %v = state "v" from %v_leak mV doc "membrane potential"
  %I = input "I" pA doc "current"
  %spikes = input "spikes" mV doc "jumps of v; inhibitory weights are negative"
  receive {
    %jumped = arith.addf %v, %spikes : f64
    assign %v, %jumped : f64
  }
  dynamics {
    %gap = arith.subf %v_leak, %v : f64
    %leak = arith.divf %gap, %tau_mem : f64
    %current = arith.addf %i_offset, %I : f64
    %drive = arith.divf %current, %c_m : f64
    %dv = arith.addf %leak, %drive : f64
    derivative %v, %dv : f64
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
