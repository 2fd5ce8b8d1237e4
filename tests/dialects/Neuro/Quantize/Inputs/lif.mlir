// One neuron, for integer_lif.py.
neuro.network @n dt = 1.0 ms {
  source @in [1] is #neuro.external
  population @a [1] of @LIF parameters {tau = 7.0, r = 3.0, v_threshold = 0.75} method euler
  projection @x from @in to @a via #neuro.one_to_one<weight = 0.5>
}
