// One projection of each connector, for counting synapses.
neuro.network @connectors dt = 0.5 ms seed = 9 {
  source @input [2, 6, 6] is #neuro.external
  source @noise [10] is #neuro.poisson<rate = 20.0>
  population @map [3, 3, 3] of @LIF parameters {v_threshold = 0.5}
  population @half [2, 3, 3] of @LIF
  population @cells [15] of @LIF
  population @same [15] of @LIF
  projection @conv from @input to @map port "I" via #neuro.conv<weights = dense<0.25> : tensor<3x2x3x3xf32>, stride = [2, 2], padding = [1, 1, 1, 1], dilation = [1, 1], groups = 1>
  projection @pool from @input to @half via #neuro.pool<kind = sum, kernel = [2, 2], stride = [2, 2], padding = [0, 0, 0, 0]>
  projection @dense from @noise to @cells via #neuro.dense<weights = dense<0.5> : tensor<15x10xf32>>
  projection @random from @noise to @cells via #neuro.fixed_probability<probability = 0.2, weight = 1.5> delay 1.5 ms
  projection @indegree from @noise to @cells via #neuro.fixed_indegree<indegree = 4, weight = 1.0>
  projection @all from @cells to @same via #neuro.all_to_all<weight = 1.0>
  projection @others from @cells to @cells via #neuro.all_to_all<weight = 1.0, allow_self = false> delay 1
  projection @one from @cells to @same via #neuro.one_to_one<weight = 1.0>
  projection @list from @noise to @same via #neuro.csr<row_starts = dense<[0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3]> : tensor<11xi64>, targets = dense<[1, 14, 0]> : tensor<3xi64>, weights = dense<[-1.0, 2.0, 3.0]> : tensor<3xf64>>
  probe @watch of @cells "spikes" neurons [3, 4] every 5
}
