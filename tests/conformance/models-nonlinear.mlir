// steps=400 ulps=0
// Neurons whose membrane has a term that is not linear: exponentials and squares.
neuro.network @models_nonlinear dt = 0.125 ms seed = 5 {
  source @in [3] is #neuro.external
  population @AdEx_euler [3] of @AdEx parameters {t_ref = dense<[0.0, 1.0, 2.0]> : tensor<3xf64>, b = 40.0} method euler
  population @AdEx_sequential_euler [3] of @AdEx parameters {t_ref = dense<[0.0, 1.0, 2.0]> : tensor<3xf64>, b = 40.0} method sequential_euler
  population @AdEx_rk4 [3] of @AdEx parameters {t_ref = dense<[0.0, 1.0, 2.0]> : tensor<3xf64>, b = 40.0} method rk4
  population @AdEx_exp_cond_euler [3] of @AdEx_exp_cond parameters {tau_syn_exc = dense<[0.5, 1.0, 2.0]> : tensor<3xf64>} method euler
  population @AdEx_exp_cond_sequential_euler [3] of @AdEx_exp_cond parameters {tau_syn_exc = dense<[0.5, 1.0, 2.0]> : tensor<3xf64>} method sequential_euler
  population @AdEx_exp_cond_rk4 [3] of @AdEx_exp_cond parameters {tau_syn_exc = dense<[0.5, 1.0, 2.0]> : tensor<3xf64>} method rk4
  population @Izhikevich_euler [3] of @Izhikevich parameters {a = dense<[0.02, 0.1, 0.02]> : tensor<3xf64>, d = dense<[8.0, 2.0, 4.0]> : tensor<3xf64>} method euler
  population @Izhikevich_sequential_euler [3] of @Izhikevich parameters {a = dense<[0.02, 0.1, 0.02]> : tensor<3xf64>, d = dense<[8.0, 2.0, 4.0]> : tensor<3xf64>} method sequential_euler
  population @Izhikevich_rk4 [3] of @Izhikevich parameters {a = dense<[0.02, 0.1, 0.02]> : tensor<3xf64>, d = dense<[8.0, 2.0, 4.0]> : tensor<3xf64>} method rk4
  projection @I.AdEx_euler from @in to @AdEx_euler port "I" via #neuro.one_to_one<weight = 2000.0>
  projection @I.AdEx_sequential_euler from @in to @AdEx_sequential_euler port "I" via #neuro.one_to_one<weight = 2000.0>
  projection @I.AdEx_rk4 from @in to @AdEx_rk4 port "I" via #neuro.one_to_one<weight = 2000.0>
  projection @exc.AdEx_exp_cond_euler from @in to @AdEx_exp_cond_euler port "exc" via #neuro.one_to_one<weight = 60.0> delay 1
  projection @inh.AdEx_exp_cond_euler from @in to @AdEx_exp_cond_euler port "inh" via #neuro.one_to_one<weight = 3.0>
  projection @I.AdEx_exp_cond_euler from @in to @AdEx_exp_cond_euler port "I" via #neuro.one_to_one<weight = 700.0>
  projection @exc.AdEx_exp_cond_sequential_euler from @in to @AdEx_exp_cond_sequential_euler port "exc" via #neuro.one_to_one<weight = 60.0> delay 1
  projection @inh.AdEx_exp_cond_sequential_euler from @in to @AdEx_exp_cond_sequential_euler port "inh" via #neuro.one_to_one<weight = 3.0>
  projection @I.AdEx_exp_cond_sequential_euler from @in to @AdEx_exp_cond_sequential_euler port "I" via #neuro.one_to_one<weight = 700.0>
  projection @exc.AdEx_exp_cond_rk4 from @in to @AdEx_exp_cond_rk4 port "exc" via #neuro.one_to_one<weight = 60.0> delay 1
  projection @inh.AdEx_exp_cond_rk4 from @in to @AdEx_exp_cond_rk4 port "inh" via #neuro.one_to_one<weight = 3.0>
  projection @I.AdEx_exp_cond_rk4 from @in to @AdEx_exp_cond_rk4 port "I" via #neuro.one_to_one<weight = 700.0>
  projection @I.Izhikevich_euler from @in to @Izhikevich_euler port "I" via #neuro.one_to_one<weight = 20.0>
  projection @I.Izhikevich_sequential_euler from @in to @Izhikevich_sequential_euler port "I" via #neuro.one_to_one<weight = 20.0>
  projection @I.Izhikevich_rk4 from @in to @Izhikevich_rk4 port "I" via #neuro.one_to_one<weight = 20.0>
  probe @v.of.AdEx_euler of @AdEx_euler "v"
  probe @w.of.AdEx_euler of @AdEx_euler "w"
  probe @output.of.AdEx_euler of @AdEx_euler "output"
  probe @v.of.AdEx_sequential_euler of @AdEx_sequential_euler "v"
  probe @w.of.AdEx_sequential_euler of @AdEx_sequential_euler "w"
  probe @output.of.AdEx_sequential_euler of @AdEx_sequential_euler "output"
  probe @v.of.AdEx_rk4 of @AdEx_rk4 "v"
  probe @w.of.AdEx_rk4 of @AdEx_rk4 "w"
  probe @output.of.AdEx_rk4 of @AdEx_rk4 "output"
  probe @v.of.AdEx_exp_cond_euler of @AdEx_exp_cond_euler "v"
  probe @w.of.AdEx_exp_cond_euler of @AdEx_exp_cond_euler "w"
  probe @g_exc.of.AdEx_exp_cond_euler of @AdEx_exp_cond_euler "g_exc"
  probe @g_inh.of.AdEx_exp_cond_euler of @AdEx_exp_cond_euler "g_inh"
  probe @output.of.AdEx_exp_cond_euler of @AdEx_exp_cond_euler "output"
  probe @v.of.AdEx_exp_cond_sequential_euler of @AdEx_exp_cond_sequential_euler "v"
  probe @w.of.AdEx_exp_cond_sequential_euler of @AdEx_exp_cond_sequential_euler "w"
  probe @g_exc.of.AdEx_exp_cond_sequential_euler of @AdEx_exp_cond_sequential_euler "g_exc"
  probe @g_inh.of.AdEx_exp_cond_sequential_euler of @AdEx_exp_cond_sequential_euler "g_inh"
  probe @output.of.AdEx_exp_cond_sequential_euler of @AdEx_exp_cond_sequential_euler "output"
  probe @v.of.AdEx_exp_cond_rk4 of @AdEx_exp_cond_rk4 "v"
  probe @w.of.AdEx_exp_cond_rk4 of @AdEx_exp_cond_rk4 "w"
  probe @g_exc.of.AdEx_exp_cond_rk4 of @AdEx_exp_cond_rk4 "g_exc"
  probe @g_inh.of.AdEx_exp_cond_rk4 of @AdEx_exp_cond_rk4 "g_inh"
  probe @output.of.AdEx_exp_cond_rk4 of @AdEx_exp_cond_rk4 "output"
  probe @v.of.Izhikevich_euler of @Izhikevich_euler "v"
  probe @u.of.Izhikevich_euler of @Izhikevich_euler "u"
  probe @output.of.Izhikevich_euler of @Izhikevich_euler "output"
  probe @v.of.Izhikevich_sequential_euler of @Izhikevich_sequential_euler "v"
  probe @u.of.Izhikevich_sequential_euler of @Izhikevich_sequential_euler "u"
  probe @output.of.Izhikevich_sequential_euler of @Izhikevich_sequential_euler "output"
  probe @v.of.Izhikevich_rk4 of @Izhikevich_rk4 "v"
  probe @u.of.Izhikevich_rk4 of @Izhikevich_rk4 "u"
  probe @output.of.Izhikevich_rk4 of @Izhikevich_rk4 "output"
}
