// A rate of the form a x / (1 - exp(-x)) is 0 / 0 at x = 0 and has the limit a there: it is written with expm1,
// which is accurate beside 0, and the one point is selected.
neuro.model @HodgkinHuxley time ms method rk4 doc "Hodgkin and Huxley's squid axon, in today's sign convention with rest at -65 mV\n\n  c_m dv/dt = g_na m^3 h (e_na - v) + g_k n^4 (e_k - v) + g_leak (e_leak - v) + I\n  dx/dt = alpha_x (1 - x) - beta_x x, for x = m, h, n\n  alpha_m = 0.1 (v + 40) / (1 - exp(-(v + 40) / 10)), beta_m = 4 exp(-(v + 65) / 18)\n  alpha_h = 0.07 exp(-(v + 65) / 20), beta_h = 1 / (1 + exp(-(v + 35) / 10))\n  alpha_n = 0.01 (v + 55) / (1 - exp(-(v + 55) / 10)), beta_n = 0.125 exp(-(v + 65) / 80)\n  spike in the step in which v rises above v_threshold; nothing is reset\n\nThe initial values are the steady state of the gates at -65 mV, beside rest at -64.996 mV. A dt of 0.025 ms or less is needed.\n\nSource: Hodgkin and Huxley 1952, Journal of Physiology 117:500" {
  %c_m = parameter "c_m" = 1.0 "uF/cm^2" positive doc "capacitance of the membrane"
  %g_na = parameter "g_na" = 120.0 "mS/cm^2" doc "conductance of sodium with all gates open"
  %g_k = parameter "g_k" = 36.0 "mS/cm^2" doc "conductance of potassium with all gates open"
  %g_leak = parameter "g_leak" = 0.3 "mS/cm^2" doc "leak conductance"
  %e_na = parameter "e_na" = 50.0 mV doc "reversal potential of sodium"
  %e_k = parameter "e_k" = -77.0 mV doc "reversal potential of potassium"
  %e_leak = parameter "e_leak" = -54.387 mV doc "reversal potential of the leak"
  %v_threshold = parameter "v_threshold" = 0.0 mV doc "a spike where v comes from below"
  %v = state "v" = -65.0 mV doc "membrane potential"
  %m = state "m" = 0.05293248525724958 doc "activation of sodium"
  %h = state "h" = 0.5961207535084603 doc "inactivation of sodium"
  %n = state "n" = 0.3176769140606974 doc "activation of potassium"
  %v_before = state "v_before" = -65.0 mV doc "v at the start of the step"
  %I = input "I" "uA/cm^2" doc "current density"
  receive {
    assign %v_before, %v : f64
  }
  dynamics {
    %zero = arith.constant 0.0 : f64
    %one = arith.constant 1.0 : f64
    %ten = arith.constant 10.0 : f64
    %k65 = arith.constant 65.0 : f64
    %v65 = arith.addf %v, %k65 : f64

    // alpha_m = xm / (1 - exp(-xm)) with xm = (v + 40) / 10
    %k40 = arith.constant 40.0 : f64
    %v40 = arith.addf %v, %k40 : f64
    %xm = arith.divf %v40, %ten : f64
    %minus_xm = arith.negf %xm : f64
    %em = math.expm1 %minus_xm : f64
    %qm = arith.divf %minus_xm, %em : f64
    %at_m = arith.cmpf oeq, %xm, %zero : f64
    %alpha_m = arith.select %at_m, %one, %qm : f64
    %k18 = arith.constant -18.0 : f64
    %bm0 = arith.divf %v65, %k18 : f64
    %bm1 = math.exp %bm0 : f64
    %four = arith.constant 4.0 : f64
    %beta_m = arith.mulf %four, %bm1 : f64

    %k20 = arith.constant -20.0 : f64
    %ah0 = arith.divf %v65, %k20 : f64
    %ah1 = math.exp %ah0 : f64
    %k007 = arith.constant 0.07 : f64
    %alpha_h = arith.mulf %k007, %ah1 : f64
    %k35 = arith.constant 35.0 : f64
    %v35 = arith.addf %v, %k35 : f64
    %minus_ten = arith.constant -10.0 : f64
    %bh0 = arith.divf %v35, %minus_ten : f64
    %bh1 = math.exp %bh0 : f64
    %bh2 = arith.addf %one, %bh1 : f64
    %beta_h = arith.divf %one, %bh2 : f64

    // alpha_n = 0.1 xn / (1 - exp(-xn)) with xn = (v + 55) / 10
    %k55 = arith.constant 55.0 : f64
    %v55 = arith.addf %v, %k55 : f64
    %xn = arith.divf %v55, %ten : f64
    %minus_xn = arith.negf %xn : f64
    %en = math.expm1 %minus_xn : f64
    %qn = arith.divf %minus_xn, %en : f64
    %at_n = arith.cmpf oeq, %xn, %zero : f64
    %rn = arith.select %at_n, %one, %qn : f64
    %k01 = arith.constant 0.1 : f64
    %alpha_n = arith.mulf %k01, %rn : f64
    %k80 = arith.constant -80.0 : f64
    %bn0 = arith.divf %v65, %k80 : f64
    %bn1 = math.exp %bn0 : f64
    %k0125 = arith.constant 0.125 : f64
    %beta_n = arith.mulf %k0125, %bn1 : f64

    %mm = arith.mulf %m, %m : f64
    %mmm = arith.mulf %mm, %m : f64
    %open_na = arith.mulf %mmm, %h : f64
    %gna = arith.mulf %g_na, %open_na : f64
    %gap_na = arith.subf %e_na, %v : f64
    %ina = arith.mulf %gna, %gap_na : f64
    %nn = arith.mulf %n, %n : f64
    %open_k = arith.mulf %nn, %nn : f64
    %gk = arith.mulf %g_k, %open_k : f64
    %gap_k = arith.subf %e_k, %v : f64
    %ik = arith.mulf %gk, %gap_k : f64
    %gap_leak = arith.subf %e_leak, %v : f64
    %ileak = arith.mulf %g_leak, %gap_leak : f64
    %0 = arith.addf %ina, %ik : f64
    %1 = arith.addf %0, %ileak : f64
    %current = arith.addf %1, %I : f64
    %dv = arith.divf %current, %c_m : f64
    derivative %v, %dv : f64

    %closed_m = arith.subf %one, %m : f64
    %opening_m = arith.mulf %alpha_m, %closed_m : f64
    %closing_m = arith.mulf %beta_m, %m : f64
    %dm = arith.subf %opening_m, %closing_m : f64
    derivative %m, %dm : f64
    %closed_h = arith.subf %one, %h : f64
    %opening_h = arith.mulf %alpha_h, %closed_h : f64
    %closing_h = arith.mulf %beta_h, %h : f64
    %dh = arith.subf %opening_h, %closing_h : f64
    derivative %h, %dh : f64
    %closed_n = arith.subf %one, %n : f64
    %opening_n = arith.mulf %alpha_n, %closed_n : f64
    %closing_n = arith.mulf %beta_n, %n : f64
    %dn = arith.subf %opening_n, %closing_n : f64
    derivative %n, %dn : f64
  }
  fire {
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    %was_below = arith.cmpf ole, %v_before, %v_threshold : f64
    %crossed = arith.andi %above, %was_below : i1
    yield %crossed : i1
  }
}
