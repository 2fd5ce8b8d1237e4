// 64 inputs onto each of 64 neurons, and back with a long delay from the last of them.
neuro.network @net dt = 1.0 ms {
  source @in [64] is #neuro.external
  population @a [64] of @LIF
  projection @p from @in to @a via #neuro.all_to_all<weight = 0.5> delay 1
  projection @back from @a to @a via #neuro.one_to_one<weight = 0.5> delay 20
}
