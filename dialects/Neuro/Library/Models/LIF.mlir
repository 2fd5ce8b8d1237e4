neuro.model @LIF method sequential_euler doc "leaky integrate-and-fire neuron, as NIR's LIF\n\n  tau dv/dt = (v_leak - v) + r I\n  spike if v > v_threshold, then v := v_reset\n\nTime is in the unit of the network's dt.\n\nSource: Pedersen et al. 2024, Nature Communications 15:8122 (NIR); Lapicque 1907" {
  %tau = parameter "tau" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "a spike where v is greater"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  dynamics {
    %leak = arith.subf %v_leak, %v : f64
    %drive = arith.mulf %r, %I : f64
    %sum = arith.addf %leak, %drive : f64
    %dv = arith.divf %sum, %tau : f64
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
