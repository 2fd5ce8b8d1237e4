// Variants of NIR's neurons for what the format leaves open: docs/nir.md says which framework uses which.
// An importer copies those that it uses into the module.

neuro.model @IF_subtract method sequential_euler doc "integrate-and-fire neuron, reset by subtraction\n\n  dv/dt = r I\n  spike if v > v_threshold, then v := v - v_threshold" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
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
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @IF_subtract_late method sequential_euler doc "integrate-and-fire neuron, snnTorch's reset by subtraction: who is still above after it must rise by twice the threshold\n\n  dv/dt = r I\n  b := v_threshold if v > v_threshold at the start of the step, else 0\n  spike if v - b > v_threshold, then v := v - v_threshold" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %barrier = state "barrier" = 0.0 doc "added to the threshold in this step"
  %I = input "I" doc "current"
  receive {
    %zero = arith.constant 0.0 : f64
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    %next = arith.select %above, %v_threshold, %zero : f64
    assign %barrier, %next : f64
  }
  dynamics {
    %dv = arith.mulf %r, %I : f64
    derivative %v, %dv : f64
  }
  fire {
    %rest = arith.subf %v, %barrier : f64
    %above = arith.cmpf ogt, %rest, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @IF_subtract_many method sequential_euler doc "integrate-and-fire neuron, several spikes in a step\n\n  dv/dt = r I\n  n := floor(v / v_threshold) spikes if v >= v_threshold, then v := v - n v_threshold; the output is n" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %count = state "count" = 0.0 doc "spikes of this step"
  %I = input "I" doc "current"
  receive {
    %zero = arith.constant 0.0 : f64
    assign %count, %zero : f64
  }
  dynamics {
    %dv = arith.mulf %r, %I : f64
    derivative %v, %dv : f64
  }
  fire {
    %above = arith.cmpf oge, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %ratio = arith.divf %v, %v_threshold : f64
    %n = math.floor %ratio : f64
    %all = arith.mulf %n, %v_threshold : f64
    %less = arith.subf %v, %all : f64
    assign %v, %less : f64
    assign %count, %n : f64
  }
  emit {
    yield %count : f64
  }
}

neuro.model @LIF_subtract method sequential_euler doc "leaky integrate-and-fire neuron, reset by subtraction\n\n  tau dv/dt = (v_leak - v) + r I\n  spike if v > v_threshold, then v := v - v_threshold" {
  %tau = parameter "tau" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
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
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @LIF_subtract_late method sequential_euler doc "leaky integrate-and-fire neuron, snnTorch's reset by subtraction: who is still above after it must rise by twice the threshold\n\n  tau dv/dt = (v_leak - v) + r I\n  b := v_threshold if v > v_threshold at the start of the step, else 0\n  spike if v - b > v_threshold, then v := v - v_threshold" {
  %tau = parameter "tau" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %barrier = state "barrier" = 0.0 doc "added to the threshold in this step"
  %I = input "I" doc "current"
  receive {
    %zero = arith.constant 0.0 : f64
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    %next = arith.select %above, %v_threshold, %zero : f64
    assign %barrier, %next : f64
  }
  dynamics {
    %leak = arith.subf %v_leak, %v : f64
    %drive = arith.mulf %r, %I : f64
    %sum = arith.addf %leak, %drive : f64
    %dv = arith.divf %sum, %tau : f64
    derivative %v, %dv : f64
  }
  fire {
    %rest = arith.subf %v, %barrier : f64
    %above = arith.cmpf ogt, %rest, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @LIF_subtract_many method sequential_euler doc "leaky integrate-and-fire neuron, several spikes in a step\n\n  tau dv/dt = (v_leak - v) + r I\n  n := floor(v / v_threshold) spikes if v >= v_threshold, then v := v - n v_threshold; the output is n" {
  %tau = parameter "tau" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %count = state "count" = 0.0 doc "spikes of this step"
  %I = input "I" doc "current"
  receive {
    %zero = arith.constant 0.0 : f64
    assign %count, %zero : f64
  }
  dynamics {
    %leak = arith.subf %v_leak, %v : f64
    %drive = arith.mulf %r, %I : f64
    %sum = arith.addf %leak, %drive : f64
    %dv = arith.divf %sum, %tau : f64
    derivative %v, %dv : f64
  }
  fire {
    %above = arith.cmpf oge, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %ratio = arith.divf %v, %v_threshold : f64
    %n = math.floor %ratio : f64
    %all = arith.mulf %n, %v_threshold : f64
    %less = arith.subf %v, %all : f64
    assign %v, %less : f64
    assign %count, %n : f64
  }
  emit {
    yield %count : f64
  }
}

neuro.model @CubaLIF_subtract method sequential_euler doc "leaky integrate-and-fire neuron with a current-based synapse, reset by subtraction\n\n  tau_syn dI/dt = w_in S - I\n  tau_mem dv/dt = (v_leak - v) + r I\n  spike if v > v_threshold, then v := v - v_threshold" {
  %tau_syn = parameter "tau_syn" = 5.0 positive doc "time constant of the synapse"
  %tau_mem = parameter "tau_mem" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %w_in = parameter "w_in" = 1.0 doc "gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
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
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @CubaLIF_subtract_late method sequential_euler doc "leaky integrate-and-fire neuron with a current-based synapse, snnTorch's reset by subtraction: who is still above after it must rise by twice the threshold\n\n  tau_syn dI/dt = w_in S - I\n  tau_mem dv/dt = (v_leak - v) + r I\n  b := v_threshold if v > v_threshold at the start of the step, else 0\n  spike if v - b > v_threshold, then v := v - v_threshold" {
  %tau_syn = parameter "tau_syn" = 5.0 positive doc "time constant of the synapse"
  %tau_mem = parameter "tau_mem" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %w_in = parameter "w_in" = 1.0 doc "gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %I = state "I" = 0.0 doc "synaptic current"
  %v = state "v" = 0.0 doc "membrane potential"
  %barrier = state "barrier" = 0.0 doc "added to the threshold in this step"
  %S = input "S" doc "weighted sum of the spikes of this step"
  receive {
    %zero = arith.constant 0.0 : f64
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    %next = arith.select %above, %v_threshold, %zero : f64
    assign %barrier, %next : f64
  }
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
    %rest = arith.subf %v, %barrier : f64
    %above = arith.cmpf ogt, %rest, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @CubaLIF_subtract_many method sequential_euler doc "leaky integrate-and-fire neuron with a current-based synapse, several spikes in a step\n\n  tau_syn dI/dt = w_in S - I\n  tau_mem dv/dt = (v_leak - v) + r I\n  n := floor(v / v_threshold) spikes if v >= v_threshold, then v := v - n v_threshold; the output is n" {
  %tau_syn = parameter "tau_syn" = 5.0 positive doc "time constant of the synapse"
  %tau_mem = parameter "tau_mem" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %w_in = parameter "w_in" = 1.0 doc "gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %I = state "I" = 0.0 doc "synaptic current"
  %v = state "v" = 0.0 doc "membrane potential"
  %count = state "count" = 0.0 doc "spikes of this step"
  %S = input "S" doc "weighted sum of the spikes of this step"
  receive {
    %zero = arith.constant 0.0 : f64
    assign %count, %zero : f64
  }
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
    %above = arith.cmpf oge, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %ratio = arith.divf %v, %v_threshold : f64
    %n = math.floor %ratio : f64
    %all = arith.mulf %n, %v_threshold : f64
    %less = arith.subf %v, %all : f64
    assign %v, %less : f64
    assign %count, %n : f64
  }
  emit {
    yield %count : f64
  }
}

neuro.model @I_per_step doc "integrator that counts steps: dt does not enter\n\n  v := v + r I" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  update {
    %drive = arith.mulf %r, %I : f64
    %next = arith.addf %v, %drive : f64
    assign %v, %next : f64
  }
  emit {
    yield %v : f64
  }
}

neuro.model @IF_per_step doc "integrate-and-fire neuron that counts steps (dt does not enter), reset to v_reset\n\n  v := v + r I\n  spike if v > v_threshold, then v := v_reset" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  update {
    %drive = arith.mulf %r, %I : f64
    %next = arith.addf %v, %drive : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    assign %v, %v_reset : f64
  }
}

neuro.model @IF_per_step_subtract doc "integrate-and-fire neuron that counts steps (dt does not enter), reset by subtraction\n\n  v := v + r I\n  spike if v > v_threshold, then v := v - v_threshold" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  update {
    %drive = arith.mulf %r, %I : f64
    %next = arith.addf %v, %drive : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @IF_per_step_subtract_late doc "integrate-and-fire neuron that counts steps (dt does not enter), snnTorch's reset by subtraction: who is still above after it must rise by twice the threshold\n\n  v := v + r I\n  b := v_threshold if v > v_threshold at the start of the step, else 0\n  spike if v - b > v_threshold, then v := v - v_threshold" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %barrier = state "barrier" = 0.0 doc "added to the threshold in this step"
  %I = input "I" doc "current"
  receive {
    %zero = arith.constant 0.0 : f64
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    %next = arith.select %above, %v_threshold, %zero : f64
    assign %barrier, %next : f64
  }
  update {
    %drive = arith.mulf %r, %I : f64
    %next = arith.addf %v, %drive : f64
    assign %v, %next : f64
  }
  fire {
    %rest = arith.subf %v, %barrier : f64
    %above = arith.cmpf ogt, %rest, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @IF_per_step_subtract_many doc "integrate-and-fire neuron that counts steps (dt does not enter), several spikes in a step\n\n  v := v + r I\n  n := floor(v / v_threshold) spikes if v >= v_threshold, then v := v - n v_threshold; the output is n" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %count = state "count" = 0.0 doc "spikes of this step"
  %I = input "I" doc "current"
  receive {
    %zero = arith.constant 0.0 : f64
    assign %count, %zero : f64
  }
  update {
    %drive = arith.mulf %r, %I : f64
    %next = arith.addf %v, %drive : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf oge, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %ratio = arith.divf %v, %v_threshold : f64
    %n = math.floor %ratio : f64
    %all = arith.mulf %n, %v_threshold : f64
    %less = arith.subf %v, %all : f64
    assign %v, %less : f64
    assign %count, %n : f64
  }
  emit {
    yield %count : f64
  }
}

neuro.model @IF_per_step_subtract_many_bounded doc "integrate-and-fire neuron that counts steps (dt does not enter), several spikes in a step, bounded below (sinabs)\n\n  v := v + r I\n  n := floor(v / v_threshold) spikes if v >= v_threshold, then v := v - n v_threshold; the output is n\n  v := -v_threshold at the start of the next step where it is less" {
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %count = state "count" = 0.0 doc "spikes of this step"
  %I = input "I" doc "current"
  receive {
    %zero = arith.constant 0.0 : f64
    %low = arith.subf %zero, %v_threshold : f64
    %bounded = arith.maximumf %v, %low : f64
    assign %count, %zero : f64
    assign %v, %bounded : f64
  }
  update {
    %drive = arith.mulf %r, %I : f64
    %next = arith.addf %v, %drive : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf oge, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %ratio = arith.divf %v, %v_threshold : f64
    %n = math.floor %ratio : f64
    %all = arith.mulf %n, %v_threshold : f64
    %less = arith.subf %v, %all : f64
    assign %v, %less : f64
    assign %count, %n : f64
  }
  emit {
    yield %count : f64
  }
}

neuro.model @LI_decay doc "leaky integrator whose leak is exact and whose input enters in full\n\n  v := v_leak + exp(-dt/tau) (v - v_leak) + I" {
  %tau = parameter "tau" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span = arith.divf %dt, %tau : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %I : f64
    assign %v, %next : f64
  }
  emit {
    yield %v : f64
  }
}

neuro.model @CubaLI_decay doc "leaky integrator behind a current-based synapse whose leak is exact and whose input enters in full\n\n  I := exp(-dt/tau_syn) (I + S)\n  v := v_leak + exp(-dt/tau_mem) (v - v_leak) + I" {
  %tau_syn = parameter "tau_syn" = 5.0 positive doc "time constant of the synapse"
  %tau_mem = parameter "tau_mem" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %w_in = parameter "w_in" = 1.0 doc "gain of the input"
  %I = state "I" = 0.0 doc "synaptic current"
  %v = state "v" = 0.0 doc "membrane potential"
  %S = input "S" doc "weighted sum of the spikes of this step"
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span_syn = arith.divf %dt, %tau_syn : f64
    %power_syn = arith.subf %none, %span_syn : f64
    %keep_syn = math.exp %power_syn : f64
    %arrived = arith.addf %I, %S : f64
    %current = arith.mulf %keep_syn, %arrived : f64
    assign %I, %current : f64
    %span = arith.divf %dt, %tau_mem : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %current : f64
    assign %v, %next : f64
  }
  emit {
    yield %v : f64
  }
}

neuro.model @LIF_decay doc "leaky integrate-and-fire neuron whose leak is exact and whose input enters in full, reset to v_reset\n\n  v := v_leak + exp(-dt/tau) (v - v_leak) + I\n  spike if v > v_threshold, then v := v_reset" {
  %tau = parameter "tau" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span = arith.divf %dt, %tau : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %I : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    assign %v, %v_reset : f64
  }
}

neuro.model @LIF_decay_subtract doc "leaky integrate-and-fire neuron whose leak is exact and whose input enters in full, reset by subtraction\n\n  v := v_leak + exp(-dt/tau) (v - v_leak) + I\n  spike if v > v_threshold, then v := v - v_threshold" {
  %tau = parameter "tau" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %I = input "I" doc "current"
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span = arith.divf %dt, %tau : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %I : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @LIF_decay_subtract_late doc "leaky integrate-and-fire neuron whose leak is exact and whose input enters in full, snnTorch's reset by subtraction: who is still above after it must rise by twice the threshold\n\n  v := v_leak + exp(-dt/tau) (v - v_leak) + I\n  b := v_threshold if v > v_threshold at the start of the step, else 0\n  spike if v - b > v_threshold, then v := v - v_threshold" {
  %tau = parameter "tau" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %barrier = state "barrier" = 0.0 doc "added to the threshold in this step"
  %I = input "I" doc "current"
  receive {
    %zero = arith.constant 0.0 : f64
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    %next = arith.select %above, %v_threshold, %zero : f64
    assign %barrier, %next : f64
  }
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span = arith.divf %dt, %tau : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %I : f64
    assign %v, %next : f64
  }
  fire {
    %rest = arith.subf %v, %barrier : f64
    %above = arith.cmpf ogt, %rest, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @LIF_decay_subtract_many doc "leaky integrate-and-fire neuron whose leak is exact and whose input enters in full, several spikes in a step\n\n  v := v_leak + exp(-dt/tau) (v - v_leak) + I\n  n := floor(v / v_threshold) spikes if v >= v_threshold, then v := v - n v_threshold; the output is n" {
  %tau = parameter "tau" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %v = state "v" = 0.0 doc "membrane potential"
  %count = state "count" = 0.0 doc "spikes of this step"
  %I = input "I" doc "current"
  receive {
    %zero = arith.constant 0.0 : f64
    assign %count, %zero : f64
  }
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span = arith.divf %dt, %tau : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %I : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf oge, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %ratio = arith.divf %v, %v_threshold : f64
    %n = math.floor %ratio : f64
    %all = arith.mulf %n, %v_threshold : f64
    %less = arith.subf %v, %all : f64
    assign %v, %less : f64
    assign %count, %n : f64
  }
  emit {
    yield %count : f64
  }
}

neuro.model @CubaLIF_decay doc "leaky integrate-and-fire neuron with a current-based synapse whose leak is exact and whose input enters in full, reset to v_reset\n\n  I := exp(-dt/tau_syn) (I + S)\n  v := v_leak + exp(-dt/tau_mem) (v - v_leak) + I\n  spike if v > v_threshold, then v := v_reset" {
  %tau_syn = parameter "tau_syn" = 5.0 positive doc "time constant of the synapse"
  %tau_mem = parameter "tau_mem" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %w_in = parameter "w_in" = 1.0 doc "gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %I = state "I" = 0.0 doc "synaptic current"
  %v = state "v" = 0.0 doc "membrane potential"
  %S = input "S" doc "weighted sum of the spikes of this step"
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span_syn = arith.divf %dt, %tau_syn : f64
    %power_syn = arith.subf %none, %span_syn : f64
    %keep_syn = math.exp %power_syn : f64
    %arrived = arith.addf %I, %S : f64
    %current = arith.mulf %keep_syn, %arrived : f64
    assign %I, %current : f64
    %span = arith.divf %dt, %tau_mem : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %current : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    assign %v, %v_reset : f64
  }
}

neuro.model @CubaLIF_decay_subtract doc "leaky integrate-and-fire neuron with a current-based synapse whose leak is exact and whose input enters in full, reset by subtraction\n\n  I := exp(-dt/tau_syn) (I + S)\n  v := v_leak + exp(-dt/tau_mem) (v - v_leak) + I\n  spike if v > v_threshold, then v := v - v_threshold" {
  %tau_syn = parameter "tau_syn" = 5.0 positive doc "time constant of the synapse"
  %tau_mem = parameter "tau_mem" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %w_in = parameter "w_in" = 1.0 doc "gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %I = state "I" = 0.0 doc "synaptic current"
  %v = state "v" = 0.0 doc "membrane potential"
  %S = input "S" doc "weighted sum of the spikes of this step"
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span_syn = arith.divf %dt, %tau_syn : f64
    %power_syn = arith.subf %none, %span_syn : f64
    %keep_syn = math.exp %power_syn : f64
    %arrived = arith.addf %I, %S : f64
    %current = arith.mulf %keep_syn, %arrived : f64
    assign %I, %current : f64
    %span = arith.divf %dt, %tau_mem : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %current : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @CubaLIF_decay_subtract_late doc "leaky integrate-and-fire neuron with a current-based synapse whose leak is exact and whose input enters in full, snnTorch's reset by subtraction: who is still above after it must rise by twice the threshold\n\n  I := exp(-dt/tau_syn) (I + S)\n  v := v_leak + exp(-dt/tau_mem) (v - v_leak) + I\n  b := v_threshold if v > v_threshold at the start of the step, else 0\n  spike if v - b > v_threshold, then v := v - v_threshold" {
  %tau_syn = parameter "tau_syn" = 5.0 positive doc "time constant of the synapse"
  %tau_mem = parameter "tau_mem" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %w_in = parameter "w_in" = 1.0 doc "gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %I = state "I" = 0.0 doc "synaptic current"
  %v = state "v" = 0.0 doc "membrane potential"
  %barrier = state "barrier" = 0.0 doc "added to the threshold in this step"
  %S = input "S" doc "weighted sum of the spikes of this step"
  receive {
    %zero = arith.constant 0.0 : f64
    %above = arith.cmpf ogt, %v, %v_threshold : f64
    %next = arith.select %above, %v_threshold, %zero : f64
    assign %barrier, %next : f64
  }
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span_syn = arith.divf %dt, %tau_syn : f64
    %power_syn = arith.subf %none, %span_syn : f64
    %keep_syn = math.exp %power_syn : f64
    %arrived = arith.addf %I, %S : f64
    %current = arith.mulf %keep_syn, %arrived : f64
    assign %I, %current : f64
    %span = arith.divf %dt, %tau_mem : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %current : f64
    assign %v, %next : f64
  }
  fire {
    %rest = arith.subf %v, %barrier : f64
    %above = arith.cmpf ogt, %rest, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %less = arith.subf %v, %v_threshold : f64
    assign %v, %less : f64
  }
}

neuro.model @CubaLIF_decay_subtract_many doc "leaky integrate-and-fire neuron with a current-based synapse whose leak is exact and whose input enters in full, several spikes in a step\n\n  I := exp(-dt/tau_syn) (I + S)\n  v := v_leak + exp(-dt/tau_mem) (v - v_leak) + I\n  n := floor(v / v_threshold) spikes if v >= v_threshold, then v := v - n v_threshold; the output is n" {
  %tau_syn = parameter "tau_syn" = 5.0 positive doc "time constant of the synapse"
  %tau_mem = parameter "tau_mem" = 20.0 positive doc "time constant of the membrane"
  %r = parameter "r" = 1.0 doc "resistance: gain of the input"
  %v_leak = parameter "v_leak" = 0.0 doc "where v rests without input"
  %w_in = parameter "w_in" = 1.0 doc "gain of the input"
  %v_threshold = parameter "v_threshold" = 1.0 doc "threshold"
  %v_reset = parameter "v_reset" = 0.0 doc "v after a spike; not used where the threshold is subtracted"
  %I = state "I" = 0.0 doc "synaptic current"
  %v = state "v" = 0.0 doc "membrane potential"
  %count = state "count" = 0.0 doc "spikes of this step"
  %S = input "S" doc "weighted sum of the spikes of this step"
  receive {
    %zero = arith.constant 0.0 : f64
    assign %count, %zero : f64
  }
  update {
    %dt = time_step : f64
    %none = arith.constant 0.0 : f64
    %span_syn = arith.divf %dt, %tau_syn : f64
    %power_syn = arith.subf %none, %span_syn : f64
    %keep_syn = math.exp %power_syn : f64
    %arrived = arith.addf %I, %S : f64
    %current = arith.mulf %keep_syn, %arrived : f64
    assign %I, %current : f64
    %span = arith.divf %dt, %tau_mem : f64
    %power = arith.subf %none, %span : f64
    %keep = math.exp %power : f64
    %off = arith.subf %v, %v_leak : f64
    %kept = arith.mulf %keep, %off : f64
    %rest = arith.addf %v_leak, %kept : f64
    %next = arith.addf %rest, %current : f64
    assign %v, %next : f64
  }
  fire {
    %above = arith.cmpf oge, %v, %v_threshold : f64
    yield %above : i1
  }
  reset {
    %ratio = arith.divf %v, %v_threshold : f64
    %n = math.floor %ratio : f64
    %all = arith.mulf %n, %v_threshold : f64
    %less = arith.subf %v, %all : f64
    assign %v, %less : f64
    assign %count, %n : f64
  }
  emit {
    yield %count : f64
  }
}
