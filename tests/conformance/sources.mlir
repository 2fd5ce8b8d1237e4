// steps=200
neuro.network @sources dt = 0.5 ms seed = 99 {
  source @trains [3] is #neuro.spike_trains<steps = dense<[0, 3, 3, 3, 50]> : tensor<5xi64>, neurons = dense<[0, 1, 1, 2, 0]> : tensor<5xi64>>
  source @noise [5] is #neuro.poisson<rate = dense<[10.0, 500.0, 4000.0, 0.0, 20000.0]> : tensor<5xf64>>
  source @steps [2] is #neuro.current<starts = [2, 40, 90], values = dense<[[0.5, 1.5], [2.0, 0.0], [0.1, 3.0]]> : tensor<3x2xf64>>
  source @constant [2] is #neuro.current<starts = [0], values = dense<0.7> : tensor<1xf64>>
  population @a [3] of @LIF parameters {tau = 5.0, r = 2.0, v_threshold = 0.3}
  population @b [5] of @LIF parameters {tau = 5.0, v_threshold = 0.3}
  population @c [2] of @LIF parameters {tau = 5.0, v_threshold = 0.3} initial {v = #neuro.uniform<-1.0, 0.2>}
  projection @t from @trains to @a via #neuro.one_to_one<weight = 2.5> delay 1
  projection @n from @noise to @b via #neuro.one_to_one<weight = 0.5>
  projection @s from @steps to @c via #neuro.one_to_one<weight = 1.0>
  projection @k from @constant to @c via #neuro.dense<weights = dense<[[0.1, 0.2], [-0.3, 0.1]]> : tensor<2x2xf64>>
  probe @counts of @noise "output"
  probe @ct of @trains "spikes"
  probe @va of @a "v"
  probe @vb of @b "v" every 2
  probe @vc of @c "v"
}
