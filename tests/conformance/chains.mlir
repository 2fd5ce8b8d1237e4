// steps=80 ulps=0
// Linear maps one after another, through relays that a probe keeps and as compositions: from spikes and from graded
// values. In the compositions the first map is a matrix, a window, a factor.
neuro.network @chains dt = 1.0 ms seed = 8 {
  source @in [4] is #neuro.external
  source @image [2, 5, 4] is #neuro.external
  population @spikes [4] of @LIF parameters {tau = 3.0, r = 2.0, v_threshold = 0.4}
  population @r1 [2] of @Relay
  population @r2 [1, 2] of @Relay
  population @out [3] of @LI parameters {tau = 3.0}
  population @narrow [4] of @LI parameters {tau = 3.0}
  population @features [3, 2, 2] of @LI parameters {tau = 3.0}
  projection @s from @in to @spikes via #neuro.one_to_one<weight = 0.75>
  projection @a from @in to @r1 via #neuro.dense<weights = dense<[[0.1, 0.2, 0.3, 0.4], [0.7, -0.1, 0.3, 0.9]]> : tensor<2x4xf32>> bias dense<[0.1, 0.3]> : tensor<2xf64>
  projection @b from @r1 to @r2 via #neuro.one_to_one<weight = dense<[0.3, -1.7]> : tensor<2xf64>> delay 1
  projection @c from @r2 to @out via #neuro.dense<weights = dense<[[0.1, 0.2], [0.3, 0.4], [0.7, 0.11]]> : tensor<3x2xf64>>
  projection @d from @spikes to @narrow via #neuro.compose<maps = [#neuro.dense<weights = dense<[[0.1, 0.2, 0.3, 0.4]]> : tensor<1x4xf64>>, #neuro.dense<weights = dense<[[0.1], [0.2], [0.3], [0.4]]> : tensor<4x1xf64>>]> delay 2
  projection @e from @in to @narrow via #neuro.compose<maps = [#neuro.dense<weights = dense<[[0.1, 0.2, 0.3, 0.4]]> : tensor<1x4xf64>>, #neuro.dense<weights = dense<[[0.1], [0.2], [0.3], [0.4]]> : tensor<4x1xf64>>]>
  projection @f from @image to @features via #neuro.compose<maps = [#neuro.conv<weights = dense<[[[[0.1], [0.2]], [[0.3], [-0.4]]], [[[0.5], [0.6]], [[-0.7], [0.8]]], [[[0.9], [1.0]], [[1.1], [-1.2]]]]> : tensor<3x2x2x1xf32>, stride = [1, 1], padding = [0, 1, 0, 0], dilation = [1, 1], groups = 1>, #neuro.pool<kind = mean, kernel = [2, 3], stride = [2, 2], padding = [0, 0, 0, 0]>]>
  projection @g from @narrow to @spikes via #neuro.one_to_one<weight = 0.5> delay 1
  probe @p1 of @r1 "output"
  probe @p2 of @r2 "output"
  probe @p3 of @out "v"
  probe @p4 of @narrow "v"
  probe @p5 of @features "v"
  probe @p6 of @spikes "v"
}
