// steps=20
// Found by 'engram verify' and reduced from random network 2, after native code had been made to take the first delay
// for all synapses.
neuro.network @random dt = 1.0 ms {
  source @s0 [1] is #neuro.current<starts = [0], values = dense<1.0> : tensor<1xf64>>
  population @p0 [2] of @Relay
  projection @c2 from @s0 to @p0 via #neuro.all_to_all<weight = 1.0>
  projection @c8 from @p0 to @p0 via #neuro.one_to_one<weight = 0.2> delay steps dense<[4, 1]> : tensor<2xi64>
  probe @y of @p0 "output"
}
