// A model of one's own: the quadratic integrate-and-fire neuron (Ermentrout and Kopell 1986).
neuro.model @QIF time ms method rk4 doc "quadratic integrate-and-fire neuron\0A\0A  tau dv/dt = v^2 + I\0A  spike if v > v_peak, then v := -v_peak" {
  %tau = parameter "tau" = 10.0 ms positive doc "time constant"
  %v_peak = parameter "v_peak" = 10.0 positive doc "a spike where v is greater"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  dynamics {
    %square = arith.mulf %v, %v : f64
    %sum = arith.addf %square, %I : f64
    %dv = arith.divf %sum, %tau : f64
    derivative %v, %dv : f64
  }
  fire {
    %above = arith.cmpf ogt, %v, %v_peak : f64
    yield %above : i1
  }
  reset {
    %low = arith.negf %v_peak : f64
    assign %v, %low : f64
  }
}
