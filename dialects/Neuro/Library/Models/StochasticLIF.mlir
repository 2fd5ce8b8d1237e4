neuro.model @StochasticLIF time ms method exact doc "leaky integrate-and-fire neuron that fires at random near its threshold (escape noise)\n\n  tau dv/dt = (v_leak - v) + r I\n  p = 1 - exp(-(dt / tau_escape) exp((v - v_threshold) / delta))\n  spike with probability p, then v := v_reset for the time t_ref\n\nAt the threshold spikes come at the rate 1 / tau_escape; as delta goes to 0 the neuron becomes the LIF.\n\nSource: Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, chapter 9; Plesser and Gerstner 2000, Neural Computation 12:367" {
  %tau = parameter "tau" = 20.0 ms positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "where spikes come at the rate 1 / tau_escape"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike"
  %tau_escape = parameter "tau_escape" = 10.0 ms positive doc "mean time to a spike at the threshold"
  %delta = parameter "delta" = 0.1 positive doc "width of the noisy range about the threshold"
  %t_ref = parameter "t_ref" = 0.0 ms doc "refractory time, in which v is held"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  dynamics {
    %leak = arith.subf %v_leak, %v : f64
    %drive = arith.mulf %r, %I : f64
    %sum = arith.addf %leak, %drive : f64
    %dv = arith.divf %sum, %tau : f64
    derivative %v, %dv : f64
  }
  refractory %t_ref holds %v : f64
  fire {
    %dt = time_step : f64
    %above = arith.subf %v, %v_threshold : f64
    %ratio = arith.divf %above, %delta : f64
    %exp = math.exp %ratio : f64
    %steps = arith.divf %dt, %tau_escape : f64
    %hazard = arith.mulf %steps, %exp : f64
    %minus = arith.negf %hazard : f64
    %e = math.expm1 %minus : f64
    %p = arith.negf %e : f64
    %x = uniform 0 : f64
    %fires = arith.cmpf olt, %x, %p : f64
    yield %fires : i1
  }
  reset {
    assign %v, %v_reset : f64
  }
}
