neuro.model @IF method sequential_euler doc "integrate-and-fire neuron, as NIR's IF\n\n  dv/dt = r I\n  spike if v > v_threshold, then v := v_reset\n\nTime is in the unit of the network's dt.\n\nSource: Pedersen et al. 2024, Nature Communications 15:8122 (NIR)" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "a spike where v is greater"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  dynamics {
    %dv = arith.mulf %r, %I : f64
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
