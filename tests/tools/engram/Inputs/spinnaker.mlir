// Two populations that drive each other, each of more neurons than a core of the targets beside it holds.
neuro.network @ring dt = 1.0 ms seed = 1 {
  source @in [8] is #neuro.poisson<rate = 200.0>
  population @a [24] of @LIF_delta
  population @b [24] of @LIF_delta
  projection @in_a from @in to @a port "spikes" via #neuro.fixed_probability<probability = 0.9, weight = 8.0> delay 1.0 ms
  projection @a_b from @a to @b port "spikes" via #neuro.fixed_probability<probability = 0.5, weight = 4.0> delay 1.0 ms
  projection @b_a from @b to @a port "spikes" via #neuro.fixed_probability<probability = 0.1, weight = 4.0> delay 2.0 ms
}
