// steps=150 ulps=256
// The same by methods that find factors numerically in the equations, and in the text in the discrete form.
neuro.network @models_basic_exact dt = 1.0 ms seed = 5 {
  source @in [3] is #neuro.external
  population @I_exponential_euler [3] of @I parameters {r = dense<[0.5, 1.0, -2.0]> : tensor<3xf64>} method exponential_euler
  population @I_exact [3] of @I parameters {r = dense<[0.5, 1.0, -2.0]> : tensor<3xf64>} method exact
  population @IF_exponential_euler [3] of @IF parameters {v_threshold = 0.9} initial {v = #neuro.uniform<0.0, 0.5>} method exponential_euler
  population @IF_exact [3] of @IF parameters {v_threshold = 0.9} initial {v = #neuro.uniform<0.0, 0.5>} method exact
  population @LI_exponential_euler [3] of @LI parameters {tau = dense<[5.0, 7.5, 20.0]> : tensor<3xf64>, r = 2.0} method exponential_euler
  population @LI_exact [3] of @LI parameters {tau = dense<[5.0, 7.5, 20.0]> : tensor<3xf64>, r = 2.0} method exact
  population @LIF_exponential_euler [3] of @LIF parameters {tau = #neuro.uniform<4.0, 9.0>, r = 3.0, v_threshold = dense<[0.6, 0.7, 0.8]> : tensor<3xf64>, v_leak = 0.0625} method exponential_euler
  population @LIF_exact [3] of @LIF parameters {tau = #neuro.uniform<4.0, 9.0>, r = 3.0, v_threshold = dense<[0.6, 0.7, 0.8]> : tensor<3xf64>, v_leak = 0.0625} method exact
  population @CubaLI_exponential_euler [3] of @CubaLI parameters {tau_mem = 8.0, w_in = 3.0, v_leak = -0.125} method exponential_euler
  population @CubaLI_exact [3] of @CubaLI parameters {tau_mem = 8.0, w_in = 3.0, v_leak = -0.125} method exact
  population @CubaLIF_exponential_euler [3] of @CubaLIF parameters {tau_syn = 4.0, tau_mem = dense<[6.0, 8.0, 10.0]> : tensor<3xf64>, w_in = 5.0, v_threshold = 0.7, v_reset = -0.25} method exponential_euler
  population @CubaLIF_exact [3] of @CubaLIF parameters {tau_syn = 4.0, tau_mem = dense<[6.0, 8.0, 10.0]> : tensor<3xf64>, w_in = 5.0, v_threshold = 0.7, v_reset = -0.25} method exact
  projection @I.I_exponential_euler from @in to @I_exponential_euler port "I" via #neuro.one_to_one<weight = 0.25>
  projection @I.I_exact from @in to @I_exact port "I" via #neuro.one_to_one<weight = 0.25>
  projection @I.IF_exponential_euler from @in to @IF_exponential_euler port "I" via #neuro.one_to_one<weight = 0.375> delay 1
  projection @I.IF_exact from @in to @IF_exact port "I" via #neuro.one_to_one<weight = 0.375> delay 1
  projection @I.LI_exponential_euler from @in to @LI_exponential_euler port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.LI_exact from @in to @LI_exact port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.LIF_exponential_euler from @in to @LIF_exponential_euler port "I" via #neuro.one_to_one<weight = 1.0> delay 2
  projection @I.LIF_exact from @in to @LIF_exact port "I" via #neuro.one_to_one<weight = 1.0> delay 2
  projection @S.CubaLI_exponential_euler from @in to @CubaLI_exponential_euler port "S" via #neuro.one_to_one<weight = 1.5>
  projection @S.CubaLI_exact from @in to @CubaLI_exact port "S" via #neuro.one_to_one<weight = 1.5>
  projection @S.CubaLIF_exponential_euler from @in to @CubaLIF_exponential_euler port "S" via #neuro.one_to_one<weight = 1.5> delay 1
  projection @S.CubaLIF_exact from @in to @CubaLIF_exact port "S" via #neuro.one_to_one<weight = 1.5> delay 1
  probe @v.of.I_exponential_euler of @I_exponential_euler "v"
  probe @output.of.I_exponential_euler of @I_exponential_euler "output"
  probe @v.of.I_exact of @I_exact "v"
  probe @output.of.I_exact of @I_exact "output"
  probe @v.of.IF_exponential_euler of @IF_exponential_euler "v"
  probe @output.of.IF_exponential_euler of @IF_exponential_euler "output"
  probe @v.of.IF_exact of @IF_exact "v"
  probe @output.of.IF_exact of @IF_exact "output"
  probe @v.of.LI_exponential_euler of @LI_exponential_euler "v"
  probe @output.of.LI_exponential_euler of @LI_exponential_euler "output"
  probe @v.of.LI_exact of @LI_exact "v"
  probe @output.of.LI_exact of @LI_exact "output"
  probe @v.of.LIF_exponential_euler of @LIF_exponential_euler "v"
  probe @output.of.LIF_exponential_euler of @LIF_exponential_euler "output"
  probe @v.of.LIF_exact of @LIF_exact "v"
  probe @output.of.LIF_exact of @LIF_exact "output"
  probe @I.of.CubaLI_exponential_euler of @CubaLI_exponential_euler "I"
  probe @v.of.CubaLI_exponential_euler of @CubaLI_exponential_euler "v"
  probe @output.of.CubaLI_exponential_euler of @CubaLI_exponential_euler "output"
  probe @I.of.CubaLI_exact of @CubaLI_exact "I"
  probe @v.of.CubaLI_exact of @CubaLI_exact "v"
  probe @output.of.CubaLI_exact of @CubaLI_exact "output"
  probe @I.of.CubaLIF_exponential_euler of @CubaLIF_exponential_euler "I"
  probe @v.of.CubaLIF_exponential_euler of @CubaLIF_exponential_euler "v"
  probe @output.of.CubaLIF_exponential_euler of @CubaLIF_exponential_euler "output"
  probe @I.of.CubaLIF_exact of @CubaLIF_exact "I"
  probe @v.of.CubaLIF_exact of @CubaLIF_exact "v"
  probe @output.of.CubaLIF_exact of @CubaLIF_exact "output"
}
