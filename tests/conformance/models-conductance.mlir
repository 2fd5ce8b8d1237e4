// steps=200 ulps=0
// Conductance-based neurons; spikes come from the steps of the inputs.
neuro.network @models_conductance dt = 0.25 ms seed = 5 {
  source @in [3] is #neuro.external
  population @LIF_exp_cond_euler [3] of @LIF_exp_cond parameters {t_ref = dense<[0.0, 1.0, 2.0]> : tensor<3xf64>} initial {v = #neuro.uniform<-65.0, -55.0>} method euler
  population @LIF_exp_cond_sequential_euler [3] of @LIF_exp_cond parameters {t_ref = dense<[0.0, 1.0, 2.0]> : tensor<3xf64>} initial {v = #neuro.uniform<-65.0, -55.0>} method sequential_euler
  population @LIF_exp_cond_rk4 [3] of @LIF_exp_cond parameters {t_ref = dense<[0.0, 1.0, 2.0]> : tensor<3xf64>} initial {v = #neuro.uniform<-65.0, -55.0>} method rk4
  population @LIF_alpha_cond_euler [3] of @LIF_alpha_cond parameters {tau_syn_exc = dense<[0.5, 1.0, 2.0]> : tensor<3xf64>, t_ref = 1.0} method euler
  population @LIF_alpha_cond_sequential_euler [3] of @LIF_alpha_cond parameters {tau_syn_exc = dense<[0.5, 1.0, 2.0]> : tensor<3xf64>, t_ref = 1.0} method sequential_euler
  population @LIF_alpha_cond_rk4 [3] of @LIF_alpha_cond parameters {tau_syn_exc = dense<[0.5, 1.0, 2.0]> : tensor<3xf64>, t_ref = 1.0} method rk4
  projection @exc.LIF_exp_cond_euler from @in to @LIF_exp_cond_euler port "exc" via #neuro.one_to_one<weight = 60.0>
  projection @inh.LIF_exp_cond_euler from @in to @LIF_exp_cond_euler port "inh" via #neuro.one_to_one<weight = 5.0> delay 3
  projection @I.LIF_exp_cond_euler from @in to @LIF_exp_cond_euler port "I" via #neuro.one_to_one<weight = 100.0> delay 1
  projection @exc.LIF_exp_cond_sequential_euler from @in to @LIF_exp_cond_sequential_euler port "exc" via #neuro.one_to_one<weight = 60.0>
  projection @inh.LIF_exp_cond_sequential_euler from @in to @LIF_exp_cond_sequential_euler port "inh" via #neuro.one_to_one<weight = 5.0> delay 3
  projection @I.LIF_exp_cond_sequential_euler from @in to @LIF_exp_cond_sequential_euler port "I" via #neuro.one_to_one<weight = 100.0> delay 1
  projection @exc.LIF_exp_cond_rk4 from @in to @LIF_exp_cond_rk4 port "exc" via #neuro.one_to_one<weight = 60.0>
  projection @inh.LIF_exp_cond_rk4 from @in to @LIF_exp_cond_rk4 port "inh" via #neuro.one_to_one<weight = 5.0> delay 3
  projection @I.LIF_exp_cond_rk4 from @in to @LIF_exp_cond_rk4 port "I" via #neuro.one_to_one<weight = 100.0> delay 1
  projection @exc.LIF_alpha_cond_euler from @in to @LIF_alpha_cond_euler port "exc" via #neuro.one_to_one<weight = 40.0> delay 1
  projection @inh.LIF_alpha_cond_euler from @in to @LIF_alpha_cond_euler port "inh" via #neuro.one_to_one<weight = 4.0>
  projection @I.LIF_alpha_cond_euler from @in to @LIF_alpha_cond_euler port "I" via #neuro.one_to_one<weight = 100.0>
  projection @exc.LIF_alpha_cond_sequential_euler from @in to @LIF_alpha_cond_sequential_euler port "exc" via #neuro.one_to_one<weight = 40.0> delay 1
  projection @inh.LIF_alpha_cond_sequential_euler from @in to @LIF_alpha_cond_sequential_euler port "inh" via #neuro.one_to_one<weight = 4.0>
  projection @I.LIF_alpha_cond_sequential_euler from @in to @LIF_alpha_cond_sequential_euler port "I" via #neuro.one_to_one<weight = 100.0>
  projection @exc.LIF_alpha_cond_rk4 from @in to @LIF_alpha_cond_rk4 port "exc" via #neuro.one_to_one<weight = 40.0> delay 1
  projection @inh.LIF_alpha_cond_rk4 from @in to @LIF_alpha_cond_rk4 port "inh" via #neuro.one_to_one<weight = 4.0>
  projection @I.LIF_alpha_cond_rk4 from @in to @LIF_alpha_cond_rk4 port "I" via #neuro.one_to_one<weight = 100.0>
  probe @v.of.LIF_exp_cond_euler of @LIF_exp_cond_euler "v"
  probe @g_exc.of.LIF_exp_cond_euler of @LIF_exp_cond_euler "g_exc"
  probe @g_inh.of.LIF_exp_cond_euler of @LIF_exp_cond_euler "g_inh"
  probe @output.of.LIF_exp_cond_euler of @LIF_exp_cond_euler "output"
  probe @v.of.LIF_exp_cond_sequential_euler of @LIF_exp_cond_sequential_euler "v"
  probe @g_exc.of.LIF_exp_cond_sequential_euler of @LIF_exp_cond_sequential_euler "g_exc"
  probe @g_inh.of.LIF_exp_cond_sequential_euler of @LIF_exp_cond_sequential_euler "g_inh"
  probe @output.of.LIF_exp_cond_sequential_euler of @LIF_exp_cond_sequential_euler "output"
  probe @v.of.LIF_exp_cond_rk4 of @LIF_exp_cond_rk4 "v"
  probe @g_exc.of.LIF_exp_cond_rk4 of @LIF_exp_cond_rk4 "g_exc"
  probe @g_inh.of.LIF_exp_cond_rk4 of @LIF_exp_cond_rk4 "g_inh"
  probe @output.of.LIF_exp_cond_rk4 of @LIF_exp_cond_rk4 "output"
  probe @v.of.LIF_alpha_cond_euler of @LIF_alpha_cond_euler "v"
  probe @g_exc.of.LIF_alpha_cond_euler of @LIF_alpha_cond_euler "g_exc"
  probe @g_inh.of.LIF_alpha_cond_euler of @LIF_alpha_cond_euler "g_inh"
  probe @output.of.LIF_alpha_cond_euler of @LIF_alpha_cond_euler "output"
  probe @v.of.LIF_alpha_cond_sequential_euler of @LIF_alpha_cond_sequential_euler "v"
  probe @g_exc.of.LIF_alpha_cond_sequential_euler of @LIF_alpha_cond_sequential_euler "g_exc"
  probe @g_inh.of.LIF_alpha_cond_sequential_euler of @LIF_alpha_cond_sequential_euler "g_inh"
  probe @output.of.LIF_alpha_cond_sequential_euler of @LIF_alpha_cond_sequential_euler "output"
  probe @v.of.LIF_alpha_cond_rk4 of @LIF_alpha_cond_rk4 "v"
  probe @g_exc.of.LIF_alpha_cond_rk4 of @LIF_alpha_cond_rk4 "g_exc"
  probe @g_inh.of.LIF_alpha_cond_rk4 of @LIF_alpha_cond_rk4 "g_inh"
  probe @output.of.LIF_alpha_cond_rk4 of @LIF_alpha_cond_rk4 "output"
}
