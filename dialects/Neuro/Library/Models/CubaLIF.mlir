neuro.model @CubaLIF method sequential_euler doc "leaky integrate-and-fire neuron with a current-based synapse, as NIR's CubaLIF\n\n  tau_syn dI/dt = w_in S - I\n  tau_mem dv/dt = (v_leak - v) + r I\n  spike if v > v_threshold, then v := v_reset\n\nTime is in the unit of the network's dt; in sequential_euler v sees the new I.\n\nSource: Pedersen et al. 2024, Nature Communications 15:8122 (NIR)" {
  %tau_syn = parameter "tau_syn" = 5.0 positive doc "time constant of the synapse"
  %tau_mem = parameter "tau_mem" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the current"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %w_in = parameter "w_in" = 1.0 doc "gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "a spike where v is greater"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike"
  %I = state "I" = 0.0 doc "synaptic current"
  %v = state "v" = 0.0 doc "membrane potential"
  %S = input "S" doc "weighted sum of the spikes of this step"
  dynamics {
    %in = arith.mulf %w_in, %S : f64
    %decay = arith.subf %in, %I : f64
    %dI = arith.divf %decay, %tau_syn : f64
    derivative %I, %dI : f64
    %leak = arith.subf %v_leak, %v : f64
    %drive = arith.mulf %r, %I : f64
    %sum = arith.addf %leak, %drive : f64
    %dv = arith.divf %sum, %tau_mem : f64
    derivative %v, %dv : f64
  }
  fire {
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    assign %v, %v_reset : f64
  }
}
