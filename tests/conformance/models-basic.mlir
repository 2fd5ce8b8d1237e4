// steps=150 ulps=0
// The models of NIR by the methods whose arithmetic is the same in equations and discrete form.
neuro.network @models_basic dt = 1.0 ms seed = 5 {
  source @in [3] is #neuro.external
  population @I_euler [3] of @I parameters {r = dense<[0.5, 1.0, -2.0]> : tensor<3xf64>} method euler
  population @I_sequential_euler [3] of @I parameters {r = dense<[0.5, 1.0, -2.0]> : tensor<3xf64>} method sequential_euler
  population @I_rk4 [3] of @I parameters {r = dense<[0.5, 1.0, -2.0]> : tensor<3xf64>} method rk4
  population @IF_euler [3] of @IF parameters {v_threshold = 0.9} initial {v = #neuro.uniform<0.0, 0.5>} method euler
  population @IF_sequential_euler [3] of @IF parameters {v_threshold = 0.9} initial {v = #neuro.uniform<0.0, 0.5>} method sequential_euler
  population @IF_rk4 [3] of @IF parameters {v_threshold = 0.9} initial {v = #neuro.uniform<0.0, 0.5>} method rk4
  population @LI_euler [3] of @LI parameters {tau = dense<[5.0, 7.5, 20.0]> : tensor<3xf64>, r = 2.0} method euler
  population @LI_sequential_euler [3] of @LI parameters {tau = dense<[5.0, 7.5, 20.0]> : tensor<3xf64>, r = 2.0} method sequential_euler
  population @LI_rk4 [3] of @LI parameters {tau = dense<[5.0, 7.5, 20.0]> : tensor<3xf64>, r = 2.0} method rk4
  population @LIF_euler [3] of @LIF parameters {tau = #neuro.uniform<4.0, 9.0>, r = 3.0, v_threshold = dense<[0.6, 0.7, 0.8]> : tensor<3xf64>, v_leak = 0.0625} method euler
  population @LIF_sequential_euler [3] of @LIF parameters {tau = #neuro.uniform<4.0, 9.0>, r = 3.0, v_threshold = dense<[0.6, 0.7, 0.8]> : tensor<3xf64>, v_leak = 0.0625} method sequential_euler
  population @LIF_rk4 [3] of @LIF parameters {tau = #neuro.uniform<4.0, 9.0>, r = 3.0, v_threshold = dense<[0.6, 0.7, 0.8]> : tensor<3xf64>, v_leak = 0.0625} method rk4
  population @CubaLI_euler [3] of @CubaLI parameters {tau_mem = 8.0, w_in = 3.0, v_leak = -0.125} method euler
  population @CubaLI_sequential_euler [3] of @CubaLI parameters {tau_mem = 8.0, w_in = 3.0, v_leak = -0.125} method sequential_euler
  population @CubaLI_rk4 [3] of @CubaLI parameters {tau_mem = 8.0, w_in = 3.0, v_leak = -0.125} method rk4
  population @CubaLIF_euler [3] of @CubaLIF parameters {tau_syn = 4.0, tau_mem = dense<[6.0, 8.0, 10.0]> : tensor<3xf64>, w_in = 5.0, v_threshold = 0.7, v_reset = -0.25} method euler
  population @CubaLIF_sequential_euler [3] of @CubaLIF parameters {tau_syn = 4.0, tau_mem = dense<[6.0, 8.0, 10.0]> : tensor<3xf64>, w_in = 5.0, v_threshold = 0.7, v_reset = -0.25} method sequential_euler
  population @CubaLIF_rk4 [3] of @CubaLIF parameters {tau_syn = 4.0, tau_mem = dense<[6.0, 8.0, 10.0]> : tensor<3xf64>, w_in = 5.0, v_threshold = 0.7, v_reset = -0.25} method rk4
  projection @I.I_euler from @in to @I_euler port "I" via #neuro.one_to_one<weight = 0.25>
  projection @I.I_sequential_euler from @in to @I_sequential_euler port "I" via #neuro.one_to_one<weight = 0.25>
  projection @I.I_rk4 from @in to @I_rk4 port "I" via #neuro.one_to_one<weight = 0.25>
  projection @I.IF_euler from @in to @IF_euler port "I" via #neuro.one_to_one<weight = 0.375> delay 1
  projection @I.IF_sequential_euler from @in to @IF_sequential_euler port "I" via #neuro.one_to_one<weight = 0.375> delay 1
  projection @I.IF_rk4 from @in to @IF_rk4 port "I" via #neuro.one_to_one<weight = 0.375> delay 1
  projection @I.LI_euler from @in to @LI_euler port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.LI_sequential_euler from @in to @LI_sequential_euler port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.LI_rk4 from @in to @LI_rk4 port "I" via #neuro.one_to_one<weight = 1.0>
  projection @I.LIF_euler from @in to @LIF_euler port "I" via #neuro.one_to_one<weight = 1.0> delay 2
  projection @I.LIF_sequential_euler from @in to @LIF_sequential_euler port "I" via #neuro.one_to_one<weight = 1.0> delay 2
  projection @I.LIF_rk4 from @in to @LIF_rk4 port "I" via #neuro.one_to_one<weight = 1.0> delay 2
  projection @S.CubaLI_euler from @in to @CubaLI_euler port "S" via #neuro.one_to_one<weight = 1.5>
  projection @S.CubaLI_sequential_euler from @in to @CubaLI_sequential_euler port "S" via #neuro.one_to_one<weight = 1.5>
  projection @S.CubaLI_rk4 from @in to @CubaLI_rk4 port "S" via #neuro.one_to_one<weight = 1.5>
  projection @S.CubaLIF_euler from @in to @CubaLIF_euler port "S" via #neuro.one_to_one<weight = 1.5> delay 1
  projection @S.CubaLIF_sequential_euler from @in to @CubaLIF_sequential_euler port "S" via #neuro.one_to_one<weight = 1.5> delay 1
  projection @S.CubaLIF_rk4 from @in to @CubaLIF_rk4 port "S" via #neuro.one_to_one<weight = 1.5> delay 1
  probe @v.of.I_euler of @I_euler "v"
  probe @output.of.I_euler of @I_euler "output"
  probe @v.of.I_sequential_euler of @I_sequential_euler "v"
  probe @output.of.I_sequential_euler of @I_sequential_euler "output"
  probe @v.of.I_rk4 of @I_rk4 "v"
  probe @output.of.I_rk4 of @I_rk4 "output"
  probe @v.of.IF_euler of @IF_euler "v"
  probe @output.of.IF_euler of @IF_euler "output"
  probe @v.of.IF_sequential_euler of @IF_sequential_euler "v"
  probe @output.of.IF_sequential_euler of @IF_sequential_euler "output"
  probe @v.of.IF_rk4 of @IF_rk4 "v"
  probe @output.of.IF_rk4 of @IF_rk4 "output"
  probe @v.of.LI_euler of @LI_euler "v"
  probe @output.of.LI_euler of @LI_euler "output"
  probe @v.of.LI_sequential_euler of @LI_sequential_euler "v"
  probe @output.of.LI_sequential_euler of @LI_sequential_euler "output"
  probe @v.of.LI_rk4 of @LI_rk4 "v"
  probe @output.of.LI_rk4 of @LI_rk4 "output"
  probe @v.of.LIF_euler of @LIF_euler "v"
  probe @output.of.LIF_euler of @LIF_euler "output"
  probe @v.of.LIF_sequential_euler of @LIF_sequential_euler "v"
  probe @output.of.LIF_sequential_euler of @LIF_sequential_euler "output"
  probe @v.of.LIF_rk4 of @LIF_rk4 "v"
  probe @output.of.LIF_rk4 of @LIF_rk4 "output"
  probe @I.of.CubaLI_euler of @CubaLI_euler "I"
  probe @v.of.CubaLI_euler of @CubaLI_euler "v"
  probe @output.of.CubaLI_euler of @CubaLI_euler "output"
  probe @I.of.CubaLI_sequential_euler of @CubaLI_sequential_euler "I"
  probe @v.of.CubaLI_sequential_euler of @CubaLI_sequential_euler "v"
  probe @output.of.CubaLI_sequential_euler of @CubaLI_sequential_euler "output"
  probe @I.of.CubaLI_rk4 of @CubaLI_rk4 "I"
  probe @v.of.CubaLI_rk4 of @CubaLI_rk4 "v"
  probe @output.of.CubaLI_rk4 of @CubaLI_rk4 "output"
  probe @I.of.CubaLIF_euler of @CubaLIF_euler "I"
  probe @v.of.CubaLIF_euler of @CubaLIF_euler "v"
  probe @output.of.CubaLIF_euler of @CubaLIF_euler "output"
  probe @I.of.CubaLIF_sequential_euler of @CubaLIF_sequential_euler "I"
  probe @v.of.CubaLIF_sequential_euler of @CubaLIF_sequential_euler "v"
  probe @output.of.CubaLIF_sequential_euler of @CubaLIF_sequential_euler "output"
  probe @I.of.CubaLIF_rk4 of @CubaLIF_rk4 "I"
  probe @v.of.CubaLIF_rk4 of @CubaLIF_rk4 "v"
  probe @output.of.CubaLIF_rk4 of @CubaLIF_rk4 "output"
}
