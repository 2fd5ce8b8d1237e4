// As many neurons as the cortical microcircuit of Potjans and Diesmann (2014), each pair connected with probability 0.05:
// about 0.3 billion synapses.
neuro.network @microcircuit dt = 1.0 ms seed = 1 {
  population @L23E [20683] of @LIF_exp_curr
  population @L23I [5834] of @LIF_exp_curr
  population @L4E [21915] of @LIF_exp_curr
  population @L4I [5479] of @LIF_exp_curr
  population @L5E [4850] of @LIF_exp_curr
  population @L5I [1065] of @LIF_exp_curr
  population @L6E [14395] of @LIF_exp_curr
  population @L6I [2948] of @LIF_exp_curr
  projection @L23E_L23E from @L23E to @L23E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L23E_L23I from @L23E to @L23I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L23E_L4E from @L23E to @L4E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L23E_L4I from @L23E to @L4I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L23E_L5E from @L23E to @L5E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L23E_L5I from @L23E to @L5I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L23E_L6E from @L23E to @L6E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L23E_L6I from @L23E to @L6I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L23I_L23E from @L23I to @L23E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L23I_L23I from @L23I to @L23I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L23I_L4E from @L23I to @L4E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L23I_L4I from @L23I to @L4I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L23I_L5E from @L23I to @L5E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L23I_L5I from @L23I to @L5I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L23I_L6E from @L23I to @L6E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L23I_L6I from @L23I to @L6I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L4E_L23E from @L4E to @L23E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L4E_L23I from @L4E to @L23I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L4E_L4E from @L4E to @L4E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L4E_L4I from @L4E to @L4I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L4E_L5E from @L4E to @L5E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L4E_L5I from @L4E to @L5I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L4E_L6E from @L4E to @L6E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L4E_L6I from @L4E to @L6I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L4I_L23E from @L4I to @L23E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L4I_L23I from @L4I to @L23I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L4I_L4E from @L4I to @L4E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L4I_L4I from @L4I to @L4I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L4I_L5E from @L4I to @L5E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L4I_L5I from @L4I to @L5I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L4I_L6E from @L4I to @L6E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L4I_L6I from @L4I to @L6I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L5E_L23E from @L5E to @L23E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L5E_L23I from @L5E to @L23I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L5E_L4E from @L5E to @L4E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L5E_L4I from @L5E to @L4I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L5E_L5E from @L5E to @L5E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L5E_L5I from @L5E to @L5I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L5E_L6E from @L5E to @L6E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L5E_L6I from @L5E to @L6I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L5I_L23E from @L5I to @L23E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L5I_L23I from @L5I to @L23I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L5I_L4E from @L5I to @L4E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L5I_L4I from @L5I to @L4I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L5I_L5E from @L5I to @L5E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L5I_L5I from @L5I to @L5I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L5I_L6E from @L5I to @L6E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L5I_L6I from @L5I to @L6I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L6E_L23E from @L6E to @L23E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L6E_L23I from @L6E to @L23I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L6E_L4E from @L6E to @L4E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L6E_L4I from @L6E to @L4I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L6E_L5E from @L6E to @L5E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L6E_L5I from @L6E to @L5I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L6E_L6E from @L6E to @L6E port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L6E_L6I from @L6E to @L6I port "exc" via #neuro.fixed_probability<probability = 0.05, weight = 0.0878> delay 2
  projection @L6I_L23E from @L6I to @L23E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L6I_L23I from @L6I to @L23I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L6I_L4E from @L6I to @L4E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L6I_L4I from @L6I to @L4I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L6I_L5E from @L6I to @L5E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L6I_L5I from @L6I to @L5I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L6I_L6E from @L6I to @L6E port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
  projection @L6I_L6I from @L6I to @L6I port "inh" via #neuro.fixed_probability<probability = 0.05, weight = -0.3513> delay 1
}
