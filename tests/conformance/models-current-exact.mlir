// steps=150 ulps=1024
// The same, exactly and by exponential Euler.
// The interpreter finds the factors of the states numerically in the equations; the discrete form has them exactly.
neuro.network @models_current_exact dt = 0.5 ms seed = 5 {
  source @in [3] is #neuro.external
  population @LIF_exp_curr_exponential_euler [3] of @LIF_exp_curr parameters {tau_mem = dense<[8.0, 10.0, 12.0]> : tensor<3xf64>, t_ref = dense<[0.0, 1.0, 2.5]> : tensor<3xf64>} initial {v = #neuro.normal<-60.0, 2.0>} method exponential_euler
  population @LIF_exp_curr_exact [3] of @LIF_exp_curr parameters {tau_mem = dense<[8.0, 10.0, 12.0]> : tensor<3xf64>, t_ref = dense<[0.0, 1.0, 2.5]> : tensor<3xf64>} initial {v = #neuro.normal<-60.0, 2.0>} method exact
  population @LIF_alpha_curr_exponential_euler [3] of @LIF_alpha_curr parameters {tau_syn_exc = dense<[2.0, 5.0, 10.0]> : tensor<3xf64>, t_ref = 1.5} method exponential_euler
  population @LIF_alpha_curr_exact [3] of @LIF_alpha_curr parameters {tau_syn_exc = dense<[2.0, 5.0, 10.0]> : tensor<3xf64>, t_ref = 1.5} method exact
  population @LIF_delta_exponential_euler [3] of @LIF_delta parameters {t_ref = dense<[0.5, 2.0, 3.0]> : tensor<3xf64>} method exponential_euler
  population @LIF_delta_exact [3] of @LIF_delta parameters {t_ref = dense<[0.5, 2.0, 3.0]> : tensor<3xf64>} method exact
  population @ALIF_exponential_euler [3] of @ALIF parameters {tau = 5.0, r = 4.0, beta = dense<[0.2, 0.5, 1.0]> : tensor<3xf64>, t_ref = 2.0, tau_adapt = 30.0} method exponential_euler
  population @ALIF_exact [3] of @ALIF parameters {tau = 5.0, r = 4.0, beta = dense<[0.2, 0.5, 1.0]> : tensor<3xf64>, t_ref = 2.0, tau_adapt = 30.0} method exact
  projection @exc.LIF_exp_curr_exponential_euler from @in to @LIF_exp_curr_exponential_euler port "exc" via #neuro.one_to_one<weight = 900.0>
  projection @inh.LIF_exp_curr_exponential_euler from @in to @LIF_exp_curr_exponential_euler port "inh" via #neuro.one_to_one<weight = -80.0> delay 3
  projection @I.LIF_exp_curr_exponential_euler from @in to @LIF_exp_curr_exponential_euler port "I" via #neuro.one_to_one<weight = 250.0> delay 1
  projection @exc.LIF_exp_curr_exact from @in to @LIF_exp_curr_exact port "exc" via #neuro.one_to_one<weight = 900.0>
  projection @inh.LIF_exp_curr_exact from @in to @LIF_exp_curr_exact port "inh" via #neuro.one_to_one<weight = -80.0> delay 3
  projection @I.LIF_exp_curr_exact from @in to @LIF_exp_curr_exact port "I" via #neuro.one_to_one<weight = 250.0> delay 1
  projection @exc.LIF_alpha_curr_exponential_euler from @in to @LIF_alpha_curr_exponential_euler port "exc" via #neuro.one_to_one<weight = 600.0> delay 2
  projection @inh.LIF_alpha_curr_exponential_euler from @in to @LIF_alpha_curr_exponential_euler port "inh" via #neuro.one_to_one<weight = -50.0>
  projection @I.LIF_alpha_curr_exponential_euler from @in to @LIF_alpha_curr_exponential_euler port "I" via #neuro.one_to_one<weight = 200.0>
  projection @exc.LIF_alpha_curr_exact from @in to @LIF_alpha_curr_exact port "exc" via #neuro.one_to_one<weight = 600.0> delay 2
  projection @inh.LIF_alpha_curr_exact from @in to @LIF_alpha_curr_exact port "inh" via #neuro.one_to_one<weight = -50.0>
  projection @I.LIF_alpha_curr_exact from @in to @LIF_alpha_curr_exact port "I" via #neuro.one_to_one<weight = 200.0>
  projection @spikes.LIF_delta_exponential_euler from @in to @LIF_delta_exponential_euler port "spikes" via #neuro.one_to_one<weight = 6.0>
  projection @I.LIF_delta_exponential_euler from @in to @LIF_delta_exponential_euler port "I" via #neuro.one_to_one<weight = 300.0> delay 2
  projection @spikes.LIF_delta_exact from @in to @LIF_delta_exact port "spikes" via #neuro.one_to_one<weight = 6.0>
  projection @I.LIF_delta_exact from @in to @LIF_delta_exact port "I" via #neuro.one_to_one<weight = 300.0> delay 2
  projection @I.ALIF_exponential_euler from @in to @ALIF_exponential_euler port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.ALIF_exact from @in to @ALIF_exact port "I" via #neuro.one_to_one<weight = 1.0>
  probe @v.of.LIF_exp_curr_exponential_euler of @LIF_exp_curr_exponential_euler "v"
  probe @i_exc.of.LIF_exp_curr_exponential_euler of @LIF_exp_curr_exponential_euler "i_exc"
  probe @i_inh.of.LIF_exp_curr_exponential_euler of @LIF_exp_curr_exponential_euler "i_inh"
  probe @output.of.LIF_exp_curr_exponential_euler of @LIF_exp_curr_exponential_euler "output"
  probe @v.of.LIF_exp_curr_exact of @LIF_exp_curr_exact "v"
  probe @i_exc.of.LIF_exp_curr_exact of @LIF_exp_curr_exact "i_exc"
  probe @i_inh.of.LIF_exp_curr_exact of @LIF_exp_curr_exact "i_inh"
  probe @output.of.LIF_exp_curr_exact of @LIF_exp_curr_exact "output"
  probe @v.of.LIF_alpha_curr_exponential_euler of @LIF_alpha_curr_exponential_euler "v"
  probe @i_exc.of.LIF_alpha_curr_exponential_euler of @LIF_alpha_curr_exponential_euler "i_exc"
  probe @i_inh.of.LIF_alpha_curr_exponential_euler of @LIF_alpha_curr_exponential_euler "i_inh"
  probe @output.of.LIF_alpha_curr_exponential_euler of @LIF_alpha_curr_exponential_euler "output"
  probe @v.of.LIF_alpha_curr_exact of @LIF_alpha_curr_exact "v"
  probe @i_exc.of.LIF_alpha_curr_exact of @LIF_alpha_curr_exact "i_exc"
  probe @i_inh.of.LIF_alpha_curr_exact of @LIF_alpha_curr_exact "i_inh"
  probe @output.of.LIF_alpha_curr_exact of @LIF_alpha_curr_exact "output"
  probe @v.of.LIF_delta_exponential_euler of @LIF_delta_exponential_euler "v"
  probe @output.of.LIF_delta_exponential_euler of @LIF_delta_exponential_euler "output"
  probe @v.of.LIF_delta_exact of @LIF_delta_exact "v"
  probe @output.of.LIF_delta_exact of @LIF_delta_exact "output"
  probe @v.of.ALIF_exponential_euler of @ALIF_exponential_euler "v"
  probe @a.of.ALIF_exponential_euler of @ALIF_exponential_euler "a"
  probe @output.of.ALIF_exponential_euler of @ALIF_exponential_euler "output"
  probe @v.of.ALIF_exact of @ALIF_exact "v"
  probe @a.of.ALIF_exact of @ALIF_exact "a"
  probe @output.of.ALIF_exact of @ALIF_exact "output"
}
