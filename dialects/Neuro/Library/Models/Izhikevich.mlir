neuro.model @Izhikevich time ms method euler doc "Izhikevich's simple neuron\n\n  dv/dt = 0.04 v^2 + 5 v + 140 - u + I\n  du/dt = a (b v - u)\n  spike if v >= 30 mV, then v := c and u := u + d\n\nThe defaults are a regular spiking cell. The paper's own program takes dt = 1 ms and two half-steps for v with u held between them; here each dt is one step of the method, so a dt of 0.1 ms or less comes closer to the equations. Weights of spikes are currents that last for the step in which they arrive.\n\nSource: Izhikevich 2003, IEEE Transactions on Neural Networks 14:1569" {
  %a = parameter "a" = 0.02 "1/ms" doc "rate of the recovery variable"
  %b = parameter "b" = 0.2 "1/ms" doc "how strongly u follows v"
  %c = parameter "c" = -65.0 mV doc "v after a spike"
  %d = parameter "d" = 8.0 "mV/ms" doc "growth of u with each spike"
  %v = state "v" = -65.0 mV doc "membrane potential"
  %u = state "u" = -13.0 "mV/ms" doc "recovery variable; the default is b v of the default cell"
  %I = input "I" "mV/ms" doc "current"
  dynamics {
    %k2 = arith.constant 0.04 : f64
    %k1 = arith.constant 5.0 : f64
    %k0 = arith.constant 140.0 : f64
    %vv = arith.mulf %v, %v : f64
    %0 = arith.mulf %k2, %vv : f64
    %1 = arith.mulf %k1, %v : f64
    %2 = arith.addf %0, %1 : f64
    %3 = arith.addf %2, %k0 : f64
    %4 = arith.subf %3, %u : f64
    %dv = arith.addf %4, %I : f64
    derivative %v, %dv : f64
    %bv = arith.mulf %b, %v : f64
    %gap = arith.subf %bv, %u : f64
    %du = arith.mulf %a, %gap : f64
    derivative %u, %du : f64
  }
  fire {
    %peak = arith.constant 30.0 : f64
    %above = arith.cmpf oge, %v, %peak : f64
    yield %above : i1
  }
  reset {
    %more = arith.addf %u, %d : f64
    assign %v, %c : f64
    assign %u, %more : f64
  }
}
