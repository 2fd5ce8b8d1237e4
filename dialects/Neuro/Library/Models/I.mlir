neuro.model @I method sequential_euler doc "integrator with graded output, as NIR's I\n\n  dv/dt = r I\n\nThe output is v. Time is in the unit of the network's dt.\n\nSource: Pedersen et al. 2024, Nature Communications 15:8122 (NIR)" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v = state "v" = 0.0 doc "what has been integrated"
  %I = input "I" doc "current"
  dynamics {
    %dv = arith.mulf %r, %I : f64
    derivative %v, %dv : f64
  }
  emit {
    yield %v : f64
  }
}
