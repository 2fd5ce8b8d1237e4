// steps=200 ulps=2
// The same by exponential Euler.
// The interpreter finds the factors of the states numerically in the equations; the discrete form has them exactly.
neuro.network @models_conductance_exponential dt = 0.25 ms seed = 5 {
  source @in [3] is #neuro.external
  population @LIF_exp_cond_exponential_euler [3] of @LIF_exp_cond parameters {t_ref = dense<[0.0, 1.0, 2.0]> : tensor<3xf64>} initial {v = #neuro.uniform<-65.0, -55.0>} method exponential_euler
  population @LIF_alpha_cond_exponential_euler [3] of @LIF_alpha_cond parameters {tau_syn_exc = dense<[0.5, 1.0, 2.0]> : tensor<3xf64>, t_ref = 1.0} method exponential_euler
  projection @exc.LIF_exp_cond_exponential_euler from @in to @LIF_exp_cond_exponential_euler port "exc" via #neuro.one_to_one<weight = 60.0>
  projection @inh.LIF_exp_cond_exponential_euler from @in to @LIF_exp_cond_exponential_euler port "inh" via #neuro.one_to_one<weight = 5.0> delay 3
  projection @I.LIF_exp_cond_exponential_euler from @in to @LIF_exp_cond_exponential_euler port "I" via #neuro.one_to_one<weight = 100.0> delay 1
  projection @exc.LIF_alpha_cond_exponential_euler from @in to @LIF_alpha_cond_exponential_euler port "exc" via #neuro.one_to_one<weight = 40.0> delay 1
  projection @inh.LIF_alpha_cond_exponential_euler from @in to @LIF_alpha_cond_exponential_euler port "inh" via #neuro.one_to_one<weight = 4.0>
  projection @I.LIF_alpha_cond_exponential_euler from @in to @LIF_alpha_cond_exponential_euler port "I" via #neuro.one_to_one<weight = 100.0>
  probe @v.of.LIF_exp_cond_exponential_euler of @LIF_exp_cond_exponential_euler "v"
  probe @g_exc.of.LIF_exp_cond_exponential_euler of @LIF_exp_cond_exponential_euler "g_exc"
  probe @g_inh.of.LIF_exp_cond_exponential_euler of @LIF_exp_cond_exponential_euler "g_inh"
  probe @output.of.LIF_exp_cond_exponential_euler of @LIF_exp_cond_exponential_euler "output"
  probe @v.of.LIF_alpha_cond_exponential_euler of @LIF_alpha_cond_exponential_euler "v"
  probe @g_exc.of.LIF_alpha_cond_exponential_euler of @LIF_alpha_cond_exponential_euler "g_exc"
  probe @g_inh.of.LIF_alpha_cond_exponential_euler of @LIF_alpha_cond_exponential_euler "g_inh"
  probe @output.of.LIF_alpha_cond_exponential_euler of @LIF_alpha_cond_exponential_euler "output"
}
