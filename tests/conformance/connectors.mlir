// steps=60
// Every connector, with and without delays, into one population a connector.
neuro.network @connectors dt = 1.0 ms seed = 11 {
  source @in [6] is #neuro.external
  source @image [2, 6, 5] is #neuro.external
  population @a [6] of @LIF parameters {tau = 5.0, r = 3.0, v_threshold = 0.5}
  population @all [4] of @LIF parameters {tau = 5.0, v_threshold = 0.7}
  population @noself [6] of @LIF parameters {tau = 5.0, v_threshold = 0.7}
  population @one [6] of @LIF parameters {tau = 5.0, v_threshold = 0.2}
  population @dense [3] of @LIF parameters {tau = 5.0, v_threshold = 0.1}
  population @sparse [4] of @LIF parameters {tau = 5.0, v_threshold = 0.1}
  population @prob [40] of @LIF parameters {tau = 5.0, v_threshold = 0.1}
  population @degree [20] of @LIF parameters {tau = 5.0, v_threshold = 0.1}
  population @conv [4, 3, 3] of @LIF parameters {tau = 5.0, v_threshold = 0.1}
  population @pool [2, 3, 2] of @LIF parameters {tau = 5.0, v_threshold = 0.1}
  population @chain [2] of @LIF parameters {tau = 5.0, v_threshold = 0.1}
  projection @p0 from @in to @a via #neuro.one_to_one<weight = 1.0>
  projection @p1 from @a to @all via #neuro.all_to_all<weight = 0.25>
  projection @p1g from @in to @all via #neuro.all_to_all<weight = 0.125> delay 2
  projection @p2 from @a to @noself via #neuro.all_to_all<weight = 0.5, allow_self = false> delay 1
  projection @p3 from @a to @one via #neuro.one_to_one<weight = dense<[0.1, 0.2, 0.3, 0.4, 0.5, 0.6]> : tensor<6xf64>> delay steps dense<[0, 1, 2, 3, 4, 5]> : tensor<6xi64>
  projection @p4 from @a to @dense via #neuro.dense<weights = dense<[[0.3, 0.1, -0.2, 0.7, 0.0, 0.9], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [-0.3, 0.33, 0.21, 0.1, 0.7, 0.05]]> : tensor<3x6xf32>> bias dense<[0.01, 0.02, 0.03]> : tensor<3xf64>
  projection @p4g from @in to @dense via #neuro.dense<weights = dense<[[0.03, 0.01, -0.02, 0.07, 0.0, 0.09], [0.1, 0.02, 0.03, 0.04, 0.05, 0.06], [-0.03, 0.033, 0.021, 0.01, 0.07, 0.05]]> : tensor<3x6xf32>> delay 3
  projection @p4d from @a to @dense via #neuro.dense<weights = dense<0.1> : tensor<3x6xf64>> delay steps dense<[[1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1], [0, 0, 7, 7, 1, 1]]> : tensor<3x6xi64>
  projection @p5 from @a to @sparse via #neuro.csr<row_starts = dense<[0, 2, 2, 3, 5, 6, 7]> : tensor<7xi64>, targets = dense<[0, 3, 1, 2, 2, 3, 0]> : tensor<7xi32>, weights = dense<[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, -0.7]> : tensor<7xf64>> delay 1
  projection @p6 from @a to @prob via #neuro.fixed_probability<probability = 0.3, weight = 0.4> delay 2
  projection @p6r from @prob to @prob via #neuro.fixed_probability<probability = 0.2, weight = 0.2, allow_self = false> delay 1.5 ms
  projection @p7 from @prob to @degree via #neuro.fixed_indegree<indegree = 5, weight = 0.3>
  projection @p8 from @image to @conv via #neuro.conv<weights = dense<[[[[0.1, -0.2], [0.3, 0.4]]], [[[0.11, 0.2], [-0.3, 0.14]]], [[[0.5, -0.25], [0.31, 0.04]]], [[[0.01, 0.02], [0.03, 0.4]]]]> : tensor<4x1x2x2xf64>, stride = [2, 2], padding = [1, 1, 0, 0], dilation = [2, 1], groups = 2>
  projection @p9 from @image to @pool via #neuro.pool<kind = mean, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
  projection @p10 from @image to @chain via #neuro.compose<maps = [#neuro.pool<kind = sum, kernel = [3, 2], stride = [3, 2], padding = [0, 0, 0, 1]>, #neuro.one_to_one<weight = 0.5>, #neuro.dense<weights = dense<[[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, -1.0, -1.1, 0.02], [0.2, -0.2, -0.3, 0.4, 0.05, 0.6, 0.07, 0.8, 0.9, 0.1, 0.01, -0.2]]> : tensor<2x12xf64>>]> delay 1
  probe @v1 of @all "v"
  probe @v2 of @noself "v"
  probe @v3 of @one "v"
  probe @v4 of @dense "v"
  probe @v5 of @sparse "v"
  probe @v6 of @prob "v"
  probe @v7 of @degree "v"
  probe @v8 of @conv "v"
  probe @v9 of @pool "v"
  probe @v10 of @chain "v" neurons [1]
}
