neuro.model @ALIF time ms method exact doc "leaky integrate-and-fire neuron whose threshold grows with each spike\n\n  tau dv/dt = (v_leak - v) + r I\n  tau_adapt da/dt = -a\n  B = v_threshold + beta a\n  spike if v > B, then v := v - B and a := a + 1\n\nv goes on in the refractory time t_ref, in which the neuron only cannot fire. Bellec et al. 2018 let a grow by 1 - exp(-dt / tau_adapt) instead of 1: their beta, times that, is the beta here.\n\nSource: Bellec, Salaj, Subramoney, Legenstein and Maass 2018, NeurIPS 31 (LSNN); Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, section 6.1" {
  %tau = parameter "tau" = 20.0 ms positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold of a neuron that has been silent for long"
  %tau_adapt = parameter "tau_adapt" = 200.0 ms positive doc "time constant of the threshold"
  %beta = parameter "beta" = 0.2 doc "growth of the threshold with each spike"
  %t_ref = parameter "t_ref" = 5.0 ms doc "refractory time"
  %v = state "v" = 0.0 doc "membrane potential"
  %a = state "a" = 0.0 doc "low-pass filtered count of the neuron's own spikes"
  %I = input "I" doc "current"
  dynamics {
    %leak = arith.subf %v_leak, %v : f64
    %drive = arith.mulf %r, %I : f64
    %sum = arith.addf %leak, %drive : f64
    %dv = arith.divf %sum, %tau : f64
    derivative %v, %dv : f64
    %decay = arith.negf %a : f64
    %da = arith.divf %decay, %tau_adapt : f64
    derivative %a, %da : f64
  }
  refractory %t_ref : f64
  fire {
    %growth = arith.mulf %beta, %a : f64
    %b = arith.addf %v_threshold, %growth : f64
    %above = arith.cmpf ogt, %v, %b : f64
    yield %above : i1
  }
  reset {
    %growth = arith.mulf %beta, %a : f64
    %b = arith.addf %v_threshold, %growth : f64
    %rest = arith.subf %v, %b : f64
    %one = arith.constant 1.0 : f64
    %more = arith.addf %a, %one : f64
    assign %v, %rest : f64
    assign %a, %more : f64
  }
}
