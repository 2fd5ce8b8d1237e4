// steps=120 ulps=0
// What is easily forgotten: nobody to listen to, nobody connected, one neuron, no dimension at all, the same source twice
// into one port, per-synapse delays that include zero, a target that is fed before and after its own source.
neuro.network @edges dt = 1.0 ms seed = 3 {
  source @in [1] is #neuro.external
  source @scalar [] is #neuro.external
  source @silent [2] is #neuro.spike_trains<steps = dense<> : tensor<0xi64>, neurons = dense<> : tensor<0xi64>>
  source @rare [70] is #neuro.poisson<rate = 3.0>
  population @alone [2] of @Rulkov
  population @unfed [2] of @LIF parameters {v_leak = 2.0, tau = 3.0}
  population @nobody [3] of @LIF
  population @one [1] of @LIF parameters {tau = 2.0, v_threshold = 0.3}
  population @point [] of @IF parameters {v_threshold = 0.8}
  population @many [130] of @IF parameters {v_threshold = 0.1}
  population @twice [1] of @LI parameters {tau = 2.0}
  population @graded [1] of @LI parameters {tau = 4.0}
  projection @none from @unfed to @nobody via #neuro.fixed_probability<probability = 0.0, weight = 1.0>
  projection @none2 from @silent to @nobody via #neuro.all_to_all<weight = 1.0>
  projection @none3 from @unfed to @nobody via #neuro.fixed_indegree<indegree = 0, weight = 1.0>
  projection @none4 from @unfed to @nobody via #neuro.csr<row_starts = dense<[0, 0, 0]> : tensor<3xi64>, targets = dense<> : tensor<0xi64>, weights = 1.0> delay 1
  projection @a from @in to @one via #neuro.all_to_all<weight = 0.5>
  projection @b from @scalar to @point via #neuro.one_to_one<weight = 0.25>
  projection @c from @point to @one via #neuro.dense<weights = dense<0.75> : tensor<1x1xf64>>
  projection @d from @rare to @many via #neuro.fixed_probability<probability = 1.0, weight = 0.03>
  projection @e from @many to @twice via #neuro.all_to_all<weight = 0.1>
  projection @f from @many to @twice via #neuro.all_to_all<weight = -0.05> bias dense<0.01> : tensor<1xf32> delay 3
  projection @g from @twice to @graded via #neuro.csr<row_starts = dense<[0, 3]> : tensor<2xi64>, targets = dense<0> : tensor<3xi64>, weights = dense<[0.1, 0.7, -0.3]> : tensor<3xf64>> delay steps dense<[0, 2, 5]> : tensor<3xi64>
  projection @h from @graded to @graded via #neuro.one_to_one<weight = 0.4> delay 1
  probe @p0 of @alone "x"
  probe @p1 of @unfed "v"
  probe @p2 of @nobody "v"
  probe @p3 of @one "v"
  probe @p4 of @point "v"
  probe @p5 of @many "v"
  probe @p6 of @twice "output"
  probe @p7 of @graded "output"
  probe @p8 of @rare "spikes"
  probe @p9 of @many "spikes" neurons [129, 0]
}
