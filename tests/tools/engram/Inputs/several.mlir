// Two networks in one file, one of them with two external sources.
neuro.network @one dt = 1.0 ms {
  source @left [2] is #neuro.external
  source @right [3] is #neuro.external
  population @cell [1] of @LIF
  projection @a from @left to @cell via #neuro.all_to_all<weight = 1.0>
  projection @b from @right to @cell via #neuro.all_to_all<weight = 1.0>
  probe @v of @cell "v"
  probe @z of @cell "spikes"
}

neuro.network @silent dt = 1.0 ms {
  population @cell [4] of @LIF
}
