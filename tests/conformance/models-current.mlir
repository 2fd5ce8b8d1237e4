// steps=150 ulps=0
// Current-based neurons with refractory times that differ between neurons.
neuro.network @models_current dt = 0.5 ms seed = 5 {
  source @in [3] is #neuro.external
  population @LIF_exp_curr_euler [3] of @LIF_exp_curr parameters {tau_mem = dense<[8.0, 10.0, 12.0]> : tensor<3xf64>, t_ref = dense<[0.0, 1.0, 2.5]> : tensor<3xf64>} initial {v = #neuro.normal<-60.0, 2.0>} method euler
  population @LIF_exp_curr_sequential_euler [3] of @LIF_exp_curr parameters {tau_mem = dense<[8.0, 10.0, 12.0]> : tensor<3xf64>, t_ref = dense<[0.0, 1.0, 2.5]> : tensor<3xf64>} initial {v = #neuro.normal<-60.0, 2.0>} method sequential_euler
  population @LIF_exp_curr_rk4 [3] of @LIF_exp_curr parameters {tau_mem = dense<[8.0, 10.0, 12.0]> : tensor<3xf64>, t_ref = dense<[0.0, 1.0, 2.5]> : tensor<3xf64>} initial {v = #neuro.normal<-60.0, 2.0>} method rk4
  population @LIF_alpha_curr_euler [3] of @LIF_alpha_curr parameters {tau_syn_exc = dense<[2.0, 5.0, 10.0]> : tensor<3xf64>, t_ref = 1.5} method euler
  population @LIF_alpha_curr_sequential_euler [3] of @LIF_alpha_curr parameters {tau_syn_exc = dense<[2.0, 5.0, 10.0]> : tensor<3xf64>, t_ref = 1.5} method sequential_euler
  population @LIF_alpha_curr_rk4 [3] of @LIF_alpha_curr parameters {tau_syn_exc = dense<[2.0, 5.0, 10.0]> : tensor<3xf64>, t_ref = 1.5} method rk4
  population @LIF_delta_euler [3] of @LIF_delta parameters {t_ref = dense<[0.5, 2.0, 3.0]> : tensor<3xf64>} method euler
  population @LIF_delta_sequential_euler [3] of @LIF_delta parameters {t_ref = dense<[0.5, 2.0, 3.0]> : tensor<3xf64>} method sequential_euler
  population @LIF_delta_rk4 [3] of @LIF_delta parameters {t_ref = dense<[0.5, 2.0, 3.0]> : tensor<3xf64>} method rk4
  population @ALIF_euler [3] of @ALIF parameters {tau = 5.0, r = 4.0, beta = dense<[0.2, 0.5, 1.0]> : tensor<3xf64>, t_ref = 2.0, tau_adapt = 30.0} method euler
  population @ALIF_sequential_euler [3] of @ALIF parameters {tau = 5.0, r = 4.0, beta = dense<[0.2, 0.5, 1.0]> : tensor<3xf64>, t_ref = 2.0, tau_adapt = 30.0} method sequential_euler
  population @ALIF_rk4 [3] of @ALIF parameters {tau = 5.0, r = 4.0, beta = dense<[0.2, 0.5, 1.0]> : tensor<3xf64>, t_ref = 2.0, tau_adapt = 30.0} method rk4
  projection @exc.LIF_exp_curr_euler from @in to @LIF_exp_curr_euler port "exc" via #neuro.one_to_one<weight = 900.0>
  projection @inh.LIF_exp_curr_euler from @in to @LIF_exp_curr_euler port "inh" via #neuro.one_to_one<weight = -80.0> delay 3
  projection @I.LIF_exp_curr_euler from @in to @LIF_exp_curr_euler port "I" via #neuro.one_to_one<weight = 250.0> delay 1
  projection @exc.LIF_exp_curr_sequential_euler from @in to @LIF_exp_curr_sequential_euler port "exc" via #neuro.one_to_one<weight = 900.0>
  projection @inh.LIF_exp_curr_sequential_euler from @in to @LIF_exp_curr_sequential_euler port "inh" via #neuro.one_to_one<weight = -80.0> delay 3
  projection @I.LIF_exp_curr_sequential_euler from @in to @LIF_exp_curr_sequential_euler port "I" via #neuro.one_to_one<weight = 250.0> delay 1
  projection @exc.LIF_exp_curr_rk4 from @in to @LIF_exp_curr_rk4 port "exc" via #neuro.one_to_one<weight = 900.0>
  projection @inh.LIF_exp_curr_rk4 from @in to @LIF_exp_curr_rk4 port "inh" via #neuro.one_to_one<weight = -80.0> delay 3
  projection @I.LIF_exp_curr_rk4 from @in to @LIF_exp_curr_rk4 port "I" via #neuro.one_to_one<weight = 250.0> delay 1
  projection @exc.LIF_alpha_curr_euler from @in to @LIF_alpha_curr_euler port "exc" via #neuro.one_to_one<weight = 600.0> delay 2
  projection @inh.LIF_alpha_curr_euler from @in to @LIF_alpha_curr_euler port "inh" via #neuro.one_to_one<weight = -50.0>
  projection @I.LIF_alpha_curr_euler from @in to @LIF_alpha_curr_euler port "I" via #neuro.one_to_one<weight = 200.0>
  projection @exc.LIF_alpha_curr_sequential_euler from @in to @LIF_alpha_curr_sequential_euler port "exc" via #neuro.one_to_one<weight = 600.0> delay 2
  projection @inh.LIF_alpha_curr_sequential_euler from @in to @LIF_alpha_curr_sequential_euler port "inh" via #neuro.one_to_one<weight = -50.0>
  projection @I.LIF_alpha_curr_sequential_euler from @in to @LIF_alpha_curr_sequential_euler port "I" via #neuro.one_to_one<weight = 200.0>
  projection @exc.LIF_alpha_curr_rk4 from @in to @LIF_alpha_curr_rk4 port "exc" via #neuro.one_to_one<weight = 600.0> delay 2
  projection @inh.LIF_alpha_curr_rk4 from @in to @LIF_alpha_curr_rk4 port "inh" via #neuro.one_to_one<weight = -50.0>
  projection @I.LIF_alpha_curr_rk4 from @in to @LIF_alpha_curr_rk4 port "I" via #neuro.one_to_one<weight = 200.0>
  projection @spikes.LIF_delta_euler from @in to @LIF_delta_euler port "spikes" via #neuro.one_to_one<weight = 6.0>
  projection @I.LIF_delta_euler from @in to @LIF_delta_euler port "I" via #neuro.one_to_one<weight = 300.0> delay 2
  projection @spikes.LIF_delta_sequential_euler from @in to @LIF_delta_sequential_euler port "spikes" via #neuro.one_to_one<weight = 6.0>
  projection @I.LIF_delta_sequential_euler from @in to @LIF_delta_sequential_euler port "I" via #neuro.one_to_one<weight = 300.0> delay 2
  projection @spikes.LIF_delta_rk4 from @in to @LIF_delta_rk4 port "spikes" via #neuro.one_to_one<weight = 6.0>
  projection @I.LIF_delta_rk4 from @in to @LIF_delta_rk4 port "I" via #neuro.one_to_one<weight = 300.0> delay 2
  projection @I.ALIF_euler from @in to @ALIF_euler port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.ALIF_sequential_euler from @in to @ALIF_sequential_euler port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.ALIF_rk4 from @in to @ALIF_rk4 port "I" via #neuro.one_to_one<weight = 1.0>
  probe @v.of.LIF_exp_curr_euler of @LIF_exp_curr_euler "v"
  probe @i_exc.of.LIF_exp_curr_euler of @LIF_exp_curr_euler "i_exc"
  probe @i_inh.of.LIF_exp_curr_euler of @LIF_exp_curr_euler "i_inh"
  probe @output.of.LIF_exp_curr_euler of @LIF_exp_curr_euler "output"
  probe @v.of.LIF_exp_curr_sequential_euler of @LIF_exp_curr_sequential_euler "v"
  probe @i_exc.of.LIF_exp_curr_sequential_euler of @LIF_exp_curr_sequential_euler "i_exc"
  probe @i_inh.of.LIF_exp_curr_sequential_euler of @LIF_exp_curr_sequential_euler "i_inh"
  probe @output.of.LIF_exp_curr_sequential_euler of @LIF_exp_curr_sequential_euler "output"
  probe @v.of.LIF_exp_curr_rk4 of @LIF_exp_curr_rk4 "v"
  probe @i_exc.of.LIF_exp_curr_rk4 of @LIF_exp_curr_rk4 "i_exc"
  probe @i_inh.of.LIF_exp_curr_rk4 of @LIF_exp_curr_rk4 "i_inh"
  probe @output.of.LIF_exp_curr_rk4 of @LIF_exp_curr_rk4 "output"
  probe @v.of.LIF_alpha_curr_euler of @LIF_alpha_curr_euler "v"
  probe @i_exc.of.LIF_alpha_curr_euler of @LIF_alpha_curr_euler "i_exc"
  probe @i_inh.of.LIF_alpha_curr_euler of @LIF_alpha_curr_euler "i_inh"
  probe @output.of.LIF_alpha_curr_euler of @LIF_alpha_curr_euler "output"
  probe @v.of.LIF_alpha_curr_sequential_euler of @LIF_alpha_curr_sequential_euler "v"
  probe @i_exc.of.LIF_alpha_curr_sequential_euler of @LIF_alpha_curr_sequential_euler "i_exc"
  probe @i_inh.of.LIF_alpha_curr_sequential_euler of @LIF_alpha_curr_sequential_euler "i_inh"
  probe @output.of.LIF_alpha_curr_sequential_euler of @LIF_alpha_curr_sequential_euler "output"
  probe @v.of.LIF_alpha_curr_rk4 of @LIF_alpha_curr_rk4 "v"
  probe @i_exc.of.LIF_alpha_curr_rk4 of @LIF_alpha_curr_rk4 "i_exc"
  probe @i_inh.of.LIF_alpha_curr_rk4 of @LIF_alpha_curr_rk4 "i_inh"
  probe @output.of.LIF_alpha_curr_rk4 of @LIF_alpha_curr_rk4 "output"
  probe @v.of.LIF_delta_euler of @LIF_delta_euler "v"
  probe @output.of.LIF_delta_euler of @LIF_delta_euler "output"
  probe @v.of.LIF_delta_sequential_euler of @LIF_delta_sequential_euler "v"
  probe @output.of.LIF_delta_sequential_euler of @LIF_delta_sequential_euler "output"
  probe @v.of.LIF_delta_rk4 of @LIF_delta_rk4 "v"
  probe @output.of.LIF_delta_rk4 of @LIF_delta_rk4 "output"
  probe @v.of.ALIF_euler of @ALIF_euler "v"
  probe @a.of.ALIF_euler of @ALIF_euler "a"
  probe @output.of.ALIF_euler of @ALIF_euler "output"
  probe @v.of.ALIF_sequential_euler of @ALIF_sequential_euler "v"
  probe @a.of.ALIF_sequential_euler of @ALIF_sequential_euler "a"
  probe @output.of.ALIF_sequential_euler of @ALIF_sequential_euler "output"
  probe @v.of.ALIF_rk4 of @ALIF_rk4 "v"
  probe @a.of.ALIF_rk4 of @ALIF_rk4 "a"
  probe @output.of.ALIF_rk4 of @ALIF_rk4 "output"
}
