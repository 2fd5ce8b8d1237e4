neuro.model @LI method sequential_euler doc "leaky integrator with graded output, as NIR's LI\n\n  tau dv/dt = (v_leak - v) + r I\n\nThe output is v. Time is in the unit of the network's dt.\n\nSource: Pedersen et al. 2024, Nature Communications 15:8122 (NIR)" {
  %tau = parameter "tau" = 20.0 positive doc "time constant"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  dynamics {
    %leak = arith.subf %v_leak, %v : f64
    %drive = arith.mulf %r, %I : f64
    %sum = arith.addf %leak, %drive : f64
    %dv = arith.divf %sum, %tau : f64
    derivative %v, %dv : f64
  }
  emit {
    yield %v : f64
  }
}
