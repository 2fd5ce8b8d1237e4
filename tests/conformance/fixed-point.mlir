// steps=200 ulps=0
// Fixed-point networks: states, parameters, ports and outputs with formats; saturation of states and of ports, every
// rounding, random rounding, per-neuron parameters, delays a synapse, graded outputs, compositions.
neuro.model @Leaky {
  %decay = parameter "decay" = 0.9 : !fx.uq<0,16>
  %theta = parameter "theta" = 1.0 : !fx.q<4,12>
  %v = state "v" = 0.3 : !fx.q<4,12>
  %I = input "I" : !fx.q<6,10>
  update {
    %i = fx.convert %I nearest_even : !fx.q<6,10> -> !fx.q<4,12>
    %next = fx.mul_add %decay, %v, %i nearest_even : !fx.uq<0,16>, !fx.q<4,12>, !fx.q<4,12> -> !fx.q<4,12>
    assign %v, %next : !fx.q<4,12>
  }
  fire {
    %z = fx.cmp gt, %v, %theta : !fx.q<4,12>
    yield %z : i1
  }
  reset {
    %rest = fx.sub %v, %theta : !fx.q<4,12>
    assign %v, %rest : !fx.q<4,12>
  }
}
neuro.model @Noisy {
  %gain = parameter "gain" = 0.75 : !fx.q<2,6>
  %x = state "x" : !fx.q<3,5>
  %n = state "n" : i32
  %I = input "I" : !fx.q<5,9>
  update {
    %r = random 4 : i32
    %fresh = fx.mul %gain, %I stochastic(%r) : !fx.q<2,6>, !fx.q<5,9> -> !fx.q<3,5>
    %half = fx.constant 0.5 : !fx.q<3,5>
    %old = fx.mul %x, %half floor : !fx.q<3,5>, !fx.q<3,5> -> !fx.q<3,5>
    %sum = fx.add %fresh, %old : !fx.q<3,5>
    assign %x, %sum : !fx.q<3,5>
    %one = arith.constant 1 : i32
    %next = arith.addi %n, %one : i32
    assign %n, %next : i32
  }
  emit {
    %y = fx.convert %x toward_zero : !fx.q<3,5> -> !fx.q<4,2>
    yield %y : !fx.q<4,2>
  }
}
neuro.network @fixed dt = 1.0 ms seed = 12 {
  source @in [6] is #neuro.external as !fx.q<3,4>
  source @noise [6] is #neuro.poisson<rate = 300.0>
  source @step [2] is #neuro.current<starts = [0, 60], values = dense<[0.7, 1.33]> : tensor<2xf64>> as !fx.q<2,8>
  source @trains [3] is #neuro.spike_trains<steps = dense<[1, 4, 4, 90]> : tensor<4xi64>, neurons = dense<[0, 1, 1, 2]> : tensor<4xi64>>
  population @a [6] of @Leaky parameters {decay = dense<[0.5, 0.6, 0.7, 0.8, 0.9, 0.99]> : tensor<6xf64>} initial {v = #neuro.uniform<-1.0, 1.0>}
  population @b [4] of @Leaky parameters {theta = 2.5}
  population @g [4] of @Noisy initial {x = 0.40}
  population @wide [1, 2, 2] of @Leaky
  projection @e1 from @in to @a via #neuro.one_to_one<weight = 0.25> as !fx.q<1,2>
  projection @e2 from @noise to @a via #neuro.all_to_all<weight = 0.125> as !fx.q<1,3> delay 2
  projection @e3 from @step to @b via #neuro.dense<weights = dense<[[0.5, 0.25], [-0.5, 1.0], [0.25, 0.0], [0.75, 0.75]]> : tensor<4x2xf32>> as !fx.q<2,2>
  projection @e4 from @a to @b via #neuro.dense<weights = dense<[[0.5, 0.25, -1.0, 0.75, 0.0, 0.25], [20.5, 0.25, 1.0, 0.75, 0.0, 0.25], [-0.5, -0.25, -1.0, 0.75, 0.0, 0.25], [30.0, 30.25, 31.0, 0.75, 0.0, 0.25]]> : tensor<4x6xf32>> as !fx.q<6,2> bias dense<[0.015625, 0.0, -0.5, 0.25]> : tensor<4xf64> delay 1
  projection @e5 from @b to @a via #neuro.fixed_probability<probability = 0.5, weight = -0.5> as !fx.q<1,2> delay 3
  projection @e6 from @b to @g via #neuro.one_to_one<weight = dense<[1.5, -2.0, 3.25, 7.75]> : tensor<4xf64>> as !fx.q<4,2>
  projection @e7 from @g to @g via #neuro.csr<row_starts = dense<[0, 2, 3, 3, 4]> : tensor<5xi64>, targets = dense<[0, 3, 2, 1]> : tensor<4xi64>, weights = dense<[0.5, -0.5, 0.25, 1.75]> : tensor<4xf64>> as !fx.q<2,2> delay steps dense<[1, 4, 2, 7]> : tensor<4xi64>
  projection @e8 from @g to @wide via #neuro.compose<maps = [#neuro.dense<weights = dense<[[0.5, 0.25, -0.5, 1.0], [-0.5, 1.0, 0.5, 0.5], [0.25, 0.0, 1.0, 1.0], [0.75, 0.75, 0.5, 0.5]]> : tensor<4x4xf32>>, #neuro.one_to_one<weight = 0.5>]> as !fx.q<2,2>
  projection @e9 from @trains to @g via #neuro.fixed_indegree<indegree = 2, weight = 2.0> as !fx.q<3,1>
  probe @p1 of @a "v"
  probe @p2 of @b "v"
  probe @p3 of @g "x"
  probe @p4 of @g "output"
  probe @p5 of @g "n"
  probe @p6 of @wide "v"
  probe @p7 of @in "output"
}
